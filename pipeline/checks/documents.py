"""Documents that are cited and are not there, cannot be read, are out of date, superseded or not yet settled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.checks.messages import BLOCKER, WARNING, column, document_name, finding, statement_name
from pipeline.checks.uses import Touched, Use, by_document, content, counted_evidence, touched
from pipeline.inputs.suggest import same
from pipeline.model import Case, EvidenceDocument, Finding
from pipeline.score import Scores
from pipeline.text import date_in_words, the

_SECOND_ENDING = re.compile(r"(\.[a-z]{2,4}x?)\.[a-z]{2,4}x?$")
"""Where Windows hides endings, people type one to a name that has one."""

_DOWNLOAD = "Where the folder is copied from a cloud such as OneDrive, download it first. Else: "


def unreachable(case: Case, scores: Scores) -> Iterator[Finding]:
    """EV301, EV302 and EV309: a document that is not there, cannot be read, or lies outside the evidence folder."""
    uses = by_document(case, scores)
    for document in case.register:
        copy = case.copies.get(document.id)
        if copy is None:
            continue
        if copy.outside:
            yield _outside(document)
        elif copy.missing or copy.fault:
            for where in touched(uses.get(document.id, ())):
                if copy.missing:
                    yield _missing(case, document, where)
                else:
                    yield _unreadable(case, document, where, copy.fault)


def _outside(document: EvidenceDocument) -> Finding:
    return finding(
        "EV309",
        BLOCKER,
        column(document.place, "file"),
        f"The file of {document_name(document)} lies outside the evidence folder, so it was not opened.",
        "Put a copy into evidence/ and name that. Paths with `..`, whole paths and links that leave it are refused.",
        evidence=document.id,
    )


def _missing(case: Case, document: EvidenceDocument, where: Touched) -> Finding:
    return _about(
        "EV301",
        document,
        where,
        "file",
        f"{document_name(document)} is cited{_for(case, where)}, and its file `{document.file}` is not in evidence/.",
        f"{_lies_there(case, document.file)}Put the document there under this name, correct the name in the register, "
        "or cite another document.",
    )


def _lies_there(case: Case, file: str) -> str:
    """The file that is meant, where one that no row names differs by its case, its marks or a doubled ending alone."""
    meant = _bare_name(file)
    return next((f"`{p}` lies there: is it meant? " for p in case.unregistered if _bare_name(p) == meant), "")


def _bare_name(path: str) -> str:
    """A file's name as compared, with one of its endings where it has two."""
    name = same(path.replace("\\", "/").rsplit("/", 1)[-1])
    return _SECOND_ENDING.sub(r"\1", name)


def _unreadable(case: Case, document: EvidenceDocument, where: Touched, why: str) -> Finding:
    return _about(
        "EV302",
        document,
        where,
        "file",
        f"{document_name(document)} is cited{_for(case, where)}, and its file cannot be read: {why.rstrip('.')}.",
        f"{_DOWNLOAD if '0 bytes' in why else ''}"
        f"Ask {_owner(document)} for a copy that opens, and put it in the place of this one.",
    )


def _about(
    code: str,
    document: EvidenceDocument,
    where: Touched,
    field: str | None,
    message: str,
    remedy: str,
    *,
    grave: bool = True,
) -> Finding:
    place = document.place
    return finding(
        code,
        BLOCKER if grave else WARNING,
        place.at(field or None),
        message,
        remedy,
        statement=where.statement,
        evidence=document.id,
        respondent=where.respondent,
        papers=where.papers,
        about=where.about,
    )


def _for(case: Case, where: Touched) -> str:
    return f" for {statement_name(case, where.statement)}" if where.statement else ""


def _owner(document: EvidenceDocument) -> str:
    return the(document.owner) or "its owner"


def expired(document: EvidenceDocument, case: Case) -> bool:
    """Past its review date on the day at which evidence must be in date; good on the review date itself."""
    due = document.review_by
    return due is not None and due < case.assessment.as_of


def successors(case: Case) -> dict[str, EvidenceDocument]:
    """By id: the document that supersedes it, from the day on which that one is dated."""
    as_of = case.assessment.as_of
    found: dict[str, EvidenceDocument] = {}
    for document in case.register:
        if document.dated is None or document.dated <= as_of:
            for old in document.supersedes:
                if old != document.id:
                    found.setdefault(old, document)
    return found


