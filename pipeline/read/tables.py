"""Tables in CSV or Excel: found by their headings, values as written, rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Place, Severity
from pipeline.read.columns import TABLES, Columns
from pipeline.read.faults import Faults
from pipeline.read.grids import MARKS, Grid, read_csv
from pipeline.read.nearest import MISSPELT, nearest, shown
from pipeline.read.sources import decode, listed, read_bytes
from pipeline.read.workbooks import read_workbook
from pipeline.workspace import Workspace

ColumnNames = Mapping[str, Mapping[str, str]]
"""Table -> {the team's heading -> our column}."""
_ROWS_ABOVE = 30
"""How far down the header may stand below titles and notes."""
_OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")


@dataclass(frozen=True)
class Row:
    """One row: column -> text as written. A cell that is not there is empty."""

    file: str
    number: int
    cells: Mapping[str, str]
    too_long: str = ""
    """What stands beyond the last column, where anything does."""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def word(self, column: str) -> str:
        """The cell without outer spaces."""
        return self[column].strip()

    def place(self, column: str | None = None) -> Place:
        """Where a cell stands."""
        return Place(self.file, self.number, column)


@dataclass(frozen=True)
class Table:
    """The rows of one table."""

    file: str
    rows: tuple[Row, ...]

    def column(self, name: str) -> list[str]:
        """One column, top to bottom."""
        return [row[name] for row in self.rows]


def find_table(ws: Workspace, folder: Path, name: str) -> Path | None:
    """`name`.csv or `name`.xlsx in a folder; both, or another format, is an InputError."""
    here = [p for p in listed(folder) if p.stem.casefold() == name and p.suffix.lower() in (".csv", ".xlsx")]
    if len(here) > 1:
        raise InputError(
            f"The table `{name}` is there more than once: {' and '.join(p.name for p in here)}.",
            "Keep the one that is right and take the other out of the folder.",
            file=ws.relative(here[0]),
        )
    if here:
        return here[0]
    for path in listed(folder):
        if path.stem.casefold() == name and path.suffix.lower() in _OTHER_FORMATS:
            raise InputError(
                f"A table in the format {path.suffix} cannot be read.",
                f"Save it again as {name}.xlsx or {name}.csv.",
                file=ws.relative(path),
            )
    return None


def read_table(ws: Workspace, folder: Path, name: str, names: ColumnNames, faults: Faults) -> Table | None:
    """One of the tables of `TABLES`, or None where the folder has none."""
    path = find_table(ws, folder, name)
    if path is None:
        return None
    columns, own = TABLES[name], names.get(name, {})
    grids = grids_of(read_bytes(ws, path), ws.relative(path), columns, own)
    return table_from(best_grid(grids, columns, own), ws.relative(path), columns, own, faults)


def grids_of(content: bytes, file: str, columns: Columns, own: Mapping[str, str]) -> tuple[Grid, ...]:
    """The sheets of a CSV or Excel file."""
    if file.lower().endswith(".xlsx"):
        return read_workbook(content, file)
    text = decode(content, file)
    return (read_csv(text, file, frozenset(map(_plain, (*columns.all, *own)))),)


def best_grid(grids: tuple[Grid, ...], columns: Columns, own: Mapping[str, str]) -> Grid:
    """The sheet that shows the most of the headings; a visible one goes before a hidden one."""
    if not grids:
        return Grid(())
    return max(grids, key=lambda g: (_known(header_of(g, columns, own)[1], columns, own), not g.hidden))


def header_of(grid: Grid, columns: Columns, own: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """The header's row number and cells: the first row with all needed columns, else that with the most known ones."""
    rows = grid.rows[:_ROWS_ABOVE]
    best = max(rows, key=lambda row: _known(row[1], columns, own), default=(1, ()))
    # Where nothing is known, the first row is the one that a person means as the header.
    return best if _known(best[1], columns, own) or not rows else rows[0]


def meant_columns(grid: Grid, columns: Columns, own: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """The header's row number, and the columns that it shows."""
    number, heads = header_of(grid, columns, own)
    found = (_meant(head, columns, own) for head in heads)
    return number, tuple(dict.fromkeys(column for column in found if column))


def _known(cells: tuple[str, ...], columns: Columns, own: Mapping[str, str]) -> int:
    return len({_meant(cell, columns, own) for cell in cells} - {None})


def _meant(heading: str, columns: Columns, own: Mapping[str, str]) -> str | None:
    plain = _plain(heading)
    for theirs, ours in own.items():
        if _plain(theirs) == plain:
            return ours
    return next((c for c in columns.all if _plain(c) == plain), None)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("*", " ").split()).casefold().rstrip(":")


def table_from(grid: Grid, file: str, columns: Columns, own: Mapping[str, str], faults: Faults) -> Table:
    """The rows below the header, by column; misspelt and missing columns raise, unknown ones are notes."""
    if not grid.rows:
        raise InputError(
            "The file is empty.", f"Its first row needs the headings {', '.join(columns.needed)}.", file=file
        )
    number, heads = header_of(grid, columns, own)
    where = _columns_at(heads, number, file, columns, own, faults)
    below = [(n, cells) for n, cells in grid.rows if n > number]
    _warn_of_marks(grid, where, number, file, faults)
    return Table(file, tuple(_row(file, n, cells, where, len(heads)) for n, cells in below))


def _row(file: str, number: int, cells: tuple[str, ...], where: Mapping[int, str], width: int) -> Row:
    by_column = {column: cells[index] for index, column in where.items() if index < len(cells)}
    return Row(file, number, by_column, " ".join(c.strip() for c in cells[width:] if c.strip()))


def _columns_at(
    heads: tuple[str, ...], row: int, file: str, columns: Columns, own: Mapping[str, str], faults: Faults
) -> dict[int, str]:
    where: dict[int, str] = {}
    for index, heading in enumerate(heads):
        column = _meant(heading, columns, own)
        if column in where.values():
            raise InputError(
                f"Two columns stand for `{column}`.", "Take one of them out.", file=file, row=row, field=column
            )
        if column:
            where[index] = column
    extra = [h for i, h in enumerate(heads) if i not in where and h.strip()]
    _refuse_missing(extra, set(where.values()), row, file, columns)
    for heading in extra:
        faults.add(
            "IN106",
            Severity.NOTE,
            Place(file, row, shown(heading)),
            f"The column `{shown(heading)}` is not one that is known here; it is left alone.",
            "Nothing needs doing, unless it should be one of the known columns.",
        )
    return where


def _refuse_missing(extra: list[str], found: set[str], row: int, file: str, columns: Columns) -> None:
    for column in columns.all:
        if column in found:
            continue
        # A misspelt optional column is as bad as a misspelt needed one: what stands in it would be lost.
        slip = nearest(column, extra, MISSPELT)
        if slip:
            raise InputError(
                f"There is a column `{shown(slip)}`: did you mean `{column}`?",
                f"Name the column `{column}`.",
                file=file,
                row=row,
                field=column,
            )
        if column in columns.needed:
            near = nearest(column, extra)
            asked = f" There is a column `{shown(near)}`: did you mean `{column}`?" if near else ""
            raise InputError(
                f"The column `{column}` is missing.{asked}",
                f"Add it, or say under `column_names` in assessment.yaml which of your columns it is. The columns are "
                f"{', '.join(columns.needed)}.",
                file=file,
                row=row,
                field=column,
            )


def _warn_of_marks(grid: Grid, where: Mapping[int, str], header: int, file: str, faults: Faults) -> None:
    for (row, index), mark in sorted(grid.marks.items()):
        if row > header and index in where:
            faults.add("IN105", Severity.WARNING, Place(file, row, where[index]), *MARKS[mark])
