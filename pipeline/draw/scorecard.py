"""A list of statements seen as lines of enquiry by priorities: in each cell the lowest level, and of how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matplotlib.figure import Figure

from pipeline.dossier.matrix import TAG_PICTURE, of_how_many
from pipeline.dossier.shades import HATCH, LINE, QUIET, Shade
from pipeline.dossier.views import Dossier, MatrixCellView
from pipeline.draw import cells
from pipeline.draw.sheet import Box, Sheet

HEAD, ROW, NAME, NARROWEST = 0.34, 0.58, 1.55, 0.95
RULE = "Each cell: the lowest level reported among the statements placed there, and how many they are; never an average"


def scorecards(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """One picture; none where statements cannot be placed, or are the cells of a matrix themselves."""
    if dossier.matrix.by_tags:
        yield TAG_PICTURE, _picture(dossier)


def _picture(dossier: Dossier) -> Figure:
    matrix = dossier.matrix
    width = max(NARROWEST, (cells.WIDTH - NAME) / len(matrix.columns))
    top = cells.TITLE + HEAD
    sheet = Sheet(NAME + width * len(matrix.columns), top + len(matrix.rows) * ROW + 0.06 + cells.FOOT)
    lowest = "Lowest proposed level" if dossier.stage == "proposal" else "Lowest level"
    cells.title(sheet, dossier, f"{lowest} by line of enquiry and priority")
    for column in matrix.columns:
        cells.head(sheet, column.name, NAME + column.rank * width + 0.03, width - 0.06, height=HEAD)
    shades, found = cells.shades_by_name(dossier), {(c.row, c.column): c for c in matrix.cells}
    for row in matrix.rows:
        y = top + row.rank * ROW
        sheet.rule(0, y, sheet.width, HATCH if row.rank else LINE, 0.4)
        named = row.name if row.name == row.id else f"{row.id} {row.name}"
        sheet.words(named, Box(0, y, NAME - 0.08, ROW), size=7, bold=True)
        for column in matrix.columns:
            box = Box(NAME + column.rank * width, y, width, ROW)
            _cell(sheet, found[row.id, column.id], shades, box)
    cells.foot(sheet, [RULE])
    return sheet.figure


def _cell(sheet: Sheet, cell: MatrixCellView, shades: Mapping[str, Shade], box: Box) -> None:
    if not cell.statements:
        sheet.words("no statement", box, size=6.5, colour=QUIET, centred=True)
        return
    level = Box(box.x + 0.03, box.y + 0.05, box.width - 0.06, 0.28)
    cells.level_cell(sheet, cell.level, shades.get(cell.level), level, size=7.5, bold=True)
    below = Box(box.x + 0.03, box.y + 0.35, box.width - 0.06, box.height - 0.38)
    sheet.words(of_how_many(cell), below, size=6.5, colour=QUIET, centred=True)
