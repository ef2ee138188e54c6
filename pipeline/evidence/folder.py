"""The evidence folder: where a register row's file lies, whether its path stays inside, and what nobody registered."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.workspace import Workspace, is_ignored

AWAY = re.compile(r"^(?:[A-Za-z]:|/|[A-Za-z][A-Za-z0-9+.-]+://)")


@dataclass(frozen=True)
class Located:
    """A register row's file: where it is, or why it is not looked at."""

    path: Path | None = None
    name: str = ""
    """Relative to evidence/, as it is spelt on the disk."""
    size: int = 0
    mtime_ns: int = 0
    missing: bool = False
    outside: bool = False
    fault: str = ""


def locate(evidence: Path, file: str) -> Located:
    """Where `file` of the register lies. Nothing is opened."""
    written = file.replace("\\", "/").strip()
    if leaves(written):
        return Located(outside=True)
    parts = [part for part in PurePosixPath(written).parts if part != "."]
    try:
        path = _spelt(evidence, parts)
        if not path.resolve().is_relative_to(evidence.resolve()):
            return Located(outside=True, name=path.relative_to(evidence).as_posix())
        return _looked_at(path, path.relative_to(evidence).as_posix())
    except RuntimeError:
        return Located(fault="it is a link that leads round in a circle")
    except (OSError, ValueError):
        return Located(missing=True)


def leaves(written: str) -> bool:
    """Whether a path, by its letters alone, goes out of the evidence folder."""
    if AWAY.match(written):
        return True
    depth = 0
    for part in written.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part.strip(), 1)
        if depth < 0:
            return True
    return False


def _spelt(evidence: Path, parts: Iterable[str]) -> Path:
    """The path as the disk spells it: `é` may be one letter or two."""
    path = evidence
    for part in parts:
        if part == "..":
            path = path.parent
            continue
        if not os.path.lexists(path / part) and path.is_dir():
            names = (entry.name for entry in path.iterdir())
            part = min((name for name in names if _composed(name.strip()) == _composed(part.strip())), default=part)
        path = path / part
    return path


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _looked_at(path: Path, name: str) -> Located:
    try:
        seen = path.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Located(fault="it is a link that leads round in a circle")
        return Located(missing=True)
    if stat.S_ISDIR(seen.st_mode):
        return Located(name=name, fault="it is a folder, not a file")
    if not stat.S_ISREG(seen.st_mode):
        return Located(name=name, fault="it is not a file but a device or pipe")
    return Located(path, name, seen.st_size, seen.st_mtime_ns)


def unregistered(ws: Workspace, known: Iterable[str]) -> tuple[str, ...]:
    """Files in evidence/ that no register row names, relative to the workspace. inbox/ is not looked at."""
    names = {_composed(name) for name in known}
    found = []
    for folder, folders, files in os.walk(ws.evidence):
        inside = Path(folder).relative_to(ws.evidence)
        at_top = inside == Path()
        folders[:] = sorted(f for f in folders if not (is_ignored(f) or (at_top and f == "inbox")))
        for file in sorted(files):
            name = (inside / file).as_posix()
            if is_ignored(file) or at_top and Path(file).stem == "register" or _composed(name) in names:
                continue
            found.append(ws.relative(Path(folder) / file))
    return tuple(sorted(found))


Known = Mapping[str, tuple[int, int, str]]
"""Path relative to the workspace -> size, time in nanoseconds, sha256."""


def digest(path: Path) -> str:
    """The sha256 of a plain file; empty if it cannot be read."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return ""
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def digest_of(located: Located, known: Known, key: str, always: bool) -> str:
    """The digest of a located file, taken from what is known where size and time are the same."""
    assert located.path is not None
    kept = known.get(key)
    if not always and kept is not None and kept[:2] == (located.size, located.mtime_ns):
        return kept[2]
    return digest(located.path)
