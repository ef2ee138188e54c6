"""Looks that carry meaning in a form: what is struck out or cannot be seen is no answer; the rest is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.model import Place, Severity
from pipeline.read.faults import Faults
from pipeline.read.grids import Grid
from pipeline.read.nearest import same, shown
from pipeline.read.workbook_looks import looks_of
from pipeline.words import list_in_words

Answers = Mapping[tuple[int, int], tuple[str, str]]
"""(row number, column index) -> statement and column, for the cells that people fill in."""
_MOST = 300
_USUAL = 3
"""Cells of one colour, and more than half, make it the colour of a column."""
_NAMED = 12
"""Cells that a message names; it counts the rest."""


def with_looks(grids: Iterable[Grid], content: bytes, statements: Iterable[str]) -> tuple[Grid, ...]:
    """The sheets of an Excel form without the words that are not live; ids stay, so that rows are known."""
    looks, ids = looks_of(content), {same(s) for s in statements}
    found = []
    for grid in grids:
        sheet = looks.get(grid.sheet)
        if sheet is None:
            found.append(grid)
            continue
        unseen: dict[tuple[int, int], tuple[tuple[str, str], ...]] = {}
        rows = []
        for number, cells in grid.rows:
            texts = list(cells)
            for index, text in enumerate(cells):
                at = (number, index)
                pieces = ((text, sheet.unseen[at]),) if at in sheet.unseen else sheet.pieces.get(at, ())
                lost = tuple((t, why) for t, why in pieces if why and t.strip())
                if lost and same(text) not in ids:
                    unseen[at] = lost
                    texts[index] = "".join(t for t, why in pieces if not why)
            rows.append((number, tuple(texts)))
        found.append(replace(grid, rows=tuple(rows), unseen=unseen, covered=sheet.hidden, colours=sheet.colours))
    return tuple(found)


def note_looks(grid: Grid, answers: Answers, file: str, numbered: bool, faults: Faults) -> None:
    """IN108 for the cells to fill in of one sheet or table; `numbered`: a person sees the numbers of its rows."""

    def add(at: tuple[int, int] | None, message: str, remedy: str, statement: str | None) -> None:
        row, column = (at[0], answers[at][1]) if at else (None, None)
        place = Place(file, row if numbered else None, column)
        faults.add("IN108", Severity.WARNING, place, message, remedy, statement=statement)

    for at, lost in sorted(grid.unseen.items()):
        if at in answers:
            statement, column = answers[at]
            for why in dict.fromkeys(why for _, why in lost):
                said = "".join(text for text, reason in lost if reason == why)
                add(
                    at,
                    f"{statement}: `{shown(said, _MOST)}` stands under {column.replace('_', ' ')} only {why}, so it is "
                    "not read.",
                    "Take the words out if they no longer hold; type them as plain text if they do.",
                    statement,
                )
    _note_gone(grid, answers, add)
    _note_many(
        [at for at in _filled(grid, answers) if at in grid.covered],
        answers,
        "is read, and stands in a row or column that is hidden",
        "Show the row or column and look whether what stands there is meant.",
        add,
    )
    _note_many(
        [at for at in _own_colour(grid, answers) if at not in grid.unseen],
        answers,
        "has a colour or letters of its own; what the colour means is not read",
        "If the colour says something, say it in words in the comment.",
        add,
    )


def _note_gone(grid: Grid, answers: Answers, add: Callable[..., None]) -> None:
    ids = {same(statement): statement for statement, _ in answers.values()}
    for cells in grid.gone:
        said = ", ".join(f"`{shown(cell, _MOST)}`" for cell in cells if cell.strip())
        add(
            None,
            f"A row was deleted with tracked changes and is not read: {said}.",
            "Accept the deletion in Word if it is meant; reject it if the answer holds.",
            next((ids[same(cell)] for cell in cells if same(cell) in ids), None),
        )


def _note_many(
    places: Sequence[tuple[int, int]], answers: Answers, what: str, remedy: str, add: Callable[..., None]
) -> None:
    """One finding for all cells that look so."""
    if not places:
        return
    named = list(dict.fromkeys(f"{answers[at][0]} {answers[at][1].replace('_', ' ')}" for at in places))
    more = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    statements = {answers[at][0] for at in places}
    add(
        places[0],
        f"What the form says at {list_in_words([*named[:_NAMED], *more])} {what}.",
        remedy,
        statements.pop() if len(statements) == 1 else None,
    )


def _filled(grid: Grid, answers: Answers) -> list[tuple[int, int]]:
    texts = dict(grid.rows)
    return [
        at for at in sorted(answers) if at[0] in texts and at[1] < len(texts[at[0]]) and texts[at[0]][at[1]].strip()
    ]


def _own_colour(grid: Grid, answers: Answers) -> list[tuple[int, int]]:
    """Cells in another colour than the others under their heading and than their own row's first cell."""
    odd = []
    for column in {column for _, column in answers.values()}:
        here = {at: grid.colours.get(at, "") for at in answers if answers[at][1] == column}
        here = {at: colour for at, colour in here.items() if colour != grid.colours.get((at[0], 0), "") or not colour}
        most, often = Counter(here.values()).most_common(1)[0] if here else ("", 0)
        usual = most if often >= _USUAL and 2 * often > len(here) else ""
        odd += [at for at, colour in here.items() if colour and colour != usual]
    return sorted(odd)
