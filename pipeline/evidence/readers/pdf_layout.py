"""A second reading of a PDF page, by where its letters stand: used before words are said not to be there.

Three texts of one page, kept apart by form feeds: column by column; the running text alone (without notes, running
titles and side columns, which part the end of one column or page from the top of the next); and row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, NEXT_TEXT, Asked, Page, Reading, is_page_number
from pipeline.evidence.readers.pdf import opened
from pipeline.evidence.readers.pdf_letters import Piece, lines_of, pieces_of

if TYPE_CHECKING:
    import pypdfium2

SMALL = 0.88
"""Of the usual size: what is smaller is small print."""
STEP = 50.0
"""Points: lines whose left edges differ by less stand in one column."""
APART = 1.7
"""Of the letters' size: lines that stand no farther from each other follow each other."""
MAIN = 0.75
"""Of the widest column's width: what is narrower may stand beside the running text, and no part of it."""
HALF = 0.5
"""Of the paper's width: where one column fills as much, a narrow one is none of several equal columns."""


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
        return NEXT_TEXT.join(layouts(pieces_of(text_page), page.get_width()))
    finally:
        text_page.close()
        page.close()


def layouts(pieces: Sequence[Piece], paper: float) -> tuple[str, ...]:
    """A page's pieces as three texts, on paper of this width; none where there are no pieces."""
    if not pieces:
        return ()
    spanning, columns = _columns(pieces)
    texts = ([spanning, *columns], _running(pieces, paper), lines_of(pieces))
    return (_set(texts[0]), _set(texts[1]), "\n".join(" ".join(piece.text for piece in line) for line in texts[2]))


def _set(columns: Iterable[Sequence[Piece]]) -> str:
    return "\n".join(piece.text for column in columns for piece in column)


def _running(pieces: Sequence[Piece], paper: float) -> list[list[Piece]]:
    """The columns of running text: without page numbers, what stands beside them, and small print above and below.

    Small print inside the text stays: one word less would be another sentence.
    """
    usual = _usual(pieces)
    spanning, columns = _columns([piece for piece in pieces if not _is_page_number(piece, pieces)])
    widest = max((_width(column) for column in columns), default=0.0)
    main = [column for column in columns if _width(column) >= MAIN * widest]
    others = [column for column in columns if _width(column) < MAIN * widest]
    for column in others:
        around = next((m for m in main if min(_right(m), _right(column)) - max(_left(m), _left(column)) > 0), None)
        if around is not None:
            around.extend(column)
        elif widest < HALF * paper and not all(_is_small(piece, usual) for piece in column):
            main.append(column)
    main.sort(key=_left)
    return [spanning, *(_without_ends(sorted(column, key=_down), usual) for column in main)]


def _is_page_number(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a piece is a page number that stands apart: right below a line, a figure belongs to the text."""
    return is_page_number(piece.text) and not any(
        other is not piece
        and abs(other.base - piece.base) < APART * max(piece.size, other.size)
        and min(other.right, piece.right) > max(other.left, piece.left)
        for other in pieces
    )


def _without_ends(column: list[Piece], usual: Mapping[str, float]) -> list[Piece]:
    """A column without the small print at its head and foot: running titles and notes."""
    large = [at for at, piece in enumerate(column) if not _is_small(piece, usual)]
    return column[large[0] : large[-1] + 1] if large else []


def _usual(pieces: Sequence[Piece]) -> dict[str, float]:
    """How tall each letter of the running text is: notes may fill half of a page."""
    sizes: dict[str, list[float]] = {}
    for piece in pieces:
        for letter in piece.letters:
            sizes.setdefault(letter.text, []).append(letter.size)
    return {text: sorted(found)[int(len(found) * 0.7)] for text, found in sizes.items()}


def _is_small(piece: Piece, usual: Mapping[str, float]) -> bool:
    """Whether most letters of a piece are smaller than the same letters elsewhere."""
    return _median([letter.size / usual[letter.text] for letter in piece.letters if letter.size > 0]) < SMALL


def _left(column: Sequence[Piece]) -> float:
    return min(piece.left for piece in column)


def _right(column: Sequence[Piece]) -> float:
    return max(piece.right for piece in column)


def _width(column: Sequence[Piece]) -> float:
    return _right(column) - _left(column)


def _down(piece: Piece) -> tuple[float, float]:
    return -piece.base, piece.left


def _median(numbers: Sequence[float]) -> float:
    return sorted(numbers)[len(numbers) // 2] if numbers else 0.0


def _columns(pieces: Sequence[Piece]) -> tuple[list[Piece], list[list[Piece]]]:
    """Lines that span several columns; and the columns, each from top to bottom."""
    order = sorted(pieces, key=_down)
    usual = _median([p.right - p.left for p in order if len(p.letters) > 15])
    spanning = _with_short_lines([p.right - p.left > usual * 1.5 for p in order], order)
    runs = sorted(_runs([p for p in order if p not in spanning]), key=lambda run: run[0].left)
    columns: list[list[list[Piece]]] = []
    edge = float("-inf")
    for run in runs:
        if run[0].left > edge + STEP:
            columns.append([])
        edge = run[0].left
        columns[-1].append(run)
    return spanning, [[p for run in sorted(c, key=lambda run: -run[0].base) for p in run] for c in columns]


def _with_short_lines(wide: Sequence[bool], order: Sequence[Piece]) -> list[Piece]:
    """The wide lines, and those that stand alone right below one of them: the last of a paragraph may be short."""
    found: list[Piece] = []
    for at, piece in enumerate(order):
        beside = (order[n] for n in (at - 1, at + 1) if 0 <= n < len(order))
        alone = not any(abs(other.base - piece.base) <= 0.3 * piece.size for other in beside)
        if wide[at] or alone and found and _right_below(found[-1], piece):
            found.append(piece)
    return found


def _right_below(upper: Piece, lower: Piece) -> bool:
    near = 0 < upper.base - lower.base < APART * max(upper.size, lower.size)
    return near and min(upper.right, lower.right) > max(upper.left, lower.left)


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
