"""Near misses and variants of the checks of documents, register and citations."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks import check
from pipeline.model import Case, CheckResult, Citation, Finding, Place, Severity, StoredFile, Verdict
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
    narrative,
    paper,
    statement,
)

CITED = cite("E1", "all of the words", pages=(4, 4))


def found_in(case: Case) -> tuple[Finding, ...]:
    return check(case, score(case))


def severities(findings: tuple[Finding, ...], code: str) -> list[tuple[str | None, Severity]]:
    return [(f.statement, f.severity) for f in findings if f.code == code]


def case_with(*documents: Any, level: str = "emergent", **more: Any) -> Case:
    """GA1 cites every document."""
    cited = [cite(d.id, f"words {d.id}") for d in documents]
    return make_case(answer("GA1", level, "team", "", *cited), register=documents, **more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"review_by": day("2026-03-19")}, ["EV313"]),
        ({"review_by": day("2026-03-26")}, []),
        ({"review_by": day("2026-03-18")}, ["EV303"]),
        ({"review_by": day("2026-03-18"), "kind": "minutes"}, ["EV303"]),
        ({"review_by": day("2026-03-20"), "kind": "survey"}, ["EV313"]),
        ({"review_by": None, "kind": "audit"}, []),
        ({"review_by": None, "kind": "engagement"}, []),
        ({"review_by": None, "kind": "letter"}, []),
        ({"review_by": None, "kind": "policy"}, ["EV305"]),
        ({"review_by": None, "kind": "minutes", "dated": None}, ["EV305"]),
        ({"owner": " "}, ["EV305"]),
        ({"status": "draft"}, ["EV312"]),
        ({"dated": day("2026-03-19")}, []),
        ({"dated": day("2026-03-20")}, ["EV312"]),
    ],
)
def test_dates_and_gaps_of_a_document(more: dict[str, Any], expected: list[str]) -> None:
    found = found_in(case_with(document("E1", **more), document("E2", 3)))
    assert codes(found, "EV303", "EV304", "EV305", "EV312", "EV313") == expected


def test_an_expired_document_blocks_where_nothing_else_is_in_date() -> None:
    old = document("E1", review_by=day("2026-01-01"))
    assert severities(found_in(case_with(old)), "EV303") == [("GA1", Severity.BLOCKER)]
    assert severities(found_in(case_with(old, document("E2", 3))), "EV303") == [("GA1", Severity.WARNING)]
    both = found_in(case_with(old, document("E2", 3, review_by=day("2026-01-01"))))
    assert severities(both, "EV303") == [("GA1", Severity.BLOCKER)] * 2
    missing = case_with(old, document("E2", 3), copies={"E2": StoredFile("E2", missing=True)})
    assert severities(found_in(missing), "EV303") == [("GA1", Severity.BLOCKER)]
    copy_of_itself = case_with(old, document("E2", 3), copies={i: StoredFile(i, sha256="one") for i in ("E1", "E2")})
    assert severities(found_in(copy_of_itself), "EV303") == [("GA1", Severity.BLOCKER)]


def test_an_expired_document_is_weighed_for_each_statement() -> None:
    old = document("E1", review_by=day("2026-01-01"))
    rows = [
        answer("GA1", "emergent", "team", "", cite("E1", "a")),
        answer("GA2", "emergent", "team", "", cite("E1", "a", row=3), cite("E2", "b", row=3), row=3),
    ]
    case = make_case(*rows, of=framework(statement("GA1"), statement("GA2")), register=[old, document("E2", 3)])
    assert severities(found_in(case), "EV303") == [("GA1", Severity.BLOCKER), ("GA2", Severity.WARNING)]


def test_a_partners_expired_document_is_a_warning() -> None:
    theirs = cite("E1", "words", respondent="vcse")
    rows = [answer("GA1", "reactive"), answer("GA1", "emergent", "vcse", "", theirs)]
    old = document("E1", review_by=day("2026-01-01"))
    found = found_in(make_case(*rows, register=[old]))
    assert [(f.code, f.severity, f.respondent) for f in found if f.code == "EV303"] == [
        ("EV303", Severity.WARNING, "vcse")
    ]
    gone = found_in(make_case(*rows, register=[document("E1")], copies={"E1": StoredFile("E1", missing=True)}))
    assert [(f.code, f.severity) for f in gone if f.code == "EV301"] == [("EV301", Severity.WARNING)]


def test_a_document_is_superseded_from_the_day_its_successor_is_dated() -> None:
    for dated, expected in ((day("2026-03-19"), ["EV304"]), (day("2026-03-20"), []), (None, ["EV304"])):
        successor = document("E2", 3, supersedes=("E1",), dated=dated)
        rows = [answer("GA1", "emergent", "team", "", cite("E1", "words"))]
        found = found_in(make_case(*rows, register=[document("E1"), successor]))
        assert codes(found, "EV304") == expected
    assert "E2" in next(f for f in found if f.code == "EV304").message


def test_a_superseded_document_blocks_where_nothing_else_stands() -> None:
    successor = document("E2", 3, supersedes=("E1",))
    rows = [answer("GA1", "emergent", "team", "", cite("E1", "words"))]
    alone = make_case(*rows, register=[document("E1"), successor])
    assert severities(found_in(alone), "EV304") == [("GA1", Severity.BLOCKER)]
    assert severities(found_in(case_with(document("E1"), successor)), "EV304") == [("GA1", Severity.WARNING)]


def test_a_document_missing_for_an_action_alone_is_named_once_without_a_statement() -> None:
    acts = tuple(action(f"A{n}", n, evidence="E1", citations=(cite("E1", row=n),)) for n in (2, 3))
    case = make_case(answer("GA1", "reactive"), actions=acts, register=[document("E1")])
    gone = make_case(
        answer("GA1", "reactive"),
        actions=acts,
        register=[document("E1")],
        copies={"E1": StoredFile("E1", missing=True)},
    )
    assert codes(found_in(case), "EV301") == []
    assert [(f.statement, f.severity, f.papers) for f in found_in(gone) if f.code == "EV301"] == [
        (None, Severity.BLOCKER, ())
    ]


def test_a_document_missing_for_the_annual_report_alone_touches_that_paper() -> None:
    place = Place(f"{FOLDER}/narrative/annual-report-AR1.md", 3)
    told = narrative("[@E1]", cite("E1", place=place), name="annual-report-AR1")
    gone = {"E1": StoredFile("E1", missing=True)}
    case = make_case(answer("GA1", "reactive"), narratives=(told,), register=[document("E1")], copies=gone)
    assert [f.papers for f in found_in(case) if f.code == "EV301"] == [("annual-report-section",)]


def test_documents_that_nothing_cites_may_be_missing() -> None:
    case = make_case(register=[document("E1")], copies={"E1": StoredFile("E1", missing=True)})
    assert codes(found_in(case), "EV301", "EV302", "EV308") == ["EV308"]
    case = make_case(register=[document("E1")], copies={"E1": StoredFile("E1", outside=True)})
    assert codes(found_in(case), "EV301", "EV309") == ["EV309"]


def test_nothing_is_called_uncited_while_a_citation_cannot_be_followed() -> None:
    rows = [answer("GA1", "reactive", "team", "", cite("E9", known=False))]
    assert codes(found_in(make_case(*rows, register=[document("E1")])), "EV308") == []
    assert codes(found_in(make_case(answer("GA1", "reactive"), register=[document("E1")])), "EV308") == ["EV308"]


PDF = StoredFile("E1", sha256="x", pages=6, paged=True)
TEXT = StoredFile("E1", sha256="x")


@pytest.mark.parametrize(
    ("citation", "copy", "check_result", "expected"),
    [
        (CITED, PDF, CheckResult(Verdict.FOUND, page=4), []),
        (CITED, PDF, CheckResult(Verdict.FOUND_ELSEWHERE, page=5), ["CI404"]),
        (CITED, PDF, CheckResult(Verdict.FOUND_ELSEWHERE, page=5, beyond_end=True), ["CI402"]),
        (CITED, PDF, CheckResult(Verdict.NOT_FOUND, beyond_end=True), ["CI402"]),
        (CITED, PDF, CheckResult(Verdict.NOT_FOUND, nearest="the wards", nearest_page=5), ["CI403"]),
        (CITED, PDF, CheckResult(Verdict.NOT_CHECKABLE, unreadable_pages=(4,)), ["CI405"]),
        (CITED, PDF, CheckResult(Verdict.SEEN_BY_A_PERSON, unreadable_pages=(4,)), []),
        (cite("E1", pages=(4, 4)), PDF, CheckResult(Verdict.NO_QUOTATION), []),
        (cite("E1", pages=(4, 4)), PDF, CheckResult(Verdict.NO_QUOTATION, unreadable_pages=(4,)), ["CI405"]),
        (cite("E1", pages=(9, 9)), PDF, CheckResult(Verdict.NO_QUOTATION, beyond_end=True), ["CI402"]),
        (CITED, TEXT, CheckResult(Verdict.FOUND), ["CI407"]),
        (CITED, TEXT, CheckResult(Verdict.NOT_FOUND), ["CI403", "CI407"]),
        (cite("E1", "all of the words"), TEXT, CheckResult(Verdict.FOUND), []),
        (cite("E1", "all of the words"), PDF, CheckResult(Verdict.FOUND_ELSEWHERE, page=2), []),
        (cite("E1", "all of the words", sheet="A"), TEXT, CheckResult(Verdict.FOUND_ELSEWHERE, sheet="B"), ["CI404"]),
        (cite("E1", "three words alone"), TEXT, CheckResult(Verdict.FOUND), ["CI409"]),
        (
            cite("E1", "three words alone", pages=(4, 4)),
            PDF,
            CheckResult(Verdict.FOUND_ELSEWHERE, page=5),
            ["CI404", "CI409"],
        ),
        (cite("E1", "four words with weight"), TEXT, CheckResult(Verdict.FOUND), []),
        (cite("E1", "the 412"), TEXT, CheckResult(Verdict.FOUND), []),
        (cite("E1", "four words of heading"), TEXT, CheckResult(Verdict.FOUND, little="a heading"), ["CI409"]),
        (cite("E1", "title  of E1 AS IT READS."), TEXT, CheckResult(Verdict.FOUND), ["CI409"]),
        (cite("E1", "narrowed in all four places"), TEXT, CheckResult(Verdict.FOUND, negation="not"), ["CI410"]),
        (cite("E1", "narrowed"), TEXT, CheckResult(Verdict.FOUND, negation="not"), ["CI409", "CI410"]),
        (cite("E1", "three words alone"), TEXT, CheckResult(Verdict.NOT_FOUND), ["CI403"]),
        (cite("E1", "three words alone"), TEXT, CheckResult(Verdict.NOT_CHECKABLE), ["CI405"]),
        (cite("E1", sheet="A"), TEXT, CheckResult(Verdict.NO_QUOTATION, reason="there is no sheet “A”"), ["CI405"]),
    ],
)
def test_what_is_said_of_a_citation(
    citation: Citation, copy: StoredFile, check_result: CheckResult, expected: list[str]
) -> None:
    case = make_case(
        answer("GA1", "reactive", "team", "", citation),
        register=[document("E1", title="Title of E1 as it reads")],
        copies={"E1": copy},
        check_results={citation: check_result},
    )
    found = [f for f in found_in(case) if f.code.startswith("CI")]
    assert codes(found) == expected
    assert {(f.file, f.row, f.field, f.statement) for f in found} <= {
        (f"{FOLDER}/responses/team.csv", 2, "evidence", "GA1")
    }


def test_what_is_said_names_what_a_person_needs() -> None:
    def said(citation: Citation, check_result: CheckResult) -> str:
        case = make_case(
            answer("GA1", "reactive", "team", "", citation),
            register=[document("E1")],
            copies={"E1": PDF},
            check_results={citation: check_result},
        )
        return next(f.message for f in found_in(case) if f.code.startswith("CI4"))

    beyond = said(cite("E1", "w", pages=(9, 9)), CheckResult(Verdict.FOUND_ELSEWHERE, page=5, beyond_end=True))
    assert "Page 9" in beyond
    assert "6 pages" in beyond
    assert "page 5" in beyond
    missed = said(CITED, CheckResult(Verdict.NOT_FOUND, nearest="the wards", nearest_page=3))
    assert "the words" in missed
    assert "page 3" in missed
    assert "the wards" in missed
    moved = said(CITED, CheckResult(Verdict.FOUND_ELSEWHERE, page=5, page_label="iii"))
    assert "page 5 (printed as iii)" in moved
    assert "page 4" in moved


def test_an_unknown_id_is_named_with_the_nearest_known_one() -> None:
    rows = [answer("GA1", "reactive", "team", "", cite("E012", known=False))]
    case = make_case(*rows, register=[document("E112"), document("F77", 3)])
    unknown = next(f for f in found_in(case) if f.code == "CI401")
    assert "E012" in unknown.message
    assert "E112" in unknown.remedy
    assert unknown.evidence == "E012"


def test_two_addresses_that_differ_in_dress_are_one() -> None:
    one = document("E1", file="", url="https://www.example.org/plan/")
    other = document("E2", 3, file="", url="http://example.org/plan#top")
    assert codes(found_in(make_case(register=[one, other])), "EV306") == ["EV306"]
    third = document("E3", 4, file="", url="http://example.org/plans")
    assert codes(found_in(make_case(register=[one, third])), "EV306") == []


def test_evidence_is_judged_at_as_of_and_at_the_meeting() -> None:
    about = assessment(as_of=day("2026-01-01"), paper=paper(date=day("2026-01-08")))
    lapsing = document("E1", review_by=day("2026-01-05"), dated=day("2025-06-01"))
    assert codes(found_in(case_with(lapsing, about=about)), "EV303", "EV313") == ["EV313"]


def test_a_row_that_stands_in_for_an_unread_one_is_not_called_uncited_evidence() -> None:
    lost = Finding("IN101", Severity.BLOCKER, "no title", "do", file="evidence/register.csv", row=2, evidence="E1")
    case = make_case(answer("GA1", "growing", "team", "", cite("E1", "words")), faults=(lost,))
    assert codes(found_in(case), "ST203", "CI401", "CI408") == []
