"""Looking for words on the pages of a document: as a page reads, over the turn of the page, and once more with care."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.evidence.matching import ENDS_BROKEN, Place, cuts_a_word, find, may_hold
from pipeline.evidence.mended import could_hold
from pipeline.evidence.nearest import likeness
from pipeline.evidence.texts import Texts
from pipeline.evidence.words import RAISED, Words, letters, words_of

ALIKE, ALIKE_ELSEWHERE = 0.4, 0.75
"""A page is read a second time where it shares this much of the quotation, by runs of letters."""
LACKING, LACKING_ELSEWHERE = 1, 0
"""And where no more than so many words are not on it at all: another order of lines adds no words."""
AGAIN, AGAIN_ELSEWHERE = 6, 2
"""How many pages are read a second time at most."""
SHORT = 3
"""Letters: a word of so few is nearly always there."""
LIGATURES = re.compile("ffi|ffl|ff|fi|fl|ft|tt|ti|th")
"""Letters that a font may draw as one, and an extractor lose."""
TAIL = 60
"""Letters of a page's end that show whether a word is broken there."""
LONGEST_RANGE = 12
"""Pages that a quotation with words left out may run through, where they are all cited."""


@dataclass(frozen=True)
class Hit:
    """The page on which the words begin, and where they stand in its text."""

    page: int
    words: Words
    place: Place


def look(pieces: Sequence[Words], texts: Texts, numbers: Iterable[int]) -> Hit | None:
    """The first of these pages on which the words stand, or from which they run on."""
    for number in numbers:
        if texts.page(number).hidden:
            continue
        hit = _as_it_reads(pieces, texts, number) or _over_the_turn(pieces, texts, number)
        if hit is not None and not _begins_in_a_word(pieces, texts, number):
            return hit
    return None


def look_through(pieces: Sequence[Words], texts: Texts, numbers: Sequence[int]) -> Hit | None:
    """Words with some left out, in order through a whole range of pages that is cited."""
    if len(pieces) < 2 or not 1 < len(numbers) <= LONGEST_RANGE:
        return None
    return _joined(pieces, numbers[0], [texts.body(n) for n in numbers])


def look_again(pieces: Sequence[Words], texts: Texts, numbers: Iterable[int], *, cited: bool) -> Hit | None:
    """Once more on the pages that come near: other orders of lines, another extractor, marks of notes left out."""
    enough, most = (ALIKE, AGAIN) if cited else (ALIKE_ELSEWHERE, AGAIN_ELSEWHERE)
    lacking = LACKING if cited else LACKING_ELSEWHERE
    shares = [(_likeness(pieces, texts, n, lacking), n) for n in numbers if not texts.page(n).hidden]
    ranked = sorted((-share, n) for share, n in shares if share >= enough)[:most]
    for _, number in ranked:
        hit = _once_more(pieces, texts, number)
        if hit is not None and not _begins_in_a_word(pieces, texts, number):
            return hit
    return None


def _likeness(pieces: Sequence[Words], texts: Texts, number: int, lacking: int) -> float:
    """How much of the quotation a page shares; nothing where it lacks too many of the words."""
    if texts.page(number).unreadable or could_hold(pieces, texts.page(number).text):
        return 1.0  # perhaps the other extractor can read it
    following = texts.letters(number + 1) if texts.kind == "pdf" and number < texts.count else ""
    there = texts.letters(number) + following
    absent = {atom.text for piece in pieces for atom in piece.atoms if not _is_there(letters(atom.text), there)}
    return likeness(pieces, there) if len(absent) <= lacking else 0.0


def _is_there(word: str, text: str) -> bool:
    return len(word) <= SHORT or word in text or all(part in text for part in LIGATURES.split(word))


def _as_it_reads(pieces: Sequence[Words], texts: Texts, number: int) -> Hit | None:
    for stretch in texts.stretches(number):
        place = find(pieces, stretch.words) if may_hold(pieces, stretch.letters) else None
        if place is not None:
            return Hit(number, stretch.words, place)
    return None


def _begins_in_a_word(pieces: Sequence[Words], texts: Texts, number: int) -> bool:
    """Whether the words are the first of a page, and the page before ends with the first part of a broken word."""
    if texts.kind != "pdf" or number == 1:
        return False
    before = texts.body(number - 1).rstrip()
    if not ENDS_BROKEN.search(before[-2:]):
        return False
    return cuts_a_word(pieces[0], words_of(f"{before[-TAIL:]}\n{texts.body(number)}"))


def _over_the_turn(pieces: Sequence[Words], texts: Texts, number: int) -> Hit | None:
    if texts.kind != "pdf" or number >= texts.count:
        return None
    if not _could_turn(pieces, texts.letters(number), texts.letters(number + 1)):
        return None
    hits = (_joined(pieces, number, bodies) for bodies in texts.turns(number))
    return next((hit for hit in hits if hit), None)


def _could_turn(pieces: Sequence[Words], here: str, there: str) -> bool:
    """Whether the longer part of words that are cut by the page's end stands on the one side or the other."""
    if len(pieces) > 1:
        return letters(pieces[0].raw)[:8] in here and letters(pieces[-1].raw)[-8:] in there
    run = letters(pieces[0].raw)
    return run[: len(run) // 2] in here or run[len(run) // 2 :] in there


def _joined(pieces: Sequence[Words], number: int, bodies: Sequence[str], *, notes: bool = True) -> Hit | None:
    """The words in pages set one after the other, if they begin on the first."""
    text = "\n".join(bodies)
    if notes and not may_hold(pieces, letters(text)):
        return None
    words = words_of(text, notes=notes)
    place = find(pieces, words)
    if place is None or words.atoms[place.first].start >= len(bodies[0]):
        return None
    return Hit(number, words, place)


def _once_more(pieces: Sequence[Words], texts: Texts, number: int) -> Hit | None:
    """The same page in other texts; then, of a PDF, each of these with the next page's."""
    for stretch in texts.stretches(number):
        if any(may_hold([piece], stretch.letters) and cuts_a_word(piece, stretch.words) for piece in pieces):
            return None
    for text in chain([texts.page(number).text], texts.others(number)):
        hit = _joined(pieces, number, [text]) or _without_notes(pieces, number, [text])
        if hit is not None:
            return hit
    if texts.kind != "pdf" or number >= texts.count:
        return None
    if not _is_there(letters(pieces[-1].atoms[-1].text), texts.letters(number + 1)):
        return None
    for here, there in zip(texts.other_bodies(number), texts.other_bodies(number + 1), strict=False):
        hit = _joined(pieces, number, [here, there]) or _without_notes(pieces, number, [here, there])
        if hit is not None:
            return hit
    return None


def _without_notes(pieces: Sequence[Words], number: int, bodies: Sequence[str]) -> Hit | None:
    """The same without the raised figures that point to notes, where there are any."""
    return (
        _joined(pieces, number, bodies, notes=False)
        if any(figure in body for body in bodies for figure in RAISED)
        else None
    )
