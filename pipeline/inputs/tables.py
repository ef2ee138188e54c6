"""Tables in CSV or Excel: found by their headings, values as written, rows numbered as a spreadsheet numbers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from pipeline.errors import InputError
from pipeline.inputs.faults import Faults, note_extra_column
from pipeline.inputs.suggest import MISSPELT, nearest, same, shown, words
from pipeline.model import Place, Severity
from pipeline.office.live_cells import is_error
from pipeline.office.sources import decode, listed, read_bytes
from pipeline.office.workbooks import MARKS, WORKBOOKS, Grid, read_csv, read_workbook
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Columns:
    """Needed and optional columns of one table."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Needed ones first."""
        return self.needed + self.optional


def _columns(needed: str, optional: str = "") -> Columns:
    return Columns(words(needed), words(optional))


TABLES: Mapping[str, Columns] = {
    "responses": _columns("statement level comment evidence", "public_comment dissent"),
    "register": _columns(
        "id title file owner dated review_by visibility kind assurance_line",
        "url supersedes status nature publisher checked_by checked_on",
    ),
    "actions": _columns(
        "id section statement action owner due status measure", "risk closes progress evidence revised_due"
    ),
    "risks": _columns(
        "id objective risk cause effect lead committee statements inherent_likelihood inherent_consequence "
        "current_likelihood current_consequence target_likelihood target_consequence controls gaps_in_control",
        "assurances gaps_in_assurance assurance_rating appetite target_date rationale previous_likelihood "
        "previous_consequence last_reviewed",
    ),
    "funding": _columns(
        "id scheme year category place amount ringfenced recurrent redirected decision decided_by basis method "
        "evaluation ends statements evidence"
    ),
    "indicators": _columns(
        "id area indicator period breakdown category value unit numerator denominator low high comparator "
        "completeness source evidence published_at action_taken why_missing core20plus5",
        "improvement target headline expected_numerator",
    ),
}


_ROWS_ABOVE = 30
"""How far down the header may stand below titles and notes."""


@dataclass(frozen=True)
class Headings:
    """The columns of a table, and the team's own headings for them."""

    columns: Columns
    own: Mapping[str, str]

    @property
    def all_plain(self) -> frozenset[str]:
        """Every heading that is known, as it is compared."""
        return frozenset(map(_plain, (*self.columns.all, *self.own)))

    def meant(self, heading: str) -> str | None:
        """The column that a heading stands for, whatever its case and spaces."""
        return self._by_heading.get(_plain(heading))

    @cached_property
    def _by_heading(self) -> dict[str, str]:
        """Heading as it is compared -> column; of two alike the first, and the team's own before ours."""
        own = ((_plain(theirs), ours) for theirs, ours in self.own.items())
        known = [*(pair for pair in own if pair[0]), *((_plain(c), c) for c in self.columns.all)]
        return dict(reversed(known))

    def extra(self, heads: tuple[str, ...]) -> list[tuple[int, str]]:
        """Headings that stand for no column, with their index."""
        return [(index, heading) for index, heading in enumerate(heads) if self.meant(heading) is None]

    def repeated_in(self, cells: Mapping[str, str]) -> bool:
        """Whether a row is the header once more, as it is where a table runs over pages."""
        filled = {column: text for column, text in cells.items() if text.strip()}
        return len(filled) > 1 and all(self.meant(text) == column for column, text in filled.items())

    def columns_at(self, heads: tuple[str, ...], file: str, row: int) -> dict[int, str]:
        """Index -> column; a column that is there twice, misspelt or missing raises."""
        where: dict[int, str] = {}
        for index, heading in enumerate(heads):
            column = self.meant(heading)
            if column in where.values():
                raise InputError(
                    f"Two columns stand for `{column}`.", "Take one of them out.", file=file, row=row, field=column
                )
            if column:
                where[index] = column
        left = [heading for _, heading in self.extra(heads) if heading.strip()]
        for column in self.columns.all:
            if column not in where.values():
                self._refuse_missing(column, left, file, row)
        return where

    def _refuse_missing(self, column: str, left: list[str], file: str, row: int) -> None:
        names = (column, *(theirs for theirs, ours in self.own.items() if ours == column))
        needed = column in self.columns.needed
        # A misspelt optional column is as bad as a misspelt needed one: what stands in it would be lost.
        likeness = {} if needed else {"at_least": MISSPELT}
        slip = next((found for name in names if (found := nearest(name, left, **likeness))), None)
        if slip:
            message = f"There is a column `{shown(slip)}`: did you mean `{column}`?"
        elif needed:
            message = f"The column `{column}` is missing."
        else:
            return
        raise InputError(
            message,
            f"Name the column `{column}`, or say under `column_names` in assessment.yaml which of your columns it is. "
            f"The columns are {', '.join(self.columns.needed)}.",
            file=file,
            row=row,
            field=column,
        )


