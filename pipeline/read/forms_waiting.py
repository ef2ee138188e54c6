"""What a returned form holds besides answers, until someone has seen to it: actions, and documents dropped into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.model import Action, Form, Place, ProposedAction, Severity
from pipeline.read.embedded import embedded_documents
from pipeline.read.faults import Faults
from pipeline.read.nearest import same, shown
from pipeline.words import counted
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
            "Give it a row in actions.csv with these words, if it is to be done.",
            statement=proposed.statement or None,
            respondent=respondent,
        )


def note_embedded(ws: Workspace, file: str, content: bytes, statements: Mapping[str, str], faults: Faults) -> None:
    """Documents dropped into a form that nobody has taken out yet."""
    if file.lower().endswith(".csv"):
        return
    inbox = ws.evidence / "inbox"
    taken = {path.stem for path in inbox.iterdir()} if inbox.is_dir() else set()
    waiting = [d for d in embedded_documents(content, statements) if not d.content or d.sha256 not in taken]
    if waiting:
        names = ", ".join(f"`{shown(d.name)}`" for d in waiting[:5])
        faults.add(
            "IN105",
            Severity.NOTE,
            Place(file),
            f"{counted(len(waiting), 'document')} {'lies' if len(waiting) == 1 else 'lie'} inside this form: {names}.",
            "Run `boardpack inbox`: it takes them out and proposes a row of the register for each.",
        )
