"""The pages of one document, read when a question asks for them and never twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.evidence.library import Library
from pipeline.evidence.limits import Limits
from pipeline.evidence.pages import Asked, Page, Reading
from pipeline.evidence.readers import READERS
from pipeline.evidence.turns import body
from pipeline.evidence.words import Words, words_of

BATCH = 32
"""Pages read at a time when words are looked for in the rest of a document."""


class Texts:
    """One document's pages, from the library where they are kept, else from the file."""

    def __init__(self, path: Path, kind: str, digest: str, library: Library, limits: Limits) -> None:
        self.kind = kind
        self._path, self._digest, self._library, self._limits = path, digest, library, limits
        self._reading = library.reading(digest, kind) or self._read({1})
        self._words: dict[int, Words] = {}
        self._bodies: dict[int, str] = {}

    @property
    def count(self) -> int:
        """How many pages, slides or sheets there are."""
        return self._reading.count

    @property
    def paged(self) -> bool:
        """Whether a reader shows page numbers."""
        return self._reading.paged

    def page(self, number: int) -> Page:
        """One page."""
        if number not in self._reading.pages:
            self._read({number})
        return self._reading.pages[number]

    def words(self, number: int) -> Words:
        """One page as words."""
        if number not in self._words:
            self._words[number] = words_of(self.page(number).text)
        return self._words[number]

    def body(self, number: int) -> str:
        """One page's text without what its neighbours repeat."""
        if number not in self._bodies:
            near = [n for n in range(number - 2, number + 3) if n != number and 1 <= n <= self.count]
            self.fetch([number, *near])
            self._bodies[number] = body(self.page(number).text, [self.page(n).text for n in near])
        return self._bodies[number]

    def numbers(self) -> Iterator[int]:
        """All page numbers in order; pages are read in batches as they are come to."""
        for number in range(1, self.count + 1):
            if number not in self._reading.pages:
                self.fetch(range(number, min(number + BATCH, self.count + 1)))
            yield number

    def fetch(self, numbers: Collection[int]) -> None:
        """Read those of these pages that are not there yet."""
        missing = {n for n in numbers if n not in self._reading.pages}
        if missing:
            self._read(missing)

    def _read(self, wanted: Collection[int]) -> Reading:
        fresh = READERS[self.kind](self._path, Asked(wanted, self._limits))
        before = getattr(self, "_reading", None)
        pages = {**before.pages, **fresh.pages} if before else fresh.pages
        self._reading = Reading(fresh.kind, fresh.count, pages, fresh.paged)
        return self._reading

    def keep(self) -> None:
        """Keep what was read in the library."""
        self._library.keep(self._digest, self._reading)
