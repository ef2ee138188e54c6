"""Lines drawn through the words of a PDF page, as a word processor prints what is struck out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.evidence.readers.pdf_marks import Box

if TYPE_CHECKING:
    import pypdfium2

THIN, SHORTEST = 2.5, 4.0
"""Points: how thick a line may be, and how long it has to be."""
LOW, HIGH = 0.12, 0.45
"""Of the letters' size above their base line: where a line goes through them, and does not merely touch."""
COVERED, FILLED = 0.8, 0.6
"""Of the line: how much of it the words take, so that a rule of a table or chart is none; and how much is letters."""
MOST_LINES = 2_000


@dataclass(frozen=True)
class _Letter:
    at: int
    left: float
    right: float
    base: float
    size: float


def crossed(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> set[int]:
    """The letters that a line goes through from one end of it to the other."""
    lines = list(_through_text(page))
    if not lines or len(lines) > MOST_LINES:
        return set()
    found: set[int] = set()
    letters = list(_letters(text_page, lines))
    for left, bottom, right, top in lines:
        height = (bottom + top) / 2
        hit = [
            letter
            for letter in letters
            if letter.base + LOW * letter.size <= height <= letter.base + HIGH * letter.size
            and left - 1 <= (letter.left + letter.right) / 2 <= right + 1
        ]
        if hit and _is_theirs(hit, right - left):
            found |= {letter.at for letter in hit}
    return found


def _is_theirs(letters: list[_Letter], length: float) -> bool:
    span = max(letter.right for letter in letters) - min(letter.left for letter in letters)
    return span >= length * COVERED and sum(letter.right - letter.left for letter in letters) >= span * FILLED


def _through_text(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Thin level lines that pass through the middle of something written."""
    from pypdfium2 import raw

    texts, lines = list[Box](), list[Box]()
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH), max_depth=1):
        box = thing.get_bounds()
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(box)
        elif box[3] - box[1] <= THIN and box[2] - box[0] >= SHORTEST:
            lines.append(box)
    if len(lines) > MOST_LINES:
        return
    for line in lines:
        height = (line[1] + line[3]) / 2
        if any(
            text[0] < line[2] and line[0] < text[2] and 0.1 < (height - text[1]) / max(0.1, text[3] - text[1]) < 0.9
            for text in texts
        ):
            yield line


def _letters(text_page: pypdfium2.PdfTextPage, lines: Iterable[Box]) -> Iterator[_Letter]:
    from pypdfium2 import raw

    heights = [(line[1] + line[3]) / 2 for line in lines]
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for at in range(text_page.count_chars()):
        if raw.FPDFText_IsGenerated(text_page, at) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text_page, at, x, y)
        raw.FPDFText_GetLooseCharBox(text_page, at, box)
        size = box.top - box.bottom
        if any(y.value < height < y.value + size for height in heights):
            yield _Letter(at, box.left, box.right, y.value, size)
