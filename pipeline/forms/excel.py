"""One respondent's form as an Excel workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from pipeline.forms import wording as words
from pipeline.forms.content import Asked, FormContent, Part, facts
from pipeline.forms.excel_cells import (
    ESCAPED,
    SMALLER,
    height,
    held,
    lay_out,
    open_cell,
    put,
    put_header,
    put_header_cell,
    put_statement,
    shade,
    validation,
)
from pipeline.forms.sentences import CHOOSE_LOWER, EVIDENCE_LINES, MAY_BE_PRINTED
from pipeline.forms.wording import last_print, make_stamp
from pipeline.office.archive import midnight, same_bytes
from pipeline.text import date_in_words, sentence_case

ACTION_LINES = 4
WIDTHS = (11, 39, 19, 12, 36, 16, 18, 12, 21)
"""So that a page of A4 across shows 10 points at 8 or more."""
_OPEN_ACTION = ("Open already", words.ACTION, words.OWNER, words.DUE, words.MEASURE)


def write_section(sheet: Any, content: FormContent, part: Part) -> None:
    """Fill one section's sheet."""
    lay_out(sheet, WIDTHS, f"{content.organisation}, {content.cycle}, {content.respondent.name}")
    put(sheet, 1, 1, part.title, bold=True, size=16, wrap=False)
    row = 2
    for line in filter(None, (part.scope, f"{MAY_BE_PRINTED} {CHOOSE_LOWER}")):
        put(sheet, row, 1, line, wrap=False)
        row += 1
    row = _levels(sheet, row + 1, part)
    sheet.print_title_rows = f"{row}:{row}"
    row = _statements(sheet, row, part)
    _actions(sheet, row + 1, content, part)
    sheet.freeze_panes = "B1"


def _levels(sheet: Any, row: int, part: Part) -> int:
    """What each level means: in general over columns B to D, in this section over E to I."""
    here = any(m.here for m in part.meanings)
    general, local = sum(WIDTHS[1:4]), sum(WIDTHS[4:])
    put_header(sheet, row, ("The levels", "What each means"))
    shown = [("What each means", "In this section" if here else "")]
    for meaning in part.meanings:
        put(sheet, row + len(shown), 1, meaning.name, bold=True)
        shown.append((meaning.meaning, meaning.here))
    for line, (meaning_text, here_text) in enumerate(shown):
        at = row + line
        if line:
            put(sheet, at, 2, meaning_text, size=10)
            put(sheet, at, 5, here_text, size=10)
        elif here:
            put_header_cell(sheet, at, 5, here_text)
        sheet.merge_cells(start_row=at, end_row=at, start_column=2, end_column=4)
        sheet.merge_cells(start_row=at, end_row=at, start_column=5, end_column=9)
        sheet.row_dimensions[at].height = height((meaning_text, general * SMALLER), (here_text, local * SMALLER))
    return row + len(shown) + 1


def _statements(sheet: Any, row: int, part: Part) -> int:
    headings = (
        words.STATEMENT,
        words.ASKED,
        words.LAST,
        words.LEVEL,
        words.COMMENT,
        f"{words.PUBLIC} (optional)",
        f"{words.DOCUMENT} ({words.DOCUMENT_HELP})",
        f"{words.PAGE} ({words.PAGE_HELP})",
        f"{words.WORDS} ({words.WORDS_HELP})",
    )
    put_header(sheet, row, headings)
    sheet.row_dimensions[row].height = height(*zip(headings, WIDTHS, strict=True))
    first = row + 1
    for asked in part.asked:
        row = _statement(sheet, row, asked)
    for rule, columns in _rules():
        for column in columns:
            rule.add(f"{column}{first}:{column}{row}")
        sheet.add_data_validation(rule)
    return row + 1


def _statement(sheet: Any, row: int, asked: Asked) -> int:
    """A first row for the answer, and further rows for further documents, each with the statement's id."""
    for line in range(EVIDENCE_LINES):
        row += 1
        put(sheet, row, 1, asked.id, bold=line == 0)
        shade(sheet, row, range(1, 4 if line == 0 else 7))
        if line == 0:
            title = f"{asked.name}: {asked.text}" if asked.name else asked.text
            put_statement(sheet, row, 2, title, asked.notes)
            last = _last(asked)
            put(sheet, row, 3, last, size=10)
            question = height((title, WIDTHS[1])) + height(("\n".join(asked.notes), WIDTHS[1] * SMALLER))
            sheet.row_dimensions[row].height = max(60, question, height((last, WIDTHS[2] * SMALLER)))
        else:
            put(sheet, row, 2, f"Another document for {asked.id}", size=10)
        for column in range(4 if line == 0 else 7, 10):
            open_cell(sheet, row, column)
    return row


