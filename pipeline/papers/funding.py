"""Money and indicators as the papers print them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.dossier.audience import role_of
from pipeline.dossier.indicators import (
    IndicatorGroup,
    category_in_words,
    charts,
    count_in_words,
    groups,
    range_in_words,
    told_once,
    value_in_words,
)
from pipeline.dossier.tables import pounds, redirected_amount
from pipeline.dossier.views import Dossier, FundingView, IndicatorView, SchemeView
from pipeline.papers.cover import Row
from pipeline.text import date_in_words, list_in_words, number_in_words, sentence_case, web_address
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml, words
from pipeline.word.text import Sentence, run

RINGFENCED = {"full": "Ringfenced", "part": "Ringfenced in part", "none": "Not ringfenced"}
RECURRENT = {"yes": "recurrent", "no": "not recurrent"}
INEQUALITIES = {"health": "Differences in health", "healthcare": "Differences in health care"}
TEXT_WIDTH_MM = 170
INTERVAL = "Confidence interval"
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


class IndicatorLine:
    """An indicator in the overview: what was collected, from where, and what was done about it."""

    def __init__(self, parts: Sequence[IndicatorGroup]) -> None:
        rows = [row for part in parts for row in part.rows]
        shown = [part.first.breakdown for part in parts if part.first.breakdown and has_values(part)]
        self.name = rows[0].indicator or rows[0].id
        self.area = told_once([r.area for r in rows]) or "No area given"
        periods = list(dict.fromkeys(r.period.strip() for r in rows if r.period.strip()))
        self.period = f"{periods[0]} to {periods[-1]}" if len(periods) > 3 else told_once(periods) or "No period given"
        self.breakdowns = f"By {list_in_words(list(dict.fromkeys(shown)))}" if shown else "Not broken down"
        self.source = told_once([r.source for r in rows]) or "No source given"
        self.completeness = told_once([r.completeness for r in rows]) or "Completeness not given"
        self.published = "Published" if any(r.published_at.strip() for r in rows) else "Not yet published"
        missing = told_once([r.why_missing for r in rows])
        self.missing = f"Why figures are missing: {missing}" if missing else ""
        self.done = told_once([r.action_taken for r in rows]) or ("" if missing else "Nothing recorded")


class IndicatorPart:
    """An indicator by one breakdown: sentences, chart, table."""

    def __init__(
        self, group: IndicatorGroup, dossier: Dossier, kit: RenderContext, figures: Path | None, *, again: bool
    ) -> None:
        rows, first = group.rows, group.first
        self.title = "" if again else first.indicator or first.id
        """Said once, above the first of its breakdowns."""
        self.about = about(rows, kit)
        name = next((name for name, drawn in charts(dossier) if drawn == group), "")
        view = next((f for f in dossier.figures if f.id == name), None)
        self.figure = kit.figure(figures, view, TEXT_WIDTH_MM)
        by = f"by {first.breakdown}" if first.breakdown else "for everybody"
        self.figure_caption = sentence_case(", ".join(part for part in (by, first.period) if part))
        self.table = IndicatorTable(group, kit)
        self.table_caption = f"The same figures {by}" if self.figure else self.figure_caption
        self.suppressed = suppressed(dossier.small_numbers) if group.has_suppressed else ""
        self.done = told_once([r.action_taken for r in rows])
        self.missing = told_once([r.why_missing for r in rows])
        self.link = PublishedAt(rows, kit) if any(web_address(r.published_at) for r in rows) else ""


def has_values(group: IndicatorGroup) -> bool:
    """True where there is anything to put into a table."""
    return any(row.value.strip() for row in group.rows)


def suppressed(most: int) -> str:
    """What the sign of a hidden figure stands for."""
    return (
        f"The sign * stands for what is not shown: a count from 1 to {most}, or a figure from which one could be "
        "worked out. This keeps people from being recognised."
    )


def about(rows: Sequence[IndicatorView], kit: RenderContext, before: str = "") -> Sentence:
    """Source, completeness, comparison and programme, with the notes of what is cited."""
    fields = (
        ("Area", [r.area for r in rows]),
        ("Completeness", [r.completeness for r in rows]),
        ("Compared with", [r.comparator for r in rows]),
        ("Core20PLUS5", [r.core20plus5 for r in rows]),
    )
    source = told_once([r.source for r in rows]) or "not given"
    said = kit.sentence(f"{before} Source: {source}".strip()).cite([c for r in rows for c in r.citations]).say(".")
    for label, texts in fields:
        told = told_once(texts)
        if told:
            said = said.say(f" {label}: {told.rstrip('.')}.")
    return said


class PublishedAt:
    """Where the figures are published, as an address that can be read on paper too. Used as `{{r name }}`."""

    tag = "r"

    def __init__(self, rows: Sequence[IndicatorView], kit: RenderContext) -> None:
        self._kit = kit
        self._address = next(r.published_at for r in rows if web_address(r.published_at))

    def __html__(self) -> str:
        return run("These figures are published at ") + self._kit.links.web(self._address, self._address)


class IndicatorTable:
    """The values by group; columns that nobody filled in are left out. Used as `{{p name }}`."""

    def __init__(self, group: IndicatorGroup, kit: RenderContext) -> None:
        self._group, self._kit = group, kit

    def __html__(self) -> str:
        rows = self._group.rows
        columns = [("Group", 3400, category_in_words), ("Value", 2000, value_in_words)]
        columns += [("Count and denominator", 2400, count_in_words)] if any(r.denominator for r in rows) else []
        columns += [(INTERVAL, 1838, range_in_words)] if any(r.low or r.high for r in rows) else []
        lines: list[Sequence[Cell]] = [[words(write(row) or "not given") for _, _, write in columns] for row in rows]
        return table_xml(
            self._kit,
            shared_widths([width for _, width, _ in columns]),
            [name for name, _, _ in columns],
            lines,
            self._group.first.indicator,
            f"Each row gives a group and its value, by {self._group.first.breakdown or 'no breakdown'}.",
        )


def overview(dossier: Dossier) -> tuple[IndicatorLine, ...]:
    """A line for each indicator."""
    found: dict[str, list[IndicatorGroup]] = {}
    for group in groups(dossier):
        found.setdefault(group.first.id, []).append(group)
    return tuple(IndicatorLine(parts) for parts in found.values())
