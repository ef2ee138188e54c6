"""Excel workbooks: cells as people see them, formulas by the result that was saved."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Iterator
from typing import Any

from pipeline.errors import InputError
from pipeline.read.grids import FORMULA, MOST_ROWS, UNCALCULATED, Grid, too_many_rows
from pipeline.read.sources import office_package

MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""
_MOST_CELLS = 3_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_NUMBER = re.compile(r"(0+)?#?,?#*0*(?:\.(0+))?(%?)")


def read_workbook(content: bytes, name: str) -> tuple[Grid, ...]:
    """Every sheet of a workbook, hidden ones marked."""
    package = office_package(content, name, "Excel workbook")
    try:
        with warnings.catch_warnings():
            # Data validation and the like, which does not concern the values.
            warnings.simplefilter("ignore")
            results = _open(package, results=True)
            package.seek(0)
            formulas = _open(package, results=False)
            return tuple(_grid(results[s.title], s, name) for s in formulas.worksheets)
    except InputError:
        raise
    except Exception as fault:  # the library raises what it likes on a damaged workbook
        raise InputError(
            "The workbook is damaged or is not in Excel's own format, so it cannot be read.",
            "Open it in Excel and save it again as .xlsx.",
            file=name,
        ) from fault


def _open(package: Any, results: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(package, read_only=True, data_only=results, keep_links=False)


def _grid(results: Any, formulas: Any, name: str) -> Grid:
    marks = {(r, c): UNCALCULATED for r, cells in _rows(formulas, name) for c, cell in cells if cell.data_type == "f"}
    rows = []
    for number, cells in _rows(results, name):
        texts: list[str] = []
        for column, cell in cells:
            texts.extend("" for _ in range(column - len(texts)))
            texts.append(cell_text(cell.value, cell.number_format or "General"))
            if (number, column) in marks:
                marks[number, column] = FORMULA
        if any(t.strip() for t in texts):
            rows.append((number, tuple(texts)))
        if len(rows) > MOST_ROWS:
            raise too_many_rows(name)
    return Grid(tuple(rows), results.title, results.sheet_state != "visible", marks)


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, list[tuple[int, Any]]]]:
    """Row number and its cells that hold something, with their column counted from 0."""
    sheet.reset_dimensions()  # the size that a sheet claims may be wrong
    left = _MOST_CELLS
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        cells = [(index, cell) for index, cell in enumerate(row) if cell.value is not None]
        if cells:
            left -= len(cells)
            if left < 0:
                raise too_many_rows(name)
            yield number, cells


def cell_text(value: object, number_format: str) -> str:
    """What a person sees in a cell, as far as the file tells."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number_text(value: float, number_format: str) -> str:
    """`1.1` shown with two decimals is the id 1.10; a format never takes away digits that were typed."""
    shown = _PLAIN_NUMBER.fullmatch(number_format)
    percent = bool(shown and shown[3])
    text = f"{value * 100 if percent else value:.15g}"
    if "e" in text or "n" in text:  # 1e+20, inf, nan
        return str(value)
    whole, _, decimals = text.partition(".")
    if shown:
        sign = "-" if whole.startswith("-") else ""
        whole = sign + whole.removeprefix("-").zfill(len(shown[1] or ""))
        decimals = decimals.ljust(len(shown[2] or ""), "0")
    return f"{whole}.{decimals}{'%' if percent else ''}" if decimals else f"{whole}{'%' if percent else ''}"
