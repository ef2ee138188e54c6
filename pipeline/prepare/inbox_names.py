"""Which name a document in the inbox had, and which form it came in: kept beside it, since its own name is a digest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from pipeline.files import write_whole

NAMES = "where-from.csv"
_COLUMNS = ("file", "name", "form", "respondent", "statement")
_RUN = ("=", "+", "-", "@", "\t", "'")


def remember(inbox: Path, found: Iterable[tuple[str, str, str, str, str]]) -> None:
    """Add documents (file, name, form, respondent, statement) to the list; those that are on it stay as they are."""
    rows = {row[0]: row for row in _rows(inbox)}
    before = dict(rows)
    for row in found:
        rows.setdefault(row[0], row)
    if rows == before:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_safe(cell) for cell in row] for _, row in sorted(rows.items()))
    write_whole(inbox / NAMES, text.getvalue().encode("utf-8"))


def name_of(file: Path) -> str:
    """The name that a document had before it came into the inbox; its own name where none is known."""
    return next((row[1] for row in _rows(file.parent) if row[0] == file.name and row[1]), file.name)


def _rows(inbox: Path) -> list[tuple[str, str, str, str, str]]:
    try:
        text = (inbox / NAMES).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    rows = ([*row, "", "", "", "", ""] for row in csv.reader(io.StringIO(text)) if row and row[0] != "file")
    return [(r[0], _plain(r[1]), _plain(r[2]), _plain(r[3]), _plain(r[4])) for r in rows]


def _safe(cell: str) -> str:
    """A name that a spreadsheet would run as a formula is marked as text."""
    line = " ".join(cell.split())
    return f"'{line}" if line.startswith(_RUN) else line


def _plain(cell: str) -> str:
    return cell.removeprefix("'")
