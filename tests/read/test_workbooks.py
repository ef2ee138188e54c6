"""Excel: what people see in a cell, formulas by their saved result, and no harm from hostile files."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from pipeline.errors import InputError
from pipeline.model import Severity
from pipeline.office import archive
from pipeline.office.workbooks import read_workbook
from tests.read.making import (
    HERE,
    TEAM,
    faults_of,
    gather,
    passed_over,
    places,
    refused,
    repacked,
    saved,
    workbook,
)

FORM = TEAM.replace(".csv", ".xlsx")
HEAD = ["statement", "level", "comment", "evidence"]
ACTIONS = f"{HERE}/actions.xlsx"
ACTION_HEAD = ["id", "section", "statement", "action", "owner", "due", "status", "measure"]


def cells(value: Any) -> str:
    return read_workbook(workbook([["x", value]]), "x.xlsx")[0].rows[0][1][1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1.1, "0.00"), "1.10"),
        (1.1, "1.1"),
        (12.0, "12"),
        ((7, "000"), "007"),
        ((0.125, "0%"), "12.5%"),
        ((-1.5, "0.00"), "-1.50"),
        (0.1 + 0.2, "0.3"),
        ((12.345, "0.0"), "12.345"),
        ((12000.5, '"£"#,##0.00'), "12000.50"),
        ((12000.5, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00"), "12000.50"),
        ((1.1, "0.00_);(0.00)"), "1.10"),
        ((0.5, "# ?/?"), "0.5"),
        (9434765919, "9434765919"),
        (1e15, "1000000000000000"),
        (True, "TRUE"),
        (datetime.date(2026, 3, 1), "2026-03-01"),
        (datetime.datetime(2026, 3, 1, 10, 30), "2026-03-01 10:30:00"),
        ("NA", "NA"),
        ("None", "None"),
        ("two_x000D_\nlines", "two\nlines"),
        ("=A1", ""),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(value: Any, text: str) -> None:
    assert ([*read_workbook(workbook([["x", value, "y"]]), "x.xlsx")[0].rows[0][1]])[1] == text


def test_a_form_is_found_by_its_headings_below_titles_and_on_several_sheets(tmp_path: Path) -> None:
    first = [["Self-assessment"], [], ["Please fill in"], HEAD, ["A1", "Middling", "Done.", "E001"], ["Section two"]]
    second = [HEAD, ["A2", "Low", "Begun.", ""]]
    case = gather(tmp_path, {TEAM: None, FORM: workbook(first, Second=second, Notes=[["nothing"]])})
    assert [(a.statement, a.level, a.place.row) for a in case.forms[0].answers] == [("A1", "mid", 5), ("A2", "low", 2)]
    (remark,) = [f for f in case.faults if f.respondent == "team"]
    assert (remark.code, remark.severity) == ("IN105", "note")
    assert "Section two" in remark.message and "Please fill in" not in remark.message


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    rows = [["evidence", "What good looks like", "level", "statement", "comment"], ["E001", "x", "Low", "A1", "c"]]
    case = gather(tmp_path, {TEAM: None, FORM: workbook(rows)})
    assert case.forms[0].answers[0].citations[0].evidence == "E001"


def test_a_hidden_sheet_with_the_same_headings_is_left_alone(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    book.active.append(["A1", "Low", "now", ""])
    old = book.create_sheet("Last year")
    old.append(HEAD)
    old.append(["A1", "High", "then", ""])
    old.sheet_state = "hidden"
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})
    assert [a.comment for a in case.forms[0].answers] == ["now"]


def test_a_hidden_copy_never_stands_in_for_a_sheet_with_a_slip_in_it(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["id", "section", "statement", "action", "onwer", "due", "status", "measure"])
    book.create_sheet("Old").append(ACTION_HEAD)
    book["Old"].sheet_state = "hidden"
    fault = refused(tmp_path, {ACTIONS: saved(book)})
    assert "`onwer`" in fault.message and fault.row == 1


def test_a_table_on_two_sheets_is_refused_by_name(tmp_path: Path) -> None:
    fault = refused(tmp_path, {ACTIONS: workbook([ACTION_HEAD], Old=[ACTION_HEAD])})
    assert "Sheet1 and Old" in fault.message and fault.file == ACTIONS


def test_merged_cells_are_read_where_their_words_stand(tmp_path: Path) -> None:
    book = Workbook()
    for row in [HEAD, ["Section one"], ["A1", "Low", "One comment", ""]]:
        book.active.append(row)
    book.active.merge_cells("A2:D2")
    book.active.merge_cells("C3:D3")
    case = gather(tmp_path, {TEAM: None, FORM: saved(book)})
    assert [(a.statement, a.comment) for a in case.forms[0].answers] == [("A1", "One comment")]


def test_a_misspelt_heading_on_the_sheet_is_refused_at_its_row(tmp_path: Path) -> None:
    rows = [["Title"], ["statement", "levl", "comment", "evidence"], ["A1", "Low", "", ""]]
    fault = refused(tmp_path, {TEAM: None, FORM: workbook(rows)})
    assert (fault.file, fault.row, fault.field) == (FORM, 2, "level") and "did you mean `level`" in fault.message


class TestFormulas:
    def with_formula(self, result: str | None) -> bytes:
        form = workbook([HEAD, ["A1", "Middling", "=B9", "E001"]])
        if result is None:
            return form
        sheet = zipfile.ZipFile(io.BytesIO(form)).read("xl/worksheets/sheet1.xml").decode()
        sheet = re.sub(
            r'<c r="C2"([^>]*)><f>B9</f><v ?/?>(</v>)?', rf'<c r="C2"\1 t="str"><f>B9</f><v>{result}</v>', sheet
        )
        return repacked(form, {"xl/worksheets/sheet1.xml": sheet.encode()})

    def test_the_saved_result_is_used_and_a_warning_says_so(self, tmp_path: Path) -> None:
        case = gather(tmp_path, {TEAM: None, FORM: self.with_formula("As last year.")})
        assert case.forms[0].answers[0].comment == "As last year."
        found = [f for f in case.faults if f.code == "IN105" and f.row]
        assert [(f.severity, f.row, f.field) for f in found] == [(Severity.WARNING, 2, "comment")]

    def test_a_result_that_was_never_saved_is_told_apart(self, tmp_path: Path) -> None:
        case = gather(tmp_path, {TEAM: None, FORM: self.with_formula(None)})
        assert case.forms[0].answers[0].comment == ""
        assert any("never saved" in f.message for f in case.faults)

    def test_words_that_begin_with_an_equals_sign_are_words(self, tmp_path: Path) -> None:
        form = workbook([HEAD, ["A1", "Middling", "x", "E001"]])
        sheet = zipfile.ZipFile(io.BytesIO(form)).read("xl/worksheets/sheet1.xml").replace(b">x<", b">=cmd|calc<")
        case = gather(tmp_path, {TEAM: None, FORM: repacked(form, {"xl/worksheets/sheet1.xml": sheet})})
        assert case.forms[0].answers[0].comment == "=cmd|calc"
        assert [f for f in case.faults if f.code == "IN105" and f.row] == []


def test_real_dates_and_typed_ones_stand_in_one_column(tmp_path: Path) -> None:
    rows = [
        ACTION_HEAD,
        ["X1", "A", "A1", "a", "o", datetime.date(2026, 5, 1), "open", ""],
        ["X2", "A", "A1", "a", "o", "25/06/2026", "open", ""],
        ["X3", "A", "A1", "a", "o", "2026-07-01", "open", ""],
    ]
    assert [a.due.isoformat() for a in gather(tmp_path, {ACTIONS: workbook(rows)}).actions if a.due] == [
        "2026-05-01",
        "2026-06-25",
        "2026-07-01",
    ]


def test_the_number_behind_a_date_is_named_with_the_date(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {ACTIONS: workbook([ACTION_HEAD, ["X1", "A", "A1", "a", "o", 46107, "open", ""]])})
    assert places(found) == [("IN101", "actions.xlsx", 2, "due")] and "2026-03-26" in found[0].remedy


class TestHostileFiles:
    def test_a_style_in_the_last_row_and_column_costs_nothing(self) -> None:
        book = Workbook()
        book.active.append(["a"])
        book.active.cell(1_048_576, 16_384).font = Font(bold=True)
        assert read_workbook(saved(book), "x.xlsx")[0].rows == ((1, ("a",)),)

    def test_a_row_number_beyond_reason_costs_nothing(self) -> None:
        package = workbook([["a"], ["b"]])
        sheet = zipfile.ZipFile(io.BytesIO(package)).read("xl/worksheets/sheet1.xml")
        far = sheet.replace(b'<row r="2">', b'<row r="999999999">').replace(b'"A2"', b'"A999999999"')
        assert read_workbook(repacked(package, {"xl/worksheets/sheet1.xml": far}), "x")[0].rows[1][0] == 999_999_999

    def test_more_rows_than_people_type_are_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("pipeline.office.workbooks.MOST_ROWS", 3)
        with pytest.raises(InputError, match="more than"):
            read_workbook(workbook([["a"]] * 6), "x.xlsx")

    def test_an_archive_is_judged_by_what_comes_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MOST_UNPACKED", 100_000)
        package = repacked(workbook([["a"]]), {"xl/bomb.xml": b"<a>" + b" " * 200_000 + b"</a>"})
        # The directory of the archive says that the part is tiny.
        lying = package.replace((200_007).to_bytes(4, "little"), (10).to_bytes(4, "little"))
        for content in (package, lying):
            with pytest.raises(InputError, match="unpacks to more|damaged"):
                read_workbook(content, "x.xlsx")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_document_type_declaration_is_refused(self, encoding: str) -> None:
        text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst xmlns="x"/>'
        with pytest.raises(InputError, match="document type declaration"):
            read_workbook(repacked(workbook([["a"]]), {"xl/sharedStrings.xml": text.encode(encoding)}), "x.xlsx")

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (b"PK\x03\x04 and nothing more", "is damaged"),
            (b"statement,level\n", "something else"),
            (b"%PDF-1.7", "something else"),
            (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "old Office format"),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ],
    )
    def test_the_true_reason_is_given(self, tmp_path: Path, content: bytes, said: str) -> None:
        fault = passed_over(tmp_path, {TEAM: None, FORM: content})
        assert said in fault.message and fault.file == FORM and fault.remedy

    def test_a_word_document_named_xlsx_and_a_broken_sheet_are_passed_over(self, tmp_path: Path) -> None:
        import docx

        assert "Excel" in passed_over(tmp_path, {TEAM: None, FORM: saved(docx.Document())}).message
        broken = repacked(workbook([HEAD]), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"})
        assert "damaged" in passed_over(tmp_path, {TEAM: None, FORM: broken}).message

    def test_every_truncation_is_refused_and_nothing_crashes(self) -> None:
        whole = workbook([HEAD, ["A1", "Low", "x", "E001"]])
        for length in range(0, len(whole) - 1, 97):
            with pytest.raises(InputError):
                read_workbook(whole[:length], "x.xlsx")
