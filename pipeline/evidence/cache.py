"""Page texts by content digest and reader version: one file a document, written beside and renamed."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.errors import OutputError
from pipeline.evidence.pages import Reading
from pipeline.files import as_compact_json, written_whole

Record = TypeVar("Record")


class TextCache:
    """The kept texts below one folder; `None` keeps nothing."""

    def __init__(self, folder: Path | None, version: str) -> None:
        self._folder, self._version = folder, version

    def reading(self, digest: str, kind: str) -> Reading | None:
        """What is kept of a document, perhaps not all of its pages."""
        return self.load(digest, kind, Reading)

    def keep(self, digest: str, reading: Reading) -> None:
        """Add pages to what is kept of a document."""
        before = self.reading(digest, reading.kind)
        pages = {**(before.pages if before else {}), **reading.pages}
        self.store(digest, reading.kind, replace(reading, pages=dict(sorted(pages.items()))))

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


LIBRARIES = ("lxml", "pypdf", "pypdfium2", "python-pptx", "rapidfuzz")


@cache
def reading_version() -> str:
    """A short digest over the code and the libraries that documents are read with."""
    whole = hashlib.sha256()
    rooms = Path(__file__).parent, Path(__file__).parent.parent / "office"
    for path in (p for room in rooms for p in sorted(room.rglob("*.py"))):
        whole.update(path.read_bytes())
    for name in LIBRARIES:
        whole.update(f"{name} {_installed(name)}\n".encode())
    return whole.hexdigest()[:12]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
