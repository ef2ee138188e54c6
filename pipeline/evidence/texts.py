"""The pages of one document, read when a question asks for them and never twice: they are kept by digest."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.evidence.clock import Clock, OutOfTime
from pipeline.evidence.jobs import reading_version
from pipeline.evidence.mended import VOWELS, mended, unvocalised
from pipeline.evidence.pages import NEXT_TEXT, Asked, Page, Reading, Stretch, beginnings, body, endings, stretches
from pipeline.evidence.places import Span, marks_of
from pipeline.evidence.readers import PICTURES, READERS, SECOND_READERS, SEEN
from pipeline.evidence.readers.pdf import opened
from pipeline.model import Mark
from pipeline.office import recognition
from pipeline.office.cache import Cache
from pipeline.office.limits import Limits, UncheckableError, UnreadableError

LONGEST_PAGE = 30.0
"""Seconds that text recognition may take for the last page, when its time is nearly up."""
BATCH = 200
"""Pages read at a time when words are looked for in the rest of a document."""


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


class Texts:
    """One document's pages, from the library where they are kept, else from the file."""

    def __init__(
        self, path: Path, kind: str, digest: str, library: TextCache, limits: Limits, first: Collection[int] = (1,)
    ) -> None:
        self.kind = kind
        self._path, self._digest, self._library, self._limits = path, digest, library, limits
        self._readings: dict[str, Reading] = {}
        self._stretches: dict[int, list[Stretch]] = {}
        self._bodies: dict[int, str] = {}
        self._cleared: dict[int, Page] = {}
        self._ahead = 1
        self._lengths: Counter[str] = Counter()
        self._second_try = Clock(limits.second_try)
        self._recognition = limits.recognition
        self.unfinished = False
        """Whether time was too short for a page to be read by text recognition: another run goes on from here."""
        self._reading(kind, first)

    @property
    def count(self) -> int:
        """How many pages, slides or sheets there are."""
        return self._readings[self.kind].count

    @property
    def recognises(self) -> bool:
        """Whether text recognition is asked for words that no text holds."""
        return self.kind in PICTURES and self._limits.recognition > 0

    @property
    def paged(self) -> bool:
        """Whether a reader shows page numbers."""
        return self._readings[self.kind].paged

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left alone in the document."""
        return self._readings[self.kind].remarks

    @property
    def elsewhere(self) -> str:
        """Why its words may stand where nobody looks."""
        return self._readings[self.kind].elsewhere

    def page(self, number: int) -> Page:
        """One page; where it was found to hold words that are not seen, without them."""
        if number in self._cleared:
            return self._cleared[number]
        if number not in self._readings[self.kind].pages:
            # Who asks for one page after another will ask for more.
            self._ahead = min(2 * self._ahead, BATCH)
            self._reading(self.kind, range(number, min(number + self._ahead, self.count + 1)))
        return self._readings[self.kind].pages[number]

    def as_read(self, number: int) -> str:
        """The text of one page as it was read first, with the words that are not seen."""
        self.page(number)
        return self._readings[self.kind].pages[number].text

    def marks(self, spans: Sequence[Span]) -> tuple[Mark, ...]:
        """Where on the pages of a PDF these characters of their texts stand; nothing where that cannot be told."""
        try:
            with opened(self._path) as document:
                return marks_of(document, spans)
        except (UnreadableError, OSError, RuntimeError, ValueError):  # the words were found: that stands
            return ()

    def begin(self) -> None:
        """Forget what an earlier question had cleared, so that no answer depends on what was asked before it."""
        for number in self._cleared:
            self._forget(number)
        self._cleared = {}

    def clear(self, number: int) -> bool:
        """Take the words that are not seen out of a page; whether there were any."""
        if self.kind not in SEEN or number in self._cleared or not 1 <= number <= self.count:
            return False
        seen = self._tried(SEEN[self.kind], number)
        if seen is None or not seen.unseen:
            return False
        self._cleared[number] = replace(self.page(number), text=seen.text, also=seen.also, unseen=seen.unseen)
        self._forget(number)
        return True

    def _forget(self, number: int) -> None:
        self._stretches.pop(number, None)
        for near in range(number - 2, number + 3):
            self._bodies.pop(near, None)

    def stretches(self, number: int) -> list[Stretch]:
        """One page as it is looked through."""
        if number not in self._stretches:
            page = self.page(number)
            seen = (page.text, *page.also)
            bare = [unvocalised(text) for text in seen if VOWELS.search(text)]
            self._stretches[number] = [part for text in (*seen, *bare) for part in stretches(text)]
        return self._stretches[number]

    def letters(self, number: int) -> str:
        """The letters and digits of one page, with more than once what stretches share."""
        return "\n".join(stretch.letters for stretch in self.stretches(number))

    def body(self, number: int) -> str:
        """One page's text without what its neighbours repeat."""
        if number not in self._bodies:
            self._bodies[number] = body(self.page(number).text, self._neighbours(number))
        return self._bodies[number]

    def turns(self, number: int) -> Iterator[list[str]]:
        """One page and the next, set one after the other with more and more of what stands between them."""
        nexts = list(beginnings(self.page(number + 1).text, self._neighbours(number + 1)))
        return ([here, there] for here in endings(self.page(number).text, self._neighbours(number)) for there in nexts)

    def numbers(self) -> Iterator[int]:
        """All page numbers in order; pages are read in batches as they are come to."""
        for number in range(1, self.count + 1):
            if number not in self._readings[self.kind].pages:
                self._reading(self.kind, range(number, min(number + BATCH, self.count + 1)))
            yield number

    def read_all(self) -> None:
        """Read every page that is not there yet."""
        for _ in self.numbers():
            pass

    def others(self, number: int) -> Iterator[str]:
        """The texts that other ways of reading give of this page, the cheapest first."""
        self.clear(number)
        if self.page(number).unseen:
            yield from self.page(number).also
            return  # other ways of reading give the words that are not seen, too
        if self.kind == "pdf":
            yield mended(self.page(number).text)
        for kind in SECOND_READERS.get(self.kind, ()):
            yield from map(mended, self._second(kind, number).split(NEXT_TEXT))

    def other_bodies(self, number: int) -> Iterator[str]:
        """The same, without what the page's neighbours repeat."""
        near = self._neighbours(number)
        return (body(text, near) for text in self.others(number))

    def is_pictured(self, number: int) -> bool:
        """Whether text recognition may read on a page what its text does not hold."""
        page = self.page(number)
        return self.kind in PICTURES and bool(page.unread or page.pictured or page.scanned)

    def recognised(self, number: int) -> str | None:
        """What text recognition reads on a page; None where there is no time left to read it.

        Each page is kept as soon as it is read, by the engine that read it: a run that is stopped has lost nothing.
        """
        engine = recognition.engine()
        if engine is None or self.kind not in PICTURES:
            return ""
        kind = "by-" + "".join(c if c.isalnum() else "-" for c in engine.name.casefold())
        if kind not in self._readings:
            self._readings[kind] = self._library.reading(self._digest, kind) or Reading(kind, self.count)
        have = self._readings[kind]
        if number not in have.pages:
            self.unfinished = self.unfinished or self._recognition <= 0
            if self.unfinished:
                return None
            begun = time.monotonic()
            try:
                text = engine.read(PICTURES[self.kind](self._path, number), max(self._recognition, LONGEST_PAGE))
            except recognition.RecognitionError:
                self.unfinished = True
                return None
            finally:
                self._recognition -= time.monotonic() - begun
            have = replace(have, pages={**have.pages, number: Page(number, text)})
            self._readings[kind] = have
            self._library.keep(self._digest, have)
        return have.pages[number].text

    def keep(self) -> None:
        """Keep what was read in the library."""
        for reading in self._readings.values():
            self._library.keep(self._digest, reading)

    def _neighbours(self, number: int) -> list[str]:
        near = [n for n in range(number - 2, number + 3) if n != number and 1 <= n <= self.count]
        return [self.page(n).text for n in near]

    def _second(self, kind: str, number: int) -> str:
        page = self._tried(kind, number)
        return page.text if page is not None else ""

    def _tried(self, kind: str, number: int) -> Page | None:
        """A page by another reader, if there is time for it."""
        if self._second_try.left <= 0:
            return None
        try:
            with self._second_try.running():
                return self._reading(kind, [number]).pages[number]
        except OutOfTime:
            if self._second_try.left > 0:
                raise  # it rang for the clock of the whole question
            return None
        except UnreadableError:
            pages = {n: Page(n, "") for n in range(1, self.count + 1)}
            self._readings[kind] = Reading(kind, self.count, pages, self.paged)
            return None

    def _reading(self, kind: str, wanted: Collection[int]) -> Reading:
        """What there is of a reading, with these pages."""
        if kind not in self._readings:
            self._readings[kind] = self._library.reading(self._digest, kind) or Reading(kind, 0)
        have = self._readings[kind]
        missing = [n for n in wanted if n not in have.pages and (not have.count or n <= have.count)]
        if missing:
            fresh = self._read(kind, missing)
            absent = {n: Page(n, "") for n in missing if n <= fresh.count}
            have = replace(fresh, kind=kind, pages={**have.pages, **absent, **fresh.pages})
            self._lengths[kind] += sum(len(page.text) for page in fresh.pages.values())
            if self._lengths[kind] > self._limits.text:
                raise UnreadableError(f"it is too large: it holds more than {self._limits.text:,} characters of text")
            self._readings[kind] = have
        return have

    def _read(self, kind: str, wanted: Collection[int]) -> Reading:
        try:
            return READERS[kind].read(self._path, Asked(wanted, self._limits))
        except (UnreadableError, UncheckableError, MemoryError, OSError):
            raise
        except RecursionError as error:
            raise UnreadableError("it is damaged: its contents are nested too deeply") from error
        except Exception as error:  # libraries raise anything on a broken file
            raise UnreadableError(f"it is damaged: its contents make no sense ({type(error).__name__})") from error
