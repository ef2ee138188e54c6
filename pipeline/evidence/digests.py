"""The digest of each copy; an unchanged file costs a look at its size and time."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from pipeline.evidence.folder import Located

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
