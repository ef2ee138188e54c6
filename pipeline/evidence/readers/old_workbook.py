"""Workbooks in Excel's older and binary forms (.xls, .xlsb), whose number formats are not read."""

from __future__ import annotations

import datetime
from pathlib import Path

from pipeline.evidence.pages import EVERYTHING, Asked, Piece, Reading, page_of
from pipeline.office.limits import ENCRYPTED, UnreadableError
from pipeline.office.live_cells import column_letters

AS_STORED = (
    "the figures of a workbook of this kind are read as they are stored, so that 61% may be read as 0.61; save it as "
    ".xlsx, and its words and figures can be checked as they are shown"
)
MIDNIGHT = datetime.time()


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A workbook; a page is a sheet, its label the sheet's name."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise UnreadableError(ENCRYPTED) from error
    pages, filled, length = {}, 0, 0
    for number, about in enumerate(book.sheets_metadata, 1):
        cells: list[tuple[str, str]] = []
        pieces: list[Piece] = []
        sheet = book.get_sheet_by_index(number - 1)
        top, left = sheet.start or (0, 0)
        for down, row in enumerate(sheet.to_python(skip_empty_area=True)):
            shown = [(across, text) for across, value in enumerate(row) if (text := _text(value))]
            filled, length = filled + len(shown), length + sum(len(text) for _, text in shown)
            if filled > asked.limits.cells or length > asked.limits.text:
                raise UnreadableError(f"it is too large: it holds more than {asked.limits.cells:,} filled cells")
            cells += [(f"{column_letters(left + across + 1)}{top + down + 1}", text) for across, text in shown]
            pieces.append((" \t ".join(text for _, text in shown) + "\n", ""))
        hidden = about.visible != SheetVisibleEnum.Visible
        pages[number] = page_of(number, pieces, about.name, hidden=hidden, cells=cells)
    has_figures = any(any(c.isdigit() for c in page.text) for page in pages.values())
    return Reading("workbook", len(pages), pages, elsewhere=AS_STORED if has_figures else "")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime.datetime) and value.time() == MIDNIGHT:
        return value.date().isoformat()
    return str(value).strip()
