"""Where a quotation stands in a text: the same letters, digits, words and order, whatever the typography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.evidence.words import (
    BLANKS,
    CURRENCY,
    DASHES,
    DOUBTFUL,
    HYPHENS,
    RAISED,
    SHAPES,
    TRUE_MINUS,
    Atom,
    Edge,
    Words,
    alike,
    fills_a_cell,
    letters,
    marks_a_note,
    words_of,
)

_DOTS = r"(?<![.\u2026])(?:\u2026{1,2}|\.{3,5})(?![.\u2026])|(?<!\.\s)(?<!\.)\.\s\.\s\.(?:\s\.)?(?!\s?\.)"
ELLIPSIS = re.compile(rf"[\[(]\s*(?:{_DOTS})\s*[\])]|{_DOTS}")
"""Dots for words left out. A longer row leads to a page number in a list of contents, and leaves out nothing."""
CONNECTING = frozenset("-\u2010\u2011\u2012\u2013\u2212/'’@_" + DOUBTFUL)
THIN = frozenset("\u2009\u202f")
"""These part the thousands of one figure."""
BEFORE_A_FIGURE, AFTER_A_FIGURE, EMPTY = frozenset("<>≤≥≈~±≠"), frozenset("%‰°"), frozenset("☐✗")
"""Signs that belong to their neighbour although a blank stands between."""
BRACKETS = ("(", "\uff08")
_SUM = rf"[{DASHES}]?\s*+[{CURRENCY}]?\s*+[{DASHES}]?\s*+[.\u00b7]?\d[\d.,\u00b7]*\s*+(?:%|[a-z]{{1,8}})?"
ACCOUNTING = re.compile(rf"[(\uff08]\s*+{_SUM}\s*[)\uff09]", re.IGNORECASE)
"""A figure that stands alone in brackets: below zero, in accounts."""
FRACTION = re.compile(r"\d{1,2}/\d{1,3}")
MONEY = re.compile(f"[{CURRENCY}]")
SHAPE = re.compile(f"[{SHAPES}]")
BULLET = re.compile(rf"[\r\n•‣⁃\uf0b7\uf0a7][ \t]*[{SHAPES}]")
ENDS_BROKEN = re.compile(rf"[{HYPHENS}][ \t]*(?:[\r\n]|$)")
FARTHEST = 6_000
"""Letters that an ellipsis may leave out."""
MOST_STARTS = 1_000
"""Places at which a quotation is tried to begin."""


@dataclass(frozen=True)
class Place:
    """A hit: the first and last atom, by number; and where each piece of it stands."""

    first: int
    last: int
    pieces: tuple[Place, ...] = ()


def fragments(quotation: str) -> tuple[Words, ...]:
    """A quotation, cut where `...` stands for words left out."""
    pieces = [words_of(piece) for piece in ELLIPSIS.split(quotation)]
    return tuple(piece for piece in pieces if piece.run)


def may_hold(pieces: Sequence[Words], text_letters: str) -> bool:
    """Whether a text with these letters may hold all pieces: a cheap look before a dear one."""
    return all(letters(piece.raw) in text_letters for piece in pieces)


def find(pieces: Sequence[Words], text: Words, *, spaces: bool = True) -> Place | None:
    """The first place where all pieces stand in order; without `spaces`, wherever the text parts its words."""
    for place in islice(occurrences(pieces[0], text, spaces=spaces), MOST_STARTS) if pieces else ():
        places = _follow(pieces[1:], text, place, spaces)
        if places is not None:
            return Place(place.first, places[-1].last, tuple(places))
    return None


def _follow(pieces: Sequence[Words], text: Words, first: Place, spaces: bool) -> list[Place] | None:
    """Where each piece stands, each the next that there is and not too far from the one before."""
    places = [first]
    for piece in pieces:
        last = places[-1].last
        begin = text.starts[last] + len(text.atoms[last].text)
        place = next(occurrences(piece, text, begin, spaces=spaces), None)
        if place is None or text.starts[place.first] - begin > FARTHEST:
            return None
        places.append(place)
    return places


def occurrences(piece: Words, text: Words, start: int = 0, *, spaces: bool = True) -> Iterator[Place]:
    """Every place where one piece stands as whole words."""
    length = len(piece.run)
    at = text.run.find(piece.run, start)
    while at >= 0:
        same = _same_words if spaces else _same_figures
        if same(piece, text, at) and _whole(text, at, at + length):
            place = Place(text.at(at), text.at(at + length - 1))
            if not spaces or _same_shapes(piece, text, place):
                yield place
        at = text.run.find(piece.run, at + 1)


def cuts_a_word(piece: Words, text: Words) -> bool:
    """Whether the words stand in a text only so that they begin or end with a part of a word that a line breaks."""
    at = text.run.find(piece.run)
    cut = False
    while at >= 0:
        first, last = text.at(at), text.at(at + len(piece.run) - 1)
        if text.starts[first] == at and _same_words(piece, text, at):
            ends = text.starts[last + 1] if last + 1 < len(text.atoms) else -1
            if Edge.BROKEN not in (text.edges.get(at), text.edges.get(ends)):
                return False
            cut = True
        at = text.run.find(piece.run, at + 1)
    return cut


def _same_words(piece: Words, text: Words, place: int) -> bool:
    """Whether the two agree where words end."""
    if any(not alike(edge, text.edges.get(place + at)) for at, edge in piece.edges.items()):
        return False
    ends = text.starts[text.at(place) + 1 : text.at(place + len(piece.run) - 1) + 1]
    return all(alike(text.edges[at], piece.edges.get(at - place)) for at in ends)


def _same_figures(piece: Words, text: Words, place: int) -> bool:
    """Whether the two agree where one figure ends and the next begins: `5 10` is not `510`."""
    here = {at for at in piece.edges if piece.run[at - 1 : at + 1].isdigit()}
    ends = text.starts[text.at(place) + 1 : text.at(place + len(piece.run) - 1) + 1]
    return here == {at - place for at in ends if text.run[at - 1 : at + 1].isdigit()}


def _same_shapes(piece: Words, text: Words, place: Place) -> bool:
    """Whether boxes, bullets and arrows are the same, or are but the bullets of a list and left out."""
    raw = text.raw[text.atoms[place.first].start : text.atoms[place.last].end]
    there = SHAPE.findall(raw)
    if not there and not SHAPE.search(piece.raw):
        return True
    inside = piece.raw[piece.atoms[0].start : piece.atoms[-1].end]
    here = SHAPE.findall(inside)
    if here:
        return here == there
    leading = SHAPE.findall(piece.raw[: piece.atoms[0].start])
    before = SHAPE.findall(text.raw[: text.atoms[place.first].start][-3:])
    return len(there) == len(BULLET.findall(raw)) and (not leading or not before or leading[-1] == before[-1])


def _whole(text: Words, start: int, end: int) -> bool:
    """Whether a hit begins and ends where words and figures do, with all that belongs to them."""
    first, last = text.at(start), text.at(end - 1)
    if text.starts[first] != start or text.starts[last] + len(text.atoms[last].text) != end:
        return False
    return _may_start(text, first) and _may_end(text, last)


def _may_start(text: Words, first: int) -> bool:
    if first == 0:
        return True
    before, atom = text.atoms[first - 1], text.atoms[first]
    gap = text.raw[before.end : atom.start]
    if text.edges[text.starts[first]] is Edge.BROKEN:
        return False
    if text.raw[before.start : before.end] in BRACKETS:
        return not ACCOUNTING.match(text.raw, before.start)
    return not _joined(before, gap, atom, text)


def _may_end(text: Words, last: int) -> bool:
    atom = text.atoms[last]
    if last + 1 == len(text.atoms):
        return not (atom.kind == "word" and ENDS_BROKEN.match(text.raw, atom.end))
    after = text.atoms[last + 1]
    gap = text.raw[atom.end : after.start]
    if text.edges[text.starts[last + 1]] is Edge.BROKEN:
        return False
    if atom.kind == "word" and text.raw[after.start : after.end] in BRACKETS:
        return True
    return _is_note(text, last) or after.text == "s" or not _joined(atom, gap, after, text)


def _is_note(text: Words, last: int) -> bool:
    """Whether a word is followed by the mark of a note, set small: `in the end⁵ of it`."""
    atom, after = text.atoms[last], text.atoms[last + 1]
    figure = text.raw[after.start : after.end]
    return atom.kind == "word" and figure[:1] in RAISED and marks_a_note(atom, text.raw, after.start, figure)


def _joined(left: Atom, gap: str, right: Atom, text: Words) -> bool:
    """Whether two atoms are parts of one thing: `£5`, `5 %`, `< 5`, `24hrs`, `R&D`, `well-being`, `and/or`, `it's`."""
    if gap == "":
        return not (left.text == "%" and right.kind == "word")
    if gap == ")":
        return left.kind == "figure" and right.kind == "word"
    if len(gap) == 1 and gap in CONNECTING:
        return True
    if gap.strip(BLANKS):
        return False
    if "×" in (left.text, right.text) and "figure" in (left.kind, right.kind):
        return True
    sign = text.raw[left.start : left.end]
    if right.kind == "figure" == left.kind:
        return gap in THIN or FRACTION.fullmatch(right.text) is not None
    if right.kind == "figure" and (left.text in BEFORE_A_FIGURE or MONEY.match(left.text)):
        return True
    if right.kind == "figure" or MONEY.match(right.text):
        return sign in TRUE_MINUS or left.text == "-" and fills_a_cell(text.raw, right.start)
    return left.text in EMPTY or left.kind == "figure" and right.text in AFTER_A_FIGURE
