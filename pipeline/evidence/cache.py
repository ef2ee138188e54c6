"""Page texts by content digest and reader version: one file a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.evidence.jobs import reading_version
from pipeline.evidence.pages import Reading
from pipeline.office.cache import Cache


class TextCache(Cache):
    """The kept texts below one folder; `None` keeps nothing."""

    def reading(self, digest: str, kind: str) -> Reading | None:
        """What is kept of a document, perhaps not all of its pages."""
        return self.load(digest, kind, Reading)

    def keep(self, digest: str, reading: Reading) -> None:
        """Add pages to what is kept of a document."""
        before = self.reading(digest, reading.kind)
        pages = {**(before.pages if before else {}), **reading.pages}
        self.store(digest, reading.kind, replace(reading, pages=dict(sorted(pages.items()))))


def library_at(folder: str) -> TextCache:
    """The kept texts of this very code."""
    return TextCache(Path(folder) if folder else None, reading_version())
