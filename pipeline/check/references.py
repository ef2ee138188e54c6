"""Guidance that has been superseded and is still named."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.levels import reporting_answer
from pipeline.check.register import plain_address
from pipeline.check.say import WARNING, column, document_name, finding, statement_name
from pipeline.model import NOT_ASSESSED, Case, Finding, Place, Reference
from pipeline.score import Scores


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
