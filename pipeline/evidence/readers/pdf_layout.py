"""A second reading of a PDF page, by where its letters stand: used before words are said not to be there.

Three texts of one page, kept apart by form feeds: column by column; the same without small print (notes that stand
between the end of one column and the top of the next); and row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, NEXT_TEXT, Asked, Page, Reading
from pipeline.evidence.readers.pdf import opened
from pipeline.evidence.readers.pdf_letters import Piece, lines_of, pieces_of
from pipeline.evidence.turns import is_page_number

if TYPE_CHECKING:
    import pypdfium2

SMALL = 0.88
"""Of the usual size: what is smaller is small print."""
STEP = 50.0
"""Points: lines whose left edges differ by less stand in one column."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """The pages asked for, each as three texts."""
    with opened(path) as document:
        count = len(document)
        pages = {n: Page(n, _page_text(document, n)) for n in asked.among(count)}
    return Reading("pdf-layout", count, pages, paged=True)


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    import pypdfium2

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    try:
        pieces = pieces_of(text_page)
    finally:
        text_page.close()
        page.close()
    return NEXT_TEXT.join(layouts(pieces))


def layouts(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """A page's pieces as three texts; none where there are no pieces."""
    return (_columns(pieces), _columns(_without_notes(pieces)), _rows(pieces)) if pieces else ()


def _without_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without page numbers, and without the small print at the foot of a column.

    Small print inside the text stays: one word less would be another sentence.
    """
    usual = _median([letter.size for piece in pieces for letter in piece.letters])
    order = sorted(pieces, key=lambda p: (-p.base, p.left))
    large = [piece for piece in order if piece.size >= usual * SMALL]
    notes = set()
    for run in _runs(order):
        foot = list(takewhile(lambda piece: piece.size < usual * SMALL, reversed(run)))
        if foot and not any(_is_under(foot[0], other) for other in large):
            notes |= {id(piece) for piece in foot}
    return [piece for piece in order if id(piece) not in notes and not is_page_number(piece.text)]


def _is_under(piece: Piece, other: Piece) -> bool:
    """Whether the other piece stands lower in the same column, or beside this one on its line."""
    shared = min(piece.right, other.right) - max(piece.left, other.left)
    if abs(piece.base - other.base) < 0.4 * other.size:
        return shared > -other.size
    return other.base < piece.base and shared > 0


def _median(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


def _columns(pieces: Sequence[Piece]) -> str:
    """Down each column, column after column; lines that span several columns come first."""
    order = sorted(pieces, key=lambda p: (-p.base, p.left))
    widths = [p.right - p.left for p in order if len(p.letters) > 15]
    usual = _median(widths)
    spanning = [p for p in order if p.right - p.left > usual * 1.5]
    within = [p for p in order if p.right - p.left <= usual * 1.5]
    runs = sorted(_runs(within), key=lambda run: run[0].left)
    column, edge = 0, float("-inf")
    placed: list[tuple[int, float, list[Piece]]] = []
    for run in runs:
        column += run[0].left > edge + STEP
        edge = run[0].left
        placed.append((column, -run[0].base, run))
    placed.sort(key=lambda item: item[:2])
    return "\n".join(p.text for p in [*spanning, *(p for _, _, run in placed for p in run)])


def _runs(order: Sequence[Piece]) -> list[list[Piece]]:
    """Lines that follow each other straight down: each the only one below, and the only one above, the other."""
    below = [_neighbours(order, at, 1) for at in range(len(order))]
    above = [_neighbours(order, at, -1) for at in range(len(order))]
    after = {at: b[0] for at, b in enumerate(below) if len(b) == 1 and above[b[0]] == [at]}
    followers = set(after.values())
    runs = []
    for start in range(len(order)):
        if start in followers:
            continue
        run, at = [order[start]], start
        while at in after:
            at = after[at]
            run.append(order[at])
        runs.append(run)
    return runs


def _neighbours(order: Sequence[Piece], at: int, step: int) -> list[int]:
    """The pieces on the nearest line below (step 1) or above (-1) that share this one's width."""
    piece, found = order[at], list[int]()
    other = at + step
    while 0 <= other < len(order):
        away = abs(piece.base - order[other].base)
        if away > 3 * piece.size or found and away > abs(piece.base - order[found[0]].base) + 0.4 * piece.size:
            break
        shared = min(piece.right, order[other].right) - max(piece.left, order[other].left)
        if away > 0.3 * piece.size and shared > 0:
            found.append(other)
        other += step
    return found


def _rows(pieces: Sequence[Piece]) -> str:
    """Straight across the page, as a table is read."""
    return "\n".join(" ".join(piece.text for piece in line) for line in lines_of(pieces))
