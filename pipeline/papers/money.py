"""Money as the papers print it: what was given and how, what each scheme was for and what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from pipeline.dossier.audience import role_of
from pipeline.dossier.tables import pounds, redirected_amount
from pipeline.dossier.views import Dossier, FundingView, SchemeView
from pipeline.papers.cover import Row
from pipeline.text import date_in_words, list_in_words, number_in_words, sentence_case
from pipeline.word.render import RenderContext

RINGFENCED = {"full": "Ringfenced", "part": "Ringfenced in part", "none": "Not ringfenced"}
RECURRENT = {"yes": "recurrent", "no": "not recurrent"}
INEQUALITIES = {"health": "Differences in health", "healthcare": "Differences in health care"}
GOAL_KEYS = ("goal", "measure", "baseline", "target", "by")


class FundingLine:
    """A row of the funding table."""

    def __init__(self, row: FundingView, kit: RenderContext) -> None:
        self.scheme = kit.sentence(row.scheme or row.id, bold=True).cite(row.citations)
        ends = f"ends {date_in_words(row.ends)}" if row.ends else ""
        about = (row.category, row.place, RECURRENT.get(row.recurrent.casefold(), row.recurrent), ends)
        self.about = sentence_case("; ".join(part for part in about if part))
        self.amount = row.amount_shown
        self.ringfenced = RINGFENCED.get(row.ringfenced.casefold(), row.ringfenced) or "Ringfencing not given"
        self.redirected = _redirected(row.redirected)
        self.decision = row.decision or "No decision recorded"
        self.decided_by = f"Decided by: {role_of(row.decided_by) or 'not given'}"
        self.basis = row.basis or "No basis given"
        self.method = f"Shared out by: {row.method or 'not given'}"
        self.evaluation = row.evaluation or "No evaluation given"


def _redirected(written: str) -> str:
    amount = redirected_amount(written)
    if amount:
        return f"{pounds(amount)} redirected"
    if not written.strip():
        return "Whether any was redirected is not given"
    return "Nothing redirected" if is_nothing(written) else written


def is_nothing(written: str) -> bool:
    """Whether people wrote that nothing was redirected; an empty cell does not say so."""
    return written.strip().casefold().removeprefix("£") in ("0", "no", "none", "nil")


def money_said(dossier: Dossier) -> list[str]:
    """The sums of each year, in words."""
    said = []
    for year in dossier.money:
        rows = f"{number_in_words(year.rows)} {'row' if year.rows == 1 else 'rows'}"
        total = f": {year.amount_shown} in all" if year.amount_shown else "; not every amount is given"
        parts = [f"{year.ringfenced_shown} was ringfenced in full"] if year.ringfenced_shown else []
        here = [row for row in dossier.funding if row.year == year.year]
        if year.redirected_shown or all(is_nothing(row.redirected) for row in here):
            parts.append(f"{year.redirected_shown or 'nothing'} was redirected")
        when = f"For {year.year} the" if year.year else "The"
        of_this = f" Of this, {list_in_words(parts)}." if parts else ""
        said.append(f"{when} table below has {rows}{total}.{of_this}")
    return said


class SchemePart:
    """A scheme's charter: what was wanted, what happened, what was learned."""

    def __init__(self, scheme: SchemeView, dossier: Dossier, kit: RenderContext) -> None:
        paid = [row for row in dossier.funding if row.id in scheme.funding]
        cited = tuple(c for row in paid for c in row.citations)
        self.title = scheme.name or scheme.id
        self.problem = kit.sentence(scheme.problem or "The charter names no problem.").cite(cited)
        self.why = scheme.why
        money = list_in_words([f"{row.amount_shown} ({row.year})" if row.year else row.amount_shown for row in paid])
        fields = (
            ("Period and scope", _scope(scheme)),
            ("Kind of difference", (INEQUALITIES.get(scheme.inequality, "Not given"),)),
            ("Goals", _goals(scheme)),
            ("Where we started", _lines(scheme.baseline, "No baseline recorded.")),
            ("What we expected", _lines(scheme.expected, "No expected outcome recorded.")),
            ("What happened", _lines(scheme.actual, "No outcome recorded.")),
            ("How we know", _lines(scheme.evaluation, "No evaluation recorded.")),
            ("What we learned", scheme.lessons or ("No lesson recorded.",)),
            ("Decision", _lines(scheme.decision, "No decision recorded.")),
            ("Money", (f"{money}." if money else "No row of the funding table names this scheme.",)),
        )
        self.rows = tuple(Row(label, lines) for label, lines in fields)


def _lines(text: str, otherwise: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip()) or (otherwise,)


def _scope(scheme: SchemeView) -> tuple[str, ...]:
    given = (("", scheme.period), ("In scope: ", scheme.in_scope), ("Out of scope: ", scheme.out_of_scope))
    return tuple(f"{label}{text}" for label, text in given if text.strip()) or ("Not given",)


def _goals(scheme: SchemeView) -> tuple[str, ...]:
    return tuple(_goal(goal, scheme.baseline) for goal in scheme.goals) or ("No goal recorded.",)


def _goal(goal: Mapping[str, str], baseline: str) -> str:
    """`More people treated. Measure: ... Baseline: ... Target: ..., by 30 September 2025.`"""
    said = [goal.get("goal", "")]
    if goal.get("measure"):
        said.append(f"Measure: {goal['measure']}")
    if goal.get("baseline") or not baseline.strip():
        said.append(f"Baseline: {goal.get('baseline') or 'none recorded'}")
    if goal.get("target"):
        by = f", by {_day(goal['by'])}" if goal.get("by") else ""
        said.append(f"Target: {goal['target']}{by}")
    said += [f"{sentence_case(key)}: {text}" for key, text in goal.items() if key not in GOAL_KEYS and text]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in said if part)


def _day(written: str) -> str:
    """A date as the charter writes it, in words."""
    try:
        return date_in_words(datetime.date.fromisoformat(written))
    except ValueError:
        return written


def charters_said(dossier: Dossier) -> str:
    """How many rows of the funding table have a charter."""
    if not dossier.schemes:
        return ""
    charters, rows = len(dossier.schemes), len(dossier.funding)
    noun = "scheme has" if charters == 1 else "schemes have"
    said = f"{sentence_case(number_in_words(charters))} {noun} a charter, told below."
    without = [row.scheme or row.id for row in dossier.funding if not any(row.id in s.funding for s in dossier.schemes)]
    if rows and without:
        said += f" The funding table also names {list_in_words(without)}, with no charter."
    return said


def money_shown(dossier: Dossier) -> str:
    """One line for the board paper: the sum of the newest year and how it was given; nothing without a table."""
    if not dossier.money:
        return ""
    year = dossier.money[-1]
    rows = f"{number_in_words(year.rows)} {'allocation' if year.rows == 1 else 'allocations'}"
    total = f"{year.amount_shown} in {rows}" if year.amount_shown else f"{rows}, not every amount given"
    parts = [f"{year.ringfenced_shown} ringfenced in full"] if year.ringfenced_shown else []
    parts += [f"{year.redirected_shown} redirected"] if year.redirected_shown else []
    return f"Money for health inequalities{f' in {year.year}' if year.year else ''}: {'; '.join([total, *parts])}."
