"""A second reading of a PDF page, by where its letters stand: used before words are said not to be there.

Three texts of one page, kept apart by form feeds: column by column; the same without small print (notes that stand
between the end of one column and the top of the next); and row by row. Raised figures become raised figures again,
and a gap of which one cannot say whether it parts two words is marked as such.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, NEXT_TEXT, Asked, Page, Reading
from pipeline.evidence.readers.pdf import open_document
from pipeline.evidence.turns import is_page_number
from pipeline.evidence.words import DOUBTFUL, RAISE

if TYPE_CHECKING:
    import pypdfium2

MOST_LETTERS = 60_000
"""A page with more is not a page of prose."""
SMALL = 0.88
"""Of the usual size: what is smaller is small print."""
STEP = 50.0
"""Points: lines whose left edges differ by less stand in one column."""
CLOSE = 0.6
"""Of the letters' size: pieces of a line that stand closer than this belong together."""
NARROW, WIDE = 0.10, 0.20
"""Of the letters' size: a gap below the first is none, one above the second parts two words."""


@dataclass(frozen=True)
class _Letter:
    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class _Piece:
    """Letters that stand side by side on one line."""

    letters: list[_Letter] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.letters[0].left

    @property
    def right(self) -> float:
        return self.letters[-1].right

    @property
    def base(self) -> float:
        return self.letters[0].base

    @cached_property
    def size(self) -> float:
        return max(letter.size for letter in self.letters)


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for, each as three texts."""
    document = open_document(path)
    try:
        count = len(document)
        pages = {n: Page(n, _page_text(document, n)) for n in range(1, count + 1) if asked.wants(n)}
    finally:
        document.close()
    return Reading("pdf-layout", count, pages, paged=True)


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    import pypdfium2

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        pieces = _mended(list(_pieces(_letters(text_page))))
    finally:
        text_page.close()
        page.close()
    if not pieces:
        return ""
    return NEXT_TEXT.join((_columns(pieces), _columns(_without_notes(pieces)), _rows(pieces)))


def _without_notes(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces without page numbers, and without the small print at the foot of a column.

    Small print inside the text stays: one word less would be another sentence.
    """
    usual = _median([letter.size for piece in pieces for letter in piece.letters])
    order = sorted(pieces, key=lambda p: (-p.base, p.left))
    large = [piece for piece in order if piece.size >= usual * SMALL]
    notes = set()
    for run in _runs(order):
        foot = list(takewhile(lambda piece: piece.size < usual * SMALL, reversed(run)))
        if foot and not any(_is_under(foot[0], other) for other in large):
            notes |= {id(piece) for piece in foot}
    return [piece for piece in order if id(piece) not in notes and not is_page_number(_text(piece))]


def _is_under(piece: _Piece, other: _Piece) -> bool:
    """Whether the other piece stands lower in the same column, or beside this one on its line."""
    shared = min(piece.right, other.right) - max(piece.left, other.left)
    if abs(piece.base - other.base) < 0.4 * other.size:
        return shared > -other.size
    return other.base < piece.base and shared > 0


