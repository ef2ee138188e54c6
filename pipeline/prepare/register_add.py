"""A new row of the evidence register: filled from the document's own properties, the rest asked of a person."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from pipeline.errors import UsageError
from pipeline.files import csv_text, plain_cell, possible_name, safe_cell, write_whole
from pipeline.inputs.dates import NotADate, read_date
from pipeline.inputs.register import next_id
from pipeline.inputs.suggest import ASSURANCE_LINES, KINDS, VISIBILITIES, did_you_mean, one_of, same, shown
from pipeline.inputs.tables import TABLES
from pipeline.office.properties import properties_of, title_from_name
from pipeline.prepare.register_file import append_row, register_ids
from pipeline.workspace import Workspace

NAMES = "where-from.csv"
_COLUMNS = ("file", "name", "form", "respondent", "statement", "sha256")


def remember(inbox: Path, found: Iterable[tuple[str, ...]]) -> None:
    """Add documents (file, name, form, respondent, statement, digest) to the list; the forms of today say it best."""
    rows = {row[0]: row for row in _rows(inbox)}
    before = dict(rows)
    rows |= {row[0]: row for row in found}
    if rows == before:
        return
    lines = ([safe_cell(" ".join(cell.split())) for cell in row] for _, row in sorted(rows.items()))
    write_whole(inbox / NAMES, csv_text([_COLUMNS, *lines]).encode("utf-8"))


def name_of(file: Path) -> str:
    """The name that a document had before it came into the inbox; its own name where none is known."""
    return next((row[1] for row in _rows(file.parent) if row[0] == file.name and row[1]), file.name)


def _rows(inbox: Path) -> list[tuple[str, ...]]:
    try:
        text = (inbox / NAMES).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    rows = [row for row in csv.reader(io.StringIO(text)) if row and row[0] != "file"]
    return [tuple(plain_cell(cell) for cell in [*row, *[""] * len(_COLUMNS)][: len(_COLUMNS)]) for row in rows]


RECEIVED = "received"
"""The folder in evidence/ where documents from outside it are put."""
QUESTIONS: Mapping[str, str] = {
    "id": "Id",
    "title": "Title, as it should be printed",
    "owner": "Owner (a role)",
    "dated": "Date of the document (year-month-day)",
    "review_by": "To be reviewed by (year-month-day; empty for minutes, letters, audits, surveys and engagement)",
    "visibility": f"Who may see it ({', '.join(VISIBILITIES)})",
    "kind": f"Kind ({', '.join(KINDS)})",
    "assurance_line": "Line of assurance (1 those who do the work, 2 oversight inside, 3 audit, regulator, partners)",
}
"""What is to be asked of a person, in this order; what the document says is the answer to begin with."""
_CHOICES = {"visibility": VISIBILITIES, "kind": KINDS, "assurance_line": ASSURANCE_LINES}
_TELLING_KINDS = (
    "minutes",
    "strategy",
    "policy",
    "audit",
    "survey",
    "letter",
    "contract",
    "dashboard",
    "plan",
    "report",
)
_UNSAFE = re.compile(r"[^\w.()&+, -]+")


def propose_register_row(ws: Workspace, file: Path, column_names: Mapping[str, str] | None = None) -> dict[str, str]:
    """A row for a document, with what it says of itself; what a person must say is empty."""
    if not file.is_file():
        raise UsageError(f"There is no file {file}.", "Name a document, for example evidence/strategy.pdf.")
    row = row_for(file, name_of(file), register_ids(ws, column_names or {}))
    return row | {"file": _place_of(ws, file, row["file"])}


def row_for(path: Path, name: str, ids: Iterable[str]) -> dict[str, str]:
    """The row of a document that was once called `name`."""
    said = properties_of(path)
    title = said.title or ("" if _is_digest(name) else title_from_name(name))
    row = dict.fromkeys(TABLES["register"].needed, "")
    words = set(re.findall(r"[a-z]+", title.casefold()))
    kind = next((kind for kind in _TELLING_KINDS if kind in words), "")
    return row | {
        "id": next_id(ids),
        "title": title,
        "file": f"{RECEIVED}/{safe_name(name, path.suffix)}",
        "dated": said.dated.isoformat() if said.dated else "",
        "kind": kind,
    }


def add_register_row(
    ws: Workspace, file: Path, row: Mapping[str, str], column_names: Mapping[str, str] | None = None
) -> tuple[Path, str]:
    """Append a row to the register, and put a document from outside evidence/ into it.

    Gives the register's path and the document's, relative to evidence/. Nothing is written where a value is wrong.
    """
    own = column_names or {}
    values = {key: value.strip() for key, value in row.items()}
    refuse_wrong(ws, {"id": "", "title": ""} | values, own)
    place = _place_of(ws, file, values.get("file", ""))
    target = ws.evidence / place
    if not (target.exists() and target.samefile(file)):
        _refuse_taken(target, file, place)
    register, content = append_row(ws, values | {"file": place}, own)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    write_whole(register, content)
    return register, place


def safe_name(name: str, suffix: str) -> str:
    """A file name that every system takes; a name that tells nothing, and a path, lose what is not theirs."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    own = PurePosixPath(stem).suffix
    stem = _UNSAFE.sub(" ", stem.removesuffix(own)).strip(" .")[:100]
    return possible_name(f"{stem or 'document'}{(own if own.casefold() == suffix.casefold() else suffix).lower()}")


def _is_digest(name: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}(\.\w+)?", name) is not None


def _place_of(ws: Workspace, file: Path, wished: str) -> str:
    """Where a document will stand, relative to evidence/: where it lies, unless that is the inbox or elsewhere."""
    inside = file.resolve()
    evidence = ws.evidence.resolve()
    if inside.is_relative_to(evidence) and inside.relative_to(evidence).parts[0] != "inbox":
        return inside.relative_to(evidence).as_posix()
    place = wished or f"{RECEIVED}/{safe_name(file.name, file.suffix)}"
    if not (evidence / place).resolve().is_relative_to(evidence) or PurePosixPath(place).parts[:1] == ("inbox",):
        raise UsageError(f"`{shown(place)}` is not a place in evidence/.", "Give a path inside it, not in the inbox.")
    return PurePosixPath(place).as_posix()


def _refuse_taken(target: Path, file: Path, place: str) -> None:
    if target.exists() and _digest(target) != _digest(file):
        raise UsageError(
            f"There is another document at evidence/{place} already.",
            "Give this one another name, or register that one.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refuse_wrong(ws: Workspace, row: Mapping[str, str], column_names: Mapping[str, str]) -> None:
    """Raise for the first value of a row, or of a part of one, that the register cannot take."""
    for needed in ("id", "title"):
        if needed in row and not row[needed].strip():
            raise UsageError(
                f"The {needed} is empty.", f'Every row needs one; it can be given as --set {needed}="...".'
            )
    wanted = same(row.get("id", ""))
    if wanted and (taken := next((i for i in register_ids(ws, column_names) if same(i) == wanted), None)):
        raise UsageError(f"The id `{taken}` is taken.", "Give the document an id that no other row has.")
    for column, allowed in _CHOICES.items():
        value = row.get(column, "").strip()
        if value and value not in allowed:
            raise UsageError(
                f"`{shown(value)}` is not a {column.replace('_', ' ')}.",
                f"{did_you_mean(value, allowed)}It is one of {one_of(allowed)}.",
            )
    for column in ("dated", "review_by"):
        read = read_date(row[column].strip()) if row.get(column, "").strip() else None
        if isinstance(read, NotADate):
            raise UsageError(read.message, read.remedy)
