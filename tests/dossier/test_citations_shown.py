"""What a footnote, an annex and the trail print of a citation, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.dossier.citations import age_of, cited_before, view_citation
from pipeline.dossier.views import CitationView
from pipeline.model import CheckResult, StoredFile, Verdict
from tests.cases_by_hand import answer, cite, day, document, framework, last_year, make_case, statement

WORDS = "uptake is lowest here"
HELD = {"title": "Review", "publisher": "Westmarch ICB", "dated": day("2025-11-06"), "file": "E1.pdf"}


def shown(
    result: CheckResult | None = None, words: str | None = WORDS, copy: StoredFile | None = None, **more: Any
) -> CitationView:
    """The view of one citation; `more`: of the register's row, or of the citation where it has such a field."""
    cited = {name: more.pop(name) for name in ("pages", "sheet", "fault", "known") if name in more}
    citation = cite("E1", words, **cited)
    case = make_case(
        answer("GA1", "growing", "team", "", citation),
        register=[document("E1", **HELD | more)],
        copies={"E1": copy} if copy else {},
        check_results={citation: result} if result else {},
    )
    return view_citation(case, citation)


FOUND = CheckResult(Verdict.FOUND, page=9)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"result": FOUND}, "page 9 of the PDF"),
        ({"result": CheckResult(Verdict.FOUND, page=9, page_label="7")}, "page 9 of the PDF (printed page 7)"),
        ({"result": CheckResult(Verdict.FOUND_ELSEWHERE, page=9), "pages": (4, 4)}, "page 9 of the PDF"),
        ({"result": FOUND, "file": "E1.PDF"}, "page 9 of the PDF"),
        *[({"result": FOUND, "file": f"E1{kind}"}, "slide 9") for kind in (".pptx", ".ppsx", ".potx")],
        ({"result": CheckResult(Verdict.NO_QUOTATION), "words": None, "pages": (4, 4)}, "page 4 of the PDF"),
        ({"result": CheckResult(Verdict.NO_QUOTATION), "words": None, "pages": (4, 6)}, "pages 4 to 6 of the PDF"),
        ({"result": CheckResult(Verdict.NO_QUOTATION), "words": None, "pages": (4, 6), "file": "E1.pptx"},
         "slides 4 to 6"),
        ({"result": CheckResult(Verdict.NO_QUOTATION), "words": None}, ""),
        ({"result": FOUND, "file": "E1.docx"}, ""),
        ({"result": CheckResult(Verdict.FOUND, sheet="Total"), "sheet": "Other", "file": "E1.xlsx"}, "sheet “Total”"),
        ({"result": CheckResult(Verdict.NOT_FOUND, sheet="Total"), "sheet": "Other", "file": "E1.xlsx"},
         "sheet “Other”"),
        ({"result": CheckResult(Verdict.FOUND), "sheet": "Other", "file": "E1.xlsx"}, ""),
    ],
)  # fmt: skip
def test_the_place_is_where_the_words_were_found_else_where_they_were_cited(given: dict[str, Any], place: str) -> None:
    view = shown(**given)
    assert view.shown.startswith(", ".join(filter(None, ("Review, Westmarch ICB, 6 November 2025", place))))
    assert view.shown_again.startswith(f"Review, {place}" if place else "Review")
    rest = view.shown.removeprefix("Review, Westmarch ICB, 6 November 2025").removeprefix(f", {place}" if place else "")
    assert rest[:1] in (":", ".")


