"""This year against last: how many stand at each level in each year, and then which moved from where to where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.cells import by_respondent, counts_by_year
from pipeline.charts.fonts import STAND_IN, drawable
from pipeline.charts.sheet import POINTS, Box, Sheet, one_line, wrap
from pipeline.dossier.figures import is_wordy, movement_pages, named
from pipeline.dossier.palette import HATCH, INK, LINE, PAPER, QUIET
from pipeline.dossier.views import Dossier, StatementView

YEAR, WORDY_YEAR, GROUP, LINE_HEIGHT, NAME, PART = 0.36, 0.6, 0.22, 0.167, 0.75, 1.15
SIZE = 10
Step = tuple[str, str, str]
"""up or down, the level then and the level now"""


def movements(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of statements that moved; none where nothing is compared."""
    pages = movement_pages(dossier)
    for n, statements in enumerate(pages):
        yield named("movement", n, len(pages)), _page(dossier, statements)


def _page(dossier: Dossier, statements: Sequence[StatementView]) -> Figure:
    steps = _steps(statements)
    heights = {step: _height(moved) for step, moved in steps.items()}
    year = WORDY_YEAR if is_wordy(dossier) else YEAR
    body = sum(heights.values()) if statements else GROUP
    y = cells.TITLE
    lacks = any(STAND_IN in drawable(one_line(_names(moved)), False) for moved in steps.values())
    sheet = Sheet(cells.WIDTH, y + 2 * year + body + 0.08 + (cells.FOOT if lacks else 0))
    width = (cells.WIDTH - NAME) / len(dossier.levels)
    cells.title(sheet, dossier, "What moved", f"{dossier.cycle} against {dossier.previous_cycle}")
    _years(sheet, dossier, width, Box(0, y, cells.WIDTH, year))
    y += 2 * year
    if not statements:
        sheet.words("No statement moved.", Box(0, y, cells.WIDTH, GROUP), size=SIZE, bold=True)
    for step, moved in steps.items():
        _moved(sheet, dossier, step, moved, Box(0, y + 0.05, cells.WIDTH, heights[step]))
        y += heights[step]
    if lacks:
        cells.foot(sheet, [])
    return sheet.figure


def _steps(statements: Sequence[StatementView]) -> dict[Step, list[StatementView]]:
    """The statements by the levels between which they moved; down first, the longest way first."""
    found: dict[Step, list[StatementView]] = {}
    for s in statements:
        found.setdefault((s.movement.kind, s.movement.previous, s.reported), []).append(s)
    return dict(sorted(found.items(), key=lambda step: (step[0][0] == "up", step[1][0].rank)))


def _names(moved: Sequence[StatementView]) -> str:
    return "; ".join(s.id if s.short == s.id else f"{s.id} {s.short}" for s in moved)


def _height(moved: Sequence[StatementView]) -> float:
    room = (cells.WIDTH - 2 * PART - 0.1) * POINTS / SIZE
    return len(wrap(drawable(one_line(_names(moved)), False), room, False)) * LINE_HEIGHT + 0.1


def _years(sheet: Sheet, dossier: Dossier, width: float, first: Box) -> None:
    """Last year's and this year's number of statements at each level."""
    counts = counts_by_year(by_respondent(dossier, dossier.statements))
    most, shades = max(1, int(counts.to_numpy().max(initial=0))), cells.shades_by_name(dossier)
    sheet.rule(0, first.y, cells.WIDTH, LINE)
    for n, (row, year) in enumerate((("last year", dossier.previous_cycle), ("reported", dossier.cycle))):
        y = first.y + n * first.height
        sheet.words(year, Box(0, y, NAME, first.height), size=SIZE, bold=True)
        for k, (level, number) in enumerate(counts.loc[row].items()):
            box = Box(NAME + k * width, y, width, first.height)
            cells.count_cell(sheet, str(level), int(number), most, shades.get(str(level)), box, size=SIZE)
        sheet.rule(0, y + first.height, cells.WIDTH, LINE if n else HATCH, 0.4)


def _moved(sheet: Sheet, dossier: Dossier, step: Step, moved: Sequence[StatementView], row: Box) -> None:
    """The level then (outlined), the level now (filled), and the statements that went from the one to the other."""
    kind, before, now = step
    then, here = (Box(row.x + n * PART, row.y, PART, 0.27).inset(0.05, 0.02) for n in range(2))
    sheet.rule(then.x + then.width, then.y + then.height / 2, here.x - then.x - then.width, LINE, 1.2)
    sheet.box(then, PAPER, edge=QUIET, line=0.7, dashed=True)
    sheet.words(f"was {before}", then.inset(0.03), size=SIZE, colour=INK, centred=True)
    shade = cells.shades_by_name(dossier).get(now)
    cells.level_cell(sheet, f"{cells.ARROWS[kind]} {now}", shade, here, size=SIZE, bold=True)
    names = Box(2 * PART + 0.1, row.y, row.width - 2 * PART - 0.1, row.height - 0.04)
    sheet.words(_names(moved), names, size=SIZE)
