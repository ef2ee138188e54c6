"""PowerPoint, slide by slide: shapes, groups, tables, diagrams and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import AT, EVERYTHING, Asked, Page, Piece, Reading, page_of
from pipeline.office.archive import Package
from pipeline.office.live_slides import DrawingLooks
from pipeline.office.live_word import child, local
from pipeline.office.symbols import in_font

if TYPE_CHECKING:
    from lxml import etree

PARAGRAPHS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
    "{http://purl.oclc.org/ooxml/drawingml/main}p",
)

Parts = Callable[[str], "etree._Element"]
"""Gives a part of the file, parsed once."""


def drawn_pieces(root: etree._Element, looks: DrawingLooks | None = None) -> Iterator[Piece]:
    """The words in a drawing, a chart or a slide: a line break after each paragraph."""
    for fallback in list(root.iter("{*}Fallback")):
        parent = fallback.getparent()
        if parent is not None:
            parent.remove(fallback)
    looks = looks or DrawingLooks(root)
    shape = None
    for paragraph in root.iter(*PARAGRAPHS):
        owner = next(paragraph.iterancestors("{*}sp", "{*}graphicFrame"), None)
        if owner is not None and owner is not shape:
            shape = owner
            yield "", f"{AT}{next((e.get('name', '') for e in shape.iter('{*}cNvPr')), '')}"
        for piece in paragraph.iter("{*}t", "{*}br"):
            if local(piece) == "br":
                yield "\n", ""
                continue
            holder = piece.getparent()
            if holder is not None and not (local(holder) == "fld" and holder.get("type") == "slidenum"):
                yield _letters(piece, holder), looks.unseen(holder)
        yield "\n", ""


def _letters(piece: etree._Element, run: etree._Element) -> str:
    """The words of a run; what is set in a font of symbols as the signs that it shows."""
    named = child(run, "rPr", "sym")
    named = child(run, "rPr", "latin") if named is None else named
    return in_font(piece.text or "", named.get("typeface", "") if named is not None else "")


BESIDE = ("diagramData", "chart", "notesSlide")


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A presentation; slides are numbered as PowerPoint numbers them, hidden ones included."""
    with Package(path, asked.limits) as package:
        main = package.main_part("ppt/presentation.xml")
        root = package.xml(main)
        targets = package.related(main)
        slides = [targets[i][1] for i in _slide_ids(root) if i in targets]
        numbers = asked.among(len(slides))
        shared = lru_cache(maxsize=None)(package.xml)  # many slides lie on one layout
        pages = {n: _page(package, n, slides[n - 1], _size(root), shared) for n in numbers}
        remarks = package.remarks(main)
    return Reading("slides", len(slides), pages, paged=True, remarks=remarks)


def _unnamed(pieces: Iterator[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if not piece[1].startswith(AT))


def _slide_ids(root: etree._Element) -> list[str]:
    return [v for s in root.iter("{*}sldId") for k, v in s.attrib.items() if k.endswith("}id")]


def _size(root: etree._Element) -> tuple[int, int] | None:
    size = next(root.iter("{*}sldSz"), None)
    width, height = (size.get("cx", ""), size.get("cy", "")) if size is not None else ("", "")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else None


def _page(package: Package, number: int, slide: str, size: tuple[int, int] | None, shared: Parts) -> Page:
    root = package.xml(slide)
    beneath, part = [], slide
    for kind in ("slideLayout", "slideMaster"):
        part = next(package.parts_of(part, kind), "") if part else ""
        beneath += [shared(part)] if part else []
    theme = next(package.parts_of(part, "theme"), "") if part else ""
    looks = DrawingLooks(root, beneath, shared(theme) if theme else None, size)
    pieces = list(drawn_pieces(root, looks))
    for beside in package.parts_of(slide, *BESIDE):
        pieces += [("", f"{AT}its notes, diagrams and charts"), *_unnamed(drawn_pieces(package.xml(beside)))]
    return page_of(number, pieces, hidden=root.get("show") in ("0", "false"))
