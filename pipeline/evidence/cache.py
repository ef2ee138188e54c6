"""Page texts by content digest and reader version: one file a document, written beside and renamed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline.evidence.pages import Page, Reading


class TextCache:
    """The kept texts below one folder; `None` keeps nothing."""

    def __init__(self, folder: Path | None, version: str) -> None:
        self._folder, self._version = folder, version

    def reading(self, digest: str, kind: str) -> Reading | None:
        """What is kept of a document, perhaps not all of its pages."""
        kept = self.load(digest, kind)
        if kept is None:
            return None
        try:
            pages = {page["number"]: _page_from(page) for page in kept["pages"]}
            return Reading(kind, kept["count"], pages, kept["paged"], tuple(kept["remarks"]), kept["elsewhere"])
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, digest: str, reading: Reading) -> None:
        """Add pages to what is kept of a document."""
        before = self.reading(digest, reading.kind)
        pages = {**(before.pages if before else {}), **reading.pages}
        listed = [asdict(pages[n]) for n in sorted(pages)]
        record = {
            "count": reading.count,
            "paged": reading.paged,
            "remarks": reading.remarks,
            "elsewhere": reading.elsewhere,
            "pages": listed,
        }
        self.store(digest, reading.kind, record)

    def load(self, digest: str, name: str) -> dict[str, Any] | None:
        """A kept record, or None."""
        path = self._path(digest, name)
        if path is None:
            return None
        try:
            kept = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return kept if isinstance(kept, dict) else None

    def store(self, digest: str, name: str, record: dict[str, Any]) -> None:
        """Write a record beside its place and rename it; a library that cannot be written costs time, nothing else."""
        path = self._path(digest, name)
        if path is None:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
                    json.dump(record, stream, ensure_ascii=False, sort_keys=True)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise

    def _path(self, digest: str, name: str) -> Path | None:
        if self._folder is None or not digest:
            return None
        return self._folder / digest[:2] / f"{digest}.{name}.{self._version}.json"


def _page_from(record: dict[str, Any]) -> Page:
    unseen = tuple((why, text) for why, text in record["unseen"])
    return Page(**{**record, "unseen": unseen, "also": tuple(record["also"])})


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
