"""What a reader hands back: pages; their passages, and the text that runs on from one page to the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.evidence.words import BROKEN, Words, letters, plain, words_of
from pipeline.office.limits import DEFAULT, Limits


@dataclass(frozen=True)
class Asked:
    """What a reader is asked for: some pages, or all; and what it may cost."""

    pages: Collection[int] | None = None
    limits: Limits = DEFAULT

    def among(self, count: int) -> Sequence[int]:
        """The pages asked for of a document that has so many, in order."""
        return range(1, count + 1) if self.pages is None else sorted(n for n in self.pages if 1 <= n <= count)


EVERYTHING = Asked()
LINE_FEED = "\n"
EVERY_LETTER = 1_000_000
"""Unread letters of a page of which nothing can be read."""
NEXT_TEXT = "\f"
"""Stands between the texts of one page where a reading gives several, each in another order."""


@dataclass(frozen=True)
class Page:
    """The text of one page, slide or sheet; of a document without fixed pages there is one, number 1."""

    number: int
    text: str
    label: str = ""
    """The label printed in the document, where it differs from the number; of a workbook, the sheet's name."""
    unreadable: str = ""
    """Why its text cannot be read, in plain words; there may be some text all the same."""
    unread: int = 0
    """About how many letters of it cannot be read."""
    pictured: int = 0
    """About how many letters its pictures would hold, if they showed text."""
    scanned: bool = False
    """Whether its text lies over a picture that fills the page: a scan, and what a program read on it."""
    hidden: bool = False
    """A sheet or slide that a reader does not see."""
    unseen: tuple[tuple[str, str], ...] = ()
    """Why some words are not live (struck out, hidden), and the whole text with those words in it."""
    also: tuple[str, ...] = ()
    """The text in other forms that a reader sees: with the numbers that Word puts before paragraphs."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a sheet: the filled cells that are seen, each as `B7` and what it shows, row by row."""
    places: tuple[tuple[int, str], ...] = ()
    """Where in the text each part begins that has a name: `paragraph 14`, `table 2, row 3, column 1`, `Title 1`."""


@dataclass(frozen=True)
class Reading:
    """The pages that were asked for, of a document of `count` pages."""

    kind: str
    count: int
    pages: Mapping[int, Page] = field(default_factory=dict)
    paged: bool = False
    """True where a reader shows page numbers (PDF, slides)."""
    remarks: tuple[str, ...] = ()
    """What was left alone: embedded files, macros, links to files elsewhere."""
    elsewhere: str = ""
    """Why the document's words may stand where no reader of ours looks; empty where they do not."""


NUMBERED = "with automatic numbers"
"""Marks a piece of text that a reader sees and that is not typed: the number of a clause."""
Piece = tuple[str, str]
"""A piece of text, and why it is not live; empty where it is."""
AT = "at "
"""Marks a piece without text: here begins what is called as the rest says."""
HEADING = "heading, "


def page_of(
    number: int,
    pieces: Iterable[Piece],
    label: str = "",
    *,
    hidden: bool = False,
    cells: Sequence[tuple[str, str]] = (),
) -> Page:
    """A page from its pieces, with the words that are not live kept apart; its cells are known when they are read."""
    parts = list(pieces)
    reasons = list(dict.fromkeys(why for text, why in parts if why and text.strip()))
    texts = {why: "".join(text for text, reason in parts if reason in ("", why)) for why in ["", *reasons]}
    unseen = tuple((why, texts[why]) for why in reasons if why != NUMBERED)
    also = (texts[NUMBERED],) if NUMBERED in texts else ()
    places, length = [], 0
    for text, why in parts:
        if why.startswith(AT):
            places.append((length, why.removeprefix(AT)))
        length += 0 if why else len(text)
    return Page(
        number, texts[""], label, hidden=hidden, unseen=unseen, also=also, cells=tuple(cells), places=tuple(places)
    )


LINED = ("text", "csv")


def place_in(page: Page, kind: str, start: int, end: int) -> str:
    """What people call the place of some characters of a page's text: a cell, a paragraph, a shape, a line."""
    if page.cells:
        names, at = [], 0
        for name, shows in page.cells:
            at = page.text.find(shows, at)
            if at < 0 or at >= end:
                break
            at += len(shows)
            names += [name] if at > start else []
        return f"{page.label}!{':'.join(dict.fromkeys((names[0], names[-1])))}" if names else ""
    if kind in LINED:
        return f"line {page.text.count(LINE_FEED, 0, start) + 1}"
    return next((name for at, name in reversed(page.places) if at <= start), "")


MOST_SAID = 20_000
"""Characters of a page that are handed on for its figures."""
NEARBY = 1_500
"""Characters before and behind words found in a document without pages that belong to the same passage."""


def with_figures(text: str, start: int = 0, end: int | None = None) -> str:
    """The lines of a passage, or of that part of it, that hold a figure."""
    whole = text[max(0, start - NEARBY) : end + NEARBY] if end is not None else text
    lines = (" ".join(line.split()) for line in whole.splitlines())
    return "\n".join(line for line in lines if any(c.isdigit() for c in line))[:MOST_SAID]


