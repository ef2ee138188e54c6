"""A search lists document, page and passage, with a citation that holds when it is pasted."""

from __future__ import annotations

import shutil
import threading

import pytest

from pipeline.evidence import workers
from pipeline.evidence.search import Results, search
from pipeline.model import Verdict
from tests.evidence.cases import Desk
from tests.evidence.made_office import docx, words_cell, xlsx
from tests.evidence.made_pdf import SCAN, pdf

pytestmark = pytest.mark.usefixtures("here")
PLAN = [
    "The strategy was agreed in March. It names community connectors in every ward; they began in May.",
    "A connector helps people. Community groups and connectors met.",
    "The popula-\ntion of the area grew.",
]


@pytest.fixture
def library(desk: Desk) -> Desk:
    desk.document("plan.pdf", pdf(PLAN))
    desk.document("minutes.docx", docx("The Board heard of community connectors.", "Nothing else was said."))
    desk.document("data.xlsx", xlsx({"Wards": [[words_cell("A1", "North ward"), words_cell("B1", "six connectors")]]}))
    desk.document("scan.pdf", pdf([SCAN]))
    desk.document("broken.pdf", b"%PDF-1.7 broken")
    desk.document("gone.pdf")
    desk.document("", url="https://example.nhs.uk")
    return desk


def ask(desk: Desk, words: str, **options: object) -> Results:
    return search(desk.ws, desk.register, words, **options)  # type: ignore[arg-type]


def test_hits_name_document_page_and_passage(library: Desk) -> None:
    hits = ask(library, "community connectors").hits
    assert [(h.evidence, h.page) for h in hits] == [("E002", None), ("E001", 1), ("E001", 2)] or [
        (h.evidence, h.page) for h in hits
    ] == [("E001", 1), ("E002", None), ("E001", 2)]
    assert hits[-1].page == 2, "words side by side go first"
    first = next(h for h in hits if h.page == 1)
    assert first.title == "Document 1"
    assert first.citation == 'E001 p.1 "It names community connectors in every ward; they began in May"'


def test_every_citation_offered_holds(library: Desk) -> None:
    hits = [
        h
        for words in ("community connectors", "connectors", "population", "ward", "agreed")
        for h in ask(library, words).hits
    ]
    assert len(hits) > 6
    for hit in hits:
        assert '"' in hit.citation
        quotation = hit.citation.split('"')[-2]
        seen = library.check_result(hit.evidence, quotation, hit.page, hit.sheet or None)
        assert seen.verdict is Verdict.FOUND, hit


def test_a_workbook_is_cited_by_its_sheet(library: Desk) -> None:
    (hit,) = ask(library, "north ward").hits
    assert hit.citation == 'E003 sheet "Wards" "North ward six connectors"'


def test_words_that_a_line_breaks_are_found_whole(library: Desk) -> None:
    (hit,) = ask(library, "population").hits
    assert (hit.evidence, hit.page) == ("E001", 3)


def test_what_could_not_be_searched_is_told(library: Desk) -> None:
    not_searched = ask(library, "connectors").not_searched
    assert set(not_searched) == {"E004", "E005", "E006", "E007"}
    assert not_searched["E004"] == "1 of its 1 pages cannot be read (the first is page 1)"
    assert "damaged" in not_searched["E005"]


def test_nothing_is_read_twice(library: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ask(library, "connectors")
    monkeypatch.setattr(workers, "run", lambda *_: pytest.fail("a document was opened"))
    assert ask(library, "connectors") == before
    assert ask(library, "strategy").hits


def test_a_new_document_is_added_and_a_dropped_one_is_not_listed(library: Desk) -> None:
    ask(library, "connectors")
    library.document("new.md", "Connectors are *everywhere*.")
    assert "E008" in {h.evidence for h in ask(library, "connectors").hits}
    library.register = [d for d in library.register if d.id != "E001"]
    assert "E001" not in {h.evidence for h in ask(library, "connectors").hits}


@pytest.mark.parametrize(
    "words", ['"', "connectors OR", "NEAR(x", "*", "words:connectors", "a'b", "", "é", "community AND NOT"]
)
def test_no_words_upset_the_search(library: Desk, words: str) -> None:
    assert isinstance(ask(library, words), Results)


def test_a_harmed_index_is_made_again(library: Desk) -> None:
    before = ask(library, "connectors")
    for path in library.ws.library.glob("search-*"):
        path.write_bytes(path.read_bytes()[:100])
    assert ask(library, "connectors") == before


def test_where_no_index_can_be_written_the_answer_is_the_same_and_says_so(library: Desk) -> None:
    found = ask(library, "connectors")
    shutil.rmtree(library.ws.library)
    library.ws.library.write_text("a file where the folder should be")
    again = ask(library, "connectors")
    assert "The search index cannot be written" in again.not_kept
    assert found.hits and (again.hits, again.not_searched) == (found.hits, found.not_searched)


def test_two_searches_at_once_leave_a_whole_index(library: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # each search with reading processes of its own
    found: list[Results] = []
    runs = [threading.Thread(target=lambda: found.append(ask(library, "connectors"))) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert found[0] == found[1] == ask(library, "connectors")
    assert not list(library.ws.library.glob(".*"))


def test_words_stand_in_any_order_and_a_phrase_in_quotation_marks_as_it_stands(library: Desk) -> None:
    assert {h.evidence for h in ask(library, "connectors community").hits} == {"E001", "E002"}
    assert ask(library, '"connectors community"').hits == ()
    (hit,) = ask(library, "ward “community connectors” strategy").hits
    assert (hit.evidence, hit.page) == ("E001", 1)
    assert "community connectors" in hit.passage
