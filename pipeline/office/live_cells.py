"""Which words of a workbook are live: not struck out, hidden, errors, or set so that no reader sees them.

One table for all who read workbooks. The reasons follow "the words stand there only".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.office.live_word import HIDDEN, PAPER, STRUCK, child, local, same_colour

ROW, COLUMN = "in a hidden row", "in a hidden column"
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
          "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!")  # fmt: skip
"""What Excel shows where a formula has no answer."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHITE = re.compile(r"(?:[fF][7-9a-fA-F]){3}")
_WHITE_INDEXES = frozenset({"1", "9"})
_SMALLEST = {"ht": 2.0, "width": 0.3}
"""Points of a row and letters of a column: what has less shows nothing."""
_IN_WHITE = re.compile(r"\[white\]", re.IGNORECASE)
_NOTHING_SHOWN = re.compile(r"\s*;\s*;\s*(?:;\s*)?")


def unescaped(text: str) -> str:
    """A cell's text with the characters that XML cannot hold put back: `_x000D_` is a line break.

    Two escapes that make one character (an emoji) become that character; half of one becomes the mark for a letter
    that is lost.
    """
    if "_x" not in text:
        return text
    put = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    whole = put.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def is_error(text: str) -> bool:
    """Whether a cell's text is one of Excel's error values."""
    return text.strip().upper() in ERRORS


def rich_pieces(entry: Any, *, white: bool = False) -> Iterator[tuple[str, str]]:
    """The pieces of a shared or inline string: text, and why it is not live; without reading aids.

    `white` tells of white words too, which are seen in a cell that has a colour of its own.
    """
    for part in entry.iter():
        if local(part) == "t" and local(part.getparent()) != "rPh":
            run = part.getparent()
            font = child(run, "rPr") if local(run) == "r" else None
            unseen = white and font is not None and _is_white(child(font, "color"))
            yield unescaped(part.text or ""), STRUCK if _struck(font) else PAPER if unseen else ""


class CellLooks:
    """By the number of a cell's style: why its text is not live."""

    def __init__(self, styles: Any = None) -> None:
        fonts, fills = _children(styles, "fonts"), _children(styles, "fills")
        formats = {f.get("numFmtId"): f.get("formatCode") or "" for f in _children(styles, "numFmts")}
        cells = _children(styles, "cellXfs")
        self._why = [_why(style, fonts, fills, formats) for style in cells]
        self._coloured = [not _is_paper(_nth(fills, style.get("fillId"))) for style in cells]

    def unseen(self, style: str | int) -> str:
        """Why a cell of this style is not live; empty where it is."""
        number = int(style) if str(style).isdigit() else -1
        return self._why[number] if 0 <= number < len(self._why) else ""

    def is_coloured(self, style: str) -> bool:
        """Whether a cell of this style has a colour of its own."""
        return style.isdigit() and int(style) < len(self._coloured) and self._coloured[int(style)]


def hidden_columns(sheet_columns: Any) -> list[tuple[int, int]]:
    """From a sheet's `cols`: the first and last of each span of hidden columns, counted from 1."""
    spans = []
    for column in sheet_columns if sheet_columns is not None else ():
        first, last = column.get("min", ""), column.get("max", "")
        if is_hidden(column, "width") and first.isdigit() and last.isdigit():
            spans.append((int(first), int(last)))
    return spans


def is_hidden(element: Any, size: str) -> bool:
    """Whether a row (`ht`) or column (`width`) is hidden, or has no size."""
    if element.get("hidden") in ("1", "true"):
        return True
    try:
        return float(element.get(size, "99")) < _SMALLEST[size]
    except ValueError:
        return False


def _children(styles: Any, name: str) -> list[Any]:
    holder = None if styles is None else child(styles, name)
    return [] if holder is None else [e for e in holder if isinstance(e.tag, str)]


def _why(style: Any, fonts: list[Any], fills: list[Any], formats: dict[str | None, str]) -> str:
    font, fill = _nth(fonts, style.get("fontId")), _nth(fills, style.get("fillId"))
    if _struck(font):
        return STRUCK
    shown = formats.get(style.get("numFmtId"), "")
    if _NOTHING_SHOWN.fullmatch(shown):
        return HIDDEN
    colour = None if font is None else child(font, "color")
    white = _is_white(colour) or _IN_WHITE.search(shown) is not None
    return PAPER if white and _is_paper(fill) or _are_one(colour, fill) else ""


def _nth(entries: list[Any], number: str | None) -> Any:
    return entries[int(number)] if number and number.isdigit() and int(number) < len(entries) else None


def _struck(font: Any) -> bool:
    mark = None if font is None else child(font, "strike")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_white(colour: Any) -> bool:
    if colour is None:
        return False
    try:
        if float(colour.get("tint") or 0) < -0.02:
            return False
    except ValueError:
        return False
    given = colour.get("rgb", "")
    if given:
        return _WHITE.fullmatch(given[-6:]) is not None
    return colour.get("theme") == "0" or colour.get("indexed") in _WHITE_INDEXES


def _are_one(colour: Any, fill: Any) -> bool:
    """Whether words have the very colour that their cell is filled with."""
    ground = None if fill is None else child(fill, "patternFill", "fgColor")
    if colour is None or ground is None or child(fill, "patternFill").get("patternType") != "solid":
        return False
    if colour.get("rgb") and ground.get("rgb"):
        return same_colour(colour.get("rgb")[-6:], ground.get("rgb")[-6:])
    return bool(colour.attrib) and dict(colour.attrib) == dict(ground.attrib)


def _is_paper(fill: Any) -> bool:
    """Whether a cell has no colour of its own."""
    if fill is None:
        return True
    pattern = child(fill, "patternFill")
    if pattern is None:
        return local(fill) == "fill" and len(fill) == 0  # a gradient is a colour
    kind = pattern.get("patternType", "none")
    return kind == "none" or kind == "solid" and _is_white(child(pattern, "fgColor"))


def column_letters(column: int) -> str:
    """A column as people call it: 3 is `C`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
