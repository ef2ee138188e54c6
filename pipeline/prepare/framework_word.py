"""A framework as a Word document that people edit, and its tables read back as the sheets that they stand for."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.forms.word_layout import new_document, table, write_rows
from pipeline.forms.word_tables import read_document
from pipeline.inputs.framework_sheets import SHEETS
from pipeline.inputs.suggest import same
from pipeline.model import Framework
from pipeline.office.archive import same_bytes
from pipeline.office.workbooks import Grid
from pipeline.prepare.framework_out import cell_text, sheets_of

DAY = datetime.date(2026, 1, 1)
"""The time that is written into the document: the same framework gives the same bytes."""
STATEMENTS = "Statements"
WIDTH, KEY = 17.4, 3.8
HELP = (
    "Change what stands in the second column of each table, and leave the first as it is. Where a cell has several "
    "entries, each stands on its own line. To add a statement, copy a whole table and change its id. A table of "
    "statements with the headings section, id, text and answered_by can be pasted in instead. "
    "Then: boardpack framework import FILE"
)


def framework_document(framework: Framework) -> bytes:
    """The framework in tables: one for each kind of thing, and one of its own for each statement."""
    document = new_document(framework.title, "boardpack", DAY)
    document.add_heading(framework.title, 0)
    document.add_paragraph(HELP)
    for name, rows in sheets_of(framework).items():
        given = [{key: cell_text(key, row.get(key)) for key in SHEETS[name].all} for row in rows]
        if not given:
            continue
        document.add_heading(name, 1)
        if name == STATEMENTS:
            for row in given:
                document.add_heading(f"{row['id']} {row['short']}".strip(), 2)
                filled = [(key, text) for key, text in row.items() if text or key in SHEETS[name].needed]
                write_rows(table(document, ("statement", row["id"]), len(filled), (KEY, WIDTH - KEY)), filled)
            continue
        used = [key for key in SHEETS[name].all if key in SHEETS[name].needed or any(row[key] for row in given)]
        if _sheet_for(used) != name:  # alike headings would be taken for another kind of thing
            used = list(SHEETS[name].all)
        made = table(document, used, len(given), [WIDTH / len(used)] * len(used), name)
        write_rows(made, [[row[key] for key in used] for row in given])
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue(), DAY)


def sheets_in_document(content: bytes, file: str) -> tuple[Grid, ...]:
    """Each table as the sheet whose headings it has, known by the heading above it or by its own; statements joined."""
    tables = [grid for grid in read_document(content, file) if grid.sheet != "text" and grid.rows]
    alone = [grid for grid in tables if _is_statement(grid)]
    named = [replace(g, sheet=_sheet_for(g.rows[0][1]) or g.sheet) for g in tables if not _is_statement(g)]
    return (*_joined(named), *([_statements(alone)] if alone else []))


def _is_statement(grid: Grid) -> bool:
    first = grid.rows[0][1]
    return len(first) == 2 and same(first[0]) == "statement"


def _statements(grids: Sequence[Grid]) -> Grid:
    """Tables of a key and a text a row, as one sheet with a row for each table."""
    columns = SHEETS[STATEMENTS].all
    records = [{same(cells[0]): cells[1] for _, cells in grid.rows[1:] if len(cells) > 1} for grid in grids]
    extra = list(dict.fromkeys(key for record in records for key in record if key not in columns))
    heads = (*columns, *extra)
    rows = (tuple(record.get(key, "") for key in heads) for record in records)
    return Grid(((1, heads), *enumerate(rows, 2)), STATEMENTS)


def _sheet_for(headings: Iterable[str]) -> str:
    """The sheet whose headings these are: all that it needs and, of several, the one that knows most of the rest."""
    heads = {same(cell) for cell in headings if cell.strip()}
    fitting = [name for name, columns in SHEETS.items() if heads >= {*columns.needed}]
    return min(fitting, key=lambda name: (len(heads - {*SHEETS[name].all}), len(SHEETS[name].all)), default="")


def _joined(grids: Iterable[Grid]) -> list[Grid]:
    """Tables of one sheet with the same headings as one: Word parts a long one where a heading stands between."""
    found: dict[str, Grid] = {}
    for grid in grids:
        first = found.get(grid.sheet)
        if first is None or first.rows[0][1] != grid.rows[0][1]:
            found.setdefault(grid.sheet, grid)
            continue
        rows = [*first.rows, *((len(first.rows) + n, cells) for n, (_, cells) in enumerate(grid.rows[1:], 1))]
        found[grid.sheet] = replace(first, rows=tuple(rows))
    return list(found.values())
