"""What has changed since a sign-off: of all that the papers rest on, by row and field where it can be told."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipeline.checks.messages import WARNING, finding
from pipeline.inputs.signoffs import LAST, SIGN_OFFS
from pipeline.model import Case, Finding, Place, Severity, SignOff
from pipeline.score import Scores
from pipeline.text import date_in_words, list_in_words

PUT_BACK = "Put back what was kept of it; or look at everything again and sign off anew, which says this for good."
SIGN_AGAIN = "See whether it still bears what was signed, then sign off again."
NOT_SIGNED = ("place", "citations")
"""Where something stands, and what was understood of it, is not what was written."""
EMPTY = ("null", '""', "[]", "{}", "false")


@dataclass(frozen=True)
class Kind:
    """What rows of one table are called: on the cover, where no name or title may stand, and in a finding."""

    on_the_cover: str
    row: str


KINDS = {
    "responses": Kind("answers", "The answer of"),
    "register": Kind("the register of evidence", "The register row of"),
    "actions": Kind("the actions", "The action"),
    "risks": Kind("the risks", "The risk"),
    "funding": Kind("the funding", "The funding"),
    "indicators": Kind("the indicators", "The indicator"),
    "schemes": Kind("the schemes", "The scheme"),
    "assessment": Kind("what the assessment says of itself", "The file"),
    "earlier answers": Kind("an earlier assessment", "The answer of"),
    "earlier actions": Kind("an earlier assessment", "The action"),
    "narrative": Kind("the narrative", ""),
}


@dataclass(frozen=True)
class _Row:
    """One row as it is now; `prints` holds for each field that is not empty the beginning of its digest."""

    place: Place
    prints: Mapping[str, str]
    ids: Mapping[str, str]


def signed_digests(case: Case) -> dict[str, dict[str, Any]]:
    """Digests of every document and input, and of every field of every row: what a sign-off records."""
    return {
        "rows": {
            kind: {key: {"": row.place.file, **row.prints} for key, row in found.items()}
            for kind, found in _rows(case).items()
        },
        "evidence": _held(case),
        "inputs": _inputs(case),
    }


def _held(case: Case) -> dict[str, str]:
    return {e: c.sha256 for e, c in sorted(case.copies.items()) if c.sha256}


def _inputs(case: Case) -> dict[str, str]:
    return {path: digest for path, digest in case.inputs.items() if _is_signed(path)}


def _is_signed(path: str) -> bool:
    """Documents are signed by their register row; the record of sign-offs cannot sign itself."""
    if path.startswith("evidence/"):
        return path.rpartition(".")[0] == "evidence/register"
    return not path.endswith((f"/{SIGN_OFFS}", LAST))


def _rows(case: Case) -> dict[str, dict[str, _Row]]:
    """Every row that was read, by kind and by what it is called; one that is called like another is numbered."""
    found: dict[str, dict[str, _Row]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for kind, name, record, place, ids in _records(case):
        seen[kind, name] += 1
        key = name if seen[kind, name] == 1 else f"{name}, number {seen[kind, name]},"
        found.setdefault(kind, {})[key] = _Row(place, prints_of(record), ids)
    return found


def _records(case: Case) -> Iterator[tuple[str, str, Any, Place, Mapping[str, str]]]:
    """Kind, name, record, place, and the ids that a finding names."""
    for a in (a for form in case.forms for a in form.answers):
        ids = {"statement": a.statement, "respondent": a.respondent}
        yield "responses", f"{a.respondent} on {a.statement}", _as_written(a), a.place, ids
    for d in case.register:
        yield "register", d.id, d, d.place, {"evidence": d.id}
    for action in case.actions:
        yield "actions", action.id, action, action.place, {"statement": action.statement, "about": action.id}
    for kind in ("risks", "funding", "schemes"):
        for row in getattr(case, kind):
            yield kind, row.id, row, row.place, {"about": row.id}
    for i in case.indicators:
        group = ", ".join(filter(None, (f"{i.breakdown} {i.category}".strip(), i.period)))
        yield "indicators", f"{i.id} ({group})", i, i.place, {"about": i.id}
    yield "assessment", case.assessment.file, case.assessment, Place(case.assessment.file), {}
    for earlier in (case.previous, *case.earlier) if case.previous else ():
        cycle = earlier.assessment.cycle
        for a in (a for form in earlier.forms for a in form.answers):
            yield "earlier answers", f"{a.respondent} on {a.statement} in {cycle}", _as_written(a), a.place, {}
        for action in earlier.actions:
            yield "earlier actions", f"{action.id} of {cycle}", action, action.place, {}


def _as_written(answer: Any) -> Any:
    return replace(answer, level=answer.level_text or answer.level, level_text="")


def prints_of(record: Any) -> dict[str, str]:
    """The beginning of a digest for each field that is not empty, by the field's name in its file."""
    kept = asdict(record, dict_factory=lambda pairs: {k: v for k, v in pairs if k not in NOT_SIGNED})
    return dict(_flat(kept))


