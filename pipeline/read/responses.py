"""The returned forms of a cycle: whose they are, and whether they are the right ones."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import (
    Assessment,
    Form,
    Framework,
    Place,
    Respondent,
    Role,
    Severity,
)
from pipeline.read.answers import Known, read_answers, what_is_known
from pipeline.read.cells import known_as, suggestion
from pipeline.read.citations import RegisterIndex
from pipeline.read.covers import is_of_another
from pipeline.read.faults import Faults, unreadable
from pipeline.read.forms import SUFFIXES, read_form
from pipeline.read.forms_waiting import note_embedded
from pipeline.read.forms_words import COMPLETED_BY, COMPLETED_ON, METHOD
from pipeline.read.nearest import one_of, same, shown
from pipeline.read.sources import listed, read_bytes
from pipeline.workspace import Workspace


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
    known = what_is_known(assessment, framework, index)
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
    if is_of_another(form.cover, respondent, assessment, known.framework, faults, filled_in=not form.ours):
        # What was left in a form whose answers are not read matters to nobody.
        faults.found = [f for f in faults.found if f.code != "IN105" or f.file != file]
        return Form(respondent.id, file, ())
    return Form(
        respondent.id,
        file,
        tuple(read_answers(form, respondent.id, known, faults)),
        form.actions,
        form.completed.get(COMPLETED_BY, ""),
        form.completed.get(COMPLETED_ON, ""),
        form.completed.get(METHOD, ""),
    )
