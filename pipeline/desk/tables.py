"""Tables to look through and to edit row by row: the register, actions, risks, funding, indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, request

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import now, saving, then, typed
from pipeline.desk.places import TABLES
from pipeline.flow.rows import ShownRow, label, open_table, save_row, shown_row, shown_rows, take_out_row
from pipeline.text import natural

NAMES = {"actions": "Actions", "risks": "Risks", "funding": "Funding", "indicators": "Indicators"}
SHOWN = {
    "actions": ("id", "statement", "action", "owner", "due", "status"),
    "risks": ("id", "risk", "lead", "statements", "current_likelihood", "current_consequence", "target_date"),
    "funding": ("id", "scheme", "year", "category", "place", "amount", "ends"),
    "indicators": ("id", "indicator", "period", "breakdown", "category", "value", "unit"),
    "register": ("id", "title", "owner", "dated", "review_by", "visibility", "kind"),
}
NEW = "new"


@dataclass(frozen=True)
class Listed:
    """A row as it stands in the list: what is shown of it, and what is wrong in it."""

    row: ShownRow
    cells: Mapping[str, str]
    faults: Mapping[str, Sequence[str]]
    """Column -> what is to be put right there; under the empty name what is about the whole row."""
    grave: bool


@dataclass(frozen=True)
class Shown:
    """One table, as much of it as was asked for."""

    name: str
    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Listed]
    of: int
    open: Listed | None
    """The row that is being edited; a new one without a number."""
    asked: Mapping[str, str]

    def address(self, **values: str) -> str:
        """The same page with other wishes."""
        wishes = {k: v for k, v in {**self.asked, **values}.items() if v}
        return f"?{urlencode(wishes)}"


def shown_table(view: View, table: str, cycle: str) -> Shown:
    """The table with its faults, filtered and sorted as was asked."""
    _, sheet = open_table(view.desk.ws, cycle, table)
    faults = _faults(view, table)
    every = [_listed(row, faults.get(row.number or 0, {})) for row in shown_rows(table, sheet)]
    asked = {name: request.values.get(name, "") for name in ("q", "sort", "show", "row")}
    rows = [r for r in every if _matches(r, asked)]
    if asked["sort"].lstrip("-") in sheet.known.all:
        column = asked["sort"].lstrip("-")
        rows.sort(key=lambda r: natural(r.cells.get(column, "")), reverse=asked["sort"].startswith("-"))
    at = next((r for r in every if str(r.row.number) == asked["row"]), None)
    if asked["row"] == NEW:
        at = Listed(shown_row(table, sheet, None), {}, {}, False)
    heads = [(c, label(c)) for c in SHOWN[table]]
    return Shown(table, NAMES.get(table, "The register"), heads, rows, len(every), at, asked)


def _faults(view: View, table: str) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = {}
    for t in view.told:
        file, f = (t.finding.file or "").rpartition("/")[2], t.finding
        if f.row and file.startswith(f"{table}.") and f.severity in ("blocker", "warning"):
            mark = "!" if f.severity == "blocker" else ""
            found.setdefault(f.row, {}).setdefault(f.field or "", []).append(f"{mark}{f.message} {f.remedy}")
    return found


def _listed(row: ShownRow, faults: Mapping[str, Sequence[str]]) -> Listed:
    grave = any(said.startswith("!") for texts in faults.values() for said in texts)
    told = {column: [said.removeprefix("!") for said in texts] for column, texts in faults.items()}
    return Listed(row, row.cells, told, grave)


def _matches(listed: Listed, asked: Mapping[str, str]) -> bool:
    text = " ".join(listed.cells.values()).casefold()
    found = all(word in text for word in asked["q"].casefold().split())
    return found and (asked["show"] != "faults" or bool(listed.faults))


def add_pages(app: Blueprint) -> None:
    """The tables of a cycle."""

    @app.get("/table/<table>")
    def show(table: str) -> Any:
        return _page(View(desk()), table)

    @app.post("/table/<table>")
    def save(table: str) -> Any:
        return save_in(table, f"/table/{table}")


def _page(view: View, table: str) -> Any:
    if table not in TABLES:
        abort(404)
    choices = choices_of(view)
    return page("table.html", view, table=shown_table(view, table, view.desk.held.cycle), names=NAMES, choices=choices)


def choices_of(view: View) -> dict[str, list[str]]:
    """What there is to choose in columns that name something of this cycle."""
    if view.dossier is None:
        return {}
    return {
        "statement": [s.id for s in view.dossier.statements],
        "section": [s.id for s in view.dossier.sections],
    }


def save_in(table: str, address: str) -> Any:
    """Save or take out the row that was sent."""
    if table not in (*TABLES, "register"):
        abort(404)
    here, at = desk(), typed()
    cycle = here.held.cycle
    name = at.cells.get("id", "") or request.form.get("name", "")
    if request.form.get("do") == "out":
        return then(address, take_out_row(here.ws, cycle, table, at, f"{name} taken out of the {table} table", now()))
    said = f"{name} in the {table} table" if name else f"a row of the {table} table"
    place = f"{address}?row={at.row}#row" if at.row and address.startswith("/table") else address
    return saving(lambda: save_row(here.ws, cycle, table, at, said, now()), place, f"{said[0].upper()}{said[1:]}")
