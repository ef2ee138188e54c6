"""Citations, documents and references, as they are shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from pipeline.model import Mark


@dataclass(frozen=True)
class CitationView:
    """One citation, followed to its document. In a public dossier an internal document's is `redacted`:
    then only `shown`, `owner`, `assurance_line`, `verdict`, `statement`, `respondent` and `redacted` say anything."""

    key: str
    """Same source, same page, same words: same key, and so the same footnote."""
    source: str
    """Same document, same source; never printed."""
    shown: str
    """The reference in full, as a footnote prints it."""
    shown_again: str
    """The short form, for another page of a source already noted."""
    verdict: str
    written: str = ""
    """As the respondent wrote it."""
    evidence: str = ""
    title: str = ""
    file: str = ""
    url: str = ""
    owner: str = ""
    kind: str = ""
    dated: datetime.date | None = None
    review_by: datetime.date | None = None
    visibility: str = ""
    assurance_line: int = 1
    sha256: str = ""
    page_cited: str = ""
    """As written: `4` or `4-6`; empty where no page was cited."""
    locator: str = ""
    """`section 3.2`, `paragraph 12`, `at 00:12:30` or `printed page 4`, where such a place was cited."""
    page_found: int | None = None
    page_label: str = ""
    sheet: str = ""
    quotation: str = ""
    context: str = ""
    found: str = ""
    """The words cited as they stand in `context`."""
    at: str = ""
    """Where in a document without pages, or on a slide: `Summary!B7`, `paragraph 14`, `Title 1`."""
    marks: tuple[Mark, ...] = ()
    """Of a PDF: where the words stand, a mark for each line of them."""
    nearest: str = ""
    nearest_page: int | None = None
    difference: str = ""
    reason: str = ""
    read_by: str = ""
    """The engine of text recognition that the verdict turns on, or `none` where it turns on there being none."""
    remarks: tuple[str, ...] = ()
    """What was left alone in its document: attached files, tracked changes, formulas without a result."""
    statement: str = ""
    respondent: str = ""
    redacted: bool = False


@dataclass(frozen=True)
class DocumentView:
    """A register row, with what was found on disk. Not in a public dossier unless public."""

    id: str
    title: str
    file: str
    url: str
    owner: str
    dated: datetime.date | None
    review_by: datetime.date | None
    visibility: str
    kind: str
    assurance_line: int
    status: str
    nature: str
    publisher: str
    sha256: str
    pages: int | None
    supersedes: tuple[str, ...]
    statements: tuple[str, ...]
    """Statements that cite it, in framework order."""
    remarks: tuple[str, ...] = ()
    """What was left alone in it: attached files, tracked changes, formulas without a result."""


@dataclass(frozen=True)
class ReferenceView:
    """A law, guidance or other source named by a statement in scope."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    status: str


@dataclass(frozen=True)
class CaveatView:
    """One thing the checks found that changes how far a level can be relied on, with the statements it touches."""

    kind: str
    """evidence incomplete | expired | superseded | moved | not checkable | whole documents only | words that show
    little | raised on earlier documents | not seen | agreed exception | one document for many | changed"""
    shown: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class ExceptionView:
    """An agreed exception that is in effect."""

    statement: str
    what: str
    """What is excepted, in words; no code."""
    reason: str
    mitigation: str
    agreed_by: str
    agreed_on: datetime.date | None
    until: datetime.date | None
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class FindingView:
    """A finding, as in findings.json."""

    code: str
    severity: str
    message: str
    remedy: str
    file: str | None = None
    row: int | None = None
    field: str | None = None
    statement: str | None = None
    evidence: str | None = None
    respondent: str | None = None
    papers: tuple[str, ...] = ()
    who: str = ""
    """Who has to act, in words: a respondent, a document's owner, the authors of the paper ..."""
