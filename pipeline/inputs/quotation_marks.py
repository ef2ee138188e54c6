"""Where quotations begin and end in what people write."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

STRAIGHT = '"'
CURLY_OPENS, CURLY_CLOSES = "\u201c", "\u201d"
OPENING = (CURLY_OPENS, CURLY_CLOSES, STRAIGHT)
_BEFORE_AN_END = r"(?=[ \t\u00a0]*(?:[;\n\]]|$))"
_STRAIGHT_ENDS = re.compile(f'"{_BEFORE_AN_END}')
_ANY_ENDS = re.compile(f'["\u201c\u201d]{_BEFORE_AN_END}')
_SHEET_BEFORE = re.compile(r"\bsheet\s{0,9}$", re.I)
_SHEET_NAME = re.compile(r"[\"\u201c\u201d][^\"\u201c\u201d\n]*[\"\u201c\u201d]")


class Quotations:
    """The quotation marks of one text, looked through once however many there are.

    A straight quotation ends at the first mark that `;`, a line break, `]` or the end follows; marks before it are
    words. A curly one ends at its own closing mark, so that another may stand inside it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._straight = [m.start() for m in _STRAIGHT_ENDS.finditer(text)]
        self._any = [m.start() for m in _ANY_ENDS.finditer(text)]
        self._partner = dict(_pairs(text))

    def end(self, start: int) -> int | None:
        """The index of the mark that ends the quotation beginning at `start`; None where it never ends."""
        if self.text[start] == STRAIGHT:
            return _first_after(self._straight, start)
        # Word's autocorrect sometimes turns a mark the wrong way, or leaves the last one straight.
        return self._partner.get(start) or _first_after(self._any, start)

    def split(self, separators: str = ";\n") -> Iterator[str]:
        """The parts between separators; a quotation that never ends is cut at the next one, and costs only itself."""
        begin = index = 0
        while index < len(self.text):
            if self.text[index] in separators:
                yield self.text[begin:index]
                begin = index + 1
            elif self.text[index] in OPENING:
                index = self._behind(begin, index)
                continue
            index += 1
        yield self.text[begin:]

    def _behind(self, begin: int, index: int) -> int:
        # The name of a sheet ends at its next mark, because words may follow it.
        before = max(begin, index - 16)
        if _SHEET_BEFORE.search(self.text, before, index) and (name := _SHEET_NAME.match(self.text, index)):
            return name.end()
        end = self.end(index)
        return index + 1 if end is None else end + 1


def end_of_quotation(text: str, start: int) -> int | None:
    """The index of the mark that ends the quotation beginning at `start`; None where it never ends."""
    return Quotations(text).end(start)


def split_outside_quotations(text: str, separators: str = ";\n") -> Iterator[str]:
    """The parts of a text between separators that stand outside quotation marks."""
    return Quotations(text).split(separators)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Each curly opening mark with its own closing mark."""
    open_marks: list[int] = []
    for index, letter in enumerate(text):
        if letter == CURLY_OPENS:
            open_marks.append(index)
        elif letter == CURLY_CLOSES and open_marks:
            yield open_marks.pop(), index


def _first_after(places: list[int], start: int) -> int | None:
    found = bisect_right(places, start)
    return places[found] if found < len(places) else None
