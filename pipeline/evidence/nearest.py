"""For words that were not found: the passage that comes nearest, and what differs, in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.evidence.pages import between
from pipeline.evidence.words import Words, letters, words_of

SLACK = 4
ENOUGH = 0.5
SHOWN = 3
GRAM = 4
LONGEST = 300
LOST = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
"""What stands in a text for a shape that its font does not name."""


@dataclass(frozen=True)
class Near:
    """A passage, how much of the quotation it shares (0 to 1), and where its atoms are."""

    share: float
    page: int
    first: int
    last: int
    opcodes: tuple[tuple[str, int, int, int, int], ...]


def beginning(quotation: str) -> Words:
    """A quotation as far as it is compared: what follows a few hundred words adds nothing to where it is nearest."""
    words = words_of(quotation[: LONGEST * 10])
    return words if len(words.atoms) <= LONGEST else words_of(quotation[: words.atoms[LONGEST].start])


def nearest(quotation: Words, pages: Iterable[tuple[int, Words]]) -> tuple[Near, Words] | None:
    """The passage that shares most with the quotation; of equals, the first."""
    best: tuple[Near, Words] | None = None
    for number, text in pages:
        near = _on_page(quotation, number, text)
        if near is not None and (best is None or near.share > best[0].share + 1e-9):
            best = near, text
    return best if best is not None and best[0].share >= ENOUGH else None


def _on_page(quotation: Words, number: int, text: Words) -> Near | None:
    """Pairs of equal atoms vote for how far the quotation lies into the page; the best window is compared in full."""
    places: dict[str, list[int]] = {}
    for at, atom in enumerate(quotation.atoms):
        places.setdefault(atom.text, []).append(at)
    votes: Counter[int] = Counter()
    width = max(4, len(quotation.atoms) // 4)
    for at, atom in enumerate(text.atoms):
        for other in places.get(atom.text, ()):
            slot = (at - other) // width
            votes[slot] += len(atom.text)
            votes[slot + 1] += len(atom.text)
    if not votes:
        return None
    slot, _ = max(votes.items(), key=lambda item: (item[1], -item[0]))
    start = max(0, (slot - 1) * width - SLACK)
    end = min(len(text.atoms), (slot + 1) * width + len(quotation.atoms) + SLACK)
    return _compare(quotation, number, text, start, end)


def _compare(quotation: Words, number: int, text: Words, start: int, end: int) -> Near | None:
    left = [a.text for a in text.atoms[start:end]]
    right = [a.text for a in quotation.atoms]
    opcodes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    equal = [o for o in opcodes if o[0] == "equal"]
    if not equal:
        return None
    share = sum(len("".join(right[o[3] : o[4]])) for o in equal) / max(1, len(quotation.run))
    first, last = start + equal[0][1], start + equal[-1][2] - 1
    # Words at the very ends that differ belong to the passage too, as far as the quotation has words there.
    first = max(start, first - equal[0][3])
    last = min(end - 1, last + len(right) - equal[-1][4])
    moved = tuple((tag, i + start, j + start, k, m) for tag, i, j, k, m in opcodes)
    return Near(share, number, first, last, moved)


def difference(quotation: Words, near: Near, text: Words) -> str:
    """What differs, as a person would say it."""
    said = []
    for tag, i, j, k, m in near.opcodes:
        i, j = max(i, near.first), min(j, near.last + 1)
        there, here = _phrase(text, i, j), _phrase(quotation, k, m)
        if tag == "equal" or not there and not here:
            continue
        if there and here:
            said.append(f"the document has “{there}” where the quotation has “{here}”")
        elif there:
            said.append(f"the quotation leaves out “{there}”")
        else:
            said.append(f"the quotation adds “{here}”")
    more = len(said) - SHOWN
    return "; ".join(said[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def turns_on_lost_signs(quotation: Words, near: Near, text: Words) -> bool:
    """Whether nothing differs but signs, where the passage has shapes that the font does not name."""
    equal = [o for o in near.opcodes if o[0] == "equal"]
    begins, ends, lost = equal[0][1], equal[-1][2], False
    for tag, i, j, k, m in near.opcodes:
        at_the_edge = j <= begins or i >= ends
        if tag == "equal" or at_the_edge and m == k:
            continue
        i, j = (begins, begins) if j <= begins else (ends, ends) if i >= ends else (i, j)
        gap = text.raw[text.atoms[i - 1].end if i else 0 : text.atoms[j].start if j < len(text.atoms) else None]
        named = any(LOST.search(text.raw[atom.start : atom.end]) is None for atom in text.atoms[i:j])
        if named or not LOST.search(gap) or m == k or any(atom.kind != "sign" for atom in quotation.atoms[k:m]):
            return False
        lost = True
    return lost


def _phrase(words: Words, first: int, end: int) -> str:
    if first >= end:
        return ""
    return between(words, words.atoms[first].start, words.atoms[end - 1].end)


def likeness(pieces: Sequence[Words], text_letters: str) -> float:
    """How much of a quotation a text shares, by runs of four letters: lost spaces and other orders do not matter."""
    grams = set()
    for piece in pieces:
        run = letters(piece.raw)
        grams |= {run[at : at + GRAM] for at in range(max(1, len(run) - GRAM + 1))}
    return sum(gram in text_letters for gram in grams) / max(1, len(grams))
