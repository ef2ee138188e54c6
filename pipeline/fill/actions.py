"""The action plan as the papers print it: rows of Annex A, and those that are due."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.dossier.views import ActionView, Dossier
from pipeline.fill import cover
from pipeline.fill.horizons import due_first
from pipeline.fill.kit import Kit
from pipeline.fill.runs import Sentence
from pipeline.words import date_in_words, the

LISTED = 10


class PlannedAction:
    """A row of the action plan."""

    def __init__(self, action: ActionView, names: Mapping[str, str], kit: Kit) -> None:
        self.id = action.id
        about = action.statement or action.section
        self.name = names.get(about, about) or "no statement named"
        self.action = action.action
        self.owner = action.owner or "no owner named"
        self.due = date_in_words(action.due) or "no date given"
        self.status = {"open": "overdue" if action.overdue else "open"}.get(action.status, action.status) or "not given"
        self.measure = action.measure or "no measure given"
        self.progress = kit.sentence(action.progress or "no progress recorded").cite(action.citations)
        answers = (f"Risk {action.risk}" if action.risk else "", f"Closes: {action.closes}" if action.closes else "")
        self.bears_on = "; ".join(filter(None, answers))


def names_of(dossier: Dossier) -> dict[str, str]:
    """`GA1 Named leaders` by statement id, titles by section id; the id alone where there is no short name."""
    statements = {s.id: s.id if s.short == s.id else f"{s.id} {s.short}" for s in dossier.statements}
    return {section.id: section.title for section in dossier.sections} | statements


def planned_actions(dossier: Dossier, kit: Kit) -> tuple[PlannedAction, ...]:
    """The whole plan."""
    names = names_of(dossier)
    return tuple(PlannedAction(action, names, kit) for action in dossier.actions)


def due_actions(dossier: Dossier, kit: Kit) -> tuple[tuple[PlannedAction, ...], Sentence | str]:
    """Up to ten that are overdue, or due by the next meeting; and how many more there are."""
    names, due = names_of(dossier), due_first(dossier)
    shown = tuple(PlannedAction(a, names, kit) for a in due[:LISTED])
    more = len(due) - len(shown)
    if more <= 0:
        return shown, ""
    noun = "action is" if more == 1 else "actions are"
    return shown, kit.sentence(f"{more:,} more {noun} in ").refer("annex_a", "Annex A").say(".")


def nothing_due(dossier: Dossier) -> str:
    """In words, where the table would be empty."""
    if not dossier.actions:
        return "No action has been recorded."
    return "No open action is overdue or due by the next meeting."


def plan_is_for(dossier: Dossier) -> str:
    """What the Board is to do with the plan: approve it, unless the paper is for information."""
    if dossier.cover.type == "information":
        return "This is the whole of the action plan, for information."
    return f"This is the whole of the action plan, which {cover.who_is_asked(dossier)} is asked to approve."


def owner_and_date(action: ActionView) -> str:
    """`the Director of Strategy, by 30 June 2026`; what is missing is said to be."""
    owner = the(action.owner) if action.owner else "no owner named"
    due = f"due {date_in_words(action.due)}" if action.due else "no date given"
    return f"{owner}, {due}{', overdue' if action.overdue else ''}"
