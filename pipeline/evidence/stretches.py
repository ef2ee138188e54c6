"""A page's text in the forms in which it is looked through, each made once and only when it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from pipeline.evidence.words import Words, letters, words_of

LONG, STEP, OVERLAP = 60_000, 20_000, 16_000
"""Characters: a longer text (a Word file of hundreds of pages) is looked through in parts that overlap."""


class Stretch:
    """A page's text, or a part of a very long one."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def letters(self) -> str:
        """Its letters and digits alone: the sieve."""
        return letters(self.raw)

    @cached_property
    def words(self) -> Words:
        """It as words."""
        return words_of(self.raw)


def stretches(text: str) -> list[Stretch]:
    """A text in one piece, or a very long one in parts, none of which begins or ends inside a word."""
    return [Stretch(text)] if len(text) <= LONG else [Stretch(part) for part in _parts(text)]


def _parts(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        yield text[start : _gap_after(text, start + STEP + OVERLAP)]
        start = _gap_after(text, start + STEP)


def _gap_after(text: str, place: int) -> int:
    """The first white space from this place on, or the end."""
    while place < len(text) and not text[place].isspace():
        place += 1
    return min(place, len(text))
