"""Real Word notes: one for each source, page and words; the numbers that are shown are right everywhere."""

from __future__ import annotations

import dataclasses
import re

import pytest
from lxml import etree

from pipeline.dossier.views import NarrativeView
from pipeline.papers import PAPERS
from tests.dossiers import make_citation, make_dossier, redacted_citation
from tests.fill.reading import W, own_template, paper
from tests.fill.samples import full_dossier

ONE = make_citation(1)
ONE_LATER = make_citation(
    1, key="E001|9|found", shown="full nine", shown_again="Health Equity Strategy, part 1, page 9"
)
TWO = make_citation(2)


def told(folder, text, *citations, body="{{p narratives.background|prose }}"):
    dossier = make_dossier(
        6, audience="public", narratives={"background": NarrativeView("background", text, citations)}
    )
    return paper(dossier, own_template(folder, *([body] if isinstance(body, str) else body)))


def marks(made):
    return [made.shown_marks(p) for p in made.body.iter(f"{W}p")]


def test_a_note_holds_the_full_reference_and_its_number_stands_in_the_text(tmp_path):
    made = told(tmp_path, "The aim is agreed [@1].", ONE)
    assert marks(made)[0] == "The aim is agreed[1]."
    assert made.notes == [ONE.shown]


def test_the_same_again_points_to_the_first_note(tmp_path):
    made = told(tmp_path, "First [@1]. Second [@2]. Again [@3].", ONE, TWO, ONE)
    assert marks(made)[0] == "First[1]. Second[2]. Again[1]."
    assert made.notes == [ONE.shown, TWO.shown]


def test_another_page_of_a_source_is_a_new_short_note(tmp_path):
    made = told(tmp_path, "Here [@1], there [@2].", ONE, ONE_LATER)
    assert marks(made)[0] == "Here[1], there[2]."
    assert made.notes == [ONE.shown, "Health Equity Strategy, part 1, page 9"]


def test_notes_that_stand_together_are_parted_by_a_comma_and_none_is_there_twice(tmp_path):
    made = told(tmp_path, "Both [@1; 2; 3].", TWO, ONE, TWO)
    assert marks(made)[0] == "Both[1],[2]."


def test_numbers_follow_the_text_into_tables(tmp_path):
    made = told(
        tmp_path, "One [@1].\n\n| a | b |\n|---|---|\n| x [@2] | y [@3] |\n\nAfter [@4].", ONE, TWO, ONE, ONE_LATER
    )
    assert [m for m in marks(made) if m] == ["One[1].", "a", "b", "x[2]", "y[1]", "After[3]."]


def test_shown_numbers_are_right_although_the_template_has_a_note_of_its_own(tmp_path):
    own = '<w:p><w:r><w:t>Ours</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    path = own_template(tmp_path, own, "{{p narratives.background|prose }}")
    _add_own_note(path)
    dossier = make_dossier(
        6,
        audience="public",
        narratives={"background": NarrativeView("background", "First [@1]. Again [@2].", (ONE, ONE))},
    )
    made = paper(dossier, path)
    assert made.notes == ["Own note of 2025-26", ONE.shown]
    assert marks(made)[:2] == ["Ours[1]", "First[2]. Again[2]."]


def _add_own_note(path):
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    note = b'<w:footnote w:id="1"><w:p><w:r><w:t>Own note of {{ cycle }}</w:t></w:r></w:p></w:footnote>'
    parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b"</w:footnotes>", note + b"</w:footnotes>")
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)


def test_notes_are_numbered_by_where_they_stand_and_not_by_when_they_were_written(tmp_path, monkeypatch):
    """LibreOffice shows the notes in the order of their part, whatever their ids are."""

    class Late:
        """Written in the order of the loop, placed the other way round."""

        def __init__(self, kit):
            self.second = kit.sentence("Later").cite([ONE, TWO]).__html__()
            self.first = kit.sentence("Sooner").cite([ONE_LATER, TWO]).__html__()

        def __html__(self):
            return "".join(f"<w:p>{words}</w:p>" for words in (self.first, self.second))

    monkeypatch.setitem(PAPERS, "committee-paper", lambda _dossier, kit, _figures: {"late": Late(kit)})
    made = paper(make_dossier(6), own_template(tmp_path, "{{p late }}"))
    assert marks(made)[:2] == ["Sooner[1],[2]", "Later[3],[2]"]
    assert made.notes == [ONE_LATER.shown, TWO.shown, ONE.shown_again]
    root = etree.fromstring(made.parts["word/footnotes.xml"])
    in_part = [n.get(f"{W}id") for n in root if n.get(f"{W}type") is None]
    assert in_part == [r.get(f"{W}id") for r in made.body.iter(f"{W}footnoteReference")] == ["1", "2", "3"]


