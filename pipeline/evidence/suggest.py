"""The passages that bear most on a statement: by the words they share, weighed by how rare these are. No model."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from pipeline.evidence import Progress
from pipeline.evidence.folder import Known
from pipeline.evidence.index import Index, Part, lay_out
from pipeline.evidence.pages import between
from pipeline.evidence.search import CONNECTING, Documents, Hit, Results, ends_sentence, gap, hit_of, look_in
from pipeline.evidence.words import Words, words_of
from pipeline.inputs.suggest import words
from pipeline.model import EvidenceDocument, Framework, Statement
from pipeline.office.limits import DEFAULT, Limits
from pipeline.workspace import Workspace

MOST = 5
LOOKED_AT = 40
"""Passages of the first ranking that are looked at closely."""
LONGEST = 30
"""Words of a passage that is quoted; a longer sentence is quoted in part."""
FEWEST = 3
ENOUGH = 0.2
"""Nearer than chance: so many of the statement's words, which weigh so much of all that is asked.

Measured on the sample: of pages that are in fact cited 40 of 42 weigh more, pages of licences hardly ever do.
"""
SHORT = 2
"""Letters: words of so few say nothing of a subject, and neither do these."""
SAY_LITTLE = frozenset(
    words(
        "and are but can did does each for from had has have how its not one our that the their them then there these "
        "they this those was were what when where which who whom will with would you your"
    )
)
STEMMED = """
CREATE VIRTUAL TABLE {0} USING fts5(words, tokenize = "porter unicode61 remove_diacritics 2");
"""


@dataclass(frozen=True)
class _Passage:
    """A sentence of a part, as the person reads it."""

    part: int
    text: str


def asked_of(statement: Statement) -> list[str]:
    """The words that say what a statement is about: its text, prompt and hints at evidence."""
    said = (statement.short, statement.text, statement.good_looks_like, statement.prompt, *statement.evidence)
    atoms = (atom for text in said for atom in words_of(text).atoms if atom.kind == "word")
    return [atom.text for atom in atoms if len(atom.text) > SHORT and atom.text not in SAY_LITTLE]


def suggest(
    ws: Workspace,
    register: Sequence[EvidenceDocument],
    statement: Statement,
    framework: Framework,
    *,
    limits: Limits = DEFAULT,
    progress: Progress | None = None,
    known_digests: Known | None = None,
    scheduler: str | None = None,
) -> Results:
    """The five passages that bear most on a statement, best first; fewer, or none, where no more come near."""

    def ask(index: Index, documents: Documents) -> Iterator[Hit]:
        parts = [(part, indexed) for part, indexed in index.parts() if part.digest in documents]
        return _nearest(statement, framework, parts, documents)

    return look_in(ws, register, ask, limits, progress, known_digests or {}, MOST, scheduler)


def _nearest(
    statement: Statement, framework: Framework, parts: Sequence[tuple[Part, str]], documents: Documents
) -> Iterator[Hit]:
    asked = asked_of(statement)
    if not asked or not parts:
        return
    with closing(sqlite3.connect(":memory:")) as base:
        lay_out(base, STEMMED.format("pages") + STEMMED.format("passages"))
        base.executescript("CREATE VIRTUAL TABLE terms USING fts5vocab(passages, instance);")
        ranked = _ranked(base, asked, (indexed for _, indexed in parts))
        passages = [_Passage(at, text) for at in ranked for text in _sentences(parts[at][0].raw)]
        stems = _stems(base, [p.text for p in passages], [asked, *map(asked_of, framework.statements)])
    wanted, *others = stems[len(passages) :]
    used = Counter(term for other in others for term in other)
    weights = {term: math.log(1 + len(others) / max(used[term], 1)) for term in wanted}
    for at, text in _best(ranked, passages, stems, weights):
        part = parts[at][0]
        for document in documents[part.digest]:
            yield hit_of(document, part, words_of(part.raw), text)


def _ranked(base: sqlite3.Connection, asked: Sequence[str], texts: Iterable[str]) -> list[int]:
    """The parts that share most with what is asked (BM25), best first."""
    base.executemany("INSERT INTO pages (rowid, words) VALUES (?, ?)", enumerate(texts))
    query = " OR ".join(f'"{word}"' for word in asked)
    rows = base.execute("SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank, rowid LIMIT ?", (query, LOOKED_AT))
    return [row for (row,) in rows]


def _stems(base: sqlite3.Connection, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[set[str]]:
    """The stems of each text's words, then of what each statement asks."""
    rows = [*(" ".join(atom.text for atom in words_of(text).atoms) for text in texts), *map(" ".join, asked)]
    base.executemany("INSERT INTO passages (rowid, words) VALUES (?, ?)", enumerate(rows))
    found: dict[int, set[str]] = defaultdict(set)
    for term, row in base.execute("SELECT term, doc FROM terms"):
        found[row].add(term)
    return [found[row] for row in range(len(rows))]


def _best(
    ranked: Sequence[int], passages: Sequence[_Passage], stems: Sequence[set[str]], weights: Mapping[str, float]
) -> Iterator[tuple[int, str]]:
    """Of each part that comes near enough, the sentence that shares most, in the order of the parts."""
    shared = [found & weights.keys() for found in stems[: len(passages)]]
    for part in ranked:
        here = [at for at, passage in enumerate(passages) if passage.part == part]
        together = set[str]().union(*(shared[at] for at in here))
        if len(together) >= FEWEST and _weigh(together, weights) >= ENOUGH * sum(weights.values()):
            best = max(here, key=lambda at: _weigh(shared[at], weights))
            yield part, passages[best].text


def _weigh(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.fsum(weights[term] for term in terms)


def _sentences(raw: str) -> Iterator[str]:
    text: Words = words_of(raw)
    first = 0
    for at in range(len(text.atoms)):
        last = at + 1 == len(text.atoms)
        if last or ends_sentence(text, at) or (at - first + 1 >= LONGEST and gap(text, at).strip(CONNECTING)):
            yield between(text, text.atoms[first].start, text.atoms[at].end).replace('"', "'")
            first = at + 1
