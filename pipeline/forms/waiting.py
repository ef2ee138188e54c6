"""What a returned form holds besides answers, until someone has seen to it: actions, and documents dropped into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.files import csv_text
from pipeline.forms.embedded import Embedded, embedded_documents, files_by_digest
from pipeline.forms.wording import METHODS
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.dates import only_reading
from pipeline.inputs.faults import Faults
from pipeline.inputs.register import next_id
from pipeline.inputs.suggest import same, shown
from pipeline.inputs.tables import TABLES
from pipeline.model import Action, Assessment, Form, Framework, Place, ProposedAction, Severity
from pipeline.text import as_argument, counted
from pipeline.workspace import Workspace


def unplaced_actions(forms: Iterable[Form], actions: Iterable[Action]) -> tuple[tuple[str, ProposedAction], ...]:
    """Respondent and action, for those written into forms whose words stand in no row of actions.csv."""
    placed = {same(action.action) for action in actions}
    return tuple((f.respondent, a) for f in forms for a in f.actions if same(a.action) not in placed)


def note_actions(forms: Iterable[Form], actions: Iterable[Action], faults: Faults) -> None:
    """An action on a form is a proposal; it counts when it stands in the action plan."""
    for respondent, proposed in unplaced_actions(forms, actions):
        given = [
            f"{label} `{shown(value)}`"
            for label, value in (("owner", proposed.owner), ("due", proposed.due), ("measure", proposed.measure))
            if value
        ]
        named = ", ".join([f"`{shown(proposed.action, 300)}`", *given])
        faults.add(
            "IN105",
            Severity.NOTE,
            proposed.place,
            f"The form proposes an action that is not in the action plan: {named}.",
            "Give it a row in actions.csv, if it is to be done; `boardpack inbox` writes the row to paste.",
            statement=proposed.statement or None,
            respondent=respondent,
        )


def with_what_forms_say(assessment: Assessment, forms: Iterable[Form], faults: Faults) -> Assessment:
    """When and in which way a respondent answered, from the form's own cover where assessment.yaml does not say."""
    by_respondent = {form.respondent: form for form in forms}
    respondents = []
    for respondent in assessment.respondents:
        form = by_respondent.get(respondent.id)
        if form:
            said = form.completed_on.strip()
            day = only_reading(said) if said else None
            if said and not day and not respondent.completed_on:
                faults.add(
                    "IN105",
                    Severity.NOTE,
                    Place(form.file),
                    f"The form says it was completed on `{shown(form.completed_on)}`, which cannot be read as a date.",
                    f"Write `completed_on` at `{respondent.id}` in assessment.yaml, as year-month-day.",
                    respondent=respondent.id,
                )
            way = form.method.strip().casefold()
            respondent = replace(
                respondent,
                completed_on=respondent.completed_on or day,
                method=respondent.method or (way if way in METHODS else ""),
            )
        respondents.append(respondent)
    return replace(assessment, respondents=tuple(respondents))


def action_lines(
    proposed: Sequence[ProposedAction], actions: Iterable[Action], framework: Framework
) -> tuple[str, ...]:
    """Proposed actions as lines to paste into actions.csv, the headings first; dates as ISO where they can be read."""
    if not proposed:
        return ()
    sections = {s.id: s.section for s in framework.statements}
    ids = [action.id for action in actions]
    rows: list[Sequence[str]] = [TABLES["actions"].needed]
    for one in proposed:
        ids.append(next_id(ids) if ids else "A01")
        due = str(only_reading(one.due) or one.due)
        cells = (ids[-1], sections.get(one.statement, ""), one.statement, one.action, one.owner, due, "open")
        rows.append([" ".join(cell.split()) for cell in (*cells, one.measure)])
    return tuple(csv_text(rows).splitlines())


def note_embedded(
    ws: Workspace,
    file: str,
    content: bytes,
    form: Form,
    statements: Mapping[str, str],
    index: RegisterIndex,
    faults: Faults,
) -> None:
    """Documents dropped into a form, until each is registered and cited where it lay."""
    if file.lower().endswith(".csv"):
        return
    documents = embedded_documents(content, statements)
    taken = files_by_digest(ws.evidence / "inbox") if documents else {}
    waiting = []
    for document in documents:
        at = f" at {document.statement}" if document.statement else ""
        name = shown(_telling(document))
        if not document.content:
            message = f"`{name}` lies inside this form{at} and cannot be taken out, since {document.fault}."
            remedy = "Ask for the document itself, and put it into evidence/ with a row in the register."
        elif registered := _registered(ws, document, index):
            cited = {c.evidence for a in form.answers if a.statement == document.statement for c in a.citations}
            if not document.statement or registered in cited:
                continue
            message = f"`{name}`, which is {registered}, lies inside this form{at}, and nothing there cites it."
            remedy = f"Add `{registered}` to the evidence of {document.statement}, if it was meant as that."
        elif path := taken.get(document.sha256):
            message = f"`{name}`, which came inside this form{at}, waits in the inbox: it is not registered."
            remedy = f"Register it with `boardpack register add {as_argument(ws.relative(path))}`, then cite it{at}."
        else:
            waiting.append(f"`{name}`{at}")
            continue
        faults.add("IN105", Severity.NOTE, Place(file), message, remedy, statement=document.statement)
    if waiting:
        faults.add(
            "IN105",
            Severity.NOTE,
            Place(file),
            f"{counted(len(waiting), 'document')} {'lies' if len(waiting) == 1 else 'lie'} inside this form: "
            f"{', '.join(waiting[:5])}.",
            "Run `boardpack inbox`: it takes them out and proposes a row of the register for each.",
        )


def _telling(document: Embedded) -> str:
    """A name that a person knows: of 64 letters that are a digest nobody remembers anything."""
    stem, _, ending = document.name.rpartition(".")
    return f"a document (.{ending})" if len(stem) == 64 and stem.isalnum() else document.name


def _registered(ws: Workspace, document: Embedded, index: RegisterIndex) -> str:
    """The id under which this very content is registered."""
    home = ws.evidence.resolve()
    for identity, place in index.places.items():
        path = (home / place).resolve()
        try:
            same_size = path.is_relative_to(home) and path.is_file() and path.stat().st_size == len(document.content)
            if same_size and hashlib.sha256(path.read_bytes()).hexdigest() == document.sha256:
                return identity
        except (OSError, ValueError):
            continue
    return ""
