"""One citation followed to its document: what was seen there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.evidence.cited import Cited, cited_place
from pipeline.evidence.lookup import Hit, look, look_again, look_through
from pipeline.evidence.matching import find, fragments, may_hold
from pipeline.evidence.mended import could_hold, filled, is_doubtful, mended
from pipeline.evidence.nearest import Near, beginning, difference, likeness, nearest, turns_on_lost_signs
from pipeline.evidence.pages import between, cut, place_in, stretches, with_figures
from pipeline.evidence.places import span, spans_of
from pipeline.evidence.readers import SHEETS
from pipeline.evidence.scans import likely_layers, look_at, not_seen
from pipeline.evidence.texts import Texts
from pipeline.evidence.weight import context, weigh
from pipeline.evidence.words import Words, words_of
from pipeline.model import CheckRequest, CheckResult, Mark, Verdict

NEAR = 5
"""How many pages are searched for the nearest passage."""
ROOM = 0.6
"""Unread letters of a page, as against those of a quotation: with fewer, the words could not stand among them."""
MANY = 0.25
"""Of a document's pages."""
MOST_CLEARED = 40
"""Times that a quotation is looked for again."""
DOUBTFUL_LETTERS = "is set in part in a font that does not say which letters some of its shapes are"
LOST_SIGNS = "has a sign in a font that does not say which sign it shows"
MOST_PAGES, MOST_CELLS = 6, 3_000
"""Pages of one citation whose figures are handed on, and cells of one sheet."""
ALTERED = 0.7
"""A passage that shares this much of a quotation is the one that was meant: then an unreadable page excuses nothing."""


