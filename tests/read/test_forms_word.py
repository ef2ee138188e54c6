"""A Word form of any make: tables found by their headings, what people typed kept, what they struck out left out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.model import Severity
from tests.read.making import HERE, TEAM, faults_of, gather, passed_over, repacked, saved

FORM = TEAM.replace(".csv", ".docx")
HEAD = ("Statement", "Level", "Comment", "Evidence")


def document(*rows: tuple[str, ...]) -> Any:
    made = docx.Document()
    made.add_paragraph("Self-assessment")
    table = made.add_table(0, 4)
    for row in (HEAD, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return made


def answers(root: Path, made: Any) -> Any:
    return gather(root, {TEAM: None, FORM: saved(made)}).forms[0].answers


def put(cell: Any, xml: str) -> None:
    """Replace a cell's paragraph by WordprocessingML."""
    cell._tc.remove(cell.paragraphs[0]._p)
    cell._tc.append(parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def test_a_table_with_the_headings_is_read(tmp_path: Path) -> None:
    made = document(("A1", "Middling", "Line one\nline two", 'E001 p.4 "words"'), ("A2", "low", "R&D <b>", ""))
    found = answers(tmp_path, made)
    assert [(a.statement, a.level, a.comment) for a in found] == [
        ("A1", "mid", "Line one\nline two"),
        ("A2", "low", "R&D <b>"),
    ]
    assert found[0].citations[0].quotation == "words" and found[0].place.row == 2


def test_tables_of_each_section_are_read_together(tmp_path: Path) -> None:
    made = document(("A1", "Low", "x", ""))
    made.add_paragraph("Second section")
    table = made.add_table(2, 4)
    for cells, row in zip(table.rows, (HEAD, ("B2", "High", "y", "")), strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    assert [a.statement for a in answers(tmp_path, made)] == ["A1", "B2"]


def test_tracked_additions_are_in_and_deletions_out_and_a_warning_says_so(tmp_path: Path) -> None:
    made = document(("A1", "Low", "x", ""))
    put(
        made.tables[0].cell(1, 2),
        '<w:r><w:t xml:space="preserve">The board </w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>rejected'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>approved</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> it</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>',
    )
    case = gather(tmp_path, {TEAM: None, FORM: saved(made)})
    assert case.forms[0].answers[0].comment == "The board approved it"
    found = [f for f in case.faults if f.code == "IN105" and f.row]
    assert [(f.severity, f.row, f.field, f.respondent) for f in found] == [(Severity.WARNING, 2, "comment", "team")]


def test_a_control_that_nobody_filled_in_is_empty(tmp_path: Path) -> None:
    made = document(("A1", "Low", "x", ""))
    put(
        made.tables[0].cell(1, 2),
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here to enter text.</w:t></w:r>"
        "</w:sdtContent></w:sdt>",
    )
    assert answers(tmp_path, made)[0].comment == ""


def test_what_was_typed_into_a_control_is_read(tmp_path: Path) -> None:
    made = document(("A1", "", "x", ""))
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>High</w:t></w:r></w:sdtContent></w:sdt>"
    put(made.tables[0].cell(1, 1), control)
    assert answers(tmp_path, made)[0].level == "high"


def test_a_prompt_left_as_text_is_empty_and_a_warning(tmp_path: Path) -> None:
    made = document(("A1", "Choose an item.", "x", ""))
    case = gather(tmp_path, {TEAM: None, FORM: saved(made)})
    assert case.forms[0].answers[0].level is None
    assert any(f.code == "IN105" and f.field == "level" and f.severity is Severity.WARNING for f in case.faults)


def test_merged_headings_of_a_section_are_no_answers(tmp_path: Path) -> None:
    made = document(("First section", "", "", ""), ("A1", "Low", "x", ""))
    cells = made.tables[0].rows[1].cells
    cells[0].merge(cells[3])
    assert [a.statement for a in answers(tmp_path, made)] == ["A1"]


@pytest.mark.parametrize(("label", "value"), [("Cycle", "2024-25"), ("Framework", "hi-icb"), ("Respondent", "board")])
def test_a_form_of_another_cycle_framework_or_respondent_is_refused_by_name(
    tmp_path: Path, label: str, value: str
) -> None:
    made = document(("A1", "Low", "x", "E001"))
    cover = made.add_table(1, 2)
    cover.cell(0, 0).text, cover.cell(0, 1).text = f"{label}:", value
    case = gather(tmp_path, {TEAM: None, FORM: saved(made)})
    assert case.forms[0].answers == ()
    (found,) = [f for f in case.faults if f.code != "IN105"]
    assert (found.code, found.file, found.respondent) == ("IN104", FORM, "team") and value in found.message


@pytest.mark.parametrize(
    ("cycle", "framework", "respondent"),
    [
        ("2025-26", "A small framework", "The team"),
        ("2025/26", "small", "team"),
        ("2025 to 2026", "A small framework, version 1.0", "J. Smith, on behalf of the team"),
        ("this year", "SMALL 1.0", "J. Smith"),
    ],
)
def test_a_cover_that_agrees_is_no_fault(tmp_path: Path, cycle: str, framework: str, respondent: str) -> None:
    made = document(("A1", "Low", "x", "E001"))
    made.add_paragraph(f"Cycle: {cycle}")
    made.add_paragraph(f"Respondent: {respondent}")
    made.add_paragraph(f"Framework: {framework}")
    assert len(answers(tmp_path, made)) == 1


def test_a_form_without_the_table_says_which_columns_are_missing(tmp_path: Path) -> None:
    fault = passed_over(tmp_path, {TEAM: None, FORM: saved(docx.Document())})
    assert fault.file == FORM and "statement" in (fault.message + fault.remedy)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04", "damaged"),
        (b"%PDF-1.7", "something else"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office format"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_the_true_reason_is_given(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in passed_over(tmp_path, {TEAM: None, FORM: content}).message


def test_an_entity_is_never_expanded(tmp_path: Path) -> None:
    text = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
    form = repacked(saved(document()), {"word/document.xml": text})
    assert "document type declaration" in passed_over(tmp_path, {TEAM: None, FORM: form}).message


def test_a_broken_document_part_is_damaged(tmp_path: Path) -> None:
    form = repacked(saved(document()), {"word/document.xml": b"<w:document>"})
    assert "damaged" in passed_over(tmp_path, {TEAM: None, FORM: form}).message


def test_truncation_anywhere_is_refused(tmp_path: Path) -> None:
    whole = saved(document(("A1", "Low", "x", "")))
    for number, length in enumerate(range(0, len(whole) - 1, 4001)):
        assert passed_over(tmp_path / str(number), {TEAM: None, FORM: whole[:length]}).file == FORM


@pytest.mark.parametrize("depth", [60, 5000])
def test_nested_tables_do_no_harm(tmp_path: Path, depth: int) -> None:
    nested = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    made = saved(document(("A1", "Low", "x", "")))
    body = (
        zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").replace(b"<w:body>", b"<w:body>" + nested.encode())
    )
    changes = {TEAM: None, FORM: repacked(made, {"word/document.xml": body})}
    if depth > 100:
        assert "damaged" in passed_over(tmp_path, changes).message
    else:
        assert [a.statement for a in gather(tmp_path, changes).forms[0].answers] == ["A1"]


def test_nothing_is_found_wrong_in_a_form_that_is_right(tmp_path: Path) -> None:
    assert faults_of(tmp_path, {TEAM: None, FORM: saved(document(("A1", "Low", "x", "E001")))}) == []
    assert f"{HERE}/responses/team.docx" == FORM
