"""Writing: a file is there whole or not at all, under a name that every system can hold."""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

import msgspec

from pipeline.errors import OutputError

PATIENCE = 1800
"""Seconds that a run waits for another: longer than the longest takes."""
HELD_FOR = (0.05, 0.2, 0.5)
"""Seconds between tries to replace a file that another program holds."""
OPENS = {".docx": "Word", ".xlsx": "Excel", ".csv": "Excel", ".pdf": "the PDF reader", ".html": "the browser"}
KNOWS_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EINVAL, errno.EOPNOTSUPP)
"""What some folders on a network answer: there a run goes on without a lock."""


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
        _put(temporary, path)
    except OSError as fault:
        raise cannot_write(path, fault) from fault
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    """Into its place; a program that looks for viruses or copies to the cloud may hold the old one for a moment."""
    for wait in HELD_FOR:
        with suppress(PermissionError):
            temporary.replace(path)
            return
        time.sleep(wait)
    temporary.replace(path)


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
    """Another run or thread that wants the same waits for this one; the lock goes with the run, however it ends.

    A step inside a step does not wait for itself.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, is_singleton=True, fallback_to_soft=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=PATIENCE)
    except Timeout as late:
        raise OutputError(
            f"Another run of boardpack has been at work in {path.parent.name} for {PATIENCE // 60} minutes.",
            "Wait until it has ended, or close its window; then give the command again.",
        ) from late
    except OSError as fault:
        if fault.errno not in KNOWS_NO_LOCKS:
            raise cannot_write(path.parent, fault) from fault
    try:
        yield
    finally:
        lock.release()


@contextmanager
def one_desk_at_a_time(path: Path) -> Iterator[bool]:
    """True while the lock is ours; False, at once, where another holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, fallback_to_soft=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    except OSError as fault:
        if fault.errno not in KNOWS_NO_LOCKS:
            raise cannot_write(path.parent, fault) from fault
    try:
        yield True
    finally:
        lock.release()


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
    if path.is_file() and fault.errno in (errno.EACCES, errno.EPERM, errno.EBUSY):
        return OutputError(
            f"{path.name} cannot be written: it is open in another program, or you may not change it.",
            f"{close(path)}, then give the command again.",
        )
    return OutputError(
        f"{path.name} cannot be written: {fault.strerror or fault}.",
        f"Close it if it is open in another program, and see that {path.parent.name}/ can be written to.",
    )


def close(path: Path) -> str:
    """What a person does with a file that is open: `Close it in Word`."""
    return f"Close it in {OPENS.get(path.suffix.lower(), 'the other program')}"


_NOT_IN_NAMES = re.compile(r'[<>:"/|?*\\\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*", re.IGNORECASE)
"""Names of devices, whatever ending follows them."""
LONGEST_NAME = 80


def possible_name(name: str) -> str:
    """The name of a file or folder as Windows can hold it, too: the same, wherever that can."""
    name = _NOT_IN_NAMES.sub("_", name)
    if name != name.rstrip(". "):
        name = f"{name.rstrip('. ')}_"
    stem, dot, rest = name.partition(".")
    if _RESERVED.fullmatch(stem):
        name = f"{stem.rstrip()}_{dot}{rest}"
    if name_length(name) > LONGEST_NAME:
        ending = PurePosixPath(name).suffix[:10]
        name = f"{_cut(name.removesuffix(ending), LONGEST_NAME - len(ending) - 1)}_{ending}"
    return name


def name_length(name: str) -> int:
    """How long Windows takes a name to be."""
    return len(name.encode("utf-16-le", "surrogatepass")) // 2


def _cut(name: str, most: int) -> str:
    while name_length(name) > most:
        name = name[:-1]
    return name.rstrip(". ")


# A spreadsheet runs a cell that begins with one of these; the wide forms are what some keyboards type.
_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\0")
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for people to open: UTF-8 with its mark, so that Excel reads every letter right and runs no cell."""
    text = csv_text([columns, *([safe_cell(cell) for cell in row] for row in rows)], "\r\n")
    return text.encode("utf-8-sig", "replace")


def csv_text(rows: Iterable[Iterable[str]], line_end: str = "\n") -> str:
    """Rows as CSV, each cell letter for letter: for what is read again as an input, and would not be it otherwise."""
    table = io.StringIO(newline="")
    csv.writer(table, lineterminator=line_end).writerows(rows)
    return table.getvalue()


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it; a number is none of these."""
    return f"'{text}" if _runs(text) and not _NUMBER.fullmatch(text) else text


def plain_cell(text: str) -> str:
    """The text that `safe_cell` was given."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    return text.lstrip(" '").startswith(_RUN_AS_FORMULA)


def as_json(value: object, order: Literal["sorted"] | None = None) -> bytes:
    """Any of our records as JSON, indented for people, the same to the last byte for the same record."""
    return msgspec.json.format(as_compact_json(value, order), indent=1) + b"\n"


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
