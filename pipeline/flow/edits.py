"""Files changed by hand through the desk: written whole, never over what somebody else changed, and undone again."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.errors import PipelineError, UsageError
from pipeline.files import as_json, one_at_a_time, write_whole
from pipeline.workspace import Workspace

KEPT = 50
LARGEST = 20_000_000
"""Bytes of a file that is kept for undoing; a document that is larger can be put in again."""


class ChangedMeanwhileError(PipelineError):
    """A file is not as it was when the page was shown: it was changed in another window, by a colleague, by a sync."""


@dataclass(frozen=True)
class Before:
    """A file as it was before an edit, and what it was after it."""

    content: str | None
    """In base 64; None where there was no file, or it is not kept."""
    after: str
    """SHA-256; empty where the edit took the file away."""
    there: bool = True
    """Whether there was a file before."""


@dataclass(frozen=True)
class Edit:
    """One edit, in words, with all that is needed to undo it."""

    number: int
    words: str
    when: datetime.datetime
    files: Mapping[str, Before] = field(default_factory=dict)
    undone: bool = False


def write(
    ws: Workspace,
    words: str,
    when: datetime.datetime,
    new: Mapping[Path, bytes | None],
    seen: Mapping[Path, bytes | None],
) -> Edit:
    """Write files whole (None takes one away), where each still is as it was `seen`; note how to undo it."""
    with one_at_a_time(ws.desk / "edits.lock"):
        for path in new:
            refuse_outside(ws, path)
            if _content(path) != seen.get(path):
                raise ChangedMeanwhileError(
                    f"{ws.relative(path)} was changed by somebody else while you were at work on it.",
                    "Nothing was overwritten. Look at it again, and make your change once more.",
                )
        files = {ws.relative(path): _before(seen.get(path), content) for path, content in new.items()}
        edit = Edit(_next_number(ws), words, when, files)
        # Noted first: an edit that was stopped in between is seen by its files not being as it left them.
        _note(ws, edit)
        for path, content in new.items():
            _put(path, content)
        for old in _numbers(ws)[:-KEPT]:
            _file(ws, old).unlink(missing_ok=True)
    return edit


def _before(seen: bytes | None, content: bytes | None) -> Before:
    kept = None if seen is None or len(seen) > LARGEST else base64.b64encode(seen).decode()
    return Before(kept, "" if content is None else _digest(content), seen is not None)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    mode = path.stat().st_mode & 0o777 if path.is_file() else None
    write_whole(path, content)
    if mode is not None:
        path.chmod(mode)


def refuse_outside(ws: Workspace, path: Path) -> None:
    """Stop before anything outside the workspace would be written, by whatever name or link."""
    root = ws.root.resolve()
    if not path.resolve().is_relative_to(root) or path.is_symlink():
        raise UsageError(
            f"{path.name} does not lie in this workspace, or is a link.",
            "The desk writes only into the folder that it was started for. Put the file itself there.",
        )


def listed(ws: Workspace) -> list[tuple[Edit, str]]:
    """The last edits, the newest first, each with why it cannot be undone (empty where it can)."""
    return [(edit, _why_not(ws, edit)) for edit in _edits(ws) if _was_made(ws, edit)]


def undo(ws: Workspace, number: int, when: datetime.datetime) -> Edit:
    """Put back what an edit changed; itself an edit, so that it can be undone as well."""
    edit = next((e for e in _edits(ws) if e.number == number), None)
    if edit is None:
        raise UsageError("This edit is no longer kept.", f"The last {KEPT} are.")
    if why := _why_not(ws, edit):
        raise UsageError(f"This cannot be undone: {why}.", "Make the change by hand.")
    new = {ws.root / name: _old(before) for name, before in edit.files.items()}
    seen = {path: _content(path) for path in new}
    _note(ws, Edit(edit.number, edit.words, edit.when, edit.files, undone=True))
    return write(ws, f"Undone: {edit.words}", when, new, seen)


def _old(before: Before) -> bytes | None:
    return None if before.content is None else base64.b64decode(before.content)


def _why_not(ws: Workspace, edit: Edit) -> str:
    if edit.undone:
        return "it was undone already"
    for name, before in edit.files.items():
        if before.there and before.content is None:
            return f"{name} was too large to be kept"
        content = _content(ws.root / name)
        if ("" if content is None else _digest(content)) != before.after:
            return f"{name} was changed again since then"
    return ""


def _was_made(ws: Workspace, edit: Edit) -> bool:
    """Not one that was noted and then stopped before anything was written."""
    then = {name: _old(before) for name, before in edit.files.items()}
    unmade = all(_content(ws.root / name) == content for name, content in then.items())
    return edit.undone or not (unmade and edit.number == max(_numbers(ws)))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _file(ws: Workspace, number: int) -> Path:
    return ws.desk / "edits" / f"{number:07}.json"


def _numbers(ws: Workspace) -> list[int]:
    folder = ws.desk / "edits"
    names = (p.name for p in folder.iterdir()) if folder.is_dir() else ()
    return sorted(int(name[:-5]) for name in names if re.fullmatch(r"\d{7}\.json", name))


def _next_number(ws: Workspace) -> int:
    last = max(_numbers(ws), default=0)
    stopped = next((e for e in _edits(ws)[:1] if e.number == last and not _was_made(ws, e)), None)
    return last if stopped else last + 1


def _note(ws: Workspace, edit: Edit) -> None:
    write_whole(_file(ws, edit.number), as_json(edit))


def _edits(ws: Workspace) -> list[Edit]:
    found = []
    for number in reversed(_numbers(ws)):
        try:
            found.append(msgspec.json.decode(_file(ws, number).read_bytes(), type=Edit))
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            continue
    return found
