"""funding.csv and indicators.csv: what the annual report section tells of money and outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Assessment, Framework, Funding, Indicator
from pipeline.read.cells import Cells, beyond_the_header, known_as, repeated, rows_of
from pipeline.read.citations import RegisterIndex
from pipeline.read.columns import TABLES
from pipeline.read.faults import Faults
from pipeline.read.nearest import same
from pipeline.read.tables import Table, read_table
from pipeline.read.vocabulary import FUNDING_CATEGORIES, RINGFENCED, words
from pipeline.workspace import Workspace

ANNUAL_REPORT = ("annual-report-section",)
"""The paper that faults in these tables touch."""
_INDICATOR_TEXTS = [c for c in TABLES["indicators"].needed if c not in ("id", "evidence")]


def read_funding(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Funding, ...]:
    """The funding rows, each id once."""
    own = Faults(ANNUAL_REPORT)
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "funding", assessment.column_names, own)
    known = known_as(s.id for s in framework.statements)
    rows = rows_of(table, own, ("ends",)) if table else ()
    read = tuple(_funding(cells, known, index) for cells in rows)
    faults.found.extend(own.found)
    return read


def _funding(cells: Cells, statements: dict[str, str], index: RegisterIndex) -> Funding:
    texts = words("scheme year recurrent redirected decision decided_by basis method evaluation evidence")
    return Funding(
        id=cells.word("id"),
        category=cells.choice("category", FUNDING_CATEGORIES),
        place_name=cells.text("place"),
        amount=cells.amount("amount"),
        ringfenced=cells.choice("ringfenced", RINGFENCED),
        ends=cells.date("ends"),
        statements=cells.known_ids("statements", statements, "statement"),
        place=cells.place(),
        citations=cells.citations("evidence", index),
        **{column: cells.text(column) for column in texts},
    )


def read_indicators(
    ws: Workspace, assessment: Assessment, index: RegisterIndex, faults: Faults
) -> tuple[Indicator, ...]:
    """One value a row: an id stands for one indicator, and comes once for each period, breakdown and category."""
    own = Faults(ANNUAL_REPORT)
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "indicators", assessment.column_names, own)
    read = tuple(_indicator(cells, index) for cells in _values(table, own)) if table else ()
    faults.found.extend(own.found)
    return read


def _values(table: Table, faults: Faults) -> Iterator[Cells]:
    rows: dict[tuple[str, ...], int] = {}
    names: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        identity = row.word("id")
        cells = Cells(row, faults, {}, {"about": identity or None})
        if not identity:
            cells.bad("id", "The row has no id.", "Give it the id of its indicator.")
            continue
        key = tuple(same(row[c]) for c in ("id", "period", "breakdown", "category"))
        name, first = names.setdefault(same(identity), (same(row["indicator"]), row.number))
        if key in rows or name != same(row["indicator"]):
            repeated(cells, "id", identity, rows.get(key, first))
            continue
        rows[key] = row.number
        if row.too_long:
            beyond_the_header(cells)
        yield cells


def _indicator(cells: Cells, index: RegisterIndex) -> Indicator:
    return Indicator(
        id=cells.word("id"),
        place=cells.place(),
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", index),
        **{column: cells.text(column) for column in _INDICATOR_TEXTS},
    )
