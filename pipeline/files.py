"""Writing: a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError


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


def _cannot_write(path: Path, fault: OSError) -> OutputError:
    return OutputError(
        f"{path.name} cannot be written: {fault.strerror or fault}.",
        f"Close it if it is open in another program, and see that {path.parent.name}/ can be written to.",
    )
