"""Which column a heading of a form stands for, also where a person or a program has changed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.forms import wording as words
from pipeline.inputs.suggest import MISSPELT, nearest
from pipeline.office.workbooks import Grid

STATEMENT, ASKED, LAST, LEVEL, COMMENT, PUBLIC = "statement", "asked", "last", "level", "comment", "public_comment"
DOCUMENT, PAGE, WORDS = "document", "page", "words"
ACTION, OWNER, DUE, MEASURE, OPEN = "action", "owner", "due", "measure", "open"

TYPED = (LEVEL, COMMENT, PUBLIC, DOCUMENT, PAGE, WORDS)
"""Columns of the table of statements that people type into."""
ACTION_COLUMNS = (ACTION, OWNER, DUE, MEASURE)
OWN_NAMES = {
    STATEMENT: words.STATEMENT,
    ASKED: words.ASKED,
    LAST: words.LAST,
    LEVEL: words.LEVEL,
    COMMENT: words.COMMENT,
    PUBLIC: words.PUBLIC,
    DOCUMENT: words.DOCUMENT,
    PAGE: words.PAGE,
    WORDS: words.WORDS,
    ACTION: words.ACTION,
    OWNER: words.OWNER,
    DUE: words.DUE,
    MEASURE: words.MEASURE,
}
_ALSO = {
    STATEMENT: ("statement id", "statements", "id", "ref", "reference", "no", "number"),
    ASKED: ("wording", "question"),
    LAST: ("last year level", "previous level", "previous year"),
    LEVEL: ("maturity", "maturity level", "rating", "your level", "our level", "score", "self assessed level"),
    COMMENT: ("comments", "your comment", "rationale", "reason", "reasons", "why", "narrative", "explanation"),
    PUBLIC: ("public comment", "shorter comment", "comment for publication"),
    DOCUMENT: ("document", "documents", "evidence", "evidence id", "evidence ids", "source"),
    PAGE: ("page", "pages", "page number", "pdf page"),
    WORDS: ("words", "quotation", "quote", "words cited", "quoted words"),
    ACTION: ("actions", "what is to be done", "what"),
    OWNER: ("lead", "who", "action owner", "responsible"),
    DUE: ("due date", "by when", "deadline", "date due"),
    MEASURE: ("measure", "measure of success", "success measure"),
    OPEN: ("open already",),
}
_EXACT = {words.plain(name): key for key, name in OWN_NAMES.items()} | {
    name: key for key, names in _ALSO.items() for name in names
}
_TELLING = (
    (LAST, ("last", "previous")),
    (PUBLIC, ("publication", "shorter", "public")),
    (PAGE, ("page", "pages")),
    (WORDS, ("words", "quotation", "quote")),
    (DOCUMENT, ("document", "documents", "evidence")),
    (LEVEL, ("level", "maturity", "rating")),
    (COMMENT, ("comment", "comments", "rationale")),
    (ASKED, ("ask", "wording")),
)
_MOST_LETTERS, _MOST_MISSPELT = 120, 30


@dataclass(frozen=True)
class Heads:
    """A header row: its number, its cells, and which column each known heading stands for."""

    number: int
    cells: tuple[str, ...]
    at: dict[str, int]
    kind: str
    """`answers`, `actions` or `open` (the actions that were open when the form was sent out)."""
    guessed: str = ""
    """The column that an unknown heading was taken for, because no other was left."""

    @property
    def missing(self) -> list[str]:
        """Columns to type in that the table should have and does not; the shorter comment may be gone."""
        if self.kind != "answers":
            return []
        return [key for key in _expected(set(self.at)) if key in TYPED and key not in self.at and key != PUBLIC]

    @property
    def unknown(self) -> list[int]:
        """Where a heading stands that is not known."""
        return [i for i, cell in enumerate(self.cells) if cell.strip() and i not in self.at.values()]


def heads_of(number: int, cells: Sequence[str], is_id: Callable[[str], bool], *, below: bool = False) -> Heads | None:
    """The header that a row is, or None where it is none; `below` another, only one with a heading of ours.

    An answer whose id was mistyped may well speak of evidence and of pages.
    """
    if sum(1 for cell in cells if cell.strip()) < 2 or any(is_id(cell) for cell in cells):
        return None
    if below and not any(words.plain(cell) in _EXACT for cell in cells):
        return None
    at: dict[str, int] = {}
    for index, cell in enumerate(cells):
        key = column_of(cell)
        if key and key not in at:
            at[key] = index
    kind = _kind(set(at))
    guessed = _guess(cells, at) if kind == "answers" else ""
    return Heads(number, tuple(cells), at, kind, guessed) if kind else None


def _guess(cells: Sequence[str], at: dict[str, int]) -> str:
    """Where one heading is not known and one column is missing, the one is the other."""
    missing = [key for key in _expected(set(at)) if key not in at]
    unknown = [i for i, cell in enumerate(cells) if cell.strip() and i not in at.values()]
    if len(missing) != 1 or len(unknown) != 1:
        return ""
    at[missing[0]] = unknown[0]
    return missing[0]


def _expected(keys: set[str]) -> tuple[str, ...]:
    """The columns of the table that these headings belong to: Excel has one table, Word two for each statement."""
    answer, cited = (LEVEL, COMMENT, PUBLIC), (DOCUMENT, PAGE, WORDS)
    if keys & {ASKED, LAST} or (keys & set(answer) and keys & set(cited)):
        return (STATEMENT, ASKED, LAST, *answer, *cited)
    return (STATEMENT, *(answer if keys & set(answer) else cited))


def _kind(keys: set[str]) -> str:
    if ACTION in keys and keys & {OWNER, DUE, MEASURE}:
        return "open" if OPEN in keys else "actions"
    answers = keys & {LEVEL, COMMENT, PUBLIC, DOCUMENT, PAGE, WORDS}
    return "answers" if len(answers) > 1 or (answers and STATEMENT in keys) else ""


@lru_cache(maxsize=4096)
def column_of(heading: str) -> str | None:
    """The column that a heading means: by its words, by a telling word in it, or but for a slip of the keyboard."""
    name = words.plain(heading)
    if not name or len(heading) > _MOST_LETTERS:
        return None
    if name in _EXACT:
        return _EXACT[name]
    parts = set(name.split())
    for key, telling in _TELLING:
        if parts & set(telling):
            return key
    near = nearest(name, _EXACT, MISSPELT) if len(name) <= _MOST_MISSPELT else None
    return _EXACT[near] if near else None


_TAG = re.compile(rf"(.+?)\.(?:evidence\d+\.)?({LEVEL}|{COMMENT}|{PUBLIC}|{DOCUMENT}|{PAGE}|{WORDS})")
_ALIAS = re.compile(r"(.+?) (level|shorter comment|comment)")
_EVIDENCE_ALIAS = re.compile(r"(.+) document \d+(?: (page|words))?")
_ALIASES = {"shorter comment": PUBLIC}


def tagged(grid: Grid, number: int, width: int) -> dict[int, tuple[str, str]]:
    """Column index -> statement and column, for the cells of a row whose control still has its name."""
    found = {}
    for index in range(width):
        if meaning := meaning_of(grid.tags.get((number, index), "")):
            found[index] = meaning
    return found


def meaning_of(name: str) -> tuple[str, str] | None:
    """Statement and column of `GA1.evidence2.page`, or of the alias `GA1 document 2 page` that some programs keep."""
    if match := _TAG.fullmatch(name):
        return match[1], match[2]
    if match := _EVIDENCE_ALIAS.fullmatch(name):
        return match[1], match[2] or DOCUMENT
    if match := _ALIAS.fullmatch(name):
        return match[1], _ALIASES.get(match[2], match[2])
    return None
