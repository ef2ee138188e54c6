"""The matrix as a native Word table, lines of enquiry by priorities, every level in words; and its counts by side."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.dossier.figures import is_compared
from pipeline.dossier.heatmap import movement_in_short
from pipeline.dossier.matrix import of_how_many
from pipeline.dossier.palette import shade
from pipeline.dossier.views import Dossier, LevelView, MatrixCellView, StatementView
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml, words
from pipeline.word.text import run

LINE, PRIORITY = "Line of enquiry", "Priority"
NO_STATEMENT, NOT_ASKED = "no statement", "not asked"
MOST_NAMED = 6


class ScorecardTable:
    """Rows by columns. Used as `{{p scorecard_matrix }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        self._statements = {s.id: s for s in dossier.statements}

    def __html__(self) -> str:
        matrix = self._dossier.matrix
        found = {(c.row, c.column): c for c in matrix.cells}
        rows = [
            [Cell(run(_titled(row)), "Table Section"), *(self._cell(found[row.id, c.id]) for c in matrix.columns)]
            for row in matrix.rows
        ]
        widths = shared_widths([2000, *[7638 // len(matrix.columns)] * len(matrix.columns)])
        return table_xml(self._kit, widths, [LINE, *map(_titled, matrix.columns)], rows, "Scorecard", self._said())

    def _said(self) -> str:
        what = "the lowest level reported there" if self._dossier.matrix.by_tags else "the level reported"
        return f"Rows are lines of enquiry, columns are priorities; each cell gives in words {what}."

    def _cell(self, cell: MatrixCellView) -> Cell:
        if not cell.statements:
            return words(NO_STATEMENT if self._dossier.matrix.by_tags else NOT_ASKED)
        fill, colour = shade(cell.rank, len(self._dossier.levels))
        below = of_how_many(cell) if self._dossier.matrix.by_tags else self._below(cell)
        inner = run(cell.level, bold=True, colour=colour)
        return Cell(inner + (run(f"\n{below}", colour=colour) if below else ""), fill=fill)

    def _below(self, cell: MatrixCellView) -> str:
        """How the evidence stands, what must stand beside the level, and where it moved."""
        said = []
        for statement in (self._statements[i] for i in cell.lowest):
            said += [statement.standing, statement.qualifier, self._moved(statement)]
        return "\n".join(part for part in said if part)

    def _moved(self, statement: StatementView) -> str:
        moved = movement_in_short(statement) if is_compared(self._dossier) else ""
        return "" if moved == statement.reported else moved


def _titled(side: LevelView) -> str:
    return side.id if side.name == side.id else f"{side.id} {side.name}"


class SideResults:
    """Cells at each level, for each line of enquiry or each priority. Used as `{{p row_results }}`."""

    def __init__(self, dossier: Dossier, kit: RenderContext, side: str) -> None:
        self._dossier, self._kit, self._is_row = dossier, kit, side == "row"

    def __html__(self) -> str:
        dossier = self._dossier
        sides = dossier.matrix.rows if self._is_row else dossier.matrix.columns
        first = LINE if self._is_row else PRIORITY
        names = [level.name for level in dossier.levels]
        head = [first, *names, "Not assessed", "Lowest level, and where"]
        widths = shared_widths([2000, *(125 * len(name) + 240 for name in names), 1160, 1500])
        said = (
            f"Rows are {'lines of enquiry' if self._is_row else 'priorities'}; columns count the cells at each level."
        )
        return table_xml(
            self._kit, widths, head, [self._row(side) for side in sides], f"Cells by {first.lower()}", said
        )

    def _row(self, side: LevelView) -> list[Cell]:
        dossier = self._dossier
        cells = [c for c in dossier.matrix.cells if (c.row if self._is_row else c.column) == side.id and c.statements]
        counts = [sum(c.rank == level.rank for c in cells) for level in dossier.levels]
        counts.append(sum(c.rank < 0 for c in cells))
        return [words(_full(side)), *(words(f"{n:,}" if n else "none") for n in counts), words(_lowest(cells))]


def _full(side: LevelView) -> str:
    return side.id if side.meaning == side.id else f"{side.id} {side.meaning}"


def _lowest(cells: Sequence[MatrixCellView]) -> str:
    """`Reactive: K2P2, K2P4`; a cell that is not assessed is never the lowest."""
    assessed = [c for c in cells if c.rank >= 0]
    if not assessed:
        return "not assessed"
    first = min(assessed, key=lambda c: c.rank)
    where = [i for c in assessed if c.rank == first.rank for i in c.lowest]
    more = len(where) - MOST_NAMED
    return f"{first.level}: {', '.join(where[:MOST_NAMED])}" + (f" and {more:,} more" if more > 0 else "")
