"""How texts are compared: by their words, whatever the case, spacing and typography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from pipeline.model import Case
from pipeline.text import compared

# Soft hyphens and other invisible characters inside a word, and accents written apart, belong to it.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# So do the vowel signs and points of scripts that write them around their letters.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0971-\u0dff"
    "\u0e31-\u0e4e\u0eb1-\u0ecd\u0f18-\u0fbc\u102b-\u109d\u17b4-\u17d3"
)
_WORD = re.compile(rf"&|[^\W_](?:[^\W_]|[{_INVISIBLE}{_SIGNS}])*")
_BETWEEN = re.compile(r"[\W_]+")
_ENCODED = re.compile(r"%[0-9a-f]{2}|&(?:#x?[0-9a-f]{1,6}|\w{2,10});", re.IGNORECASE)
# Marks of notes, emphasis and quotation, marks that nobody sees, tags, and what stands behind the words of a link.
_UNREAD = re.compile(
    r"\[@\d[\d; ]{0,100}\]"
    r"|[*`~\\\[\u00ad\u034f\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]"
    r"|(?<![^\W_])_|_(?![^\W_])|^[ >]+|<!--.{0,200}?-->|</?[a-z][^<>]{0,100}>"
    r"|\](?:\([^()\n]{0,300}\)|\[[^\[\]\n]{0,100}\])?",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = 4
"""Letters by which phrases are told apart before they are compared."""
_FEW = 300
"""Phrases of which each may be looked for by itself, to pass over the texts that hold none."""


class Word(NamedTuple):
    """A word as written, as compared, and where it starts."""

    written: str
    plain: str
    start: int


def decoded(text: str) -> str:
    """The text with the signs that were written in codes: `&amp;`, `%20`."""
    return unquote(unescape(text), errors="replace") if _ENCODED.search(text) else text


def as_read(text: str) -> str:
    """The text as a reader of a page sees it, where it was written with codes, escapes, links or emphasis."""
    return _UNREAD.sub("", decoded(text))


def start_of_line(text: str, line: int) -> int:
    """Where in a text a line begins, counted from 0."""
    return sum(len(before) + 1 for before in text.split("\n", line)[:line])


@lru_cache(maxsize=2048)  # several checks walk over the same texts
def words(text: str) -> tuple[Word, ...]:
    """The words of a text with where they start; `6.2` is two words, in both of the texts compared."""
    return tuple(Word(m[0], _plain(m[0]), m.start()) for m in _WORD.finditer(text))


def same_words(text: str) -> tuple[str, ...]:
    """The words of a text, for asking whether two texts say the same."""
    return tuple(_plain(w) for w in _WORD.findall(text))


def _letters(text: str) -> str:
    """The words of a text as compared, without what stands between them."""
    if text.isascii():
        return _BETWEEN.sub("", text.lower().replace("&", "and"))
    return "".join([word.plain for word in words(text)])


def _plain(word: str) -> str:
    if word.isascii():
        return "and" if word == "&" else word.lower()
    return compared(word)


def upper_half(rank: int, case: Case) -> bool:
    """Whether a level is in the upper half of the scale; the middle of an odd scale is not."""
    return 2 * rank >= len(case.framework.levels)


@dataclass
class Phrases:
    """Finds any of many phrases in a text, in one walk over its words.

    Letters and digits are compared, whatever stands between them: `co-production` is `coproduction`.
    """

    _keys: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)
    """The letters of a phrase as compared -> its keys, each with the letters as written where capitals matter."""
    _lengths: dict[str, set[int]] = field(default_factory=dict)
    """The first letters -> how long the phrases are that begin with them."""

    def add(self, phrase: str, key: str, *, as_written: bool = False) -> None:
        """Look for this phrase too; `as_written` minds capitals."""
        parts = words(phrase)
        if parts:
            plain = "".join(word.plain for word in parts)
            written = "".join(word.written for word in parts) if as_written else None
            self._keys.setdefault(plain, []).append((key, written))
            self._lengths.setdefault(plain[:_FIRST], set()).add(len(plain))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each phrase found: its key, and where it starts and ends in the text."""
        letters = _letters(text)
        if len(self._keys) <= _FEW and not any(phrase in letters for phrase in self._keys):
            return
        here = words(text)
        sizes = sorted({len(first) for first in self._lengths})
        start = 0
        for n, word in enumerate(here):
            for size in sizes:
                for length in sorted(self._lengths.get(letters[start : start + size], ())):
                    for key, written in self._keys.get(letters[start : start + length], ()):
                        run = _run(here, n, length)
                        if run and written in (None, "".join(w.written for w in run)):
                            yield key, word.start, run[-1].start + len(run[-1].written)
            start += len(word.plain)


def _run(here: Sequence[Word], first: int, length: int) -> Sequence[Word]:
    """The words from one on that have so many letters together; none where that would cut a word."""
    for n in range(first, len(here)):
        length -= len(here[n].plain)
        if length <= 0:
            return here[first : n + 1] if length == 0 else ()
    return ()
