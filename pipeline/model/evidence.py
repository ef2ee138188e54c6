"""The register, the copies on disk, and what was seen in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.model.findings import Place


class Verdict(StrEnum):
    """What was seen when a citation was followed to its document."""

    FOUND = "found on page"
    FOUND_ELSEWHERE = "found elsewhere"
    NOT_FOUND = "not found"
    NOT_CHECKABLE = "not checkable"
    SEEN_BY_A_PERSON = "seen by a person"
    NO_QUOTATION = "no quotation"


class Standing(StrEnum):
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
class Copy:
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


@dataclass(frozen=True)
class Sighting:
    """What was seen when one citation was followed. Pages as a PDF reader counts them."""

    verdict: Verdict
    page: int | None = None
    """Where the words were found (the first page, where they run on)."""
    page_label: str = ""
    """The label printed in the document for that page, where it differs."""
    sheet: str = ""
    context: str = ""
    """The words as they stand in the document, with a little before and after."""
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
    little: str = ""
    """For words found: what they are where they show little, such as `a heading`."""
    negation: str = ""
    """For words found: a negation that their sentence has and that was left out."""
