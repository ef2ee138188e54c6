"""The evidence columns of a form become citations that the grammar understands, whatever stands in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.forms.own import citation_text
from pipeline.inputs.citations import index_register, parse_citations
from pipeline.model import EvidenceDocument, Place

LISTED = ("E1 | Strategy; part two | of three", "E2 | Minutes", "E2 | Minutes of May")
INDEX = index_register([EvidenceDocument("E1", "t", Place("r")), EvidenceDocument("E2", "t", Place("r"))])


@pytest.mark.parametrize(
    ("document", "page", "words", "expected"),
    [
        ("E1", "", "", "E1"),
        ("E1", "4", "", "E1 p.4"),
        ("E1", " p. 4 ", "", "E1 p.4"),
        ("E1", "page 4", "", "E1 p.4"),
        ("E1", "4.0", "", "E1 p.4"),
        ("E1", "4-6", "", "E1 pp.4-6"),
        ("E1", "4 – 6", "", "E1 pp.4-6"),
        ("E1", "pp 4 to 6", "", "E1 pp.4-6"),
        ("E1", "4, 7", "", "E1 p.4; E1 p.7"),
        ("E1", "3,4", "", "E1 p.3; E1 p.4"),
        ("E1", "pages 3 and 4", "", "E1 p.3; E1 p.4"),
        ("E1", "pages 3 and 4", "the words", 'E1 pp.3-4 "the words"'),
        ("E1", "pg 3", "", "E1 p.3"),
        ("E1", "Pg. 3", "the words", 'E1 p.3 "the words"'),
        ("E1", "pgs 3-5", "", "E1 pp.3-5"),
        ("E1", "slide 3", "", "E1 p.3"),
        ("E1", "Slides 3 & 4", "", "E1 p.3; E1 p.4"),
        ("E1", "P4", "", "E1 p.4"),
        ("E1", "sheet Summary", "", 'E1 sheet "Summary"'),
        ("E1", 'Sheet "Sheet 2"', "12", 'E1 sheet "Sheet 2" "12"'),
        ("E1", "4", "the words", 'E1 p.4 "the words"'),
        ("E1", "", "“the words”", "E1 “the words”"),
        ("E1", "", '"one"; "two"', 'E1 "one"; E1 "two"'),
        ("E1 | Strategy; part two | of three", "4", "", "E1 p.4"),
        ("E2 | Minutes of May", "", "", "E2"),
        ("Strategy; part two | of three", "4", "", "E1 p.4"),
        ("minutes of may", "", "", "E2"),
        ("E1 | Strategy; part two | of three; E2 | Minutes", "", "", "E1; E2"),
        ("E1 p.4; E2", "", "", "E1 p.4; E2"),
        ("", "", "", ""),
    ],
)
def test_columns_become_citations(document: str, page: str, words: str, expected: str) -> None:
    assert citation_text(document, page, words, LISTED) == expected


@pytest.mark.parametrize(
    ("document", "page", "words"),
    [
        ("", "4", "words"),
        ("", "", "words"),
        ("E1", "2026-06-04", ""),
        ("E1", "the second", ""),
        ("E1", "4, 7", "words"),
    ],
)
def test_what_cannot_be_understood_stays_and_is_named(document: str, page: str, words: str) -> None:
    found = parse_citations(citation_text(document, page, words), INDEX, Place("f"))

    assert any(c.fault or not c.known for c in found)
    for part in (page, words):
        assert part in " ".join(c.text for c in found)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda t: any(map(str.isalnum, t))))
@settings(deadline=None)
def test_any_words_come_through_in_one_citation(words: str) -> None:
    found = parse_citations(citation_text("E1", "4", words), INDEX, Place("f"))

    said = " ".join(c.quotation or "" for c in found)
    assert [c.fault for c in found] == [""] * len(found)
    assert {(c.evidence, c.pages) for c in found} == {("E1", (4, 4))}
    assert re.findall(r"\w+", said) == re.findall(r"\w+", words)


@pytest.mark.parametrize("written", ["none", "None.", "n/a", "N/A", "-", "–", "nil", " none "])
def test_what_says_that_there_is_none_is_none(written: str) -> None:
    assert parse_citations(citation_text(written, "", ""), INDEX, Place("f")) == ()
    assert parse_citations(written, INDEX, Place("f")) == ()


def test_an_id_that_reads_like_none_is_still_an_id() -> None:
    index = index_register([EvidenceDocument("NA", "t", Place("r"))])
    assert [c.evidence for c in parse_citations("na", index, Place("f"))] == ["NA"]


@pytest.mark.parametrize(
    ("page", "quoted", "meant"),
    [
        ("section 3.2", "the words of it", 'E012 section 3.2 "the words of it"'),
        ("00:12:30", "", "E012 00:12:30"),
        ("pg 4", "", "E012 p.4"),
        ("slide 3", "the words of it", 'E012 p.3 "the words of it"'),
        ("pages 3 and 4", "the words of it", 'E012 pp.3-4 "the words of it"'),
        ("printed p.4", "", "E012 printed p.4"),
        ("para 12", "", "E012 para 12"),
    ],
)
def test_the_page_of_a_form_takes_every_place_that_a_citation_takes(page: str, quoted: str, meant: str) -> None:
    assert citation_text("E012", page, quoted) == meant
