"""The tables of a cycle and the register, row by row: as they are shown, and as they are saved."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import InputError, UsageError
from pipeline.flow.edits import Edit, write
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.editing import Change, Sheet, changed, empty_sheet, open_sheet
from pipeline.inputs.suggest import (
    ACTION_STATUSES,
    ASSURANCE_LEVELS,
    ASSURANCE_LINES,
    DOCUMENT_STATUSES,
    FUNDING_CATEGORIES,
    KINDS,
    NATURES,
    RINGFENCED,
    VISIBILITIES,
    same,
    words,
)
from pipeline.inputs.tables import TABLES, find_table
from pipeline.office.sources import read_bytes
from pipeline.text import sentence_case
from pipeline.workspace import Workspace

SCORES = ("1", "2", "3", "4", "5")
CHOICES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "actions": {"status": ACTION_STATUSES},
    "funding": {"category": FUNDING_CATEGORIES, "ringfenced": RINGFENCED},
    "indicators": {"improvement": ("up", "down", "neither"), "headline": ("yes", "no")},
    "risks": {c: SCORES for c in TABLES["risks"].all if c.endswith(("likelihood", "consequence"))}
    | {"assurance_rating": ASSURANCE_LEVELS},
    "register": {
        "visibility": VISIBILITIES,
        "kind": KINDS,
        "assurance_line": ASSURANCE_LINES,
        "status": DOCUMENT_STATUSES,
        "nature": NATURES,
    },
}
DATES = frozenset(words("due revised_due target_date last_reviewed ends published_at dated review_by checked_on"))
LONG = frozenset(
    words(
        "action measure progress closes comment evidence public_comment dissent risk cause effect controls rationale "
        "gaps_in_control gaps_in_assurance assurances decision basis method evaluation action_taken why_missing title "
        "completeness theory_of_change"
    )
)
LABELS = {
    "id": "Id",
    "dated": "Date of the document",
    "review_by": "To be reviewed by",
    "visibility": "Who may see it",
    "assurance_line": "Line of assurance",
    "url": "Web address",
    "file": "File, in evidence/",
    "evidence": "What it rests on",
    "dissent": "Who saw it otherwise, and why",
    "public_comment": "Comment for the public paper, where it must be shorter",
}


@dataclass(frozen=True)
class Field:
    """One cell of a row, with what it takes."""

    column: str
    label: str
    text: str
    kind: str
    """choice | date | long | text"""
    choices: Sequence[str]
    seen: str
    """A digest of what stood there when it was shown."""
    needed: bool


@dataclass(frozen=True)
class ShownRow:
    """A row as it is shown: its number, a digest of the whole of it, and its fields."""

    number: int | None
    seen: str
    fields: Sequence[Field]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed since it was shown: what stands there now, and what was typed."""

    column: str
    label: str
    theirs: str
    yours: str

    @property
    def seen(self) -> str:
        """A digest of what stands there now, for the choice between the two."""
        return digest(self.theirs)


class ClashError(Exception):
    """What was typed is not written, since the same was changed meanwhile; `row` is the row as it is now, if any.

    Where the row is `gone` there is nothing to choose from.
    """

    def __init__(self, clashes: Sequence[Clash], row: ShownRow | None = None, *, gone: bool = False) -> None:
        super().__init__("changed meanwhile")
        self.clashes, self.row, self.gone = clashes, row, gone


@dataclass(frozen=True)
class Typed:
    """What a form brings back: the row that it was shown for, and the cells as they were typed."""

    row: int | None
    seen: str
    cells: Mapping[str, str]
    seen_cells: Mapping[str, str] = field(default_factory=dict)


def label(column: str) -> str:
    """A column's heading in words."""
    return LABELS.get(column) or sentence_case(column.replace("_", " "))


def table_file(ws: Workspace, cycle: str, table: str) -> Path:
    """Where a table lies, or would lie."""
    folder = ws.evidence if table == "register" else ws.cycle_folder(cycle)
    return find_table(ws, folder, table) or folder / f"{table}.csv"


def open_table(ws: Workspace, cycle: str, table: str, path: Path | None = None) -> tuple[Path, Sheet]:
    """A table of the cycle, an empty one where there is none; `path` names a form that is one."""
    file = path or table_file(ws, cycle, table)
    try:
        own = read_assessment(ws, cycle)[0].column_names.get(table, {})
    except (InputError, UsageError):
        own = {}
    if not file.is_file():
        return file, empty_sheet(ws.relative(file), TABLES[table])
    return file, open_sheet(read_bytes(ws, file), ws.relative(file), TABLES[table], own)


