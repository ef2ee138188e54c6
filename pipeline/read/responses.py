"""The returned forms of a cycle: whose they are, and whether they are the right ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.errors import InputError
from pipeline.model import Assessment, Form, Framework, Place, Respondent, Role, Severity
from pipeline.read.answers import Known, read_answers, what_is_known
from pipeline.read.citations import RegisterIndex
from pipeline.read.columns import TABLES
from pipeline.read.covers import is_of_another
from pipeline.read.faults import Faults, unreadable
from pipeline.read.forms import SUFFIXES, read_form
from pipeline.read.forms_waiting import note_embedded
from pipeline.read.forms_words import COMPLETED_BY, COMPLETED_ON, METHOD
from pipeline.read.joined import joined
from pipeline.read.nearest import one_of
from pipeline.read.returned import forms_by_respondent
from pipeline.read.sources import read_bytes
from pipeline.workspace import Workspace


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
    form = read_form(content, file, own_names, known.framework, faults)
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
    )
    note_embedded(ws, file, content, read, known.statements, known.index, faults)
    return read
