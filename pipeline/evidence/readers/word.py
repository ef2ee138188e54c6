"""Word documents, read from their XML: what a person sees, in reading order, without pages.

Tracked insertions are in; what is deleted, struck out or hidden is kept apart. Tables, headers, footers, text boxes,
footnotes and endnotes are in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import AT, EVERYTHING, HEADING, NUMBERED, Asked, Piece, Reading, page_of
from pipeline.evidence.readers.slides import drawn_pieces
from pipeline.evidence.readers.word_numbers import Numbers
from pipeline.evidence.words import RAISE
from pipeline.office.archive import Package
from pipeline.office.live_word import REPEATED, VML, WordLooks, child, gone, local, value
from pipeline.office.symbols import in_font, symbol

if TYPE_CHECKING:
    from lxml import etree

HEADINGS = re.compile(r"(?i)heading|title")
BESIDE = ("header", "footer", "footnotes", "endnotes")
DRAWN = ("diagramData", "chart")
RAISED = str.maketrans(RAISE)
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
TRACKED = ("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")
MAY_BE_GONE = ("del", "moveFrom", "tr", "tc", "anchor", "inline", *VML)
OPEN_CHANGES = "it holds tracked changes that nobody has accepted yet; it is read as if all were"


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A Word document as one page of text."""
    with Package(path, asked.limits) as package:
        main = package.main_part("word/document.xml")
        root = package.xml(main)
        styles = _part(package, main, "styles")
        looks, numbers = WordLooks(styles, root), Numbers(_part(package, main, "numbering"), styles)
        remarks = package.remarks(main) + (OPEN_CHANGES,) * (next(root.iter(*TRACKED), None) is not None)
        pieces = list(_part_pieces(root, looks, numbers, Places()))
        for name in package.parts_of(main, *BESIDE):
            pieces += [
                ("\n", ""),
                ("", f"{AT}a header, footer or note"),
                *_part_pieces(package.xml(name), looks, numbers),
            ]
        for name in package.parts_of(main, *DRAWN):
            pieces += [("\n", ""), ("", f"{AT}a chart or diagram"), *drawn_pieces(package.xml(name))]
    return Reading("word", 1, {1: page_of(1, pieces)}, remarks=remarks)


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    return next((package.xml(name) for name in package.parts_of(main, kind)), None)


class Places:
    """What the paragraphs of a document are called, as they are come to: counted, or by table, row and column."""

    def __init__(self) -> None:
        self._paragraphs = 0
        self._known: dict[etree._Element | None, int] = {}
        self._below: Counter[etree._Element | None] = Counter()

    def name(self, paragraph: etree._Element) -> str:
        """`paragraph 14`, `heading, paragraph 13` or `table 2, row 3, column 1`. Empty ones are not counted."""
        cell = next(paragraph.iterancestors("{*}tc"), None)
        if cell is None:
            if next(paragraph.iter("{*}t"), None) is None:
                return ""
            self._paragraphs += 1
            style = value(paragraph.find("{*}pPr/{*}pStyle")) if paragraph.find("{*}pPr/{*}pStyle") is not None else ""
            return f"{HEADING if HEADINGS.match(style) else ''}paragraph {self._paragraphs}"
        row = next(cell.iterancestors("{*}tr"), None)
        table = next(cell.iterancestors("{*}tbl"), None)
        places = [self._number(one, above) for one, above in ((table, None), (row, table), (cell, row))]
        return "table {}, row {}, column {}".format(*places)

    def _number(self, one: etree._Element | None, above: etree._Element | None) -> int:
        if one not in self._known:
            self._below[above] += 1
            self._known[one] = self._below[above]
        return self._known[one]


def _part_pieces(
    root: etree._Element, looks: WordLooks, numbers: Numbers, places: Places | None = None
) -> Iterator[Piece]:
    """The pieces of one part; each text box stands by itself after the text around it."""
    notes = [n for n in root.iter("{*}footnote", "{*}endnote") if value(n, "type")]
    for left_out in [*root.iter(*(f"{{*}}{name}" for name in REPEATED)), *notes]:
        _drop(left_out)
    dead = {e: why for e in root.iter(*(f"{{*}}{name}" for name in MAY_BE_GONE)) if (why := gone(e))}
    # A text box is looked at where it stands, for what is around it decides whether it is live; it is read by itself.
    boxes: dict[etree._Element | None, list[Piece]] = {None: []} | {box: [] for box in root.iter("{*}txbxContent")}
    for element in root.iter("{*}p", "{*}r"):
        box = next(element.iterancestors("{*}txbxContent"), None) if len(boxes) > 1 else None
        if places and local(element) == "p" and (name := places.name(element)):
            boxes[box].append(("", f"{AT}{name}"))
        boxes[box].extend(_pieces(element, looks, numbers, dead))
    for pieces in boxes.values():
        yield from pieces
        yield "\n", ""


def _why_dead(element: etree._Element, dead: dict[etree._Element, str]) -> str:
    return next((dead[e] for e in element.iterancestors() if e in dead), "") if dead else ""


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _pieces(
    element: etree._Element, looks: WordLooks, numbers: Numbers, dead: dict[etree._Element, str]
) -> Iterator[Piece]:
    """The line break and the number before a paragraph, or the text of a run."""
    if local(element) == "p":
        yield "\n\t" if local(element.getparent()) == "tc" else "\n", ""
        stands = not _why_dead(element, dead) and child(element, "pPr", "rPr", "del") is None
        if stands and (label := numbers.label(element)):
            yield f"{label} ", NUMBERED
    elif text := _run_text(element):
        yield text, _why_dead(element, dead) or looks.unseen(element)


def _run_text(run: etree._Element) -> str:
    text = ""
    fonts = run.find("{*}rPr/{*}rFonts")
    font = value(fonts, "ascii") or value(fonts, "hAnsi") if fonts is not None else ""
    for piece in run:
        name = local(piece)
        if name in ("t", "delText"):
            text += in_font(piece.text or "", font) if font else piece.text or ""
        else:
            text += symbol(value(piece, "char"), value(piece, "font")) if name == "sym" else SIGNS.get(name, "")
    raised = run.find("{*}rPr/{*}vertAlign")
    if raised is not None and value(raised) == "superscript" and text.isascii():
        # A raised figure is a note's mark or a power; the matching must be able to tell it from a figure in the line.
        return text.translate(RAISED)
    return text
