"""Which column a heading stands for, and where the header of a table is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipeline.errors import InputError
from pipeline.read.columns import Columns
from pipeline.read.grids import Grid
from pipeline.read.nearest import MISSPELT, nearest, shown

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
