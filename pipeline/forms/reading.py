"""A returned form, whatever its format: the rows people filled in, and what else it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.forms.leftovers import Leftovers
from pipeline.forms.looks import note_looks, with_looks
from pipeline.forms.open_document import read_open_document
from pipeline.forms.own import OwnReader, rows_by_statement
from pipeline.forms.package import OPEN, FormPackage
from pipeline.forms.word_tables import read_document
from pipeline.forms.wording import DOCUMENT, PAGE, PUBLIC, SECOND_FORM, WORDS, FormStamp, plain
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import same
from pipeline.inputs.tables import TABLES, Headings, Row, best_grid, grids_of, header_of, meant_columns, table_from
from pipeline.model import Framework, Place, ProposedAction
from pipeline.office.workbooks import Grid, read_workbook

COVER_LABELS = {
    "cycle": "cycle",
    "assessment cycle": "cycle",
    "framework": "framework",
    "framework id": "framework",
    "respondent": "respondent",
    "respondent id": "respondent",
}
_LABELLED = re.compile(r"\s*+([A-Za-z][A-Za-z ]{4,19}?)\s*[:=]\s*(\S.*)")


@dataclass(frozen=True)
class ReturnedForm:
    """Rows by our columns; `cover` is what the form says of `cycle`, `framework` and `respondent`, with its place."""

    file: str
    rows: tuple[Row, ...]
    actions: tuple[ProposedAction, ...] = ()
    completed: Mapping[str, str] = field(default_factory=dict)
    cover: Mapping[str, tuple[str, Place]] = field(default_factory=dict)
    ours: bool = False
    """Whether it was sent out by `boardpack forms`."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What its hidden marks say of `cycle`, `framework` and `respondent`; none where it has lost them."""
    second: bool = False
    """Whether it was sent out to ask again: what it answers replaces the earlier answer."""


def read_form(content: bytes, file: str, own: Mapping[str, str], framework: Framework, faults: Faults) -> ReturnedForm:
    """The answers in a CSV, Excel or Word form: every sheet or table that has the headings."""
    grids = _grids(content, file, own, framework)
    package = None if file.lower().endswith(".csv") else FormPackage(content)
    stamp = package.stamp(grids) if package else None
    if package:
        merged = package.merged()
        grids = tuple(replace(grid, merged=grid.merged or merged.get(grid.sheet, ())) for grid in grids)
    if stamp or any(_is_ours(grid) for grid in grids):
        return _read_own(grids, package, stamp, file, own, framework, faults)
    return _read_theirs(grids, file, own, framework, faults)


def _grids(content: bytes, file: str, own: Mapping[str, str], framework: Framework) -> tuple[Grid, ...]:
    suffix = PurePosixPath(file.lower()).suffix
    if suffix == ".docx":
        return read_document(content, file)
    if suffix in OPEN:
        return read_open_document(content, file)
    if suffix == ".csv":
        return grids_of(content, file, TABLES["responses"], own)
    # The macros of a .xlsm lie in a part of their own, which nothing opens.
    return with_looks(read_workbook(content, file), content, (s.id for s in framework.statements))


def _read_theirs(
    grids: tuple[Grid, ...], file: str, own: Mapping[str, str], framework: Framework, faults: Faults
) -> ReturnedForm:
    """A table of the respondent's own making."""
    columns = TABLES["responses"]
    answers = [g for g in grids if _holds_answers(g, own)]
    visible = [g for g in answers if not g.hidden] or answers or [best_grid(grids, columns, own)]
    levels = frozenset(same(name) for level in framework.levels for name in (level.id, level.name))
    tables = [table_from(grid, file, columns, own, faults, levels) for grid in visible]
    left = Leftovers(file, framework, None, faults)
    for grid in visible:
        where = _answers_in(grid, own, framework)
        note_looks(grid, where, file, True, faults)
        left.merged(grid, where)
    rows = tuple(row for table in tables for row in table.rows)
    if not file.lower().endswith(".csv"):
        left.beside_the_table(rows, [g for g in grids if not any(g is v for v in visible) and not g.hidden], framework)
    return ReturnedForm(file, rows, cover=_cover(grids, file, own))


