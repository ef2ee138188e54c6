"""Which letters of a PDF page a reader does not see: struck out, white, off the page, covered, in a layer that is off.

A cheap look at what is drawn decides whether there is anything to doubt; if so, the page is drawn with and without its
letters, and a letter that makes no difference is not seen. The invisible letters over a scan are its text layer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Piece, Reading, page_of
from pipeline.evidence.readers.pdf_layout import layouts
from pipeline.evidence.readers.pdf_letters import pieces_of
from pipeline.evidence.readers.pdf_lines import Box, crossed, is_faint, layers, outside, quads, text_colour
from pipeline.office.live_word import PAPER, STRUCK, TINY

if TYPE_CHECKING:
    import pypdfium2

OUTSIDE, COVERED, LAYER = (
    "outside the edge of the page",
    "under something that covers it, or on a ground of its own colour",
    "in a layer that is switched off",
)
INVISIBLE, REDACTED = "as invisible text", "under a mark for redaction"
EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
COVERING = ("SQUARE", "CIRCLE", "POLYGON", "INK", "STAMP", "FREETEXT", "LINE")
"""Notes that may cover what lies under them."""
BLANKS = frozenset({0, 9, 10, 13, 32, 160})
MANY = 300
FEW = 3
"""Letters side by side: that fewer make no difference to the picture says nothing."""
MOST_LETTERS, MOST_THINGS = 60_000, 20_000
LONGEST_SIDE, SCALE = 1_800, 1.5
"""Pixels of the page that is drawn, and pixels a point."""
DIFFERENT = 14
"""Of 255: a difference that an eye may see."""
TINIEST = 2.9
"""Points, with room above and below: letters of two points and less."""
THICK = 2.5
"""Points: what is thinner is a line, and covers nothing."""
INVISIBLE_MODES = (3, 7)
SCANNED = 0.5
"""A picture that covers this much of the page is a scan, and what lies under it its text layer."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for without what is not seen, in several orders; why, and the text with it, is kept with each.

    A page that holds nothing of the kind is empty.
    """
    from pipeline.evidence.readers.pdf import opened

    with opened(path) as document:
        count, layered = len(document), layers(path)
        pages = {n: _page(document, n, layered) for n in asked.among(count)}
    return Reading("pdf-seen", count, pages, paged=True)


def _page(document: pypdfium2.PdfDocument, number: int, layered: bool) -> Page:
    import pypdfium2

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number, "")
    try:
        unseen = unseen_letters(page, text_page, layered)
        if not unseen:
            return Page(number, "")
        return replace(
            page_of(number, _pieces(text_page, unseen)), also=layouts(pieces_of(text_page, unseen), page.get_width())
        )
    finally:
        page.close()


def _pieces(text_page: pypdfium2.PdfTextPage, unseen: Mapping[int, str]) -> Iterator[Piece]:
    from pypdfium2 import raw

    why = ""
    for at in range(min(text_page.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        text = chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "
        why = unseen.get(at, "") if not text.isspace() else why
        yield text, "" if text in "\r\n" else why


def unseen_letters(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, layered: bool) -> dict[int, str]:
    """By the number of the letter: why it is not seen."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    if not count or count > MOST_LETTERS or raw.FPDFPage_CountObjects(page) > MOST_THINGS:
        return {}
    unseen = dict.fromkeys(sorted(crossed(page, text_page)), STRUCK)
    struck, blacked = quads(page, raw.FPDF_ANNOT_STRIKEOUT), quads(page, raw.FPDF_ANNOT_REDACT)
    doubtful = [EVERYWHERE] if layered else _doubtful(page)
    looked_at = [*struck, *blacked, *doubtful]
    if not looked_at:
        return unseen
    if len(looked_at) > MANY:
        looked_at = [EVERYWHERE]
    boxes = {at: box for at, box in _boxes(text_page, count) if any(_holds(p, box) for p in looked_at)}
    unseen |= _drawn_unseen(page, text_page, boxes, layered) if doubtful and boxes else {}
    unseen |= {at: TINY for at in boxes if 0 < _height(text_page, at) < TINIEST}
    for places, why in ((blacked, REDACTED), (struck, STRUCK)):
        unseen |= {at: why for at, box in boxes.items() if any(_holds(place, box) for place in places)}
    return unseen


def _boxes(text_page: pypdfium2.PdfTextPage, count: int) -> Iterator[tuple[int, Box]]:
    """The letters that are drawn, and where."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for at in range(count):
        if raw.FPDFText_GetUnicode(text_page, at) in BLANKS or raw.FPDFText_IsGenerated(text_page, at) == 1:
            continue
        raw.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        if right.value > left.value and top.value > bottom.value:
            yield at, (left.value, bottom.value, right.value, top.value)


def _height(text_page: pypdfium2.PdfTextPage, at: int) -> float:
    """Of the line that a letter stands on, as its font has it: a full stop is no small letter."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page, at, box)
    return float(abs(box.top - box.bottom))


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of the one lies in the other."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _doubtful(page: pypdfium2.PdfPage) -> list[Box]:
    """Where on the page there may be letters that are not seen."""
    from pypdfium2 import raw

    paper, texts, grounds = page.get_bbox(), list[Box](), list[tuple[Box, tuple[int, ...]]]()
    found = [box for kind in COVERING for box in quads(page, getattr(raw, f"FPDF_ANNOT_{kind}"))]
    for thing in page.get_objects(max_depth=5):
        if raw.FPDFPageObj_CountMarks(thing) and _in_a_layer(thing):
            return [EVERYWHERE]
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            box = thing.get_bounds()
            small = 0 < box[3] - box[1] < TINIEST
            if outside(box, paper) or small or not _is_plain(thing) or _is_lost(box, text_colour(thing), grounds):
                found.append(EVERYWHERE if thing.level else box)
            texts.append(box)
        elif _may_cover(thing):
            if thing.level:
                return [EVERYWHERE]
            cover, colour = thing.get_bounds(), text_colour(thing)
            grounds += [(cover, colour)] if colour and thing.type == raw.FPDF_PAGEOBJ_PATH else []
            found += [box for box in texts if _touch(cover, box)]
    return found


