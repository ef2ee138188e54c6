"""Which known word was meant: the one place that compares what was typed with what is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from pipeline.text import compared

CLOSE = 0.6
"""How alike two words must be to be suggested (1 is equal)."""
MISSPELT = 0.75
"""How alike a word must be to be taken for a slip of the other."""


@lru_cache(maxsize=4096)  # the same ids and headings are compared thousands of times
def same(word: str) -> str:
    """The form in which ids are compared: whatever their case, spaces and typography."""
    return compared(word).replace(" ", "")


def nearest(word: str, known: Iterable[str], at_least: float = CLOSE) -> str | None:
    """The known word most like this one, or None where none is near."""
    best, best_score = None, at_least
    for candidate in known:
        score = likeness(word, candidate)
        if score > best_score or (score == best_score and best is None):
            best, best_score = candidate, score
    return best


def likeness(one: str, other: str) -> float:
    """0 to 1; a swap of two neighbouring letters counts as one slip."""
    return OSA.normalized_similarity(_plain(one), _plain(other))


def slipped(one: str, other: str, least: int = 3) -> bool:
    """Two figures of which one may be a slip of the other: a digit, a swap of two, or noughts too many."""
    a, b = ("".join(c for c in text if c.isdigit()) for text in (one, other))
    if a == b:
        return False
    return (min(len(a), len(b)) >= least and OSA.distance(a, b) == 1) or a.rstrip("0") == b.rstrip("0")


def only_looks_like(word: str, other: str) -> bool:
    """Two ids that a person cannot tell apart, such as one with a Cyrillic letter in it."""
    return same(word) != same(other) and _plain(word).split() == _plain(other).split()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean `owner`? `, or nothing."""
    near = nearest(word, known)
    return f"Did you mean `{near}`? " if near else ""


def one_of(words: Iterable[str]) -> str:
    """`a`, `b` or `c`, for a remedy."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def shown(text: str, most: int = 60) -> str:
    """What was typed, fit to stand in a message: one line, not too long, no control characters."""
    line = " ".join(text.split())
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
    return line if len(line) <= most else f"{line[: most - 3]}..."


@lru_cache(maxsize=4096)
def _plain(word: str) -> str:
    # Letters that only look alike (Cyrillic, accents) should still be near; separators do not matter.
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(c for c in decomposed if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    return kept.translate(_LOOK_ALIKES)


_LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0391\u03b1\u03b5\u03bf\u03c1_-",
    "abekmhopctyxiaaeop  ",
)


def words(text: str) -> tuple[str, ...]:
    """A list of words, legible where it is long."""
    return tuple(text.split())


KINDS = words(
    "strategy plan policy minutes report contract dashboard data audit survey engagement letter presentation other"
)
VISIBILITIES = ("public", "internal", "confidential")
DOCUMENT_STATUSES = ("draft", "approved")
NATURES = ("quantitative", "qualitative")
ASSURANCE_LINES = ("1", "2", "3")
ACTION_STATUSES = ("open", "done", "dropped")
FUNDING_CATEGORIES = (
    "pilot",
    "team capacity",
    "system capability",
    "devolved to place",
    "evaluation",
    "intervention",
    "wider budget",
)
RINGFENCED = ("full", "part", "none")
SESSIONS = ("public", "private")
PAPER_TYPES = ("decision", "discussion", "assurance", "information")
STAGES = ("proposal", "result")
CYCLE_KINDS = ("cycle", "plan")
ASSURANCE_LEVELS = ("substantial", "reasonable", "limited", "none")
METHODS = ("individually", "workshop", "committee")
ANNEXES = ("full", "separate")
IMPLICATIONS = ("equality", "quality", "financial", "legal", "workforce", "data_protection", "sustainability")

SUFFIXES = (".csv", ".xlsx", ".docx", ".xlsm", ".ods", ".odt")
"""The formats in which a form may come back."""
