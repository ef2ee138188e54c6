"""Text as words and figures: what has to be the same for a quotation to stand on a page, and what need not be.

A text becomes a row of atoms: words, figures with their decimal points, and signs that carry meaning (`%`, `£`, `<`).
They are also kept as one string without gaps, in which a quotation is looked for at the speed of `str.find`; the
edges between atoms then decide whether a hit is one of whole words. An edge is *firm* where a person sees two words,
and *loose* where white space or a hyphen may come or go without a change of meaning: `5 %` and `5%`, and a hyphen at
the end of a line, which may break a word (`popula-tion`) or belong to it (`FAA-approved`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

HYPHENS = "-\u2010\u2011\ufffe\x02"
"""The last two are what pdfium writes for a hyphen at the end of a line."""
DASHES = HYPHENS + "\u2012\u2013\u2014\u2015\u2212"
RAISE = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
RAISED = "".join(RAISE.values()) + "₀₁₂₃₄₅₆₇₈₉"
DOUBTFUL = "\u2063"
"""Stands in a text where it cannot be said whether a gap parts two words."""
IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, and marks that take no room."""
NEGATIVE = frozenset({"non", "un", "in", "im", "ir", "il", "dis", "mis", "not", "no", "anti", "a", "de"})
"""Beginnings that turn a word round: what follows their hyphen is never taken for the word alone."""

_LETTER = rf"(?:[^\W\d_{RAISED}]|[\u0300-\u036f])"
_SKIP = rf"(?:\u00ad[ \t]*\r?\n[ \t]*|[{IGNORED}])*"
ATOM = re.compile(
    rf"(?P<word>{_LETTER}(?:{_SKIP}{_LETTER})*)"
    rf"|(?P<figure>\d(?:[.,:/]?[{IGNORED}]*\d)*)"
    rf"|(?P<raised>[{RAISED}]+)"
    r"|(?P<sign>[%‰£$€¥¢+=<>≤≥≠≈±×÷°&√∞↑↓▲▼✓✔✗✘☐☑☒])"
)
BROKEN = re.compile(rf"[{HYPHENS}\u2013][ \t]*[\r\n]+\s*|[\ufffe\x02]\s*|[{HYPHENS}][ \t]+")
"""A hyphen that ends a line, or that was pasted with the line break turned into a space."""
_NOT_LETTERS = re.compile(r"[\W_]+")
_DROPPED = {ord(c): None for c in IGNORED + "\r\n\t "}


@dataclass(frozen=True)
class Atom:
    """One word, figure or sign, and where it stands in the text."""

    text: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """A text ready to be searched: its atoms, run together, with the edges between them."""

    raw: str
    atoms: tuple[Atom, ...]
    run: str
    """All atoms without gaps."""
    starts: tuple[int, ...]
    """Where each atom starts in `run`."""
    firm: frozenset[int]
    """Places in `run` where one word ends and another begins."""
    loose: frozenset[int]
    """Places where a gap may come or go."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different atoms."""
        return frozenset(atom.text for atom in self.atoms)

    def at(self, place: int) -> int:
        """The number of the atom that holds this place of `run`."""
        return bisect_right(self.starts, place) - 1


def letters(text: str) -> str:
    """Letters and digits alone, without accents: a cheap sieve, for what is not in these cannot be in the text."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKD", text)).casefold()


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A word without what typography adds: case, ligatures, soft hyphens, composed or decomposed letters."""
    folded = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    return unicodedata.normalize("NFC", folded)


def words_of(raw: str, *, notes: bool = True) -> Words:
    """A text as words; without `notes` the raised figures that point to notes are left out."""
    atoms: list[Atom] = []
    starts: list[int] = []
    edges: dict[str, list[int]] = {"": [], "firm": [], "loose": []}
    length = 0
    for atom, edge in _atoms(raw, notes):
        edges[edge].append(length)
        atoms.append(atom)
        starts.append(length)
        length += len(atom.text)
    run = "".join(atom.text for atom in atoms)
    return Words(raw, tuple(atoms), run, tuple(starts), frozenset(edges["firm"]), frozenset(edges["loose"]))


def _atoms(raw: str, notes: bool) -> Iterator[tuple[Atom, str]]:
    """Each atom with the edge before it: firm, loose, or nothing before the first."""
    before: Atom | None = None
    for match in ATOM.finditer(raw):
        kind, (start, end) = str(match.lastgroup), match.span()
        if kind == "raised":
            if not notes and _marks_a_note(before, raw, start):
                continue
            kind = "figure"
            if before is not None and before.kind == "figure" and before.end == start:
                # A power: 10² is not 102.
                before = Atom("^", "sign", start, start)
                yield before, "loose"
        gap = raw[before.end if before else 0 : start]
        if kind == "figure" and _is_minus(before, gap):
            at = start - len(gap) + len(gap.rstrip()) - 1
            dash = Atom("-", "sign", at, at + 1)
            yield dash, "loose" if before else ""
            before = dash
        atom = Atom(plain(match.group()), kind, start, end)
        yield atom, _edge(before, gap, atom)
        before = atom


def _marks_a_note(before: Atom | None, raw: str, start: int) -> bool:
    """A raised figure after a whole word or a full stop points to a note; after `m` or `10` it is a power."""
    if before is None or raw[before.end : start].strip(" .,;:!?)]”’\"'"):
        return False
    return before.end < start or before.kind == "word" and len(before.text) > 3


def _is_minus(before: Atom | None, gap: str) -> bool:
    """Whether the gap before a figure holds a dash that is read: a minus sign, or a span between two figures."""
    bare = gap.strip()
    if not bare or bare[-1] not in DASHES:
        return False
    if before is not None and len(bare) == 1 and before.kind in ("figure", "sign"):
        return True
    if gap[-1] not in DASHES or gap[-2:-1] in DASHES and len(gap) > 1:
        return False
    return before is None or len(gap) > 1 and gap[0] not in DASHES


def _edge(before: Atom | None, gap: str, atom: Atom) -> str:
    if before is None:
        return ""
    if "sign" in (before.kind, atom.kind) or gap == DOUBTFUL:
        return "loose"
    if before.kind != atom.kind:
        return "loose" if not gap.strip() or gap in DASHES else "firm"
    return "loose" if gap and gap[0] in DASHES and BROKEN.fullmatch(gap) else "firm"
