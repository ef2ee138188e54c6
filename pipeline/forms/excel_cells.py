"""Cells of an Excel form: people's text stays text, what is to be typed is open, all else is locked."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from pipeline.forms.wording import OPEN_COLOUR

MOST_CHARACTERS = 32_000
"""Excel takes 32,767 in a cell."""
CUT = " ... (cut here; the whole text is in last year's papers)"

BLUE, PALE, GREY, INK, WHITE = "FF005EB8", f"FF{OPEN_COLOUR}", "FFF0F4F5", "FF212B32", "FFFFFFFF"
_LINE = Side(style="thin", color="FF768692")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
OPEN = Protection(locked=False)
BESIDE = Alignment(vertical="top")
WRAPPED = Alignment(wrap_text=True, vertical="top")
SMALLER = 1.25
"""How much more of a text at 10 points a width holds, its lower lines counted in."""
_NAME = "Arial"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ESCAPED = "_x005F_"
"""How a cell writes the line `_` that would begin an escape."""
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@lru_cache
def font(size: int, bold: bool = False, colour: str = INK) -> Font:
    """A font; each kind is made once, because making them takes most of the time of a form."""
    return Font(name=_NAME, size=size, bold=bold, color=colour)


@lru_cache
def background(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=colour)


def held(text: str) -> str:
    """A text as people read it in its cell: what no cell can hold is replaced, what is too long is cut."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - len(CUT)] + CUT
    return text


def fit(text: str) -> str:
    """The same as it is written: Excel reads `_x0041_` as an escape for `A`, so a text that looks so is escaped."""
    return _ESCAPE_LIKE.sub(ESCAPED, held(text))


def put(sheet: Any, row: int, column: int, text: str, *, bold: bool = False, size: int = 11, wrap: bool = True) -> Any:
    """A locked cell that holds a text, never a formula."""
    cell = sheet.cell(row, column)
    cell.value = fit(text)
    cell.data_type = "s"
    cell.alignment = WRAPPED if wrap else BESIDE
    cell.font = font(size, bold)
    if size > 12:
        sheet.row_dimensions[row].height = 1.5 * size
    return cell


def put_header(sheet: Any, row: int, headings: Iterable[str]) -> None:
    """A row of column headings."""
    for column, heading in enumerate(headings, 1):
        put_header_cell(sheet, row, column, heading)


def put_header_cell(sheet: Any, row: int, column: int, heading: str) -> None:
    """One column heading."""
    cell = put(sheet, row, column, heading)
    cell.font = font(11, True, WHITE)
    cell.fill = background(BLUE)
    cell.border = BOX


def put_statement(sheet: Any, row: int, column: int, text: str, notes: Iterable[str]) -> Any:
    """A locked cell whose first paragraph is bold."""
    cell = put(sheet, row, column, "")
    rest = "".join(f"\n{fit(note)}" for note in notes)
    strong = TextBlock(InlineFont(rFont=_NAME, sz=11, b=True), fit(text))
    plain = TextBlock(InlineFont(rFont=_NAME, sz=10), rest)
    cell.value = CellRichText(strong, plain) if rest else CellRichText(strong)
    return cell


def open_cell(sheet: Any, row: int, column: int) -> Any:
    """An empty cell for people to type in. Its format is text, so that `4-6` stays `4-6` and is not a date."""
    cell = sheet.cell(row, column)
    cell.protection = OPEN
    cell.number_format = "@"
    cell.alignment = WRAPPED
    cell.border = BOX
    cell.font = font(11)
    cell.fill = background(PALE)
    return cell


def height(*texts: tuple[str, float]) -> float:
    """The points that a row needs for the tallest of its texts, each given with the width of its column.

    Arial at 11 points puts about 1.1 characters into one unit of width; a line takes 14.5 points; Excel stops at 409.
    """
    lines = [
        sum(len(textwrap.wrap(part, max(4, int(width * 1.1)))) or 1 for part in t.split("\n")) for t, width in texts
    ]
    return min(409.0, 14.5 * max(lines) + 3)


def shade(sheet: Any, row: int, columns: Iterable[int]) -> None:
    """Locked cells of a table, visibly not to be typed in."""
    for column in columns:
        cell = sheet.cell(row, column)
        cell.fill = background(GREY)
        cell.border = BOX


def lay_out(sheet: Any, widths: Iterable[float], footer: str, *, landscape: bool = True) -> None:
    """Widths, A4, one page wide, page numbers, and protection that still lets rows and columns be sized."""
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    # Excel takes 255 characters in all; a lone `&` would begin a code.
    sheet.oddFooter.left.text = footer[:100].replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.sheet_view.showGridLines = False
    protect(sheet)


def protect(sheet: Any) -> None:
    """No password: the protection guards against slips, not against people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def validation(kind: Any, title: str, prompt: str, **options: Any) -> Any:
    """A rule for open cells with the help that appears when one is chosen (Excel takes 32 and 255 characters)."""
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(
        type=kind,
        allow_blank=True,
        showInputMessage=True,
        promptTitle=title[:32],
        prompt=prompt[:255],
        **options,
    )
