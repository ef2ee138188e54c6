"""What findings on citations say: at which cell, of what, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks import check
from pipeline.model import Case, CheckResult, Citation, StoredFile, Verdict
from pipeline.score import score
from tests.cases_by_hand import AS_OF, answer, cite, document, make_case, told

PDF = StoredFile("E1", sha256="x", pages=6, paged=True)
TEXT = StoredFile("E1", sha256="x")
REMARKED = StoredFile("E1", sha256="x", remarks=("a comment was left alone", "a picture"))
CHECKED = ("checked_by", "checked_on")


def w(**more: Any) -> Citation:
    return cite("E1", "all four of these", **more)


def cited(*citations: Citation, **more: Any) -> Case:
    return make_case(answer("GA1", "reactive", "team", "", *citations), **more)


def seen(citation: Citation, verdict: Verdict, of: StoredFile = PDF, **more: Any) -> Case:
    """What was seen of one citation."""
    register = [document("E1", **{name: more.pop(name) for name in CHECKED if name in more})]
    return cited(citation, register=register, copies={"E1": of}, check_results={citation: CheckResult(verdict, **more)})


@pytest.mark.parametrize(
    ("code", "case", "expected"),
    [
        (
            "CI401",
            cited(cite("plans\\a.pdf", known=False), cite("E2", known=False), unregistered=("evidence/plans/a.pdf",)),
            "2 evidence GA1 team E2: The evidence register has no `E2`.\n"
            "2 evidence GA1 team plans\\a.pdf: The evidence register has no `plans\\a.pdf`. A file of that name "
            "lies there, in evidence/plans/a.pdf, and no row names it.",
        ),
        (
            "CI406",
            cited(cite("E1", fault="`p.0` names page 0.")),
            "2 evidence GA1 team E1: The citation “E1” cannot be followed: `p.0` names page 0.",
        ),
        (
            "CI402",
            seen(w(pages=(7, 9)), Verdict.FOUND_ELSEWHERE, page=5, page_label="iii", beyond_end=True),
            "2 evidence GA1 team E1: Pages 7 to 9 lie beyond the end of E1 (Title of document E1), which has 6 "
            "pages. The words stand on page 5 (printed as iii).",
        ),
        (
            "CI402",
            seen(w(pages=(7, 7)), Verdict.NOT_FOUND, of=TEXT, beyond_end=True),
            "2 evidence GA1 team E1: Page 7 lies beyond the end of E1 (Title of document E1).",
        ),
        (
            "CI402",
            seen(w(sheet="Sums"), Verdict.NOT_FOUND, of=TEXT, reason="there is no sheet “Sums”", beyond_end=True),
            "2 evidence GA1 team E1: A sheet of E1 (Title of document E1) is cited that is not there: there is "
            "no sheet “Sums”.",
        ),
        (
            "CI403",
            seen(
                w(),
                Verdict.NOT_FOUND,
                of=REMARKED,
                nearest="all three of these",
                nearest_page=3,
                difference="it has “three”.",
            ),
            "2 evidence GA1 team E1: The words “all four of these” do not stand in E1 (Title of document E1). "
            "The nearest passage is on page 3: “all three of these”. It has “three”. Of this document: a "
            "comment was left alone; a picture.",
        ),
        (
            "CI403",
            seen(w(), Verdict.NOT_FOUND, nearest="all three of these"),
            "2 evidence GA1 team E1: The words “all four of these” do not stand in E1 (Title of document E1). "
            "The nearest passage is: “all three of these”.",
        ),
        (
            "CI404",
            seen(w(pages=(2, 3)), Verdict.FOUND_ELSEWHERE, page=5, page_label="iii"),
            "2 evidence GA1 team E1: The words “all four of these” stand on page 5 (printed as iii) of E1 "
            "(Title of document E1), not on pages 2 to 3.",
        ),
        (
            "CI404",
            seen(w(sheet="A"), Verdict.FOUND_ELSEWHERE, sheet="B"),
            "2 evidence GA1 team E1: The words “all four of these” stand on sheet “B” of E1 (Title of document "
            "E1), not on sheet “A”.",
        ),
        (
            "CI405",
            seen(
                w(pages=(4, 5)),
                Verdict.NOT_CHECKABLE,
                checked_by="Keeper of E1",
                checked_on=AS_OF,
                unreadable_pages=(4, 5),
            ),
            "2 evidence GA1 team E1: The words “all four of these” cannot be looked for in E1 (Title of "
            "document E1): the text of pages 4 and 5 cannot be read. The check by the Keeper of E1 does not "
            "count: it was made by the owner of the document.",
        ),
        (
            "CI405",
            seen(cite("E1", pages=(4, 4)), Verdict.NO_QUOTATION, unreadable_pages=(4,)),
            "2 evidence GA1 team E1: What is cited cannot be looked for in E1 (Title of document E1): the text "
            "of page 4 cannot be read.",
        ),
        (
            "CI405",
            seen(w(), Verdict.NOT_CHECKABLE, reason="it is a link."),
            "2 evidence GA1 team E1: The words “all four of these” cannot be looked for in E1 (Title of "
            "document E1): it is a link.",
        ),
        (
            "CI405",
            seen(w(), Verdict.NOT_CHECKABLE),
            "2 evidence GA1 team E1: The words “all four of these” cannot be looked for in E1 (Title of "
            "document E1): there is no text in it to check against.",
        ),
        (
            "CI407",
            seen(w(pages=(4, 4)), Verdict.FOUND, of=TEXT),
            "2 evidence GA1 team E1: A page of E1 (Title of document E1) is cited, and a file of this kind has "
            "no fixed pages.",
        ),
        (
            "CI408",
            make_case(answer("GA1", "growing", "team", "", cite("E1")), register=[document("E1")]),
            "2 evidence GA1: GA1 (Text of GA1) is reported at Growing and cites whole documents, with no page "
            "and no words.",
        ),
        (
            "CI409",
            seen(cite("E1", "three words alone"), Verdict.FOUND),
            "2 evidence GA1 team E1: The words “three words alone” stand in E1 (Title of document E1), and show"
            " little: they are fewer than four words, with no figure among them. They count as the document "
            "alone.",
        ),
        (
            "CI409",
            seen(cite("E1", "Title of document  E1."), Verdict.FOUND),
            "2 evidence GA1 team E1: The words “Title of document E1.” stand in E1 (Title of document E1), and "
            "show little: they are no more than the title of the document. They count as the document alone.",
        ),
        (
            "CI409",
            seen(w(), Verdict.FOUND, little="a heading"),
            "2 evidence GA1 team E1: The words “all four of these” stand in E1 (Title of document E1), and show"
            " little: they are no more than a heading. They count as the document alone.",
        ),
        (
            "CI410",
            seen(w(), Verdict.FOUND, negation="not", context="it is not all four of these"),
            "2 evidence GA1 team E1: The words “all four of these” stand in E1 (Title of document E1), in a "
            "sentence that has “not” where the quotation leaves it out: “it is not all four of these”. They "
            "count as the document alone.",
        ),
    ],
)
def test_what_is_said_of_citations(code: str, case: Case, expected: str) -> None:
    assert told(code, case) == expected


def test_a_page_that_a_person_has_seen_is_not_called_unread() -> None:
    unread = {"unreadable_pages": (4,)}
    page = cite("E1", pages=(4, 4))
    assert told("CI405", seen(page, Verdict.NO_QUOTATION, checked_by="The auditor", checked_on=AS_OF, **unread)) == ""
    assert told("CI405", seen(page, Verdict.NO_QUOTATION, **unread))
    assert told("CI405", seen(w(), Verdict.FOUND, **unread)) == ""


@pytest.mark.parametrize(
    ("code", "case", "advised"),
    [
        (
            "CI401",
            cited(cite("a.pdf", known=False), unregistered=("evidence/a.pdf",)),
            "Register it with `boardpack reg",
        ),
        ("CI401", cited(cite("a", known=False), unregistered=("evidence/b/a.pdf",)), "Register it with `boardpack reg"),
        (
            "CI401",
            cited(cite("b\\a.pdf", known=False), unregistered=("evidence/b/a.pdf",)),
            "Register it with `boardpac",
        ),
        ("CI401", cited(cite("a", known=False), unregistered=("evidence/ba.pdf",)), "Correct the id, or add"),
        ("CI401", cited(cite("E21", known=False), register=[document("E12")]), "Did you mean"),
    ],
)
def test_what_is_advised_begins_with_what_is_meant(code: str, case: Case, advised: str) -> None:
    (found,) = (f for f in check(case, score(case)) if f.code == code)
    assert found.remedy.startswith(advised)
