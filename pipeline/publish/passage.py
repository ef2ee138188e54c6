"""The words cited, marked in the passage in which they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = re.compile(r"\.{3,}|…|\[\s*(?:\.{3}|…)\s*\]")

Part = tuple[str, bool]
"""Text, and whether it is what was cited."""


def passage(context: str, quotation: str) -> list[Part]:
    """The context in parts. Where the words cannot be told apart in it, it stands whole and unmarked.

    Letters and digits are compared and all else passed over: a line break, a hyphen or a curly mark is no difference.
    """
    letters, places = _letters(context)
    spans, start = [], 0
    for words in ELLIPSIS.split(quotation):
        sought, _ = _letters(words)
        found = letters.find(sought, start) if sought else -1
        if sought and found < 0:
            return [(context, False)]
        if sought:
            start = found + len(sought)
            spans.append((places[found], places[start - 1] + 1))
    return [part for part in _parts(context, spans) if part[0]]


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, in one case and form, with the place of each in the text."""
    found = [
        (letter, place)
        for place, character in enumerate(text)
        for letter in unicodedata.normalize("NFKC", character).casefold()
        if letter.isalnum()
    ]
    return "".join(letter for letter, _ in found), [place for _, place in found]


def _parts(context: str, spans: list[tuple[int, int]]) -> Iterator[Part]:
    end = 0
    for first, last in spans:
        yield context[end:first], False
        yield context[first:last], True
        end = last
    yield context[end:], False
