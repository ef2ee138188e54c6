"""Where a quotation stands in a text: the same letters, digits, words and order, whatever the typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.evidence.words import DASHES, HYPHENS, NEGATIVE, Words, words_of

ELLIPSIS = re.compile(r"[\[(]\s*(?:\u2026|\.{3,}|\.\s\.\s\.)\s*[\])]|\u2026|\.{3,}|\.\s\.\s\.")
FARTHEST = 6_000
"""Letters that an ellipsis may leave out in a document without pages."""


@dataclass(frozen=True)
class Place:
    """A hit: the first and last atom, by number."""

    first: int
    last: int


def fragments(quotation: str) -> tuple[Words, ...]:
    """A quotation, cut where `...` stands for words left out."""
    pieces = [words_of(piece) for piece in ELLIPSIS.split(quotation)]
    return tuple(piece for piece in pieces if piece.run)


def find(pieces: tuple[Words, ...], text: Words, latest_start: int | None = None) -> Place | None:
    """The first place where all pieces stand in order; `latest_start` is the last atom that it may start at."""
    if not pieces:
        return None
    for place in occurrences(pieces[0], text):
        if latest_start is not None and place.first > latest_start:
            return None
        last = _follow(pieces[1:], text, place.last)
        if last is not None:
            return Place(place.first, last)
    return None


def _follow(pieces: tuple[Words, ...], text: Words, after: int) -> int | None:
    """The last atom of the remaining pieces, each after the one before and not too far from it."""
    if not pieces:
        return after
    from_place = text.starts[after] + len(text.atoms[after].text)
    for place in occurrences(pieces[0], text, from_place):
        if text.starts[place.first] - from_place > FARTHEST:
            return None
        last = _follow(pieces[1:], text, place.last)
        if last is not None:
            return last
    return None


def occurrences(piece: Words, text: Words, start: int = 0) -> Iterator[Place]:
    """Every place where one piece stands as whole words."""
    run, length = piece.run, len(piece.run)
    place = text.run.find(run, start)
    while place >= 0:
        if _same_words(piece, text, place) and _whole(text, place, place + length):
            yield Place(text.at(place), text.at(place + length - 1))
        place = text.run.find(run, place + 1)


def _same_words(piece: Words, text: Words, place: int) -> bool:
    """Whether the two agree where words end: a firm edge of one is an edge of the other."""
    end = place + len(piece.run)
    for edge in piece.firm:
        if place + edge not in text.firm and place + edge not in text.loose:
            return False
    first, last = text.at(place), text.at(end - 1)
    for number in range(first + 1, last + 1):
        at = text.starts[number]
        if at in text.firm and at - place not in piece.firm and at - place not in piece.loose:
            return False
    return True


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
    if before.text in NEGATIVE and gap and gap[0] in DASHES:
        return False
    return not _joined(before.kind, gap, atom.kind)


def _may_end(text: Words, last: int) -> bool:
    if last + 1 == len(text.atoms):
        return True
    atom, after = text.atoms[last], text.atoms[last + 1]
    gap = text.raw[atom.end : after.start]
    if gap == "" and after.kind == "figure" and atom.kind == "word" and len(atom.text) > 3 and len(after.text) < 4:
        return True  # the mark of a note, set small
    return not _joined(atom.kind, gap, after.kind)


def _joined(left: str, gap: str, right: str) -> bool:
    """Whether two atoms are parts of one thing: `£5`, `5%`, `24hrs`, `well-being`, `and/or`, `it's`."""
    if gap == "":
        return not (left == "sign" and right == "word" or left == "word" and right == "sign")
    return len(gap) == 1 and gap in HYPHENS + "/'’@_" and gap not in "\ufffe\x02"
