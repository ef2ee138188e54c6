"""Statements as lines of enquiry by priorities: a matrix framework's own cells, or a list's by their tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pipeline.dossier.views import (
    Dossier,
    FigureView,
    LevelView,
    MatrixCellView,
    MatrixView,
    SectionView,
    StatementView,
)
from pipeline.model import NOT_ASSESSED, Framework
from pipeline.text import counted, list_in_words, natural

ROW_TAG, COLUMN_TAG = "kloe", "priorities"
TAG_PICTURE = "scorecard"
NAMED = 6

Places = Callable[[StatementView], Iterable[tuple[str, str]]]
"""The (row, column) pairs in which a statement stands."""


def view_matrix(framework: Framework, sections: Sequence[SectionView]) -> MatrixView:
    """The matrix of a framework; without rows where its statements name no line of enquiry or no priority."""
    statements = [s for section in sections for s in section.statements]
    if framework.columns:
        rows = tuple(LevelView(s.id, s.title, n, s.title) for n, s in enumerate(sections))
        columns = tuple(LevelView(c.id, c.short or c.title, n, c.title) for n, c in enumerate(framework.columns))
        return MatrixView(False, rows, columns, _cells(rows, columns, statements, lambda s: [(s.section, s.column)]))
    rows = _sides(framework.tags.get(ROW_TAG, {}), [k for s in statements for k in s.kloe])
    columns = _sides(framework.tags.get(COLUMN_TAG, {}), [p for s in statements for p in s.priorities])
    if not any(s.kloe and s.priorities for s in statements):
        return MatrixView()
    return MatrixView(True, rows, columns, _cells(rows, columns, statements, _by_tags))


def _by_tags(statement: StatementView) -> Iterable[tuple[str, str]]:
    return ((k, p) for k in statement.kloe for p in statement.priorities)


def _sides(meanings: Mapping[str, str], used: Iterable[str]) -> tuple[LevelView, ...]:
    """Rows or columns: those that the framework's own `tags` explain, then others in the order of their ids."""
    names = {**meanings, **{ident: ident for ident in sorted(set(used) - set(meanings), key=natural)}}
    return tuple(LevelView(ident, title, n, title) for n, (ident, title) in enumerate(names.items()))


def _cells(
    rows: Sequence[LevelView], columns: Sequence[LevelView], statements: Sequence[StatementView], places: Places
) -> tuple[MatrixCellView, ...]:
    here: dict[tuple[str, str], list[StatementView]] = {}
    for statement in statements:
        for place in dict.fromkeys(places(statement)):
            here.setdefault(place, []).append(statement)
    return tuple(_cell(row.id, column.id, here.get((row.id, column.id), ())) for row in rows for column in columns)


def _cell(row: str, column: str, statements: Sequence[StatementView]) -> MatrixCellView:
    """The lowest reported level; `not assessed` is counted apart and is never the lowest."""
    assessed = [s for s in statements if s.rank >= 0]
    first = min(assessed, key=lambda s: s.rank, default=None)
    return MatrixCellView(
        row=row,
        column=column,
        statements=tuple(s.id for s in statements),
        level=first.reported if first else NOT_ASSESSED if statements else "",
        level_id=first.level_id if first else "",
        rank=first.rank if first else -1,
        lowest=tuple(s.id for s in assessed if first and s.rank == first.rank),
        not_assessed=len(statements) - len(assessed),
    )


def of_how_many(cell: MatrixCellView) -> str:
    """`lowest of 4`, `1 statement`; those not assessed apart."""
    assessed = len(cell.statements) - cell.not_assessed
    if not assessed:
        return "1 statement" if cell.not_assessed == 1 else f"{cell.not_assessed} statements"
    said = f"lowest of {assessed}" if assessed > 1 else "1 statement"
    return f"{said}, {cell.not_assessed} not assessed" if cell.not_assessed else said


def describe_tag_matrix(dossier: Dossier) -> Iterable[FigureView]:
    """The second view of a list: its picture, where its statements can be placed."""
    matrix = dossier.matrix
    if not matrix.by_tags:
        return
    levels = [(level.name, sum(c.rank == level.rank for c in matrix.cells)) for level in dossier.levels]
    said = [f"{number} {name}" for name, number in levels if number]
    for words, number in (
        (NOT_ASSESSED, sum(bool(c.statements) and c.rank < 0 for c in matrix.cells)),
        ("with no statement", sum(not c.statements for c in matrix.cells)),
    ):
        said += [f"{number} {words}"] if number else []
    lowest = min((c.rank for c in matrix.cells if c.rank >= 0), default=-1)
    cells = [f"{c.row} by {c.column}" for c in matrix.cells if c.rank == lowest >= 0]
    more = len(cells) - NAMED
    named = list_in_words([*cells[:NAMED], f"{more} more"] if more > 0 else cells)
    rows = counted(len(matrix.rows), "line of enquiry", "lines of enquiry")
    columns = counted(len(matrix.columns), "priority", "priorities")
    yield FigureView(
        id=TAG_PICTURE,
        file=TAG_PICTURE,
        caption="The lowest level reported by line of enquiry and priority",
        alt=(
            f"Grid of {rows} by {columns}. Each cell gives in words the lowest level reported among its statements, "
            f"and how many they are. Cells: {list_in_words(said)}.{f' Lowest: {named}.' if named else ''}"
        ),
    )
