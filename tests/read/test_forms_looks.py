"""Looks that carry meaning in a form: what is struck out, deleted or unseen is no answer, and each is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from pipeline.model import Finding
from tests.read.filled_forms import FULL, Desk, answer, assert_all_said, control, excel_row, fill_excel, fill_word
from tests.read.making import TEAM, gather, saved
from tests.read.test_forms_word import document, put

STRIKE, WHITE = Font(strike=True), Font(color="FFFFFFFF")
FORM = TEAM.replace(".csv", ".xlsx")
HEAD = ["statement", "level", "comment", "evidence"]
RUN = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def excel(desk: Desk, damage: Callable[[Any], None]) -> tuple[Any, list[Finding]]:
    return desk.returned(fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx", damage))


def looks(findings: Any) -> list[tuple[str | None, str]]:
    return [(f.statement, f.message) for f in findings if f.code == "IN108"]


def own(*rows: list[str]) -> tuple[Workbook, Any]:
    book = Workbook()
    sheet = book.active
    assert sheet
    for row in (HEAD, *rows):
        sheet.append(row)
    return book, sheet


@pytest.mark.parametrize(("font", "why"), [(STRIKE, "struck out"), (WHITE, "in the colour of the paper")])
def test_words_that_are_struck_out_or_white_are_no_answer_in_our_own_form(desk: Desk, font: Font, why: str) -> None:
    def strike(book: Any) -> None:
        row = excel_row(book, "A2")
        for heading in ("Level", "Comment"):
            row.cell(heading).font = font
            row.cell(heading).fill = PatternFill()

    form, findings = excel(desk, strike)

    assert (answer(form, "A2").level, answer(form, "A2").comment) == (None, "")
    assert answer(form, "A1").level == "high"
    named = looks(findings)
    assert [s for s, _ in named] == ["A2", "A2"]
    assert all(why in message for _, message in named)
    assert any("`Nobody could tell.`" in message for _, message in named)


def test_a_struck_part_of_a_cell_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    book, sheet = own(["A1", "Low", "", "E001"], ["A2", "Low", "Plain.", ""])
    sheet["C2"] = CellRichText("We met ", TextBlock(InlineFont(strike=True), "never"), " twice.")
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})

    assert case.forms[0].answers[0].comment == "We met  twice."
    ((statement, message),) = looks(case.faults)
    assert statement == "A1" and "`never`" in message


def test_a_struck_row_is_no_answer(tmp_path: Path) -> None:
    book, sheet = own(["A1", "Low", "x", "E001"], ["A2", "High", "Out.", "E002"])
    for cell in sheet[3]:
        cell.font = STRIKE
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})

    second = case.forms[0].answers[1]
    assert (second.statement, second.level, second.comment, second.citations) == ("A2", None, "", ())
    assert [s for s, _ in looks(case.faults)] == ["A2", "A2", "A2"]


def test_hidden_rows_and_columns_are_read_and_named(tmp_path: Path) -> None:
    book, sheet = own(["A1", "Low", "x", "E001"], ["A2", "High", "y", ""])
    sheet.row_dimensions[3].hidden = True
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})

    assert case.forms[0].answers[1].level == "high"
    ((statement, message),) = looks(case.faults)
    assert statement == "A2" and "hidden" in message


def test_a_cell_in_a_colour_of_its_own_is_named_once(tmp_path: Path) -> None:
    book, sheet = own(["A1", "Low", "x", ""], ["A2", "High", "y", ""], ["B2", "", "z", ""])
    for cell in sheet[1]:
        cell.fill = PatternFill("solid", fgColor="FF005EB8")
    for cell in sheet[3]:
        cell.fill = PatternFill("solid", fgColor="FFDDEEFF")  # a banded row says nothing
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFF0000")
    sheet["C2"].font = Font(color="FFFF0000")
    ((_, message),) = looks(gather(tmp_path, {TEAM: None, FORM: saved(book)}).faults)

    assert "A1 comment and B2 level" in message


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#name?"])
def test_an_error_is_no_answer(tmp_path: Path, error: str) -> None:
    book, _ = own(["A1", "Low", error, ""])
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})

    assert case.forms[0].answers[0].comment == ""
    assert [(f.code, f.field) for f in case.faults if f"`{error}`" in f.message] == [("IN101", "comment")]


@pytest.mark.parametrize(
    ("properties", "why"),
    [
        ("<w:strike/>", "struck out"),
        ("<w:dstrike/>", "struck out"),
        ("<w:vanish/>", "hidden"),
        ('<w:color w:val="FFFFFF"/>', "colour of the paper"),
        ('<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>', "symbol font"),
    ],
)
def test_unseen_words_of_a_word_form_are_named_and_not_read(tmp_path: Path, properties: str, why: str) -> None:
    made = document(("A1", "Low", "x", ""))
    put(made.tables[0].cell(1, 2), RUN.format("", "We meet.") + RUN.format(properties, " Or not."))
    case = gather(tmp_path, {TEAM: None, FORM.replace("xlsx", "docx"): saved(made)})

    assert case.forms[0].answers[0].comment == "We meet."
    ((statement, message),) = looks(case.faults)
    assert statement == "A1" and "`Or not.`" in message and why in message


def test_a_word_row_deleted_with_tracking_is_named(tmp_path: Path) -> None:
    made = document(("A1", "Low", "x", ""), ("A2", "High", "Taken back.", ""))
    row = made.tables[0].rows[2]._tr
    row.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="7" w:author="a"/>'))
    case = gather(tmp_path, {TEAM: None, FORM.replace("xlsx", "docx"): saved(made)})

    assert [a.statement for a in case.forms[0].answers] == ["A1"]
    ((_, message),) = looks(case.faults)
    assert "`A2`" in message and "`Taken back.`" in message


def test_a_highlighted_answer_in_a_word_form_is_named(desk: Desk) -> None:
    def mark(made: Any) -> None:
        run = next(control(made, "A2.comment").iter(qn("w:r")))
        properties = OxmlElement("w:rPr")
        properties.append(parse_xml(f'<w:highlight {nsdecls("w")} w:val="yellow"/>'))
        run.insert(0, properties)

    form, findings = desk.returned(fill_word(desk.sent / "team.docx", FULL, desk.root / "f.docx", mark))

    assert_all_said(form)
    assert [s for s, _ in looks(findings)] == ["A2"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed remark.</w:t></w:r></w:p></w:txbxContent>"
    made = document(("A1", "Low", "x", ""))
    cell = made.tables[0].cell(1, 2)
    cell._tc.append(
        parse_xml(
            f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
            f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )
    )
    case = gather(tmp_path, {TEAM: None, FORM.replace("xlsx", "docx"): saved(made)})

    assert case.forms[0].answers[0].comment.count("Boxed remark.") == 1


def test_cells_merged_over_two_rows_of_a_teams_own_table_are_named(tmp_path: Path) -> None:
    book, sheet = own(["A1", "Low", "For both.", "E001"], ["A2", "High", "", ""])
    sheet.merge_cells("C2:C3")
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})

    (found,) = [f for f in case.faults if "merged" in f.message]
    assert (found.code, found.row) == ("IN105", 2) and "A1 Comment, A2 Comment" in found.message
