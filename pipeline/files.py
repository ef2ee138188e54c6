"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_HELD: set[Path] = set()
"""Locks of this run: a step inside a step does not wait for itself."""


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename, so that an interrupted run leaves the old file or the new one."""
    with written_whole(path) as file:
        file.write(content)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its place when all is written; where anything fails it is gone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as fault:
        raise _cannot_write(path, fault) from fault
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as fault:
        raise _cannot_write(path, fault) from fault
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Another run that wants the same waits for this one; the lock goes with the run, however it ends."""
    if fcntl is None or path in _HELD:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    except OSError as fault:
        raise _cannot_write(path, fault) from fault
    with lock:
        with suppress(OSError):  # a folder on a network may know no locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        _HELD.add(path)
        try:
            yield
        finally:
            _HELD.discard(path)


def _cannot_write(path: Path, fault: OSError) -> OutputError:
    return OutputError(
        f"{path.name} cannot be written: {fault.strerror or fault}.",
        f"Close it if it is open in another program, and see that {path.parent.name}/ can be written to.",
    )
