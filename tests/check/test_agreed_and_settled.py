"""Agreed exceptions, stricter severities, partners' forms, precedence, papers and order."""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import Any

import pytest

from pipeline.checks import blocks, check
from pipeline.checks.settle import settle
from pipeline.model import AgreedException, Assessment, Case, Finding, Indicator, Place, Severity
from pipeline.score import score
from tests.cases_by_hand import (
    FOLDER,
    action,
    answer,
    assessment,
    cite,
    codes,
    day,
    document,
    framework,
    make_case,
    paper,
    statement,
)

OLD = document("E1", review_by=day("2026-03-01"), owner="Director of Finance")
TWO = framework(statement("GA1"), statement("GA2"))


def found_in(case: Case) -> tuple[Finding, ...]:
    return check(case, score(case))


def agreed(**more: Any) -> AgreedException:
    given: dict[str, Any] = {
        "code": "EV303",
        "subject": "E1",
        "reason": "It is being reviewed.",
        "agreed_by": "Medical Director",
        "agreed_on": day("2026-03-10"),
        "until": day("2026-04-30"),
        "place": Place(f"{FOLDER}/assessment.yaml", 30, "agreed_exceptions"),
    }
    return AgreedException(**(given | more))


def expired_case(*exceptions: AgreedException, **more: Any) -> Case:
    """E1, past its review date, is all that GA1 and GA2 cite."""
    about = assessment(agreed_exceptions=exceptions, paper=paper(report_by=("Robin Hale, Head of Equality",)), **more)
    rows = [
        answer("GA1", "emergent", "team", "", cite("E1", "a")),
        answer("GA2", "emergent", "team", "", cite("E1", "a", row=3), row=3),
    ]
    return make_case(*rows, of=TWO, register=[OLD], about=about)


def outcome(*exceptions: AgreedException, **more: Any) -> list[tuple[str | None, str]]:
    return [(f.statement, f.severity.value) for f in found_in(expired_case(*exceptions, **more)) if f.code == "EV303"]


def test_an_exception_lets_a_blocker_pass_and_keeps_its_words() -> None:
    before, after = found_in(expired_case()), found_in(expired_case(agreed()))
    assert outcome(agreed()) == [("GA1", "excepted"), ("GA2", "excepted")]
    assert [f.message for f in before if f.code == "EV303"] == [f.message for f in after if f.code == "EV303"]
    assert codes(after, "OV101") == []
    assert blocks(before, "board-paper")
    assert not blocks(after, "board-paper")


def test_a_statement_narrows_an_exception() -> None:
    assert outcome(agreed(statement="GA2")) == [("GA1", "blocker"), ("GA2", "excepted")]
    assert outcome(agreed(subject="GA1")) == [("GA2", "blocker"), ("GA1", "excepted")]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"subject": "E2"}, "nothing"),
        ({"statement": "GA3"}, "nothing"),
        ({"until": day("2026-03-25")}, "before the meeting"),
        ({"until": day("2027-03-20")}, "more than 12 months"),
        ({"agreed_on": day("2026-03-27")}, "27 March 2026, after that meeting"),
        ({"agreed_on": day("2026-05-01")}, "when it had already ended"),
        ({"agreed_on": day("2026-04-30")}, "when it had already ended"),
        ({"agreed_by": "the director of  finance"}, "the owner of E1"),
        ({"agreed_by": "Robin Hale"}, "an author"),
        ({"agreed_by": "Head of Equality"}, "an author"),
        ({"code": "PU701"}, "no exception is possible"),
        ({"code": "IN101"}, "no exception is possible"),
    ],
)
def test_an_exception_without_effect_is_named_and_lets_nothing_pass(more: dict[str, Any], says: str) -> None:
    found = found_in(expired_case(agreed(**more)))
    idle = [f for f in found if f.code == "OV101"]
    assert [(f.severity, f.row) for f in idle] == [(Severity.WARNING, 30)]
    assert says in idle[0].message
    assert {f.severity for f in found if f.code == "EV303"} == {Severity.BLOCKER}


def test_an_exception_may_last_until_the_meeting_and_for_a_year() -> None:
    assert outcome(agreed(until=day("2026-03-26"))) == [("GA1", "excepted"), ("GA2", "excepted")]
    assert outcome(agreed(until=day("2027-03-19"))) == [("GA1", "excepted"), ("GA2", "excepted")]
    assert outcome(agreed(agreed_on=day("2026-03-26"))) == [("GA1", "excepted"), ("GA2", "excepted")]


