"""Indicators as the papers print them: an overview, then each by its breakdowns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.checks.small_counts import same_words
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
from pipeline.dossier.views import Dossier, ExpectedIndicatorView, IndicatorView
from pipeline.model.periods import in_words, period_of
from pipeline.text import counted, list_in_words, sentence_case, web_address
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml, words
from pipeline.word.text import Sentence, run

TEXT_WIDTH_MM = 170
INTERVAL = "Confidence interval"
STATUSES = {"shown": "Figures are here", "published": "Published elsewhere", "missing": "Missing"}


class IndicatorLine:
    """An indicator in the overview: what was collected, from where, and what was done about it."""

    def __init__(self, parts: Sequence[IndicatorGroup]) -> None:
        rows = [row for part in parts for row in part.rows]
        shown = [part.first.breakdown for part in parts if part.first.breakdown and has_values(part)]
        self.name = rows[0].indicator or rows[0].id
        self.area = told_once([r.area for r in rows]) or "No area given"
        periods = list(dict.fromkeys(r.period.strip() for r in rows if r.period.strip()))
        self.period = _span(periods) or told_once(periods) or "No period given"
        self.breakdowns = f"By {list_in_words(list(dict.fromkeys(shown)))}" if shown else "Not broken down"
        self.source = told_once([r.source for r in rows]) or "No source given"
        self.completeness = told_once([r.completeness for r in rows]) or "Completeness not given"
        self.published = "Published" if any(r.published_at.strip() for r in rows) else "Not yet published"
        missing = told_once([r.why_missing for r in rows])
        self.missing = f"Why figures are missing: {missing}" if missing else ""
        self.done = told_once([r.action_taken for r in rows]) or ("" if missing else "Nothing recorded")


def _span(periods: Sequence[str]) -> str:
    """From the first to the last of many periods, in whatever order they stand; empty for few or unclear ones."""
    known = [(found, text) for text in periods if (found := period_of(text))]
    if len(periods) <= 3 or len(known) < len(periods):
        return ""
    _, first = min(known, key=lambda known: (known[0].begins, known[0].ends))
    _, last = max(known, key=lambda known: (known[0].ends, known[0].begins))
    return f"{in_words(first)} to {in_words(last)}"


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
        self.link: PublishedAt | str = PublishedAt(rows, kit) if any(web_address(r.published_at) for r in rows) else ""


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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublishedAt) and other._address == self._address

    def __hash__(self) -> int:
        return hash(self._address)

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
    """A line for each indicator; one that the framework looks for and that has no figure here is told apart."""
    found: dict[str, list[IndicatorGroup]] = {}
    for group in groups(dossier):
        found.setdefault(group.first.id, []).append(group)
    apart = {same_words(text) for e in dossier.expected_indicators for text in (e.id, e.indicator)}
    return tuple(
        IndicatorLine(parts)
        for ident, parts in found.items()
        if any(map(has_values, parts)) or not {same_words(ident), same_words(parts[0].first.indicator)} & apart
    )


class ExpectedLine:
    """An indicator that the framework looks for: whether it is here, by which groups, and why not."""

    def __init__(self, view: ExpectedIndicatorView) -> None:
        self.name, self.area, self.why = view.indicator, view.area or "No area given", view.why
        self.core = f"Core20PLUS5: {view.core20plus5}" if view.core20plus5 else ""
        self.status = STATUSES.get(view.status, STATUSES["missing"])
        shown, lacking = list_in_words(view.shown_by), list_in_words(view.not_shown_by)
        self.shown_by = f"Shown by {shown}" if shown else "Not shown by group" if view.status == "shown" else ""
        self.lacking = f"Not by {lacking}" if lacking and view.status == "shown" else ""
        missing = view.why_missing or ("" if view.status != "missing" else "No reason is given")
        self.missing = missing and f"{missing.rstrip('.')}."


def expected_said(dossier: Dossier) -> list[str]:
    """How many of the indicators looked for are here, and which clinical areas of Core20PLUS5 have none."""
    views = dossier.expected_indicators
    if not views:
        return []
    shown, published = (sum(v.status == status for v in views) for status in ("shown", "published"))
    said = f"The framework looks for {counted(len(views), 'indicator')}. Figures of {shown} stand in this section"
    said += f"; {published} more are published elsewhere" if published else ""
    said += f"; {len(views) - shown - published or 'none'} {'are' if views else 'is'} not collected or not published."
    areas: dict[str, list[bool]] = {}
    for view in views:
        if view.core20plus5:
            areas.setdefault(view.core20plus5, []).append(view.status != "missing")
    absent = [area for area, there in areas.items() if not any(there)]
    if not areas:
        return [said]
    named = f"none is there for {'; '.join(absent)}" if absent else "each has at least one"
    return [said, f"Of the {counted(len(areas), 'clinical area')} of Core20PLUS5 that the list names, {named}."]
