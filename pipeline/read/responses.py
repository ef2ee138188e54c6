"""The returned forms of a cycle: who answered, with which level, comment and citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import (
    NOT_ASSESSED,
    Answer,
    Assessment,
    Form,
    Framework,
    Place,
    Respondent,
    Role,
    Severity,
)
from pipeline.read.cells import Cells, beyond_the_header, known_as, repeated, suggestion
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults, unreadable
from pipeline.read.forms import SUFFIXES, ReturnedForm, read_form
from pipeline.read.forms_waiting import note_embedded
from pipeline.read.forms_words import COMPLETED_BY, COMPLETED_ON, METHOD, is_prompt
from pipeline.read.grids import MARKS, PROMPT
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.sources import listed, read_bytes
from pipeline.read.tables import Row
from pipeline.workspace import Workspace

_ANSWERED = ("level", "comment", "evidence", "public_comment")
"""The columns that hold an answer."""


@dataclass(frozen=True)
class Known:
    """What a form may name."""

    framework: Framework
    statements: Mapping[str, str]
    levels: Mapping[str, str]
    index: RegisterIndex
    scope: frozenset[str]
    """The statements that this run assesses; answers to others are nobody's business today."""


def read_responses(
    ws: Workspace,
    assessment: Assessment,
    framework: Framework,
    index: RegisterIndex,
    faults: Faults,
    pass_over_unreadable: bool = False,
) -> tuple[Form, ...]:
    """One form for each respondent that returned one, in the order in which they are declared.

    A form that cannot be read at all stops the reading, unless it is only there to be compared with.
    """
    folder = ws.cycle_folder(assessment.cycle) / "responses"
    returned = _returned(ws, folder, assessment, faults)
    known = Known(
        framework,
        known_as(s.id for s in framework.statements),
        _levels(framework),
        index,
        _scope(assessment, framework),
    )
    forms = []
    for respondent in assessment.respondents:
        own = Faults(respondent=respondent.id)
        if respondent.role is Role.PARTNER:
            own.blocking = Severity.WARNING
        if path := returned.get(same(respondent.id)):
            try:
                forms.append(_form(ws, path, respondent, assessment, known, own))
            except InputError as fault:
                if not pass_over_unreadable:
                    raise
                own.found = [unreadable(fault, "The form cannot be read, so it is passed over.", respondent.id)]
        else:
            _not_returned(ws.relative(folder), respondent, own)
        faults.found.extend(own.found)
    return tuple(forms)


def _scope(assessment: Assessment, framework: Framework) -> frozenset[str]:
    chosen = assessment.sections
    return frozenset(s.id for s in framework.statements if not chosen or s.section in chosen)


def _returned(ws: Workspace, folder: Path, assessment: Assessment, faults: Faults) -> dict[str, Path]:
    """Respondent -> the file returned; two files of one respondent are refused, those of nobody are named."""
    declared = known_as(r.id for r in assessment.respondents)
    returned: dict[str, Path] = {}
    for path in listed(folder):
        if path.is_dir() and path.suffix.lower() not in SUFFIXES:
            continue
        key, file = same(path.stem), ws.relative(path)
        if key in returned:
            raise InputError(
                f"Two forms of one respondent are there: {returned[key].name} and {path.name}.",
                "Keep the one that was returned last and take the other out of the folder.",
                file=file,
            )
        returned[key] = path
        if key not in declared:
            faults.unknown(
                Place(file),
                f"There is no respondent `{shown(path.stem)}` in assessment.yaml, so this form is not read.",
                f"{suggestion(path.stem, declared)}Name the file after a respondent, or add the respondent.",
            )
        elif path.suffix.lower() not in SUFFIXES:
            raise InputError(
                f"A form in the format {path.suffix or 'of this file'} cannot be read.",
                f"Save it as {one_of(SUFFIXES)}.",
                file=file,
            )
    return returned


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
    own_names = assessment.column_names.get("responses", {})
    content = read_bytes(ws, path)
    form = read_form(content, file, own_names, known.framework, faults)
    note_embedded(ws, file, content, known.statements, faults)
    if _is_of_another(form, respondent, assessment, known.framework, faults):
        return Form(respondent.id, file, ())
    return Form(
        respondent.id,
        file,
        tuple(_answers(form, respondent.id, known, faults)),
        form.actions,
        form.completed.get(COMPLETED_BY, ""),
        form.completed.get(COMPLETED_ON, ""),
        form.completed.get(METHOD, ""),
    )


