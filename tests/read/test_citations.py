"""The grammar of citations: understood to the letter, never stopping, and with the part that failed."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.inputs.citations import index_register, parse_citations
from pipeline.inputs.quotation_marks import split_outside_quotations
from pipeline.model import Citation, EvidenceDocument, Place
from pipeline.text import says_nothing

HERE = Place("responses/team.csv", 2, "evidence")
INDEX = index_register(
    [
        EvidenceDocument("E001", "Strategy", HERE, "plans/strategy.pdf"),
        EvidenceDocument("E012", "Minutes", HERE, "minutes/Board minutes, page one.docx"),
        EvidenceDocument("E013", "Minutes", HERE, "old/minutes.docx"),
        EvidenceDocument("E014", "Minutes", HERE, "new/minutes.docx"),
        EvidenceDocument("1.10", "Numbered", HERE, "figures.xlsx"),
        EvidenceDocument("Plan A", "Two words", HERE, url="https://example.org"),
    ],
    ["E099"],
)


def parse(text: str) -> tuple[Citation, ...]:
    return parse_citations(text, INDEX, HERE, "GA1", "team")


def understood(text: str) -> tuple[str, tuple[int, int] | None, str | None, str | None]:
    (citation,) = parse(text)
    assert not citation.fault and citation.known, citation
    return citation.evidence, citation.pages, citation.sheet, citation.quotation


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("E012", ("E012", None, None, None)),
        ("E012 p.4", ("E012", (4, 4), None, None)),
        ("E012 p. 4", ("E012", (4, 4), None, None)),
        ("E012 P.4", ("E012", (4, 4), None, None)),
        ("E012 pp.4-6", ("E012", (4, 6), None, None)),
        ("E012 pp. 4 \u2013 6", ("E012", (4, 6), None, None)),
        ("E012 PP.4\u20146", ("E012", (4, 6), None, None)),
        ('E012 p.4 "the words cited"', ("E012", (4, 4), None, "the words cited")),
        ("E012 p.4 \u201cthe words cited\u201d", ("E012", (4, 4), None, "the words cited")),
        ('E012 "the words cited"', ("E012", None, None, "the words cited")),
        ('E012"the words cited"', ("E012", None, None, "the words cited")),
        ('1.10 sheet "Summary" "words"', ("1.10", None, "Summary", "words")),
        ("1.10 Sheet \u201cSummary; all\u201d \u201cwords\u201d", ("1.10", None, "Summary; all", "words")),
        ('1.10 sheet "Summary"', ("1.10", None, "Summary", None)),
        ("strategy.pdf p.4", ("E001", (4, 4), None, None)),
        ("STRATEGY.PDF", ("E001", None, None, None)),
        ("plans/strategy.pdf p.4", ("E001", (4, 4), None, None)),
        ("plans\\strategy.pdf p.4", ("E001", (4, 4), None, None)),
        ("Board minutes, page one.docx", ("E012", None, None, None)),
        ('Board minutes, page one.docx "the words"', ("E012", None, None, "the words")),
        ("e012", ("E012", None, None, None)),
        (" E 012  p.4 ", ("E012", (4, 4), None, None)),
        ("plan a", ("Plan A", None, None, None)),
        ("E012, p.4", ("E012", (4, 4), None, None)),
        ('E012, p.4, "words"', ("E012", (4, 4), None, "words")),
        ('E012 "6.2 ... of p.7 people"', ("E012", None, None, "6.2 ... of p.7 people")),
        ('E012 p.4 "she said "no" to it"', ("E012", (4, 4), None, 'she said "no" to it')),
        ("E012 \u201cshe said \u201cno\u201d to it\u201d", ("E012", None, None, "she said \u201cno\u201d to it")),
        ('E012 \u201cended straight"', ("E012", None, None, "ended straight")),
        ("E012 \u201dboth one way\u201d", ("E012", None, None, "both one way")),
        ('E012 "two\nlines; one quotation"', ("E012", None, None, "two\nlines; one quotation")),
        ("E099", ("E099", None, None, None)),
        ("E012 p4", ("E012", (4, 4), None, None)),
        ("E012 pg 4", ("E012", (4, 4), None, None)),
        ("E012 pg. 4", ("E012", (4, 4), None, None)),
        ('E012 page 4 "the words"', ("E012", (4, 4), None, "the words")),
        ("E012 Page 4", ("E012", (4, 4), None, None)),
        ("E012 pages 3 and 4", ("E012", (3, 4), None, None)),
        ("E012 pages 3, 4 and 5", ("E012", (3, 5), None, None)),
        ("E012 pages 4 to 6", ("E012", (4, 6), None, None)),
        ("E012, slide 3", ("E012", (3, 3), None, None)),
        ("E012 slides 3-5", ("E012", (3, 5), None, None)),
        ('E012 p.4, section 2 "words"', ("E012", (4, 4), None, "words")),
    ],
)
def test_the_grammar(text: str, meant: tuple[str, tuple[int, int] | None, str | None, str | None]) -> None:
    assert understood(text) == meant


@pytest.mark.parametrize(
    ("text", "place", "quotation"),
    [
        ("E012 section 3.2", "section 3.2", None),
        ('E012, Section 3.2, "the words"', "section 3.2", "the words"),
        ('E012 \u00a7 3.2 "the words"', "section 3.2", "the words"),
        ("E012 clause 7", "section 7", None),
        ("E012 section A.1", "section A.1", None),
        ("E012 para 12", "paragraph 12", None),
        ("E012 paragraph 4.12", "paragraph 4.12", None),
        ("E012 para. 12a", "paragraph 12a", None),
        ("E012 printed p.4", "printed page 4", None),
        ("E012 printed page iv", "printed page iv", None),
        ('E012 at 00:12:30 "the words"', "at 00:12:30", "the words"),
        ("E012 at 1:02:03", "at 01:02:03", None),
        ("E012 12:30", "at 00:12:30", None),
        ('Board minutes, page one.docx section 2 "x y"', "section 2", "x y"),
    ],
)
def test_other_places_that_people_name(text: str, place: str, quotation: str | None) -> None:
    (citation,) = parse(text)
    assert not citation.fault and citation.known, citation
    assert (str(citation.locator), citation.quotation, citation.pages) == (place, quotation, None)


def test_a_citation_keeps_its_words_its_place_and_whose_it_is() -> None:
    (citation,) = parse("  e012 p.4 ")
    assert (citation.text, citation.place, citation.statement, citation.respondent) == ("e012 p.4", HERE, "GA1", "team")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("E001; E012 p.4", ["E001", "E012 p.4"]),
        ("E001\nE012\n\n;;E013;", ["E001", "E012", "E013"]),
        ('E001 "a; b"; E012', ['E001 "a; b"', "E012"]),
        ('E001 "a\nb"\nE012', ['E001 "a\nb"', "E012"]),
        ('E001 "a" b; c"; E012', ['E001 "a" b; c"', "E012"]),
        ('E001 \u201ca; b\u201d ; E012 "c"', ["E001 \u201ca; b\u201d", 'E012 "c"']),
        ('1.10 sheet "A; B" "words; more"; E012', ['1.10 sheet "A; B" "words; more"', "E012"]),
        ('E001 "never ends; E012', ['E001 "never ends', "E012"]),
        ("", []),
        (" ; \n ", []),
    ],
)
def test_where_one_ends_and_the_next_begins(text: str, parts: list[str]) -> None:
    assert [c.text for c in parse(text)] == parts


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("E012 p.0", "`p.0` names page 0"),
        ("E012 pp.0-3", "page 0"),
        ("E012 pp.4-0", "page 0"),
        ("E012 pp.6-4", "`pp.6-4` ends before it begins"),
        ("E012 p.", "`p.`"),
        ("E012 page four", "`page four`"),
        ("E012 pages 3 and 7", "cite each by itself: `E012 p.3; E012 p.7`"),
        ("E012 pages 3, 4 and 9", "do not follow each other"),
        ("E012 section", "`section`"),
        ("E012 p.four", "`p.four`"),
        ("E012 p.4-", "`p.4-`"),
        ("E012 p.4 and p.6", "`and p.6`"),
        ("E012 p.4, 6", "`p.4, 6` names pages that do not follow each other"),
        ("E012 p.-4", "`p.-4`"),
        ("E012 p.\u0664", "p.\u0664"),
        ("E012 p.12345678901", "p.12345678901"),
        ('E012 p.4 "never ends', "does not end"),
        ('E012 "words" p.4', "does not end"),
        ("E012 \u201cwords\u201d p.4", "`p.4`"),
        ('E012 ""', "holds no words"),
        ('E012 "..."', "holds no words"),
        ("E012 see the appendix", "`see the appendix`"),
        ('p.4 "words"', "no document is named"),
        ('"words"', "no document is named"),
        ("see the strategy", "`see the strategy`"),
        ("minutes.docx", "E013, E014"),
        ('1.10 sheet Summary "words"', "`sheet Summary"),
    ],
)
def test_what_cannot_be_parsed_says_which_part_failed(text: str, part: str) -> None:
    (citation,) = parse(text)
    assert part in citation.fault and (citation.pages, citation.quotation) == (None, None)


@pytest.mark.parametrize(
    "text", ["E999", "E999 p.4", "E999 page 4", 'E999 "never ends', "other plan.pdf p.4", "strategy"]
)
def test_an_id_that_nothing_has_is_that_and_no_other_fault(text: str) -> None:
    (citation,) = parse(text)
    assert (citation.known, citation.fault) == (False, "") and text.startswith(citation.evidence)


def test_letters_that_only_look_alike_are_not_the_same_id() -> None:
    assert not parse("\u0415012")[0].known


@given(st.text(alphabet=st.sampled_from('Ep. 0149-;\n"\u201c\u201d]sheet,@x\u2013'), max_size=60))
@example('"' * 30)
@example('E012 p.4 \u201c\u201c\u201d;"')
def test_nothing_that_people_type_stops_the_reading(text: str) -> None:
    citations = parse(text)
    if any(says_nothing(part) for part in split_outside_quotations(text)):
        return  # a dash alone says that there is none
    # No letter is lost on the way: what is left out are separators and outer spaces.
    kept = "".join("".join(c.text.split()) for c in citations)
    assert kept.replace(";", "") == "".join(text.split()).replace(";", "")


@given(
    evidence=st.sampled_from(["E001", "E012", "1.10"]),
    pages=st.none() | st.tuples(st.integers(1, 900), st.integers(0, 90)),
    words=st.none() | st.text(st.characters(exclude_characters='"\u201c\u201d', exclude_categories=["C"]), min_size=1),
    curly=st.booleans(),
)
def test_what_is_written_by_the_grammar_is_read_as_meant(
    evidence: str, pages: tuple[int, int] | None, words: str | None, curly: bool
) -> None:
    if words is not None and not any(c.isalnum() for c in words):
        words = f"word {words}"
    text, span = evidence, None
    if pages:
        span = (pages[0], pages[0] + pages[1])
        text += f" p.{span[0]}" if not pages[1] else f" pp.{span[0]}-{span[1]}"
    if words is not None:
        text += f" \u201c{words}\u201d" if curly else f' "{words}"'
    first, second = parse(f"{text}; E013 p.2")
    assert not first.fault
    assert (first.evidence, first.pages, first.quotation) == (evidence, span, words.strip() if words else None)
    assert (second.evidence, second.pages) == ("E013", (2, 2))


@pytest.mark.parametrize("piece", ['"', '"a', "\u201c", "\u201d", "p.", "E1 p.1;", "\n", "sheet ", "]", '" "'])
def test_fifty_thousand_letters_take_no_time(piece: str) -> None:
    begun = time.perf_counter()
    parse(piece * (50_000 // len(piece)))
    assert time.perf_counter() - begun < 5


NAMED = index_register(
    (
        EvidenceDocument("E007", "Equity audit; part two, 2025", HERE),
        EvidenceDocument("E002", "Board minutes", HERE),
        EvidenceDocument("E003", "Plan, and why", HERE),
        EvidenceDocument("E004", "Plan, and why", HERE),
    )
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("E007 and E002", [("E007", None), ("E002", None)]),
        ("E007, e002 & E003", [("E007", None), ("E002", None), ("E003", None)]),
        ("E007 p.2 and E002 p.4", [("E007", (2, 2)), ("E002", (4, 4))]),
        ('E007 and E002 p.4 "this and E003"', [("E007", None), ("E002", (4, 4))]),
        ("Equity audit; part two, 2025", [("E007", None)]),
        ("board minutes p.3; E007", [("E002", (3, 3)), ("E007", None)]),
    ],
)
def test_what_is_plainly_meant_is_understood(written: str, expected: list[tuple[str, tuple[int, int] | None]]) -> None:
    found = parse_citations(written, NAMED, HERE)
    assert [(c.evidence, c.pages) for c in found] == expected
    assert all(c.known and not c.fault for c in found)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Plan, and why", "title of more than one document (E003, E004)"),
        ("E007 and the other one", "cannot be understood"),
        ("E007 p.2 and 4", "do not follow each other"),
    ],
)
def test_what_can_mean_two_things_is_named(written: str, said: str) -> None:
    (found,) = parse_citations(written, NAMED, HERE)
    assert said in found.fault


def test_an_unknown_id_beside_a_known_one_is_named_alone() -> None:
    first, second = parse_citations("E007 and E099", NAMED, HERE)
    assert first.known and (second.evidence, second.known) == ("E099", False)


def test_a_long_file_name_may_have_a_page_and_words() -> None:
    name = f"{'Minutes of the committee on page two and sheet three ' * 5}2025.pdf"
    index = index_register([EvidenceDocument("E020", "Minutes", HERE, f"minutes/{name}")])
    (cited,) = parse_citations(f'{name} pp.4-6 "the words cited"', index, HERE)
    assert (cited.evidence, cited.pages, cited.quotation, cited.fault) == ("E020", (4, 6), "the words cited", "")


def test_the_same_citation_written_twice_is_one_and_the_same() -> None:
    first, second = parse('E012 p.4 "the words cited"; E012 p.4 "the words cited"')
    assert first is not second
    assert first == second
    assert len({first, second}) == 1
