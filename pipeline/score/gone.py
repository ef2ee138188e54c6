"""What the previous cycle had and this one has no more: statements that are not asked, open actions."""

from __future__ import annotations

import difflib

from pipeline.model import Action, Case, Statement
from pipeline.score.movement import previous_statement

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


def actions_not_carried(case: Case) -> tuple[Action, ...]:
    """The previous cycle's open actions that this action plan neither carries, nor calls done, nor drops."""
    before = case.previous.actions if case.previous else ()
    still_open = [a for a in before if a.status not in CLOSED and (a.id or a.action)]
    return tuple(a for a in still_open if not any(_is_carried(a, now, case) for now in case.actions))


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
