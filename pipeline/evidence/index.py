"""The full-text index over the texts that are kept: which parts of which documents hold some words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError, ProgramMissingError
from pipeline.evidence.jobs import reading_version
from pipeline.evidence.pages import Reading
from pipeline.evidence.readers import SHEETS
from pipeline.evidence.words import Edge, words_of

PART = 1_500
"""Characters: a document without pages is indexed in parts of about this length."""
JOINING = (Edge.LOOSE, Edge.BROKEN)
SCHEMA = """
CREATE TABLE documents (digest TEXT PRIMARY KEY, reason TEXT);
CREATE VIRTUAL TABLE parts USING fts5
    (words, digest UNINDEXED, page UNINDEXED, label UNINDEXED, raw UNINDEXED,
     tokenize = "unicode61 remove_diacritics 2");
"""


@dataclass(frozen=True)
class Part:
    """A stretch of a document that holds the words asked for."""

    digest: str
    page: int | None
    label: str
    raw: str


class Index:
    """The index of one library."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"search-{reading_version()}.sqlite"

    def documents(self) -> dict[str, str]:
        """What the index knows: digest -> why it could not be read, or nothing."""
        with suppress(sqlite3.Error), closing(self._open()) as base:
            return dict(base.execute("SELECT digest, reason FROM documents"))
        return {}

    def add(self, readings: Iterable[tuple[str, Reading]], reasons: Mapping[str, str]) -> None:
        """Put documents in, by digest, and the reasons of those that could not be read."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self._path.parent, prefix=".", suffix=".tmp")
            os.close(handle)
            try:
                self._fill(Path(beside), readings, reasons)
                Path(beside).replace(self._path)
            finally:
                Path(beside).unlink(missing_ok=True)
        except OSError as fault:
            raise OutputError(f"The search index cannot be written: {fault.strerror or fault}.") from fault

    def _fill(self, beside: Path, readings: Iterable[tuple[str, Reading]], reasons: Mapping[str, str]) -> None:
        if self.documents():
            shutil.copyfile(self._path, beside)
        with closing(sqlite3.connect(beside)) as base, base:
            if not base.execute("SELECT 1 FROM sqlite_master").fetchone():
                lay_out(base, SCHEMA)
            for digest, reading in readings:
                _insert(base, digest, reading)
            base.executemany("INSERT OR IGNORE INTO documents VALUES (?, ?)", reasons.items())

    def ask(self, phrases: Sequence[str]) -> Iterator[Part]:
        """The parts that hold all these words and phrases, those that hold them side by side first."""
        seen: set[int] = set()
        quoted = [f'"{phrase}"' for phrase in phrases]
        phrase = f'"{" ".join(phrases)}"'
        with closing(self._open()) as base:
            for query in (phrase, " ".join(quoted)):
                rows = base.execute(
                    "SELECT rowid, digest, page, label, raw FROM parts WHERE parts MATCH ? ORDER BY rank, rowid",
                    (query,),
                )
                for row, digest, page, label, raw in rows:
                    if row not in seen:
                        seen.add(row)
                        yield Part(digest, page, label, raw)

    def parts(self) -> Iterator[tuple[Part, str]]:
        """Every part with its words as they are searched."""
        with closing(self._open()) as base:
            for digest, page, label, raw, words in base.execute(
                "SELECT digest, page, label, raw, words FROM parts ORDER BY digest, rowid"
            ):
                yield Part(digest, page, label, raw), words

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def lay_out(base: sqlite3.Connection, schema: str) -> None:
    """Make the tables of a full-text search."""
    try:
        base.executescript(schema)
    except sqlite3.OperationalError as error:
        raise ProgramMissingError(
            "The search needs an SQLite with full-text search (FTS5), and this Python has one without.",
            "Install Python from python.org, or from the system's packages.",
        ) from error


def _insert(base: sqlite3.Connection, digest: str, reading: Reading) -> None:
    unread = [n for n, page in sorted(reading.pages.items()) if page.unreadable]
    reason = (
        f"{len(unread)} of its {reading.count} pages cannot be read (the first is page {unread[0]})" if unread else ""
    )
    if not base.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (digest, reason)).rowcount:
        return
    for number, page in sorted(reading.pages.items()):
        if page.hidden:
            continue
        parts = [page.text] if reading.paged else _cut(page.text)
        place = number if reading.paged else None
        label = page.label if reading.kind in SHEETS else ""
        rows = ((_indexed(raw), digest, place, label, raw) for raw in parts)
        base.executemany("INSERT INTO parts VALUES (?, ?, ?, ?, ?)", rows)


def _cut(text: str) -> Iterator[str]:
    """A long text in parts, cut between paragraphs."""
    part = ""
    for line in text.splitlines(keepends=True):
        if part and len(part) + len(line) > PART:
            yield part
            part = ""
        part += line
    if part.strip():
        yield part


def _indexed(raw: str) -> str:
    """The words as they are searched: one that a line's end breaks stands there whole, and in its halves."""
    words = words_of(raw)
    run: list[str] = []
    halves: list[str] = []
    for at, atom in enumerate(words.atoms):
        if run and atom.kind == "word" == words.atoms[at - 1].kind and words.edges[words.starts[at]] in JOINING:
            halves += [words.atoms[at - 1].text, atom.text]
            run[-1] += atom.text
        else:
            run.append(atom.text)
    return " ".join([*run, *halves])
