"""What has changed since the last sign-off: documents, register rows and answers, each by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields

from pipeline.check.say import WARNING, finding
from pipeline.model import Answer, Case, EvidenceDocument, Finding, Place, SignOff
from pipeline.read.signoffs import canonical
from pipeline.score import Scores
from pipeline.words import date_in_words

SIGN_AGAIN = "See whether it still bears what was signed, then sign off again."


def signed_digests(case: Case) -> dict[str, dict[str, str]]:
    """Digests of every answer, register row and cited document: what a sign-off records."""
    cited = {c.evidence for c in case.citations if c.known and not c.fault}
    return {
        "answers": {f"{a.respondent} {a.statement}": answer_digest(a) for form in case.forms for a in form.answers},
        "register": {d.id: row_digest(d) for d in case.register},
        "evidence": {e: case.copies[e].sha256 for e in sorted(cited) if e in case.copies and case.copies[e].sha256},
    }


def answer_digest(answer: Answer) -> str:
    """Over what was answered, wherever in the form it stands."""
    return _digest([answer.level_text or answer.level, answer.comment, answer.public_comment, answer.evidence])


def row_digest(document: EvidenceDocument) -> str:
    """Over what the register says of a document, whichever row it stands in."""
    return _digest([str(getattr(document, f.name)) for f in fields(document) if f.name != "place"])


def _digest(content: list[str | None]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def changed_since_signed(case: Case, scores: Scores) -> Iterator[Finding]:  # noqa: ARG001  one shape for all checks
    """EV310: what is no longer as it was signed, and a record that is no longer as it was written."""
    for record in case.signoffs:
        if not record.intact:
            yield finding(
                "EV310",
                WARNING,
                record.place,
                f"Sign-off {record.number} ({_who(record)}) was changed after it was written, or one before it was.",
                "Take sign-offs.jsonl from where it was kept, or sign off again and say why.",
            )
    if case.signoffs:
        yield from _changed(case, case.signoffs[-1])


def _changed(case: Case, signed: SignOff) -> Iterator[Finding]:
    now = signed_digests(case)
    for evidence, how in _differences(signed.evidence, now["evidence"]):
        document = case.document(evidence)
        place = Place(document.place.file, document.place.row, "file") if document else signed.place
        name = f"The document {evidence}" + (f" ({document.title})" if document else "")
        yield _finding(place, f"{name} {how} since {_who(signed)} signed.", evidence=evidence)
    for evidence, how in _differences(signed.register, now["register"]):
        document = case.document(evidence)
        place = document.place if document else signed.place
        yield _finding(place, f"The register row of {evidence} {how} since {_who(signed)} signed.", evidence=evidence)
    answers = {f"{a.respondent} {a.statement}": a for form in case.forms for a in form.answers}
    for key, how in _differences(signed.answers, now["answers"]):
        respondent, _, statement = key.rpartition(" ")
        place = answers[key].place if key in answers else signed.place
        message = f"The answer of {respondent} on {statement} {how} since {_who(signed)} signed."
        yield _finding(place, message, statement=statement, respondent=respondent)


def _differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in sorted(then.keys() | now.keys()):
        if then.get(key) != now.get(key):
            yield key, "was added" if key not in then else "was removed" if key not in now else "has changed"


def _finding(place: Place, message: str, **ids: str) -> Finding:
    return finding("EV310", WARNING, place, message, SIGN_AGAIN, **ids)  # type: ignore[arg-type]


def _who(record: SignOff) -> str:
    return f"{record.by}, {date_in_words(record.on)},"
