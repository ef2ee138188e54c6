"""Text as words and figures: what has to be the same for a quotation to stand on a page, and what need not be.

A text becomes a row of atoms: words, figures with their decimal points, and signs that carry meaning (`%`, `£`, `<`, a
minus, the bracket before a figure). They are also kept as one string without gaps, in which a quotation is looked for
at the speed of `str.find`; the edges between atoms then decide whether a hit is one of whole words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

HYPHENS = "-\u2010\u2011\ufffe\x02"
"""The last two are what pdfium writes for a hyphen at the end of a line."""
TRUE_MINUS = "\u2212\u207b\u208b\u2796\ufe63\uff0d\uf02d"
"""Signs that are never a dash between words; the last is a symbol font's."""
DASHES = HYPHENS + "\u2012\u2013\u2014\u2015" + TRUE_MINUS
RAISE = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
RAISED = "".join(RAISE.values()) + LOWERED
IGNORED = "\u0640\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
"""Soft hyphens, the stroke that lengthens Arabic words, and marks that take no room."""
SHAPES = "■□▪▫●○◦◆◇◊★☆▶▸▹►◀◄◘◙⬛⬜→⇒➔➜➤➢❖❑❒❏❐"
"""Signs that often do no more than begin an item of a list."""
_FURNITURE = SHAPES + "©®™℠|¦¬\u2044\u2215\ufffd\ufffc\u2219\u22c5" + DASHES
_ALSO = "%‰‱&\u02dc\uf025\uf02b\uf03c\uf03d\uf03e\uf07e\uf0a3\uf0a8\uf0b1\uf0b3\uf0b4\uf0b9\uf0bb" + "".join(
    map(chr, range(0xF0FB, 0xF0FF))
)
SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2044\u2215", "/"), **dict.fromkeys("\u00b7\u2219\u22c5\u066b", "."),
        **dict.fromkeys("\u223c\u02dc\uf07e", "~"), **dict.fromkeys("⩽≦\uf0a3", "≤"), **dict.fromkeys("⩾≧\uf0b3", "≥"),
        **dict.fromkeys("✔\uf0fc", "✓"), **dict.fromkeys("✘✕✖\uf0fb", "✗"), **dict.fromkeys(TRUE_MINUS, "-"),
        "\uf025": "%", "\uf02b": "+", "\uf03c": "<", "\uf03d": "=", "\uf03e": ">", "\uf0a8": "☐", "\uf0b1": "±",
        "\uf0b4": "×", "\uf0b9": "≠", "\uf0bb": "≈", "\uf0fd": "☒", "\uf0fe": "☑",
    }
)  # fmt: skip
"""One sign for those that look and mean the same; old symbol fonts have theirs where Unicode has none."""


def _class_of(letters: Iterable[str]) -> str:
    """A set of characters as a part of a pattern's brackets."""
    spans: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


def _all(categories: str, *ranges: tuple[int, int]) -> list[str]:
    codes = (chr(code) for first, end in ranges for code in range(first, end))
    return [letter for letter in codes if unicodedata.category(letter) in categories.split()]


MARKS = _class_of(
    set(_all("Mn Mc Me", (0x300, 0x3200), (0xA000, 0xAC00), (0xFB00, 0xFE30), (0x10000, 0x12000), (0x16000, 0x1F000)))
    - {*IGNORED}
)
"""Accents and vowel signs of every script: they belong to the letter before them."""
CURRENCY = _class_of(_all("Sc", (0x24, 0x3000), (0xA000, 0x10000)))
SIGNS = _class_of(
    set(_all("Sc Sm So", (0x24, 0x3000), (0x3200, 0x3400), (0xFB00, 0x10000), (0x1F000, 0x1FB00))) - {*_FURNITURE}
    | {*_ALSO}
)


DOUBTFUL = "\u2063"
"""Stands in a text where it cannot be said whether a gap parts two words."""
SUSPENDING = frozenset({"and", "or", "to"})
"""After these a hyphen is no broken word: `short- and long-term`."""

