"""A template that asks for what is not there is refused, with its name, the place and what was meant."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.errors import ExitCode, TemplateError
from tests.dossiers import make_dossier
from tests.fill.reading import own_template, paper
from tools.make_templates.parts import listing


def refused(folder, *body):
    with pytest.raises(TemplateError) as caught:
        paper(make_dossier(6, audience="public"), own_template(folder, *body))
    assert caught.value.exit_code == ExitCode.TEMPLATE_DISAGREES
    return str(caught.value)


def table(*cells):
    return listing((4000, 5638), ("A", "B"), "a in actions", cells, title="t", description="d")


def test_an_unknown_name_is_named_with_template_paragraph_and_the_nearest_known_one(tmp_path):
    said = refused(tmp_path, "Fine: {{ cycle }}", "By {{ organisaton }} today")
    assert "templates/committee-paper.docx names `organisaton`" in said
    assert "the paragraph “By {{ organisaton }} today”" in said
    assert "Did you mean `organisation`?" in said


def test_an_unknown_part_of_a_record_is_placed_in_its_table_cell(tmp_path):
    said = refused(tmp_path, "{{ cycle }}", table("{{ a.action }}", "{{ a.ownr }}"))
    assert "names `ownr`" in said
    assert "table 1, row 3, column 2 “{{ a.ownr }}”" in said
    assert "Did you mean `owner`?" in said


def test_an_unknown_name_in_the_condition_of_a_loop_is_placed(tmp_path):
    said = refused(tmp_path, table("{{ a.action }}", "{{ a.owner }}").replace("a in actions", "a in actionss"))
    assert "names `actionss`" in said
    assert "table 1, row 2, column 1" in said


def test_a_missing_end_of_a_loop_is_told(tmp_path):
    said = refused(tmp_path, "{%p for s in statements %}", "{{ s.id }}")
    assert "templates/committee-paper.docx cannot be understood" in said
    assert "endfor" in said


@pytest.mark.parametrize(
    "code",
    [
        "{{ cycle.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% for n in range(1000000000) %}{% endfor %}",
        "{{ organisation|attr('__class__') }}",
    ],
)
def test_a_template_can_do_nothing_but_name(tmp_path, code):
    refused(tmp_path, code)


def test_a_whole_record_is_not_printed(tmp_path):
    said = refused(tmp_path, "{{ cover }}")
    assert "prints a whole record" in said
    assert "agenda_item" in said


def test_words_with_notes_need_their_own_kind_of_tag(tmp_path):
    said = refused(tmp_path, "{{ statements[0].answers[0].citations|cite }}")
    assert "{{r name }}" in said


def test_notes_of_what_is_no_citation_are_refused(tmp_path):
    assert "whole record" in refused(tmp_path, "{{r cycle|cite }}")


def test_nothing_is_never_printed_as_none(tmp_path):
    dossier = make_dossier(6, audience="public")
    actions = (dataclasses.replace(dossier.actions[0], due=None),)
    template = own_template(tmp_path, table("{{ a.due }}", "{{ targets_by }}"))
    made = paper(dataclasses.replace(dossier, actions=actions), template)
    assert made.tables()[0][1] == ["not given", "not given"]


def test_dates_are_in_words_and_lists_in_commas(tmp_path):
    template = own_template(tmp_path, "{{ cover.date }}", "{{ cover.report_by }}", "{{ include_levels }}")
    made = paper(make_dossier(6, audience="public"), template)
    assert made.paragraphs[:3] == ["26 March 2026", "Amina Patel, Director of Strategy", "no"]


def test_a_citation_printed_plainly_is_its_reference(tmp_path):
    made = paper(
        make_dossier(6, audience="public"), own_template(tmp_path, "{{ statements[0].answers[0].citations[0] }}")
    )
    assert made.paragraphs[0].startswith("Health Equity Strategy, part 1, NHS Example ICB")


def test_curly_quotes_that_word_puts_into_code_are_understood(tmp_path):
    template = own_template(tmp_path, "{% if session is defined or ‘background’ in narratives %}yes{% endif %}")
    assert paper(make_dossier(6, audience="public"), template).paragraphs[0] == "yes"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken"])
def test_a_template_that_is_no_word_document_is_refused(tmp_path, content):
    path = own_template(tmp_path, "x")
    path.write_bytes(content)
    with pytest.raises(TemplateError, match="templates/committee-paper.docx cannot be opened"):
        paper(make_dossier(6), path)


def test_a_template_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(TemplateError, match="cannot be read"):
        paper(make_dossier(6), tmp_path / "templates" / "x.docx")


def test_text_that_word_could_not_open_is_refused_rather_than_mended(tmp_path):
    said = refused(tmp_path, "{% if draft %}", "text", "{% endif %}{{ '<'|safe }}")
    assert "Word cannot open" in said
