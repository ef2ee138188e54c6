"""What was read from a file, kept by its digest and by the code that read it: one small file a record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import OutputError
from pipeline.files import as_compact_json, written_whole

Record = TypeVar("Record")


class Cache:
    """The kept records below one folder; `None` keeps nothing."""

    def __init__(self, folder: Path | None, version: str) -> None:
        self._folder, self._version = folder, version

    def load(self, digest: str, name: str, of: type[Record]) -> Record | None:
        """A kept record, or None where there is none or it is damaged."""
        path = self._path(digest, name)
        if path is None:
            return None
        try:
            return msgspec.json.decode(path.read_bytes(), type=of)
        except (OSError, msgspec.MsgspecError, RecursionError):
            return None

    def store(self, digest: str, name: str, record: object) -> None:
        """Keep a record; a folder that cannot be written to costs time, nothing else."""
        path = self._path(digest, name)
        if path is not None:
            with suppress(OutputError), written_whole(path, lasting=False) as file:
                file.write(as_compact_json(record))

    def _path(self, digest: str, name: str) -> Path | None:
        if self._folder is None or not digest:
            return None
        return self._folder / digest[:2] / f"{digest}.{name}.{self._version}.json"


@cache
def code_version(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """A short digest over the code of some rooms, and the libraries that they read with."""
    whole = hashlib.sha256()
    for path in _code(rooms):
        whole.update(path.read_bytes())
    for name in libraries:
        whole.update(f"{name} {installed_version(name)}\n".encode())
    return whole.hexdigest()[:12]


def _code(rooms: tuple[str, ...]) -> Iterable[Path]:
    package = Path(__file__).parent.parent
    for room in rooms:
        yield from sorted((package / room).rglob("*.py")) if (package / room).is_dir() else [package / f"{room}.py"]


def installed_version(name: str) -> str:
    """The version of a package; empty where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
