"""Up, down or the same against earlier cycles, and what is asked no longer."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.model import NOT_ASSESSED, Action, Case, Framework, PreviousCycle, Statement
from pipeline.score.results import Movement, PastLevel, answers_by_role, reported_level, role_levels
from pipeline.text import compared


@dataclass(frozen=True)
class Year:
    """An earlier cycle and the levels reported in it, by statement id."""

    cycle: PreviousCycle

    @property
    def framework(self) -> Framework:
        """As it was then."""
        return self.cycle.framework

    @cached_property
    def reported(self) -> Mapping[str, str]:
        """Level ids, or NOT_ASSESSED."""
        return reported_levels(Case(self.cycle.assessment, self.cycle.framework, self.cycle.forms))


def reported_levels(case: Case) -> dict[str, str]:
    """Statement -> the level reported, or NOT_ASSESSED, from the forms of a case."""
    answers = answers_by_role(case)
    return {
        s.id: reported_level(s, role_levels(answers.get(s.id, {}), case.framework), case.framework)
        for s in case.statements
    }


def movements(
    case: Case, reported: Mapping[str, str]
) -> tuple[dict[str, Movement], dict[str, tuple[PastLevel, ...]], str]:
    """Every statement's movement and past levels, newest first; and in words why none is shown (empty where it is)."""
    note = _why_not_shown(case)
    if note or case.previous is None:
        return {s.id: Movement("not shown") for s in case.statements}, {s.id: () for s in case.statements}, note
    years = [Year(case.previous), *(Year(earlier) for earlier in case.earlier)]
    past = {s.id: tuple(_past(s, case.framework, years)) for s in case.statements}
    first = case.previous.assessment.cycle
    return {s.id: _movement(case, reported[s.id], past[s.id], first) for s in case.statements}, past, ""


def previous_statement(statement: Statement, case: Case) -> Statement | None:
    """The statement of the previous cycle's framework that this one was, or None where it is new."""
    return earlier_self(statement, case.framework, case.previous.framework) if case.previous else None


def earlier_self(
    statement: Statement, now: Framework, then: Framework, formerly: Sequence[str] | None = None
) -> Statement | None:
    """The statement of an earlier framework that this one was, or None where it is new."""
    own = then.statement(statement.id)
    if own and _same(own.text, statement.text):
        return own
    for former in statement.formerly if formerly is None else formerly:
        if found := then.statement(former):
            return found
    # An id that another statement had before was given away; it is not this statement's past.
    taken = any(statement.id in s.formerly for s in now.statements if s.id != statement.id)
    return None if taken else own


def earlier_names(now: Framework, before: Sequence[Framework]) -> dict[str, tuple[str, ...]]:
    """Statement -> the other ids under which earlier frameworks, newest first, have it."""
    found = {s.id: [then.id for _, then in _selves(s, now, before)] for s in now.statements}
    return {s: tuple(dict.fromkeys(old for old in ids if old != s)) for s, ids in found.items()}


def _selves(statement: Statement, now: Framework, before: Sequence[Framework]) -> Iterator[tuple[int, Statement]]:
    """What a statement was in earlier frameworks, newest first; `formerly` is followed from one to the next."""
    known = list(statement.formerly)
    here, framework = statement, now
    for number, earlier in enumerate(before):
        if then := earlier_self(here, framework, earlier, known):
            known += [former for former in then.formerly if former not in known]
            yield number, then
            here, framework = then, earlier


def _past(statement: Statement, now: Framework, years: Sequence[Year]) -> Iterator[PastLevel]:
    """The levels of a statement in earlier cycles, newest first."""
    for number, then in _selves(statement, now, [year.framework for year in years]):
        year = years[number]
        level = year.reported.get(then.id, NOT_ASSESSED)
        name = level if level == NOT_ASSESSED else year.framework.level(level).name
        yield PastLevel(year.cycle.assessment.cycle, level, name, _same(then.text, statement.text))