def header_of(grid: Grid, columns: Columns, own: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """The header's row number and cells: the first row that shows the most known columns."""
    headings = Headings(columns, own)
    rows = grid.rows[:_ROWS_ABOVE]
    best = max(rows, key=lambda row: _shown(row[1], headings), default=(1, ()))
    # Where nothing is known, the first row is the one that a person means as the header.
    return best if _shown(best[1], headings) or not rows else rows[0]


def meant_columns(grid: Grid, columns: Columns, own: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """The header's row number, and the columns that it shows."""
    number, heads = header_of(grid, columns, own)
    found = (Headings(columns, own).meant(head) for head in heads)
    return number, tuple(dict.fromkeys(column for column in found if column))


def _shown(cells: tuple[str, ...], headings: Headings) -> int:
    return len({headings.meant(cell) for cell in cells} - {None})


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    return " ".join(heading.replace("_", " ").replace("*", " ").split()).casefold().rstrip(":")


ColumnNames = Mapping[str, Mapping[str, str]]
"""Table -> {the team's heading -> our column}."""
_OTHER_FORMATS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".tsv")


@dataclass(frozen=True)
class Row:
    """One row: column -> text as written. A cell that is not there is empty."""

    file: str
    number: int
    cells: Mapping[str, str]
    too_long: str = ""
    """What stands beyond the last column, where anything does."""
    evidence: tuple[tuple[str, int | None], ...] = ()
    """The citations of a form that gives each a line of its own, with the row of that line."""
    sheet: str = ""
    """The sheet of a workbook that it stands on."""

    def __getitem__(self, column: str) -> str:
        text = self.cells.get(column, "")
        return "" if is_error(text) else text

    @property
    def errors(self) -> tuple[str, ...]:
        """The columns in which Excel shows that a formula had no answer: what stands there is nobody's word."""
        return tuple(column for column, text in self.cells.items() if is_error(text))

    def word(self, column: str) -> str:
        """The cell without outer spaces."""
        return self[column].strip()

    def place(self, column: str | None = None) -> Place:
        """Where a cell stands; a row of a form whose tables have no numbers that people see is 0."""
        return Place(self.file, self.number or None, column, self.sheet)


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
    file = ws.relative(path)
    grids = grids_of(read_bytes(ws, path), file, columns, own)
    _refuse_two_sheets(grids, columns, own, file)
    return table_from(best_grid(grids, columns, own), file, columns, own, faults)


def grids_of(content: bytes, file: str, columns: Columns, own: Mapping[str, str]) -> tuple[Grid, ...]:
    """The sheets of a CSV or Excel file."""
    if file.lower().endswith(".xlsx"):
        return read_workbook(content, file)
    return (read_csv(decode(content, file), file, Headings(columns, own).all_plain),)


def best_grid(grids: tuple[Grid, ...], columns: Columns, own: Mapping[str, str]) -> Grid:
    """The sheet that shows the most of the headings; a hidden one only where no visible one shows any two."""
    shows = {id(grid): len(meant_columns(grid, columns, own)[1]) for grid in grids}
    visible = [grid for grid in grids if not grid.hidden and shows[id(grid)] > 1]
    return max(visible or grids, key=lambda grid: shows[id(grid)], default=Grid(()))


def _refuse_two_sheets(grids: tuple[Grid, ...], columns: Columns, own: Mapping[str, str], file: str) -> None:
    whole = [g for g in grids if not g.hidden and set(columns.needed) <= set(meant_columns(g, columns, own)[1])]
    if len(whole) > 1:
        raise InputError(
            f"Two sheets hold this table: {shown(whole[0].sheet)} and {shown(whole[1].sheet)}.",
            "Put all rows on one of them, and take away or hide the other.",
            file=file,
        )


def table_from(
    grid: Grid,
    file: str,
    columns: Columns,
    own: Mapping[str, str],
    faults: Faults,
    levels: frozenset[str] = frozenset(),
) -> Table:
    """The rows below the header, by column; misspelt and missing columns raise, unknown ones are notes.

    `levels`: names, as they are compared, that make an unknown column more than a note.
    """
    if not grid.rows:
        raise InputError(
            "The file is empty.", f"Its first row needs the headings {', '.join(columns.needed)}.", file=file
        )
    headings = Headings(columns, own)
    number, heads = header_of(grid, columns, own)
    below = [(n, cells) for n, cells in grid.rows if n > number]
    where = headings.columns_at(heads, file, number)
    for index, heading in headings.extra(heads):
        texts = [cells[index] for _, cells in below if index < len(cells) and cells[index].strip()]
        if heading.strip() or texts:
            named = f"`{shown(heading)}`" if heading.strip() else f"number {index + 1}, which has no heading,"
            place = Place(file, number, shown(heading) or None)
            note_extra_column(place, named, [t for t in texts if same(t) in levels], (), faults)
    _warn_of_marks(grid, where, number, file, faults)
    sheet = grid.sheet if file.lower().endswith(WORKBOOKS) else ""
    rows = (replace(_row(file, n, cells, where, len(heads)), sheet=sheet) for n, cells in below)
    return Table(file, tuple(row for row in rows if not headings.repeated_in(row.cells)))


def _row(file: str, number: int, cells: tuple[str, ...], where: Mapping[int, str], width: int) -> Row:
    by_column = {column: cells[index] for index, column in where.items() if index < len(cells)}
    return Row(file, number, by_column, " ".join(c.strip() for c in cells[width:] if c.strip()))


def _warn_of_marks(grid: Grid, where: Mapping[int, str], header: int, file: str, faults: Faults) -> None:
    for (row, index), mark in sorted(grid.marks.items()):
        if row > header and index in where:
            faults.add("IN105", Severity.WARNING, Place(file, row, where[index]), *MARKS[mark])
