"""The place in a document that a citation names: pages, or a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evidence.texts import Texts
from pipeline.evidence.words import plain
from pipeline.model import CheckRequest


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


def cited_place(question: CheckRequest, texts: Texts) -> Cited:
    """The place that a citation names, in this document."""
    if question.sheet is not None:
        return _cited_sheet(question.sheet, texts)
    if question.pages is None:
        return Cited()
    if not texts.paged:
        return Cited(remark="the document has no fixed pages, so the page cannot be checked")
    first, last = question.pages
    there = range(first, min(last, texts.count) + 1)
    return Cited(there, named=True, beyond=last > texts.count)


def _cited_sheet(sheet: str, texts: Texts) -> Cited:
    if texts.kind != "workbook":
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