def test_an_exception_without_an_end_is_named_and_without_a_day_of_agreement_holds() -> None:
    (idle,) = (f for f in found_in(expired_case(agreed(until=None))) if f.code == "OV101")
    assert idle.message.endswith("it lasts more than 12 months from 19 March 2026.")
    assert outcome(agreed(agreed_on=None)) == [("GA1", "excepted"), ("GA2", "excepted")]


def test_of_two_rows_for_one_statement_the_first_answers_and_the_second_excuses_nothing() -> None:
    twice = fault("IN103", file=f"{FOLDER}/responses/team.csv", row=9, statement="GA1", respondent="team")
    bare = make_case(answer("GA1", "emergent"), faults=(twice,))
    assert codes(found_in(bare), "IN103", "ST203") == ["IN103", "ST203"]
    unread = make_case(faults=(twice,), about=assessment(), of=TWO)
    assert "GA1" not in {f.statement for f in found_in(unread) if f.code == "ST201"}


def test_an_action_is_excepted_by_its_id() -> None:
    about = assessment(agreed_exceptions=(agreed(code="AC501", subject="A1"),))
    case = make_case(answer("GA1", "reactive"), actions=(action(owner=""),), about=about)
    assert [f.severity for f in found_in(case) if f.code == "AC501"] == [Severity.EXCEPTED]


def test_a_team_may_be_stricter_and_never_milder() -> None:
    assert outcome(severities={"EV303": Severity.WARNING}) == [("GA1", "blocker"), ("GA2", "blocker")]
    stricter = found_in(expired_case(severities={"EV308": Severity.WARNING, "EV303": Severity.BLOCKER}))
    assert {f.severity for f in stricter if f.code == "EV303"} == {Severity.BLOCKER}
    spare = replace(expired_case(severities={"EV308": Severity.BLOCKER}), register=(OLD, document("E9", 3)))
    assert [f.severity for f in found_in(spare) if f.code == "EV308"] == [Severity.BLOCKER]


def test_last_years_faults_stay_notes() -> None:
    fault = Finding("IN101", Severity.NOTE, "m", "r", file="assessments/2024-25/responses/team.csv", row=2)
    about = assessment(severities={"IN101": Severity.BLOCKER}, previous="2024-25")
    found = found_in(make_case(answer("GA1", "reactive"), about=about, faults=(fault,)))
    assert [f.severity for f in found if f.code == "IN101"] == [Severity.NOTE]


def test_a_blocker_in_a_partners_form_is_a_warning_even_where_the_team_is_strict() -> None:
    theirs = cite("E9", known=False, respondent="vcse")
    about = assessment(severities={"CI401": Severity.BLOCKER})
    rows = [answer("GA1", "reactive"), answer("GA1", "reactive", "vcse", "Still TBC", theirs)]
    found = found_in(make_case(*rows, about=about))
    assert {f.code: f.severity for f in found if f.respondent == "vcse"} == {
        "CI401": Severity.WARNING,
        "PU704": Severity.WARNING,
    }
    assert not blocks(found, "board-paper")


def fault(code: str, **more: Any) -> Finding:
    return Finding(code, Severity.BLOCKER, "m", "r", **({"file": "f.csv", "row": 2, "field": "x"} | more))


@pytest.mark.parametrize(
    ("codes_at_one_place", "kept"),
    [
        (["IN101", "BA601"], ["BA601"]),
        (["IN102", "BA601"], ["BA601"]),
        (["IN102", "CI401"], ["CI401"]),
        (["PU704", "IN101"], ["IN101"]),
        (["IN102", "IN101"], ["IN102"]),
        (["ST201", "PU704"], ["PU704"]),
        (["EV309", "CI401"], ["EV309"]),
        (["AC501", "IN101"], ["IN101"]),
        (["EV305", "IN101"], ["IN101"]),
        (["AC502", "PU704"], ["AC502", "PU704"]),
    ],
)
def test_of_two_codes_that_fit_one_place_the_first_stands(codes_at_one_place: list[str], kept: list[str]) -> None:
    assert codes(settle([fault(code) for code in codes_at_one_place], make_case())) == kept


def test_the_same_codes_at_two_places_are_two_faults() -> None:
    assert codes(settle([fault("IN101"), fault("BA601", row=3)], make_case())) == ["BA601", "IN101"]
    assert codes(settle([fault("IN101"), fault("BA601", field="y")], make_case())) == ["BA601", "IN101"]


