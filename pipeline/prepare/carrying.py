"""What goes from one cycle into the next, and its rows as the team wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.files import csv_text
from pipeline.inputs.faults import Faults
from pipeline.inputs.tables import TABLES, Headings, Row, best_grid, find_table, grids_of, header_of, read_table
from pipeline.model import Action, Assessment, Case, Funding, Indicator, Risk, Scheme
from pipeline.model.periods import Period, period_of
from pipeline.office.sources import read_bytes
from pipeline.text import decided, says_nothing, web_address
from pipeline.workspace import Workspace

_YEAR = re.compile(r"(\d{4})[-/](\d{2,4})(?!\d)")
_NOT = re.compile(r"(no|non|not|n|false|one[- ]off)\b", re.IGNORECASE)
_DEFINING = frozenset(
    ("id", "area", "indicator", "breakdown", "category", "unit", "source", "published_at", "core20plus5")
    + ("improvement", "target", "headline")
)
"""The columns that say what an indicator is, not what it showed."""


@dataclass(frozen=True)
class Carried:
    """The rows that go into the new cycle; what is in none of these stays behind."""

    actions: tuple[Action, ...]
    risks: tuple[Risk, ...]
    funding: tuple[Funding, ...]
    schemes: tuple[Scheme, ...]
    indicators: tuple[Indicator, ...]
    """One for each breakdown and category."""


def chosen(case: Case, new: str) -> Carried:
    """Open actions, all risks, schemes not yet decided, money that recurs or waits for a decision, definitions."""
    schemes = tuple(s for s in case.schemes if undecided(s, case.funding))
    year = year_in(new)
    definitions = {(i.id, i.breakdown, i.category): i for i in reversed(case.indicators)}
    return Carried(
        actions=tuple(a for a in case.actions if a.status == "open"),
        risks=case.risks,
        funding=tuple(
            row
            for row in case.funding
            if recurs(row) or _waits(row, case.schemes) or (year and _year_of(row.year) == period_of(year))
        ),
        schemes=schemes,
        indicators=tuple(i for i in case.indicators if definitions[i.id, i.breakdown, i.category] is i),
    )


def recurs(row: Funding) -> bool:
    """Whether the money comes again, in the words of the table."""
    return bool(row.recurrent.strip()) and not says_nothing(row.recurrent) and not _NOT.match(row.recurrent.strip())


def undecided(scheme: Scheme, funding: Sequence[Funding]) -> bool:
    """Whether neither the charter nor a row that pays for the scheme says what was decided."""
    paying = [row for row in funding if row.pays_for(scheme.id)]
    return not any(decided(text) for text in (scheme.decision, *(row.decision for row in paying)))


def _waits(row: Funding, schemes: Sequence[Scheme]) -> bool:
    return not decided(row.decision) and not any(row.pays_for(s.id) and decided(s.decision) for s in schemes)


def year_in(cycle: str) -> str:
    """The year in a cycle's name (`2025-26` of `2025-26-Q2`); empty where it names none."""
    found = _YEAR.search(cycle)
    return found.group() if found else ""


def _year_of(text: str) -> Period | None:
    return period_of(year_in(text)) if year_in(text) else None


def table_rows(ws: Workspace, case: Case, carried: Carried, new: str) -> dict[str, bytes]:
    """The tables of the new cycle by file name; a table of which no row goes is not there."""
    table = _Writer(ws, case.assessment)
    definitions = {i.place.row for i in carried.indicators}
    recurring = {row.place.row for row in carried.funding if recurs(row)}
    waiting = {row.place.row for row in carried.funding}
    actions, risks = {a.place.row for a in carried.actions}, {r.place.row for r in carried.risks}
    years = year_in(case.assessment.cycle), year_in(new)

    def money(row: Row) -> Mapping[str, str] | None:
        if row.number in recurring:
            return {"year": _next_year(row["year"], *years)}
        return {} if row.number in waiting else None

    def definition(row: Row) -> Mapping[str, str] | None:
        link = row["published_at"] if web_address(row["published_at"]) else ""
        return {"published_at": link} if row.number in definitions else None

    made = {
        "actions": table.written("actions", lambda row: {} if row.number in actions else None),
        "risks": table.written("risks", lambda row: _risk(row) if row.number in risks else None),
        "funding": table.written("funding", money),
        "indicators": table.written("indicators", definition, _DEFINING),
    }
    return {f"{name}.csv": content for name, content in made.items() if content}


def _risk(row: Row) -> Mapping[str, str]:
    """What was the current score is the one to compare with; why it moved is for the new cycle to say."""
    scores = {f"previous_{part}": row[f"current_{part}"] for part in ("likelihood", "consequence")}
    return {**scores, "rationale": ""}


def _next_year(written: str, old: str, new: str) -> str:
    """The new year, written as the team writes years, where the cell holds the old one."""
    if not old or not new or _year_of(written) != period_of(old):
        return written
    return new.replace("-", "/") if "/" in written else new


@dataclass(frozen=True)
class _Writer:
    """Writes tables of the old cycle anew, as CSV."""

    ws: Workspace
    assessment: Assessment

    def written(
        self, name: str, pick: Callable[[Row], Mapping[str, str] | None], keep: frozenset[str] | None = None
    ) -> bytes:
        """The rows for which `pick` gives anything, with the cells that it gives instead of those that stand there.

        The headings are the team's own. Where `keep` names columns, all others are emptied.
        """
        folder, own = self.ws.cycle_folder(self.assessment.cycle), self.assessment.column_names.get(name, {})
        path = find_table(self.ws, folder, name)
        table = read_table(self.ws, folder, name, self.assessment.column_names, Faults())
        if path is None or table is None:
            return b""
        columns = TABLES[name]
        grid = best_grid(grids_of(read_bytes(self.ws, path), self.ws.relative(path), columns, own), columns, own)
        heads, headings = list(header_of(grid, columns, own)[1]), Headings(columns, own)
        rows = dict(grid.rows)
        lines: list[list[str]] = []
        for row in table.rows:
            if (instead := pick(row)) is None:
                continue
            cells = [*rows[row.number], *[""] * (len(heads) - len(rows[row.number]))]
            if keep is not None:
                cells = [c if n < len(heads) and headings.meant(heads[n]) in keep else "" for n, c in enumerate(cells)]
            for column, text in instead.items():
                _put(cells, heads, headings, column, text)
            lines.append(cells)
        return csv_text([heads, *lines] if lines else []).encode("utf-8")


def _put(cells: list[str], heads: list[str], headings: Headings, column: str, text: str) -> None:
    """Write a cell; a column that the table lacks is added where there is something to write."""
    index = next((n for n, head in enumerate(heads) if headings.meant(head) == column), None)
    if index is None and text:
        heads.append(column)
        index = len(heads) - 1
    if index is not None:
        cells.extend([""] * (index + 1 - len(cells)))
        cells[index] = text