def _flat(content: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        name = f"{path}{RENAMED.get(key, key)}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}{'_' if value.keys() == SCORE else '.'}")
        elif (text := json.dumps(value, ensure_ascii=False, default=str)) not in EMPTY:
            yield name, hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:16]


SCORE = {"likelihood", "consequence"}
RENAMED = {
    "place_name": "place",
    "include_levels": "annual_report.include_levels",
    "contacts": "publication.contacts",
    "small_numbers": "publication.small_numbers",
}
"""Fields that the model has under another name than their file."""


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
    """Every change since a sign-off: by document, row and field where it can be told, else by file."""
    documents = list(_documents(case, signed))
    if not (signed.inputs and signed.rows):  # a record from before they were signed too
        words = "Nothing but the documents can be compared with what was signed; the rest may have changed"
        return [*documents, Change("all but documents, which alone can be compared", signed.place, words, {})]
    files = dict(_differences(signed.inputs, _inputs(case)))
    now = _rows(case)
    rows = [change for kind in KINDS for change in _in_rows(kind, now.get(kind, {}), signed, files)]
    told = {change.place.file for change in rows}
    by_file = [Change(_kind(p, case), Place(p), f"{p} {how}", {}) for p, how in files.items() if p not in told]
    return [*documents, *rows, *by_file]


def _documents(case: Case, signed: SignOff) -> Iterator[Change]:
    for evidence, how in _differences(signed.evidence, _held(case)):
        document = case.document(evidence)
        place = Place(document.place.file, document.place.row, "file") if document else signed.place
        name = f"The document {evidence}" + (f" ({document.title})" if document else "")
        yield Change("documents", place, f"{name} {how}", {"evidence": evidence})


def _in_rows(kind: str, now: Mapping[str, _Row], signed: SignOff, files: Mapping[str, str]) -> Iterator[Change]:
    """Rows of one kind that are not as they were; where a whole file came or went, the file says it."""
    then = signed.rows.get(kind, {})
    stayed = {place for key in then.keys() & now.keys() for place in (then[key].get("", ""), now[key].place.file)}
    for key in sorted(then.keys() | now.keys()):
        row = now.get(key)
        before = {name: print_ for name, print_ in then.get(key, {}).items() if name}
        fields = [name for name, _ in _differences(before, row.prints if row else {})]
        place = row.place if row else Place(then[key].get("", ""))
        if not fields or (kind == "assessment" and place.file not in files):
            continue
        if key in then and row:
            how = f"has changed in {list_in_words([f'`{name}`' for name in fields])}"
            place = Place(place.file, place.row, fields[0]) if len(fields) == 1 else place
        elif place.file in files and place.file not in stayed and "changed" not in files[place.file]:
            continue
        else:
            how = "was added" if row else "was removed"
        known = KINDS[kind]
        yield Change(known.on_the_cover, place, f"{known.row} {key} {how}", row.ids if row else {})


def _kind(path: str, case: Case) -> str:
    """What an input is, for the cover of a paper."""
    first, _, rest = path.partition("/")
    if first == "templates":
        return "the template of a paper"
    if first == "evidence":
        return KINDS["register"].on_the_cover
    folder, _, inside = rest.partition("/")
    if first == "assessments" and inside and folder != case.assessment.cycle:
        return KINDS["earlier answers"].on_the_cover
    known = KINDS.get(inside.partition("/")[0].partition(".")[0])
    return known.on_the_cover if known else "the framework"


def _differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for key in sorted(then.keys() | now.keys()):
        if then.get(key) != now.get(key):
            yield key, "was added" if key not in then else "was removed" if key not in now else "has changed"


def _who(record: SignOff) -> str:
    return f"{record.by}, {date_in_words(record.on)},"
