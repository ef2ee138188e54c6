"""How much words that were found show: a heading alone shows little, and a negation may have been left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pipeline.evidence.lookup import Hit
from pipeline.evidence.matching import find, fragments, occurrences
from pipeline.evidence.pages import between, cut
from pipeline.evidence.readers import SHEETS
from pipeline.evidence.texts import Texts
from pipeline.evidence.words import words_of

HEADING, RUNNING_TITLE = "a heading", "a running title"
LONGEST_SENTENCE = 1_500
LONGEST_HEADING = 120
"""Characters."""
MOST = 20
"""Places on a page that are weighed."""
PROSE = 6
"""Words that the line below a heading has at least."""
FLOWING = ("pdf", "text", "picture", "transcript", "rich text", "e-mail", "Outlook message")
"""Kinds in which a sentence may run over the end of a line; in others each line is a paragraph or a row."""

NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|unable|unlikely|hardly|scarcely|barely"
    r"|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|refus(?:e|es|ed|al)|den(?:y|ies|ied)|untrue|false|incorrect"
    r"|[a-z]{2,8}n['’]t|yet\s+to|far\s+from|rather\s+than|instead\s+of)\b",
    re.IGNORECASE,
)
NO_NEGATION = re.compile(
    r"\bnot\s+(?:only|least|just|simply|merely)\b|\bno\s+(?:later|earlier|fewer|less|more|doubt|matter)\b"
    r"|\b(?:whether\s+or|if)\s+not\b|\bnos?\.?\s*\d",
    re.IGNORECASE,
)
ENDS = re.compile(
    r"[.!?…][\"'”’)\]]{0,3}[\d⁰-⁹¹²³]{0,3}\s+(?=[\"'“‘(\[]?[A-Z0-9])|;|\n[ \t]*\r?\n|[•‣⁃\uf0b7]|\n[ \t]*[-*#]+[ \t]"
    r"|\n\s*(?=[\"'“‘(\[]?[A-Z])"
)
RUNS_ON = re.compile(
    r"(?:,|[-–—]|\b(?:that|the|an?|of|in|on|and|or|to|not|by|for|with|as|than|nor?|from|is|are|was|were|ha[sd]|have|be|been"
    r"|when|if|because|where|which|who|neither|whether|at|did|does|do|yet|never|without|but|while|although|into|our|its"
    r"|their|this|these|NHS|cannot|will|would|can|could|may|should|must))\s*$",
)
"""At the end of a line: the next line goes on with the same sentence, though it begins with a capital."""
LINE_ENDS = re.compile(rf"{ENDS.pattern}|[\r\n\t]")
SHORTENED = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|prof|st|no|nos|e\.g|i\.e|etc|cf|vs|fig|pp?|approx|inc|ltd|dept|para)|\b[A-Z])\.\s*$",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"[\s\u00a0]*+(?:(?:section|chapter|part|annex|appendix)\s+)?(?:[A-Z]|[\divx]{0,5}(?:\.\d{1,3}){0,4})[.):]?\s*+[-–—]?\s*+",
    re.IGNORECASE,
)
TRAIL = re.compile(r"[\s.…·_:?]*+\d{0,4}\s*+")
CLOSES = re.compile(r"[.!?][\"'”’)\]]{0,3}\s*$")


@dataclass(frozen=True)
class Weighed:
    """Words found, and what is to be said of them; empty where there is nothing."""

    hit: Hit
    little: str = ""
    """`a heading` or `a running title`, where the words are nothing else."""
    negation: str = ""
    """One that the sentence has and the quotation leaves out."""


def weigh(quotation: str, hit: Hit, texts: Texts) -> Weighed:
    """The words found, where they stand best: a heading may be a sentence further down the page."""
    places = [hit.place]
    if len(hit.place.pieces) == 1:
        places = list(islice(occurrences(fragments(quotation)[0], hit.words), MOST))
    weighed = []
    for place in places or [hit.place]:
        here = replace(hit, place=replace(place, pieces=place.pieces or (place,)))
        weighed.append(Weighed(here, _what_it_is(quotation, here, texts), _negation_left_out(here, texts)))
    return next((one for one in weighed if not one.little and not one.negation), weighed[0])


def _negation_left_out(hit: Hit, texts: Texts) -> str:
    """The negation that the sentence has before the words found, or among the words that `...` leaves out."""
    begin = 0
    ends = ENDS if texts.kind in FLOWING else LINE_ENDS
    for piece in hit.place.pieces:
        first = hit.words.atoms[piece.first].start
        begin = max([begin, first - LONGEST_SENTENCE, *_sentence_ends(ends, hit.words.raw, begin, first)])
        before = NO_NEGATION.sub(" ", hit.words.raw[begin:first].replace("\u00a0", " "))
        if found := NEGATION.search(before):
            return " ".join(found.group().split())
        begin = hit.words.atoms[piece.last].end
    return ""


def _sentence_ends(ends: re.Pattern[str], raw: str, begin: int, first: int) -> Iterator[int]:
    for match in ends.finditer(raw, max(begin, first - LONGEST_SENTENCE), first + 2):
        goes_on = RUNS_ON if not match.group().strip() and match.group().count("\n") == 1 else SHORTENED
        if match.end() <= first and not goes_on.search(raw, max(0, match.start() - 12), match.end()):
            yield match.end()


AROUND = 160
"""Characters, at most, that are shown before and after the words found."""
LOOSE_NUMBERS = re.compile(r"(?:(?<=\s)|^)[£(]?\d[\d,.%()]*(?:\s+[£(]?\d[\d,.%()]*){2,}(?=\s|$)")
"""Figures in a row with no word between them: a line of a table, which says nothing by itself."""


POINTS_BACK = re.compile(r"\s*(?:of (?:these|those|them|which)|they|these|those)\b", re.IGNORECASE)


def context(hit: Hit, texts: Texts) -> tuple[str, str]:
    """The words found, with what stands round them up to the edges of their sentences or cells; and the words alone.

    A sentence that is long is cut at a word.
    """
    raw, atoms = hit.words.raw, hit.words.atoms
    start, end = atoms[hit.place.first].start, atoms[hit.place.last].end
    ends = ENDS if texts.kind in FLOWING else LINE_ENDS
    edges = [0, *_sentence_ends(ends, raw, 0, start)]
    begin = edges[-1]
    if len(edges) > 1 and POINTS_BACK.match(raw, begin):
        begin = edges[-2]  # who "those" are stands in the sentence before
    if raw[end - 1] in ".!?":
        stop = end + len(raw[end:]) - len(raw[end:].lstrip("\"'”’)]"))
    else:
        stop = next((m.start() + len(m.group().rstrip()) for m in ends.finditer(raw, end)), len(raw))
    found = cut(between(hit.words, start, end))
    before = between(hit.words, max(begin, start - AROUND), start)
    after = between(hit.words, end, min(stop, end + AROUND))
    if start - AROUND > begin:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < stop:
        after = after.rpartition(" ")[0] + "…"
    before, after = LOOSE_NUMBERS.split(before)[-1].lstrip(), LOOSE_NUMBERS.split(after)[0].rstrip()
    lead = "" if start and raw[start - 1].strip() else " "
    gap = "" if raw[end : end + 1].strip() else " "
    return f"{before}{lead}{found}{gap}{after}".strip(), found


def _what_it_is(quotation: str, hit: Hit, texts: Texts) -> str:
    if texts.kind in SHEETS or len(hit.place.pieces) > 1:
        return ""
    if texts.kind == "pdf" and texts.count > 1 and hit.words.raw in texts.page(hit.page).text:
        pieces = fragments(quotation)
        if find(pieces, words_of(texts.body(hit.page))) is None:
            return RUNNING_TITLE
    return HEADING if _is_heading(hit, texts) else ""


def _is_heading(hit: Hit, texts: Texts) -> bool:
    """Whether the words fill lines of their own, as a heading does, between the end of a sentence and prose."""
    raw, atoms = hit.words.raw, hit.words.atoms
    start, end = atoms[hit.place.first].start, atoms[hit.place.last].end
    top, bottom = raw.rfind("\n", 0, start) + 1, raw.find("\n", end)
    line, rest = raw[top:bottom], raw[end:bottom].strip()
    if bottom < 0 or len(line) > LONGEST_HEADING or ENDS.search(raw, start, end) or not _begins(raw[start:]):
        return False
    if not LABEL.fullmatch(raw, top, start) or not TRAIL.fullmatch(rest) or rest == ".":
        return False
    following = raw[bottom:].lstrip().split("\n", 1)[0]
    if len(following.split()) < PROSE or not _begins(following):
        return False
    return _ended(raw[:top]) and (texts.kind not in FLOWING or len(following) > len(line))


def _ended(above: str) -> bool:
    """Whether what stands above a line has come to its end: a sentence, a blank line, or the head of the page."""
    lines = above.rstrip()
    gap = above[len(lines) :]
    return (
        gap.count("\n") > 1
        or len(lines.splitlines()) < 3
        and not lines.endswith(":")
        or bool(CLOSES.search(lines[-6:]))
    )


def _begins(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit()
