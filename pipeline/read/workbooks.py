"""Excel workbooks: cells as people see them, formulas by the result that was saved."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from typing import Any

from pipeline.errors import InputError
from pipeline.read.grids import FORMULA, MOST_ROWS, UNCALCULATED, Grid, too_many_rows
from pipeline.read.live_cells import unescaped
from pipeline.read.sources import office_package

MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""
_MOST_CELLS = 400_000
_NOT_FIGURES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[£$€ ()-]')
"""Parts of a number format that are not figures: words, colours, currency signs, spaces as wide as a letter."""
_PLAIN_NUMBER = re.compile(r"(0+)?#?,?#*0*(?:\.(0+))?(%?)")


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
