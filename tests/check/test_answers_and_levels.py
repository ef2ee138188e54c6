"""Near misses and variants of the checks of answers and levels."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from pipeline.checks import check
from pipeline.model import NOT_ASSESSED, Case, CheckResult, Finding, Level, Requirement, Severity, StoredFile, Verdict
from pipeline.score import score
from tests.cases_by_hand import (
    FOLDER,
    LEVELS,
    action,
    answer,
    assessment,
    cite,
    codes,
    day,
    document,
    framework,
    last_year,
    make_case,
    paper,
    statement,
)


def found_in(case: Case) -> tuple[Finding, ...]:
    return check(case, score(case))


def fault(code: str, field: str, file: str, row: int | None = 2, **more: object) -> Finding:
    return Finding(code, Severity.BLOCKER, "said", "do", file=file, row=row, field=field, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answered_by", "stage", "team", "board", "expected"),
    [
        ("team", "result", None, None, ["ST201 blocker"]),
        ("team", "proposal", None, None, ["ST201 blocker"]),
        ("team", "result", NOT_ASSESSED, None, ["ST201 note"]),
        ("board", "result", None, None, ["ST201 blocker"]),
        ("board", "proposal", None, None, ["ST201 note"]),
        ("board", "result", "growing", None, ["ST202 blocker"]),
        ("board", "proposal", "growing", None, ["ST202 note"]),
        ("board", "result", "growing", "reactive", []),
        ("both", "result", "growing", None, ["ST202 blocker"]),
        ("both", "result", NOT_ASSESSED, None, ["ST202 blocker"]),
        ("both", "proposal", "growing", None, ["ST202 note"]),
        ("both", "result", None, "growing", ["ST201 blocker"]),
        ("both", "proposal", None, None, ["ST201 blocker"]),
        ("both", "result", None, None, ["ST201 blocker"]),
        ("both", "result", NOT_ASSESSED, "growing", ["ST201 note"]),
        ("both", "result", "reactive", "reactive", []),
    ],
)
def test_who_must_answer(
    answered_by: str, stage: str, team: str | None, board: str | None, expected: list[str]
) -> None:
    case = make_case(
        answer("GA1", team, "team", "The reason."),
        answer("GA1", board, "board", "Another reason."),
        about=assessment(stage=stage),
        of=framework(statement("GA1", answered_by)),
    )
    assert [f"{f.code} {f.severity}" for f in found_in(case) if f.code in ("ST201", "ST202")] == expected


def test_a_misread_answer_is_not_also_a_missing_one() -> None:
    mis = fault("IN101", "level", f"{FOLDER}/responses/board.csv", statement="GA1", respondent="board")
    rows = [answer("GA1", "growing"), answer("GA1", None, "board")]
    case = make_case(*rows, of=framework(statement("GA1", "both")), faults=(mis,))
    assert codes(found_in(case), "ST201", "ST202", "ST203") == []


def test_a_partners_misread_answer_excuses_nobody() -> None:
    mis = fault("IN101", "level", f"{FOLDER}/responses/vcse.csv", statement="GA1", respondent="vcse")
    rows = [answer("GA1", "growing"), answer("GA1", None, "vcse")]
    found = found_in(make_case(*rows, faults=(mis,)))
    assert codes(found, "ST203") == ["ST203"]
    assert next(f for f in found if f.code == "IN101").severity is Severity.WARNING


def test_last_years_misread_answer_excuses_nobody() -> None:
    mis = fault("IN101", "level", "assessments/2024-25/responses/team.csv", statement="GA1", respondent="team")
    assert codes(found_in(make_case(answer("GA1", "growing"), faults=(mis,))), "ST203") == ["ST203"]


def test_a_form_that_was_refused_is_named_once_and_not_for_every_statement() -> None:
    refused = fault("IN104", "cycle", f"{FOLDER}/responses/team.csv", 1, respondent="team")
    case = make_case(of=framework(statement("GA1"), statement("GA2")), faults=(refused,))
    assert codes(found_in(case), "ST201", "ST202") == []


def test_a_misnamed_form_is_named_once_and_not_for_every_statement() -> None:
    stray = Finding("IN102", Severity.BLOCKER, "said", "do", file=f"{FOLDER}/responses/bord.csv")
    case = make_case(answer("GA1", "reactive"), of=framework(statement("GA1", "both")), faults=(stray,))
    assert codes(found_in(case), "ST201", "ST202") == []


def level_with(given: list[dict[str, object]], **requires: object) -> list[str]:
    """The findings on a level that asks for this and has these documents."""
    levels = (LEVELS[0], Level("growing", "Growing", 1, requires=Requirement(**requires)))  # type: ignore[arg-type]
    register = [document(f"E{n}", n + 2, **more) for n, more in enumerate(given)]
    cited = [cite(d.id, f"words {d.id}") for d in register]
    case = make_case(
        answer("GA1", "growing", "team", "", *cited), of=framework(statement("GA1"), levels=levels), register=register
    )
    return [f"{f.severity}: {f.remedy}" for f in found_in(case) if f.code == "ST203"]


A = {"dated": day("2025-03-19"), "kind": "audit", "assurance_line": 1}
B = {"dated": day("2026-02-01"), "kind": "report", "assurance_line": 3}


@pytest.mark.parametrize(
    ("documents", "requires", "lacking"),
    [
        ([A], {}, ""),
        ([], {}, "a document"),
        ([], {"documents": 0}, ""),
        ([A], {"documents": 2}, "two different documents (one counted)"),
        ([A, B], {"documents": 2}, ""),
        ([A], {"max_age_months": 12}, ""),
        ([A | {"dated": day("2025-03-18")}], {"max_age_months": 12}, "12 months before 19 March 2026"),
        ([A | {"dated": day("2026-03-20")}], {"max_age_months": 12}, "12 months before 19 March 2026"),
        ([A | {"dated": None}], {"max_age_months": 12}, "12 months"),
        ([A], {"kinds": ("minutes", "report")}, "minutes or report"),
        ([A, B], {"kinds": ("minutes", "report")}, ""),
        ([A, B], {"periods": 2}, ""),
        ([B, B | {"dated": day("2026-03-01")}], {"periods": 2}, "2 different quarters"),
        ([A], {"outside_the_team": True}, "outside the team"),
        ([B], {"outside_the_team": True}, ""),
    ],
)
def test_what_a_level_asks_for(documents: list[dict[str, object]], requires: dict[str, object], lacking: str) -> None:
    found = level_with(documents, **requires)
    assert len(found) == bool(lacking)
    assert all(lacking in said for said in found)
    assert all(said.startswith("warning" if documents else "blocker") for said in found)


def test_two_ids_with_one_content_are_one_document() -> None:
    cited = [cite("E1", "words"), cite("E2", "other words")]
    copies = {"E1": StoredFile("E1", sha256="same"), "E2": StoredFile("E2", sha256="same")}
    register = [document("E1"), document("E2", 3)]
    case = make_case(answer("GA1", "growing", "team", "", *cited), register=register, copies=copies)
    assert codes(found_in(case), "ST203", "EV306") == ["EV306", "ST203"]


def test_the_lowest_level_asks_for_nothing_and_not_assessed_neither() -> None:
    for level in ("reactive", NOT_ASSESSED):
        assert codes(found_in(make_case(answer("GA1", level, "team", "Why"))), "ST203") == []


@pytest.mark.parametrize(
    ("citation", "more", "instead"),
    [
        (cite("E9", known=False), {}, "CI401"),
        (cite("E1", fault="page 0"), {}, "CI406"),
        (cite("E1"), {"copies": {"E1": StoredFile("E1", missing=True)}}, "EV301"),
        (cite("E1"), {"copies": {"E1": StoredFile("E1", fault="damaged")}}, "EV302"),
        (cite("E1"), {"copies": {"E1": StoredFile("E1", outside=True)}}, "EV309"),
        (cite("E1", "w"), {"check_results": {cite("E1", "w"): CheckResult(Verdict.NOT_FOUND)}}, "CI403"),
        (cite("E1"), {"check_results": {cite("E1"): CheckResult(Verdict.NO_QUOTATION, beyond_end=True)}}, "CI402"),
    ],
)
def test_a_citation_with_a_finding_of_its_own_says_what_is_missing(
    citation: object, more: dict[str, object], instead: str
) -> None:
    case = make_case(answer("GA1", "growing", "team", "", citation), register=[document("E1")], **more)  # type: ignore
    assert codes(found_in(case), "ST203", instead) == [instead]


def test_a_partners_faulty_citation_does_not_excuse_a_level_without_evidence() -> None:
    theirs = cite("E9", known=False, respondent="vcse")
    rows = [answer("GA1", "growing"), answer("GA1", "growing", "vcse", "", theirs)]
    found = found_in(make_case(*rows))
    assert [(f.code, f.severity) for f in found if f.code in ("ST203", "CI401")] == [
        ("ST203", Severity.BLOCKER),
        ("CI401", Severity.WARNING),
    ]


def test_partners_evidence_does_not_carry_a_level() -> None:
    theirs = cite("E1", "words", respondent="vcse")
    rows = [answer("GA1", "emergent"), answer("GA1", "emergent", "vcse", "", theirs)]
    assert codes(found_in(make_case(*rows, register=[document("E1")])), "ST203") == ["ST203"]


def test_a_film_and_a_link_count_as_evidence() -> None:
    for more in ({"file": "", "url": "https://example.org"}, {"file": "film.mp4"}):
        copies = {"E1": StoredFile("E1", sha256="x", uncheckable="a film")} if more["file"] else {}
        rows = [answer("GA1", "emergent", "team", "", cite("E1"))]
        case = make_case(*rows, register=[document("E1", **more)], copies=copies)
        assert codes(found_in(case), "ST203") == []


def test_a_document_whose_date_was_misread_is_not_also_too_old() -> None:
    mis = fault("IN101", "dated", "evidence/register.csv", evidence="E1")
    rows = [answer("GA1", "growing", "team", "", cite("E1", "w"), cite("E2", "w"))]
    register = [document("E1", dated=None), document("E2", 3, kind="plan", dated=day("2020-01-01"))]
    assert codes(found_in(make_case(*rows, register=register, faults=(mis,))), "ST203", "EV305") == []


def test_raised_on_new_evidence_or_on_none_is_not_raised_on_old() -> None:
    earlier = last_year(answer("GA1", "reactive", "team", "", cite("E1")))
    for cited, expected in ((["E1"], ["ST204"]), (["E1", "E2"], []), ([], [])):
        rows = [answer("GA1", "emergent", "team", "", *map(cite, cited))]
        case = make_case(*rows, register=[document("E1"), document("E2", 3)], previous=earlier)
        assert codes(found_in(case), "ST204") == expected


def test_a_level_that_fell_or_stayed_or_was_not_there_is_not_raised_on_old_evidence() -> None:
    rows = [answer("GA1", "emergent", "team", "", cite("E1"))]
    for before in ("growing", "emergent", None):
        earlier = last_year(answer("GA1", before, "team", "", cite("E1")))
        case = make_case(*rows, register=[document("E1")], previous=earlier)
        assert codes(found_in(case), "ST204") == [], before
    assert codes(found_in(make_case(*rows, register=[document("E1")])), "ST204") == []


def test_a_citation_that_cannot_be_followed_is_no_new_evidence() -> None:
    earlier = last_year(answer("GA1", "reactive", "team", "", cite("E1")))
    for other in (cite("E9", known=False), cite("E2", fault="p.")):
        rows = [answer("GA1", "emergent", "team", "", cite("E1"), other)]
        case = make_case(*rows, register=[document("E1"), document("E2", 3)], previous=earlier)
        assert codes(found_in(case), "ST204") == ["ST204"]


def test_short_sayings_and_reasons_for_not_assessing_may_repeat() -> None:
    two = framework(statement("GA1"), statement("GA2"))

    def repeated(level: str, comment: str) -> list[str]:
        rows = [answer("GA1", level, "team", comment), answer("GA2", level, "team", comment.upper(), row=3)]
        return codes(found_in(make_case(*rows, of=two)), "ST205")

    assert repeated("reactive", "As above.") == []
    assert repeated(NOT_ASSESSED, "We have no view on this statement.") == []
    assert repeated("reactive", "We meet the partners twice a year.") == ["ST205"]


def test_one_level_apart_is_not_far_apart_and_not_assessed_is_nowhere() -> None:
    for theirs, expected in (("growing", []), ("consistent", ["ST206"]), (NOT_ASSESSED, [])):
        rows = [answer("GA1", "emergent"), answer("GA1", theirs, "vcse", "Why")]
        assert codes(found_in(make_case(*rows)), "ST206") == expected


@pytest.mark.parametrize(
    ("level", "comment", "expected"),
    [
        ("consistent", "Work has not yet started.", ["ST207"]),
        ("growing", "Nothing is in place.", ["ST207"]),
        ("emergent", "Work has not yet started.", []),
        ("reactive", "This is fully embedded.", ["ST207"]),
        ("consistent", "This is fully embedded.", []),
        ("consistent", "We started a year ago.", []),
    ],
)
def test_comments_that_contradict_their_level(level: str, comment: str, expected: list[str]) -> None:
    assert codes(found_in(make_case(answer("GA1", level, "team", comment))), "ST207") == expected


def test_a_duty_at_the_lowest_level_matters_where_the_public_reads_it() -> None:
    base = framework(statement("GA1"))
    duty = replace(base, sections=(replace(base.sections[0], compliance=True),))
    private = paper(session="private")
    for about, expected in (
        (assessment(), ["ST208"]),
        (assessment(paper=private), []),
        (assessment(paper=private, include_levels=True), ["ST208"]),
    ):
        assert codes(found_in(make_case(answer("GA1", "reactive"), about=about, of=duty)), "ST208") == expected
    assert codes(found_in(make_case(answer("GA1", "reactive"))), "ST208") == []


@pytest.mark.parametrize(
    ("comments", "last_years", "expected"),
    [
        (("As said above", "as said  above."), "", ["ST205"]),
        (("As above", "As above"), "", []),
        (("One of a kind", "Two of a kind"), "Two of a kind", ["ST205"]),
        (("One of a kind", "Two of a kind"), "One of a kind", []),
    ],
)
def test_a_comment_of_three_words_is_copied_and_one_of_two_is_not(
    comments: tuple[str, str], last_years: str, expected: list[str]
) -> None:
    two = framework(statement("GA1"), statement("GA2"))
    rows = [answer(i, "growing", "team", said) for i, said in zip(("GA1", "GA2"), comments, strict=True)]
    before = last_year(
        answer("GA2", "growing", "team2", last_years), answer("GA2", "growing", "gone", comments[0]), of=two
    )
    assert codes(found_in(make_case(*rows, of=two, previous=before)), "ST205") == expected


@pytest.mark.parametrize(
    ("natures", "expected"),
    [
        (["quantitative", "quantitative"], ["ST209"]),
        (["qualitative", ""], ["ST209"]),
        (["quantitative", "qualitative"], []),
        (["", ""], []),
    ],
)
def test_evidence_of_one_nature(natures: list[str], expected: list[str]) -> None:
    register = [document(f"E{n}", nature=nature) for n, nature in enumerate(natures)]
    rows = [answer("GA1", "growing", "team", "", *(cite(d.id, "words") for d in register))]
    insight = framework(statement("GA1", both_natures=True))
    assert codes(found_in(make_case(*rows, of=insight, register=register)), "ST209") == expected
    assert codes(found_in(make_case(*rows, register=register)), "ST209") == []


def test_whole_documents_matter_in_the_upper_half_alone() -> None:
    register = [document("E1")]
    for level, cited, expected in (
        ("growing", [cite("E1")], ["CI408"]),
        ("growing", [cite("E1", pages=(2, 2))], []),
        ("growing", [cite("E1", sheet="Summary")], []),
        ("emergent", [cite("E1")], []),
        ("growing", [cite("E1"), cite("E9", known=False)], []),
    ):
        case = make_case(answer("GA1", level, "team", "", *cited), register=register)
        assert codes(found_in(case), "CI408") == expected


def test_a_quarter_of_the_statements_is_not_more_than_a_quarter() -> None:
    ids = [f"GA{n}" for n in range(1, 9)]
    for carried, expected in ((2, []), (3, ["EV311"])):
        rows = [answer(i, "reactive", "team", "", *([cite("E1")] if n < carried else [])) for n, i in enumerate(ids)]
        case = make_case(*rows, of=framework(*map(statement, ids)), register=[document("E1")])
        assert codes(found_in(case), "EV311") == expected


def test_statements_out_of_scope_are_nobodys_business() -> None:
    two = framework(statement("GA1"), statement("SC1"))
    about = assessment(sections=("GA",))
    assert codes(found_in(make_case(answer("GA1", "reactive"), of=two, about=about)), "ST201") == []


def test_an_action_for_the_whole_section_answers_its_statements() -> None:
    weak = answer("GA1", "reactive")
    due = datetime.date(2026, 9, 30)
    for actions, expected in (
        ([], ["AC503"]),
        ([action(due=due)], []),
        ([action(statement="", due=due)], []),
        ([action(status="done", citations=(cite("E1"),))], ["AC503"]),
        ([action(statement="GA2")], ["AC503"]),
    ):
        case = make_case(weak, actions=tuple(actions), of=framework(statement("GA1"), statement("GA2")))
        assert codes([f for f in found_in(case) if f.statement == "GA1"], "AC503") == expected


def test_a_misread_date_of_an_action_is_not_also_a_missing_one() -> None:
    mis = fault("IN101", "due", f"{FOLDER}/actions.csv")
    case = make_case(answer("GA1", "reactive"), actions=(action(due=None),), faults=(mis,))
    assert codes(found_in(case), "AC501") == []


def test_a_row_that_is_too_long_is_one_fault() -> None:
    garbled = Finding("IN101", Severity.BLOCKER, "said", "do", file=f"{FOLDER}/actions.csv", row=2, about="A1")
    case = make_case(answer("GA1", "reactive"), actions=(action(owner="", due=None),), faults=(garbled,))
    assert codes([f for f in found_in(case) if f.file and f.file.endswith("actions.csv")]) == ["IN101"]


def test_done_dropped_and_future_actions_are_not_overdue() -> None:
    late = day("2026-03-18")
    for more, expected in (
        ({"due": late}, ["AC502"]),
        ({"due": day("2026-03-19")}, []),
        ({"due": late, "status": "dropped"}, []),
        ({"due": None, "status": "dropped", "owner": ""}, []),
        ({"due": late, "status": "done", "evidence": "E1", "citations": (cite("E1"),)}, []),
    ):
        case = make_case(answer("GA1", "reactive"), actions=(action(**more),))
        assert codes(found_in(case), "AC501", "AC502", "AC504") == expected


def test_a_finding_without_a_place_has_none_in_it() -> None:
    weak = found_in(make_case(answer("GA1", "reactive")))
    assert [f.file for f in weak if f.code == "AC503"] == [None]
