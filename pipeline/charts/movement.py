"""This year against last: how many stand at each level in each year, and then each statement that moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.cells import by_respondent, counts_by_year
from pipeline.charts.sheet import Box, Sheet
from pipeline.dossier.figures import is_wordy, movement_pages, named
from pipeline.dossier.palette import HATCH, INK, LINE, PAPER, QUIET
from pipeline.dossier.views import Dossier, StatementView

YEAR, WORDY_YEAR, ROW, WORDY_ROW, GROUP, NAME = 0.42, 0.6, 0.2, 0.34, 0.26, 2.1
HEADINGS = {"down": "Moved down", "up": "Moved up"}
NOT_DRAWN = {
    "same": "without change",
    "first": "first assessed",
    "last assessed": "last assessed before the cycle compared with",
    "wording changed": "not compared, wording changed",
    "other scale": "not compared, another scale",
    "not assessed": "not assessed",
}


def movements(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of statements that moved; none where nothing is compared."""
    pages = movement_pages(dossier)
    for n, statements in enumerate(pages):
        yield named("movement", n, len(pages)), _page(dossier, statements)


def _page(dossier: Dossier, statements: Sequence[StatementView]) -> Figure:
    kinds = [k for k in HEADINGS if any(s.movement.kind == k for s in statements)]
    row, year = (WORDY_ROW, WORDY_YEAR) if is_wordy(dossier) else (ROW, YEAR)
    body = len(kinds) * GROUP + len(statements) * row if statements else GROUP
    y = cells.TITLE + cells.HEAD
    sheet = Sheet(cells.WIDTH, y + 2 * year + body + 0.08 + cells.FOOT)
    width = (cells.WIDTH - NAME) / len(dossier.levels)
    cells.title(sheet, dossier, "What moved", f"{dossier.cycle} against {dossier.previous_cycle}")
    cells.head(sheet, "Statements compared", 0, NAME, centred=False)
    for level in dossier.levels:
        cells.head(sheet, level.name, NAME + level.rank * width, width)
    _years(sheet, dossier, width, Box(0, y, cells.WIDTH, year))
    y += 2 * year
    if not statements:
        sheet.words("No statement moved.", Box(0, y, cells.WIDTH, GROUP), size=7.5, bold=True)
    ids = cells.id_width([s.id for s in statements], most=NAME / 2)
    for kind in kinds:
        sheet.words(HEADINGS[kind], Box(0, y, cells.WIDTH, GROUP), size=7.5, bold=True)
        y += GROUP
        for s in (s for s in statements if s.movement.kind == kind):
            cells.name(sheet, s, Box(0, y, NAME - 0.06, row), ids)
            _moved(sheet, dossier, s, Box(NAME, y, width, row))
            y += row
    cells.foot(sheet, _notes(dossier, statements))
    return sheet.figure


def _years(sheet: Sheet, dossier: Dossier, width: float, first: Box) -> None:
    """Last year's and this year's number of statements at each level."""
    counts = counts_by_year(by_respondent(dossier, dossier.statements))
    most, shades = max(1, int(counts.to_numpy().max(initial=0))), cells.shades_by_name(dossier)
    sheet.rule(0, first.y, cells.WIDTH, LINE)
    for n, (row, year) in enumerate((("last year", dossier.previous_cycle), ("reported", dossier.cycle))):
        y = first.y + n * first.height
        sheet.words(year, Box(0, y, NAME, first.height), size=7.5, bold=True)
        for k, (level, number) in enumerate(counts.loc[row].items()):
            box = Box(NAME + k * width, y, width, first.height)
            cells.count_cell(sheet, str(level), int(number), most, shades.get(str(level)), box)
        sheet.rule(0, y + first.height, cells.WIDTH, LINE if n else HATCH, 0.4)


def _moved(sheet: Sheet, dossier: Dossier, s: StatementView, lowest: Box) -> None:
    """A statement's level then (outlined) and now (filled), and a line from the one to the other."""
    ranks = {level.name: level.rank for level in dossier.levels}
    before, now = ranks.get(s.movement.previous), f"{cells.ARROWS[s.movement.kind]} {cells.marked(s)}"

    def at(rank: int) -> Box:
        return lowest._replace(x=lowest.x + rank * lowest.width).inset(0.07, 0.01)

    if before is None:
        now = f"{now} (was {s.movement.previous})"
    else:
        first, last = sorted((at(before), at(s.rank)))
        sheet.rule(first.x + first.width / 2, first.y + first.height / 2, last.x - first.x, LINE, 1.2)
        sheet.box(at(before), PAPER, edge=QUIET, line=0.7, dashed=True)
        sheet.words(f"was {s.movement.previous}", at(before).inset(0.03), size=6.5, colour=INK, centred=True)
    cells.level_cell(sheet, now, cells.shades_by_name(dossier).get(s.reported), at(s.rank), size=6.5, bold=True)


def _notes(dossier: Dossier, statements: Sequence[StatementView]) -> list[str]:
    numbers = {words: sum(s.movement.kind == kind for s in dossier.statements) for kind, words in NOT_DRAWN.items()}
    return [*(f"{number} {words}" for words, number in numbers.items() if number), *cells.notes_on(statements)]
