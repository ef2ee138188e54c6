"""The place in a document that a citation names: pages, a sheet, a section, a paragraph or a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.evidence.matching import find
from pipeline.evidence.pages import HEADING, Page, is_page_number
from pipeline.evidence.readers import SHEETS
from pipeline.evidence.texts import Texts
from pipeline.evidence.words import Words, plain, words_of
from pipeline.model import CheckRequest, Locator, LocatorKind
from pipeline.text import list_in_words

NUMBERED_LINE = re.compile(
    r"^[ \t]*(?:(?:section|clause|paragraph|para\.?|\u00a7)\s*)?"
    r"((?:\d{1,3}|[A-Z](?=\.?\d))(?:\.?\d{1,3}){0,5}[a-z]?)[.):]?(?=[ \t\r\n]|$)",
    re.M | re.I | re.A,
)
"""A line that begins with the number of a section or paragraph."""
LONGEST_PART, BEHIND = 90, 90
"""Seconds before a time that is cited, within which what is said then may have begun, and behind it."""


@dataclass(frozen=True)
class Cited:
    """The place that a citation names, as far as the document has it."""

    pages: Sequence[int] = ()
    named: bool = False
    """Whether it names a place that can be checked, so that words elsewhere are elsewhere."""
    beyond: bool = False
    nowhere: bool = False
    """Whether it names a sheet that is not there; where words are cited, they are what is looked for."""
    remark: str = ""
    passages: tuple[str, ...] | None = None
    """The text of the section, paragraph or minutes that it names; None where it names none."""
    unclear: str = ""
    """Why the place cannot be told for sure."""

    def holds(self, pieces: Sequence[Words], texts: Texts) -> bool:
        """Whether words that were found stand in the section, paragraph or minutes named.

        Words that only another way of reading finds are not to be found in the passage, and are given the benefit.
        """
        if self.passages is None or any(find(pieces, words_of(text)) for text in self.passages):
            return True
        return not any(find(pieces, words_of(text)) for text in whole_texts(texts))


def cited_place(question: CheckRequest, texts: Texts) -> Cited:
    """The place that a citation names, in this document."""
    if question.sheet is not None:
        return _cited_sheet(question.sheet, texts)
    if question.pages is None:
        return _cited_locator(question.locator, texts) if question.locator else Cited()
    if not texts.paged:
        return Cited(remark="the document has no fixed pages, so the page cannot be checked")
    first, last = question.pages
    there = range(first, min(last, texts.count) + 1)
    return Cited(there, named=True, beyond=last > texts.count)


def _cited_locator(locator: Locator, texts: Texts) -> Cited:
    if locator.kind is LocatorKind.PRINTED:
        return _printed(locator.value, texts)
    if locator.kind is LocatorKind.TIME:
        if texts.kind != "transcript":
            return Cited(unclear=f"it names the time {locator.value}, and the document is no transcript with times")
        return Cited(passages=_minutes(locator.value, texts.page(1)))
    passages = tuple(_numbered(locator, whole_texts(texts)))
    if locator.kind is LocatorKind.PARAGRAPH:
        passages += tuple(_counted(locator.value, texts))
    return Cited(passages=passages, remark="" if passages else f"no {locator} can be made out in the document")


def _printed(label: str, texts: Texts) -> Cited:
    """The one page that is printed with this number, by the labels of the document or by what stands at its edges."""
    if not texts.paged:
        return Cited(remark="the document has no fixed pages, so the page cannot be checked")
    labelled = any(texts.page(n).label for n in texts.numbers())
    there = [n for n in texts.numbers() if _is_printed(label.casefold(), n, texts.page(n), labelled)]
    if len(there) == 1:
        return Cited(there, named=True)
    pages = list_in_words([str(n) for n in there[:6]], "or")
    what = f"that may be page {pages}" if there else "no page of the document says that it is printed so"
    return Cited(unclear=f"it names printed page {label}, and {what}; give the page that a PDF reader shows")


def _is_printed(label: str, number: int, page: Page, labelled: bool) -> bool:
    if labelled:
        return label == (page.label or str(number)).casefold()
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    return any(
        is_page_number(line) and label in re.findall(r"[\w]+", line.casefold())[:2]
        for line in (*lines[:2], *lines[-2:])
    )


def whole_texts(texts: Texts) -> tuple[str, ...]:
    """The whole document as one text; where it has automatic numbers, with these."""
    pages = [texts.page(n) for n in texts.numbers()]
    return ("\n".join((page.also or (page.text,))[0] for page in pages),)


def _numbered(locator: Locator, whole: Iterable[str]) -> Iterator[str]:
    """Each stretch from a line that begins with this number to the line that begins with a number after it."""
    wanted = _parts(locator.value)
    ends = [(*wanted[:depth], _next(wanted[depth])) for depth in range(len(wanted))]
    for text in whole:
        heads = [(m.start(), _parts(m[1])) for m in NUMBERED_LINE.finditer(text)]
        for nth, (start, parts) in enumerate(heads):
            if parts == wanted:
                after = (at for at, later in heads[nth + 1 :] if any(later[: len(end)] == end for end in ends))
                yield text[start : next(after, len(text))]


def _parts(number: str) -> tuple[str, ...]:
    return tuple(number.casefold().rstrip(".").split("."))


def _next(part: str) -> str:
    return str(int(part) + 1) if part.isdigit() else chr(ord(part[0]) + 1) if part else ""


def _counted(value: str, texts: Texts) -> Iterator[str]:
    """The paragraph that is called so where words are found in a document without numbers."""
    page = texts.page(1)
    for nth, (start, name) in enumerate(page.places):
        if name.removeprefix(HEADING) == f"paragraph {value}":
            yield page.text[start : page.places[nth + 1][0] if nth + 1 < len(page.places) else None]


def _minutes(time: str, page: Page) -> tuple[str, ...]:
    """What was said round a time."""
    asked = _seconds(time)
    begins = [at for at, name in page.places if asked - LONGEST_PART < _seconds(name)][:1] or [0]
    ends = [at for at, name in page.places if _seconds(name) > asked + BEHIND][:1] or [len(page.text)]
    return (page.text[begins[0] : ends[0]],)


def _seconds(time: str) -> int:
    hours, minutes, seconds = map(int, time.split(":"))
    return 3600 * hours + 60 * minutes + seconds


def _cited_sheet(sheet: str, texts: Texts) -> Cited:
    if texts.kind not in SHEETS:
        return Cited(named=True, nowhere=True, remark="the document is not a workbook and has no sheets")
    names = (sheet, sheet.rpartition("!")[0])  # `Summary!B7` names a cell of the sheet
    there = [n for name in names if name for n in texts.numbers() if _name(texts.page(n).label) == _name(name)]
    if not there:
        known = ", ".join(f"“{texts.page(n).label}”" for n in texts.numbers() if not texts.page(n).hidden)
        return Cited(named=True, nowhere=True, remark=f"the workbook has no sheet “{sheet}”; its sheets are {known}")
    hidden = texts.page(there[0]).hidden
    return Cited(there, named=True, remark=f"the sheet “{sheet}” is hidden in the workbook" if hidden else "")


def _name(text: str) -> str:
    return " ".join(plain(word) for word in text.split())
