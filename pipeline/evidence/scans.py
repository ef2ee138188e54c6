"""Words that no text holds, looked for in pictures of pages by text recognition; what it reads is never proof.

Engines lose spaces and take one letter for another: spaces are left out of account, letters and figures never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.evidence.lookup import Hit
from pipeline.evidence.matching import find, may_hold
from pipeline.evidence.nearest import Near, beginning, difference, likeness, nearest
from pipeline.evidence.pages import Stretch, between, body, cut
from pipeline.evidence.texts import Texts
from pipeline.evidence.words import Words, letters
from pipeline.model import CheckResult
from pipeline.model.evidence import NO_ENGINE
from pipeline.office import recognition

MOST = 24
"""Pages that are read for one citation that names none."""
LAYERS = 3
"""Pages of a scan with a text layer that are read again: those that come nearest."""
ALIKE = str.maketrans({"0": "o", "i": "l", "1": "l", "|": "l", "5": "s", "8": "b", "2": "z", "9": "g", "q": "g"})
"""One letter for those that are taken for each other."""
TIME_IS_UP = (
    "its pages are pictures, and reading them takes long: run it again, which goes on from where it stopped, or cite "
    "the page"
)


@dataclass(frozen=True)
class Seen:
    """What text recognition gave: words found, or the passage that comes nearest; and by which engine."""

    by: str
    hit: Hit | None = None
    near: tuple[Near, Words] | None = None
    unfinished: bool = False


def look_at(pieces: Sequence[Words], quotation: str, texts: Texts, pages: Sequence[int]) -> Seen:
    """Read these pages one after the other, until the words stand on one of them or run on from it."""
    if not pages:
        return Seen("")
    engine = recognition.engine_name()
    if engine == NO_ENGINE:
        return Seen(engine)
    read: list[tuple[int, Words]] = []
    for number in pages[:MOST]:
        text = texts.recognised(number)
        if text is None:
            return Seen(engine, unfinished=True)
        stretch = Stretch(text)
        read.append((number, stretch.words))
        hit = _on(pieces, number, stretch) or _over_the_turn(pieces, number, text, texts)
        if hit is not None:
            return Seen(engine, hit)
    return Seen(engine, near=nearest(beginning(quotation), read))


def _on(pieces: Sequence[Words], number: int, text: Stretch) -> Hit | None:
    place = find(pieces, text.words, spaces=False) if may_hold(pieces, text.letters) else None
    return Hit(number, text.words, place) if place is not None else None


def _over_the_turn(pieces: Sequence[Words], number: int, text: str, texts: Texts) -> Hit | None:
    """Words that begin on this page and end on the next, which is only read where the first of them stand here."""
    run, here = letters(pieces[0].raw), letters(text)
    if number >= texts.count or not texts.is_pictured(number + 1) or run[: len(run) // 3 or 1] not in here:
        return None
    there = texts.recognised(number + 1)
    if there is None:
        return None
    first = body(text, [there])
    hit = _on(pieces, number, Stretch(f"{first}\n{body(there, [text])}"))
    return hit if hit is not None and hit.words.atoms[hit.place.first].start < len(first) else None


def likely_layers(pieces: Sequence[Words], texts: Texts, where: Sequence[int]) -> list[int]:
    """Of these pages, those that are scans with a text layer and come nearest to the words."""
    scanned = [n for n in where if texts.page(n).scanned and not texts.page(n).unread]
    return sorted(scanned, key=lambda n: (-likeness(pieces, texts.letters(n)), n))[:LAYERS]


def not_seen(seen: Seen, quotation: str, texts: Texts, otherwise: CheckResult) -> CheckResult:
    """What cannot be checked, with what text recognition reads in place of the words."""
    if seen.unfinished:
        return replace(otherwise, reason=TIME_IS_UP)
    if seen.near is None:
        return replace(otherwise, read_by=seen.by)
    passage, text = seen.near
    asked = beginning(quotation)
    there = between(text, text.atoms[passage.first].start, text.atoms[passage.last].end)
    differs = difference(asked, passage, text)
    if _folded(letters(there)) == _folded(letters(asked.raw)):
        differs += f"{'; ' * bool(differs)}letters or figures that look alike may have been misread"
    return replace(
        otherwise,
        nearest=cut(there),
        nearest_page=passage.page if texts.paged else None,
        difference=differs,
        read_by=seen.by,
    )


def _folded(run: str) -> str:
    return run.replace("rn", "m").replace("cl", "d").translate(ALIKE)