def out_of_date(case: Case, scores: Scores) -> Iterator[Finding]:
    """EV303 and EV304: a cited document past its review date, or superseded."""
    replaced = successors(case)
    uses = by_document(case, scores)
    for document in case.register:
        for where in touched(uses.get(document.id, ())):
            if expired(document, case):
                yield _expired(case, scores, document, where, replaced)
            if document.id in replaced:
                yield _superseded(case, scores, document, where, replaced)


def _expired(
    case: Case, scores: Scores, document: EvidenceDocument, where: Touched, replaced: Mapping[str, EvidenceDocument]
) -> Finding:
    others = [d for d in _others(case, scores, document, where) if not expired(d, case) and d.id not in replaced]
    alone = "" if others or not where.statement else ", which has no other evidence in date"
    return _about(
        "EV303",
        document,
        where,
        "review_by",
        f"{document_name(document)} was due for review by {date_in_words(document.review_by)} and is cited"
        f"{_for(case, where)}{alone}. Evidence must be in date on {date_in_words(case.assessment.as_of)}.",
        f"Ask {_owner(document)} for the reviewed document or a new review date, or cite another.",
        grave=bool(where.statement) and not others,
    )


def _superseded(
    case: Case, scores: Scores, document: EvidenceDocument, where: Touched, replaced: Mapping[str, EvidenceDocument]
) -> Finding:
    others = [d for d in _others(case, scores, document, where) if d.id not in replaced]
    alone = "" if others or not where.statement else ", which has no other evidence"
    successor = replaced[document.id]
    return _about(
        "EV304",
        document,
        where,
        None,
        f"{document_name(document)} is cited{_for(case, where)}{alone}; {document_name(successor)} has superseded it.",
        f"Cite {successor.id} and its page, if it still says so; or say that {successor.id} does not replace it.",
        grave=bool(where.statement) and not others,
    )


def _others(case: Case, scores: Scores, document: EvidenceDocument, where: Touched) -> list[EvidenceDocument]:
    """The other documents that count for the statement."""
    if where.statement is None:
        return []
    same = content(document, case)
    counting = counted_evidence(scores.statements[where.statement], case)
    return [d for d in counting if content(d, case) != same]


def not_settled(case: Case, scores: Scores) -> Iterator[Finding]:
    """EV312 and EV313: a draft, a document of the future, or one that lapses before the meeting."""
    uses = by_document(case, scores)
    for document in case.register:
        if document.id in uses:
            yield from _unsettled(case, document, uses[document.id])
            yield from _lapsing(case, document, uses[document.id])


def _unsettled(case: Case, document: EvidenceDocument, uses: Sequence[Use]) -> Iterator[Finding]:
    as_of = case.assessment.as_of
    statements = {use.statement for use in uses if use.own}
    if document.status == "draft":
        field, message = "status", f"{document_name(document)} is cited and is a draft."
        remedy = f"Ask {_owner(document)} for the approved document, or say in the comment that it is a draft."
    elif document.dated and document.dated > as_of:
        field = "dated"
        message = f"{document_name(document)} is cited and is dated {date_in_words(document.dated)}, after "
        message += f"the day of the assessment, {date_in_words(as_of)}."
        remedy = "Correct the date, cite another document, or move `as_of` in assessment.yaml."
    else:
        return
    yield finding(
        "EV312",
        WARNING,
        column(document.place, field),
        message,
        remedy,
        statement=statements.pop() if len(statements) == 1 else None,
        evidence=document.id,
    )


def _lapsing(case: Case, document: EvidenceDocument, uses: Sequence[Use]) -> Iterator[Finding]:
    as_of, meeting, lapses = case.assessment.as_of, case.assessment.paper.date, document.review_by
    if not lapses or not as_of <= lapses < meeting:
        return
    for where in touched(uses):
        yield _about(
            "EV313",
            document,
            where,
            "review_by",
            f"{document_name(document)} is cited{_for(case, where)}; it is in date on {date_in_words(as_of)} and due "
            f"for review by {date_in_words(lapses)}, before the meeting on {date_in_words(meeting)}.",
            f"Ask {_owner(document)} to have it reviewed before the meeting.",
            grave=False,
        )
