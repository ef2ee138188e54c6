"""A matrix framework: rows by columns, each cell with its statement, its level and its movement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.sheet import Box, Sheet
from pipeline.dossier.figures import is_compared, matrix_pages, named
from pipeline.dossier.matrix import TAG_PICTURE, of_how_many
from pipeline.dossier.palette import HATCH, LINE, QUIET, Shade
from pipeline.dossier.views import Dossier, MatrixCellView, SectionView, StatementView

HEAD, ROW, NAME, NARROWEST = 0.42, 0.62, 1.35, 0.95


def matrices(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of rows; none for a framework that is a list."""
    pages = matrix_pages(dossier)
    for n, rows in enumerate(pages):
        yield named("matrix", n, len(pages)), _page(dossier, rows)


def _page(dossier: Dossier, rows: Sequence[SectionView]) -> Figure:
    width = max(NARROWEST, (cells.WIDTH - NAME) / len(dossier.columns))
    top = cells.TITLE + HEAD
    sheet = Sheet(NAME + width * len(dossier.columns), top + len(rows) * ROW + 0.06 + cells.FOOT)
    what = f"{cells.levels_title(dossier)} of {dossier.subject}" if dossier.subject else cells.levels_title(dossier)
    cells.title(sheet, dossier, what)
    for n, column in enumerate(dossier.columns):
        cells.head(sheet, column.name, NAME + n * width + 0.03, width - 0.06, height=HEAD)
    shades = cells.shades_by_name(dossier)
    for n, row in enumerate(rows):
        y = top + n * ROW
        sheet.rule(0, y, sheet.width, HATCH if n else LINE, 0.4)
        sheet.words(f"{row.id} {row.title}", Box(0, y, NAME - 0.08, ROW), size=10, bold=True)
        found = {s.column: s for s in row.statements}
        for k, column in enumerate(dossier.columns):
            _cell(sheet, found.get(column.id), shades, Box(NAME + k * width, y, width, ROW))
    notes = cells.notes_on([s for row in rows for s in row.statements])
    cells.foot(sheet, [*notes, *([cells.ARROWS_MEAN] if is_compared(dossier) else [])])
    return sheet.figure


def _cell(sheet: Sheet, s: StatementView | None, shades: Mapping[str, Shade], box: Box) -> None:
    """A statement's short name over its level; `no statement` where the framework asks nothing."""
    if s is None:
        sheet.words("no statement", box, size=9, colour=QUIET, centred=True)
        return
    name = Box(box.x + 0.05, box.y + 0.03, box.width - 0.1, 0.25)
    sheet.words(s.short, name, size=9, colour=QUIET, centred=True)
    arrow = f"{cells.ARROWS[s.movement.kind]} " if s.movement.kind in cells.ARROWS else ""
    level = Box(box.x + 0.03, box.y + 0.29, box.width - 0.06, box.height - 0.34)
    cells.level_cell(sheet, arrow + cells.marked(s), shades.get(s.reported), level, size=10, bold=True)


SCORECARD_HEAD, SCORECARD_ROW, LINE_NAME, NARROWEST_COLUMN = 0.34, 0.58, 1.55, 0.95
RULE = "Each cell: the lowest level reported among the statements placed there, and how many they are; never an average"


def scorecards(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """One picture; none where statements cannot be placed, or are the cells of a matrix themselves."""
    if dossier.matrix.by_tags:
        yield TAG_PICTURE, _picture(dossier)


def _picture(dossier: Dossier) -> Figure:
    matrix = dossier.matrix
    width = max(NARROWEST_COLUMN, (cells.WIDTH - LINE_NAME) / len(matrix.columns))
    top = cells.TITLE + SCORECARD_HEAD
    sheet = Sheet(LINE_NAME + width * len(matrix.columns), top + len(matrix.rows) * SCORECARD_ROW + 0.06 + cells.FOOT)
    lowest = "Lowest proposed level" if dossier.stage == "proposal" else "Lowest level"
    cells.title(sheet, dossier, f"{lowest} by line of enquiry and priority")
    for column in matrix.columns:
        cells.head(sheet, column.name, LINE_NAME + column.rank * width + 0.03, width - 0.06, height=SCORECARD_HEAD)
    shades, found = cells.shades_by_name(dossier), {(c.row, c.column): c for c in matrix.cells}
    for row in matrix.rows:
        y = top + row.rank * SCORECARD_ROW
        sheet.rule(0, y, sheet.width, HATCH if row.rank else LINE, 0.4)
        named = row.name if row.name == row.id else f"{row.id} {row.name}"
        sheet.words(named, Box(0, y, LINE_NAME - 0.08, SCORECARD_ROW), size=10, bold=True)
        for column in matrix.columns:
            box = Box(LINE_NAME + column.rank * width, y, width, SCORECARD_ROW)
            _scorecard_cell(sheet, found[row.id, column.id], shades, box)
    cells.foot(sheet, [RULE])
    return sheet.figure


def _scorecard_cell(sheet: Sheet, cell: MatrixCellView, shades: Mapping[str, Shade], box: Box) -> None:
    if not cell.statements:
        sheet.words("no statement", box, size=9, colour=QUIET, centred=True)
        return
    level = Box(box.x + 0.03, box.y + 0.05, box.width - 0.06, 0.28)
    cells.level_cell(sheet, cell.level, shades.get(cell.level), level, size=10, bold=True)
    below = Box(box.x + 0.03, box.y + 0.35, box.width - 0.06, box.height - 0.38)
    sheet.words(of_how_many(cell), below, size=9, colour=QUIET, centred=True)
