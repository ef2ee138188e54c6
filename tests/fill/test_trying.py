"""`boardpack templates`: every name that a template may use, and every fault of a template with its place."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.dossier.example import example_dossier
from pipeline.dossier.store import dump
from pipeline.dossier.views import ActionView, Dossier, StatementView
from pipeline.papers import PAPERS, filled
from pipeline.papers.catalogue import catalogue
from pipeline.papers.trying import NOT_FOR_TEMPLATES, faults
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.fill.reading import Paper, own_template
from tests.fill.samples import full_dossier
from tools.make_templates.parts import listing

SHIPPED = sorted(SHIPPED_TEMPLATES.glob("*.docx"))
TUTORIAL = Path(__file__).parents[2] / "docs" / "own-paper.md"


def told(folder, *body, dossiers=()):
    template = own_template(folder, *body)
    return [fault.message for fault in faults("committee-paper", template, dossiers)]


@pytest.mark.parametrize("template", SHIPPED, ids=lambda t: t.stem)
def test_our_own_templates_have_no_fault(template):
    assert faults(template.stem, template, [full_dossier(6)]) == []


def test_the_made_up_dossier_has_something_in_every_part():
    dossier = example_dossier()
    empty = [f.name for f in fields(Dossier) if getattr(dossier, f.name) in ((), {}, None)]
    assert empty == []
    assert dump(dossier)


def test_every_name_of_the_dossier_and_of_its_records_is_listed_with_a_line():
    groups = catalogue({t.stem: t for t in SHIPPED})
    every = {name.name: name.means for group in groups for name in group.names}
    assert {f.name for f in fields(Dossier)} - {*NOT_FOR_TEMPLATES} <= every.keys()
    assert every.keys().isdisjoint({*NOT_FOR_TEMPLATES, ".secrets"})
    for record in (ActionView, StatementView):
        assert {f".{f.name}" for f in fields(record)} <= every.keys()
    assert all(means.strip() for means in every.values())
    assert every["weakest"].startswith("list: each text: Statement ids, up to five")
    assert "{{p name }}" in every["all_risks_matrix"]
    assert [g.heading for g in groups if g.heading.endswith(" alone")] == [
        f"{t.stem} alone" for t in SHIPPED if t.stem in PAPERS
    ]


def test_a_misspelt_name_is_told_with_its_paragraph(tmp_path):
    assert told(tmp_path, "By {{ organisaton }} today") == [
        "templates/committee-paper.docx names `organisaton`, which the dossier does not have: "
        "the paragraph “By {{ organisaton }} today”."
    ]


def test_a_misspelt_part_is_told_with_its_cell_though_no_cycle_was_checked(tmp_path):
    table = listing(
        (4000, 5638), ("A", "B"), "a in risks", ("{{ a.risk }}", "{{ a.leed }}"), title="t", description="d"
    )
    (fault,) = told(tmp_path, table)
    assert "names `leed`" in fault and "table 1, row 3, column 2" in fault


def test_a_name_in_a_part_that_no_paper_comes_to_is_told_too(tmp_path):
    (fault,) = told(tmp_path, "{%p if false %}", "{{ neverseen }}", "{%p endif %}")
    assert "names `neverseen`" in fault and "the paragraph “{{ neverseen }}”" in fault


def test_words_that_a_tag_would_swallow_are_told(tmp_path):
    (fault,) = told(tmp_path, "{%p if draft %} This is lost.", "{{ cycle }}", "{%p endif %}")
    assert "has words beside `{%p if draft %}`, which would not be printed" in fault


def test_a_tag_parted_from_its_letter_is_told(tmp_path):
    assert any("has a blank before the `p` of a tag" in f for f in told(tmp_path, "{% p if draft %}", "{% p endif %}"))


def test_what_is_no_word_document_is_told_once(tmp_path):
    path = tmp_path / "templates" / "committee-paper.docx"
    path.parent.mkdir()
    path.write_bytes(b"not a Word file")
    (fault,) = faults("committee-paper", path)
    assert "is not a Word document" in fault.message


def test_every_example_of_the_tutorial_can_be_filled(tmp_path):
    text = TUTORIAL.read_text(encoding="utf-8")
    blocks = [b for b in re.findall(r"```\n(.*?)```", text, re.DOTALL) if "{" in b]
    rows = re.findall(r"`(\{[^`]*\})`", text.split("## 3.")[0].split("In a table")[1].split("To print")[0])
    loop, cells = rows[1], [r for r in rows if r.startswith("{{")]
    table = listing((3000, 3638, 3000), ("Action", "Owner", "Due"), loop[len("{%tr for ") : -len(" %}")], cells,
                    title="Actions", description="Each row gives an action.")  # fmt: skip
    paragraphs = [line.split("}}{{r")[0] for b in blocks for line in b.splitlines() if line.strip()]
    paragraphs = [p if p.count("{{") == p.count("}}") else f"{p}}}}}" for p in paragraphs]

    assert len(blocks) == 5 and len(cells) == 3
    assert told(tmp_path, *paragraphs, table, dossiers=[full_dossier(6)]) == []
    made = Paper(filled("committee-paper", full_dossier(6), own_template(tmp_path, *paragraphs, table)))
    assert "6 of 6 statements are assessed." in made.text.replace(f"{full_dossier(6).totals.assessed} of", "6 of")
