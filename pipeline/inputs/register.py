"""evidence/register.csv: what documents there are, whose they are, and for how long they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.errors import InputError
from pipeline.inputs.cells import Cells, beyond_the_header, known_as, repeated
from pipeline.inputs.dates import day_first
from pipeline.inputs.faults import Faults
from pipeline.inputs.suggest import (
    ASSURANCE_LINES,
    DOCUMENT_STATUSES,
    KINDS,
    NATURES,
    VISIBILITIES,
    nearest,
    same,
    shown,
)
from pipeline.inputs.tables import TABLES, Table, read_table
from pipeline.model import EvidenceDocument, Finding
from pipeline.office.sources import listed
from pipeline.workspace import Workspace

_OTHER_SCHEME = re.compile(r"(?!https?://|mailto:)[a-z][a-z0-9+.-]{0,20}:(?!\d)", re.IGNORECASE)
_DATES = ("dated", "review_by", "checked_on")


def read_register(
    ws: Workspace, column_names: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[EvidenceDocument, ...], tuple[Finding, ...]]:
    """The register's rows, and what in them could not be understood."""
    faults = Faults()
    table = read_table(ws, ws.evidence, "register", column_names, faults)
    if table is None:
        near = nearest("register.csv", (path.name for path in listed(ws.evidence) if path.is_file()))
        right = "register.xlsx" if near and near.endswith(".xlsx") else "register.csv"
        raise InputError(
            "There is no evidence register.",
            f"`{near}` lies there: if that is the register, name it `{right}`."
            if near
            else f"Make evidence/register.csv (or .xlsx) with the columns {', '.join(TABLES['register'].needed)}.",
            file=ws.relative(ws.evidence / "register.csv"),
        )
    documents = tuple(document for cells in _rows(table, faults) if (document := _document(cells)))
    return _resolved(documents, table, faults), tuple(faults.found)


def named_files(ws: Workspace, column_names: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    """Every file that a row names, relative to evidence/, also in rows that could not be read."""
    table = read_table(ws, ws.evidence, "register", column_names, Faults())
    return frozenset(_path(row.word("file")) for row in table.rows if row.word("file")) if table else frozenset()


def _path(written: str) -> str:
    return written.replace("\\", "/")


def _rows(table: Table, faults: Faults) -> list[Cells]:
    """The rows with an id, each id once."""
    slashes = {column: day_first(table.column(column)) for column in _DATES}
    first: dict[str, int] = {}
    rows = []
    for row in table.rows:
        identity = row.word("id")
        cells = Cells(row, faults, slashes, {"evidence": identity or None})
        if identity and same(identity) in first:
            repeated(cells, "id", identity, first[same(identity)])
            continue
        first.setdefault(same(identity), row.number)
        rows.append(cells)
    return rows


def _document(cells: Cells) -> EvidenceDocument | None:
    """A row that says what it is and where; else None and a fault."""
    if cells.row.too_long:
        beyond_the_header(cells)
        # A comma too many moves the cells behind it; what they then say wrongly is this one fault.
        aside = Faults()
        document = _read(replace(cells, faults=aside))
        return None if aside.found else document
    for column, what in (("id", "id"), ("title", "title"), ("file", "file or link")):
        if not cells.word(column) and not (column == "file" and cells.word("url")):
            cells.bad(column, f"The row has no {what}, so it cannot be read.", f"Fill in the {what}.")
            return None
    return _read(cells)


def _read(cells: Cells) -> EvidenceDocument:
    url = cells.word("url")
    if _OTHER_SCHEME.match(url):
        cells.bad("url", f"`{shown(url)}` is no web address.", "Give an address that begins with https://.")
    return EvidenceDocument(
        id=cells.word("id"),
        title=cells.word("title"),
        place=cells.place(),
        file=_path(cells.word("file")),
        owner=cells.word("owner"),
        dated=cells.date("dated"),
        review_by=cells.date("review_by"),
        visibility=cells.choice("visibility", VISIBILITIES, "internal"),
        kind=cells.choice("kind", KINDS, "other"),
        assurance_line=int(cells.choice("assurance_line", ASSURANCE_LINES, "1")),
        url=cells.word("url"),
        supersedes=cells.words("supersedes"),
        status=cells.choice("status", DOCUMENT_STATUSES, "approved"),
        nature=cells.choice("nature", NATURES),
        publisher=cells.word("publisher"),
        checked_by=cells.word("checked_by"),
        checked_on=cells.date("checked_on"),
    )


def _resolved(documents: tuple[EvidenceDocument, ...], table: Table, faults: Faults) -> tuple[EvidenceDocument, ...]:
    """`supersedes` in the register's own spelling; an id that no row has is a fault."""
    known = known_as(row.word("id") for row in table.rows if row.word("id"))
    rows = {row.number: row for row in table.rows}
    resolved = []
    for document in documents:
        if not document.supersedes:
            resolved.append(document)
            continue
        cells = Cells(rows[document.place.row or 0], faults, {}, {"evidence": document.id})
        if same(document.id) in map(same, document.supersedes):
            cells.bad("supersedes", f"{document.id} is said to supersede itself.", "Give the id of the older document.")
        ids = tuple(i for i in cells.known_ids("supersedes", known, "document") if i != document.id)
        resolved.append(replace(document, supersedes=ids))
    return tuple(resolved)


_ID = re.compile(r"(.*?)(?<!\d)(\d++)")


def next_id(ids: Iterable[str]) -> str:
    """The id that follows the highest one of the most usual pattern: `E024` gives `E025`."""
    patterns: dict[str, list[str]] = {}
    for identity in ids:
        if match := _ID.fullmatch(identity.strip()):
            patterns.setdefault(match[1], []).append(match[2])
    if not patterns:
        return "E001"
    prefix = max(sorted(patterns), key=lambda p: len(patterns[p]))
    highest = max(int(number) for number in patterns[prefix])
    return f"{prefix}{str(highest + 1).zfill(max(len(number) for number in patterns[prefix]))}"