def _last(asked: Asked) -> str:
    return f"{asked.last_level}\n{asked.last_comment}".strip()


def _rules() -> list[tuple[Any, str]]:
    level = validation(
        "list",
        words.LEVEL,
        f"Choose a level; what each means stands at the top of this sheet. {CHOOSE_LOWER}",
        formula1="=Levels",
        showErrorMessage=True,
        errorTitle=words.LEVEL,
        error="Please choose one of the levels from the list.",
    )
    document = validation(
        "list",
        words.DOCUMENT,
        "Choose the document from the list. If it is not there, write its name and send it with the form.",
        formula1="=Documents",
        showErrorMessage=False,
    )
    page = validation(
        "textLength",
        words.PAGE,
        f"{sentence_case(words.PAGE_HELP)}. For example 4, or 4-6.",
        operator="lessThan",
        formula1="200",
        showErrorMessage=False,
    )
    return [(level, "D"), (document, "G"), (page, "H")]


def _actions(sheet: Any, row: int, content: FormContent, part: Part) -> None:
    put(sheet, row, 1, words.ACTIONS, bold=True, size=14, wrap=False)
    put(sheet, row + 1, 1, content.sentences.for_actions, wrap=False)
    row += 2
    if part.open_actions:
        row = _open_actions(sheet, row, part)
    put_header(sheet, row, (words.STATEMENT, words.ACTION, words.OWNER, words.DUE, words.MEASURE))
    for _ in range(ACTION_LINES):
        row += 1
        for column in range(1, 6):
            open_cell(sheet, row, column)
    due = validation(
        "textLength",
        words.DUE,
        "Year, month and day, for example 2026-09-30.",
        operator="lessThan",
        formula1="200",
        showErrorMessage=False,
    )
    due.add(f"D{row - ACTION_LINES + 1}:D{row}")
    sheet.add_data_validation(due)


def _open_actions(sheet: Any, row: int, part: Part) -> int:
    put_header(sheet, row, _OPEN_ACTION)
    for action in part.open_actions:
        row += 1
        shade(sheet, row, range(1, 6))
        subject = f"{action.id} ({action.statement})" if action.statement else action.id
        values = (subject, action.action, action.owner, date_in_words(action.due), action.measure)
        for column, value in enumerate(values, 1):
            put(sheet, row, column, value, size=10)
        sheet.row_dimensions[row].height = height(*zip(values, WIDTHS, strict=False))
    return row + 2


DOCUMENT_WIDTHS = (14, 70, 20, 34)
SOURCE_WIDTHS = (60, 32, 8, 46, 24, 20)