CONTEXT = 300
"""Characters, about, that a passage with its surroundings may have."""


def between(words: Words, start: int, end: int) -> str:
    """A part of a text for people. A word that a line breaks is whole again where the text has it whole elsewhere."""
    known = words.vocabulary
    out, at = "", start
    for broken in BROKEN.finditer(words.raw, start, end):
        left, right = _word_before(words.raw, broken.start()), _word_after(words.raw, broken.end())
        out += words.raw[at : broken.start()]
        if left and right:
            out += "" if plain(left + right) in known else "-"
        else:
            out += broken.group()
        at = broken.end()
    return shown(out + words.raw[at:end])


def _word_before(raw: str, place: int) -> str:
    start = place
    while start > 0 and raw[start - 1].isalpha():
        start -= 1
    return raw[start:place]


def _word_after(raw: str, place: int) -> str:
    end = place
    while end < len(raw) and raw[end].isalpha():
        end += 1
    return raw[place:end]


def shown(text: str) -> str:
    """Text of a page for people: white space as single blanks, no control characters."""
    for hyphen in ("\ufffe", "\x02"):
        text = text.replace(hyphen, "-")
    text = text.replace("\u00ad", "")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def cut(text: str) -> str:
    """A long passage, ended at a word."""
    return text if len(text) <= CONTEXT else text[: CONTEXT - 1].rsplit(" ", 1)[0] + "…"


EDGE = 4
"""How many lines at the top and bottom of a page may be headers or footers."""
PAGE_NUMBER = re.compile(
    r"(?i)[\s\-–—|·•~\[(]*+(?:page|p\.?|seite)?\s*+(?:\d{1,5}|[ivxlc]{1,7})\s*+(?:(?:of|/|\|)\s*\d{1,5})?"
    r"(?:\s*[\])]|[\s\-–—|·•~]*)(?:page)?"
)
LONGEST_NUMBER = 40
DIGITS = re.compile(r"\d+")


def body(text: str, neighbours: Sequence[str]) -> str:
    """A page without what seems to be furniture: lines at its edges that its neighbours repeat, and page numbers."""
    return next(endings(next(beginnings(text, neighbours)), neighbours))


def endings(text: str, neighbours: Sequence[str]) -> Iterator[str]:
    """A page without its last lines, as far as they seem to be furniture: first without all of them, then with more.

    A line of the body may look the same as one next door, so nothing is left out for good.
    """
    lines = text.splitlines(keepends=True)
    kept = _without(lines, _repeated(neighbours))
    return ("".join(lines[:end]) for end in range(kept, len(lines) + 1))


def beginnings(text: str, neighbours: Sequence[str]) -> Iterator[str]:
    """The same for its first lines."""
    lines = text.splitlines(keepends=True)
    kept = _without(lines[::-1], _repeated(neighbours))
    return ("".join(lines[start:]) for start in range(len(lines) - kept, -1, -1))


def _without(lines: Sequence[str], repeated: set[str]) -> int:
    """How many lines stay when furniture is taken off the end."""
    end, taken = len(lines), 0
    while end > 0 and taken < EDGE:
        if lines[end - 1].strip():
            if not _is_furniture(lines[end - 1], repeated):
                break
            taken += 1
        end -= 1
    return end


def _repeated(neighbours: Sequence[str]) -> set[str]:
    edges = (lines[:EDGE] + lines[-EDGE:] for lines in map(_filled, neighbours))
    return {_mask(line) for lines in edges for line in lines}


def _filled(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _mask(line: str) -> str:
    return DIGITS.sub("0", " ".join(line.split())).casefold()


def _is_furniture(line: str, repeated: set[str]) -> bool:
    return _mask(line) in repeated or is_page_number(line)


def is_page_number(line: str) -> bool:
    """Whether a line holds a page number and nothing else."""
    bare = line.strip()
    return len(bare) <= LONGEST_NUMBER and PAGE_NUMBER.fullmatch(bare) is not None


LONG, STEP, OVERLAP = 60_000, 20_000, 16_000
"""Characters: a longer text (a Word file of hundreds of pages) is looked through in parts that overlap."""


class Stretch:
    """A page's text, or a part of a very long one."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @cached_property
    def letters(self) -> str:
        """Its letters and digits alone: the sieve."""
        return letters(self.raw)

    @cached_property
    def words(self) -> Words:
        """It as words."""
        return words_of(self.raw)


def stretches(text: str) -> list[Stretch]:
    """A text in one piece, or a very long one in parts, none of which begins or ends inside a word."""
    return [Stretch(text)] if len(text) <= LONG else [Stretch(part) for part in _parts(text)]


def _parts(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        yield text[start : _gap_after(text, start + STEP + OVERLAP)]
        start = _gap_after(text, start + STEP)


def _gap_after(text: str, place: int) -> int:
    """The first white space from this place on, or the end."""
    while place < len(text) and not text[place].isspace():
        place += 1
    return min(place, len(text))
