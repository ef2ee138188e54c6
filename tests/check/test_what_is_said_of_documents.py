"""What findings on documents and the register say: at which cell, of what, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.checks import check
from pipeline.model import Case, Citation, EvidenceDocument, Place, Reference, StoredFile
from pipeline.score import score
from tests.cases_by_hand import FOLDER, answer, cite, day, document, framework, make_case, narrative, statement, told

OLD = document("E1", review_by=day("2026-01-01"))
SITE = "example.org/a"


def w(**more: Any) -> Citation:
    return cite("E1", "all four of these", **more)


def cited(*citations: Citation, **more: Any) -> Case:
    return make_case(answer("GA1", "reactive", "team", "", *citations), **more)


def held(digest: str, of: EvidenceDocument, **more: Any) -> Case:
    """A document that is cited, and how its file was found."""
    lies = ("evidence/other.pdf", "evidence/plans/Minutes.pdf")
    return cited(w(), register=[of], copies={"E1": StoredFile("E1", sha256=digest, **more)}, unregistered=lies)


def told_in_words(of: EvidenceDocument, **more: Any) -> Case:
    """A document that the narrative alone cites."""
    text = narrative("[@E1]", cite("E1", place=Place(f"{FOLDER}/narrative/background.md", 3)))
    copies = {"E1": StoredFile("E1", **more)}
    return make_case(answer("GA1", "reactive"), narratives=(text,), register=[of], copies=copies)


def relied_on(number: int, of: int, **more: Any) -> Case:
    """One document, cited for some of the statements."""
    rows = [answer(f"GA{n}", "reactive", "team", "", w(row=n), row=n) for n in range(1, number + 1)]
    asked = framework(*(statement(f"GA{n}") for n in range(1, of + 1)))
    return make_case(*rows, of=asked, register=[document("E1", **more)])


@pytest.mark.parametrize(
    ("code", "case", "expected"),
    [
        (
            "EV301",
            held("", document("E1", file="plans\\minutes.pdf.docx"), missing=True),
            "2 file GA1 E1: E1 (Title of document E1) is cited for GA1 (Text of GA1), and its file "
            "`plans\\minutes.pdf.docx` is not in evidence/.",
        ),
        (
            "EV301",
            told_in_words(document("E1"), missing=True),
            "2 file E1: E1 (Title of document E1) is cited, and its file `E1.txt` is not in evidence/.",
        ),
        (
            "EV302",
            held("", document("E1"), fault="it is damaged."),
            "2 file GA1 E1: E1 (Title of document E1) is cited for GA1 (Text of GA1), and its file cannot be "
            "read: it is damaged.",
        ),
        (
            "EV309",
            held("", document("E1"), outside=True),
            "2 file E1: The file of E1 (Title of document E1) lies outside the evidence folder, so it was not opened.",
        ),
        (
            "EV303",
            held("x", OLD),
            "2 review_by GA1 E1: E1 (Title of document E1) was due for review by 1 January 2026 and is cited "
            "for GA1 (Text of GA1), which has no other evidence in date. Evidence must be in date on 19 March "
            "2026.",
        ),
        (
            "EV303",
            cited(w(), cite("E2", "four words for it"), register=[OLD, document("E2", 3)]),
            "2 review_by GA1 E1: E1 (Title of document E1) was due for review by 1 January 2026 and is cited "
            "for GA1 (Text of GA1). Evidence must be in date on 19 March 2026.",
        ),
        (
            "EV303",
            told_in_words(OLD, sha256="x"),
            "2 review_by E1: E1 (Title of document E1) was due for review by 1 January 2026 and is cited. "
            "Evidence must be in date on 19 March 2026.",
        ),
        (
            "EV304",
            cited(w(), register=[document("E1"), document("E2", 3, supersedes=("E1",))]),
            "2 - GA1 E1: E1 (Title of document E1) is cited for GA1 (Text of GA1), which has no other evidence;"
            " E2 (Title of document E2) has superseded it.",
        ),
        (
            "EV304",
            cited(
                w(),
                cite("E3", "all"),
                register=[document("E1"), document("E2", 3, supersedes=("E1", "E2")), document("E3", 4)],
            ),
            "2 - GA1 E1: E1 (Title of document E1) is cited for GA1 (Text of GA1); E2 (Title of document E2) "
            "has superseded it.",
        ),
        (
            "EV305",
            make_case(register=[document("E1", owner=" ", dated=None, review_by=None)]),
            "2 dated E1: E1 (Title of document E1) has no date.\n"
            "2 owner E1: E1 (Title of document E1) has no owner.\n"
            "2 review_by E1: E1 (Title of document E1) has no review date, which this kind needs.",
        ),
        (
            "EV306",
            make_case(
                register=[
                    document("E1", url=f"https://{SITE}"),
                    document("E2", 3, url=f"{SITE}/"),
                    document("E3", 4, file="./E1.txt"),
                ]
            ),
            "3 url E2: E2 (Title of document E2) has the same address as E1 (Title of document E1): it is one "
            "document.\n"
            "4 file E3: E3 (Title of document E3) has the same content as E1 (Title of document E1): it is one "
            "document.",
        ),
        (
            "EV307",
            make_case(unregistered=("evidence/plans/other.pdf",)),
            "- -: `other.pdf` lies in evidence/ and no row of the register names it.",
        ),
        (
            "EV308",
            make_case(answer("GA1", "reactive"), register=[document("E1")]),
            "2 id E1: E1 (Title of document E1) is in the register and nothing cites it.",
        ),
        (
            "EV311",
            relied_on(2, 4),
            "2 id E1: E1 (Title of document E1) is cited for 2 of 4 statements: GA1 and GA2.",
        ),
        (
            "EV312",
            held("x", document("E1", status="draft")),
            "2 status GA1 E1: E1 (Title of document E1) is cited and is a draft.",
        ),
        (
            "EV312",
            held("x", document("E1", dated=day("2026-03-20"))),
            "2 dated GA1 E1: E1 (Title of document E1) is cited and is dated 20 March 2026, after the day of "
            "the assessment, 19 March 2026.",
        ),
        (
            "EV312",
            relied_on(2, 2, status="draft"),
            "2 status E1: E1 (Title of document E1) is cited and is a draft.",
        ),
        (
            "EV313",
            held("x", document("E1", review_by=day("2026-03-20"))),
            "2 review_by GA1 E1: E1 (Title of document E1) is cited for GA1 (Text of GA1); it is in date on 19 "
            "March 2026 and due for review by 20 March 2026, before the meeting on 26 March 2026.",
        ),
        (
            "EV314",
            make_case(register=[document("E1", file="", url=f"https://{SITE}")]),
            "2 url E1: E1 (Title of document E1) is known by its address alone; no copy is held.",
        ),
    ],
)
def test_what_is_said_of_documents(code: str, case: Case, expected: str) -> None:
    assert told(code, case) == expected


@pytest.mark.parametrize(
    ("code", "case", "advised"),
    [
        (
            "EV301",
            held("", document("E1", file="plans\\minutes.pdf.docx"), missing=True),
            "`evidence/plans/Minutes.pdf`",
        ),
        ("EV301", held("", document("E1"), missing=True), "Put the document there"),
        ("EV302", held("", document("E1"), fault="it is damaged."), "Ask the Keeper of E1 for a copy"),
        ("EV302", held("", document("E1", owner=""), fault="it is damaged."), "Ask its owner for a copy"),
        (
            "EV306",
            make_case(register=[document("E1", url=SITE), document("E2", 3, url=SITE)]),
            "Keep one of the two rows",
        ),
    ],
)
def test_what_is_advised_begins_with_what_is_meant(code: str, case: Case, advised: str) -> None:
    (found,) = (f for f in check(case, score(case)) if f.code == code)
    assert found.remedy.startswith(advised)


def test_a_superseded_document_is_no_help_to_another() -> None:
    new = (document("E4", 5, supersedes=("E1", "E2")), document("E5", 6, supersedes=("E3",)))
    register = [document("E1"), document("E2", 3), document("E3", 4), *new]
    found = check(case := cited(w(), cite("E2", "all"), cite("E3", "all"), register=register), score(case))
    assert [(f.evidence, f.severity) for f in found if f.code == "EV304"] == [
        (name, "blocker") for name in ("E1", "E2", "E3")
    ]


def test_a_superseded_reference_is_named_where_a_statement_or_an_address_has_it() -> None:
    old = Reference(
        "R1", "Old plan", status="superseded", year="2019", url=f"https://{SITE}/", note="Read the new plan."
    )
    asked = statement("GA1", references=("R1", "R2"))
    of = framework(asked, references=(old, Reference("R2", "New plan")))
    row = document("E1", url=f"http://www.{SITE}")
    case = make_case(answer("GA1", "reactive"), of=of, register=[row, document("E2", 3)])
    assert told("PU707", case) == (
        "2 statement GA1: GA1 (Text of GA1) names “Old plan” (2019), now superseded.\n"
        "2 url E1: E1 (Title of document E1) has the address of “Old plan” (2019), now superseded."
    )
    assert told("PU707", make_case(answer("GA1", "not assessed", "team", "Why"), of=of)) == ""
    assert all(f.remedy.endswith("Read the new plan.") for f in check(case, score(case)) if f.code == "PU707")
