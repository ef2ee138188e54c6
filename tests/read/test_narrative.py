"""Narrative: text as written, and the citations in it in reading order."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.inputs.citations import index_register
from pipeline.inputs.narrative import citation_spans, find_citations, number_citations
from pipeline.model import EvidenceDocument, Place
from tests.read.making import HERE, gather, refused

INDEX = index_register([EvidenceDocument(i, i, Place("r")) for i in ("E001", "E012")])


def cited(text: str) -> list[tuple[str, tuple[int, int] | None, str | None]]:
    return [(c.evidence, c.pages, c.quotation) for c in find_citations(text, "a.md", INDEX)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("So [@E001].", [("E001", None, None)]),
        ("So [@e012, p. 4].", [("E012", (4, 4), None)]),
        ("So [@E012 pp.4-6].", [("E012", (4, 6), None)]),
        ('So [@E012, p. 4 "the [words]; cited"] it.', [("E012", (4, 4), "the [words]; cited")]),
        ("So [@E012, \u201cwords]\u201d].", [("E012", None, "words]")]),
        ("[@E012, p.4; p.9]", [("E012", (4, 4), None), ("E012", (9, 9), None)]),
        ('[@E012, "one"; "two"]', [("E012", None, "one"), ("E012", None, "two")]),
        ("[@E012, p.4; @E001, p.2; p.3]", [("E012", (4, 4), None), ("E001", (2, 2), None), ("E001", (3, 3), None)]),
        ("[@E012 p.4; E001 p.2]", [("E012", (4, 4), None), ("E001", (2, 2), None)]),
        ("[@E012] and\n\n- [@E001]", [("E012", None, None), ("E001", None, None)]),
        ('[@E012, p.4\n"words over\nlines"]', [("E012", (4, 4), "words over\nlines")]),
        ("An [aside], a [link](x) and enquiries@example.org", []),
        ("[@E999]", [("E999", None, None)]),
        ("", []),
    ],
)
def test_citations_in_prose(text: str, found: list[tuple[str, tuple[int, int] | None, str | None]]) -> None:
    assert cited(text) == found


def test_each_has_its_line_and_whether_it_is_known(tmp_path: Path) -> None:
    text = "# Title\n\nText [@E001] and\nmore [@E777, p.2].\n"
    case = gather(tmp_path, {f"{HERE}/narrative/background.md": text})
    (narrative,) = case.narratives
    assert (narrative.name, narrative.text) == ("background", text)
    assert [(c.place.file, c.place.row, c.known) for c in narrative.citations] == [
        (f"{HERE}/narrative/background.md", 3, True),
        (f"{HERE}/narrative/background.md", 4, False),
    ]


def test_a_locator_that_cannot_be_parsed_is_a_fault_of_that_citation() -> None:
    (citation,) = find_citations("[@E012, page four]", "a.md", INDEX)
    assert "page four" in citation.fault


def test_a_bracket_that_never_closes_ends_with_its_line() -> None:
    text = "Text [@E012, p.4 and on.\n\nMore [@E001]."
    assert [c.evidence for c in find_citations(text, "a.md", INDEX)] == ["E012", "E001"]


def test_numbers_stand_for_citations_so_that_no_id_or_word_stays() -> None:
    text = 'A [@E012, p.4 "secret"; p.6] b [@E001]. [@]'
    assert number_citations(text) == "A [@1; 2] b [@3]. "
    assert len(list(citation_spans(text))) == 3


def test_no_narrative_at_all_is_none(tmp_path: Path) -> None:
    assert gather(tmp_path).narratives == ()


def test_live_figures_and_odd_letters_stay_as_written(tmp_path: Path) -> None:
    text = "{{ scores.A.middle }} <script> \u202e {% x %}\n"
    case = gather(tmp_path, {f"{HERE}/narrative/next-steps.md": text, f"{HERE}/narrative/notes.txt": "x"})
    assert [n.text for n in case.narratives] == [text]


def test_a_picture_named_md_is_refused(tmp_path: Path) -> None:
    fault = refused(tmp_path, {f"{HERE}/narrative/background.md": b"\x89PNG\r\n"})
    assert "picture" in fault.message and fault.file == f"{HERE}/narrative/background.md"


@pytest.mark.parametrize("piece", ["[@", '[@E"', "[@E012 \u201c", '"]', "[@E012]"])
def test_a_long_text_takes_no_time(piece: str) -> None:
    begun = time.perf_counter()
    list(find_citations(piece * (30_000 // len(piece)), "a.md", INDEX))
    assert time.perf_counter() - begun < 5