def _answers_in(grid: Grid, own: Mapping[str, str], framework: Framework) -> dict[tuple[int, int], tuple[str, str]]:
    """Where people's answers stand in a table of their own making: statement and column by row and index."""
    columns, statements = TABLES["responses"], {same(s.id): s.id for s in framework.statements}
    number, heads = header_of(grid, columns, own)
    headings = Headings(columns, own)
    where = {index: column for index, head in enumerate(heads) if (column := headings.meant(head))}
    asked = next((index for index, column in where.items() if column == "statement"), 0)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for row, cells in grid.rows:
        statement = statements.get(same(cells[asked])) if row > number and asked < len(cells) else None
        if statement:
            found |= {(row, index): (statement, column) for index, column in where.items() if column != "statement"}
    return found


def _read_own(
    grids: tuple[Grid, ...],
    package: FormPackage | None,
    stamp: FormStamp | None,
    file: str,
    own: Mapping[str, str],
    framework: Framework,
    faults: Faults,
) -> ReturnedForm:
    """A form that was sent out by `boardpack forms`."""
    left = Leftovers(file, framework, stamp, faults)
    form = OwnReader(file, framework, stamp, left).read(grids)
    rows = rows_by_statement(form, file, left)
    left.marks(form.lines)
    for grid in grids:
        where = {
            (line.number, index): (line.statement or line.written, key)
            for line in form.lines
            if line.grid is grid
            for key, index in line.at.items()
            if key in line.values
        }
        left.merged(grid, where)
        note_looks(grid, where, file, not left.in_word, faults)
    if package:
        _beside_the_cells(package, left)
    cover = _cover(grids, file, own)
    marks = {label: getattr(stamp, label) for label in ("cycle", "framework", "respondent")} if stamp else {}
    for label, value in marks.items():
        if value:
            cover.setdefault(label, (value, Place(file, None, label)))
    by_cover = any(plain(cell) == plain(SECOND_FORM) for grid in grids for _, cells in grid.rows for cell in cells)
    second = by_cover or bool(stamp and stamp.second)
    return ReturnedForm(file, rows, tuple(form.actions), form.completed, cover, ours=True, marks=marks, second=second)


def _beside_the_cells(package: FormPackage, left: Leftovers) -> None:
    if package.has_revisions():
        left.revisions()
    for where, text in package.loose_texts():
        left.loose(where, text)


def _is_ours(grid: Grid) -> bool:
    """Headings that only forms of ours have, for one that has lost its marks."""
    ours = {plain(heading) for heading in (DOCUMENT, PAGE, WORDS, PUBLIC)}
    return any(len(ours & {plain(cell) for cell in cells}) > 1 for _, cells in grid.rows)


def _holds_answers(grid: Grid, own: Mapping[str, str]) -> bool:
    found = meant_columns(grid, TABLES["responses"], own)[1]
    return len(found) > 1 and bool({"statement", "level"} & set(found))


def _cover(grids: Iterable[Grid], file: str, own: Mapping[str, str]) -> dict[str, tuple[str, Place]]:
    """Label and value side by side, or in one cell as `Cycle: 2025-26`; above a table of answers or apart from it."""
    cover: dict[str, tuple[str, Place]] = {}
    for grid in grids:
        end = meant_columns(grid, TABLES["responses"], own)[0] if _holds_answers(grid, own) else None
        for number, cells in grid.rows:
            if end is not None and number >= end:
                break
            for label, value in _labelled(cells):
                cover.setdefault(label, (value, Place(file, number, label)))
    return cover


def _labelled(cells: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    filled = [c.strip() for c in cells if c.strip()]
    for cell, following in zip(filled, [*filled[1:], ""], strict=True):
        if (label := COVER_LABELS.get(cell.rstrip(" :").casefold())) and following:
            yield label, following
        elif (match := _LABELLED.fullmatch(cell)) and (label := COVER_LABELS.get(match[1].casefold())):
            yield label, match[2].strip()
