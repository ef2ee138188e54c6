"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from pipeline.errors import OutputError

_HELD: set[tuple[Path, int]] = set()
"""Locks with the thread that holds them: a step inside a step does not wait for itself."""


def write_whole(path: Path, content: bytes) -> None:
    """Write beside and rename, so that an interrupted run leaves the old file or the new one."""
    with written_whole(path) as file:
        file.write(content)


@contextmanager
def written_whole(path: Path, *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """A file to write into, which takes its place when all is written; where anything fails it is gone.

    What need not be `lasting` (it can be made again) is not waited for until it is on the disk.
    """
    refuse_read_only(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    finally:
        temporary.unlink(missing_ok=True)


def refuse_read_only(path: Path) -> None:
    """Stop before a file that somebody marked as read-only would be replaced: the folder alone would allow it."""
    try:
        marked = not path.stat().st_mode & stat.S_IWRITE
    except OSError:
        return
    if marked:
        raise OutputError(
            f"{path.parent.name}/{path.name} is marked as read-only. It was not overwritten.",
            "Keep it under another name or in another folder, or take the mark away; then give the command again.",
        )


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Another run or thread that wants the same waits for this one; the lock goes with the run, however it ends."""
    mine = (path, threading.get_ident())
    if mine in _HELD:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("ab")
    except OSError as fault:
        raise cannot_write(path.parent, fault) from fault
    with lock:
        with suppress(OSError):  # a folder on a network may know no locks
            _wait_for(lock.fileno())
        _HELD.add(mine)
        try:
            yield
        finally:
            _HELD.discard(mine)


if sys.platform == "win32":
    import msvcrt

    def _wait_for(handle: int) -> None:
        """Wait until no other run holds the file; it is let go when it is closed."""
        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
            except OSError as fault:  # it gives up after ten seconds
                if fault.errno != errno.EDEADLK:
                    raise
            else:
                return

else:
    import fcntl

    def _wait_for(handle: int) -> None:
        """Wait until no other run holds the file; it is let go when it is closed."""
        fcntl.flock(handle, fcntl.LOCK_EX)


def cannot_write(path: Path, fault: OSError) -> OutputError:
    """Why a file or folder cannot be written, and what to do."""
    if fault.errno in (errno.ENOSPC, errno.EDQUOT):
        return OutputError(
            f"{path.name} cannot be written: the disk is full.", "Make room on the disk, and run it again."
        )
    if fault.errno == errno.EROFS:
        return OutputError(
            f"{path.name} cannot be written: nothing can be written where it lies.",
            "Copy the whole workspace to a folder that you may write to, and work there.",
        )
    return OutputError(
        f"{path.name} cannot be written: {fault.strerror or fault}.",
        f"Close it if it is open in another program, and see that {path.parent.name}/ can be written to.",
    )


def as_json(value: object) -> bytes:
    """Any of our records as JSON, indented for people, the same to the last byte for the same record."""
    return msgspec.json.format(as_compact_json(value), indent=1) + b"\n"


def as_compact_json(value: object, order: Literal["sorted"] | None = None) -> bytes:
    """The same on one line. Half of a character, as names and cells may hold, becomes the mark for a lost letter."""
    try:
        return msgspec.json.encode(value, order=order)
    except UnicodeEncodeError:
        return msgspec.json.encode(_whole(msgspec.to_builtins(value)), order=order)


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(entry) for key, entry in value.items()}
    return [_whole(entry) for entry in value] if isinstance(value, list | tuple) else value