def is_table(sheet: Sheet) -> bool:
    """Whether a form is a plain table, and none of those that are filled in."""
    return set(sheet.known.needed) <= set(sheet.columns)


def shown_row(table: str, sheet: Sheet, number: int | None, columns: Sequence[str] = ()) -> ShownRow:
    """A row with its fields; a new one without a number. `columns` are those to show, all where none is named."""
    cells = dict(sheet.rows.get(number, {})) if number else {}
    choices = CHOICES.get(table, {})
    fields = [
        Field(
            column,
            label(column),
            cells.get(column, ""),
            "choice" if column in choices else "date" if column in DATES else "long" if column in LONG else "text",
            choices.get(column, ()),
            digest(cells.get(column, "")),
            column in sheet.known.needed,
        )
        for column in columns or sheet.known.all
    ]
    return ShownRow(number, digest_of_row(cells) if number else "", fields, cells)


def shown_rows(table: str, sheet: Sheet) -> list[ShownRow]:
    """Every row of a table."""
    return [shown_row(table, sheet, number) for number in sheet.rows]


def digest(text: str) -> str:
    """What tells whether a cell still is as it was shown; line ends are all one to a browser."""
    return hashlib.sha256(plain(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digest_of_row(cells: Mapping[str, str]) -> str:
    """The same for a row."""
    return digest("\0".join(f"{column}\1{plain(text)}" for column, text in sorted(cells.items()) if text))


def plain(text: str) -> str:
    """A text with line ends as files have them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_row(sheet: Sheet, typed: Typed, key: str) -> int | None:
    """The row that was shown, wherever it stands now; None where it is gone."""
    alike = [number for number, cells in sheet.rows.items() if digest_of_row(cells) == typed.seen]
    if alike:
        return typed.row if typed.row in alike else alike[0]
    # Changed meanwhile: then it is known by its id, where only one row has that.
    wanted = typed.seen_cells.get(key, "")
    same_key = [number for number, cells in sheet.rows.items() if digest(cells.get(key, "")) == wanted]
    return same_key[0] if len(same_key) == 1 else None


def save_row(
    ws: Workspace,
    cycle: str,
    table: str,
    typed: Typed,
    said: str,
    when: datetime.datetime,
    *,
    path: Path | None = None,
    key: str = "id",
) -> Edit | None:
    """Write what was typed and differs; None where nothing does. ClashError where the same cells were changed."""
    file, sheet = open_table(ws, cycle, table, path)
    cells = {column: plain(text) for column, text in typed.cells.items()}
    if typed.row is None:
        _refuse_taken(table, sheet, cells, key)
        change = Change(None, {c: t for c, t in cells.items() if t.strip()})
        return _written(ws, said, when, file, sheet, change) if change.cells else None
    number = find_row(sheet, typed, key)
    if number is None:
        raise ClashError([Clash(c, label(c), "", t) for c, t in cells.items() if t.strip()], gone=True)
    now = sheet.rows[number]
    new = {c: t for c, t in cells.items() if t != plain(now.get(c, "")) and digest(t) != typed.seen_cells.get(c)}
    clashes = [
        Clash(c, label(c), now.get(c, ""), t)
        for c, t in new.items()
        if digest(now.get(c, "")) != typed.seen_cells.get(c, digest(""))
    ]
    if clashes:
        raise ClashError(clashes, shown_row(table, sheet, number, tuple(cells)))
    return _written(ws, said, when, file, sheet, Change(number, new)) if new else None


def _refuse_taken(table: str, sheet: Sheet, cells: Mapping[str, str], key: str) -> None:
    if table != "indicators" and any(same(r.get(key, "")) == same(cells.get(key, "")) for r in sheet.rows.values()):
        raise UsageError(f"`{cells.get(key, '')}` is taken.", "Give the new row an id that no other row has.")


def take_out_row(
    ws: Workspace, cycle: str, table: str, typed: Typed, said: str, when: datetime.datetime, *, path: Path | None = None
) -> Edit:
    """Take a row out, where it still is as it was shown."""
    file, sheet = open_table(ws, cycle, table, path)
    number = next((n for n, cells in sheet.rows.items() if digest_of_row(cells) == typed.seen), None)
    if number is None:
        raise UsageError("The row was changed meanwhile, so it was not taken out.", "Look at it again first.")
    return _written(ws, said, when, file, sheet, Change(number, None))


def _written(ws: Workspace, said: str, when: datetime.datetime, file: Path, sheet: Sheet, change: Change) -> Edit:
    there = file.is_file()
    return write(ws, said, when, {file: changed(sheet, [change])}, {file: sheet.content if there else None})
