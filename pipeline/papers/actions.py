"""The action plan: what is due, what is due when, and the whole of it."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.dossier.heatmap import called
from pipeline.dossier.views import ActionView, Dossier, PastActionView
from pipeline.model.periods import months_after, period_of
from pipeline.papers.cover import who_is_asked
from pipeline.text import counted_in_words, date_in_words, list_in_words, natural, number_in_words, sentence_case, the
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

ACTIONS_LISTED = 10
_OF_THE_PLAN = re.compile(
    r"\b(?:action plan|plan of action|annex a|(?:the|these|planned|proposed) actions)\b", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:approve|agree|ratify|adopt|endorse|discuss|consider|advise on|review|receive|note|comment on|support)\b",
    re.IGNORECASE,
)


def due_in_words(action: ActionView) -> str:
    """`30 June 2026`; where the date was revised, with the first: `30 June 2026 (first 31 March 2026)`."""
    first = f" (first {date_in_words(action.first_due)})" if action.first_due else ""
    return f"{date_in_words(action.due)}{first}" if action.due else ""


class PlannedAction:
    """A row of the action plan."""

    def __init__(self, action: ActionView, names: Mapping[str, str], kit: RenderContext, dossier: Dossier) -> None:
        as_of, meeting = dossier.as_of, dossier.cover.date
        self.id = action.id
        about = action.statement or action.section
        self.name = names.get(about, about) or "no statement named"
        self.action = action.action
        self.owner = action.owner or "no owner named"
        self.due = due_in_words(action) or "no date given"
        self.status = _status(action, as_of, meeting)
        self.measure = action.measure or "no measure given"
        self.progress = kit.sentence(action.progress).cite(action.citations)
        answers = (f"Risk {action.risk}" if action.risk else "", f"Closes: {action.closes}" if action.closes else "")
        self.bears_on = "; ".join(filter(None, answers))


def planned_actions(dossier: Dossier, kit: RenderContext) -> tuple[PlannedAction, ...]:
    """The whole plan."""
    names = names_of(dossier)
    return tuple(PlannedAction(action, names, kit, dossier) for action in dossier.actions)


def due_actions(dossier: Dossier, kit: RenderContext) -> tuple[tuple[PlannedAction, ...], Sentence | str]:
    """Up to ten that are overdue, or due by the next meeting; and how many more there are."""
    names, due = names_of(dossier), due_first(dossier)
    shown = tuple(PlannedAction(a, names, kit, dossier) for a in due[:ACTIONS_LISTED])
    more = len(due) - len(shown)
    if more <= 0:
        return shown, ""
    noun = "action is" if more == 1 else "actions are"
    said = kit.sentence(f"{sentence_case(number_in_words(more))} more {noun} in ")
    return shown, said.refer("annex_a", "Annex A").say(".")


def nothing_due(dossier: Dossier) -> str:
    """In words, where the table would be empty."""
    if not dossier.actions:
        return "No action has been recorded."
    if not any(a.status == "open" for a in dossier.actions):
        return "No action is open."
    return f"No open action is overdue, and none is due {soon(dossier)[1]}."


def plan_is_for(dossier: Dossier) -> str:
    """What the Board is asked to do with the plan, where what it is asked says so."""
    said = "This is the whole of the action plan"
    asked = [ask for ask in dossier.cover.action_required if _OF_THE_PLAN.search(ask)]
    verb = _VERB.search(asked[0]) if asked else None
    if verb:
        said += f", which {who_is_asked(dossier)} is asked to {verb[0].lower()}"
    return f"{said}."


def earlier_actions_said(dossier: Dossier, kit: RenderContext) -> Sentence | str:
    """What became of the actions that were open in the previous cycle, counted; empty where there were none."""
    past = dossier.last_years_actions
    if not past:
        return ""
    unproved = sum(p.became == "done" and not p.citations for p in past)
    told = {
        "done": f"done{f' ({number_in_words(unproved)} of these with nothing cited)' if unproved else ''}",
        "carried": "carried",
        "dropped": "dropped",
        "": "left out of this plan without a word",
    }
    counts = Counter(p.became for p in past)
    parts = [f"{number_in_words(counts[became])} {words}" for became, words in told.items() if counts[became]]
    was = "action was" if len(past) == 1 else "actions were"
    said = (
        f"{sentence_case(number_in_words(len(past)))} {was} open in {dossier.previous_cycle}: {list_in_words(parts)}. "
    )
    return kit.sentence(said).refer("annex_a", "Annex A").say(" says what became of each.")


class EarlierAction:
    """A row of the table of what became of last year's actions."""

    def __init__(
        self, past: PastActionView, names: Mapping[str, str], kit: RenderContext, as_of: datetime.date
    ) -> None:
        self.id = past.id
        self.name = names.get(past.statement, past.statement) or "no statement named"
        self.action = past.action
        self.first_due = date_in_words(past.first_due) or "no date given"
        self.became = kit.sentence(_became(past, as_of)).cite(past.citations)


def _became(past: PastActionView, as_of: datetime.date) -> str:
    why = past.progress.strip().rstrip(".")
    if past.became == "done":
        return "Done, with evidence." if past.citations else "Done; nothing is cited for it."
    if past.became == "dropped":
        return f"Dropped: {why}." if why else "Dropped; no reason is given."
    if not past.became:
        return "This plan does not say."
    if past.due is None:
        said = "Carried; no date given"
    else:
        said = "Carried; same date" if past.due == past.first_due else f"Carried; now due {date_in_words(past.due)}"
        said += f", overdue on {date_in_words(as_of)}" if past.due < as_of else ""
    return f"{said}. {sentence_case(why)}." if why else f"{said}."


