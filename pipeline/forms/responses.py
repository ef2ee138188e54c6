"""The returned forms of a cycle: whose they are, and the answers in their rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipeline.errors import InputError
from pipeline.files import as_compact_json
from pipeline.forms.answers import Known, is_of_another, read_answers, what_is_known
from pipeline.forms.reading import ReturnedForm, read_form
from pipeline.forms.waiting import note_embedded
from pipeline.forms.wording import COMPLETED_BY, COMPLETED_ON, METHOD
from pipeline.inputs.cells import known_as, suggestion
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.faults import Faults, unreadable
from pipeline.inputs.suggest import SUFFIXES, nearest, one_of, same, shown
from pipeline.inputs.tables import TABLES
from pipeline.model import Answer, Assessment, Finding, Form, Framework, Place, Respondent, Role, Severity
from pipeline.office.cache import Cache, code_version
from pipeline.office.sources import listed, read_bytes
from pipeline.text import list_in_words
from pipeline.workspace import Workspace

LIBRARIES = ("lxml", "openpyxl", "rapidfuzz")
_SMALL_WORDS = {"the", "of", "and", "for", "form", "team", "returned"}
_SAID = ("level_text", "comment", "public_comment")


def joined(forms: Sequence[Form], faults: Faults) -> Form:
    """One form out of several; where two of them answer a statement differently both are named, and neither stands.

    What a second form answers is no other answer: it replaces the earlier one.
    """
    if len(forms) == 1:
        return forms[0]
    again = [form for form in forms if form.second]
    if again and len(again) < len(forms):
        return _replaced(joined([f for f in forms if not f.second], faults), joined(again, faults), faults)
    by_statement: dict[str, list[Answer]] = {}
    for answer in (answer for form in forms for answer in form.answers):
        by_statement.setdefault(answer.statement, []).append(answer)
    answers = []
    for given in by_statement.values():
        filled = [a for a in given if _is_filled(a)] or given[:1]
        if differing := [a for a in filled if any(not _agree(a, b) for b in filled)]:
            _name_all(differing, faults)
        else:
            answers.append(_together(filled))
    return replace(
        forms[0],
        answers=tuple(answers),
        actions=tuple({(same(a.statement), same(a.action)): a for f in forms for a in f.actions}.values()),
        completed_by=_first(f.completed_by for f in forms),
        completed_on=_first(f.completed_on for f in forms),
        method=_first(f.method for f in forms),
        further=tuple(f.file for f in forms[1:]),
    )


def _replaced(first: Form, second: Form, faults: Faults) -> Form:
    """A form with what the second one fills in; what that leaves empty stays."""
    before = {answer.statement: answer for answer in first.answers}
    given = {a.statement: _anew(before.get(a.statement), a) for a in second.answers if _is_filled(a)}
    if given:
        faults.add(
            "IN105",
            Severity.NOTE,
            Place(second.file),
            f"A second form came back: what it gives replaces the earlier answer to {list_in_words(list(given))}.",
            "Nothing need be done. To go back to the earlier answers, take the second form out of the folder.",
        )
    joint = joined([replace(first, answers=(), second=False), replace(second, answers=(), second=False)], faults)
    return replace(
        joint, answers=tuple({**before, **given}.values()), completed_on=second.completed_on or first.completed_on
    )


def _anew(before: Answer | None, now: Answer) -> Answer:
    """An answer field by field: level, comments and evidence stand as they were where the second form gives none."""
    if before is None:
        return now
    parts = (("level_text", "level"), ("comment",), ("public_comment",), ("evidence", "citations"), ("dissent",))
    kept = {name: getattr(before, name) for names in parts if not getattr(now, names[0]).strip() for name in names}
    return replace(now, **kept)


def _is_filled(answer: Answer) -> bool:
    return bool(answer.evidence.strip()) or any(getattr(answer, key).strip() for key in _SAID)


def _agree(one: Answer, other: Answer) -> bool:
    pairs = ((same(getattr(one, key)), same(getattr(other, key))) for key in _SAID)
    return all(a == b or not a or not b for a, b in pairs)


def _together(answers: Sequence[Answer]) -> Answer:
    """Answers that say the same, with all the evidence that any of them cites."""
    first = answers[0]
    if len(answers) == 1:
        return first
    leads = next((a for a in answers if a.level_text.strip()), first)
    citations = {same(c.text): c for a in reversed(answers) for c in reversed(a.citations)}
    return replace(
        leads,
        comment=_first(a.comment for a in answers),
        public_comment=_first(a.public_comment for a in answers),
        evidence="; ".join(c.text for c in reversed(citations.values())),
        citations=tuple(reversed(citations.values())),
    )


def _name_all(answers: Sequence[Answer], faults: Faults) -> None:
    said = []
    for answer in answers:
        row = f" row {answer.place.row}" if answer.place.row else ""
        what = shown(answer.level_text or answer.comment or answer.public_comment)
        said.append(f"`{what}` in {PurePosixPath(answer.place.file).name}{row}")
    faults.repeated(
        replace(answers[-1].place, field="statement"),
        f"{answers[0].statement} is answered in {len(answers)} forms, and not alike: {', '.join(said)}. None of these "
        "answers is read, nor the evidence beside them.",
        "Take the answer that is not right out of its form; or take that whole form out of the folder.",
        statement=answers[0].statement,
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def forms_by_respondent(
    ws: Workspace, folder: Path, assessment: Assessment, framework: Framework, faults: Faults
) -> Mapping[str, tuple[Path, ...]]:
    """Respondent -> the files that are theirs; a file of nobody is named."""
    returned: dict[str, list[Path]] = {r.id: [] for r in assessment.respondents}
    of_nobody = []
    for path in listed(folder):
        if path.is_dir() and path.suffix.lower() not in SUFFIXES:
            continue
        if owner := _owner(ws, path, assessment, framework):
            returned[owner].append(path)
        else:
            of_nobody.append(path)
    awaited = [r for r in assessment.respondents if not returned[r.id]]
    for path in of_nobody:
        if (meant := _meant(path, awaited, len(of_nobody))) is not None:
            told = f"There is no form from {meant.name}; `{shown(path.name)}` belongs to nobody, so it is not read."
            remedy = f"If it is theirs, rename it `{meant.id}{path.suffix.lower()}`."
        else:
            declared = known_as(r.id for r in assessment.respondents)
            told = f"There is no respondent `{shown(path.stem)}` in assessment.yaml, so this form is not read."
            remedy = f"{suggestion(path.stem, declared)}Name the file after a respondent, or add the respondent."
        faults.unknown(Place(ws.relative(path)), told, remedy)
    # The plain name first, then what was added to it.
    return {owner: tuple(sorted(paths, key=lambda p: (len(p.stem), p.name))) for owner, paths in returned.items()}


def named_after(stem: str, respondents: Iterable[Respondent]) -> str | None:
    """The respondent whose id a file's name begins with (`icb-team GA`, `icb-team (2)`); the longest that fits."""
    ids = [r.id for r in respondents]
    if exact := next((i for i in ids if same(i) == same(stem)), None):
        return exact
    words = _words(stem)
    fitting = [i for i in ids if _words(i) and words[: len(_words(i))] == _words(i)]
    return max(fitting, key=lambda i: len(_words(i)), default=None)


