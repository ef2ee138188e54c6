"""Figures in sentences: what a number is of (pounds, per cent, so many of so many), and how exactly it is given.

Dates, ages, pages, ordinals and the numbers in names ("section 75", "Covid-19") are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.text import MONTHS, UNITS_IN_WORDS


@dataclass(frozen=True)
class Figure:
    """One figure as written. `kind`: money, percent, points, rate, share (so many of so many) or number."""

    text: str
    kind: str
    value: float
    step: float
    """One unit of its last digit: `65.0` is given to 0.1."""
    position: int = 0
    whole: float | None = None
    """Of a share: of how many. Of a rate: per how many."""

    @property
    def percent(self) -> float | None:
        """A share in per cent; a percentage itself."""
        if self.kind == "percent":
            return self.value
        return 100 * self.value / self.whole if self.kind == "share" and self.whole else None


_NUMBER = r"(?<!\d)(?<!\d,)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_SCALES = r"(?:\s?(?P<scale>thousand|million|billion|bn|mn|m|k)\b)?"
_MONTH = rf"(?:{'|'.join(m if m == 'May' else f'{m[:3]}(?:{m[3:]}|t)?' for m in MONTHS)})\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = (
    "pages?|pp?|paras?|paragraphs?|sections?|parts?|schedules?|articles?|regulations?|clauses?|annex|appendix|tables?|"
    "figures?|fig|charts?|chapters?|versions?|v|items?|steps?|stages?|phases?|waves?|tiers?|levels?|bands?|grades?|"
    "types?|class|aims?|objectives?|priority|priorities|domains?|principles?|standards?|questions?|no|nos|rows?|"
    "columns?|notes?|footnotes?|refs?|months?|weeks?|days?|quarters?|years?|deciles?|quintiles?|cohorts?|slides?|"
    "recommendations?|options?|actions?|risks?|rooms?|wards?|units?|rounds?|groups?|workstreams?|act|rule|code|form"
)
# fmt: off
_NO_FIGURES = [re.compile(pattern, re.IGNORECASE | re.MULTILINE) for pattern in (
    r"(?<!\w)\w++://\S+|www\.\S+|(?<!\S)\S[^\s@]*+@\S+|\]\([^)\]\s]*+\)",
    r"(?<![\d,.])(?:\+?44\s?|0)(?:\d[\s-]?){9,10}(?!\d)|(?<![\d,.])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)",
    r"^[^\S\n]*+\d{1,3}[.)]\s",
    rf"\b{_DAY}(?:\s*(?:to|and|or|-|–)\s*{_DAY})?\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?\b",
    rf"\b{_MONTH}\s+{_DAY},?\s+\d{{4}}\b|\b{_MONTH}\s+\d{{4}}\b",
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}[:.]\d\d\s?[ap]\.?m\b|\b\d{1,2}:\d\d\b|\b\d{1,2}\s?[ap]m\b",
    r"\b(?:19|20)\d\d\s?[-/–]\s?\d{2,4}\b|(?<![£,.\d])\b(?:19|20)\d\ds?\b(?![,.]\d|\s?%)",
    r"\b(?:most|least) deprived \d+(?:\s?%|\s?per\s?cent|th)|\b(?:top|bottom|core)\s?\d+\s?%",
    rf"\b(?:{_NAMED})\.?[\s-]+\d+(?:\.\d+)*[a-z]?(?:\s*(?:,|and|or|to|-|–|&)\s*\d+(?:\.\d+)*)*\b(?!\s?%|[.,]\d|\s+of\s+(?:the\s+)?\d)",
    r"\bage[ds]?\s+(?:under\s+|over\s+)?\d{1,3}(?:\s*(?:to|and|or|-|–)\s*(?:\d{1,3}|over|under|above|older))?",
    r"\b\d{1,3}(?:\s+(?:and|or|years and)\s+(?:over|under|above|older)\b|\+)",
    r"\b(?:under|over)[\s-]\d{1,2}(?:s\b|(?=[).,;:]|\s+(?:years?|who|with)\b|$))",
    r"\b(?:within|every|each|next|last|past|after|first|than|for|the|an?|under|over|in)\s+\d+(?:\s+(?:to|or|and)\s+\d+)?"
    r"[\s-](?:calendar\s|working\s)?(?:minute|hour|day|week|month|year)s?\b",
    r"\b\d+-(?:year|month|week|day|hour|minute|bed|point|page)s?\b|\b24/7\b|\bNHS\s?111\b|\b360[\s-]degree\b",
    # fmt: on
    r"\b[A-Za-z]+(?:[/.-]\d+)+(?:/\w+)*|\b[^\W_A-Za-z]*+[A-Za-z_][^\W\d]*+\d[\w/-]*|\b\d+(?:st|nd|rd|th)\b|\b\d+[A-Za-z]\w*(?:/\w+)*",
)]
_MONEY = re.compile(rf"£\s?(?P<value>{_NUMBER}){_SCALES}", re.IGNORECASE)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in (
        ("percent", rf"(?P<value>{_NUMBER})\s(?:of|in|out of)\s(?:every|each)\s(?:100|hundred)\b"),
        ("share", rf"(?P<value>{_NUMBER})\s+(?:out\s+)?(?:of|in)\s+"
                  rf"(?:(?:the|its|our|these|those|all|every|next)\s+){{0,2}}(?P<whole>{_NUMBER})(?!\s?%|[\w-])"),
        ("rate", rf"(?P<value>{_NUMBER})\s(?:[a-z-]+\s){{0,3}}?(?:per|for each|for every|in every)\s"
                 r"(?P<whole>1,?000|10,?000|100,?000)\b"),
        ("points", rf"(?P<value>-?{_NUMBER})[\s-](?:percentage[\s-])?points?\b"),
        ("percent", rf"(?P<value>-?{_NUMBER})\s?(?:%|per\s?cent\b)"),
        ("number", rf"(?<![\w£.,])(?P<value>{_NUMBER})(?![\w]){_SCALES}"),
    )
)
# fmt: on
_HEDGED = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|under|than|least|most|up to|circa|c)\.?\s+£?\s?$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WORDED = re.compile(rf"\b(?:{'|'.join(sorted(UNITS_IN_WORDS, key=len, reverse=True))})\b(?!-)", re.IGNORECASE)


@lru_cache(maxsize=8192)  # several checks walk over the same texts
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text in reading order; each part of it belongs to one of them."""
    if not _DIGIT.search(text):
        return ()
    found: list[Figure] = []
    left = _taken(text, _MONEY, lambda m: found.append(_figure("money", m, text)))
    for pattern in _NO_FIGURES:
        left = pattern.sub(_blank, left)
    for kind, pattern in _KINDS:
        left = _taken(left, pattern, lambda m, kind=kind: found.append(_figure(kind, m, text)))  # type: ignore[misc]
    return tuple(sorted(found, key=lambda figure: figure.position))


