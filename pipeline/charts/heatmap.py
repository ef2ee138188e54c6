"""Statements by respondent, and sections by level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from pipeline.charts import cells
from pipeline.charts.cells import by_respondent, counts_by_section
from pipeline.charts.fonts import MISSING
from pipeline.charts.sheet import Box, LaidText, Sheet, lay
from pipeline.dossier.figures import NOT_ASSESSED, Group, heatmap_pages, is_wordy, named, section_pages
from pipeline.dossier.heatmap import HeatCell, HeatColumn, heat_columns, heat_row, heatmap_note, section_result
from pipeline.dossier.palette import EDGE, HATCH, HEADER, INK, LINE, PAPER, SECTION_FILL, WEAKEST_EDGE, shades
from pipeline.dossier.views import Dossier, SectionView
from pipeline.text import sentence_case

SIZE, AIR, AROUND = 10, 0.05, 0.03


class Row:
    """A row of the picture: its cells laid out, and so its height."""

    def __init__(self, cells: Sequence[HeatCell], widths: Sequence[float]) -> None:
        self.cells: list[tuple[HeatCell, LaidText, float]] = []
        place = 0
        for cell in cells:
            width = sum(widths[place : place + cell.span])
            laid = lay([(cell.bold, True), (cell.said, False)], width - 2 * AIR, SIZE)
            self.cells.append((cell, laid, width))
            place += cell.span
        self.height = max(laid.height(SIZE) for _, laid, _ in self.cells) + 2 * AROUND


def heatmaps(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of statements: the same columns, words and shades as the table in the papers."""
    pages = heatmap_pages(dossier)
    for n, groups in enumerate(pages):
        yield named("heatmap", n, len(pages)), _page(dossier, groups)


def _page(dossier: Dossier, groups: tuple[Group, ...]) -> Figure:
    columns = heat_columns(dossier)
    wanted = sum(column.width for column in columns)
    widths = [column.width / wanted * cells.WIDTH for column in columns]
    head = Row([HeatCell("", column.heading) for column in columns], widths)
    rows = [row for group in groups for row in _rows(dossier, group, columns, widths)]
    lacks = any(laid.lacks_letters for row in rows for _, laid, _ in row.cells)
    said = f"{heatmap_note(dossier)} {MISSING if lacks else ''}".strip()
    note = lay([(said, False)], cells.WIDTH, SIZE)
    body = head.height + sum(row.height for row in rows)
    foot = note.height(SIZE) + 4 * AROUND
    sheet = Sheet(cells.WIDTH, cells.TITLE + body + foot)
    cells.title(sheet, dossier, f"{cells.levels_title(dossier)} by statement")
    y = _draw(sheet, dossier, head, cells.TITLE, HEADER)
    for row in rows:
        y = _draw(sheet, dossier, row, y, PAPER if len(row.cells) > 1 else SECTION_FILL)
    sheet.laid(note, Box(0, y, cells.WIDTH, foot), size=SIZE)
    return sheet.figure


def _rows(dossier: Dossier, group: Group, columns: Sequence[HeatColumn], widths: Sequence[float]) -> Iterator[Row]:
    """The result of a section, then its statements."""
    _, statements = group
    section = next(s for s in dossier.sections if statements[0] in s.statements)
    begun = statements[0] == section.statements[0]
    result = f": {section_result(dossier, section)}" if begun else " (continued)"
    yield Row([HeatCell(result, section.title, span=len(columns))], widths)
    for statement in statements:
        yield Row(heat_row(dossier, statement, columns), widths)


def _draw(sheet: Sheet, dossier: Dossier, row: Row, y: float, ground: str) -> float:
    """The row's cells; gives where the next row begins."""
    x, ramp = 0.0, shades(len(dossier.levels))
    for cell, laid, width in row.cells:
        box = Box(x, y, width, row.height)
        fill = ramp[cell.rank].fill if cell.rank >= 0 else ground
        colour = ramp[cell.rank].text if cell.rank >= 0 else PAPER if ground == HEADER else INK
        sheet.box(box, fill, edge=EDGE, line=0.5)
        if cell.rank == 0:
            sheet.box(box.inset(0.012, 0.012), fill, edge=WEAKEST_EDGE, line=1.5)
        sheet.laid(laid, box.inset(AIR), size=SIZE, colour=colour)
        x += width
    return y + row.height


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
    cells.head(sheet, "Section", 0, NAME, size=10, centred=False)
    for n, level in enumerate(counts.columns):
        cells.head(sheet, sentence_case(str(level)), NAME + n * width + 0.04, width - 0.04, size=10, centred=False)
    cells.head(sheet, "Middle level", cells.WIDTH - RESULT, RESULT, size=10)
    sheet.rule(0, top, cells.WIDTH, LINE)
    shades, most = cells.shades_by_name(dossier), max(1, int(counts.to_numpy().max(initial=0)))
    for n, section in enumerate(page):
        y = top + n * row
        sheet.words(section.title, Box(0, y, NAME - 0.1, row), size=10, bold=True)
        for k, (level, number) in enumerate(counts.loc[section.id].items()):
            box = Box(NAME + k * width, y, width, row)
            cells.count_cell(sheet, str(level), int(number), most, shades.get(str(level)), box, size=10)
        middle = Box(cells.WIDTH - RESULT + 0.04, y, RESULT - 0.04, row).inset(0, 0.13)
        cells.level_cell(sheet, section.score.middle, shades.get(section.score.middle), middle, size=10)
        sheet.rule(0, y + row, cells.WIDTH, HATCH, 0.4)
    return sheet.figure
