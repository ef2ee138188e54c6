"""Citations and live figures that a person typed in Word as they are written in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.live import look_up
from pipeline.model import Place
from pipeline.prepare.adopt.markdown import Passage
from pipeline.prepare.adopt.words import Block, Word, Words, settled, split
from pipeline.read.citations import RegisterIndex
from pipeline.read.narrative import citation_spans, parse_bracket

_LIVE = re.compile(r"\{\{([^{}\n]*)\}\}")
NEW_FIGURES = 1_000_000
"""Numbers of figures that are typed begin here: none of the old ones has them."""


def with_typed(block: Block, passage: Passage) -> Block:
    """The block, with what was typed as a citation or a figure understood as one."""
    rows = tuple(tuple(_typed(cell, passage) for cell in row) for row in block.rows)
    return replace(block, words=_typed(block.words, passage), rows=rows)


def _typed(words: Words, passage: Passage) -> Words:
    text = "".join(w.text for w in words)
    if "[@" not in text and "{{" not in text:
        return words
    out: list[Word] = []
    position = 0
    found = sorted(_found(text, words, passage), key=lambda f: f[0])
    for word in words:
        start, position = position, position + len(word.text)
        inside = next((f for f in found if f[0] <= start < f[1] and word.text), None)
        if inside is None:
            out.append(word)
        elif start == inside[0]:
            while inside[2][:1] and inside[2][0].notes and out and out[-1].text == " ":
                out.pop()
            out += inside[2]
    return settled(out)


def _found(text: str, words: Words, passage: Passage) -> Iterator[tuple[int, int, list[Word]]]:
    for start, end in citation_spans(text):
        cited = parse_bracket(text[start:end], RegisterIndex(), Place(""))
        if cited:
            keys = tuple(dict.fromkeys(passage.notes.key(c.text) for c in cited))
            yield start, end, [Word("", notes=keys, source=f" {text[start:end]}" if start else text[start:end])]
    for number, match in enumerate(_LIVE.finditer(text)):
        value = look_up(match[1].strip(), passage.figures)
        if value is not None:
            look = words[0]
            shown = split(str(value), Word("", look.bold and all(w.bold for w in words)))
            figure = NEW_FIGURES + number
            yield (
                *match.span(),
                [replace(w, source="" if n else match[0], figure=figure) for n, w in enumerate(shown)],
            )
