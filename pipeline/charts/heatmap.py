"""Statements by respondent, and sections by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.cells import by_respondent, counts_by_section
from pipeline.charts.sheet import Box, Sheet
from pipeline.dossier.figures import (
    NOT_ASSESSED,
    ROLES,
    Group,
    heatmap_pages,
    is_compared,
    is_wordy,
    named,
    roles_shown,
    section_pages,
)
from pipeline.dossier.palette import HATCH, INK, LINE, QUIET, Shade
from pipeline.dossier.views import Dossier, SectionView, StatementView
from pipeline.text import sentence_case

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


SECTION_ROW, WORDY_SECTION_ROW, NAME, RESULT = 0.56, 0.72, 1.7, 0.92


def sections(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of sections."""
    pages = section_pages(dossier)
    for n, page in enumerate(pages):
        yield named("sections", n, len(pages)), _sections_page(dossier, page)


def _sections_page(dossier: Dossier, page: Sequence[SectionView]) -> Figure:
    counts = counts_by_section(by_respondent(dossier, dossier.statements), [s.id for s in dossier.sections])
    if not counts[NOT_ASSESSED].any():
        counts = counts.drop(columns=[NOT_ASSESSED])
    row = WORDY_SECTION_ROW if is_wordy(dossier) else SECTION_ROW
    top = cells.TITLE + cells.HEAD
    sheet = Sheet(cells.WIDTH, top + len(page) * row + 0.04)
    width = (cells.WIDTH - NAME - RESULT) / len(counts.columns)
    cells.title(sheet, dossier, f"Statements at each {'proposed' if dossier.stage == 'proposal' else 'reported'} level")
    cells.head(sheet, "Section", 0, NAME, size=9, centred=False)
    for n, level in enumerate(counts.columns):
        cells.head(sheet, sentence_case(str(level)), NAME + n * width + 0.04, width - 0.04, size=9, centred=False)
    cells.head(sheet, "Middle level", cells.WIDTH - RESULT, RESULT, size=9)
    sheet.rule(0, top, cells.WIDTH, LINE)
    shades, most = cells.shades_by_name(dossier), max(1, int(counts.to_numpy().max(initial=0)))
    for n, section in enumerate(page):
        y = top + n * row
        sheet.words(section.title, Box(0, y, NAME - 0.1, row), size=9, bold=True)
        for k, (level, number) in enumerate(counts.loc[section.id].items()):
            box = Box(NAME + k * width, y, width, row)
            cells.count_cell(sheet, str(level), int(number), most, shades.get(str(level)), box, size=9)
        middle = Box(cells.WIDTH - RESULT + 0.04, y, RESULT - 0.04, row).inset(0, 0.13)
        cells.level_cell(sheet, section.score.middle, shades.get(section.score.middle), middle, size=9)
        sheet.rule(0, y + row, cells.WIDTH, HATCH, 0.4)
    return sheet.figure
