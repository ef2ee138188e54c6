"""Passages of a page as people are shown them."""

from __future__ import annotations

from pipeline.evidence.words import BROKEN, Words, plain

CONTEXT = 300
"""Characters, about, that a passage with its surroundings may have."""
AROUND = 90
"""Characters, at most, that are shown before and after the words found."""


def context(words: Words, first: int, last: int) -> str:
    """The words found, with a little before and after, as they stand on the page."""
    start, end = words.atoms[first].start, words.atoms[last].end
    around = max(0, min(AROUND, (CONTEXT - (end - start)) // 2))
    before = between(words, max(0, start - around), start)
    after = between(words, end, end + around)
    if start > around:
        before = "…" + before.partition(" ")[2]
    if end + around < len(words.raw):
        after = after.rpartition(" ")[0] + "…"
    lead = "" if start and words.raw[start - 1].strip() else " "
    gap = "" if words.raw[end : end + 1].strip() else " "
    return f"{before}{lead}{cut(between(words, start, end))}{gap}{after}".strip()


def between(words: Words, start: int, end: int) -> str:
    """A part of a text for people. A word that a line breaks is whole again where the text has it whole elsewhere."""
    known = words.vocabulary
    out, at = "", start
    for broken in BROKEN.finditer(words.raw, start, end):
        left, right = _word_before(words.raw, broken.start()), _word_after(words.raw, broken.end())
        out += words.raw[at : broken.start()]
        if left and right:
            out += "" if plain(left + right) in known else "-"
        else:
            out += broken.group()
        at = broken.end()
    return shown(out + words.raw[at:end])


def _word_before(raw: str, place: int) -> str:
    start = place
    while start > 0 and raw[start - 1].isalpha():
        start -= 1
    return raw[start:place]


def _word_after(raw: str, place: int) -> str:
    end = place
    while end < len(raw) and raw[end].isalpha():
        end += 1
    return raw[place:end]


def shown(text: str) -> str:
    """Text of a page for people: white space as single blanks, no control characters."""
    for hyphen in ("\ufffe", "\x02"):
        text = text.replace(hyphen, "-")
    text = text.replace("\u00ad", "")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def cut(text: str) -> str:
    """A long passage, ended at a word."""
    return text if len(text) <= CONTEXT else text[: CONTEXT - 1].rsplit(" ", 1)[0] + "…"