def _is_lost(box: Box, colour: tuple[int, ...] | None, grounds: Sequence[tuple[Box, tuple[int, ...]]]) -> bool:
    """Whether letters may stand on something painted in their own colour."""
    return colour is not None and any(
        _touch(ground, box) and max(abs(a - b) for a, b in zip(colour, other, strict=True)) <= DIFFERENT
        for ground, other in grounds
    )


def _is_plain(thing: pypdfium2.PdfObject) -> bool:
    """Whether letters are drawn, in a colour that is not nearly white."""
    from pypdfium2 import raw

    colour = text_colour(thing)
    return (
        colour is not None and not is_faint(colour) and raw.FPDFTextObj_GetTextRenderMode(thing) not in INVISIBLE_MODES
    )


def _in_a_layer(thing: pypdfium2.PdfObject) -> bool:
    from pypdfium2 import raw

    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        name, size = (ctypes.c_ushort * 8)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(thing, at), name, 16, size)
        if list(name[:3]) == [ord("O"), ord("C"), 0]:
            return True
    return False


def _may_cover(thing: pypdfium2.PdfObject) -> bool:
    from pypdfium2 import raw

    if thing.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        return True
    if thing.type != raw.FPDF_PAGEOBJ_PATH:
        return False
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    left, bottom, right, top = thing.get_bounds()
    return bool(fill.value) and min(right - left, top - bottom) > THICK


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _drawn_unseen(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, boxes: Mapping[int, Box], layered: bool
) -> dict[int, str]:
    """The letters without which the page looks the same, and why."""
    from PIL import ImageChops
    from pypdfium2 import raw

    paper = page.get_bbox()
    pictures = [p.get_bounds() for p in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=1)]
    scale = min(SCALE, LONGEST_SIDE / max(page.get_width(), page.get_height(), 1.0))
    with_letters = page.render(scale=scale).to_pil().convert("RGB")
    modes = {at: _mode(text_page, at) for at in boxes}
    colours = {at: _colour(text_page, at) for at in boxes}
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=15):
        raw.FPDFPageObj_SetIsActive(thing, 0)
    without = page.render(scale=scale).to_pil().convert("RGB")
    red, green, blue = ImageChops.difference(with_letters, without).split()
    changed = ImageChops.lighter(ImageChops.lighter(red, green), blue).point(
        [0] * DIFFERENT + [255] * (256 - DIFFERENT)
    )
    unseen = {}
    for at, box in boxes.items():
        if outside(box, paper):
            unseen[at] = OUTSIDE
        elif changed.crop(_pixels(page, box, with_letters.size)).getbbox() is None:
            scanned = _is_over_a_scan(box, pictures, paper, modes[at] in INVISIBLE_MODES)
            if not scanned:
                unseen[at] = _why(modes[at], colours[at], layered)
    order = list(boxes)
    runs = groupby(order, key=lambda at: unseen.get(at) == COVERED)
    lone = {at for covered, run in runs if covered and len(letters := list(run)) < FEW for at in letters}
    return {at: why for at, why in unseen.items() if at not in lone}


def _pixels(page: pypdfium2.PdfPage, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    from pypdfium2 import raw

    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
        corners.append((across.value, down.value))
    (a, b), (c, d) = corners
    return min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1


def _mode(text_page: pypdfium2.PdfTextPage, at: int) -> int:
    from pypdfium2 import raw

    thing = raw.FPDFText_GetTextObject(text_page, at)
    return int(raw.FPDFTextObj_GetTextRenderMode(thing)) if thing else 0


def _colour(text_page: pypdfium2.PdfTextPage, at: int) -> tuple[int, ...] | None:
    from pypdfium2 import raw

    thing = raw.FPDFText_GetTextObject(text_page, at)
    return text_colour(thing) if thing else None


def _is_over_a_scan(box: Box, pictures: Sequence[Box], paper: Box, invisible: bool) -> bool:
    """Whether a letter belongs to the text layer of a picture."""
    whole = max(1.0, (paper[2] - paper[0]) * (paper[3] - paper[1]))
    over = [p for p in pictures if _holds(p, box)]
    return bool(over) and (invisible or any((p[2] - p[0]) * (p[3] - p[1]) > whole * SCANNED for p in over))


def _why(mode: int, colour: tuple[int, ...] | None, layered: bool) -> str:
    if mode in INVISIBLE_MODES:
        return INVISIBLE
    if colour is not None and is_faint(colour):
        return PAPER
    return LAYER if layered else COVERED
