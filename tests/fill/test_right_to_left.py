"""Arabic, Hebrew and Urdu are read from right to left in a paper and on its pages; all else stays as it is."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import etree, html

from pipeline.publish.trail_page import trail_page
from pipeline.publish.word_page import page_of
from tests.dossiers import make_citation, make_dossier
from tests.fill.reading import W, own_template, paper
from tests.fill.test_letter_for_letter import with_comment

RIGHT_TO_LEFT = [
    "تعمل اللجنة مع الشركاء، وتراجع الخطة كل عام.",
    "הוועדה בוחנת את התוכנית (2026) עם NHS England.",
    "12. ہم ہر سال منصوبے کا جائزہ لیتے ہیں۔",
    "ޑިވެހި",
]
LEFT_TO_RIGHT = ["Reviewed each year.", "The Board said שלום to all.", "2026", "計画を毎年見直す。"]


def _properties(element, kind):
    found = element.find(f"{W}{kind}Pr")
    return [] if found is None else [child.tag.removeprefix(W) for child in found]


def _runs_with(made, text):
    return [r for r in made.root.iter(f"{W}r") if text in "".join(t.text or "" for t in r.iter(f"{W}t"))]


def _paragraph(run):
    return next(run.iterancestors(f"{W}p"))


@pytest.mark.parametrize("text", RIGHT_TO_LEFT)
def test_words_from_right_to_left_are_marked_so_in_word(text):
    runs = _runs_with(paper(with_comment(text)), text)
    assert runs
    for run in runs:
        assert "rtl" in _properties(run, "r")
    own = [run for run in runs if "".join(_paragraph(run).itertext()).strip() == text]
    assert own
    for run in own:
        marks = _properties(_paragraph(run), "p")
        assert "bidi" in marks
        after = [mark for mark in ("spacing", "ind", "jc", "rPr") if mark in marks]
        assert all(marks.index("bidi") < marks.index(mark) for mark in after)


@pytest.mark.parametrize("text", LEFT_TO_RIGHT)
def test_all_other_words_are_not(text):
    made = paper(with_comment(text))
    assert _runs_with(made, text)
    assert [e for e in made.root.iter(f"{W}bidi", f"{W}rtl") if "tbl" not in e.getparent().tag] == []


def test_notes_headers_and_a_teams_own_template_are_marked_too(tmp_path: Path):
    hebrew = "אסטרטגיית הבריאות"
    dossier = make_dossier(6, audience="public")
    cited = make_citation(1, key="own", source="own", shown=f"{hebrew}.", title=hebrew)
    dossier = dataclasses.replace(
        dossier,
        organisation=hebrew,
        cover=dataclasses.replace(dossier.cover, title=hebrew),
        actions=(dataclasses.replace(dossier.actions[0], citations=(cited,)),),
    )
    made = paper(dossier)
    notes = etree.fromstring(made.parts["word/footnotes.xml"])
    assert [r for r in notes.iter(f"{W}r") if hebrew in "".join(r.itertext()) and "rtl" in _properties(r, "r")]
    own = paper(dossier, own_template(tmp_path, "{{ organisation }}", "The {{ cycle }} paper"))
    first, second = [p for p in own.body.iter(f"{W}p") if "".join(p.itertext()).strip()][:2]
    assert "bidi" in _properties(first, "p")
    assert "bidi" not in _properties(second, "p")


@pytest.mark.parametrize("text", RIGHT_TO_LEFT)
def test_the_trail_lets_a_browser_find_the_direction(text):
    cited = make_citation(1, shown=f"{text}.", title=text, quotation=text, context=text)
    dossier = with_comment(text)
    section = dossier.sections[0]
    first = dataclasses.replace(section.statements[0], short=text, text=text)
    answers = (dataclasses.replace(first.answers[0], citations=(cited,)), *first.answers[1:])
    section = dataclasses.replace(section, statements=(dataclasses.replace(first, answers=answers),), title=text)
    page = html.fromstring(trail_page(dataclasses.replace(dossier, sections=(section,))))
    holders = [e for e in page.find("body").iter() if isinstance(e.tag, str) and text in (e.text or "")]
    assert len(holders) > 5
    apart = ("bdi", "option", "script")
    bare = [
        html.tostring(e, encoding="unicode")[:120]
        for e in holders
        if e.tag not in apart and not any("dir" in up.attrib or up.tag in apart for up in (e, *e.iterancestors()))
    ]
    assert bare == []


def test_the_page_of_a_paper_does_too(tmp_path: Path):
    path = tmp_path / "paper.docx"
    path.write_bytes(paper(with_comment(RIGHT_TO_LEFT[0])).content)
    page = html.fromstring(page_of(path))
    holder = next(e for e in page.iter("p", "td", "li") if (e.text_content() or "").strip() == RIGHT_TO_LEFT[0])
    assert holder.get("dir") == "auto"
    assert {e.get("dir") for e in page.iter("h2")} == {None}