_LETTER = rf"(?:[^\W\d_{RAISED}¼-¾⅐-⅟↉]|[{MARKS}])"
_SKIP = rf"(?:\u00ad[ \t]*\r?\n[ \t]*|[{IGNORED}])*"
_POINT = r"[.\u00b7\u2219\u22c5\u066b]"
ATOM = re.compile(
    rf"(?P<word>{_LETTER}(?:{_SKIP}{_LETTER})*)"
    rf"|(?P<fraction>[¼-¾⅐-⅞↉]|[{RAISED}]+[\u2044\u2215/][{LOWERED}\d]+|\d+\u2044\d+)"
    rf"|(?P<figure>(?:(?<![\w.…]){_POINT})?\d(?:(?:[,:/]|{_POINT})?[{IGNORED}]*\d)*)"
    rf"|(?P<raised>[⁺⁻]?[{RAISED}]+)"
    rf"|(?P<bracket>[(\uff08](?=\s*[{DASHES}]?\s*[{CURRENCY}]?\s*[{DASHES}]?\s*{_POINT}?\d))"
    rf"|(?P<nil>(?<=[{CURRENCY}])[ \u00a0]*[{DASHES}](?!\s*[{CURRENCY}(\uff08.]?\s*\d))"
    rf"|(?P<sign>[{SIGNS}]\u0338?|\^(?=\d))"
)
BLANKS = " \u00a0\u2009\u202f"
LONGEST_LEAD = 40
_AMOUNT = rf"[{CURRENCY}]?[ \u00a0]*{_POINT}?\d[\d.,]*(?:%|[a-z]{{1,3}}\b)?"
CELL_END = re.compile(rf"{_AMOUNT}[ \u00a0]*(?:$|[\t|\r\n])")
"""A cell that holds a dash, a blank and an amount: below zero, as accounts are set."""
MINUS_AFTER = re.compile(
    rf"(?:(?<=[.,]\d)|(?<=[.,]\d\d)|(?<=[.,]\d\d\d))[{DASHES}]"
    rf"(?=[ \u00a0\t]*(?:$|[|(\d{CURRENCY}]|[\r\n](?!\s*[a-z])))|(?<=\d)[{DASHES}](?=[ \u00a0]*(?:$|[\t|]))"
)
"""A dash behind an amount, where no word follows: below zero in ledgers."""
TWO_DASHES = re.compile(rf"\s*[{DASHES}]\s+[{DASHES}]\s*")
TIMES = re.compile(r"(?<=\d)[ \u00a0]*[xX][ \u00a0]*(?=\d)")
BROKEN = re.compile(rf"[{HYPHENS}\u2013][ \t]*+[\r\n]++\s*+|[\ufffe\x02]\s*|[{HYPHENS}][ \t]+")
"""A hyphen that ends a line, or that was pasted with the line break turned into a space."""
_NOT_LETTERS = re.compile(r"[\W_\u0640]+")
_DROPPED = {ord(c): None for c in IGNORED + "\r\n\t "}
_MONEY = re.compile(f"[{CURRENCY}]")


class Edge(StrEnum):
    """How two atoms that follow each other are parted."""

    FIRM = "firm"
    """Where a person sees two words."""
    HYPHEN = "hyphen"
    """Where a hyphen joins two words: `long-term`."""
    BROKEN = "broken"
    """Where a line ends in a hyphen, which may break a word (`popula-tion`) or belong to it (`FAA-approved`)."""
    LOOSE = "loose"
    """Where white space may come or go without a change of meaning: `5 %` and `5%`."""


_ALIKE = {
    (Edge.FIRM, Edge.FIRM), (Edge.FIRM, Edge.HYPHEN), (Edge.HYPHEN, Edge.HYPHEN), (Edge.HYPHEN, Edge.BROKEN),
    (Edge.BROKEN, Edge.BROKEN), (Edge.BROKEN, None),
}  # fmt: skip


def alike(one: Edge | None, other: Edge | None) -> bool:
    """Whether two edges may stand for each other; None is the inside of a word."""
    return Edge.LOOSE in (one, other) or (one, other) in _ALIKE or (other, one) in _ALIKE


KINDS = {"raised": "figure", "fraction": "figure", "bracket": "sign", "nil": "sign"}
SHORT_WORDS = frozenset(
    {"to", "of", "on", "at", "by", "we", "it", "is", "as", "an", "be", "do", "or", "so", "us", "no", "up"}
)
"""Words of two letters that are the name of no unit."""
LENGTHS = (
    "metre",
    "metres",
    "meter",
    "meters",
    "mile",
    "miles",
    "foot",
    "feet",
    "inch",
    "inches",
    "yard",
    "yards",
    "kms",
)


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
    edges: Mapping[int, Edge]
    """Places in `run` where one atom ends and another begins, and how they are parted."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different atoms."""
        return frozenset(atom.text for atom in self.atoms)

    def at(self, place: int) -> int:
        """The number of the atom that holds this place of `run`."""
        return bisect_right(self.starts, place) - 1


def letters(text: str) -> str:
    """Letters and digits alone, without accents: a cheap sieve, for what is not in these cannot be in the text."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKD", text.replace("×", "x"))).casefold()


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A word without what typography adds: case, ligatures, soft hyphens, composed or decomposed letters."""
    folded = unicodedata.normalize("NFKC", text.translate(_DROPPED)).casefold()
    return unicodedata.normalize("NFC", folded).translate(SAME_SIGNS)


