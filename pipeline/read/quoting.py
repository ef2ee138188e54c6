"""Where a quotation ends. Semicolons and line breaks inside one belong to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

STRAIGHT = '"'
OPENING = ("\u201c", "\u201d", STRAIGHT)
CLOSING = "\u201d"
_ENDS = re.compile(r"\"(?=[ \t\u00a0]*(?:[;\n\]]|$))")
_CURLY_ENDS = re.compile(r"[\u201d\u201c](?=[ \t\u00a0]*(?:[;\n\]]|$))")
_SHEET_BEFORE = re.compile(r"\bsheet\s*$", re.I)
_SHEET_NAME = re.compile(r"[\"\u201c\u201d][^\"\u201c\u201d\n]*[\"\u201c\u201d]")


def end_of_quotation(text: str, start: int) -> int | None:
    """The index of the mark that ends the quotation beginning at `start`; None where it never ends.

    A straight quotation ends at the first mark that `;`, a line break, `]` or the end follows; marks before it are
    words. A curly one ends at its own closing mark, so that another may stand inside it.
    """
    if text[start] == STRAIGHT:
        match = _ENDS.search(text, start + 1)
        return match.start() if match else None
    depth, index = 1, start + 1
    while index < len(text):
        if text[index] == "\u201c":
            depth += 1
        elif text[index] == CLOSING:
            depth -= 1
        if depth == 0:
            return index
        index += 1
    # Word's autocorrect sometimes turns a mark the wrong way, or leaves the last one straight.
    match = _CURLY_ENDS.search(text, start + 1) or _ENDS.search(text, start + 1)
    return match.start() if match else None


def split_outside_quotations(text: str, separators: str = ";\n") -> Iterator[str]:
    """The parts between separators; a quotation that never ends is cut at the next one, and costs only itself."""
    begin = index = 0
    while index < len(text):
        if text[index] in separators:
            yield text[begin:index]
            begin = index + 1
        elif text[index] in OPENING:
            index = _behind_quotation(text, begin, index)
            continue
        index += 1
    yield text[begin:]


def _behind_quotation(text: str, begin: int, index: int) -> int:
    if _SHEET_BEFORE.search(text, begin, index) and (name := _SHEET_NAME.match(text, index)):
        return name.end()
    end = end_of_quotation(text, index)
    return index + 1 if end is None else end + 1