def excel_form(content: FormContent) -> bytes:
    """The workbook, ready to be written."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    _cover(cover, content)
    names = _sheet_names([f"{p.id} {p.title}" for p in content.parts], {"cover", "documents", "resources", "lists"})
    for part, name in zip(content.parts, names, strict=True):
        write_section(book.create_sheet(name), content, part)
    _documents(book.create_sheet("Documents"), content)
    _resources(book.create_sheet("Resources"), content)
    _lists(book, content)
    _properties(book, content)
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue(), content.made_on)


def _cover(sheet: Any, content: FormContent) -> None:
    lay_out(sheet, (30, 90), f"{content.organisation}, {content.cycle}, {content.respondent.name}", landscape=False)
    put(sheet, 1, 1, content.sentences.title, bold=True, size=18, wrap=False)
    put(sheet, 2, 1, content.organisation, bold=True, size=14, wrap=False)
    row = _paragraphs(sheet, 4, content.sentences.welcome)
    row = _facts(sheet, row, content)
    row = _to_fill_in(sheet, row, content)
    for heading, lines in (
        ("How to answer", content.sentences.how_to_answer),
        ("How to return it", content.sentences.how_to_return),
        ("What happens with your answers", content.sentences.after),
    ):
        put(sheet, row, 1, heading, bold=True, size=14, wrap=False)
        row = _paragraphs(sheet, row + 1, lines)


def _paragraphs(sheet: Any, row: int, lines: Iterable[str]) -> int:
    for line in lines:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        put(sheet, row, 1, line)
        # A merged cell does not size its row by itself.
        sheet.row_dimensions[row].height = height((line, 135))
        row += 1
    return row + 1


def _facts(sheet: Any, row: int, content: FormContent) -> int:
    put_header(sheet, row, ("About this form", "Please leave as it is"))
    for label, value in facts(content):
        row += 1
        shade(sheet, row, (1, 2))
        put(sheet, row, 1, label, bold=True)
        put(sheet, row, 2, value)
    return row + 2


def _to_fill_in(sheet: Any, row: int, content: FormContent) -> int:
    put_header(sheet, row, ("Please fill in", "Your answer"))
    for label in (words.COMPLETED_BY, words.COMPLETED_ON, words.METHOD):
        row += 1
        put(sheet, row, 1, label, bold=True)
        open_cell(sheet, row, 2)
    way = validation("list", words.METHOD, "Choose how these answers came about.", formula1="=Ways")
    way.add(f"B{row}")
    day = validation(
        "textLength",
        words.COMPLETED_ON,
        f"Year, month and day, for example {content.made_on}.",
        operator="lessThan",
        formula1="200",
        showErrorMessage=False,
    )
    day.add(f"B{row - 1}")
    sheet.add_data_validation(way)
    sheet.add_data_validation(day)
    return row + 2


def _documents(sheet: Any, content: FormContent) -> None:
    lay_out(sheet, DOCUMENT_WIDTHS, content.organisation)
    put(sheet, 1, 1, words.CITABLE, bold=True, size=16, wrap=False)
    put_header(sheet, 3, ("Id", "Title", "Dated", "Note"))
    for row, choice in enumerate(content.documents, 4):
        values = (choice.id, choice.title, choice.dated, sentence_case(choice.note))
        for column, value in enumerate(values, 1):
            put(sheet, row, column, value)
        sheet.row_dimensions[row].height = height(*zip(values, DOCUMENT_WIDTHS, strict=True))
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"


def _resources(sheet: Any, content: FormContent) -> None:
    lay_out(sheet, SOURCE_WIDTHS, content.organisation)
    put(sheet, 1, 1, words.RESOURCES, bold=True, size=16, wrap=False)
    put_header(sheet, 3, ("Title", "Publisher", "Year", "Address", "Note", "Statements that name it"))
    for row, source in enumerate(content.sources, 4):
        values = (source.title, source.publisher, source.year, source.url, source.note, ", ".join(source.named_by))
        for column, value in enumerate(values, 1):
            cell = put(sheet, row, column, value)
            if column == 4 and re.match(r"https?://", value):
                cell.hyperlink = value
        sheet.row_dimensions[row].height = height(*zip(values, SOURCE_WIDTHS, strict=True))
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"


def _lists(book: Workbook, content: FormContent) -> None:
    """The hidden sheet: what the drop-downs offer, and what this form said when it was sent out."""
    cells = (c.value for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    said = [str(text).replace(f"{ESCAPED}x", "_x") for text in cells]
    said += [last_print(a.id, held(_last(a))) for p in content.parts for a in p.asked]
    said.append(last_print("", ""))
    sheet = book.create_sheet(words.LISTS_SHEET)
    sheet.sheet_state = "hidden"
    offered = [words.list_entry(d.id, d.title) for d in content.documents if d.listed]
    for column, (name, values) in enumerate(
        (("Levels", content.levels), ("Documents", offered or [""]), ("Ways", words.METHODS)), 1
    ):
        _column(sheet, column, values)
        letter = "ABC"[column - 1]
        target = f"{words.LISTS_SHEET}!${letter}$1:${letter}${len(values)}"
        book.defined_names[name] = DefinedName(name, attr_text=target)
    marks = make_stamp(content.cycle, content.framework, content.respondent.id, said, second=content.second)
    _column(sheet, 4, list(marks))
    _column(sheet, 5, list(marks.values()))


def _column(sheet: Any, column: int, values: Sequence[str]) -> None:
    for row, value in enumerate(values, 1):
        put(sheet, row, column, value)


def _sheet_names(wanted: Iterable[str], taken: set[str]) -> list[str]:
    """Names that Excel takes: at most 31 characters, none of its signs, none twice whatever their case."""
    names = []
    for name in wanted:
        base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ") or "Section"
        short, number = base[:31].strip("' "), 1
        while short.casefold() in taken:
            number += 1
            short = f"{base[:27].strip()} {number}"
        taken.add(short.casefold())
        names.append(short)
    return names


def _properties(book: Workbook, content: FormContent) -> None:
    day = midnight(content.made_on)
    book.properties.title = f"{content.sentences.title} ({content.cycle})"
    book.properties.creator = content.organisation
    book.properties.lastModifiedBy = content.organisation
    book.properties.language = "en-GB"
    book.properties.created = book.properties.modified = day
    book.security = WorkbookProtection(lockStructure=True)
