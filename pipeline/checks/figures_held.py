"""The figures that a case holds: of its tables, its levels and its sums, each with the group and period it is of."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Any

from pipeline.checks.small_counts import base_of, group_of, measure_of, number, same_words
from pipeline.checks.texts import strings
from pipeline.model import Case, Funding, Indicator
from pipeline.model.figures import Figure, agree, figures_in, number_of, with_words
from pipeline.score import Scores
from pipeline.score.live import live_figures, look_up, names

DISTINCT = 3
"""Digits that a figure needs to be known by itself: `31` may be of anything, and needs a word beside it that agrees."""
_AROUND = 60
_WORD = re.compile(r"[a-z]{4,}")
_EVERYWHERE = frozenset(
    (
        *(
            "about",
            "after",
            "also",
            "been",
            "before",
            "between",
            "both",
            "each",
            "from",
            "have",
            "into",
            "more",
            "most",
        ),
        *("only", "other", "people", "same", "some", "than", "that", "their", "them", "then", "there", "these"),
        *("they", "this", "those", "were", "what", "when", "where", "which", "with", "year", "years"),
    )
)


@dataclass(frozen=True)
class Held:
    """A figure that the case holds, and what it is of."""

    figure: Figure
    where: str
    row: Indicator | Funding | None = None
    """The row whose own figure it is; None for figures in texts, sums and counts."""
    words: frozenset[str] = frozenset()
    """The beginnings of the words that stand about it."""

    def supports(self, claim: Figure, words: frozenset[str]) -> bool:
        """Whether a figure in prose, with these words about it, can be this one or be rounded from it."""
        held = self.figure
        if "share" in (claim.kind, held.kind) and claim.kind not in ("percent", "number"):
            return claim.kind == held.kind and agree(claim, held)
        if not agree(claim, held) or held.step > claim.step and held.kind != "share" and held.value != claim.value:
            return False
        alike = (claim.kind == "rate") == (held.kind == "rate")
        return is_distinct(claim) and alike or bool(words & self.words)


def is_distinct(figure: Figure) -> bool:
    """Whether a figure is known by itself, whatever words stand about it."""
    return figure.kind in ("share", "money") or sum(c.isdigit() for c in figure.text) >= DISTINCT


def words_about(text: str, position: int) -> frozenset[str]:
    """The beginnings of the words that stand about a place in a text."""
    near = text[max(0, position - _AROUND) : position + _AROUND].casefold()
    return frozenset(word[:5] for word in _WORD.findall(near) if word not in _EVERYWHERE)


@dataclass
class Holdings:
    """All figures of a case, found by what they are near."""

    every: list[Held] = field(default_factory=list)
    _by_size: dict[int, list[Held]] = field(default_factory=dict)

    def add(self, held: Iterable[Held]) -> None:
        """Take figures in."""
        for one in held:
            self.every.append(one)
            for key in {_size(value) for value in _values(one.figure)}:
                self._by_size.setdefault(key, []).append(one)

    def like(self, figure: Figure, words: frozenset[str]) -> list[Held]:
        """Those that support a figure with these words about it."""
        keys = {_size(v) + n for v in _values(figure) for n in (-1, 0, 1)}
        return [h for key in sorted(keys) for h in self._by_size.get(key, ()) if h.supports(figure, words)]


_LEVELS = words_about("statements levels assessed reported moved unchanged sections", 0)
_GAP = words_about("gap points difference times likely fifth deprived", 0)


def _values(figure: Figure) -> Iterator[float]:
    yield figure.value
    if figure.whole is not None:
        yield figure.whole
    if figure.percent is not None:
        yield figure.percent


def _size(value: float) -> int:
    """Figures of about one size have one number, or neighbouring ones."""
    return round(math.sqrt(math.sqrt(abs(value))) * 8)


def holdings(case: Case, scores: Scores) -> Holdings:
    """Every figure that a case holds outside its prose."""
    found = Holdings()
    found.add(_of_indicators(case.indicators))
    found.add(_of_money(case.funding))
    found.add(_of_levels(case, scores))
    tables: dict[str, Sequence[Any]] = {"actions": case.actions, "risks": case.risks, "funding": case.funding}
    for table, rows in (tables | {"indicators": case.indicators, "schemes": case.schemes}).items():
        for row in rows:
            leaving = ("measure", "action", "progress", "closes") if table == "actions" else ()
            for _, text in strings(row, leaving_out=(*leaving, "evidence", "assurances")):
                found.add(held_in(text, f"{table}, {row.id}"))
    return found


@lru_cache(maxsize=8192)
def held_in(text: str, where: str) -> tuple[Held, ...]:
    """The figures of a text that holds, also those in words: `eighteen measures`."""
    plain = with_words(text)
    return tuple(Held(f, where, words=words_about(plain, f.position)) for f in figures_in(plain))


def _of_indicators(rows: Sequence[Indicator]) -> Iterator[Held]:
    by_measure: dict[tuple[str, ...], list[tuple[Indicator, Figure]]] = {}
    for row in rows:
        where = f"{row.indicator}, {group_of(row)}, {row.period}"
        words = words_about(f"{row.indicator} {row.category} {row.unit} {row.area}", 0)
        base = base_of(row) or 0.0
        kind = "percent" if base == 100 else "rate" if base > 100 else "number"
        part, whole, value = number(row.numerator), number(row.denominator), number(row.value)
        if part is not None and whole:
            yield Held(
                Figure(f"{row.numerator} of {row.denominator}", "share", part, 1.0, whole=whole), where, row, words
            )
        for text, n in ((row.numerator, part), (row.denominator, whole)):
            if n is not None:
                yield Held(Figure(text, "number", n, 1.0), where, row, words)
        if value is not None:
            step = number_of(row.value.strip().lstrip("-").removesuffix("%").strip())[1]
            figure = Figure(
                row.value + ("%" if kind == "percent" else f" {row.unit}"),
                kind,
                value,
                step,
                whole=base if kind == "rate" else None,
            )
            yield Held(figure, where, row, words)
            by_measure.setdefault((*measure_of(row), same_words(row.breakdown)), []).append((row, figure))
    for values in by_measure.values():
        for (one, a), (other, b) in combinations(values[:24], 2):
            gap = round(abs(a.value - b.value), 6)
            where = f"{one.indicator}, from {group_of(one)} to {group_of(other)}, {one.period}"
            yield Held(Figure(f"{gap:g}", "points", gap, max(a.step, b.step)), where, words=_GAP)
            if min(a.value, b.value) > 0:
                ratio = max(a.value, b.value) / min(a.value, b.value)
                yield Held(Figure(f"{ratio:.1f}", "number", round(ratio, 1), 0.1), where, words=_GAP)


def _of_money(rows: Sequence[Funding]) -> Iterator[Held]:
    sums: dict[str, list[float]] = {}
    for row in rows:
        moved = number(row.redirected.replace("£", "")) or 0.0
        for amount in (row.amount or 0.0, moved):
            if amount:
                yield Held(_pounds(amount), f"funding of {row.scheme}", row)
        parts = {"all rows": row.amount, f"category {row.category}": row.amount, f"place {row.place_name}": row.amount}
        parts |= {
            f"ringfenced {row.ringfenced}": row.amount,
            f"recurrent {row.recurrent}": row.amount,
            "redirected": moved,
        }
        for name, amount_of in parts.items():
            for key in (name, f"{name}, {row.year}"):
                sums.setdefault(key, []).append(amount_of or 0.0)
    for name, amounts in sums.items():
        if sum(map(bool, amounts)) > 1:
            yield Held(_pounds(sum(amounts)), f"the sum of the funding: {name}")


def _pounds(amount: float) -> Figure:
    return Figure(f"£{amount:,.0f}", "money", amount, 1.0)


def _of_levels(case: Case, scores: Scores) -> Iterator[Held]:
    live = live_figures(scores, case)
    for name in names(live):
        if isinstance(value := look_up(name, live), int):
            yield Held(Figure(str(value), "number", float(value), 1.0), f"`{name}`", words=_LEVELS)
    counts: Mapping[str, int] = {
        "statements of the framework": len(case.framework.statements),
        "actions": len(case.actions),
        "open actions": sum(a.status == "open" for a in case.actions),
        "actions done": sum(a.status == "done" for a in case.actions),
        "risks": len(case.risks),
        "funding rows": len(case.funding),
        "indicators": len({same_words(row.id) for row in case.indicators}),
        "documents in the register": len(case.register),
    }
    for what, n in counts.items():
        yield Held(Figure(str(n), "number", float(n), 1.0), f"the number of {what}", words=words_about(what, 0))


def far_apart(one: Figure, other: Figure) -> float:
    """How far two figures are from each other, whatever their size: nothing where they are the same."""
    a, b = (abs(f.percent if f.kind == "share" and f.percent is not None else f.value) for f in (one, other))
    return abs(math.log((a or 0.5) / (b or 0.5)))