def answer(question: CheckRequest, texts: Texts) -> CheckResult:
    """Follow one citation."""
    cited = cited_place(question, texts)
    if texts.elsewhere:
        cited = replace(cited, beyond=False)
    if question.quotation is None:
        unreadable = tuple(n for n in cited.pages if texts.page(n).unread > len(texts.page(n).text) // 2)
        reason = cited.remark or ("" if texts.kind in SHEETS else texts.elsewhere) or _why_unreadable(unreadable, texts)
        beyond = cited.beyond or cited.nowhere
        whole = [] if texts.paged or texts.kind in SHEETS or cited.nowhere else [1]
        seen = [texts.page(n) for n in cited.pages[:MOST_PAGES] or whole if not texts.page(n).hidden]
        return CheckResult(
            Verdict.NO_QUOTATION,
            beyond_end=beyond,
            unreadable_pages=unreadable,
            reason=reason,
            figures="\n".join(with_figures(page.text) for page in seen),
            cells=seen[0].cells[:MOST_CELLS] if seen else (),
            unclear=cited.unclear,
        )
    pieces = fragments(question.quotation)
    if not pieces:
        return CheckResult(Verdict.NOT_FOUND, difference="the quotation holds no words", beyond_end=cited.beyond)
    texts.begin()
    for _ in range(MOST_CLEARED):
        hit, verdict = _look(pieces, texts, cited)
        if hit is None:
            break
        # Found in words that no reader sees is not found: the page is cleared of them, and looked at again.
        if not any([texts.clear(number) for number in _pages_of(hit, texts, cited)]):
            there = verdict is not Verdict.FOUND or cited.holds(pieces, texts)
            return _found(question.quotation, hit, texts, cited, verdict if there else Verdict.FOUND_ELSEWHERE)
    missed = _missed(question.quotation, pieces, texts, cited)
    return _recognised(question.quotation, pieces, texts, cited, missed) if texts.recognises else missed


def _recognised(
    quotation: str, pieces: Sequence[Words], texts: Texts, cited: Cited, missed: CheckResult
) -> CheckResult:
    """Words that no text holds, if text recognition reads them in a picture; a miss stays one where it does not."""
    where = cited.pages or range(1, texts.count + 1)
    pages = [n for n in where if texts.page(n).unread]
    if missed.verdict is Verdict.NOT_FOUND:
        pages += likely_layers(pieces, texts, where)
    else:
        pages += [n for n in missed.unreadable_pages if n not in pages and texts.is_pictured(n)]
    seen = look_at(pieces, quotation, texts, pages)
    if seen.hit is not None:
        found = _found(quotation, seen.hit, texts, cited, Verdict.RECOGNISED)
        return replace(found, read_by=seen.by, figures="", cells=(), at="", marks=())
    if missed.verdict is Verdict.NOT_CHECKABLE and seen.by:
        return not_seen(seen, quotation, texts, missed)
    return replace(missed, read_by=seen.by)


def _look(pieces: Sequence[Words], texts: Texts, cited: Cited) -> tuple[Hit | None, Verdict]:
    hit = look(pieces, texts, cited.pages) or look_through(pieces, texts, cited.pages)
    hit = hit or look_again(pieces, texts, cited.pages, cited=True)
    if hit is not None:
        return hit, Verdict.FOUND
    return _look_elsewhere(pieces, texts, cited), Verdict.FOUND_ELSEWHERE if cited.named else Verdict.FOUND


def _pages_of(hit: Hit, texts: Texts, cited: Cited) -> Sequence[int]:
    """The pages that words found may stand on: the one where they begin, and where they run on, those after it."""
    if hit.words.raw == texts.page(hit.page).text:
        return (hit.page,)
    last = cited.pages[-1] if hit.page in cited.pages else hit.page
    return range(hit.page, max(last, hit.page + 1) + 1)


def _look_elsewhere(pieces: Sequence[Words], texts: Texts, cited: Cited) -> Hit | None:
    hit = look(pieces, texts, (n for n in texts.numbers() if n not in cited.pages))
    return hit or look_again(pieces, texts, (n for n in texts.numbers() if n not in cited.pages), cited=False)


def _found(quotation: str, hit: Hit, texts: Texts, cited: Cited, verdict: Verdict) -> CheckResult:
    page = texts.page(hit.page)
    workbook = texts.kind in SHEETS
    weighed = weigh(quotation, hit, texts)
    said, found = context(weighed.hit, texts)
    at, marks = _where(quotation, weighed.hit, texts, cited)
    return CheckResult(
        verdict,
        page=hit.page if texts.paged else None,
        page_label="" if workbook else page.label,
        sheet=page.label if workbook else "",
        context=said,
        found=found,
        at=at,
        marks=marks,
        beyond_end=cited.beyond,
        reason=cited.remark,
        little=weighed.little,
        negation=weighed.negation,
        unclear=cited.unclear,
        figures=_figures_around(hit, texts),
        cells=page.cells[:MOST_CELLS],
    )


def _where(quotation: str, hit: Hit, texts: Texts, cited: Cited) -> tuple[str, tuple[Mark, ...]]:
    """Where the words stand, by name or by marks: as they were found, or by letters where that was another text."""
    text, atoms = texts.as_read(hit.page), hit.words.atoms
    start = text.find(hit.words.raw)
    if start >= 0:
        ends = [(atoms[p.first].start, atoms[p.last].end) for p in hit.place.pieces or (hit.place,)]
        spans = [span(hit.page, text, start + first, start + last) for first, last in ends]
    else:
        numbers = [n for n in _pages_of(hit, texts, cited) if n <= texts.count]
        spans = spans_of(quotation, [(n, texts.as_read(n)) for n in numbers])
    if texts.kind == "pdf":
        return "", texts.marks(spans)
    page = texts.page(hit.page)
    name = place_in(page, texts.kind, spans[0].first, spans[-1].last + 1) if spans else ""
    return (f"slide {page.number}, {name}" if name and texts.paged else name), ()


def _figures_around(hit: Hit, texts: Texts) -> str:
    """The figures of the page that words stand on; of a document without pages, those around the words."""
    if texts.paged or texts.kind in SHEETS:
        return with_figures(texts.page(hit.page).text)
    atoms = hit.words.atoms
    return with_figures(hit.words.raw, atoms[hit.place.first].start, atoms[hit.place.last].end)


def _missed(quotation: str, pieces: Sequence[Words], texts: Texts, cited: Cited) -> CheckResult:
    """Not there, or not to be seen: which of the two, and what comes nearest."""
    where = cited.pages or range(1, texts.count + 1)
    asked = beginning(quotation)
    unreadable = tuple(n for n in where if texts.page(n).unread > len(asked.run) * ROOM)
    near = nearest(asked, _likeliest(pieces, texts, cited))
    why = _why_unreadable(unreadable, texts)
    if unreadable and _may_be_there(unreadable, where, cited, near[0] if near else None):
        return CheckResult(Verdict.NOT_CHECKABLE, beyond_end=cited.beyond, unreadable_pages=unreadable, reason=why)
    pictured = tuple(n for n in where if texts.page(n).pictured > len(asked.run) * ROOM)
    if pictured and _may_be_there(pictured, where, cited, near[0] if near else None):
        why = f"page {pictured[0]} shows a picture, and words in a picture cannot be read"
        return CheckResult(Verdict.NOT_CHECKABLE, beyond_end=cited.beyond, unreadable_pages=pictured, reason=why)
    is_meant = near is not None and near[0].share >= ALTERED
    if texts.elsewhere and (any(map(str.isdigit, quotation)) if texts.kind in SHEETS else not is_meant):
        return CheckResult(Verdict.NOT_CHECKABLE, reason=texts.elsewhere)
    hidden = _out_of_sight(pieces, texts)
    doubtful = () if hidden else tuple(n for n in where if _turns_on_doubtful_letters(pieces, texts, n))
    if doubtful:
        why = f"the text of page {doubtful[0]} cannot be read in full: it {DOUBTFUL_LETTERS}"
        return CheckResult(Verdict.NOT_CHECKABLE, beyond_end=cited.beyond, unreadable_pages=doubtful, reason=why)
    if near is None or hidden:
        said = hidden or _blank(cited, texts) or "no passage of the document comes near these words"
        return CheckResult(Verdict.NOT_FOUND, difference=said, beyond_end=cited.beyond, reason=cited.remark or why)
    passage, text = near
    if turns_on_lost_signs(asked, passage, text):
        place = f"the text of page {passage.page}" if texts.kind == "pdf" else "the text there"
        why = f"{place} cannot be read in full: it {LOST_SIGNS}"
        return CheckResult(
            Verdict.NOT_CHECKABLE,
            beyond_end=cited.beyond,
            unreadable_pages=(passage.page,) if texts.paged else (),
            reason=why,
        )
    differs = difference(asked, passage, text)
    if not differs and len(pieces) == 1:
        differs = "the words stand there as a part of longer words, figures or sums"
    elif not differs or 1 < len(pieces) < 20 and all(look([piece], texts, texts.numbers()) for piece in pieces):
        differs = "all the words stand in the document, but not together in this order"
    page = texts.page(passage.page)
    return CheckResult(
        Verdict.NOT_FOUND,
        sheet=page.label if texts.kind in SHEETS else "",
        nearest=cut(between(text, text.atoms[passage.first].start, text.atoms[passage.last].end)),
        nearest_page=passage.page if texts.paged else None,
        difference=differs,
        beyond_end=cited.beyond,
        reason=cited.remark or why,
    )


def _turns_on_doubtful_letters(pieces: Sequence[Words], texts: Texts, number: int) -> bool:
    """Whether the words stand on a page but for letters that no way of reading it can make out."""
    return could_hold(pieces, texts.page(number).text) and all(map(is_doubtful, filter(None, texts.others(number))))


def _may_be_there(unreadable: Sequence[int], where: Sequence[int], cited: Cited, near: Near | None) -> bool:
    """Whether words that were not found may stand where nothing can be read.

    What can be read there comes first: a passage near the words is the one that was meant, and reads otherwise. Else
    they may stand on the pages cited. Where none is cited, the picture on a cover does not excuse a whole report.
    """
    if near is not None and near.share >= ALTERED and near.page in where:
        return False
    return bool(cited.pages) or len(unreadable) >= len(where) * MANY


def _likeliest(pieces: Sequence[Words], texts: Texts, cited: Cited) -> Iterator[tuple[int, Words]]:
    """Where the nearest passage may be: what shares most with the quotation, the pages cited before others."""
    seen = [n for n in range(1, texts.count + 1) if not texts.page(n).hidden]
    there = [(n, stretch) for n in seen for stretch in texts.stretches(n)]
    ranked = sorted(there, key=lambda item: -likeness(pieces, item[1].letters))
    on_cited = [item for item in ranked if item[0] in cited.pages][:NEAR]
    others = [item for item in ranked if item[0] not in cited.pages][:NEAR]
    best = {number for number, _ in (*on_cited[:1], *others[:1])}
    for n, stretch in [*on_cited, *others]:
        # Other ways of reading are slow: they are asked where the words most likely are.
        if texts.kind == "pdf" and n in best and (is_doubtful(stretch.raw) or mended(stretch.raw) != stretch.raw):
            yield from ((n, words_of(filled(text, pieces))) for text in sorted(texts.others(n), key=is_doubtful))
        yield n, stretch.words


def _blank(cited: Cited, texts: Texts) -> str:
    """Whether nothing at all stands on the pages that are cited, or in the document."""
    where = cited.pages or range(1, texts.count + 1)
    if not texts.paged or any(texts.page(n).text.strip() or texts.page(n).unreadable for n in where):
        return ""
    if not cited.pages:
        return "the document is blank: there is no text on any of its pages"
    return f"page {where[0]} is blank" if len(where) == 1 else f"pages {where[0]} to {where[-1]} are blank"


def _out_of_sight(pieces: Sequence[Words], texts: Texts) -> str:
    """Where words do stand that no reader sees, or sees crossed out."""
    for number in range(1, texts.count + 1):
        page = texts.page(number)
        whole = f"slide {number}" if texts.paged else f"the sheet “{page.label}”"
        if page.hidden and any(find(pieces, stretch.words) for stretch in texts.stretches(number)):
            return f"the words stand only on {whole}, which is hidden from a reader"
        for why, text in page.unseen:
            if any(may_hold(pieces, part.letters) and find(pieces, part.words) for part in stretches(text)):
                place = f" on {'page' if texts.kind == 'pdf' else 'slide'} {number}" if texts.paged else ""
                return f"the words stand there{place} only {why}"
    return ""


def _why_unreadable(pages: Sequence[int], texts: Texts) -> str:
    """In words: which pages, and why."""
    if not pages:
        return ""
    why = texts.page(pages[0]).unreadable
    if len(pages) == texts.count:
        return (
            f"the document has no text that can be read: each page {why}" if texts.count > 1 else f"its one page {why}"
        )
    if len(pages) == 1:
        return f"the text of page {pages[0]} cannot be read: it {why}"
    listed = ", ".join(str(n) for n in pages[:8]) + (" and others" if len(pages) > 8 else "")
    return f"the text of pages {listed} cannot be read: the first of them {why}"
