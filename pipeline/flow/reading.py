"""Documents to look at and to take in: their pages as pictures, the words on them, new ones with their register row."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pipeline.dossier.views import CitationView, DocumentView, Dossier
from pipeline.errors import UsageError
from pipeline.evidence.folder import locate
from pipeline.evidence.pictures import find_on_page, page_picture, page_words
from pipeline.evidence.sniff import NAMES
from pipeline.flow.edits import Edit, write
from pipeline.flow.preparing import register_columns
from pipeline.inputs.scan import digest_of
from pipeline.inputs.tables import find_table
from pipeline.model import Mark
from pipeline.office.sources import listed, read_bytes
from pipeline.prepare.register_add import RECEIVED, name_of, row_for, safe_name
from pipeline.prepare.register_file import append_row, register_ids
from pipeline.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["page_picture", "page_words"]


@dataclass(frozen=True)
class Leaf:
    """One page of a document, as the desk shows it."""

    document: DocumentView
    page: int
    of: int
    """How many pages it has; 0 where it has none that a reader shows with numbers."""
    marks: Sequence[Mark] = ()
    nearest: bool = False
    """Whether the words marked are only near to those that were looked for."""


def leaf_of(ws: Workspace, document: DocumentView, page: int, cited: CitationView | None) -> Leaf:
    """A page, with the words of a citation marked where they stand on it."""
    of = (document.pages or 0) if document.file.lower().endswith(".pdf") else 0
    page = min(max(page, 1), of) if of else 0
    if cited is None or not page:
        return Leaf(document, page, of)
    marks = [m for m in cited.marks if m.page == page]
    if not marks and cited.nearest and cited.nearest_page == page:
        near = [m for m in find_on_page(ws, document.file, page, cited.nearest) if m.page == page]
        return Leaf(document, page, of, near, bool(near))
    return Leaf(document, page, of, marks)


def document_of(dossier: Dossier, identity: str) -> DocumentView | None:
    """The document of an id."""
    return next((d for d in dossier.documents if d.id == identity), None)


def first_page(cited: CitationView) -> int:
    """The page to open for a citation: where its words stand, else where the nearest do, else the one cited."""
    first = cited.page_cited.partition("-")[0]
    return cited.page_found or cited.nearest_page or (int(first) if first.isdecimal() else 1)


def file_of(ws: Workspace, document: DocumentView) -> Path | None:
    """Where the document lies, if it does lie in evidence/."""
    return locate(ws.evidence, document.file).path if document.file else None


def take_in(ws: Workspace, name: str, content: bytes, when: datetime.datetime) -> tuple[Edit, str]:
    """A document into evidence/, with a row of the register filled from its own properties; gives the row's id."""
    name = PurePosixPath(name.replace("\\", "/")).name
    if not content:
        raise UsageError(f"{name or 'The file'} is empty.", "Choose the document itself.")
    suffix = Path(name).suffix.lower()
    if suffix.lstrip(".") not in NAMES:
        raise UsageError(f"{name}: no document ends in {suffix or 'nothing'}.", "Choose a PDF, Word or other document.")
    columns = register_columns(ws)
    _refuse_twice(ws, content, name)
    waiting = ws.desk / "incoming" / safe_name(name, suffix)
    waiting.parent.mkdir(parents=True, exist_ok=True)
    waiting.write_bytes(content)
    try:
        row = row_for(waiting, name, register_ids(ws, columns))
    finally:
        waiting.unlink(missing_ok=True)
    target = _free(ws.evidence / row["file"])
    row = {**row, "file": f"{RECEIVED}/{target.name}", "title": row["title"] or target.stem, "visibility": "internal"}
    register = find_table(ws, ws.evidence, "register")
    seen = read_bytes(ws, register) if register else None
    path, new = append_row(ws, row, columns)
    edit = write(ws, f"{row['id']} taken in: {target.name}", when, {target: content, path: new}, {path: seen})
    return edit, row["id"]


def take_from_inbox(ws: Workspace, name: str, when: datetime.datetime) -> tuple[Edit, str]:
    """A document that waits in the inbox registered, under the name that it had; it stays there until then."""
    waiting = next((p for p in listed(ws.evidence / "inbox") if p.name == name and p.is_file()), None)
    if waiting is None:
        raise UsageError("It is no longer in the inbox.", "Look into the forms again.")
    return take_in(ws, name_of(waiting), waiting.read_bytes(), when)


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _refuse_twice(ws: Workspace, content: bytes, name: str) -> None:
    """Stop where the very same document lies in evidence/ already; the inbox does not count."""
    wanted, inbox = hashlib.sha256(content).hexdigest(), ws.evidence / "inbox"
    files = (p for p in ws.evidence.rglob("*") if p.is_file() and not p.is_symlink() and inbox not in p.parents)
    same = next((p for p in files if p.stat().st_size == len(content) and digest_of(p) == wanted), None)
    if same:
        raise UsageError(f"{name} is here already: {ws.relative(same)}.", "Look for it in the register.")