def _why_not_shown(case: Case) -> str:
    if case.previous is None:
        named = case.assessment.previous
        if named:
            return f"The assessment of {named} cannot be read, so levels are not compared with it."
        return "This assessment names no earlier one to compare with."
    before = case.previous.assessment
    if _same(before.organisation, case.assessment.organisation) or case.assessment.comparable:
        return ""
    return f"The assessment of {before.cycle} was made by {before.organisation}, so levels are not compared with it."


def _movement(case: Case, now: str, past: Sequence[PastLevel], previous: str) -> Movement:
    """Against the previous cycle; where the statement has no level there, against the last that has one."""
    ranks = {level.id: level.rank for level in case.framework.levels}
    last = next((p for p in past if p.level != NOT_ASSESSED), None)
    if last is None:
        return Movement("not assessed" if now == NOT_ASSESSED else "first")
    of_last_cycle = last.cycle == previous
    name = next((level.name for level in case.framework.levels if level.id == last.level), last.name)
    if now == NOT_ASSESSED:
        return Movement("not assessed", last.level, last.cycle, name)
    if not last.same_wording:
        kind = change = "wording changed"
    elif last.level not in ranks:
        kind = change = "other scale"
    else:
        step = ranks[now] - ranks[last.level]
        kind = change = "up" if step > 0 else "down" if step < 0 else "same"
    return Movement(kind if of_last_cycle else "last assessed", last.level, last.cycle, name, change)


def _same(one: str, other: str) -> bool:
    return compared(one) == compared(other)


@dataclass(frozen=True)
class FrameworkChanges:
    """How a framework differs from its earlier version; a statement that changed in two ways is named in both."""

    added: tuple[Statement, ...] = ()
    removed: tuple[Statement, ...] = ()
    """As they were."""
    reworded: tuple[Statement, ...] = ()
    renumbered: tuple[tuple[Statement, str], ...] = ()
    """With the id before."""


def framework_changes(case: Case) -> FrameworkChanges:
    """Against the framework of the previous cycle; nothing where that cycle used another framework, or is not there."""
    if case.previous is None or not _same(case.previous.framework.id, case.framework.id):
        return FrameworkChanges()
    pairs = [(s, previous_statement(s, case)) for s in case.framework.statements]
    kept = [(now, then) for now, then in pairs if then]
    still = {then.id for _, then in kept}
    return FrameworkChanges(
        added=tuple(now for now, then in pairs if then is None),
        removed=tuple(s for s in case.previous.framework.statements if s.id not in still),
        reworded=tuple(now for now, then in kept if not _same(now.text, then.text)),
        renumbered=tuple((now, then.id) for now, then in kept if now.id != then.id),
    )


ALIKE = 0.6
"""From this share of common text on, two wordings of an action with one id are one action."""
CLOSED = ("done", "dropped")


def no_longer_asked(case: Case) -> tuple[Statement, ...]:
    """The statements that the previous cycle asked and that this framework has no more, in their order then."""
    if case.previous is None:
        return ()
    then = Case(case.previous.assessment, case.previous.framework)
    still = {before.id for s in case.framework.statements if (before := previous_statement(s, case))}
    return tuple(s for s in then.statements if s.id not in still)


def last_years_actions(case: Case) -> tuple[tuple[Action, Action | None], ...]:
    """The previous cycle's open actions, each with its row in this action plan; None where the plan has none."""
    before = case.previous.actions if case.previous else ()
    still_open = [a for a in before if a.status not in CLOSED and (a.id or a.action)]
    return tuple((a, next((now for now in case.actions if _is_carried(a, now, case)), None)) for a in still_open)


def actions_not_carried(case: Case) -> tuple[Action, ...]:
    """The previous cycle's open actions that this action plan neither carries, nor calls done, nor drops."""
    return tuple(then for then, now in last_years_actions(case) if now is None)


def _is_carried(then: Action, now: Action, case: Case) -> bool:
    """The same words; or the same id, about the same statement or in much the same words (plans are numbered anew)."""
    old, new = _plain(then.action), _plain(now.action)
    if old == new and old:
        return True
    if _plain(then.id) != _plain(now.id):
        return False
    if then.statement and now.statement:
        statement = case.framework.statement(now.statement)
        before = previous_statement(statement, case) if statement else None
        if then.statement in (now.statement, before.id if before else ""):
            return True
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
