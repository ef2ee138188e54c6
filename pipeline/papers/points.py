"""What the papers say of single statements and actions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from pipeline.dossier.build import in_upper_half, strong, weak
from pipeline.dossier.views import ActionView, CitationView, Dossier, RiskView, StatementView
from pipeline.papers import cover, sentences
from pipeline.papers.cover import due_first, soon
from pipeline.text import date_in_words, list_in_words, number_in_words, sentence_case, the
from pipeline.word.prose import Prose
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


class PlannedAction:
    """A row of the action plan."""

    def __init__(self, action: ActionView, names: Mapping[str, str], kit: RenderContext, dossier: Dossier) -> None:
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


LISTED = 5


class Points:
    """Lists and sentences of one dossier."""

    def __init__(self, dossier: Dossier, kit: RenderContext) -> None:
        self._dossier, self._kit = dossier, kit
        self._statements = {s.id: s for s in dossier.statements}
        self._names = names_of(dossier)
        self._ranks = {level.id: level.rank for level in dossier.levels}
        self._risks: dict[str, list[RiskView]] = {}
        for risk in dossier.risks:
            for ident in risk.statements:
                self._risks.setdefault(ident, []).append(risk)

    def narrative(self, name: str, heading: str) -> Prose | str:
        """The authors' own words, or nothing."""
        written = self._dossier.narratives.get(name)
        return Prose(self._kit, written, heading=heading) if written else ""

    def headline(self) -> list[Sentence]:
        """Counts by level, movement, evidence, and how to read them."""
        d = self._dossier
        proposal = [sentences.waiting_for_the_board(d)] if d.stage == "proposal" else []
        subject = f" {sentences.NOT_AN_EIA}" if d.subject else ""
        said = [
            *proposal,
            f"{sentences.what_is_reported(d)}{subject} {sentences.FIRST_LINE}",
            sentences.levels_counted(d),
            sentences.below_target(d),
            sentences.movement_counted(d),
            sentences.evidence_counted(d),
            f"{sentences.NOT_A_FINDING} {sentences.which_framework(d)}",
        ]
        return [self._kit.sentence(words) for words in said if words]

    def _chosen(self, idents: Sequence[str]) -> list[StatementView]:
        return [self._statements[i] for i in idents[:LISTED] if i in self._statements]

    def _named(self, statement: StatementView) -> Sentence:
        return self._kit.sentence(self._names[statement.id], bold=True)

    def weak_points(self) -> list[Sentence]:
        """Up to five of the lower half: level and evidence, the risk each bears on, the action that answers it."""
        listed = self._chosen(self._dossier.weakest)
        if not listed:
            return [self._none(nothing_weak(self._dossier))]
        every = weak(self._dossier.statements, len(self._dossier.levels))
        return [*(self._weak_point(s) for s in listed), *self._ties(listed, every, "lower")]

    def _ties(self, listed: Sequence[StatementView], every: Sequence[StatementView], half: str) -> list[Sentence]:
        """Where a list is cut among equals, how many those are; and where the rest stands."""
        more = len(every) - len(listed)
        if more <= 0:
            return []
        level = listed[-1].reported
        total, here = (sum(s.reported == level for s in found) for found in (every, listed))
        tied = f"{sentence_case(number_in_words(total))} statements are {level}; {number_in_words(here)} of them "
        tied = f"{tied}{sentences.is_are(here)} named here. " if total > here else ""
        noun = "statement stands" if more == 1 else "statements stand"
        said = f"{tied}{sentence_case(number_in_words(more))} more {noun} in the {half} half of the scale: see "
        return [self._kit.sentence(said).refer("heatmap_table", "the heatmap").say(".")]

    def _none(self, words: str) -> Sentence:
        """What is said of an empty list; nothing good may be read out of it where nothing was assessed."""
        return self._kit.sentence(words if self._dossier.totals.assessed else sentences.NOTHING_ASSESSED)

    def _weak_point(self, statement: StatementView) -> Sentence:
        moved = f", {statement.movement.shown}" if statement.movement.kind == "down" else ""
        qualifier = f" ({statement.qualifier})" if statement.qualifier else ""
        said = self._named(statement).say(f": {statement.cell}{qualifier}{moved}.")
        more = " ".join(part for part in (self._risk_of(statement), self._answer_to(statement)) if part)
        return said.say(f" {more}" if more else "")

    def _risk_of(self, statement: StatementView) -> str:
        risks = self._risks.get(statement.id, [])
        if not risks:
            return "No risk recorded here names it." if self._dossier.risks else ""
        named = "; ".join(f"{r.id}: {_clause(r.risk)}" for r in risks[:2])
        return f"{'Risk' if len(risks) == 1 else 'Risks'} {named}."

    def _answer_to(self, statement: StatementView) -> str:
        actions = sentences.open_actions_for(self._dossier, statement)
        if not actions:
            return "No open action answers it." if self._dossier.actions else ""
        first = actions[0]
        more = len(actions) - 1
        also = (
            f" {sentence_case(number_in_words(more))} more {'answers' if more == 1 else 'answer'} it too."
            if more
            else ""
        )
        return f"Action {first.id}: {_clause(first.action)} ({owner_and_date(first)}).{also}"

    def _cited(self, statement: StatementView) -> list[CitationView]:
        """What the team and the Board cite, each document once, those with words found first."""
        given = [c for a in statement.answers if a.role != "partner" for c in a.citations]
        found = sorted(given, key=lambda c: c.verdict not in ("found on page", "found elsewhere"))
        return list({c.source: c for c in reversed(found)}.values())[::-1]

    def _resting_on(self, statement: StatementView, begin: Sentence) -> Sentence:
        """`...; cited for it: Health Equity Strategy(1) and two more documents.`"""
        cited = self._cited(statement)
        if not cited:
            return begin.say("; nothing is cited for it.")
        said = begin.say(f"; cited for it: {cited[0].title or 'an internal document'}").cite(cited[:1])
        more = len(cited) - 1
        noun = "document" if more == 1 else "documents"
        return said.say(f" and {number_in_words(more)} more {noun}." if more else ".")

    def moved_points(self) -> list[Sentence]:
        """Down first, then up, each with what is cited for it."""
        moved = self._chosen(self._dossier.moved)
        if not moved:
            note = sentences.movement_counted(self._dossier)
            return [self._none(note or "No movement is shown."), *self._counted_apart()]
        points = [self._resting_on(s, self._named(s).say(f" {s.movement.shown}")) for s in moved]
        return [*self._and_more(points, len(self._dossier.moved) - len(moved), "moved"), *self._counted_apart()]

    def _counted_apart(self) -> list[Sentence]:
        """Those last assessed before the cycle compared with, and what the framework asks anew or no longer."""
        before = [s for s in self._dossier.statements if s.movement.kind == "last assessed"]
        said = [self._named(s).say(f": {s.movement.shown}.") for s in before[:LISTED]]
        said = self._and_more(said, len(before) - LISTED, "were last assessed before the cycle compared with")
        said += [self._kit.sentence(words) for words in sentences.how_the_framework_changed(self._dossier)]
        gone = self._dossier.no_longer_asked
        if gone:
            named = [f"{_with_short(g.statement, g.short)} ({g.level} in {g.cycle})" for g in gone]
            said.append(self._kit.sentence(f"Asked in {gone[0].cycle} and no longer: {list_in_words(named)}."))
        return said

    def _and_more(self, points: list[Sentence], more: int, what: str) -> list[Sentence]:
        if more <= 0:
            return points
        noun = "statement" if more == 1 else "statements"
        said = self._kit.sentence(f"{more:,} more {noun} {what}: see ")
        return [*points, said.refer("heatmap_table", "the heatmap").say(" and ").refer("annex_b", "Annex B").say(".")]

    def different_points(self) -> list[Sentence]:
        """Widest first."""
        apart = self._chosen(self._dossier.differences)
        if not apart:
            return [self._none(sentences.nothing_apart(self._dossier))]
        points = [self._named(s).say(f": {sentences.placed_differently(s, self._ranks)}.") for s in apart]
        return self._and_more(points, len(self._dossier.differences) - len(apart), "are seen differently")

    def strong_points(self) -> list[Sentence]:
        """The upper half: highest first, then those with evidence from outside the team."""
        listed = self._chosen(self._dossier.strongest)
        if not listed:
            return [self._none(nothing_strong(self._dossier))]
        points = [self._strong_point(s) for s in listed]
        every = strong(self._dossier.statements, len(self._dossier.levels))
        return [*points, *self._ties(listed, every, "upper")]

    def _strong_point(self, statement: StatementView) -> Sentence:
        said = self._named(statement).say(f": {statement.cell}{_noted(statement)}")
        return self._resting_on(statement, said)

    def question_points(self) -> list[Sentence]:
        """The prompts of the weakest five; where none is weak, of those that are seen differently."""
        d = self._dossier
        asked = self._chosen(d.weakest) or self._chosen(d.differences)
        points = [self._named(s).say(f": {sentences.prompt_of(s, d.levels)}") for s in asked]
        return points or [self._none(f"{nothing_weak(d)} {sentences.nothing_apart(d)}")]


def nothing_weak(dossier: Dossier) -> str:
    """Where nothing assessed is in the lower half of the scale."""
    return f"No assessed statement is {list_in_words(_half(dossier, upper=False), 'or')}."


def nothing_strong(dossier: Dossier) -> str:
    """Where nothing assessed is in the upper half of the scale."""
    return f"No assessed statement is {list_in_words(_half(dossier, upper=True), 'or')}."


def _half(dossier: Dossier, *, upper: bool) -> list[str]:
    size = len(dossier.levels)
    return [level.name for level in dossier.levels if in_upper_half(level.rank, size) is upper]


def _with_short(ident: str, short: str) -> str:
    return ident if short == ident else f"{ident} {short}"


def _noted(statement: StatementView) -> str:
    return f" ({statement.qualifier})" if statement.qualifier else ""


def _clause(text: str) -> str:
    return text.strip().rstrip(".")