def test_a_finding_said_twice_is_said_once() -> None:
    assert codes(settle([fault("IN101"), fault("IN101")], make_case())) == ["IN101"]


@pytest.mark.parametrize(
    ("file", "papers"),
    [
        ("funding.csv", ("annual-report-section",)),
        ("indicators.xlsx", ("annual-report-section",)),
        ("schemes/a.yaml", ("annual-report-section",)),
        ("narrative/annual-report-AR1.md", ("annual-report-section",)),
        ("narrative/background.md", ("board-paper",)),
        ("actions.csv", ()),
        ("responses/team.csv", ()),
        ("responses/funding.csv", ()),
    ],
)
def test_a_fault_touches_the_papers_that_its_file_goes_into(file: str, papers: tuple[str, ...]) -> None:
    case = make_case(answer("GA1", "reactive"), faults=(fault("IN103", file=f"{FOLDER}/{file}"),))
    found = [f for f in found_in(case) if f.code == "IN103"]
    assert [f.papers for f in found] == [papers]
    for name in ("board-paper", "baf-annex", "annual-report-section"):
        assert bool(blocks(found, name)) == (not papers or name in papers)
    assert blocks(found, "committee-paper")


@pytest.mark.parametrize(
    ("file", "row", "field", "in_board_paper"),
    [
        ("indicators.csv", 3, "value", True),
        ("indicators.csv", 4, "value", True),
        ("indicators.csv", 5, "value", False),
        ("indicators.csv", 99, "period", True),
        ("funding.csv", 2, "amount", True),
        ("funding.csv", 2, "redirected", True),
        ("funding.csv", 2, "evaluation", False),
        ("schemes/a.yaml", None, "problem", False),
    ],
)
def test_a_fault_in_what_the_board_paper_prints_of_figures_and_money_keeps_it_from_being_final(
    file: str, row: int | None, field: str, in_board_paper: bool
) -> None:
    empty = {f: "" for f, kind in Indicator.__annotations__.items() if kind == "str"}
    rows = [
        Indicator(**(empty | {"id": ident, "headline": marked}), place=Place(f"{FOLDER}/indicators.csv", n))
        for n, (ident, marked) in enumerate((("bp", "yes"), ("BP ", ""), ("smi", "")), 3)
    ]
    wrong = fault("FG901", file=f"{FOLDER}/{file}", row=row, field=field)
    case = make_case(answer("GA1", "reactive"), indicators=tuple(rows), faults=(wrong,))
    (found,) = (f for f in found_in(case) if f.code == "FG901" and f.message == wrong.message)
    assert bool(blocks([found], "board-paper")) == in_board_paper
    assert blocks([found], "annual-report-section")
    assert not blocks([found], "baf-annex")


def test_a_teams_own_paper_is_as_public_as_the_board_paper() -> None:
    leak = fault("PU701", papers=("annual-report-section",))
    assert blocks([leak], "annual-report-section")
    assert not blocks([leak], "committee-paper")
    assert blocks([replace(leak, papers=("annual-report-section", "board-paper"))], "committee-paper")


def test_what_must_be_put_right_comes_first_and_the_order_is_always_the_same() -> None:
    faults = tuple(fault("IN103", row=row, file=file) for row in (9, 10, 2) for file in ("b.csv", "a.csv"))
    case = make_case(answer("GA1", "consistent"), faults=faults, register=[document("E1")])
    found = found_in(case)
    again = found_in(replace(case, faults=tuple(reversed(faults))))
    assert found == again
    ranks = [list(Severity).index(f.severity) for f in found]
    assert ranks == sorted(ranks)
    assert [(f.file, f.row) for f in found if f.code == "IN103"] == [
        (file, row) for file in ("a.csv", "b.csv") for row in (2, 9, 10)
    ]


def test_checks_open_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a check opened a file")

    monkeypatch.setattr(builtins, "open", refuse)
    case = expired_case(agreed())
    assert codes(found_in(case), "EV303") == ["EV303", "EV303"]


def test_an_empty_assessment_is_judged_too() -> None:
    bare = Case(Assessment("ICB", "2025-26", "hand", day("2026-03-19"), paper(), ()), framework(statement("GA1")))
    assert codes(found_in(bare)) == ["ST201"]