def _meant(path: Path, awaited: Sequence[Respondent], files: int) -> Respondent | None:
    """Whose form a file of nobody may be, of those whose form is not there: by its words, or the only one of both."""
    words = set(_words(path.stem))
    shared = {r.id: len(words & {*_words(r.id), *_words(r.name)} - _SMALL_WORDS) for r in awaited}
    most = max(shared.values(), default=0)
    slip = nearest(path.stem, (r.id for r in awaited))
    near = [r for r in awaited if (r.id == slip if slip else most and shared[r.id] == most)]
    if not near and files == 1:
        near = list(awaited)
    return near[0] if len(near) == 1 and path.suffix.lower() in SUFFIXES else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _owner(ws: Workspace, path: Path, assessment: Assessment, framework: Framework) -> str | None:
    if owner := named_after(path.stem, assessment.respondents):
        return owner
    if path.suffix.lower() not in SUFFIXES:
        return None
    try:
        content = read_bytes(ws, path)
        own_names = assessment.column_names.get("responses", {})
        form = _read_once(ws, content, ws.relative(path), own_names, framework, Faults())
    except InputError:
        return None
    said = form.cover["respondent"][0] if form.ours and "respondent" in form.cover else ""
    return next((r.id for r in assessment.respondents if same(said) in (same(r.id), same(r.name))), None)


