"""Forms that people and programs have bent: what can be read is read, and every damage is named with its text."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.comments import Comment

from pipeline.model import Finding, Severity
from tests.read.filled_forms import (
    EVIDENCE,
    FULL,
    Desk,
    Said,
    answer,
    assert_all_said,
    control,
    excel_row,
    excel_rows,
    fill_excel,
    fill_word,
    type_into,
    without_controls,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def excel(desk: Desk, damage: Callable[[Any], None]) -> tuple[Any, list[Finding]]:
    return desk.returned(fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx", damage))


def word(desk: Desk, damage: Callable[[Any], None]) -> tuple[Any, list[Finding]]:
    return desk.returned(fill_word(desk.sent / "team.docx", FULL, desk.root / "filled.docx", damage))


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, [(f.code, f.message) for f in findings]
    return findings[0]


# Harmless changes: every answer equal, nothing to say.


def spaces_everywhere(book: Any) -> None:
    for sheet in book.worksheets:
        for row in excel_rows(sheet):
            sheet.cell(row.number, 1).value = f" {row.id}\xa0 "
            if row.first:
                level = row.cell("Level")
                level.value = f"  {str(level.value).upper()} "


def rows_without_room_for_more(book: Any) -> None:
    for sheet in book.worksheets:
        for row in reversed(excel_rows(sheet)):
            if row.line == 2:
                sheet.delete_rows(row.number)


def columns_in_another_order(book: Any) -> None:
    for sheet in book.worksheets:
        for row in excel_rows(sheet)[:1]:
            sheet.insert_cols(2, 2)
            assert row.sheet is sheet


def sheets_renamed_and_moved(book: Any) -> None:
    book.worksheets[1].title = "Eerste blad"
    book.move_sheet(book.worksheets[2], -2)
    book.worksheets[1].sheet_state = "hidden"


@pytest.mark.parametrize(
    "damage",
    [spaces_everywhere, rows_without_room_for_more, columns_in_another_order, sheets_renamed_and_moved],
    ids=lambda d: d.__name__,
)
def test_a_workbook_reads_the_same_after(desk: Desk, damage: Callable[[Any], None]) -> None:
    form, findings = excel(desk, damage)

    assert_all_said(form)
    assert findings == []


def test_headings_are_known_by_other_names(desk: Desk) -> None:
    def rename(book: Any) -> None:
        for sheet in book.worksheets:
            for cells in sheet.iter_rows():
                for cell in cells:
                    if cell.value in ("Comment", "Level", "Statement") and cells[3].value:
                        cell.value = {"Comment": "Rationale", "Level": "Our maturity", "Statement": "Ref."}[cell.value]

    form, _ = excel(desk, rename)

    assert_all_said(form)


def test_the_only_heading_that_is_not_known_is_the_only_column_missing(desk: Desk) -> None:
    def rename(book: Any) -> None:
        excel_row(book, "A1").sheet.cell(excel_row(book, "A1").number - 1, 5).value = "Toelichting"

    form, findings = excel(desk, rename)

    assert_all_said(form)
    assert only(findings).code == "IN106"
    assert "Toelichting" in only(findings).message


def test_word_controls_may_be_gone(desk: Desk) -> None:
    form, findings = word(desk, without_controls)

    assert_all_said(form)
    assert findings == []


def test_a_word_table_that_lost_its_headings_is_read_by_the_names_of_its_controls(desk: Desk) -> None:
    def behead(document: Any) -> None:
        for table in document.tables:
            if table.rows[0].cells[0].text == "Statement" and table.rows[1].cells[0].text == "A1":
                table._tbl.remove(table.rows[0]._tr)

    form, findings = word(desk, behead)

    assert_all_said(form)
    assert findings == []


def test_a_program_may_leave_the_mark_of_an_empty_control_on_one_that_it_filled(desk: Desk) -> None:
    def mark_again(document: Any) -> None:
        for tag in ("A1.level", "A1.comment", "A1.evidence1.page"):
            control(document, tag).find(qn("w:sdtPr")).append(OxmlElement("w:showingPlcHdr"))

    form, _ = word(desk, mark_again)

    assert_all_said(form)


def test_an_untouched_form_says_nothing(desk: Desk) -> None:
    for name in ("team.xlsx", "team.docx"):
        form, findings = desk.returned(desk.sent / name)

        assert [a for a in form.answers if a.level or a.comment or a.evidence] == []
        assert findings == []


# Damage: named, with what was typed, and the rest read.


def test_merged_cells_are_named(desk: Desk) -> None:
    def merge(book: Any) -> None:
        row = excel_row(book, "A2")
        row.sheet.merge_cells(start_row=row.number, end_row=row.number, start_column=4, end_column=5)

    form, findings = excel(desk, merge)

    assert answer(form, "A1").level == "high"
    merged = next(f for f in findings if f.code == "IN105")
    assert merged.statement == "A2"
    assert "A2 Level, A2 Comment were merged" in merged.message


def test_cells_merged_over_two_statements_are_named(desk: Desk) -> None:
    def merge(book: Any) -> None:
        first, second = excel_row(book, "A1"), excel_row(book, "A2")
        first.sheet.merge_cells(start_row=first.number, end_row=second.number, start_column=4, end_column=4)

    form, findings = excel(desk, merge)

    assert answer(form, "A2").level is None
    assert "A1 Level, A2 Level were merged" in only(findings).message


def test_merged_cells_in_word_are_named(desk: Desk) -> None:
    def merge(document: Any) -> None:
        for table in document.tables:
            if table.rows[-1].cells[0].text == "A2" and len(table.rows) == 2:
                table.cell(1, 2).merge(table.cell(1, 3))

    form, findings = word(desk, merge)

    assert_all_said(form)
    assert only(findings).statement == "A2"
    assert "were merged" in only(findings).message


def test_a_formula_is_named_with_its_cell(desk: Desk) -> None:
    def formula(book: Any) -> None:
        excel_row(book, "A2").cell("Comment").value = "=E5"

    _, findings = excel(desk, formula)

    found = next(f for f in findings if f.code == "IN105")
    assert (found.severity, found.statement, found.field) == (Severity.WARNING, "A2", "comment")
    assert "formula" in found.message


def test_tracked_changes_are_named_and_read_as_they_would_be_accepted(desk: Desk) -> None:
    def track(document: Any) -> None:
        paragraph = next(control(document, "A2.comment").iter(qn("w:p")))
        run = next(paragraph.iter(qn("w:r")))
        deleted, inserted = OxmlElement("w:del"), OxmlElement("w:ins")
        for change in (deleted, inserted):
            change.set(qn("w:id"), "9")
            change.set(qn("w:author"), "someone")
        run.addprevious(deleted)
        deleted.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")
        new = OxmlElement("w:r")
        new.append(OxmlElement("w:t"))
        new[0].text = "We could tell."
        inserted.append(new)
        deleted.addnext(inserted)

    form, findings = word(desk, track)

    assert answer(form, "A2").comment == "We could tell."
    assert (only(findings).code, only(findings).statement, only(findings).field) == ("IN105", "A2", "comment")


def test_a_prompt_left_beside_an_answer_is_taken_out_and_named(desk: Desk) -> None:
    said = {"A2": Said("Low", "Type your comment here We know little.")}
    form, findings = desk.returned(fill_word(desk.sent / "team.docx", said, desk.root / "filled.docx"))

    assert answer(form, "A2").comment == "We know little."
    assert (only(findings).code, only(findings).statement) == ("IN105", "A2")


def test_a_prompt_left_where_a_comment_should_be_is_named(desk: Desk) -> None:
    said = {"A2": Said("Low", "Click or tap here to enter text.")}
    form, findings = desk.returned(fill_word(desk.sent / "team.docx", said, desk.root / "filled.docx"))

    assert answer(form, "A2").comment == ""
    assert (only(findings).code, only(findings).field) == ("IN105", "comment")


@pytest.mark.parametrize("name", ["team.xlsx", "team.docx"])
def test_an_id_that_nothing_has_is_named_with_what_stands_beside_it(desk: Desk, name: str) -> None:
    def rename(form: Any) -> None:
        if hasattr(form, "worksheets"):
            row = excel_row(form, "A2")
            row.sheet.cell(row.number, 1).value = "A9"
        else:
            for table in form.tables:
                for row in table.rows:
                    if row.cells[0].text == "A2" and len(table.rows) == 2:
                        row.cells[0].text = "A9"

    form, findings = (excel if name.endswith("xlsx") else word)(desk, rename)

    unknown = only(findings)
    assert (unknown.code, unknown.severity) == ("IN102", Severity.BLOCKER)
    assert "`A9`" in unknown.message
    assert "Nobody could tell." in unknown.message
    assert answer(form, "A1").level == "high"


def test_a_row_that_lost_its_id_is_named_with_its_text(desk: Desk) -> None:
    def blank(book: Any) -> None:
        row = excel_row(book, "A2")
        row.sheet.cell(row.number, 1).value = None

    _, findings = excel(desk, blank)

    assert only(findings).code == "IN101"
    assert "Nobody could tell." in only(findings).message


def test_a_word_row_that_lost_its_id_is_known_by_its_control(desk: Desk) -> None:
    def blank(document: Any) -> None:
        for table in document.tables:
            for row in table.rows:
                if row.cells[0].text == "A2" and len(table.rows) == 2:
                    row.cells[0].text = ""

    form, findings = word(desk, blank)

    assert_all_said(form)
    assert (only(findings).code, only(findings).statement) == ("IN105", "A2")


def test_a_second_answer_to_a_statement_is_named_with_its_text(desk: Desk) -> None:
    def again(book: Any) -> None:
        row = excel_row(book, "A1", 2)
        row.sheet.cell(row.number, 4).value = "Low"
        row.sheet.cell(row.number, 5).value = "Written later"

    form, findings = excel(desk, again)

    assert_all_said(form)
    assert (only(findings).code, only(findings).statement) == ("IN103", "A1")
    assert "Written later" in only(findings).message


def test_rows_whose_headings_are_gone_are_named_with_their_text(desk: Desk) -> None:
    def behead(book: Any) -> None:
        row = excel_row(book, "A1")
        row.sheet.delete_rows(row.number - 1)

    form, findings = excel(desk, behead)

    assert answer(form, "1.10").level == "low"
    said = [(f.statement, f.message) for f in findings]
    assert any(s == "A2" and "`Nobody could tell.`" in message for s, message in said)
    assert any(s == "A1" and "`High`" in message for s, message in said)
    assert any(s == "A1" and "`E2 | Board minutes`" in message for s, message in said)


def test_text_typed_beside_the_form_is_named_with_its_place(desk: Desk) -> None:
    def beside(book: Any) -> None:
        row = excel_row(book, "A1")
        row.sheet.cell(row.number, 12).value = "Ask Priya about this"
        row.sheet.cell(row.number, 12).comment = Comment("A note to the team", "someone")
        book.worksheets[0]["D30"] = "On the cover"

    form, findings = excel(desk, beside)

    assert_all_said(form)
    assert {f.code for f in findings} == {"IN105"}
    messages = " ".join(f.message for f in findings)
    for text in ("Ask Priya about this", "A note to the team", "On the cover"):
        assert f"`{text}`" in messages
    assert any(f.field == "L" and f.statement == "A1" for f in findings)


def test_text_typed_between_the_tables_of_a_word_form_is_named(desk: Desk) -> None:
    def between(document: Any) -> None:
        document.add_paragraph("One more thing: we need help.")
        document.tables[3].rows[0].cells[0].paragraphs[0].insert_paragraph_before("In a heading")
        document.add_comment(document.paragraphs[3].runs, "A comment in the margin", author="someone")
        document.sections[0].header.paragraphs[0].add_run(" and a word on top")

    form, findings = word(desk, between)

    assert_all_said(form)
    messages = " ".join(f.message for f in findings)
    for text in ("One more thing: we need help.", "In a heading", "A comment in the margin", "and a word on top"):
        assert text in messages
    assert {f.code for f in findings} <= {"IN105", "IN106"}


def test_a_changed_wording_is_named(desk: Desk) -> None:
    def reword(book: Any) -> None:
        row = excel_row(book, "A1")
        row.cell("What we ask").value = "Aims: The Board has set some aims."

    _, findings = excel(desk, reword)

    assert "The Board has set some aims." in only(findings).message
    assert only(findings).statement == "A1"


def test_dates_and_numbers_that_excel_made_of_answers_are_read_as_seen(desk: Desk) -> None:
    def retype(book: Any) -> None:
        comment, page = excel_row(book, "A2").cell("Comment"), excel_row(book, "A1").cell("Evidence: page")
        comment.value, comment.number_format = datetime.datetime(2026, 2, 12), "dd/mm/yyyy"
        page.value, page.number_format = datetime.datetime(2026, 6, 4), "d-mmm"

    form, _ = excel(desk, retype)

    assert answer(form, "A2").comment == "2026-02-12"
    assert "2026-06-04" in answer(form, "A1").citations[0].fault, "a page that became a date must not pass as a page"


def test_a_level_that_is_none_is_a_value_that_is_not_allowed(desk: Desk) -> None:
    def overtype(book: Any) -> None:
        excel_row(book, "A2").cell("Level").value = "Hihg"

    form, findings = excel(desk, overtype)

    assert (only(findings).code, only(findings).field, only(findings).statement) == ("IN101", "level", "A2")
    assert answer(form, "A2").comment == "Nobody could tell."


# Forms of something else.


@pytest.mark.parametrize("name", ["board.xlsx", "board.docx"])
def test_the_form_of_another_respondent_is_refused(desk: Desk, name: str) -> None:
    form, findings = desk.returned(desk.sent / name, "team")

    assert form.answers == ()
    assert (only(findings).code, only(findings).severity) == ("IN104", Severity.BLOCKER)
    assert "`board`" in only(findings).message


@pytest.mark.parametrize(("label", "other"), [("2025-26", "2024-25"), ("small", "hi-icb")])
def test_the_form_of_another_cycle_or_framework_is_refused(desk: Desk, label: str, other: str) -> None:
    def change(book: Any) -> None:
        for cells in book.worksheets[0].iter_rows():
            for cell in cells:
                if cell.value == label:
                    cell.value = other

    form, findings = excel(desk, change)

    assert form.answers == ()
    assert "IN104" in {f.code for f in findings}
    assert any(f"`{other}`" in f.message for f in findings if f.code == "IN104")


def test_a_form_without_its_cover_is_still_known(desk: Desk) -> None:
    def uncover(book: Any) -> None:
        del book["Cover"]

    for name in ("team", "board"):
        path = fill_excel(desk.sent / f"{name}.xlsx", {}, desk.root / f"{name}.xlsx", uncover)
        _, findings = desk.returned(path, "team")

        assert [f.code for f in findings] == ([] if name == "team" else ["IN104"])


# Actions and the cover.


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_actions_and_the_cover_are_read(desk: Desk, suffix: str) -> None:
    if suffix == "xlsx":

        def act(book: Any) -> None:
            sheet = excel_row(book, "A1").sheet
            row = next(c.row for c in sheet["B"] if c.value == "Action") + 1
            values = ("a2", "Publish the plan", "Director", datetime.date(2026, 9, 30), "It is out")
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value
            for cells in book["Cover"].iter_rows():
                if cells[0].value == "Completed by":
                    cells[1].value = "Director of Strategy"

        path = fill_excel(desk.sent / "team.xlsx", {}, desk.root / "acted.xlsx", act)
    else:
        document = Document(str(desk.sent / "team.docx"))
        for key, text in (
            ("statement", "a2"),
            ("action", "Publish the plan"),
            ("owner", "Director"),
            ("due", "2026-09-30"),
            ("measure", "It is out"),
        ):
            type_into(document, f"A.action1.{key}", text)
        type_into(document, "cover.by", "Director of Strategy")
        path = desk.root / "acted.docx"
        document.save(str(path))

    form, _ = desk.returned(path)

    action = form.actions[0]
    assert (action.statement, action.action, action.owner, action.due, action.measure) == (
        "A2",
        "Publish the plan",
        "Director",
        "2026-09-30",
        "It is out",
    )
    assert form.completed_by == "Director of Strategy"


# More ways in which forms come back.


def test_a_line_for_evidence_that_was_added_to_a_word_table_is_read(desk: Desk) -> None:
    def add(document: Any) -> None:
        for table in document.tables:
            if table.rows[-1].cells[0].text == "A2" and len(table.rows) == 4:
                cells = table.add_row().cells
                cells[1].text, cells[2].text = "E2", "9"

    form, findings = word(desk, add)

    assert answer(form, "A2").evidence == "E2 p.9"
    assert findings == []


def test_two_tables_that_were_joined_into_one_are_read(desk: Desk) -> None:
    def join(document: Any) -> None:
        tables = [t for t in document.tables if t.rows[-1].cells[0].text == "A1"]
        for row in list(tables[1].rows):
            tables[0]._tbl.append(row._tr)
        tables[1]._tbl.getparent().remove(tables[1]._tbl)

    form, findings = word(desk, join)

    assert_all_said(form)
    assert findings == []


def test_a_sheet_that_was_copied_changes_nothing(desk: Desk) -> None:
    def twice(book: Any) -> None:
        book.copy_worksheet(book.worksheets[1])

    form, _ = excel(desk, twice)

    assert_all_said(form)


def test_text_that_a_program_put_into_the_cells_of_a_word_form_is_read(desk: Desk) -> None:
    def put(document: Any) -> None:
        for table in document.tables:
            if table.rows[-1].cells[0].text == "A2" and len(table.rows) == 2:
                table.rows[1].cells[1].text = "Low"
                table.rows[1].cells[2].add_paragraph("Added below the prompt")

    form, _ = desk.returned(fill_word(desk.sent / "team.docx", {}, desk.root / "filled.docx", put))

    assert (answer(form, "A2").level, answer(form, "A2").comment) == ("low", "Added below the prompt")


def test_a_sheet_that_was_saved_as_csv_is_read(desk: Desk) -> None:
    book = load_workbook(fill_excel(desk.sent / "team.xlsx", FULL, desk.root / "filled.xlsx"))
    saved = desk.root / "team.csv"
    with saved.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([c or "" for c in row] for row in book.worksheets[1].iter_rows(values_only=True))

    form, findings = desk.returned(saved)

    assert answer(form, "A1").comment == FULL["A1"].comment
    assert answer(form, "A1").evidence == EVIDENCE["A1"]
    assert findings == []


def test_actions_that_are_not_in_the_plan_are_noted_until_they_are(desk: Desk) -> None:
    document = Document(str(desk.sent / "team.docx"))
    type_into(document, "A.action1.action", "Publish the plan")
    path = desk.root / "acted.docx"
    document.save(str(path))

    _, findings = desk.returned(path)
    noted = only(findings)
    (desk.root / "assessments" / "2025-26" / "actions.csv").write_text(
        "id,section,statement,action,owner,due,status,measure\nX1,A,A1,Publish  the plan,D,2026-09-30,open,m\n", "utf-8"
    )

    assert (noted.code, noted.severity) == ("IN105", Severity.NOTE)
    assert "Publish the plan" in noted.message
    assert desk.returned(path)[1] == []


def test_a_respondent_whom_nobody_knows_is_not_taken_for_the_one_of_the_file(desk: Desk) -> None:
    def change(book: Any) -> None:
        for cells in book.worksheets[0].iter_rows():
            for cell in cells:
                if cell.value == "team":
                    cell.value = "someone-else"

    form, findings = excel(desk, change)

    assert form.answers == ()
    assert "IN104" in {f.code for f in findings}


def test_a_word_form_names_no_rows_that_nobody_could_find(desk: Desk) -> None:
    said = {"A2": Said("Hihg", "c", "", (("E99", "4", ""),))}
    form, findings = desk.returned(fill_word(desk.sent / "team.docx", said, desk.root / "filled.docx"))

    assert (only(findings).code, only(findings).row, only(findings).statement) == ("IN101", None, "A2")
    assert answer(form, "A2").place.row is None
