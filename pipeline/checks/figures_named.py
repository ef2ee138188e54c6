"""Which group, place or period a sentence names beside a figure, as far as the tables know it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.checks.figures_sources import rank_of
from pipeline.checks.small_counts import is_total, same_words
from pipeline.model import Case, Funding, Indicator
from pipeline.model.periods import Period, period_of, periods_in

_CLAUSE = re.compile(
    r"[,;:()]\s|\b(?:and|but|while|whereas|against|compared with|than|where|from|to|up from|down from)\b", re.IGNORECASE
)
_DEPRIVED = re.compile(
    r"\b(?:(?P<end>most|least)(?:[\s-]+deprived|(?=\s*(?:[.,;)]|$)))|(?:quintile|decile)\s+(?P<rank>\d+))",
    re.IGNORECASE,
)
Names = dict[str, set[object]]
"""Kind of name (deprivation, a breakdown, period, scheme, place) -> the ones that are named."""


class Named:
    """The names that the tables of a case know, and where a sentence has them."""

    def __init__(self, case: Case) -> None:
        self._patterns: list[tuple[str, object, re.Pattern[str]]] = []
        self._known: set[tuple[str, str, object]] = set()
        self._organisation = same_words(case.assessment.organisation)
        categories = {(same_words(row.breakdown), row.category) for row in case.indicators if row.category.strip()}
        for breakdown, category in sorted(categories):
            if rank_of(category, breakdown) is None:
                self._patterns += [(breakdown, same_words(category), p) for p in _spellings(category)]
        for row in case.indicators:
            self._known |= {(same_words(row.id), kind, key) for kind, key in _own(row)}
        for money in case.funding:
            # An id of one word (`team`) is a word like any other.
            for name in (money.scheme, *([money.id.replace("-", " ")] if "-" in money.id else ())):
                self._patterns += [("scheme", money.id, p) for p in _spellings(name)]
            self._patterns += [("place", same_words(money.place_name), p) for p in _spellings(money.place_name)]

    def beside(self, sentence: str, position: int) -> Names:
        """What is named in the figure's own clause; else what the whole sentence names, where that is one alone."""
        breaks = [0, *(m.end() for m in _CLAUSE.finditer(sentence)), len(sentence)]
        start = max(b for b in breaks if b <= position)
        end = min(b for b in breaks if b > position)
        near, whole = self._in(sentence[start:end]), self._in(sentence)
        return {k: near.get(k) or whole[k] for k in whole if k in near or len(whole[k]) == 1}

    def _in(self, text: str) -> Names:
        plain = same_words(text).replace(self._organisation, " ")
        found: Names = {}
        for kind, key, pattern in self._patterns:
            if pattern.search(plain):
                found.setdefault(kind, set()).add(key)
        for match in _DEPRIVED.finditer(plain):
            found.setdefault("deprivation", set()).add(match["end"] or int(match["rank"]))
        if periods := set(periods_in(text)):
            found["period"] = {*periods}
        return found

    def contradicts(self, names: Names, row: Indicator | Funding) -> bool:
        """Whether a row is of another group, place or period than is named."""
        if isinstance(row, Funding):
            schemes, places = names.get("scheme"), names.get("place")
            if schemes:
                return row.id not in schemes
            return bool(places) and same_words(row.place_name) not in (places or ())
        ident = same_words(row.id)
        own = dict(_own(row))
        for kind, said in names.items():
            known = {key for key in said if (ident, kind, key) in self._known}
            agrees = own.get(kind) in known or (kind == "deprivation" and own.get("rank") in known)
            if known and not agrees and not (kind == "period" and _overlaps(own.get("period"), said)):
                return True
        return False


def _own(row: Indicator) -> Iterable[tuple[str, object]]:
    """The names that a row answers to."""
    if (period := period_of(row.period)) is not None:
        yield "period", period
    if is_total(row):
        return
    if (rank := rank_of(row.category, row.breakdown)) is not None:
        yield "rank", rank[0]
        yield "deprivation", "most" if rank[0] == 1 else "least" if rank[0] == rank[1] else rank[0]
    else:
        yield same_words(row.breakdown), same_words(row.category)


def _overlaps(own: object, said: Iterable[object]) -> bool:
    return isinstance(own, Period) and any(
        isinstance(p, Period) and p.begins <= own.ends and own.begins <= p.ends for p in said
    )


def _spellings(name: str) -> list[re.Pattern[str]]:
    """A name as sentences have it: whole, and its beginning up to a comma or bracket."""
    whole = same_words(name)
    head = re.split(r"[,(;]| or ", whole)[0].strip()
    forms = {form for form in (whole, head) if len(form) > 2 and not form.isdigit()}
    return [re.compile(rf"(?<!\w){re.escape(form)}(?!\w)") for form in sorted(forms)]
