"""OpenDocument files: texts, presentations and workbooks, read from their XML as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.evidence.pages import AT, EVERYTHING, HEADING, Asked, Page, Piece, Reading, page_of
from pipeline.office.archive import DAMAGED, Package
from pipeline.office.limits import ENCRYPTED, Limits, UnreadableError
from pipeline.office.live_cells import COLUMN, ROW, column_letters
from pipeline.office.live_open import (
    NOTES,
    TRACKED_CHANGES,
    OpenLooks,
    attribute,
    hidden_open_columns,
    how_many,
    open_pieces,
)
from pipeline.office.live_word import PAPER, local

CHANGED = "it holds tracked changes that nobody has accepted yet; what was added is read, what was taken out is not"
INSIDE = "it holds {} embedded file{}, not opened"
SAME_AGAIN = 20
"""Times that a cell which is filled down or across is read."""
HIDDEN_ROWS = ("collapse", "filter")


def read_text(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A text document as one page: its body, then footnotes, headers and footers."""
    with Package(path, asked.limits) as package:
        body, looks, styles, remarks = _opened(package, "text")
        pieces = list(_paragraphs(body, looks))
        pieces += _paragraphs(body, looks, notes=True)
        for part in styles.iter("{*}header", "{*}footer") if styles is not None else ():
            pieces += _paragraphs(part, looks)
    return Reading("open text", 1, {1: page_of(1, pieces)}, remarks=remarks)


def read_slides(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A presentation; slides are counted as they are shown, hidden ones and their notes included."""
    with Package(path, asked.limits) as package:
        body, looks, _, remarks = _opened(package, "presentation")
        slides = [e for e in body if local(e) == "page"]
        pages = {n: _slide(n, slides[n - 1], looks) for n in asked.among(len(slides))}
    return Reading("open slides", len(slides), pages, paged=True, remarks=remarks)


def read_workbook(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A workbook; a page is a sheet, its label the sheet's name, its cells as they are shown."""
    with Package(path, asked.limits) as package:
        body, looks, _, remarks = _opened(package, "spreadsheet")
        sheets = [e for e in body.iter("{*}table") if local(e.getparent()) == "spreadsheet"]
        pages = {n: _sheet(n, sheet, looks, asked.limits) for n, sheet in enumerate(sheets, 1)}
    return Reading("workbook", len(sheets), pages, remarks=remarks)


def _opened(package: Package, kind: str) -> tuple[Any, OpenLooks, Any, tuple[str, ...]]:
    if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableError(ENCRYPTED)
    if "content.xml" not in package.names:
        raise UnreadableError(DAMAGED)
    root = package.xml("content.xml")
    styles = package.xml("styles.xml") if "styles.xml" in package.names else None
    body = next((e for b in root.iter("{*}body") for e in b if local(e) == kind), None)
    if body is None:
        raise UnreadableError(DAMAGED)
    inside = sum(name.startswith("Object ") and name.count("/") == 1 for name in package.names if "content" in name)
    changed = next((e for t in body.iter(f"{{*}}{TRACKED_CHANGES}") for e in t), None) is not None
    remarks = [INSIDE.format(inside, "s" * (inside > 1))] * bool(inside) + [CHANGED] * changed
    return body, OpenLooks([root, *([styles] if styles is not None else [])]), styles, tuple(remarks)


def _paragraphs(part: Any, looks: OpenLooks, *, notes: bool = False) -> Iterator[Piece]:
    """The paragraphs of a part, or those of its footnotes alone; what stands in a paragraph goes with it."""
    number = 0
    for paragraph in part.iter("{*}p", "{*}h"):
        around = [local(a) for a in paragraph.iterancestors()]
        note = "note-body" in around
        inner = around[: around.index("note-body")] if note else around
        if note != notes or "p" in inner or "h" in inner or TRACKED_CHANGES in around or "annotation" in around:
            continue
        number += 1
        cell = "table-cell" in inner
        heading = HEADING if local(paragraph) == "h" else ""
        yield "\n\t" if cell else "\n", ""
        yield "", f"{AT}{'a note' if note else f'{heading}paragraph {number}'}"
        yield from open_pieces(paragraph, looks)


def _slide(number: int, slide: Any, looks: OpenLooks) -> Page:
    unseen = looks.is_hidden_slide(attribute(slide, "style-name"))
    pieces = _paragraphs(slide, looks)
    return page_of(number, pieces, hidden=unseen)


def _sheet(number: int, sheet: Any, looks: OpenLooks, limits: Limits) -> Page:
    cells: list[tuple[str, str]] = []
    pieces = list(_rows(sheet, looks, limits, cells))
    hidden = looks.hides(attribute(sheet, "style-name"))
    return page_of(number, pieces, attribute(sheet, "name"), hidden=hidden, cells=cells)


def _rows(sheet: Any, looks: OpenLooks, limits: Limits, cells: list[tuple[str, str]]) -> Iterator[Piece]:
    away, number, filled, length = hidden_open_columns(sheet), 0, 0, 0
    for row in sheet.iter("{*}table-row"):
        if any(local(a) == "table-cell" for a in row.iterancestors()):
            continue
        times = how_many(row, "number-rows-repeated")
        hidden = ROW if attribute(row, "visibility") in HIDDEN_ROWS else ""
        read = list(_cells(row, looks))
        for again in range(min(times, SAME_AGAIN) if read else 0):
            for nth, (column, pieces) in enumerate(read):
                unseen = hidden or (COLUMN if column in away else "")
                filled, length = filled + 1, length + sum(len(text) for text, _ in pieces)
                if filled > limits.cells:
                    raise UnreadableError(f"it is too large: it holds more than {limits.cells:,} filled cells")
                if length > limits.text:
                    raise UnreadableError(f"it is too large: it holds more than {limits.text:,} characters of text")
                if not unseen:
                    shows = "".join(text for text, why in pieces if not why)
                    cells.append((f"{column_letters(column + 1)}{number + again + 1}", shows))
                yield (" \t ", "") if nth else ("", "")
                yield from ((text, unseen or why) for text, why in pieces)
            yield "\n", ""
        number += times


def _cells(row: Any, looks: OpenLooks) -> Iterator[tuple[int, list[Piece]]]:
    """The filled cells of a row: the column, from 0, and what stands there."""
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times, style = how_many(cell, "number-columns-repeated"), attribute(cell, "style-name")
        pieces = list(_without_notes(cell, looks)) if local(cell) == "table-cell" else []
        whole = looks.why(style)
        if any(text.strip() for text, _ in pieces):
            coloured = looks.is_coloured(style)
            pieces = [(text, "" if coloured and why == PAPER else whole or why) for text, why in pieces]
            yield from ((column + again, pieces) for again in range(min(times, SAME_AGAIN)))
        column += times


def _without_notes(cell: Any, looks: OpenLooks) -> Iterable[Piece]:
    for nth, paragraph in enumerate(e for e in cell if local(e) in ("p", "h") and local(e) not in NOTES):
        yield ("\n", "") if nth else ("", "")
        yield from open_pieces(paragraph, looks)
