"""Looks that carry meaning in a form: struck out, hidden, coloured."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from pipeline.forms.package import FormPackage
from pipeline.forms.wording import OPEN_COLOUR
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import same, shown
from pipeline.model import Place, Severity
from pipeline.office.live_cells import COLUMN, ROW, CellLooks, hidden_columns, is_hidden, rich_pieces
from pipeline.office.live_word import child, local
from pipeline.office.symbols import SYMBOLS
from pipeline.office.workbooks import Grid
from pipeline.text import list_in_words

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PLAIN = frozenset({"", "theme0", "theme1", "indexed8", "indexed9", "indexed64", "indexed65"})
_GREY, _DARK = 12, 0x60


@dataclass
class SheetLooks:
    """Of one sheet, by row number and column from 0."""

    unseen: dict[tuple[int, int], str] = field(default_factory=dict)
    """Why the whole cell is not live."""
    pieces: dict[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The text in pieces, each with why it is not live, where a part of the cell is not."""
    hidden: dict[tuple[int, int], str] = field(default_factory=dict)
    """That its row or column is hidden."""
    colours: dict[tuple[int, int], str] = field(default_factory=dict)


def looks_of(content: bytes) -> Mapping[str, SheetLooks]:
    """Sheet -> how its cells look; the file has been found safe to open before."""
    package = FormPackage(content)
    styles = package.root("xl/styles.xml")
    why, colours = CellLooks(styles), _colours(styles)
    strings = package.root("xl/sharedStrings.xml")
    shared = [tuple(rich_pieces(e)) for e in strings if local(e) == "si"] if strings is not None else []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            title: _sheet(archive.read(part), why, colours, shared)
            for title, part in package.sheets()
            if part in archive.namelist()
        }


def _sheet(content: bytes, why: CellLooks, colours: list[str], shared: list[tuple[tuple[str, str], ...]]) -> SheetLooks:
    found, spans = SheetLooks(), []
    for _, element in etree.iterparse(io.BytesIO(content), tag=("{*}cols", "{*}row"), resolve_entities=False):
        if local(element) == "cols":
            spans = hidden_columns(element)
            continue
        row_hidden = is_hidden(element, "ht")
        for at, cell in _cells(element):
            style = cell.get("s", "0")
            if reason := why.unseen(style):
                found.unseen[at] = reason
            if row_hidden:
                found.hidden[at] = ROW
            elif any(first <= at[1] + 1 <= last for first, last in spans):
                found.hidden[at] = COLUMN
            if style.isdigit() and int(style) < len(colours) and colours[int(style)]:
                found.colours[at] = colours[int(style)]
            pieces = _pieces(cell, shared)
            if any(reason for _, reason in pieces):
                found.pieces[at] = pieces
        element.clear()
    return found


def _cells(row: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    for cell in row:
        if isinstance(cell.tag, str) and (match := _CELL.fullmatch(cell.get("r", ""))):
            column = 0
            for letter in match[1]:
                column = column * 26 + ord(letter) - 64
            yield (int(match[2]), column - 1), cell


def _pieces(cell: Any, shared: list[tuple[tuple[str, str], ...]]) -> tuple[tuple[str, str], ...]:
    if cell.get("t") == "inlineStr" and (inline := child(cell, "is")) is not None:
        return tuple(rich_pieces(inline))
    value = child(cell, "v")
    if cell.get("t") == "s" and value is not None and (value.text or "").strip().isdigit():
        number = int(value.text)
        return shared[number] if number < len(shared) else ()
    return ()


def _colours(styles: Any) -> list[str]:
    """By the number of a style: the colours of its cell and letters, and its symbol font; empty for black on white."""
    fonts, fills = (_entries(styles, name) for name in ("fonts", "fills"))
    found = []
    for style in _entries(styles, "cellXfs"):
        font, fill = _nth(fonts, style.get("fontId")), _nth(fills, style.get("fillId"))
        pattern = child(fill, "patternFill") if fill is not None else None
        solid = pattern is not None and pattern.get("patternType", "none") != "none"
        letters = _colour(child(font, "color"), letters=True) if font is not None else ""
        ground = _colour(child(pattern, "fgColor")) if solid else ""
        named = child(font, "name") if font is not None else None
        symbols = named is not None and named.get("val", "").casefold().startswith(SYMBOLS)
        found.append(" ".join(filter(None, (ground, letters and f"letters {letters}", "symbols" if symbols else ""))))
    return found


def _colour(element: Any, *, letters: bool = False) -> str:
    """A colour that may mean something: not white, grey or that of a form's own cells; letters not nearly black."""
    if element is None:
        return ""
    given = element.get("rgb") or next((f"{k}{element.get(k)}" for k in ("theme", "indexed") if element.get(k)), "")
    if given in _PLAIN or not re.fullmatch(r"[0-9A-Fa-f]{8}", given):
        return "" if given in _PLAIN else given
    parts = [int(given[at : at + 2], 16) for at in (2, 4, 6)]
    plain = max(parts) - min(parts) <= _GREY or (letters and max(parts) <= _DARK) or given[2:].upper() == OPEN_COLOUR
    return "" if plain else given[2:].upper()


def _entries(styles: Any, name: str) -> list[Any]:
    holder = child(styles, name) if styles is not None else None
    return [] if holder is None else [e for e in holder if isinstance(e.tag, str)]


def _nth(entries: list[Any], number: str | None) -> Any:
    return entries[int(number)] if number and number.isdigit() and int(number) < len(entries) else None


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
        place = Place(file, row if numbered else None, column, grid.sheet if numbered else "")
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
