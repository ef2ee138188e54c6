"""From one page to the next: the text that runs on, without the headers, footers and page numbers between."""

from __future__ import annotations

import re
from collections.abc import Sequence

EDGE = 4
"""How many lines at the top and bottom of a page may be headers or footers."""
PAGE_NUMBER = re.compile(
    r"(?i)\W*(?:page|p\.?|seite)?\s*(?:\d{1,5}|[ivxlc]{1,7})\s*(?:(?:of|/|\|)\s*\d{1,5})?\W*(?:page)?"
)
LONGEST_NUMBER = 40
DIGITS = re.compile(r"\d+")


def body(text: str, neighbours: Sequence[str]) -> str:
    """A page without the lines at its edges that its neighbours repeat, figures aside, and without page numbers."""
    lines = text.splitlines(keepends=True)
    tops = {_mask(line) for other in neighbours for line in _filled(other)[:EDGE]}
    bottoms = {_mask(line) for other in neighbours for line in _filled(other)[-EDGE:]}
    first, last = 0, len(lines)
    for _ in range(EDGE):
        while first < last and not lines[first].strip():
            first += 1
        if first < last and _is_furniture(lines[first], tops | bottoms):
            first += 1
    for _ in range(EDGE):
        while last > first and not lines[last - 1].strip():
            last -= 1
        if last > first and _is_furniture(lines[last - 1], tops | bottoms):
            last -= 1
    return "".join(lines[first:last])


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _mask(line: str) -> str:
    return DIGITS.sub("0", " ".join(line.split())).casefold()


def _is_furniture(line: str, repeated: set[str]) -> bool:
    return _mask(line) in repeated or is_page_number(line)


def is_page_number(line: str) -> bool:
    """Whether a line holds a page number and nothing else."""
    bare = line.strip()
    return len(bare) <= LONGEST_NUMBER and PAGE_NUMBER.fullmatch(bare) is not None
