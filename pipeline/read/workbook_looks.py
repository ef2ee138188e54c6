"""How the cells of an Excel form look where that changes what they say: struck out, unseen, hidden, coloured."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.looks.cells import COLUMN, ROW, CellLooks, hidden_columns, is_hidden, rich_pieces
from pipeline.looks.word import SYMBOLS, child, local
from pipeline.read.forms_package import FormPackage
from pipeline.read.forms_words import OPEN_COLOUR

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PLAIN = frozenset({"", "theme0", "theme1", "indexed8", "indexed9", "indexed64", "indexed65"})
_GREY, _DARK = 12, 0x60


@dataclass
class SheetLooks:
    """Of one sheet, by row number and column from 0."""

    unseen: dict[tuple[int, int], str] = field(default_factory=dict)
    """Why the whole cell is not live."""
    pieces: dict[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The text in pieces, each with why it is not live, where a part of the cell is not."""
    hidden: dict[tuple[int, int], str] = field(default_factory=dict)
    """That its row or column is hidden."""
    colours: dict[tuple[int, int], str] = field(default_factory=dict)


def looks_of(content: bytes) -> Mapping[str, SheetLooks]:
    """Sheet -> how its cells look; the file has been found safe to open before."""
    package = FormPackage(content)
    styles = package.root("xl/styles.xml")
    why, colours = CellLooks(styles), _colours(styles)
    strings = package.root("xl/sharedStrings.xml")
    shared = [tuple(rich_pieces(e)) for e in strings if local(e) == "si"] if strings is not None else []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            title: _sheet(archive.read(part), why, colours, shared)
            for title, part in package.sheets()
            if part in archive.namelist()
        }


def _sheet(content: bytes, why: CellLooks, colours: list[str], shared: list[tuple[tuple[str, str], ...]]) -> SheetLooks:
    found, spans = SheetLooks(), []
    for _, element in etree.iterparse(io.BytesIO(content), tag=("{*}cols", "{*}row"), resolve_entities=False):
        if local(element) == "cols":
            spans = hidden_columns(element)
            continue
        row_hidden = is_hidden(element, "ht")
        for at, cell in _cells(element):
            style = cell.get("s", "0")
            if reason := why.unseen(style):
                found.unseen[at] = reason
            if row_hidden:
                found.hidden[at] = ROW
            elif any(first <= at[1] + 1 <= last for first, last in spans):
                found.hidden[at] = COLUMN
            if style.isdigit() and int(style) < len(colours) and colours[int(style)]:
                found.colours[at] = colours[int(style)]
            pieces = _pieces(cell, shared)
            if any(reason for _, reason in pieces):
                found.pieces[at] = pieces
        element.clear()
    return found


def _cells(row: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    for cell in row:
        if isinstance(cell.tag, str) and (match := _CELL.fullmatch(cell.get("r", ""))):
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            yield (int(match[2]), column - 1), cell


def _pieces(cell: Any, shared: list[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    if cell.get("t") == "inlineStr" and (inline := child(cell, "is")) is not None:
        return tuple(rich_pieces(inline))
    value = child(cell, "v")
    if cell.get("t") == "s" and value is not None and (value.text or "").strip().isdigit():
        number = int(value.text)
        return shared[number] if number < len(shared) else ()
    return ()


def _colours(styles: Any) -> list[str]:
    """By the number of a style: the colours of its cell and letters, and its symbol font; empty for black on white."""
    fonts, fills = (_entries(styles, name) for name in ("fonts", "fills"))
    found = []
    for style in _entries(styles, "cellXfs"):
        font, fill = _nth(fonts, style.get("fontId")), _nth(fills, style.get("fillId"))
        pattern = child(fill, "patternFill") if fill is not None else None
        solid = pattern is not None and pattern.get("patternType", "none") != "none"
        letters = _colour(child(font, "color"), letters=True) if font is not None else ""
        ground = _colour(child(pattern, "fgColor")) if solid else ""
        named = child(font, "name") if font is not None else None
        symbols = named is not None and named.get("val", "").casefold().startswith(SYMBOLS)
        found.append(" ".join(filter(None, (ground, letters and f"letters {letters}", "symbols" if symbols else ""))))
    return found


def _colour(element: Any, *, letters: bool = False) -> str:
    """A colour that may mean something: not white, grey or that of a form's own cells; letters not nearly black."""
    if element is None:
        return ""
    given = element.get("rgb") or next((f"{k}{element.get(k)}" for k in ("theme", "indexed") if element.get(k)), "")
    if given in _PLAIN or not re.fullmatch(r"[0-9A-Fa-f]{8}", given):
        return "" if given in _PLAIN else given
    parts = [int(given[at : at + 2], 16) for at in (2, 4, 6)]
    plain = max(parts) - min(parts) <= _GREY or (letters and max(parts) <= _DARK) or given[2:].upper() == OPEN_COLOUR
    return "" if plain else given[2:].upper()


def _entries(styles: Any, name: str) -> list[Any]:
    holder = child(styles, name) if styles is not None else None
    return [] if holder is None else [e for e in holder if isinstance(e.tag, str)]


def _nth(entries: list[Any], number: str | None) -> Any:
    return entries[int(number)] if number and number.isdigit() and int(number) < len(entries) else None
