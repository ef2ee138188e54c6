"""The evidence register itself: rows that are incomplete, doubled, unused or known by a link alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.check.say import NOTE, WARNING, column, document_name, finding
from pipeline.model import Case, EvidenceDocument, Finding, Place
from pipeline.score import Scores

KINDS_OF_A_MOMENT = ("minutes", "letter", "audit", "survey", "engagement")
"""Kinds that record a moment: they are not reviewed, they age by what the framework asks."""


def incomplete(case: Case, _: Scores) -> Iterator[Finding]:
    """EV305: no owner, no date, or no review date for a kind that needs one."""
    for document in case.register:
        gaps = {"owner": not document.owner.strip(), "dated": document.dated is None}
        gaps["review_by"] = document.review_by is None and document.kind not in KINDS_OF_A_MOMENT
        words = {"owner": "no owner", "dated": "no date", "review_by": "no review date, which this kind needs"}
        for field in (name for name, empty in gaps.items() if empty):
            yield finding(
                "EV305",
                WARNING,
                column(document.place, field),
                f"{document_name(document)} has {words[field]}.",
                f"Fill in `{field}` in the register.",
                evidence=document.id,
            )


def doubled(case: Case, _: Scores) -> Iterator[Finding]:
    """EV306: two ids with one content or one address."""
    seen: dict[str, EvidenceDocument] = {}
    for document in case.register:
        keys = list(_identities(case, document))
        first = next((seen[key] for key in keys if key in seen), None)
        for key in keys:
            seen.setdefault(key, document)
        if first:
            yield finding(
                "EV306",
                WARNING,
                column(document.place, "file" if document.file else "url"),
                f"{document_name(document)} is the same document as {document_name(first)}: it counts once.",
                f"Keep one of the two rows, and cite {first.id} throughout.",
                evidence=document.id,
            )


def _identities(case: Case, document: EvidenceDocument) -> Iterator[str]:
    copy = case.copies.get(document.id)
    if copy and copy.sha256:
        yield copy.sha256
    if document.file:
        yield PurePosixPath(document.file).as_posix()
    if address := plain_address(document.url):
        yield address


def plain_address(url: str) -> str:
    """An address as compared: without scheme, `www.`, fragment and last slash."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().casefold()).split("#")[0].rstrip("/")


def unregistered(case: Case, _: Scores) -> Iterator[Finding]:
    """EV307: a file in evidence/ that no row registers."""
    for path in case.unregistered:
        yield finding(
            "EV307",
            WARNING,
            Place(path),
            f"`{PurePosixPath(path).name}` lies in evidence/ and no row of the register names it.",
            "Add a row for it, move it to evidence/inbox/, or take it away.",
        )


def never_cited(case: Case, _: Scores) -> Iterator[Finding]:
    """EV308: registered and never cited."""
    cited = {c.evidence for c in case.citations}
    for document in case.register:
        if document.id not in cited:
            yield finding(
                "EV308",
                NOTE,
                column(document.place, "id"),
                f"{document_name(document)} is in the register and nothing cites it.",
                "Nothing need be done; it may be evidence that someone has overlooked.",
                evidence=document.id,
            )


def links_alone(case: Case, _: Scores) -> Iterator[Finding]:
    """EV314: a link, and no copy held."""
    for document in case.register:
        if document.url and not document.file:
            yield _link_alone(document)


def _link_alone(document: EvidenceDocument) -> Finding:
    return finding(
        "EV314",
        NOTE,
        column(document.place, "url"),
        f"{document_name(document)} is known by its address alone; no copy is held.",
        "Save a copy into evidence/ and name it in `file`: a page on the web changes, and its words cannot be checked.",
        evidence=document.id,
    )
