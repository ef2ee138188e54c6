"""Lines drawn through the words of a PDF page, as a word processor prints what is struck out."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""
MOST_NOTES = 2_000
HIDDEN = 2
"""The flag of a note that is not shown."""


def layers(path: Path) -> bool:
    """Whether the file has layers that can be switched on and off."""
    return "/OCProperties" in catalogue(path)


def catalogue(path: Path) -> Any:
    """The PDF's catalogue; empty where it cannot be read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        import pypdf

        return pypdf.PdfReader(path).root_object
    except MemoryError:
        raise
    except Exception:  # pypdf raises anything on a broken file
        return {}


def notes(page: pypdfium2.PdfPage) -> Iterator[tuple[int, Any]]:
    """The notes that are shown on a page: kind and note."""
    from pypdfium2 import raw

    for at in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, at)
        if not raw.FPDFAnnot_GetFlags(note) & HIDDEN:
            yield raw.FPDFAnnot_GetSubtype(note), note
        raw.FPDFPage_CloseAnnot(note)


def quads(page: pypdfium2.PdfPage, kind: int) -> list[Box]:
    """Where the notes of a kind lie on the page."""
    from pypdfium2 import raw

    found: list[Box] = []
    for subtype, note in notes(page):
        if subtype != kind:
            continue
        points, area = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
        count = raw.FPDFAnnot_CountAttachmentPoints(note)
        for at in range(count):
            if raw.FPDFAnnot_GetAttachmentPoints(note, at, points):
                across = (points.x1, points.x2, points.x3, points.x4)
                along = (points.y1, points.y2, points.y3, points.y4)
                found.append((min(across), min(along), max(across), max(along)))
        if not count and raw.FPDFAnnot_GetRect(note, area):
            found.append((area.left, area.bottom, area.right, area.top))
    return found


def text_colour(thing: Any) -> tuple[int, ...] | None:
    """Red, green, blue and strength of letters; None where they are not one colour."""
    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(thing, *parts):
        return None
    return tuple(part.value for part in parts)


def is_faint(colour: tuple[int, ...]) -> bool:
    """Whether letters of this colour cannot be seen on paper: nearly white, or nearly transparent."""
    return min(colour[:3]) > 225 or colour[3] < 40


def outside(box: Box, paper: Box) -> bool:
    """Whether something lies wholly outside the paper."""
    return box[2] <= paper[0] or box[0] >= paper[2] or box[3] <= paper[1] or box[1] >= paper[3]


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