def with_words(text: str) -> str:
    """The text with small numbers that are written out in figures: `eighteen measures` -> `18 measures`."""
    return _WORDED.sub(lambda match: str(UNITS_IN_WORDS[match[0].casefold()]), text)


def _taken(text: str, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], None]) -> str:
    def take(match: re.Match[str]) -> str:
        keep(match)
        return _blank(match)

    return pattern.sub(take, text)


def _blank(match: re.Match[str]) -> str:
    return "".join(c if c == "\n" else "\x00" for c in match[0])


def _figure(kind: str, match: re.Match[str], text: str) -> Figure:
    written = match["value"]
    scale = _SCALE.get((match.groupdict().get("scale") or "").casefold(), 1.0)
    value, step = number_of(written)
    if _HEDGED.search(text[max(0, match.start() - 20) : match.start()]) and step == 1:
        step = 10.0 ** (len(written) - len(written.replace(",", "").rstrip("0")) - written.count(","))
    whole = number_of(match["whole"])[0] if "whole" in match.re.groupindex else None
    return Figure(text[match.start() : match.end()].strip(), kind, value * scale, step * scale, match.start(), whole)


def number_of(written: str) -> tuple[float, float]:
    """The value of digits as written, and one unit of their last place: `26,130` is 26130 to 1, `65.0` 65 to 0.1."""
    bare = written.replace(",", "")
    return float(bare), 10.0 ** -len(bare.partition(".")[2])


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures can be the same, the coarser of them being rounded."""
    if one.kind == "share" and other.kind == "share":
        return one.value == other.value and one.whole == other.whole
    if "percent" in (one.kind, other.kind):
        pair = (one.percent, other.percent)
        return None not in pair and _near(pair[0] or 0.0, pair[1] or 0.0, *_steps(one, other))
    if "money" in (one.kind, other.kind) and one.kind != other.kind:
        return False
    if "rate" in (one.kind, other.kind) and None not in (one.whole, other.whole) and one.whole != other.whole:
        return False
    return any(_near(a, b, one.step, other.step) for a in _numbers(one) for b in _numbers(other))


def _steps(one: Figure, other: Figure) -> tuple[float, float]:
    return tuple(0.0 if f.kind == "share" else f.step for f in (one, other))  # type: ignore[return-value]


def _numbers(figure: Figure) -> Iterator[float]:
    yield figure.value
    if figure.kind == "share" and figure.whole is not None:
        yield figure.whole


def _near(one: float, other: float, step: float, step_other: float) -> bool:
    slack = max(step, step_other) / 2 if step != step_other else 0.0
    return abs(one - other) <= slack + 1e-9 * max(1.0, abs(one))


def numbers_in_share(share: Figure) -> tuple[Figure, Figure]:
    """The part and the whole of a share, each as a number."""
    part = replace(share, kind="number", whole=None)
    return part, replace(part, value=share.whole or 0.0)