@pytest.mark.parametrize(
    ("given", "end"),
    [
        ({"result": FOUND}, f", page 9 of the PDF: “{WORDS}”"),
        ({"result": CheckResult(Verdict.NO_QUOTATION), "words": None}, "Review, Westmarch ICB, 6 November 2025."),
        ({"result": CheckResult(Verdict.NOT_FOUND)}, "2025. The words cited were not found there."),
        ({"result": CheckResult(Verdict.SEEN_BY_A_PERSON), "checked_by": "Head of Audit"},
         ". Seen by the Head of Audit; a program cannot read it."),
        ({"result": CheckResult(Verdict.SEEN_BY_A_PERSON), "checked_by": "Head of Audit",
          "checked_on": day("2026-01-09")},
         ". Seen by the Head of Audit on 9 January 2026; a program cannot read it."),
        ({"result": CheckResult(Verdict.RECOGNISED, page=2)},
         f": “{WORDS}”. Found by text recognition alone, in a scan; seen by nobody yet."),
        ({"result": CheckResult(Verdict.NOT_CHECKABLE, reason="it is a film")},
         "2025. The words could not be checked: it is a film."),
        ({"result": CheckResult(Verdict.NOT_CHECKABLE, reason="it is a film"), "words": None}, "2025 (it is a film)."),
        ({"copy": StoredFile("E1", missing=True)},
         "2025. The words could not be checked: the document's file is missing."),
        ({"copy": StoredFile("E1", outside=True)},
         "2025. The words could not be checked: the path leaves the evidence folder."),
        ({"copy": StoredFile("E1", fault="it is locked")}, "2025. The words could not be checked: it is locked."),
        ({"copy": StoredFile("E1", uncheckable="it is a film"), "words": None}, "2025 (it is a film)."),
        ({"file": "", "url": "https://example.org"},
         "2025. The words could not be checked: a link only, no copy is held."),
        ({"copy": StoredFile("E1")}, "2025. The words could not be checked: the document was not opened."),
    ],
)  # fmt: skip
def test_a_quotation_stands_only_where_its_words_were_found(given: dict[str, Any], end: str) -> None:
    view = shown(**given)
    assert view.shown.endswith(end)
    assert ("“" in view.shown) == ("“" in end) == ("“" in view.shown_again)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"fault": "p."}, "A reference that could not be understood"),
        ({"known": False}, "A document that is not in the evidence register"),
    ],
)
def test_what_cannot_be_followed_is_shown_as_it_was_written(given: dict[str, Any], said: str) -> None:
    view = shown(**given)
    assert (view.shown, view.shown_again, view.reason) == (f'{said}: E1 "{WORDS}"', said, said)
    assert view.verdict == "not checkable"
    assert (view.title, view.evidence, view.quotation) == ("", "", "")


def test_one_note_is_of_one_source_page_words_and_verdict() -> None:
    keys = {
        shown(result, words).key
        for result in (FOUND, CheckResult(Verdict.FOUND, page=8), CheckResult(Verdict.FOUND_ELSEWHERE, page=9))
        for words in (WORDS, "other words", None)
    }
    assert len(keys) == 9
    assert shown(FOUND).key == shown(FOUND, pages=(4, 4)).key
    assert (shown(FOUND, pages=(4, 6)).page_cited, shown(FOUND, pages=(4, 4)).page_cited) == ("4-6", "4")
    assert shown(FOUND).page_cited == ""


@pytest.mark.parametrize(
    ("ends", "age"),
    [
        ([], ""),
        (["2026-12-31"], "in date"),
        ([None], "in date"),
        (["2026-03-19"], "lapses within three months"),
        (["2026-06-19"], "lapses within three months"),
        (["2026-06-20"], "in date"),
        (["2026-03-18"], "lapsed"),
        (["2026-03-18", "2026-12-31"], "part lapsed"),
        (["2026-03-18", "2025-01-01"], "lapsed"),
        (["2026-06-19", "2026-12-31"], "lapses within three months"),
    ],
)
def test_the_age_of_evidence_is_the_worst_that_can_be_said_of_it(ends: list[str | None], age: str) -> None:
    register = [document(f"E{n}", n, review_by=day(end) if end else None) for n, end in enumerate(ends, 1)]
    own = answer("GA1", "growing", "team", "", *(cite(d.id) for d in register))
    partner = answer("GA1", "growing", "vcse", "", cite("E9", respondent="vcse"))
    stray = answer("GA1", "growing", "team2", "", cite("E7"), cite("E8", known=False))
    late = document("E9", 9, review_by=day("2020-01-01"))
    case = make_case(own, partner, stray, register=[*register, late])
    assert age_of(case, [own, partner, stray]) == age


def test_last_years_documents_are_named_once_each_and_partners_left_out() -> None:
    earlier = last_year(
        answer("GA1", "reactive", "team", "", cite("E1", WORDS, pages=(3, 3)), cite("E1"), cite("E3", fault="p.")),
        answer("GA1", "reactive", "board", "", cite("E2", "others"), cite("E4", known=False)),
        answer("GA1", "reactive", "vcse", "", cite("E5")),
        answer("GA2", "reactive", "team", "", cite("E6")),
        of=framework(statement("GA1"), statement("GA2")),
    )
    register = [document(f"E{n}", n, file=f"E{n}.pdf") for n in range(1, 7)]
    case = make_case(answer("GA1", "growing"), register=register, previous=earlier)
    before = cited_before(case, case.framework.statements[0])
    assert [(v.evidence, v.quotation, v.page_cited) for v in before] == [("E1", "", ""), ("E2", "", "")]
    assert cited_before(make_case(answer("GA1", "growing")), case.framework.statements[0]) == ()