def _letters(text_page: pypdfium2.PdfTextPage) -> Iterator[_Letter | None]:
    """Every letter with its place; None where a line ends."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for at in range(min(text_page.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        if code in (10, 13):
            yield None
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        text = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "
        yield _Letter(text, box.left, box.right, y.value, box.top - box.bottom)


def _pieces(letters: Iterator[_Letter | None]) -> Iterator[_Piece]:
    piece = _Piece()
    for letter in letters:
        if letter is None or piece.letters and not _beside(piece.letters[-1], letter):
            if piece.letters:
                yield piece
            piece = _Piece()
        if letter is not None and (piece.letters or not letter.text.isspace()):
            piece.letters.append(letter)
    if piece.letters:
        yield piece


def _beside(one: _Letter, next_one: _Letter) -> bool:
    size = max(one.size, next_one.size, 1.0)
    return abs(one.base - next_one.base) < size * 0.6 and -size < next_one.left - one.right < size * 1.5


def _text(piece: _Piece) -> str:
    """A piece as text, its raised figures raised and its doubtful gaps marked."""
    out = ""
    before: _Letter | None = None
    blank = False
    for letter in piece.letters:
        if letter.text.isspace():
            blank = True
            continue
        if before is not None:
            out += _gap(before, letter, blank)
        out += RAISE.get(letter.text, letter.text) if before and _is_raised(before, letter) else letter.text
        if not (before and _is_raised(before, letter)):
            before = letter
        else:
            before = _Letter(letter.text, letter.left, letter.right, before.base, before.size)
        blank = False
    return out


def _gap(before: _Letter, letter: _Letter, blank: bool) -> str:
    width = (letter.left - before.right) / max(before.size, 1.0)
    if blank:
        return " " if width > NARROW else DOUBTFUL
    return DOUBTFUL if NARROW < width < WIDE else " " if width >= WIDE else ""


def _is_raised(before: _Letter, letter: _Letter) -> bool:
    return letter.text in RAISE and letter.size < before.size * 0.85 and letter.base > before.base + before.size * 0.1


def _median(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


def _columns(pieces: Sequence[_Piece]) -> str:
    """Down each column, column after column; lines that span several columns come first."""
    order = sorted(pieces, key=lambda p: (-p.base, p.left))
    widths = [p.right - p.left for p in order if len(p.letters) > 15]
    usual = _median(widths)
    spanning = [p for p in order if p.right - p.left > usual * 1.5]
    within = [p for p in order if p.right - p.left <= usual * 1.5]
    runs = sorted(_runs(within), key=lambda run: run[0].left)
    column, edge = 0, float("-inf")
    placed: list[tuple[int, float, list[_Piece]]] = []
    for run in runs:
        column += run[0].left > edge + STEP
        edge = run[0].left
        placed.append((column, -run[0].base, run))
    placed.sort(key=lambda item: item[:2])
    return "\n".join(_text(p) for p in [*spanning, *(p for _, _, run in placed for p in run)])


def _runs(order: Sequence[_Piece]) -> list[list[_Piece]]:
    """Lines that follow each other straight down: each the only one below, and the only one above, the other."""
    below = [_neighbours(order, at, 1) for at in range(len(order))]
    above = [_neighbours(order, at, -1) for at in range(len(order))]
    after = {at: b[0] for at, b in enumerate(below) if len(b) == 1 and above[b[0]] == [at]}
    followers = set(after.values())
    runs = []
    for start in range(len(order)):
        if start in followers:
            continue
        run, at = [order[start]], start
        while at in after:
            at = after[at]
            run.append(order[at])
        runs.append(run)
    return runs


def _neighbours(order: Sequence[_Piece], at: int, step: int) -> list[int]:
    """The pieces on the nearest line below (step 1) or above (-1) that share this one's width."""
    piece, found = order[at], list[int]()
    other = at + step
    while 0 <= other < len(order):
        away = abs(piece.base - order[other].base)
        if away > 3 * piece.size or found and away > abs(piece.base - order[found[0]].base) + 0.4 * piece.size:
            break
        shared = min(piece.right, order[other].right) - max(piece.left, order[other].left)
        if away > 0.3 * piece.size and shared > 0:
            found.append(other)
        other += step
    return found


def _lines(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """The pieces that share a base line, from left to right, line after line down the page."""
    lines: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if lines and abs(lines[-1][0].base - piece.base) < max(piece.size, lines[-1][0].size) * 0.4:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]


def _mended(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Pieces that stand close together on one line made one: pdfium cuts a line at a raised figure."""
    mended: list[_Piece] = []
    for line in _lines(pieces):
        for at, piece in enumerate(line):
            if at and -0.3 * piece.size < piece.left - mended[-1].right < CLOSE * piece.size:
                mended[-1].letters.extend(piece.letters)
            else:
                mended.append(_Piece(list(piece.letters)))
    return mended


def _rows(pieces: Sequence[_Piece]) -> str:
    """Straight across the page, as a table is read."""
    return "\n".join(" ".join(_text(piece) for piece in line) for line in _lines(pieces))
