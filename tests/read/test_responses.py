"""Returned forms: one a respondent, one row a statement, nothing guessed and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import NOT_ASSESSED, Severity
from tests.read.making import (
    ASSESSMENT,
    ASSESSMENT_TEXT,
    HERE,
    RESPONSES,
    TEAM,
    faults_of,
    gather,
    passed_over,
    places,
)

BOARD = f"{HERE}/responses/board.csv"
PARTNER = f"{HERE}/responses/vcse.csv"
BOARD_TEXT = RESPONSES + "A2,Low,We agree.,\nB1,Middling,We asked.,E002\n"


def answers(root: Path, rows: str) -> list[tuple[str, str | None, str]]:
    return [(a.statement, a.level, a.comment) for a in gather(root, {TEAM: RESPONSES + rows}).forms[0].answers]


def test_forms_come_in_the_order_of_the_respondents(tmp_path: Path) -> None:
    case = gather(tmp_path)
    assert [(f.respondent, f.file.rpartition("/")[2], len(f.answers)) for f in case.forms] == [
        ("team", "team.csv", 3),
        ("board", "board.csv", 2),
        ("vcse", "vcse.csv", 1),
    ]
    first = case.forms[0].answers[0]
    assert (first.level, first.level_text, first.place.row, first.evidence) == ("mid", "Middling", 2, "E001 p.4")
    assert [(c.statement, c.respondent) for c in first.citations] == [("A1", "team")]
    assert case.faults == ()


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("Middling", "mid"),
        ("mid", "mid"),
        (" MIDDLING ", "mid"),
        ("", None),
        ("  ", None),
        ("not assessed", NOT_ASSESSED),
        ("Not  Assessed ", NOT_ASSESSED),
    ],
)
def test_a_level_is_a_name_or_id_whatever_its_case(tmp_path: Path, written: str, level: str | None) -> None:
    case = gather(tmp_path, {TEAM: f"{RESPONSES}A1,{written},Why.,\n"})
    assert case.forms[0].answers[0].level == level
    assert [f for f in case.faults if f.row] == []


def test_comments_stay_letter_for_letter(tmp_path: Path) -> None:
    comment = " {{ 7*7 }} <b>R&D</b> =1+1 \u202eabc ﬁ \u200b – “x”  \nsecond line "
    assert answers(tmp_path, f'A1,Low,"{comment}",\n') == [("A1", "low", comment)]


def test_a_comment_for_the_public_is_kept_apart(tmp_path: Path) -> None:
    text = "statement,level,comment,evidence,public_comment\nA1,Low,All of it.,,Some of it.\n"
    assert gather(tmp_path, {TEAM: text}).forms[0].answers[0].public_comment == "Some of it."


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("A1,Midling,x,\n", ("IN101", 2, "level", "A1", "Middling")),
        ("A1,3,x,\n", ("IN101", 2, "level", "A1", "`Low`")),
        ("A1,n/a,x,\n", ("IN101", 2, "level", "A1", "not assessed")),
        ("A1,not assessed, ,\n", ("IN101", 2, "comment", "A1", "Say why")),
        ("A1,Low,x,\na 1,High,y,\n", ("IN103", 3, "statement", "A1", "take the row out")),
        ("A1,Low,x,\n,High,y,\n", ("IN101", 3, "statement", None, "id")),
        ("A1,Low,x,\nA2,Low,x,\nB1,Low,x,\n,High,y,\n", ("IN101", 5, "statement", "B2", "id")),
        ("A1,Low,x,\nC9,,,\n", ("IN102", 3, "statement", None, "Type the id")),
        ("A1,Low,x,\n\u200ba1,High,y,\n", ("IN103", 3, "statement", "A1", "take the row out")),
        ("A1,Low,x,\n\u0410\u0032,Low,x,\n", ("IN102", 3, "statement", "A2", "another one: type it anew")),
    ],
)
def test_a_row_that_cannot_be_understood_is_one_finding(
    tmp_path: Path, rows: str, expected: tuple[str, int, str, str | None, str]
) -> None:
    (found,) = faults_of(tmp_path, {TEAM: RESPONSES + rows})
    code, row, field, statement, remedy = expected
    assert (found.code, found.row, found.field, found.statement) == (code, row, field, statement)
    assert (found.respondent, found.severity) == ("team", Severity.BLOCKER) and remedy in found.remedy


def test_a_prompt_left_in_a_cell_is_no_answer(tmp_path: Path) -> None:
    case = gather(tmp_path, {TEAM: RESPONSES + "A1,Choose a level,Click here to enter text.,\n"})
    answer = case.forms[0].answers[0]
    assert (answer.level, answer.comment) == (None, "")
    found = [(f.code, f.severity, f.row, f.field) for f in case.faults if f.row]
    assert found == [("IN105", Severity.WARNING, 2, "level"), ("IN105", Severity.WARNING, 2, "comment")]


def test_an_unknown_statement_is_tied_to_the_one_that_has_no_row(tmp_path: Path) -> None:
    (found,) = faults_of(tmp_path, {TEAM: RESPONSES + "A1,Low,x,\nA22,Low,x,\nB2,Low,x,\n"})
    assert (found.code, found.statement) == ("IN102", "A2") and "`A2`" in found.remedy


def test_of_a_repeated_statement_the_first_row_stands(tmp_path: Path) -> None:
    assert answers(tmp_path, "A1,Low,first,\nA1,High,second,\n") == [("A1", "low", "first")]


def test_what_is_understood_stays_where_the_level_is_not(tmp_path: Path) -> None:
    assert answers(tmp_path, "A1,Midling,The comment.,\n") == [("A1", None, "The comment.")]


def test_a_fault_in_a_partners_form_weighs_less(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {PARTNER: RESPONSES + "A1,Hgih,x,\nZ9,Low,x,\nA1,Low,x,\n"})
    assert {f.severity for f in found} == {Severity.WARNING} and {f.respondent for f in found} == {"vcse"}
    assert [f.code for f in found] == ["IN101", "IN102", "IN103"]


class TestFilesInTheFolder:
    def test_a_file_of_nobody_is_named_with_the_nearest_respondent(self, tmp_path: Path) -> None:
        (found,) = faults_of(tmp_path, {f"{HERE}/responses/baord.csv": "whatever", BOARD: None})
        assert (found.code, found.file) == ("IN102", f"{HERE}/responses/baord.csv")
        assert found.remedy == "If it is theirs, rename it `board.csv`."

    def test_a_respondent_without_a_form_is_a_note(self, tmp_path: Path) -> None:
        found = [f for f in gather(tmp_path, {BOARD: None}).faults]
        assert [(f.code, f.severity, f.respondent) for f in found] == [("IN105", Severity.NOTE, "board")]

    @pytest.mark.parametrize(
        "name",
        [
            "~$team.docx",
            ".DS_Store",
            "Thumbs.db",
            ".~lock.team.csv#",
            ".gitkeep",
            "Desktop.ini",
            "~WRL0001.tmp",
            "~WRD12.tmp",
            "ehthumbs.db",
            "._team.csv",
            "Icon\r",
            "__MACOSX",
        ],
    )
    def test_what_programs_leave_behind_is_ignored(self, tmp_path: Path, name: str) -> None:
        assert faults_of(tmp_path, {f"{HERE}/responses/{name}": b"\0"}) == []

    @pytest.mark.parametrize("name", ["team.pdf", "team.doc", "Team scan.jpg"])
    def test_a_form_in_another_format_is_a_finding_at_its_respondent(self, tmp_path: Path, name: str) -> None:
        fault = passed_over(tmp_path, {TEAM: None, f"{HERE}/responses/{name}": b"%PDF"})
        assert (fault.respondent, fault.severity) == ("team", Severity.BLOCKER)
        assert f".{name[-3:]}" in fault.message and "`.docx`" in fault.remedy

    def test_a_partners_form_that_cannot_be_read_stops_nobody(self, tmp_path: Path) -> None:
        for content in (b"%PDF-1.7", b"", b"statement,levle\nA1,Low\n", b'statement,level\nA1,"Low'):
            fault = passed_over(tmp_path, {PARTNER: content})
            assert (fault.respondent, fault.severity, fault.file) == ("vcse", Severity.WARNING, PARTNER)
            assert len(gather(tmp_path).forms) == 3

    def test_a_form_named_in_capitals_is_the_respondents(self, tmp_path: Path) -> None:
        case = gather(tmp_path, {TEAM: None, f"{HERE}/responses/Team.CSV": RESPONSES + "A1,Low,x,\n"})
        assert case.forms[0].answers[0].level == "low"

    def test_no_folder_at_all_is_nobody_having_answered(self, tmp_path: Path) -> None:
        case = gather(tmp_path, {TEAM: None, BOARD: None, PARTNER: None})
        assert case.forms == () and [f.code for f in case.faults] == ["IN105"] * 3


def test_a_team_may_answer_a_statement_of_the_board_and_the_board_one_of_the_team(tmp_path: Path) -> None:
    changes = {TEAM: RESPONSES + "B1,Low,x,\n", BOARD: RESPONSES + "A1,Low,x,\n"}
    assert faults_of(tmp_path, changes) == []


def test_the_teams_own_headings_for_forms(tmp_path: Path) -> None:
    assessment = ASSESSMENT_TEXT + "column_names: {responses: {Ref: statement, Maturity: level}}\n"
    text = "Ref,Maturity,comment,evidence\nA1,Low,x,\n"
    changes = {ASSESSMENT: assessment, TEAM: text, BOARD: None, PARTNER: None}
    assert gather(tmp_path, changes).forms[0].answers[0].level == "low"


def test_every_place_is_named_relative_to_the_workspace(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {TEAM: RESPONSES + "A1,Hgih,x,\n"})
    assert found[0].file == TEAM and places(found) == [("IN101", "team.csv", 2, "level")]


class TestSeveralFormsOfOneRespondent:
    def test_each_statement_is_read_from_the_form_that_answers_it(self, tmp_path: Path) -> None:
        changes = {
            TEAM: None,
            f"{HERE}/responses/team A.csv": RESPONSES + "A1,Low,One.,E001\nA2,,,\n",
            f"{HERE}/responses/team (2).csv": RESPONSES + "A2,High,Two.,E002\nB2,,,\n",
            f"{HERE}/responses/Team_B.CSV": RESPONSES + "B2,mid,Three.,\n",
        }
        case = gather(tmp_path, changes)
        assert [f for f in case.faults if f.severity is Severity.BLOCKER] == []
        (form,) = [f for f in case.forms if f.respondent == "team"]
        assert {(a.statement, a.level, a.comment, len(a.citations)) for a in form.answers} == {
            ("A1", "low", "One.", 1),
            ("A2", "high", "Two.", 1),
            ("B2", "mid", "Three.", 0),
        }
        assert len(form.files) == 3

    def test_of_two_that_differ_neither_stands_and_both_are_named(self, tmp_path: Path) -> None:
        changes = {f"{HERE}/responses/team (2).csv": RESPONSES + "A1,High,Other.,E002\nB2,High,Whole.,E002\n"}
        case = gather(tmp_path, changes)
        (found,) = [f for f in case.faults if f.code == "IN103"]
        assert (found.statement, found.respondent, found.severity) == ("A1", "team", Severity.BLOCKER)
        assert "team.csv" in found.message and "team (2).csv" in found.message
        team = {a.statement: a for a in case.forms[0].answers}
        assert "A1" not in team, "nor its evidence"
        assert team["B2"].level == "high" and [c.evidence for c in team["B2"].citations] == ["E001", "E002"]

    def test_a_statement_that_two_forms_answer_differently_is_one_finding(self, tmp_path: Path) -> None:
        from pipeline.checks import check
        from pipeline.score import score

        case = gather(tmp_path, {f"{HERE}/responses/team (2).csv": RESPONSES + "A1,High,Other.,E002\n"})
        found = [f.code for f in check(case, score(case)) if f.statement == "A1" and f.severity is Severity.BLOCKER]
        assert found == ["IN103"]

    def test_the_longest_id_that_fits_is_meant(self, tmp_path: Path) -> None:
        assessment = ASSESSMENT_TEXT.replace(
            "  - {id: board,", "  - {id: team-north, name: North, role: partner}\n  - {id: board,"
        )
        changes = {ASSESSMENT: assessment, f"{HERE}/responses/team-north 2.csv": RESPONSES + "A1,High,North.,\n"}
        case = gather(tmp_path, changes)
        assert [f.respondent for f in case.forms] == ["team", "team-north", "board", "vcse"]

    def test_a_name_that_only_begins_with_the_same_letters_is_nobodys(self, tmp_path: Path) -> None:
        (found,) = faults_of(tmp_path, {f"{HERE}/responses/teamwork.csv": RESPONSES})
        assert found.code == "IN102" and found.file == f"{HERE}/responses/teamwork.csv"
