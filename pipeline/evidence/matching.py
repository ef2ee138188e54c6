"""Where a quotation stands in a text: the same letters, digits, words and order, whatever the typography."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.evidence.words import DOUBTFUL, HYPHENS, NEGATIVE, Atom, Words, letters, words_of

ELLIPSIS = re.compile(r"[\[(]\s*(?:\u2026|\.{3,}|\.\s\.\s\.)\s*[\])]|\u2026|\.{3,}|\.\s\.\s\.")
PREFIXING = HYPHENS + "\u2012\u2013\u2212"
CONNECTING = frozenset("-\u2010\u2011/'’@_" + DOUBTFUL)
FARTHEST = 6_000
"""Letters that an ellipsis may leave out."""
MOST_STARTS = 1_000
"""Places at which a quotation is tried to begin."""


@dataclass(frozen=True)
class Place:
    """A hit: the first and last atom, by number."""

    first: int
    last: int


def fragments(quotation: str) -> tuple[Words, ...]:
    """A quotation, cut where `...` stands for words left out."""
    pieces = [words_of(piece) for piece in ELLIPSIS.split(quotation)]
    return tuple(piece for piece in pieces if piece.run)


def may_hold(pieces: Sequence[Words], text_letters: str) -> bool:
    """Whether a text with these letters may hold all pieces: a cheap look before a dear one."""
    return all(letters(piece.raw) in text_letters for piece in pieces)


def find(pieces: Sequence[Words], text: Words) -> Place | None:
    """The first place where all pieces stand in order; letters without their accents only as a second try."""
    return _find(pieces, text, accents=True) or _find(pieces, text, accents=False)


def _find(pieces: Sequence[Words], text: Words, *, accents: bool) -> Place | None:
    if not pieces or not accents and text.run.isascii() and all(p.run.isascii() for p in pieces):
        return None
    for place in islice(occurrences(pieces[0], text, 0, accents), MOST_STARTS):
        last = _follow(pieces[1:], text, place.last, accents)
        if last is not None:
            return Place(place.first, last)
    return None


def _follow(pieces: Sequence[Words], text: Words, last: int, accents: bool) -> int | None:
    """The last atom of the remaining pieces, each the next that there is and not too far from the one before."""
    for piece in pieces:
        begin = text.starts[last] + len(text.atoms[last].text)
        place = next(occurrences(piece, text, begin, accents), None)
        if place is None or text.starts[place.first] - begin > FARTHEST:
            return None
        last = place.last
    return last


def occurrences(piece: Words, text: Words, start: int = 0, accents: bool = True) -> Iterator[Place]:
    """Every place where one piece stands as whole words."""
    run, length = piece.run, len(piece.run)
    wanted, searched = (run, text.run) if accents else (without_accents(run), without_accents(text.run))
    place = searched.find(wanted, start)
    while place >= 0:
        same = accents or _accents_agree(run, text.run[place : place + length])
        if same and _same_words(piece, text, place) and _whole(text, place, place + length):
            yield Place(text.at(place), text.at(place + length - 1))
        place = searched.find(wanted, place + 1)


@lru_cache(maxsize=64)
def without_accents(run: str) -> str:
    """Latin letters without their accents, one letter for one."""
    return run if run.isascii() else "".join(_base(letter) for letter in run)


@lru_cache(maxsize=4096)
def _base(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def _accents_agree(one: str, other: str) -> bool:
    """An accent may be lost, by who typed or by what read the page; it may not be another one."""
    return all(a == b or a.isascii() or b.isascii() for a, b in zip(one, other, strict=True))


def _same_words(piece: Words, text: Words, place: int) -> bool:
    """Whether the two agree where words end: a firm edge of one is an edge of the other."""
    if any(place + edge not in text.firm and place + edge not in text.loose for edge in piece.firm):
        return False
    edges = text.starts[text.at(place) + 1 : text.at(place + len(piece.run) - 1) + 1]
    return all(at not in text.firm or at - place in piece.firm or at - place in piece.loose for at in edges)


def _whole(text: Words, start: int, end: int) -> bool:
    """Whether a hit begins and ends where words do: not inside one, nor after the `non-` of a compound."""
    first, last = text.at(start), text.at(end - 1)
    if text.starts[first] != start or text.starts[last] + len(text.atoms[last].text) != end:
        return False
    return _may_start(text, first) and _may_end(text, last)


def _may_start(text: Words, first: int) -> bool:
    if first == 0:
        return True
    before, atom = text.atoms[first - 1], text.atoms[first]
    gap = text.raw[before.end : atom.start]
    if before.text in NEGATIVE and gap and gap[0] in PREFIXING:
        return False
    return not _joined(before, gap, atom)


def _may_end(text: Words, last: int) -> bool:
    if last + 1 == len(text.atoms):
        return True
    atom, after = text.atoms[last], text.atoms[last + 1]
    gap = text.raw[atom.end : after.start]
    return _is_note(text, last) or after.text == "s" or not _joined(atom, gap, after)


def _is_note(text: Words, last: int) -> bool:
    """Whether a word is followed by the mark of a note, set small: `in the end5 of it`."""
    atom, after = text.atoms[last], text.atoms[last + 1]
    if (atom.kind, after.kind) != ("word", "figure") or atom.end != after.start or len(atom.text) < 3:
        return False
    return len(after.text) < 4 and not text.raw[after.end : after.end + 1].isalnum()


def _joined(left: Atom, gap: str, right: Atom) -> bool:
    """Whether two atoms are parts of one thing: `£5`, `5%`, `24hrs`, `R&D`, `well-being`, `and/or`, `it's`."""
    if gap == "":
        return not (left.text == "%" and right.kind == "word")
    return len(gap) == 1 and gap in CONNECTING
