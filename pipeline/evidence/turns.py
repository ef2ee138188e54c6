"""From one page to the next: the text that runs on, without the headers, footers and page numbers between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

EDGE = 4
"""How many lines at the top and bottom of a page may be headers or footers."""
PAGE_NUMBER = re.compile(
    r"(?i)\W*(?:page|p\.?|seite)?\s*(?:\d{1,5}|[ivxlc]{1,7})\s*(?:(?:of|/|\|)\s*\d{1,5})?\W*(?:page)?"
)
LONGEST_NUMBER = 40
DIGITS = re.compile(r"\d+")


def body(text: str, neighbours: Sequence[str]) -> str:
    """A page without what seems to be furniture: lines at its edges that its neighbours repeat, and page numbers."""
    return next(endings(next(beginnings(text, neighbours)), neighbours))


def endings(text: str, neighbours: Sequence[str]) -> Iterator[str]:
    """A page without its last lines, as far as they seem to be furniture: first without all of them, then with more.

    A line of the body may look the same as one next door, so nothing is left out for good.
    """
    lines = text.splitlines(keepends=True)
    kept = _without(lines, _repeated(neighbours))
    return ("".join(lines[:end]) for end in range(kept, len(lines) + 1))


def beginnings(text: str, neighbours: Sequence[str]) -> Iterator[str]:
    """The same for its first lines."""
    lines = text.splitlines(keepends=True)
    kept = _without(lines[::-1], _repeated(neighbours))
    return ("".join(lines[start:]) for start in range(len(lines) - kept, -1, -1))


def _without(lines: Sequence[str], repeated: set[str]) -> int:
    """How many lines stay when furniture is taken off the end."""
    end, taken = len(lines), 0
    while end > 0 and taken < EDGE:
        if lines[end - 1].strip():
            if not _is_furniture(lines[end - 1], repeated):
                break
            taken += 1
        end -= 1
    return end


def _repeated(neighbours: Sequence[str]) -> set[str]:
    edges = (lines[:EDGE] + lines[-EDGE:] for lines in map(_filled, neighbours))
    return {_mask(line) for lines in edges for line in lines}


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
