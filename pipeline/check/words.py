"""How texts are compared: by their words, whatever the case, spacing and typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.model import Case

# Soft hyphens and other invisible characters inside a word, and accents written apart, belong to it.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INVISIBLE}\u0300-\u036f])*")
_REMOVED = dict.fromkeys(map(ord, _INVISIBLE))


@dataclass(frozen=True)
class Word:
    """A word as written, as compared, and where it starts."""

    written: str
    plain: str
    start: int


def words(text: str) -> list[Word]:
    """The words of a text with where they start; `6.2` is two words, in both of the texts compared."""
    return [Word(m[0], _plain(m[0]), m.start()) for m in _WORD.finditer(text)]


def same_words(text: str) -> tuple[str, ...]:
    """The words of a text, for asking whether two texts say the same."""
    return tuple(_plain(w) for w in _WORD.findall(text))


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word.translate(_REMOVED)).casefold()


def upper_half(rank: int, case: Case) -> bool:
    """Whether a level is in the upper half of the scale; the middle of an odd scale is not."""
    return 2 * rank >= len(case.framework.levels)


@dataclass
class Phrases:
    """Finds any of many phrases in a text, in one walk over its words."""

    _by_first: dict[str, list[tuple[tuple[Word, ...], str, bool]]] = field(default_factory=dict)

    def add(self, phrase: str, key: str, *, as_written: bool = False) -> None:
        """Look for this phrase too; `as_written` minds capitals."""
        parts = tuple(words(phrase))
        if parts:
            self._by_first.setdefault(parts[0].plain, []).append((parts, key, as_written))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each phrase found: its key, and where it starts and ends in the text."""
        here = words(text)
        for n, word in enumerate(here):
            for parts, key, as_written in self._by_first.get(word.plain, ()):
                if _stands(parts, here[n : n + len(parts)], as_written):
                    last = here[n + len(parts) - 1]
                    yield key, word.start, last.start + len(last.written)


def _stands(phrase: tuple[Word, ...], here: list[Word], as_written: bool) -> bool:
    if len(phrase) != len(here):
        return False
    pairs = zip(phrase, here, strict=True)
    return all((a.written == b.written) if as_written else (a.plain == b.plain) for a, b in pairs)
