"""The sheet of one section: levels and their meanings, statements with room for answers, the action grid."""

from __future__ import annotations

from typing import Any

from pipeline.prepare.excel_cells import (
    SMALLER,
    height,
    lay_out,
    open_cell,
    put,
    put_header,
    put_header_cell,
    put_statement,
    shade,
    validation,
)
from pipeline.prepare.form_content import Asked, FormContent, Part
from pipeline.prepare.form_sentences import CHOOSE_LOWER, EVIDENCE_LINES, MAY_BE_PRINTED
from pipeline.read import forms_words as words
from pipeline.words import date_in_words, sentence_case

ACTION_LINES = 4
WIDTHS = (12, 42, 21, 13, 38, 17, 20, 13, 24)
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
            last = f"{asked.last_level}\n{asked.last_comment}".strip()
            put(sheet, row, 3, last, size=10)
            question = height((title, WIDTHS[1])) + height(("\n".join(asked.notes), WIDTHS[1] * SMALLER))
            sheet.row_dimensions[row].height = max(60, question, height((last, WIDTHS[2] * SMALLER)))
        else:
            put(sheet, row, 2, f"Another document for {asked.id}", size=10)
        for column in range(4 if line == 0 else 7, 10):
            open_cell(sheet, row, column)
    return row


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
