"""Where on a PDF page words stand: marks from pdfium's own character boxes, one for each line that they take."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.evidence.matching import ELLIPSIS
from pipeline.evidence.readers.pdf import HYPHEN_OF_A_LINE, LINE_END, page_of
from pipeline.model import Mark

if TYPE_CHECKING:
    import pypdfium2

FINE = 1_000_000
"""Steps that a page is measured in, across and down."""
DIGITS = 4
SHORT = 3
"""Letters: a run of so few is marked only where it goes on from the words before it."""
MOST_MARKS, MOST_LETTERS = 120, 60_000
SIDEWAYS = 0.7
"""Sine of the angle from which letters count as standing on their side."""
BLANKS = frozenset({0, 9, 10, 13, 32, 160, 0xAD})

Area = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


class Span(NamedTuple):
    """Characters of a page, as pdfium counts those of its text: the first and the last."""

    page: int
    first: int
    last: int


def span(page: int, text: str, start: int, end: int) -> Span:
    """A part of a page's text as it is read: that has a line's end more for each hyphen that ends one."""
    return Span(page, _counted(text, start), _counted(text, end - 1))


def _counted(text: str, place: int) -> int:
    wide = sum(c > "\uffff" for c in text[:place]) if not text.isascii() else 0
    return place - len(LINE_END) * text.count(HYPHEN_OF_A_LINE, 0, place) + wide


def spans_of(quotation: str, pages: Sequence[tuple[int, str]]) -> list[Span]:
    """Where the words of a quotation stand in the texts of pages that follow each other, however their lines run.

    Letters and digits are compared: the longest run of words first, then what follows it, so that a heading between
    two pages, a note's mark or another order of lines leaves a gap and no more.
    """
    run, origin = [], []
    for number, text in pages:
        for at, character in enumerate(text):
            for letter in _folded(character):
                run.append(letter)
                origin.append((number, at))
    letters, spans, end = "".join(run), list[Span](), 0
    for piece in ELLIPSIS.split(quotation):
        words = [word for word in ("".join(map(_folded, w)) for w in piece.split()) if word]
        while words:
            taken, at = _longest(words, letters, end)
            size = sum(map(len, words[:taken]))
            if taken and (size > SHORT or at == end):
                spans += _by_page(origin[at : at + size], dict(pages))
                end = at + size
            words = words[max(taken, 1) :]
    return spans


def _longest(words: Sequence[str], letters: str, end: int) -> tuple[int, int]:
    """How many of these words stand together, and where: behind what was found before, if they do so there."""
    taken, at, run = 0, -1, ""
    for word in words:
        run += word
        found = letters.find(run, max(end, at))
        found = letters.find(run) if found < 0 else found
        if found < 0:
            break
        taken, at = taken + 1, found
    return taken, at


def _by_page(origin: Sequence[tuple[int, int]], texts: Mapping[int, str]) -> Iterator[Span]:
    for number in dict.fromkeys(page for page, _ in origin):
        places = [at for page, at in origin if page == number]
        yield span(number, texts[number], places[0], places[-1] + 1)


@cache
def _folded(character: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", character).casefold()))


def marks_of(document: pypdfium2.PdfDocument, spans: Iterable[Span]) -> tuple[Mark, ...]:
    """The marks around characters of pages, one for each line that they take."""
    from pypdfium2 import raw

    found: list[Mark] = []
    for number, *ends in spans:
        page, text_page = page_of(document, number)
        first, last = (raw.FPDFText_GetCharIndexFromTextIndex(text_page, at) for at in ends)
        if 0 <= first <= last:  # what was typed into a form stands behind the page's own letters
            found += (on_page(page, number, area) for area in _areas(text_page, range(first, last + 1)))
    return tuple(found[:MOST_MARKS])


def _areas(text_page: pypdfium2.PdfTextPage, letters: Iterable[int]) -> Iterator[Area]:
    """One area for each line of these letters; white space takes no room."""
    from pypdfium2 import raw

    left, right, bottom, top = sides = [ctypes.c_double() for _ in range(4)]
    line: Area | None = None
    sideways = False
    for at in letters:
        if raw.FPDFText_GetUnicode(text_page, at) in BLANKS:
            continue
        raw.FPDFText_GetCharBox(text_page, at, *sides)
        if right.value <= left.value or top.value <= bottom.value:
            continue
        area = left.value, bottom.value, right.value, top.value
        if line is not None and _on_one_line(line, area, sideways):
            line = (min(line[0], area[0]), min(line[1], area[1]), max(line[2], area[2]), max(line[3], area[3]))
            continue
        if line is not None:
            yield line
        line, sideways = area, _is_sideways(text_page, at)
    if line is not None:
        yield line


def _is_sideways(text_page: pypdfium2.PdfTextPage, at: int) -> bool:
    """Whether a character runs up or down the page."""
    from pypdfium2 import raw

    return abs(math.sin(raw.FPDFText_GetCharAngle(text_page, at))) > SIDEWAYS


def _on_one_line(line: Area, letter: Area, sideways: bool) -> bool:
    """Whether a letter stands beside those before it: as high as they do, and not far from them."""
    across, along = (0, 1) if sideways else (1, 0)
    shared = min(line[across + 2], letter[across + 2]) - max(line[across], letter[across])
    height = max(line[across + 2] - line[across], letter[across + 2] - letter[across])
    least = min(line[across + 2] - line[across], letter[across + 2] - letter[across])
    gap = max(letter[along] - line[along + 2], line[along] - letter[along + 2])
    near = -height < letter[across] - line[across + 2] and -height < line[across] - letter[across + 2]
    flat = shared >= 0.4 * least or (near and abs(letter[across] - line[across]) < 0.6 * height)
    return flat and gap < 2.5 * height + 3


def on_page(page: pypdfium2.PdfPage, number: int, area: Area) -> Mark:
    """An area as fractions of the page as it is shown: turned and cut as the page is."""
    from pypdfium2 import raw

    across, down = ctypes.c_int(), ctypes.c_int()
    xs, ys = [], []
    for x, y in ((area[0], area[1]), (area[2], area[3])):
        raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
        xs.append(min(max(across.value / FINE, 0.0), 1.0))
        ys.append(min(max(down.value / FINE, 0.0), 1.0))
    left, top = min(xs), min(ys)
    return Mark(
        number,
        round(left, DIGITS),
        round(top, DIGITS),
        round(max(xs) - left, DIGITS),
        round(max(ys) - top, DIGITS),
    )


def words_on(document: pypdfium2.PdfDocument, number: int) -> tuple[tuple[str, Mark], ...]:
    """The words of a page in the order in which they are read, each with its mark."""
    from pypdfium2 import raw

    found: list[tuple[str, Mark]] = []
    page, text_page = page_of(document, number)
    word: list[int] = []
    for at in [*range(min(text_page.count_chars(), MOST_LETTERS)), -1]:
        if at >= 0 and raw.FPDFText_GetUnicode(text_page, at) not in BLANKS:
            word.append(at)
            continue
        area = next(_areas(text_page, word), None)
        text = "".join(chr(code) for code in (raw.FPDFText_GetUnicode(text_page, n) for n in word) if _is_text(code))
        if area and text:
            found.append((text, on_page(page, number, area)))
        word = []
    return tuple(found)


def _is_text(code: int) -> bool:
    return 31 < code < 0xD800 or 0xDFFF < code < 0xFFFE or 0xFFFF < code < 0x110000