def earlier_actions(dossier: Dossier, kit: RenderContext) -> tuple[EarlierAction, ...]:
    """Every action that was open in the previous cycle."""
    names = names_of(dossier)
    return tuple(EarlierAction(past, names, kit, dossier.as_of) for past in dossier.last_years_actions)


def earlier_actions_heading(dossier: Dossier) -> str:
    """`What became of last year’s actions`; a cycle that was no year is named."""
    period = period_of(dossier.previous_cycle)
    if period and period.length == "year":
        return "What became of last year’s actions"
    return f"What became of the actions of {dossier.previous_cycle}"


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


def names_of(dossier: Dossier) -> dict[str, str]:
    """`GA1 Named leaders` by statement id, titles by section id; its first words where there is no short name."""
    statements = {s.id: called(s) for s in dossier.statements}
    return {section.id: section.title for section in dossier.sections} | statements


HALF_YEAR = 6
LISTED_AHEAD = 2


@dataclass(frozen=True)
class Horizon:
    """A span of time and what is to be done in it."""

    heading: str
    points: tuple[Sentence, ...]
    said: Sentence
    """The same in one paragraph."""


def soon(dossier: Dossier) -> tuple[datetime.date, str]:
    """The day up to which an action is soon due, in words too: the next review that the cover names, else six months.

    Nobody has given the day of the next meeting, so none is named.
    """
    cover = dossier.cover
    if cover.next_review and cover.next_review > cover.date:
        return cover.next_review, f"by the next review ({date_in_words(cover.next_review)})"
    half_year = months_after(cover.date, HALF_YEAR)
    return half_year, f"within six months of the meeting (by {date_in_words(half_year)})"


def _open_by_date(dossier: Dossier) -> list[ActionView]:
    return sorted((a for a in dossier.actions if a.status == "open" and a.due), key=lambda a: (a.due, natural(a.id)))


def due_first(dossier: Dossier) -> list[ActionView]:
    """Overdue actions, then those due soon, earliest first."""
    until, _ = soon(dossier)
    return [a for a in _open_by_date(dossier) if a.overdue or (a.due and a.due <= until)]


def horizons(dossier: Dossier, kit: RenderContext, shown: Collection[str]) -> tuple[Horizon, ...]:
    """The spans in which something is due. An action in the table of those due is not told twice."""
    return tuple(_horizon(name, actions, kit, shown) for name, actions in _spans(dossier).items())


def horizons_counted(dossier: Dossier, kit: RenderContext) -> tuple[Horizon, ...]:
    """How many actions are due when, in one sentence: what stands below the authors' own next steps."""
    counts = [(len(actions), f"{name[:1].lower()}{name[1:]}") for name, actions in _spans(dossier).items()]
    if not counts:
        return ()
    (first, when), *others = counts
    parts = [f"{counted_in_words(first, 'action')} due {when}", *(f"{number_in_words(n)} {span}" for n, span in others)]
    said = kit.sentence("The plan in ").refer("annex_a", "Annex A").say(f" has {list_in_words(parts)}.")
    return (Horizon("", (said,), said),)


def _spans(dossier: Dossier) -> dict[str, list[ActionView]]:
    """Open actions by the span in which they are due."""
    half_year = months_after(dossier.cover.date, HALF_YEAR)
    until, words = soon(dossier)
    ends = sorted({(until, sentence_case(words)), (half_year, f"Within six months (by {date_in_words(half_year)})")})
    ends = [end for n, end in enumerate(ends) if n == 0 or end[0] != ends[n - 1][0]]
    spans: dict[str, list[ActionView]] = {name: [] for name in (*(name for _, name in ends), "Later")}
    for action in _open_by_date(dossier):
        due = action.due or datetime.date.max
        spans[next((name for end, name in ends if due <= end), "Later")].append(action)
    return {name: actions for name, actions in spans.items() if actions}


def _horizon(name: str, actions: list[ActionView], kit: RenderContext, shown: Collection[str]) -> Horizon:
    told = sum(a.id in shown for a in actions)
    rest = [a for a in actions if a.id not in shown]
    # The table of those due says enough of the first span.
    listed = [] if told else rest[:LISTED_AHEAD]
    said = [f"{a.action.strip().rstrip('.')} ({_who_and_when(a)})." for a in listed]
    if told:
        noun = "action" if told == 1 else f"{number_in_words(told)} actions"
        said.insert(0, f"The {noun} listed under ‘Actions due and overdue’.")
    points = [kit.sentence(words) for words in said]
    whole = kit.sentence(f"{name}: ", bold=True).say(" ".join(said))
    more = len(rest) - len(listed)
    if more > 0:
        also = f"{sentence_case(number_in_words(more))} more in "
        points.append(kit.sentence(also).refer("annex_a", "Annex A").say("."))
        whole = whole.say(f"{' ' if said else ''}{also}").refer("annex_a", "Annex A").say(".")
    return Horizon(name, tuple(points), whole)


def _who_and_when(action: ActionView) -> str:
    return f"{the(action.owner) if action.owner else 'no owner named'}, {date_in_words(action.due)}"