def test_a_documents_address_is_a_link_from_its_title(tmp_path):
    made = told(tmp_path, "A [@1].", dataclasses.replace(ONE, url="https://www.example.nhs.uk/a?b=1&c=2"))
    notes = etree.fromstring(made.parts["word/footnotes.xml"])
    link = notes.find(f".//{W}hyperlink")
    assert "".join(link.itertext()) == ONE.title
    assert b'Target="https://www.example.nhs.uk/a?b=1&amp;c=2"' in made.parts["word/_rels/footnotes.xml.rels"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "not an address", "http://", "//host/x"])
def test_any_other_address_is_no_link(tmp_path, url):
    made = told(tmp_path, "A [@1].", dataclasses.replace(ONE, url=url))
    assert b"hyperlink" not in made.parts["word/footnotes.xml"]
    assert made.notes == [ONE.shown]


def test_a_figure_and_its_note_are_not_read_as_one_number(tmp_path):
    dossier = make_dossier(6, audience="public")
    made = paper(
        dossier,
        own_template(
            tmp_path,
            "{%p for s in evidence_sections[0].statements %}",
            "{{r s.answers[0].cited[0].said }}",
            "{%p endfor %}",
        ),
    )
    assert marks(made)[0].startswith("Health Equity Strategy, part 1, page 4 of the PDF[1]: “")
    version = dataclasses.replace(dossier.statements[0].answers[0].citations[0], file="", title="Terms, version 2")
    answer = dataclasses.replace(dossier.statements[0].answers[0], citations=(version,))
    statement = dataclasses.replace(dossier.statements[0], answers=(answer,))
    section = dataclasses.replace(dossier.sections[0], statements=(statement,))
    text = paper(dataclasses.replace(dossier, sections=(section,))).text
    assert "Terms, version 2\N{THIN SPACE}" in text


def test_a_redacted_note_says_who_holds_the_document_and_no_more(tmp_path):
    made = told(tmp_path, "A [@1].", redacted_citation())
    assert made.notes == ["Internal document held by the Director of Strategy; not published with this paper"]


def test_code_in_a_note_is_text(tmp_path):
    made = told(tmp_path, "A [@1].", dataclasses.replace(ONE, shown="{{ 7*7 }} {% x %}"))
    assert made.notes == ["{{ 7*7 }} {% x %}"]


def test_ids_are_small_whole_and_every_field_points_to_a_bookmark():
    made = paper(full_dossier(45))
    ids = [int(r.get(f"{W}id")) for r in made.body.iter(f"{W}footnoteReference")]
    names = {b.get(f"{W}name") for b in made.body.iter(f"{W}bookmarkStart")}
    asked = [m for i in made.body.iter(f"{W}instrText") for m in re.findall(r"(?:NOTE)?REF (\w+)", i.text)]
    assert len(ids) >= 30 and len(set(ids)) == len(ids) and max(ids) <= 32767
    assert asked and set(asked) <= names
    starts = sorted(b.get(f"{W}id") for b in made.body.iter(f"{W}bookmarkStart"))
    assert starts == sorted(b.get(f"{W}id") for b in made.body.iter(f"{W}bookmarkEnd"))
    assert len(set(starts)) == len(starts)


def test_beyond_words_limit_of_notes_a_reference_stands_in_the_text(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.word.footnotes.MOST_NOTES", 1)
    made = told(tmp_path, "A [@1]. B [@2].", ONE, TWO)
    assert made.notes == [ONE.shown]
    assert made.paragraphs[0] == f"A. B ({TWO.shown})."