def words_of(raw: str, *, notes: bool = True) -> Words:
    """A text as words; without `notes` the raised figures that point to notes are left out."""
    atoms: list[Atom] = []
    starts: list[int] = []
    edges: dict[int, Edge] = {}
    length = 0
    for atom, edge in _atoms(raw, notes):
        if edge is not None:
            edges[length] = edge
        atoms.append(atom)
        starts.append(length)
        length += len(atom.text)
    return Words(raw, tuple(atoms), "".join(atom.text for atom in atoms), tuple(starts), edges)


def _atoms(raw: str, notes: bool) -> Iterator[tuple[Atom, Edge | None]]:
    """Each atom with the edge before it: none before the first."""
    before: Atom | None = None
    unit = False  # whether the word before is a figure's: `£5m`
    for match in ATOM.finditer(raw):
        kind, (start, end) = str(match.lastgroup), match.span()
        if kind == "raised":
            if not notes and marks_a_note(before, raw, start, match.group()):
                continue
            if before is not None and before.kind == "figure" and before.end == start:
                # A power: 10² is not 102.
                before = Atom("^", "sign", start, start)
                yield before, Edge.LOOSE
        gap = raw[before.end if before else 0 : start]
        if _can_be_negative(kind, match.group()) and (_is_minus(before, gap, unit) or fills_a_cell(raw, start)):
            at = start - len(gap) + len(gap.rstrip()) - 1
            dash = Atom("-", "sign", at, at + 1)
            if before and before.kind == "figure" and TWO_DASHES.fullmatch(gap):
                yield replace(dash, end=at), Edge.LOOSE  # from ten to minus five: `10 - -5`
            yield dash, Edge.LOOSE if before else None
            before, gap = dash, raw[at + 1 : start]
        atom = Atom(plain(match.group()), KINDS.get(kind, kind), start, end)
        if before is not None and before.kind == "figure" and atom.text == "x" and TIMES.match(raw, before.end):
            atom = Atom("×", "sign", start, end)
        yield atom, _edge(before, gap, atom)
        unit = atom.kind == "word" and before is not None and before.kind == "figure" and before.end == start
        before = atom
        if kind == "figure" and MINUS_AFTER.match(raw, end):
            before = Atom("-", "sign", end, end + 1)
            yield before, Edge.LOOSE


def fills_a_cell(raw: str, start: int) -> bool:
    """Whether an amount, and before it a dash and a blank, are all that a cell or the whole text holds."""
    head, ends = raw[max(0, start - LONGEST_LEAD) : start], CELL_END.match(raw, start)
    dashed = head.rstrip(BLANKS)
    if ends is None or dashed == head or dashed[-1:] not in (*DASHES,):
        return False
    lead = dashed[:-1].rstrip(BLANKS)
    opens, closes = lead[-1:], ends.group()[-1]
    whole = start == len(head) and not lead and ends.end() == len(raw)
    return whole or opens in ("\t", "|") or opens in ("", "\r", "\n") and closes in "\t|"


def _can_be_negative(kind: str, text: str) -> bool:
    return kind in ("figure", "fraction", "bracket") or kind == "sign" and _MONEY.match(text) is not None


def marks_a_note(before: Atom | None, raw: str, start: int, figure: str) -> bool:
    """A raised figure after a whole word or a full stop points to a note; after `m`, `metre` or `10` it is a power."""
    if figure[0] in LOWERED + "⁺⁻" or before is None or raw[before.end : start].strip(" .,;:!?)]”’\"'"):
        return False
    if before.end < start:
        return True
    if before.kind != "word" or figure in "²³" and before.text.endswith(LENGTHS):
        return False
    return len(before.text) > 2 or before.text in SHORT_WORDS


def _is_minus(before: Atom | None, gap: str, unit: bool) -> bool:
    """Whether the gap before a figure holds a dash that is read: a minus sign, or a span between two figures."""
    bare = gap.strip()
    if not bare or bare[-1] not in DASHES:
        return False
    if before is not None and len(bare) == 1 and (before.kind in ("figure", "sign") or unit and gap == bare):
        return True
    if bare[-1] in TRUE_MINUS and (before is None or len(gap) > 1):
        return True
    if gap[-1] not in DASHES or gap[-2:-1] in DASHES and len(gap) > 1:
        return False
    return before is None or len(gap) > 1 and gap[0] not in DASHES


def _edge(before: Atom | None, gap: str, atom: Atom) -> Edge | None:
    if before is None:
        return None
    if "sign" in (before.kind, atom.kind) or gap == DOUBTFUL:
        return Edge.LOOSE
    if before.kind != atom.kind:
        return Edge.LOOSE if not gap.strip() or gap in DASHES else Edge.FIRM
    if gap and BROKEN.fullmatch(gap):
        return Edge.HYPHEN if atom.text in SUSPENDING else Edge.BROKEN
    return Edge.HYPHEN if len(gap) == 1 and gap in DASHES else Edge.FIRM
