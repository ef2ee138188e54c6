"""What is put on a PDF page or into its file that changes which letters a reader sees: notes, layers, colours."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
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
