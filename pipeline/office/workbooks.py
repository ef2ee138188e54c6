"""Excel workbooks: cells as people see them, formulas by the result that was saved."""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.errors import InputError
from pipeline.office.live_cells import unescaped
from pipeline.office.sources import office_package

MOST_CELL = 1_000_000
"""Letters in one cell; more means that a quotation mark was never closed."""
MOST_ROWS = 50_000

FORMULA, UNCALCULATED, TRACKED = "formula", "uncalculated", "tracked"
PROMPT, PROMPT_BESIDE = "prompt", "prompt beside"
WORKBOOKS = (".xlsx", ".xlsm", ".ods")
MARKS: Mapping[str, tuple[str, str]] = {
    FORMULA: ("A formula stands here; its last saved result is used.", "Type the value itself over the formula."),
    UNCALCULATED: (
        "A formula stands here whose result was never saved, so the cell reads as empty.",
        "Type the value itself over the formula.",
    ),
    TRACKED: (
        "Tracked changes stand here: what was added is read, what was struck out is not.",
        "Accept or reject the changes in Word and save the form.",
    ),
    PROMPT: ("The form's own prompt was left here, so the cell reads as empty.", "Type the answer over the prompt."),
    PROMPT_BESIDE: (
        "The form's own prompt was left beside the answer; only the answer is read.",
        "Take the prompt out.",
    ),
}
"""Mark of a cell -> message and remedy."""


@dataclass(frozen=True)
class Grid:
    """The filled rows of a sheet, each with its number as a spreadsheet shows it."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str = ""
    hidden: bool = False
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> what else there is to know of a cell: one of `MARKS`."""
    tags: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> the name of the content control in a cell of a Word table."""
    unseen: Mapping[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """(row number, column index) -> words that are not read, with why: struck out, in the colour of the paper."""
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> that its row or column is hidden; what stands there is read."""
    colours: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) -> the colours of a cell, where it has any."""
    gone: tuple[tuple[str, ...], ...] = ()
    """The cells of rows that were deleted with tracking."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Cells made into one: first row, first column, last row, last column."""


def read_csv(text: str, name: str, headings: frozenset[str]) -> Grid:
    """The rows of a CSV text; the separator is the one that shows the most of the headings."""
    separator = separator_of(text, headings)
    text = text[begins_with_separator(text) :]
    rows = []
    for number, cells in _records(text, separator, name):
        if any(cell.strip() for cell in cells):
            rows.append((number, tuple(cells)))
        if len(rows) > MOST_ROWS:
            raise too_many_rows(name)
    return Grid(tuple(rows))


def too_many_rows(name: str) -> InputError:
    """The error for a table that no team filled in by hand."""
    return InputError(
        f"The table has more than {MOST_ROWS:,} filled rows.", "Check that it is the right file.", file=name
    )


def separator_of(text: str, headings: frozenset[str]) -> str:
    """What stands between the cells of a CSV text."""
    text = text[begins_with_separator(text) :]
    return max(",;\t", key=lambda s: _headings_shown(text, s, headings))


def begins_with_separator(text: str) -> int:
    """Where the first row begins: Excel writes `sep=;` above the header and does not count it as a row."""
    first, end, _ = text.partition("\n")
    named = first.strip().strip('"').lower() in {"sep=;", "sep=,", "sep=\t", "sep="}
    return len(first) + len(end) if named else 0


def _headings_shown(text: str, separator: str, headings: frozenset[str]) -> int:
    shown = 0
    try:
        for number, cells in _records(text[:20_000], separator, ""):
            shown = max(shown, sum(" ".join(c.replace("_", " ").split()).casefold() in headings for c in cells))
            if number > 30:
                break
    except InputError:
        pass
    return shown


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    before = csv.field_size_limit(MOST_CELL)
    number = 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as fault:
        raise _broken_quotation(str(fault), name, number + 1) from fault
    finally:
        csv.field_size_limit(before)


def _broken_quotation(fault: str, name: str, row: int) -> InputError:
    if "expected after" in fault:
        message = "A cell begins with a quotation mark, and something stands behind the mark that ends it."
        remedy = 'Within a cell in quotation marks each further mark is doubled: "". Saving from Excel does this.'
    else:
        message = "A quotation mark that begins a cell is never closed, so the rest of the file runs into this row."
        remedy = "Close the quotation mark at the end of the cell. Saving from Excel does this."
    return InputError(message, remedy, file=name, row=row)


MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""
_MOST_CELLS = 400_000
_NOT_FIGURES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]|[£$€ ()-]')
"""Parts of a number format that are not figures: words, colours, currency signs, spaces as wide as a letter."""
_PLAIN_NUMBER = re.compile(r"(0++)?#?,?#*+0*+(?:\.(0++))?(%?)")


def read_workbook(content: bytes, name: str) -> tuple[Grid, ...]:
    """Every sheet of a workbook, hidden ones marked."""
    from openpyxl import load_workbook

    package = office_package(content, name, "Excel workbook")
    try:
        with warnings.catch_warnings():
            # Data validation and the like, which does not concern the values.
            warnings.simplefilter("ignore")
            book = load_workbook(package, read_only=True, data_only=True, keep_links=False)
            return tuple(_grid(sheet, name) for sheet in book.worksheets)
    except InputError:
        raise
    except Exception as fault:  # the library raises what it likes on a damaged workbook
        raise InputError(
            "The workbook is damaged or is not in Excel's own format, so it cannot be read.",
            "Open it in Excel and save it again as .xlsx.",
            file=name,
        ) from fault


def _grid(sheet: Any, name: str) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    marks: dict[tuple[int, int], str] = {}
    left = _MOST_CELLS
    for number, cells in _rows(sheet):
        left -= len(cells)
        if left < 0 or len(rows) > MOST_ROWS:
            raise too_many_rows(name)
        texts = [""] * max((column + 1 for column, *_ in cells), default=0)
        for column, text, has_formula in cells:
            texts[column] = text
            if has_formula:
                marks[number, column] = FORMULA if text else UNCALCULATED
        if any(t.strip() for t in texts):
            rows.append((number, tuple(texts)))
    return Grid(tuple(rows), sheet.title, sheet.sheet_state != "visible", marks)


def _rows(sheet: Any) -> Iterator[tuple[int, list[tuple[int, str, bool]]]]:
    """Row number and (column from 0, text, whether a formula) of its cells.

    The library's own `iter_rows` makes every row and cell up to the last one that bears a style, which can be a
    thousand million; so its parser of single cells is used on those that are there.
    """
    from lxml.etree import iterparse
    from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for _, row in iterparse(source, tag=ROW_TAG, resolve_entities=False, no_network=True):
            number, cells = parser.parse_row(row)
            formulas = [e.find(FORMULA_TAG) is not None for e in row]
            yield (
                number,
                [
                    (cell["column"] - 1, cell_text(cell["value"], _format(sheet, cell)), formula)
                    for cell, formula in zip(cells, formulas, strict=True)
                    if cell["column"] <= MOST_COLUMNS and (cell["value"] is not None or formula)
                ],
            )
            _forget(row)


def _format(sheet: Any, cell: dict[str, Any]) -> str | None:
    from openpyxl.cell.read_only import ReadOnlyCell

    return ReadOnlyCell(sheet, **cell).number_format if isinstance(cell["value"], int | float) else None


def _forget(row: Any) -> None:
    """Rows that were read need no memory."""
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]


def cell_text(value: object, number_format: str | None) -> str:
    """What a person sees in a cell, as far as the file tells."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time.min
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    return unescaped(str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _number_text(value: float, number_format: str | None) -> str:
    """`1.1` shown with two decimals is the id 1.10; a format never takes away digits that were typed."""
    figures = _NOT_FIGURES.sub("", (number_format or "General").partition(";")[0])
    shown = _PLAIN_NUMBER.fullmatch(figures)
    percent = bool(shown and shown[3])
    text = f"{value * 100 if percent else value:.15g}"
    if "n" in text:  # inf, nan
        return str(value)
    if "e" in text:
        return f"{value:.0f}" if abs(value) < 1e21 and value == int(value) else text
    whole, _, decimals = text.partition(".")
    if shown:
        sign = "-" if whole.startswith("-") else ""
        whole = sign + whole.removeprefix("-").zfill(len(shown[1] or ""))
        decimals = decimals.ljust(len(shown[2] or ""), "0")
    return f"{whole}.{decimals}{'%' if percent else ''}" if decimals else f"{whole}{'%' if percent else ''}"
