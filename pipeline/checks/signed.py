"""What has changed since a sign-off: of all that the papers rest on, each by its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from pipeline.checks.messages import WARNING, finding
from pipeline.inputs.signoffs import LAST, SIGN_OFFS, canonical
from pipeline.model import Answer, Case, EvidenceDocument, Finding, Place, Severity, SignOff
from pipeline.score import Scores
from pipeline.text import date_in_words

PUT_BACK = "Put back what was kept of it; or look at everything again and sign off anew, which says this for good."
SIGN_AGAIN = "See whether it still bears what was signed, then sign off again."


def signed_digests(case: Case) -> dict[str, dict[str, str]]:
    """Digests of every answer, register row and document, and of every other input: what a sign-off records."""
    return {
        "answers": {f"{a.respondent} {a.statement}": answer_digest(a) for form in case.forms for a in form.answers},
        "register": {d.id: row_digest(d) for d in case.register},
        "evidence": {e: c.sha256 for e, c in sorted(case.copies.items()) if c.sha256},
        "inputs": {path: digest for path, digest in case.inputs.items() if _is_signed(path)},
    }


def _is_signed(path: str) -> bool:
    """Documents are signed by their register row; the record of sign-offs cannot sign itself."""
    if path.startswith("evidence/"):
        return path.rpartition(".")[0] == "evidence/register"
    return not path.endswith((f"/{SIGN_OFFS}", LAST))


def answer_digest(answer: Answer) -> str:
    """Over what was answered, wherever in the form it stands."""
    return _digest([answer.level_text or answer.level, answer.comment, answer.public_comment, answer.evidence])


def row_digest(document: EvidenceDocument) -> str:
    """Over what the register says of a document, whichever row it stands in."""
    return _digest([str(getattr(document, f.name)) for f in fields(document) if f.name != "place"])


def _digest(content: list[str | None]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Change:
    """One thing that is no longer as it was signed. `kind` is said on the cover, where no name or title may stand."""

    kind: str
    place: Place
    words: str
    ids: Mapping[str, str]


def changed_since_signed(case: Case, scores: Scores) -> Iterator[Finding]:  # noqa: ARG001  one shape for all checks
    """EV310: what is no longer as it was signed, and a chain of records that is no longer whole."""
    if case.signoffs_broken:
        words, place = case.signoffs_broken
        yield finding("EV310", Severity.BLOCKER, place, words, PUT_BACK)
    if not case.signoffs:
        return
    last = case.signoffs[-1]
    for record in case.signoffs:
        if record.mends:
            words = f"{_who(record)} signed over a record of sign-offs that was not whole: {record.mends}"
            yield finding("EV310", WARNING, record.place, words, "Find out how that came about.")
    for change in changes_since(case, last):
        message = f"{change.words} since {_who(last)} signed."
        yield finding("EV310", WARNING, change.place, message, SIGN_AGAIN, **change.ids)  # type: ignore[arg-type]


def kinds_changed_since(case: Case, signed: SignOff) -> tuple[str, ...]:
    """What kinds of thing changed since a sign-off, in plain words that name nobody and nothing."""
    return tuple(dict.fromkeys(change.kind for change in changes_since(case, signed)))


def changes_since(case: Case, signed: SignOff) -> list[Change]:
    """Every change since a sign-off: by answer, row and document where it can be told, else by file."""
    now = signed_digests(case)
    found = [*_evidence(case, signed, now), *_answers(case, signed, now)]
    told = {change.place.file for change in found}
    if not signed.inputs:  # a record from before they were signed too
        words = "Nothing but answers, register and documents was signed; the rest may have changed"
        return [*found, Change("all but answers and evidence, which were signed alone", signed.place, words, {})]
    files = _differences(signed.inputs, now["inputs"])
    return found + [Change(_kind(p, case), Place(p), f"{p} {how}", {}) for p, how in files if p not in told]


def _evidence(case: Case, signed: SignOff, now: Mapping[str, Mapping[str, str]]) -> Iterator[Change]:
    for evidence, how in _differences(signed.evidence, now["evidence"]):
        document = case.document(evidence)
        place = Place(document.place.file, document.place.row, "file") if document else signed.place
        name = f"The document {evidence}" + (f" ({document.title})" if document else "")
        yield Change("documents", place, f"{name} {how}", {"evidence": evidence})
    for evidence, how in _differences(signed.register, now["register"]):
        document = case.document(evidence)
        place = document.place if document else signed.place
        yield Change("the register of evidence", place, f"The register row of {evidence} {how}", {"evidence": evidence})


def _answers(case: Case, signed: SignOff, now: Mapping[str, Mapping[str, str]]) -> Iterator[Change]:
    answers = {f"{a.respondent} {a.statement}": a for form in case.forms for a in form.answers}
    for key, how in _differences(signed.answers, now["answers"]):
        respondent, _, statement = key.rpartition(" ")
        place = answers[key].place if key in answers else signed.place
        words = f"The answer of {respondent} on {statement} {how}"
        yield Change("answers", place, words, {"statement": statement, "respondent": respondent})


KINDS = {
    "responses": "answers",
    "actions": "the actions",
    "risks": "the risks",
    "funding": "the funding",
    "indicators": "the indicators",
    "schemes": "the schemes",
    "narrative": "the narrative",
    "assessment": "what the assessment says of itself",
    "register": "the register of evidence",
}


def _kind(path: str, case: Case) -> str:
    """What an input is, for the cover of a paper."""
    first, _, rest = path.partition("/")
    if first == "templates":
        return "the template of a paper"
    if first == "evidence":
        return KINDS["register"]
    folder, _, inside = rest.partition("/")
    if first == "assessments" and inside and folder != case.assessment.cycle:
        return "an earlier assessment"
    return KINDS.get(inside.partition("/")[0].partition(".")[0], "the framework")


def _differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in sorted(then.keys() | now.keys()):
        if then.get(key) != now.get(key):
            yield key, "was added" if key not in then else "was removed" if key not in now else "has changed"


def _who(record: SignOff) -> str:
    return f"{record.by}, {date_in_words(record.on)},"
