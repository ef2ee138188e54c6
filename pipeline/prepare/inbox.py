"""Documents dropped into forms or attached to messages: taken out, proposed as register rows, registered by people."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.evidence.readers.mail import attachments
from pipeline.files import write_whole
from pipeline.forms.embedded import Embedded, embedded_documents, files_by_digest
from pipeline.forms.waiting import action_lines, unplaced_actions
from pipeline.inputs.editing import empty_sheet, open_sheet, with_row
from pipeline.inputs.suggest import same
from pipeline.inputs.tables import TABLES, find_table
from pipeline.model import Case, ProposedAction
from pipeline.office.sources import listed, office_package, read_bytes
from pipeline.prepare.register_add import NAMES, name_of, remember, row_for, safe_name
from pipeline.workspace import Workspace

MESSAGES = (".eml", ".msg")
_GENERIC = re.compile(r"(oleObject|Microsoft_|image|package|Object |[0-9A-F]{20})", re.I)
"""Names that Office and LibreOffice give to what is dropped into a form."""


@dataclass(frozen=True)
class Proposal:
    """A document that waits in the inbox, and the register row that is proposed for it."""

    path: Path
    """In evidence/inbox/, under a name that people can read."""
    name: str
    """The name that it had in the form."""
    sha256: str
    row: Mapping[str, str]
    """The proposed row; what a person must say is empty."""
    form: str = ""
    respondent: str = ""
    statement: str | None = None
    registered: str = ""
    """The id of the register row that has this very content already; nothing is to be done then."""


@dataclass(frozen=True)
class LeftInForm:
    """An embedded thing that was not taken out, and why."""

    form: str
    respondent: str
    statement: str | None
    name: str
    reason: str


@dataclass(frozen=True)
class InboxReport:
    """What was found in the returned forms of a cycle."""

    proposals: tuple[Proposal, ...]
    left: tuple[LeftInForm, ...]
    actions: tuple[tuple[str, ProposedAction], ...]
    """Respondent and action, for those written into forms that actions.csv does not have."""
    action_rows: tuple[str, ...] = ()
    """The same as lines to paste into actions.csv, the headings first."""


def inbox(ws: Workspace, case: Case) -> InboxReport:
    """Take embedded documents out of the returned forms, and propose rows for all that waits in the inbox."""
    folder = ws.evidence / "inbox"
    known, waiting = _registered(ws, case), files_by_digest(folder)
    proposals: dict[str, Proposal] = {}
    left: list[LeftInForm] = []
    ids = [d.id for d in case.register]
    for form, respondent, document in _found(ws, case):
        if document.fault:
            left.append(LeftInForm(form, respondent, document.statement, document.name, document.fault))
        elif known_one := proposals.get(document.sha256):
            lay = [*(known_one.statement or "").split("; "), document.statement or ""]
            proposals[document.sha256] = replace(
                known_one, statement="; ".join(dict.fromkeys(filter(None, lay))) or None
            )
        else:
            path = waiting.get(document.sha256) or folder / _free_name(document, respondent, waiting.values())
            if document.sha256 not in waiting:
                write_whole(path, document.content)
                waiting[document.sha256] = path
            proposal = Proposal(path, document.name, document.sha256, {}, form, respondent, document.statement)
            proposals[document.sha256] = replace(proposal, registered=known.get(document.sha256, ""))
    remember(
        folder,
        ((p.path.name, p.name, p.form, p.respondent, p.statement or "", p.sha256) for p in proposals.values()),
    )
    for path in listed(folder):
        if path.name == NAMES or not path.is_file():
            continue
        digest = _digest(path)
        proposals.setdefault(digest, Proposal(path, name_of(path), digest, {}, registered=known.get(digest, "")))
    actions = unplaced_actions(case.forms, case.actions)
    lines = action_lines([action for _, action in actions], case.actions, case.framework)
    return InboxReport(tuple(_with_rows(proposals.values(), ids)), tuple(left), actions, lines)


def accept_actions(ws: Workspace, case: Case, found: InboxReport) -> tuple[Path, int]:
    """The proposed actions as rows at the end of the action plan; nothing else in it changes. Its path, how many."""
    own, columns = case.assessment.column_names.get("actions", {}), TABLES["actions"]
    folder = ws.cycle_folder(case.assessment.cycle)
    path = find_table(ws, folder, "actions") or folder / "actions.csv"
    content = read_bytes(ws, path) if path.is_file() else None
    rows = list(csv.DictReader(found.action_rows))
    for row in rows:
        file = ws.relative(path)
        sheet = empty_sheet(file, columns) if content is None else open_sheet(content, file, columns, own)
        content = with_row(sheet, row)
    if content is not None and rows:
        write_whole(path, content)
    return path, len(rows)


def _free_name(document: Embedded, respondent: str, taken: Iterable[Path]) -> str:
    """A name that people can read: the document's own, or where it came from; made unique."""
    own = "" if _GENERIC.match(document.name) else document.name
    came = f"from {respondent}{f' at {document.statement}' if document.statement else ''}{document.suffix}"
    name = Path(safe_name(own or came, document.suffix))
    others, number, free = {NAMES, *(path.name.casefold() for path in taken)}, 1, name.name
    while free.casefold() in others:
        number += 1
        free = f"{name.stem} ({number}){name.suffix}"
    return free


def _found(ws: Workspace, case: Case) -> Iterator[tuple[str, str, Embedded]]:
    statements = {same(s.id): s.id for s in case.framework.statements}
    for file, respondent in ((file, form.respondent) for form in case.forms for file in form.files):
        if not file.lower().endswith(".csv"):
            content = read_bytes(ws, ws.root / file)
            try:
                office_package(content, file, "Office file")
            except InputError:
                continue
            for document in embedded_documents(content, statements):
                yield file, respondent, document
    yield from _attached(ws, case)


def _attached(ws: Workspace, case: Case) -> Iterator[tuple[str, str, Embedded]]:
    """What is attached to e-mails that are registered or wait in the inbox."""
    registered = [ws.evidence / document.file for document in case.register]
    for path in dict.fromkeys([*registered, *listed(ws.evidence / "inbox")]):
        if path.suffix.lower() in MESSAGES and path.is_file() and path.resolve().is_relative_to(ws.evidence.resolve()):
            for name, content in attachments(path):
                yield ws.relative(path), "", Embedded(name, content, Path(name).suffix.lower() or ".bin")


def _with_rows(proposals: Iterable[Proposal], ids: list[str]) -> Iterator[Proposal]:
    for proposal in proposals:
        row = row_for(proposal.path, proposal.name, ids)
        ids = [*ids, row["id"]] if not proposal.registered else ids
        yield replace(proposal, row={} if proposal.registered else row)


def _registered(ws: Workspace, case: Case) -> dict[str, str]:
    """Digest -> id of every registered document that is there."""
    known = {}
    for document in reversed(case.register):
        copy = case.copies.get(document.id)
        digest = copy.sha256 if copy and copy.sha256 else _digest_inside(ws, document.file)
        if digest:
            known[digest] = document.id
    return known


def _digest_inside(ws: Workspace, file: str) -> str:
    path = (ws.evidence / file).resolve()
    return _digest(path) if file and path.is_file() and path.is_relative_to(ws.evidence.resolve()) else ""


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
