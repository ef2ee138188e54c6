"""Organisations side by side: statements by organisation, each cell with its level in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.sheet import Box, Sheet, png, same_everywhere, svg
from pipeline.dossier.palette import HATCH, LINE, QUIET, Shade, shades
from pipeline.dossier.peers import ComparedCell, ComparedSection, ComparedStatement, Comparison, described
from pipeline.files import write_whole

NAME, COLUMN, NARROW, SPREAD, HEAD, SECTION, ROW = 2.3, 0.95, 0.85, 1.4, 0.5, 0.21, 0.2
ROWS_A_PICTURE, PEERS_A_PICTURE = 60, 8
CAPTION = "Reported levels by statement and organisation"
ARROWS = {"moved up": "↑ ", "moved down": "↓ "}

Part = tuple[str, Sequence[ComparedStatement]]
"""A section's title and the statements of it that stand in one picture."""


def draw_comparison(comparison: Comparison, folder: Path) -> tuple[str, ...]:
    """The pictures as PNG and SVG, with their words inside; the names of the files. Older ones that are not made go."""
    made: dict[str, bytes] = {}
    with same_everywhere():
        pages = list(_pages(comparison))
        for n, picture in enumerate(pages, start=1):
            name = "compare" if len(pages) == 1 else f"compare-{n}"
            of = f" ({n} of {len(pages)})" if len(pages) > 1 else ""
            made[f"{name}.png"] = png(picture, CAPTION + of, described(comparison))
            made[f"{name}.svg"] = svg(picture, CAPTION + of, described(comparison))
    for name, data in made.items():
        write_whole(folder / name, data)
    for path in sorted([*folder.glob("compare*.png"), *folder.glob("compare*.svg")]):
        if path.name not in made:
            path.unlink()
    return tuple(made)


def _pages(comparison: Comparison) -> Iterator[Figure]:
    """As few pictures as can be read: so many rows by so many organisations in each."""
    every = range(len(comparison.peers))
    for rows in _parts(comparison.sections):
        for first in range(0, len(every), PEERS_A_PICTURE):
            yield _picture(comparison, rows, every[first : first + PEERS_A_PICTURE])


def _parts(sections: Sequence[ComparedSection]) -> list[list[Part]]:
    pages: list[list[Part]] = [[]]
    room = ROWS_A_PICTURE
    for section in sections:
        rest = list(section.statements)
        while rest:
            if room < 2 or (room < len(rest) + 1 <= ROWS_A_PICTURE):
                pages.append([])
                room = ROWS_A_PICTURE
            here, rest = rest[: room - 1], rest[room - 1 :]
            pages[-1].append((section.title, here))
            room -= len(here) + 1
    return pages


def _picture(comparison: Comparison, parts: Sequence[Part], places: Sequence[int]) -> Figure:
    column = max(NARROW, min(COLUMN * 1.6, (cells.WIDTH - NAME - SPREAD) / len(places)))
    width = NAME + column * len(places) + SPREAD
    rows = sum(len(statements) for _, statements in parts)
    top = cells.TITLE + HEAD
    sheet = Sheet(width, top + len(parts) * SECTION + rows * ROW + 0.08 + cells.FOOT)
    first = comparison.peers[0]
    said = f"{CAPTION} ({first.framework_id} version {first.framework_version})"
    sheet.words(said, Box(0, 0, width - 0.2, cells.TITLE - 0.06), size=8.5, bold=True)
    cells.head(sheet, "Statement", 0, NAME, height=HEAD, centred=False)
    for n, place in enumerate(places):
        cells.head(sheet, comparison.names[place], NAME + n * column + 0.03, column - 0.06, height=HEAD)
    cells.head(sheet, "Spread", width - SPREAD + 0.08, SPREAD - 0.08, height=HEAD, centred=False)
    ids = cells.id_width([s.id for _, statements in parts for s in statements], most=NAME / 2)
    y, ramp = top, shades(len(comparison.levels))
    for title, statements in parts:
        sheet.words(title, Box(0, y, width, SECTION), size=7.5, bold=True)
        y += SECTION
        sheet.rule(0, y, width, LINE)
        for statement in statements:
            _row(sheet, statement, [statement.cells[p] for p in places], ramp, Box(0, y, column, ROW), ids)
            y += ROW
            sheet.rule(0, y, width, HATCH, 0.4)
    cells.foot(sheet, _notes(comparison))
    return sheet.figure


def _row(
    sheet: Sheet,
    statement: ComparedStatement,
    given: Sequence[ComparedCell],
    ramp: Sequence[Shade],
    first: Box,
    ids: float,
) -> None:
    cells.named(sheet, statement.id, statement.short, Box(0, first.y, NAME - 0.04, first.height), ids)
    for n, cell in enumerate(given):
        box = Box(NAME + n * first.width, first.y, first.width, first.height)
        if cell.rank >= 0:
            text = f"{_arrow(cell)}{cell.level}{' †' if cell.worded_differently else ''}"
            cells.level_cell(sheet, text, ramp[cell.rank], box, size=6.5, bold=True)
        elif cell.standing or cell.level == "not assessed":
            cells.level_cell(sheet, cell.level, None, box, size=6.5)
        else:
            sheet.words(cell.level, box.inset(0.03), size=6, colour=QUIET, centred=True)
    spread = Box(NAME + len(given) * first.width + 0.08, first.y, SPREAD - 0.08, first.height)
    # How many levels apart can be seen; the words stand in the page and in the data.
    sheet.words(statement.spread.partition(",")[0], spread, size=6.5)


def _arrow(cell: ComparedCell) -> str:
    return next((arrow for begins, arrow in ARROWS.items() if cell.movement.startswith(begins)), "")


def _notes(comparison: Comparison) -> list[str]:
    every = [c for s in comparison.statements for c in s.cells]
    notes = ["Draft"] if comparison.is_draft else []
    notes += ["Each organisation assessed itself; organisations stand in alphabetical order"]
    notes += [cells.ARROWS_MEAN] if any(_arrow(c) for c in every) else []
    return [*notes, "† other words in its statement"] if any(c.worded_differently for c in every) else notes
