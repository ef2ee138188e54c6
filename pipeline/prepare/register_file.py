"""The register's own file, CSV or Excel: which ids it has, and the same file with one row more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pipeline.inputs.editing import empty_sheet, open_sheet, with_row
from pipeline.inputs.faults import Faults
from pipeline.inputs.tables import TABLES, find_table, read_table
from pipeline.office.sources import read_bytes
from pipeline.workspace import Workspace

COLUMNS = TABLES["register"]


def register_ids(ws: Workspace, column_names: Mapping[str, str]) -> tuple[str, ...]:
    """Every id in the register; none where there is no register yet."""
    table = read_table(ws, ws.evidence, "register", {"register": column_names}, Faults())
    return tuple(row.word("id") for row in table.rows if row.word("id")) if table else ()


def append_row(ws: Workspace, row: Mapping[str, str], column_names: Mapping[str, str]) -> tuple[Path, bytes]:
    """The register's path and its content with the row at its end; nothing else in it changes."""
    path = find_table(ws, ws.evidence, "register")
    if path is None:
        path = ws.evidence / "register.csv"
        return path, with_row(empty_sheet(ws.relative(path), COLUMNS), row)
    return path, with_row(open_sheet(read_bytes(ws, path), ws.relative(path), COLUMNS, column_names), row)
