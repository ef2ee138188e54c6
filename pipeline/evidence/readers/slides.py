"""PowerPoint, slide by slide: shapes, groups, tables, diagrams and notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Piece, Reading, page_of
from pipeline.office.archive import Package
from pipeline.office.live_word import HIDDEN, STRUCK, child, local

if TYPE_CHECKING:
    from lxml import etree

PARAGRAPHS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
    "{http://purl.oclc.org/ooxml/drawingml/main}p",
)
OUTSIDE = "beside the slide"


def drawn_pieces(root: etree._Element, size: tuple[int, int] | None = None) -> Iterator[Piece]:
    """The words in a drawing, a chart or a slide of this size: a line break after each paragraph."""
    repeated = list(root.iter("{*}Fallback"))
    for fallback in repeated:
        parent = fallback.getparent()
        if parent is not None:
            parent.remove(fallback)
    away: dict[etree._Element, str] = {}
    for shape in root.iter("{*}sp", "{*}graphicFrame", "{*}grpSp", "{*}cxnSp", "{*}pic"):
        if why := _away(shape, size):
            away[shape] = why
    for paragraph in root.iter(*PARAGRAPHS):
        around = next((away[e] for e in paragraph.iterancestors() if e in away), "") if away else ""
        for piece in paragraph.iter("{*}t", "{*}br"):
            if local(piece) == "br":
                yield "\n", ""
                continue
            holder = piece.getparent()
            if holder is not None and not (local(holder) == "fld" and holder.get("type") == "slidenum"):
                yield piece.text or "", around or _struck(holder)
        yield "\n", ""


def _struck(run: etree._Element) -> str:
    properties = child(run, "rPr")
    return STRUCK if properties is not None and properties.get("strike", "noStrike") != "noStrike" else ""


def _away(shape: etree._Element, size: tuple[int, int] | None) -> str:
    """Why a shape is not seen: it is hidden, or lies wholly outside its slide."""
    named = next((e for part in shape if local(part).startswith("nv") for e in part if local(e) == "cNvPr"), None)
    if named is not None and named.get("hidden") in ("1", "true"):
        return HIDDEN
    inside_group = any(local(e) == "grpSp" for e in shape.iterancestors())
    place = child(shape, "spPr", "xfrm")
    place = child(shape, "xfrm") if place is None else place
    place = child(shape, "grpSpPr", "xfrm") if place is None else place
    offset, extent = (child(place, "off"), child(place, "ext")) if place is not None else (None, None)
    if size is None or inside_group or offset is None or extent is None:
        return ""
    try:
        left, top, width, height = (
            int(e.get(k, "")) for e, k in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
        )
    except ValueError:
        return ""
    return OUTSIDE if left >= size[0] or top >= size[1] or left + width <= 0 or top + height <= 0 else ""


BESIDE = ("diagramData", "chart", "notesSlide")


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A presentation; slides are numbered as PowerPoint numbers them, hidden ones included."""
    with Package(path, asked.limits) as package:
        main = package.main_part("ppt/presentation.xml")
        root = package.xml(main)
        targets = package.related(main)
        slides = [targets[i][1] for i in _slide_ids(root) if i in targets]
        numbers = asked.among(len(slides))
        pages = {n: _page(package, n, slides[n - 1], _size(root)) for n in numbers}
        remarks = package.remarks(main)
    return Reading("slides", len(slides), pages, paged=True, remarks=remarks)


def _slide_ids(root: etree._Element) -> list[str]:
    return [v for s in root.iter("{*}sldId") for k, v in s.attrib.items() if k.endswith("}id")]


def _size(root: etree._Element) -> tuple[int, int] | None:
    size = next(root.iter("{*}sldSz"), None)
    width, height = (size.get("cx", ""), size.get("cy", "")) if size is not None else ("", "")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else None


def _page(package: Package, number: int, slide: str, size: tuple[int, int] | None) -> Page:
    root = package.xml(slide)
    return page_of(number, _pieces(package, slide, root, size), hidden=root.get("show") in ("0", "false"))


def _pieces(package: Package, slide: str, root: etree._Element, size: tuple[int, int] | None) -> Iterator[Piece]:
    yield from drawn_pieces(root, size)
    for part in package.parts_of(slide, *BESIDE):
        yield from drawn_pieces(package.xml(part))