def _is_of_another(
    form: ReturnedForm, respondent: Respondent, assessment: Assessment, framework: Framework, faults: Faults
) -> bool:
    """Whether the form's own cover names another cycle, framework or respondent; its answers are then not read."""
    expected = {
        "cycle": (assessment.cycle,),
        "framework": (framework.id, framework.title, f"{framework.title}, version {framework.version}"),
        "respondent": (respondent.id, respondent.name),
    }
    another = False
    for label, (value, place) in form.cover.items():
        if same(value) not in map(same, expected[label]):
            another = True
            faults.add(
                "IN104",
                faults.blocking,
                place,
                f"The form's cover names the {label} `{shown(value)}`, but it was put in the place of "
                f"`{expected[label][0]}`; its answers are not read.",
                "Put the right form here, or correct the cover if only the cover is wrong.",
            )
    return another


def _levels(framework: Framework) -> dict[str, str]:
    by_name = {same_words(level.name): level.id for level in framework.levels}
    return by_name | {same_words(level.id): level.id for level in framework.levels} | {NOT_ASSESSED: NOT_ASSESSED}


def same_words(text: str) -> str:
    """Case and outer spaces aside, and spaces within counted once."""
    return " ".join(text.casefold().split())


def _answers(form: ReturnedForm, respondent: str, known: Known, faults: Faults) -> Iterable[Answer]:
    named = {same(row["statement"]) for row in form.rows}
    first: dict[str, int] = {}
    for row in form.rows:
        statement = _statement(row, known, named, faults)
        if statement not in known.scope:
            continue
        cells = Cells(_without_prompts(row, statement, faults), faults, {}, {"statement": statement})
        if statement in first:
            repeated(cells, "statement", statement, first[statement])
            continue
        first[statement] = row.number
        yield _answer(cells, statement, respondent, known)


def _without_prompts(row: Row, statement: str, faults: Faults) -> Row:
    """The row with what nobody typed left out: `Choose a level` is no level."""
    left = [column for column in _ANSWERED if is_prompt(row[column])]
    for column in left:
        faults.add("IN105", Severity.WARNING, row.place(column), *MARKS[PROMPT], statement=statement)
    return replace(row, cells={**row.cells, **dict.fromkeys(left, "")}) if left else row


def _statement(row: Row, known: Known, named: set[str], faults: Faults) -> str | None:
    """The statement that a row answers, in the framework's spelling."""
    written = row.word("statement")
    if same(written) in known.statements:
        return known.statements[same(written)]
    answered = any(row.word(c) for c in _ANSWERED)
    # In Word and Excel a line without an answer is a heading.
    if answered or row.file.endswith(".csv"):
        _unknown(row, written, known, named, faults)
    return None


def _unknown(row: Row, written: str, known: Known, named: set[str], faults: Faults) -> None:
    unanswered = {key: s for key, s in known.statements.items() if key not in named and s in known.scope}
    # Only where one statement lacks a row can it be said that what is missing there is this row.
    only = next(iter(unanswered.values())) if len(unanswered) == 1 else None
    if not written:
        faults.value(
            row.place("statement"),
            "The row does not say which statement it answers.",
            "Type the statement's id, or take the row out.",
            statement=only,
        )
        return
    near = suggestion(written, unanswered) or suggestion(written, known.statements)
    faults.unknown(
        row.place("statement"),
        f"There is no statement `{shown(written)}` in {known.framework.title}.",
        f"{near}Type the id of a statement that is in the framework.",
        statement=next((s for s in unanswered.values() if f"`{s}`" in near), only),
    )


def _answer(cells: Cells, statement: str, respondent: str, known: Known) -> Answer:
    level = _level(cells, known)
    answer = Answer(
        statement=statement,
        respondent=respondent,
        level=level,
        comment=cells.text("comment"),
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", known.index, statement, respondent),
        place=cells.place(),
        public_comment=cells.text("public_comment"),
        level_text=cells.text("level"),
    )
    if cells.row.too_long:
        beyond_the_header(cells)
        # A comma too many moves the cells behind it: what then cannot be followed is not evidence.
        if any(c.fault or not c.known for c in answer.citations):
            return replace(answer, citations=())
    return answer


def _level(cells: Cells, known: Known) -> str | None:
    text = cells.word("level")
    level = known.levels.get(same_words(text)) if text else None
    if text and level is None:
        names = [*(lv.name for lv in known.framework.levels), NOT_ASSESSED]
        cells.bad("level", f"`{shown(text)}` is not a level.", f"{did_you_mean(text, names)}Type {one_of(names)}.")
    if level == NOT_ASSESSED and not cells.word("comment"):
        cells.bad(
            "comment",
            "It is `not assessed`, and no comment says why.",
            "Say why in the comment, or give a level.",
        )
        return None
    return level
