"""What people answered, the register, the copies on disk, and what was seen in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.findings import Place


class Verdict(StrEnum):
    """What was seen when a citation was followed to its document."""

    FOUND = "found on page"
    FOUND_ELSEWHERE = "found elsewhere"
    RECOGNISED = "found by text recognition"
    NOT_FOUND = "not found"
    NOT_CHECKABLE = "not checkable"
    SEEN_BY_A_PERSON = "seen by a person"
    NO_QUOTATION = "no quotation"


class EvidenceStrength(StrEnum):
    """How the evidence of a statement's reported level stands (heatmap cell, papers.md body 2)."""

    FOUND = "found on page"
    DOCUMENT_ONLY = "document only"
    NOT_SEEN = "not seen"


@dataclass(frozen=True)
class EvidenceDocument:
    """One row of the evidence register. Dates that could not be read are None and a finding."""

    id: str
    title: str
    place: Place
    file: str = ""
    """Relative to evidence/, with `/`; empty for a link only."""
    owner: str = ""
    dated: date | None = None
    review_by: date | None = None
    visibility: str = "internal"
    kind: str = "other"
    assurance_line: int = 1
    url: str = ""
    supersedes: tuple[str, ...] = ()
    status: str = "approved"
    nature: str = ""
    publisher: str = ""
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class StoredFile:
    """What lies in evidence/ for a register row: its digest, or why there is none."""

    evidence: str
    sha256: str = ""
    size: int = 0
    missing: bool = False
    outside: bool = False
    """The path, or a link in it, leaves the evidence folder; the file was not opened."""
    fault: str = ""
    """Why it cannot be read, in plain words (encrypted, damaged, empty ...). Only cited documents are opened."""
    uncheckable: str = ""
    """Why words cannot be checked in this kind of file (a picture, a video ...); empty for kinds that can be read."""
    pages: int | None = None
    """Page, slide or sheet count; None where the kind has none, or the document was not opened."""
    paged: bool = False
    """True for kinds whose pages a reader shows with numbers (PDF, slides)."""
    remarks: tuple[str, ...] = ()
    """What was left alone in it, in plain words: embedded files, macros, links to files elsewhere."""


class LocatorKind(StrEnum):
    """How people name a place in a document, other than by page or sheet."""

    PRINTED = "printed page"
    SECTION = "section"
    PARAGRAPH = "paragraph"
    TIME = "time"


@dataclass(frozen=True)
class Locator:
    """Such a place: section 3.2, paragraph 12, the page printed as 4, the time 00:12:30."""

    kind: LocatorKind
    value: str

    def __str__(self) -> str:
        return f"at {self.value}" if self.kind is LocatorKind.TIME else f"{self.kind} {self.value}"


@dataclass(frozen=True)
class CheckRequest:
    """What a citation asks of its document."""

    pages: tuple[int, int] | None = None
    sheet: str | None = None
    quotation: str | None = None
    locator: Locator | None = None


@dataclass(frozen=True)
class Mark:
    """A rectangle on a page as it is shown, in parts of its width and height, from the top left corner."""

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class CheckResult:
    """What was seen when one citation was followed. Pages as a PDF reader counts them."""

    verdict: Verdict
    page: int | None = None
    """Where the words were found (the first page, where they run on)."""
    page_label: str = ""
    """The label printed in the document for that page, where it differs."""
    sheet: str = ""
    context: str = ""
    """The words as they stand in the document, up to the edges of their sentences or cells."""
    found: str = ""
    """The words alone, as they stand in `context`."""
    at: str = ""
    """Where in a document without pages, or on a slide: `Summary!B7`, `paragraph 14`, `table 2, row 3`, `Title 1`."""
    marks: tuple[Mark, ...] = ()
    """Of a PDF: where the words stand, a mark for each line."""
    nearest: str = ""
    """For a miss: the nearest passage."""
    nearest_page: int | None = None
    difference: str = ""
    """For a miss: what differs between the quotation and the nearest passage, in words."""
    beyond_end: bool = False
    """A page cited lies beyond the end of the document."""
    unreadable_pages: tuple[int, ...] = ()
    """Pages cited whose text cannot be read (a scan, fonts without a character map)."""
    reason: str = ""
    """For `not checkable`: why, in plain words."""
    read_by: str = ""
    """The engine of text recognition that this verdict turns on, or `none` where it turns on there being none."""
    little: str = ""
    """For words found: what they are where they show little, such as `a heading`."""
    negation: str = ""
    """For words found: a negation that their sentence has and that was left out."""
    unclear: str = ""
    """Why the place that is named cannot be told for sure in this document, in plain words."""
    figures: str = ""
    """The lines of the passage cited (its page, or what stands around the words) that hold a figure."""
    cells: tuple[tuple[str, str], ...] = ()
    """Of a sheet cited: its filled cells, each as `B7` and what it shows."""


NO_ENGINE = "none"
"""Stands for the engine of text recognition where none is installed."""
NOT_ASSESSED = "not assessed"


@dataclass(frozen=True)
class Citation:
    """One reference to evidence, as written and as understood. Pages count from 1, as a PDF reader shows them."""

    text: str
    place: Place
    evidence: str = ""
    """The register's id (its own spelling), or what was written where no row has it."""
    pages: tuple[int, int] | None = None
    sheet: str | None = None
    quotation: str | None = None
    fault: str = ""
    """Why it cannot be parsed, with the part that failed; empty if it can."""
    known: bool = True
    """False where no register row has this id or file name."""
    statement: str | None = None
    respondent: str | None = None
    locator: Locator | None = None
    """A section, paragraph, time or printed page that it names."""


@dataclass(frozen=True)
class Answer:
    """One row of a form. `level` is a level's id, NOT_ASSESSED, or None (empty, or not understood: see a finding)."""

    statement: str
    respondent: str
    level: str | None
    comment: str
    evidence: str
    citations: tuple[Citation, ...]
    place: Place
    public_comment: str = ""
    level_text: str = ""
    dissent: str = ""
    """Who in the room saw it otherwise, and why."""


@dataclass(frozen=True)
class ProposedAction:
    """An action written into the grid of a form; text as typed, also the date."""

    statement: str
    action: str
    owner: str
    due: str
    measure: str
    place: Place


@dataclass(frozen=True)
class Form:
    """One respondent's returned form; `answers` holds the first row of each statement of the framework."""

    respondent: str
    file: str
    answers: tuple[Answer, ...]
    actions: tuple[ProposedAction, ...] = ()
    """What the form proposes; nothing is done until it stands in actions.csv."""
    completed_by: str = ""
    completed_on: str = ""
    method: str = ""
    """Who filled it in, when and in which way, as typed on its cover."""
    further: tuple[str, ...] = ()
    """More files of this respondent that were read together with the first."""
    second: bool = False
    """Whether what it answers replaces what was answered before."""

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it was read from."""
        return (self.file, *self.further)
