"""The register's own file, CSV or Excel: which ids it has, and the same file with one row more."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import InputError, UsageError
from pipeline.inputs.faults import Faults
from pipeline.inputs.tables import TABLES, best_grid, find_table, grids_of, header_of, read_table
from pipeline.office.sources import decode, read_bytes
from pipeline.office.workbooks import Grid
from pipeline.workspace import Workspace

COLUMNS = TABLES["register"]
_MORE_THAN_CELLS = ("xl/drawings/", "xl/charts/", "xl/pivotTables/", "xl/vbaProject", "xl/slicers/", "xl/revisions/")


def register_ids(ws: Workspace, column_names: Mapping[str, str]) -> tuple[str, ...]:
    """Every id in the register; none where there is no register yet."""
    table = read_table(ws, ws.evidence, "register", {"register": column_names}, Faults())
    return tuple(row.word("id") for row in table.rows if row.word("id")) if table else ()


def append_row(ws: Workspace, row: Mapping[str, str], column_names: Mapping[str, str]) -> tuple[Path, bytes]:
    """The register's path and its content with the row at its end; nothing else in it changes."""
    path = find_table(ws, ws.evidence, "register")
    if path is None:
        path = ws.evidence / "register.csv"
        return path, _with_csv_row(_csv_line(COLUMNS.needed, ",").encode(), row, COLUMNS.needed, ",")
    content, name = read_bytes(ws, path), ws.relative(path)
    grid = best_grid(grids_of(content, name, COLUMNS, column_names), COLUMNS, column_names)
    number, heads = header_of(grid, COLUMNS, column_names)
    columns = tuple(_column(head, column_names) for head in heads)
    if path.suffix.lower() == ".xlsx":
        return path, _with_excel_row(content, name, grid, number, columns, row)
    return path, _with_csv_row(content, row, columns, _separator(decode(content, name), len(heads), number))


def _column(heading: str, column_names: Mapping[str, str]) -> str:
    plain = _plain(heading)
    own = next((ours for theirs, ours in column_names.items() if _plain(theirs) == plain), None)
    return own or next((column for column in COLUMNS.all if _plain(column) == plain), "")


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("*", " ").split()).casefold().rstrip(":")


def _separator(text: str, columns: int, number: int) -> str:
    header = next(csv.reader(io.StringIO("\n".join(text.splitlines()[number - 1 :]))), [])
    if len(header) == columns:
        return ","
    return max(";\t,", key=lambda s: text.splitlines()[number - 1].count(s))


def _with_csv_row(content: bytes, row: Mapping[str, str], columns: tuple[str, ...], separator: str) -> bytes:
    encoding = _encoding(content)
    text = content.decode(encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += line_end
    text += _csv_line([row.get(column, "") for column in columns], separator, line_end)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        # The old Windows letters have no room for it; UTF-8 with its mark is read by Excel too.
        return codecs.BOM_UTF8 + text.encode("utf-8")


def _encoding(content: bytes) -> str:
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _csv_line(cells: list[str] | tuple[str, ...], separator: str, line_end: str = "\n") -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator=line_end).writerow(cells)
    return line.getvalue()


def _with_excel_row(
    content: bytes, name: str, grid: Grid, header: int, columns: tuple[str, ...], row: Mapping[str, str]
) -> bytes:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(part.startswith(_MORE_THAN_CELLS) for part in archive.namelist()):
            said = "; ".join(f"{column}: {row.get(column, '')}" for column in columns if row.get(column))
            raise UsageError(
                f"{name} holds pictures, charts or the like, which would be lost if a program saved it.",
                f"Type the row into it yourself: {said}.",
            )
    try:
        book = load_workbook(io.BytesIO(content))
    except Exception as fault:  # the library raises what it likes on a damaged workbook
        raise InputError("The workbook cannot be opened.", "Save it again from Excel.", file=name) from fault
    sheet = book[grid.sheet]
    last = max((number for number, _ in grid.rows), default=header)
    for index, column in enumerate(columns, 1):
        if row.get(column):
            cell = sheet.cell(last + 1, index)
            cell.value, cell.data_type = row[column], "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
