"""The evidence register itself: rows that are incomplete, doubled, unused or known by a link alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.checks.levels import reporting_answer
from pipeline.checks.messages import NOTE, WARNING, column, document_name, faults_of_this_cycle, finding, statement_name
from pipeline.model import NOT_ASSESSED, Case, EvidenceDocument, Finding, Place, Reference
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


def unknown_predecessors(case: Case, _: Scores) -> Iterator[Finding]:
    """CI401 in the register itself: `supersedes` names an id that no row has."""
    for fault in faults_of_this_cycle(case):
        if fault.code == "IN102" and fault.field == "supersedes":
            yield replace(fault, code="CI401")


def doubled(case: Case, _: Scores) -> Iterator[Finding]:
    """EV306: two ids with one content or one address."""
    seen: dict[str, EvidenceDocument] = {}
    for document in case.register:
        identities = _identities(case, document)
        field, first = next(((f, seen[key]) for key, f in identities.items() if key in seen), ("", None))
        for key in identities:
            seen.setdefault(key, document)
        same = "address" if field == "url" else "content"
        if first:
            yield finding(
                "EV306",
                WARNING,
                column(document.place, field),
                f"{document_name(document)} has the same {same} as {document_name(first)}: it is one document.",
                f"Keep one of the two rows, and cite {first.id} throughout; or correct the {field}.",
                evidence=document.id,
            )


def _identities(case: Case, document: EvidenceDocument) -> dict[str, str]:
    """What makes two rows one document, with the column in which it shows."""
    copy = case.copies.get(document.id)
    keys = {copy.sha256 if copy else "": "file", PurePosixPath(document.file).as_posix(): "file"}
    keys[f"address {plain_address(document.url)}"] = "url"
    return {key: field for key, field in keys.items() if key not in ("", ".", "address ")}


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
    if _may_be_cited_unseen(case):
        return
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


def _may_be_cited_unseen(case: Case) -> bool:
    """Whether something could not be placed or followed: it may be what cites a document."""
    lost = [f for f in faults_of_this_cycle(case) if f.code in ("IN102", "IN103", "IN104") and not f.evidence]
    return bool(lost) or any(c.fault or not c.known for c in case.citations)


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


def superseded_references(case: Case, scores: Scores) -> Iterator[Finding]:
    """PU707: a superseded reference that an assessed statement names, or a register row with its address."""
    superseded = {r.id: r for r in case.framework.references if r.status == "superseded"}
    for statement in case.statements:
        score = scores.statements[statement.id]
        answer = reporting_answer(statement, score)
        for name in statement.references if score.reported != NOT_ASSESSED else ():
            if name in superseded:
                yield finding(
                    "PU707",
                    WARNING,
                    column(answer.place, "statement") if answer else Place(""),
                    f"{statement_name(case, statement.id)} names {_titled(superseded[name])}, now superseded.",
                    _remedy(superseded[name], "Ask the keeper of the framework to name what has replaced it."),
                    statement=statement.id,
                )
    by_address = {plain_address(r.url): r for r in superseded.values() if r.url}
    for document in case.register:
        reference = by_address.get(plain_address(document.url)) if document.url else None
        if reference:
            yield finding(
                "PU707",
                WARNING,
                column(document.place, "url"),
                f"{document_name(document)} has the address of {_titled(reference)}, now superseded.",
                _remedy(reference, "Register and cite what has replaced it."),
                evidence=document.id,
            )


def _titled(reference: Reference) -> str:
    return f"“{reference.title}” ({reference.year})" if reference.year else f"“{reference.title}”"


def _remedy(reference: Reference, what: str) -> str:
    return f"{what} {reference.note}".strip()
