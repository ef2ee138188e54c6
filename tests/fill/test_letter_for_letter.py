"""People's text is in the paper as it was written, and is never a template, a field or markup."""

from __future__ import annotations

import dataclasses

import pytest

from tests.dossiers import make_citation, make_dossier
from tests.fill.reading import paper

NASTY = [
    "R&D <5% of A&E patients, 'quoted' and \"quoted\"",
    "{{ 7*7 }} and {% for x in y %} and {# note #}",
    "{_{ braces }_} and {_% percent %_}",
    "  two spaces before and after  ",
    "first line\nsecond line\n\nfourth line",
    "a\ttab",
    '=HYPERLINK("http://x") and @SUM(1)',
    "שלום عليكم 日本語 Ωmega 🙂 é é",
    "soft­hyphen, no-break space, zero​width",
    "</w:t></w:r></w:p><w:p>",
    "&amp; &lt;b&gt; &#65;",
    "None",
    "\N{LEFT DOUBLE QUOTATION MARK}curly\N{RIGHT DOUBLE QUOTATION MARK} – dash — dash …",
    "a" * 50_000,
]


def with_comment(comment: str, **changes):
    dossier = make_dossier(6, audience="public", **changes)
    section = dossier.sections[0]
    first = section.statements[0]
    answer = dataclasses.replace(first.answers[0], comment=comment)
    first = dataclasses.replace(first, answers=(answer, *first.answers[1:]))
    section = dataclasses.replace(section, statements=(first, *section.statements[1:]))
    return dataclasses.replace(dossier, sections=(section, *dossier.sections[1:]))


@pytest.mark.parametrize("text", NASTY, ids=lambda t: repr(t[:20]))
def test_a_comment_stands_in_the_evidence_annex_as_it_was_written(text):
    assert text in paper(with_comment(text)).paragraphs


@pytest.mark.parametrize("text", [t for t in NASTY if "\n" not in t and len(t) < 1000], ids=lambda t: repr(t[:20]))
def test_text_is_kept_in_title_header_note_and_action_too(text):
    dossier = make_dossier(6, audience="public")
    cited = make_citation(1, key="own", source="own", shown=f"{text}|", title=text)
    cover = dataclasses.replace(dossier.cover, title=text)
    actions = (dataclasses.replace(dossier.actions[0], action=text, citations=(cited,)),)
    made = paper(dataclasses.replace(dossier, cover=cover, actions=actions))

    assert made.styled("Title") == [text]
    assert f"{text}|".strip() in made.notes
    assert f"{text}\tPage 1 of 1" in made.everything
    assert f"{dossier.actions[0].id}: {text}" in made.text


def test_what_xml_cannot_hold_is_shown_and_not_lost():
    made = paper(with_comment("bell \x07 null \x00 form feed \x0c vertical \x0b odd \ufffe end"))
    assert "bell ␇ null ␀ form feed ␌ vertical ␋ odd \N{REPLACEMENT CHARACTER} end" in made.paragraphs


def test_windows_line_ends_are_line_ends():
    assert "one\ntwo\nthree" in paper(with_comment("one\r\ntwo\rthree")).paragraphs


def test_the_title_is_not_escaped_twice_in_the_documents_properties():
    dossier = make_dossier(6, audience="public")
    cover = dataclasses.replace(dossier.cover, title="R&D <plan>")
    core = paper(dataclasses.replace(dossier, cover=cover)).parts["docProps/core.xml"].decode()
    assert "<dc:title>R&amp;D &lt;plan&gt;</dc:title>" in core
