"""One citation followed to its document: what was seen there."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.evidence.matching import Place, find, fragments
from pipeline.evidence.nearest import difference, nearest, shown
from pipeline.evidence.texts import Texts
from pipeline.evidence.words import Words, plain, words_of
from pipeline.model import Sighting, Verdict

CONTEXT = 300
AROUND = 90


@dataclass(frozen=True)
class Question:
    """What a citation asks of its document."""

    pages: tuple[int, int] | None = None
    sheet: str | None = None
    quotation: str | None = None


@dataclass(frozen=True)
class Hit:
    """Where the words were found."""

    page: int
    context: str


def answer(question: Question, texts: Texts) -> Sighting:
    """Follow one citation."""
    cited, beyond, remark = _cited_pages(question, texts)
    unreadable = tuple(n for n in cited if texts.page(n).unreadable)
    if question.quotation is None:
        return Sighting(Verdict.NO_QUOTATION, beyond_end=beyond, unreadable_pages=unreadable, reason=remark)
    pieces = fragments(question.quotation)
    hit = _look(pieces, texts, cited)
    if hit is not None:
        return _found(hit, texts, Verdict.FOUND if _where_cited(question) else Verdict.FOUND, beyond, remark)
    hit = _look(pieces, texts, [n for n in texts.numbers() if n not in cited])
    if hit is not None:
        verdict = Verdict.FOUND_ELSEWHERE if _names_a_place(question, texts) else Verdict.FOUND
        return _found(hit, texts, verdict, beyond, remark)
    return _missed(question, texts, cited, beyond, remark)


def _where_cited(question: Question) -> bool:
    return question.pages is not None or question.sheet is not None


def _names_a_place(question: Question, texts: Texts) -> bool:
    return question.sheet is not None or question.pages is not None and texts.paged


def _cited_pages(question: Question, texts: Texts) -> tuple[list[int], bool, str]:
    """The pages cited that there are; whether one lies beyond the end; and what has to be said."""
    if question.sheet is not None:
        return _cited_sheet(question.sheet, texts)
    if question.pages is None:
        return [], False, ""
    if not texts.paged:
        return [], False, "the document has no fixed pages, so the page cannot be checked"
    first, last = question.pages
    beyond = last > texts.count
    return list(range(first, min(last, texts.count) + 1)), beyond, ""


def _cited_sheet(sheet: str, texts: Texts) -> tuple[list[int], bool, str]:
    if texts.kind != "workbook":
        return [], False, "the document is not a workbook and has no sheets"
    named = [n for n in texts.numbers() if _name(texts.page(n).label) == _name(sheet)]
    if named:
        return named, False, ""
    there = ", ".join(f"“{texts.page(n).label}”" for n in texts.numbers())
    return [], False, f"there is no sheet “{sheet}” in the workbook; its sheets are {there}"


def _name(text: str) -> str:
    return " ".join(plain(word) for word in text.split())


def _look(pieces: tuple[Words, ...], texts: Texts, numbers: list[int]) -> Hit | None:
    """The words on one of these pages, or running on from it."""
    for number in numbers:
        if texts.page(number).hidden:
            continue
        place = find(pieces, texts.words(number))
        if place is not None:
            return Hit(number, context(texts.words(number), place))
        hit = _over_the_turn(pieces, texts, number)
        if hit is not None:
            return hit
    return None


def _over_the_turn(pieces: tuple[Words, ...], texts: Texts, number: int) -> Hit | None:
    if texts.kind != "pdf" or number >= texts.count:
        return None
    here = texts.body(number)
    both = words_of(here + "\n" + texts.body(number + 1))
    place = find(pieces, both)
    if place is None or both.atoms[place.first].start >= len(here):
        return None
    return Hit(number, context(both, place))


def _found(hit: Hit, texts: Texts, verdict: Verdict, beyond: bool, remark: str) -> Sighting:
    page = texts.page(hit.page)
    if texts.kind == "workbook":
        return Sighting(verdict, sheet=page.label, context=hit.context, reason=remark)
    number = hit.page if texts.paged else None
    return Sighting(verdict, number, page.label, context=hit.context, beyond_end=beyond, reason=remark)


def _missed(question: Question, texts: Texts, cited: list[int], beyond: bool, remark: str) -> Sighting:
    where = cited or list(texts.numbers())
    unreadable = tuple(n for n in where if texts.page(n).unreadable)
    quotation = words_of(question.quotation or "")
    order = [*cited, *(n for n in texts.numbers() if n not in cited)]
    near = nearest(quotation, ((n, texts.words(n)) for n in order))
    if unreadable and (near is None or near[0].share < 0.85):
        reason = texts.page(unreadable[0]).unreadable
        return Sighting(Verdict.NOT_CHECKABLE, beyond_end=beyond, unreadable_pages=unreadable, reason=reason)
    if near is None:
        said = "no passage of the document comes near these words"
        return Sighting(Verdict.NOT_FOUND, difference=said, beyond_end=beyond, reason=remark)
    passage, text = near
    words = shown(text.raw[text.atoms[passage.first].start : text.atoms[passage.last].end])
    page = texts.page(passage.page)
    return Sighting(
        Verdict.NOT_FOUND,
        sheet=page.label if texts.kind == "workbook" else "",
        nearest=_cut(words),
        nearest_page=passage.page if texts.paged else None,
        difference=difference(quotation, passage, text),
        beyond_end=beyond,
        reason=remark,
    )


def context(words: Words, place: Place) -> str:
    """The words found, with a little before and after."""
    start, end = words.atoms[place.first].start, words.atoms[place.last].end
    before = shown(words.raw[max(0, start - AROUND) : start])
    after = shown(words.raw[end : end + AROUND])
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(words.raw):
        after = after.rpartition(" ")[0] + "…"
    gap = "" if words.raw[end : end + 1].strip() else " "
    lead = "" if start and words.raw[start - 1].strip() else " "
    return f"{before}{lead}{_cut(shown(words.raw[start:end]))}{gap}{after}".strip()


def _cut(text: str) -> str:
    return text if len(text) <= CONTEXT else text[: CONTEXT - 1].rsplit(" ", 1)[0] + "…"
