"""PowerPoint, slide by slide: shapes, groups, tables, diagrams and notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.package import Package
from pipeline.evidence.pages import EVERYTHING, Asked, Page, Piece, Reading, page_of
from pipeline.evidence.readers.drawn import drawn_pieces

if TYPE_CHECKING:
    from lxml import etree

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
