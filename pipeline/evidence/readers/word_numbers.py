"""The numbers that Word itself puts before paragraphs: `1.1`, `(a)`, `IV.`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.office.live_word import child, value

if TYPE_CHECKING:
    from lxml import etree

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
PLACE = re.compile(r"%([1-9])")
DEEPEST = 9
MOST = 100_000
"""A number beyond this is no number of a clause."""


@dataclass(frozen=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    """The level whose number makes this one begin again; None: any above it."""
    legal: bool = False


@dataclass
class _Run:
    """How far each level of one list has counted."""

    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the numbered paragraphs of a document as they are come to, in reading order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counted: dict[str, _Run] = {}
        self._restarted: set[str] = set()
        if numbering is not None:
            self._take_lists(numbering)
            self._take_styles(numbering, styles)

    def _take_lists(self, numbering: etree._Element) -> None:
        for entry in numbering.iter("{*}abstractNum"):
            self._abstract[value(entry, "abstractNumId")] = dict(_levels(entry))
        for entry in numbering.iter("{*}num"):
            named = child(entry, "abstractNumId")
            base = value(named) if named is not None else ""
            own = {}
            for override in entry.iter("{*}lvlOverride"):
                at = _whole(value(override, "ilvl"))
                level = dict(_levels(override)).get(at) or self._abstract.get(base, {}).get(at, _Level())
                start = child(override, "startOverride")
                own[at] = _started(level, _whole(value(start), 1)) if start is not None else level
            self._lists[value(entry, "numId")] = (base, own)

    def _take_styles(self, numbering: etree._Element, styles: etree._Element | None) -> None:
        entries = {} if styles is None else {value(s, "styleId"): s for s in styles.iter("{*}style")}
        linked = {
            value(name): _whole(value(level, "ilvl"))
            for level in numbering.iter("{*}lvl")
            for name in level.iter("{*}pStyle")
        }
        for style in entries:
            seen: set[str] = set()
            current = style
            while current in entries and current not in seen:
                seen.add(current)
                number = child(entries[current], "pPr", "numPr", "numId")
                if number is not None:
                    level = child(entries[current], "pPr", "numPr", "ilvl")
                    at = _whole(value(level)) if level is not None else linked.get(style, linked.get(current, 0))
                    self._by_style[style] = (value(number), at)
                    break
                base = child(entries[current], "basedOn")
                current = value(base) if base is not None else ""

    def label(self, paragraph: etree._Element) -> str:
        """What Word prints before this paragraph; empty where it prints nothing, or a bullet."""
        if not self._lists:
            return ""
        number, at = self._numbered(paragraph)
        if number not in self._lists or at >= DEEPEST:
            return ""
        base, own = self._lists[number]
        levels = {**self._abstract.get(base, {}), **own}
        run = self._counted.setdefault(base, _Run())
        if own and number not in self._restarted:
            self._restarted.add(number)
            for level in own:
                run.counts.pop(level, None)
        self._count(run, levels, at)
        return _printed(run, levels, at)

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int]:
        style = child(paragraph, "pPr", "pStyle")
        number, at = self._by_style.get(value(style) if style is not None else "", ("", 0))
        own = child(paragraph, "pPr", "numPr")
        if own is not None:
            given, level = child(own, "numId"), child(own, "ilvl")
            number = value(given) if given is not None else number
            at = _whole(value(level)) if level is not None else at
        return number, at

    def _count(self, run: _Run, levels: dict[int, _Level], at: int) -> None:
        start = levels.get(at, _Level()).start
        run.counts[at] = run.counts[at] + 1 if at in run.counts else start
        for deeper in [n for n in run.counts if n > at]:
            after = levels.get(deeper, _Level()).restarts_after
            if after is None or at < after:
                del run.counts[deeper]
        for above in range(at):
            run.counts.setdefault(above, levels.get(above, _Level()).start)


def _levels(entry: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in entry.iter("{*}lvl"):
        start, form, text = child(level, "start"), child(level, "numFmt"), child(level, "lvlText")
        restart, legal = child(level, "lvlRestart"), child(level, "isLgl")
        yield (
            _whole(value(level, "ilvl")),
            _Level(
                _whole(value(start), 1) if start is not None else 0,
                value(form) if form is not None else "decimal",
                value(text) if text is not None else "",
                _whole(value(restart)) if restart is not None else None,
                legal is not None,
            ),
        )


def _started(level: _Level, start: int) -> _Level:
    return _Level(start, level.form, level.text, level.restarts_after, level.legal)


def _whole(text: str, otherwise: int = 0) -> int:
    return min(int(text), MOST) if text.isascii() and text.isdigit() else otherwise


def _printed(run: _Run, levels: dict[int, _Level], at: int) -> str:
    level = levels.get(at, _Level())
    if level.form in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        there = int(match[1]) - 1
        form = "decimal" if level.legal else levels.get(there, _Level()).form
        return written(run.counts.get(there, 1), form)

    return PLACE.sub(number, level.text)


def written(number: int, form: str) -> str:
    """A number as a list in this form shows it: `iv`, `B`, `07`; empty where the list has bullets."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        last = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{last}"
    return "" if form in ("bullet", "none") else str(number)


def _roman(number: int) -> str:
    written, left = "", number % 4000
    for worth, letters in ROMAN:
        written += letters * (left // worth)
        left %= worth
    return written
