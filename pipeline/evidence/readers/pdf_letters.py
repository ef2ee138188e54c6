"""Where the letters of a PDF page stand: as pieces of lines, each of letters that stand side by side."""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.evidence.words import DOUBTFUL, RAISE

if TYPE_CHECKING:
    import pypdfium2

MOST_LETTERS = 60_000
"""A page with more is not a page of prose."""
CLOSE = 0.6
"""Of the letters' size: pieces of a line that stand closer than this belong together."""
NARROW, WIDE = 0.10, 0.20
"""Of the letters' size: a gap below the first is none, one above the second parts two words."""


@dataclass(frozen=True)
class Letter:
    """One letter, where it stands, and how tall it is; in points from the left and from the bottom."""

    text: str
    left: float
    right: float
    base: float
    size: float


@dataclass
class Piece:
    """Letters that stand side by side on one line."""

    letters: list[Letter] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where it begins, in points from the left."""
        return self.letters[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.letters[-1].right

    @property
    def base(self) -> float:
        """Where it stands, in points from the bottom."""
        return self.letters[0].base

    @cached_property
    def size(self) -> float:
        """The height of its largest letter."""
        return max(letter.size for letter in self.letters)

    @cached_property
    def text(self) -> str:
        """The piece as text, its raised figures raised and its doubtful gaps marked."""
        out = ""
        before: Letter | None = None
        blank = False
        for letter in self.letters:
            if letter.text.isspace():
                blank = True
                continue
            if before is not None and _is_raised(before, letter):
                out += _gap(before, letter, blank) + RAISE[letter.text]
                before = replace(letter, base=before.base, size=before.size)
            else:
                out += (_gap(before, letter, blank) if before else "") + letter.text
                before = letter
            blank = False
        return out


def pieces_of(text_page: pypdfium2.PdfTextPage, without: Container[int] = ()) -> list[Piece]:
    """The pieces of lines on a page, without some letters: what stands close together on one line is one."""
    return _mended(list(_pieces(_letters(text_page, without))))


def _letters(text_page: pypdfium2.PdfTextPage, without: Container[int]) -> Iterator[Letter | None]:
    """Every letter with its place; None where a line ends."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for at in range(min(text_page.count_chars(), MOST_LETTERS)):
        if at in without:
            continue
        code = raw.FPDFText_GetUnicode(text_page, at)
        if code in (10, 13):
            yield None
            continue
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        text = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "
        yield Letter(text, box.left, box.right, y.value, box.top - box.bottom)


def _pieces(letters: Iterator[Letter | None]) -> Iterator[Piece]:
    piece = Piece()
    for letter in letters:
        if letter is None or piece.letters and not _beside(piece.letters[-1], letter):
            if piece.letters:
                yield piece
            piece = Piece()
        if letter is not None and (piece.letters or not letter.text.isspace()):
            piece.letters.append(letter)
    if piece.letters:
        yield piece


def _beside(one: Letter, next_one: Letter) -> bool:
    size = max(one.size, next_one.size, 1.0)
    return abs(one.base - next_one.base) < size * 0.6 and -size < next_one.left - one.right < size * 1.5


def _gap(before: Letter, letter: Letter, blank: bool) -> str:
    width = (letter.left - before.right) / max(before.size, 1.0)
    if blank:
        return " " if width > NARROW else DOUBTFUL
    return DOUBTFUL if NARROW < width < WIDE else " " if width >= WIDE else ""


def _is_raised(before: Letter, letter: Letter) -> bool:
    return letter.text in RAISE and letter.size < before.size * 0.85 and letter.base > before.base + before.size * 0.1


def lines_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces that share a base line, from left to right, line after line down the page."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -p.base):
        if lines and abs(lines[-1][0].base - piece.base) < max(piece.size, lines[-1][0].size) * 0.4:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda p: p.left) for line in lines]


def _mended(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that stand close together on one line made one: pdfium cuts a line at a raised figure."""
    mended: list[Piece] = []
    for line in lines_of(pieces):
        for at, piece in enumerate(line):
            if at and -0.3 * piece.size < piece.left - mended[-1].right < CLOSE * piece.size:
                mended[-1].letters.extend(piece.letters)
            else:
                mended.append(Piece(list(piece.letters)))
    return mended
