"""Statements by respondent: the level each role gave, the reported level, its evidence and its movement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matplotlib.figure import Figure

from pipeline.dossier.figures import ROLES, Group, heatmap_pages, is_compared, is_wordy, named, roles_shown
from pipeline.dossier.shades import HATCH, INK, LINE, QUIET, Shade
from pipeline.dossier.views import Dossier, StatementView
from pipeline.draw import cells
from pipeline.draw.frame import by_respondent
from pipeline.draw.sheet import Box, Sheet

SECTION, ROW, WORDY_ROW = 0.21, 0.172, 0.3


@dataclass(frozen=True)
class Column:
    """A column of the picture: its heading, where it starts and how wide it is."""

    key: str
    heading: str
    x: float
    width: float


def heatmaps(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of statements."""
    pages = heatmap_pages(dossier)
    for n, groups in enumerate(pages):
        yield named("heatmap", n, len(pages)), _page(dossier, groups)


def _columns(dossier: Dossier) -> list[Column]:
    """Roles that answered, then the reported level, the evidence and the movement; the name takes what is left."""
    reported = "Proposed level" if dossier.stage == "proposal" else "Reported level"
    wanted = [(role, ROLES[role], 0.76) for role in roles_shown(dossier)]
    wanted += [("reported", reported, 0.84), ("evidence", "Evidence", 0.9)]
    if is_compared(dossier):
        wanted.append(("movement", f"Since {dossier.previous_cycle}", 0.98))
    x = cells.WIDTH - sum(width for _, _, width in wanted)
    columns = [Column("name", "Statement", 0, x)]
    for key, heading, width in wanted:
        columns.append(Column(key, heading, x, width))
        x += width
    return columns


def _page(dossier: Dossier, groups: tuple[Group, ...]) -> Figure:
    statements = tuple(s for _, part in groups for s in part)
    row = WORDY_ROW if is_wordy(dossier) else ROW
    body = len(groups) * SECTION + len(statements) * row + 0.06
    sheet, columns = Sheet(cells.WIDTH, cells.TITLE + cells.HEAD + body + cells.FOOT), _columns(dossier)
    cells.title(sheet, dossier, f"{cells.levels_title(dossier)} by statement")
    for column in columns:
        cells.head(sheet, column.heading, column.x, column.width, centred=column.key != "name")
    answers = by_respondent(dossier, statements)[list(ROLES)].to_dict("index")
    shades = cells.shades_by_name(dossier)
    ids = cells.id_width([s.id for s in statements], most=columns[0].width / 2)
    y = cells.TITLE + cells.HEAD
    for heading, part in groups:
        sheet.words(heading, Box(0, y, cells.WIDTH, SECTION), size=7.5, bold=True)
        sheet.rule(0, y + SECTION, cells.WIDTH, LINE)
        y += SECTION
        for s in part:
            cells.name(sheet, s, Box(0, y, columns[0].width - 0.04, row), ids)
            for column in columns[1:]:
                _cell(sheet, column, s, answers[s.id], shades, Box(column.x, y, column.width, row))
            y += row
            sheet.rule(0, y, cells.WIDTH, HATCH, 0.4)
    cells.foot(sheet, _notes(dossier, statements))
    return sheet.figure


def _cell(
    sheet: Sheet,
    column: Column,
    s: StatementView,
    answers: Mapping[str, str],
    shades: Mapping[str, Shade],
    box: Box,
) -> None:
    """What one column says of a statement."""
    if column.key in ROLES:
        level = answers[column.key]
        cells.level_cell(sheet, _with_range(level, s, column.key), shades.get(level), box, size=6.5)
    elif column.key == "reported":
        cells.level_cell(sheet, cells.marked(s), shades.get(s.reported), box, bold=True)
    elif column.key == "evidence":
        sheet.words(s.standing if s.level_id else "", box.inset(0.08), size=6.5)
    else:
        colour = INK if s.movement.kind in cells.ARROWS else QUIET
        sheet.words(cells.movement(s), box.inset(0.04), size=6.5, colour=colour)


def _with_range(level: str, s: StatementView, role: str) -> str:
    """`Growing (5: Reactive to Consistent)` where several answered."""
    view = s.views.get(role)
    if view is None or view.number < 2:
        return level
    return (
        f"{level} ({view.number}: {view.lowest if view.lowest == view.highest else f'{view.lowest} to {view.highest}'})"
    )


def _notes(dossier: Dossier, statements: tuple[StatementView, ...]) -> list[str]:
    notes = cells.notes_on(statements)
    if any(v.number > 1 for s in statements for v in s.views.values()):
        notes.append("in brackets how many answers, and from which level to which")
    return [*notes, cells.ARROWS_MEAN] if is_compared(dossier) else notes
