"""A returned form, whatever its format: the rows people filled in, and what its own cover says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.model import Place
from pipeline.read.columns import TABLES
from pipeline.read.faults import Faults
from pipeline.read.forms_word import read_document
from pipeline.read.grids import Grid
from pipeline.read.tables import Row, best_grid, grids_of, meant_columns, table_from

SUFFIXES = (".csv", ".xlsx", ".docx")
COVER_LABELS = {
    "cycle": "cycle",
    "assessment cycle": "cycle",
    "framework": "framework",
    "framework id": "framework",
    "respondent": "respondent",
    "respondent id": "respondent",
}
_LABELLED = re.compile(r"\s*([A-Za-z ]{5,20}?)\s*[:=]\s*(\S.*)")


@dataclass(frozen=True)
class ReturnedForm:
    """Rows by our columns; `cover` is what the form says of `cycle`, `framework` and `respondent`, with its place."""

    file: str
    rows: tuple[Row, ...]
    cover: Mapping[str, tuple[str, Place]] = field(default_factory=dict)


def read_form(content: bytes, file: str, own: Mapping[str, str], faults: Faults) -> ReturnedForm:
    """The answers in a CSV, Excel or Word form: every sheet or table that has the headings."""
    columns = TABLES["responses"]
    grids = read_document(content, file) if file.lower().endswith(".docx") else grids_of(content, file, columns, own)
    answers = [g for g in grids if _holds_answers(g, own)]
    visible = [g for g in answers if not g.hidden] or answers or [best_grid(grids, columns, own)]
    tables = [table_from(grid, file, columns, own, faults) for grid in visible]
    rows = tuple(row for table in tables for row in table.rows)
    return ReturnedForm(file, rows, _cover(grids, file, own))


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
