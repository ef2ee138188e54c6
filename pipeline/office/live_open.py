"""OpenDocument files: which of their words are live, and their text as a person reads it.

One table for all who read them, forms and evidence alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.office.live_word import HIDDEN, PAPER, STRUCK, local

MOST_COLUMNS = 200
"""Columns of a sheet that are looked at."""
TRACKED_CHANGES, NOTES = "tracked-changes", ("annotation", "note")
_WHITE = re.compile(r"[ \t\n]+")
_LIGHT = re.compile(r"#(?:f[7-9a-f]){3}", re.I)
_SPACES = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


class OpenLooks:
    """By the name of a style: why words or cells that have it are not live, and what is hidden."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles = {attribute(e, "name"): e for root in roots for e in root.iter("{*}style")}

    def why(self, style: str) -> str:
        """Why words in this style, or in one that it is made from, are not live."""
        for entry in self._chain(style):
            for text in entry.iter("{*}text-properties"):
                if attribute(text, "text-line-through-style") not in ("", "none"):
                    return STRUCK
                if attribute(text, "display") == "none":
                    return HIDDEN
        white = _LIGHT.fullmatch(self._first(style, "color", "text-properties"))
        return PAPER if white and not self.is_coloured(style) else ""

    def is_coloured(self, style: str) -> bool:
        """Whether what has this style lies on something darker than paper."""
        return not _LIGHT.fullmatch(self._first(style, "background-color", "*") or "#ffffff")

    def _first(self, style: str, name: str, properties: str) -> str:
        """A property of a style, or of the nearest that it is made from; `transparent` is none."""
        found = (attribute(e, name) for entry in self._chain(style) for e in entry.iter(f"{{*}}{properties}"))
        return next((value for value in found if value not in ("", "transparent")), "")

    def _chain(self, style: str) -> Iterator[Any]:
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = attribute(self._styles[style], "parent-style-name")

    def hides(self, style: str) -> bool:
        """Whether a sheet of this style is hidden."""
        entry = self._styles.get(style)
        return entry is not None and any(attribute(e, "display") == "false" for e in entry.iter("{*}table-properties"))

    def is_hidden_slide(self, style: str) -> bool:
        """Whether a slide of this style is left out when the slides are shown."""
        entry = self._styles.get(style)
        shown = [] if entry is None else list(entry.iter("{*}drawing-page-properties"))
        return any(attribute(e, "visibility") == "hidden" for e in shown)


def hidden_open_columns(table: Any) -> set[int]:
    """The columns of a sheet, from 0, that nobody sees."""
    found: set[int] = set()
    at = 0
    for column in table.iter("{*}table-column"):
        wide = min(how_many(column, "number-columns-repeated"), MOST_COLUMNS)
        if attribute(column, "visibility") in ("collapse", "filter"):
            found |= set(range(at, at + wide))
        at += wide
    return found


def open_pieces(element: Any, looks: OpenLooks, why: str = "") -> Iterator[tuple[str, str]]:
    """The text of an element, piece by piece, each with why it is not live."""
    why = why or (looks.why(attribute(element, "style-name")) if local(element) in ("span", "p", "h") else "")
    if element.text and local(element) not in ("creator", "date", "initials"):
        yield _collapsed(element.text), why
    for inner in element:
        name = local(inner)
        if name == "s":
            yield " " * how_many(inner, "c"), why
        elif name in _SPACES:
            yield _SPACES[name], why
        elif name in ("p", "h"):  # in a text box
            yield "\n", ""
            yield from open_pieces(inner, looks, why)
        elif name not in (*NOTES, TRACKED_CHANGES, "hidden-text"):
            yield from open_pieces(inner, looks, why)
        if inner.tail:
            yield _collapsed(inner.tail), why


def _collapsed(text: str) -> str:
    """White space in the XML is one space at most; what people typed stands in elements of its own."""
    return _WHITE.sub(" ", text.replace("\r", ""))


def how_many(element: Any, name: str) -> int:
    """A number that an element gives; 1 where it gives none."""
    value = attribute(element, name)
    return max(1, int(value)) if value.isascii() and value.isdigit() else 1


def attribute(element: Any, name: str) -> str:
    """An attribute, whatever its name space."""
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
