"""Sections by level: how many statements of each section stand at each level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.figure import Figure

from pipeline.dossier.figures import NOT_ASSESSED, is_wordy, named, section_pages
from pipeline.dossier.shades import HATCH, LINE
from pipeline.dossier.views import Dossier, SectionView
from pipeline.draw import cells
from pipeline.draw.frame import by_respondent, counts_by_section
from pipeline.draw.sheet import Box, Sheet
from pipeline.words import sentence_case

ROW, WORDY_ROW, NAME, RESULT = 0.56, 0.72, 1.7, 0.92


def sections(dossier: Dossier) -> Iterator[tuple[str, Figure]]:
    """A picture for each page of sections."""
    pages = section_pages(dossier)
    for n, page in enumerate(pages):
        yield named("sections", n, len(pages)), _page(dossier, page)


def _page(dossier: Dossier, page: Sequence[SectionView]) -> Figure:
    counts = counts_by_section(by_respondent(dossier, dossier.statements), [s.id for s in dossier.sections])
    if not counts[NOT_ASSESSED].any():
        counts = counts.drop(columns=[NOT_ASSESSED])
    row = WORDY_ROW if is_wordy(dossier) else ROW
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
