"""The action plan as the papers print it: rows of Annex A, and those that are due."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from pipeline.dossier.views import ActionView, Dossier
from pipeline.fill import cover, sentences
from pipeline.fill.horizons import due_first, soon
from pipeline.fill.kit import Kit
from pipeline.fill.runs import Sentence
from pipeline.words import date_in_words, list_in_words, the

LISTED = 10
_OF_THE_PLAN = re.compile(
    r"\b(?:action plan|plan of action|annex a|(?:the|these|planned|proposed) actions)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:approve|agree|ratify|adopt|endorse|discuss|consider|advise on|review|receive|note|comment on|support)\b",
    re.IGNORECASE,
)


class PlannedAction:
    """A row of the action plan."""

    def __init__(self, action: ActionView, names: Mapping[str, str], kit: Kit, dossier: Dossier) -> None:
        as_of, meeting = dossier.as_of, dossier.cover.date
        self.id = action.id
        about = action.statement or action.section
        self.name = names.get(about, about) or "no statement named"
        self.action = action.action
        self.owner = action.owner or "no owner named"
        self.due = date_in_words(action.due) or "no date given"
        self.status = _status(action, as_of, meeting)
        self.measure = action.measure or "no measure given"
        self.progress = kit.sentence(action.progress or "no progress recorded").cite(action.citations)
        answers = (f"Risk {action.risk}" if action.risk else "", f"Closes: {action.closes}" if action.closes else "")
        self.bears_on = "; ".join(filter(None, answers))


def names_of(dossier: Dossier) -> dict[str, str]:
    """`GA1 Named leaders` by statement id, titles by section id; its first words where there is no short name."""
    statements = {s.id: sentences.called(s) for s in dossier.statements}
    return {section.id: section.title for section in dossier.sections} | statements


def planned_actions(dossier: Dossier, kit: Kit) -> tuple[PlannedAction, ...]:
    """The whole plan."""
    names = names_of(dossier)
    return tuple(PlannedAction(action, names, kit, dossier) for action in dossier.actions)


def due_actions(dossier: Dossier, kit: Kit) -> tuple[tuple[PlannedAction, ...], Sentence | str]:
    """Up to ten that are overdue, or due by the next meeting; and how many more there are."""
    names, due = names_of(dossier), due_first(dossier)
    shown = tuple(PlannedAction(a, names, kit, dossier) for a in due[:LISTED])
    more = len(due) - len(shown)
    if more <= 0:
        return shown, ""
    noun = "action is" if more == 1 else "actions are"
    return shown, kit.sentence(f"{more:,} more {noun} in ").refer("annex_a", "Annex A").say(".")


def nothing_due(dossier: Dossier) -> str:
    """In words, where the table would be empty."""
    if not dossier.actions:
        return "No action has been recorded."
    if not any(a.status == "open" for a in dossier.actions):
        return "No action is open."
    return f"No open action is overdue, and none is due {soon(dossier)[1]}."


def plan_is_for(dossier: Dossier) -> str:
    """What the Board is asked to do with the plan, where what it is asked says so; and what is in it no more."""
    said = "This is the whole of the action plan"
    asked = [ask for ask in dossier.cover.action_required if _OF_THE_PLAN.search(ask)]
    verb = _VERB.search(asked[0]) if asked else None
    if verb:
        said += f", which {cover.who_is_asked(dossier)} is asked to {verb[0].lower()}"
    gone = dossier.actions_not_carried
    if not gone:
        return f"{said}."
    named = list_in_words([f"{a.id} ({a.action.strip().rstrip('.')})" for a in gone])
    return f"{said}. Open in {dossier.previous_cycle} and not in this plan: {named}."


def _status(action: ActionView, as_of: datetime.date, meeting: datetime.date) -> str:
    """`overdue on 19 March 2026`, `open; due before the meeting`, `done`."""
    if action.status != "open":
        return action.status or "not given"
    if action.overdue:
        return f"overdue on {date_in_words(as_of)}"
    return "open; due before the meeting" if action.due and as_of <= action.due < meeting else "open"


def owner_and_date(action: ActionView) -> str:
    """`the Director of Strategy, by 30 June 2026`; what is missing is said to be."""
    owner = the(action.owner) if action.owner else "no owner named"
    due = f"due {date_in_words(action.due)}" if action.due else "no date given"
    return f"{owner}, {due}{', overdue' if action.overdue else ''}"