def read_responses(
    ws: Workspace,
    assessment: Assessment,
    framework: Framework,
    index: RegisterIndex,
    faults: Faults,
    to_compare: bool = False,
) -> tuple[Form, ...]:
    """One form for each respondent that returned any, in the order in which they are declared.

    A file that cannot be read is a finding at its respondent. Only a table of the organisation's own whose columns are
    misnamed stops the reading, unless it is there `to_compare` with.
    """
    folder = ws.cycle_folder(assessment.cycle) / "responses"
    returned = forms_by_respondent(ws, folder, assessment, framework, faults)
    known = what_is_known(assessment, framework, index)
    forms = []
    for respondent in assessment.respondents:
        own = Faults(respondent=respondent.id)
        if respondent.role is Role.PARTNER:
            own.blocking = Severity.WARNING
        if not returned[respondent.id]:
            _not_returned(ws.relative(folder), respondent, own)
        read = []
        for path in returned[respondent.id]:
            try:
                read.append(_form(ws, path, respondent, assessment, known, own))
            except InputError as fault:
                if fault.field in TABLES["responses"].all and respondent.role is not Role.PARTNER and not to_compare:
                    raise
                passed_over = unreadable(fault, "The form cannot be read, so it is passed over.", respondent.id)
                own.found = [f for f in own.found if f.file != ws.relative(path)]
                own.found.append(replace(passed_over, severity=own.blocking))
        if read:
            forms.append(joined(read, own))
        faults.found.extend(own.found)
    return tuple(forms)


def _not_returned(folder: str, respondent: Respondent, faults: Faults) -> None:
    faults.add(
        "IN105",
        Severity.NOTE,
        Place(folder),
        f"{respondent.name} (`{respondent.id}`) has returned no form.",
        f"Ask for it, and save it here as {respondent.id}.xlsx, .docx or .csv.",
    )


def _form(
    ws: Workspace, path: Path, respondent: Respondent, assessment: Assessment, known: Known, faults: Faults
) -> Form:
    file = ws.relative(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"A form in the format {path.suffix or 'of this file'} cannot be read.",
            f"Save it as {one_of(SUFFIXES)}, or type its answers into such a form.",
            file=file,
        )
    own_names = assessment.column_names.get("responses", {})
    content = read_bytes(ws, path)
    form = _read_once(ws, content, file, own_names, known.framework, faults)
    if is_of_another(form, respondent, assessment, known.framework, faults):
        # What was left in a form whose answers are not read matters to nobody.
        faults.found = [f for f in faults.found if f.code != "IN105" or f.file != file]
        return Form(respondent.id, file, ())
    read = Form(
        respondent.id,
        file,
        tuple(read_answers(form, respondent.id, known, faults)),
        form.actions,
        form.completed.get(COMPLETED_BY, ""),
        form.completed.get(COMPLETED_ON, ""),
        form.completed.get(METHOD, ""),
        second=form.second,
    )
    note_embedded(ws, file, content, read, known.statements, known.index, faults)
    return read


@dataclass(frozen=True)
class _Kept:
    """A form as it was read, and what was found in it meanwhile."""

    form: ReturnedForm
    found: tuple[Finding, ...]


def _read_once(
    ws: Workspace, content: bytes, file: str, own: Mapping[str, str], framework: Framework, faults: Faults
) -> ReturnedForm:
    """What `read_form` gives; of a form that did not change it is taken from where it is kept."""
    asked = (file, own, framework, faults.respondent, faults.blocking, faults.papers)
    digest = hashlib.sha256(as_compact_json(asked) + content).hexdigest()
    cache = Cache(ws.library, code_version(("forms", "inputs", "model", "office", "text"), LIBRARIES))
    kept = cache.load(digest, "form", _Kept)
    if kept is None:
        fresh = replace(faults, found=[])
        kept = _Kept(read_form(content, file, own, framework, fresh), tuple(fresh.found))
        cache.store(digest, "form", kept)
    faults.found.extend(kept.found)
    return kept.form
