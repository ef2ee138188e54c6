"""Words as Markdown: what was written stays, and new words are escaped no more than they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.adopt.markdown import Passage, blocks_of
from pipeline.adopt.words import (
    BODY,
    BULLET,
    HEADING,
    LISTS,
    NUMBER,
    QUOTE,
    TABLE,
    Block,
    Word,
    Words,
    settled,
    shown,
    split,
    squeezed,
)
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.narrative import citation_spans, parse_bracket
from pipeline.model import Place
from pipeline.score.live import look_up

_MARKUP = re.compile(r"([\\`*_\[\]<>&])")
_BEGINS = re.compile(r"^(?:([#>+=-])|(\d+)([.)]))", re.MULTILINE)
"""How a line begins that Markdown would take for a heading, a list or a quotation."""
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t])[ \t]*|[ \t]*#{1,6}[ \t]+)*[ \t]*")
_BODY_PREFIX = re.compile(r"[ \t>]*")
_COUNT = re.compile(r"(?<!\d)\d++(?=[.)])")
WAYS = ((False, True), (True, True), (True, False))
"""How new words are tried: (escaped, with bold and italic)."""


def cited_in(words: Sequence[Word]) -> list[str]:
    """The citations of a passage as they are written, in order."""
    brackets = [w.source.strip() for w in words if w.notes and w.source]
    return [squeezed(c.text) for b in brackets for c in parse_bracket(b, RegisterIndex(), Place(""))]


@dataclass
class Writer:
    """Blocks as Markdown, within one narrative."""

    passage: Passage
    spare: list[str] = field(default_factory=list)
    """Citations that no longer stand where they stood."""
    guessed: list[str] = field(default_factory=list)

    def inline(self, words: Words, near: Sequence[str] = ()) -> str:
        """Words as the text of a paragraph; tried until it reads as it should."""
        tried = ""
        for escaped, looks in WAYS:
            tried = "".join(self._linked(words, [*near, *self.spare], escaped, looks))
            if escaped:
                tried = _BEGINS.sub(lambda b: f"\\{b[1]}" if b[1] else f"{b[2]}\\{b[3]}", tried)
            if self._reads_as(tried, words if looks else [replace(w, bold=False, italic=False) for w in words]):
                return tried
        return tried

    def _reads_as(self, text: str, words: Sequence[Word]) -> bool:
        blocks = blocks_of(replace(self.passage, text=text, heading=""))
        return len(blocks) == 1 and blocks[0].kind == BODY and shown(blocks[0].words) == shown(words)

    def _linked(self, words: Sequence[Word], near: list[str], escaped: bool, looks: bool) -> Iterator[str]:
        for address, group in groupby(words, key=lambda w: w.address):
            stretch = list(group)
            text = self._emphasised(stretch, near, escaped, looks)
            if not address:
                yield text
            elif "".join(w.text for w in stretch) == address:
                yield f"<{address}>"
            else:
                yield f"[{text}]({address})"

    def _emphasised(self, words: Sequence[Word], near: list[str], escaped: bool, looks: bool) -> str:
        out, opened = "", list[str]()
        for word in words:
            wanted = [mark for mark, on in (("**", word.bold), ("*", word.italic)) if on and looks]
            while any(mark not in wanted for mark in opened):
                out += opened.pop()
            for mark in wanted:
                if mark not in opened:
                    out += mark
                    opened.append(mark)
            out += self._word(word, near, escaped, out)
        return out + "".join(reversed(opened))

    def _word(self, word: Word, near: list[str], escaped: bool, before: str) -> str:
        if word.source is not None:
            return word.source.lstrip() if word.notes and before[-1:].isspace() else word.source
        if word.notes:
            bracket = f"[{'; '.join(f'@{self._citation(key, near)}' for key in word.notes)}]"
            return bracket if not before or before[-1].isspace() else f" {bracket}"
        if word.text == "\n":
            return "\\\n"
        if not escaped:
            return word.text
        return _MARKUP.sub(r"\\\1", word.text)

    def _citation(self, key: str, near: list[str]) -> str:
        written = self.passage.notes.citation(key, near)
        if written in near:
            near.remove(written)
        elif not self.passage.notes.is_certain(key) and written not in self.guessed:
            self.guessed.append(written)
        return written

    def rewritten(self, old: Block, new: Block) -> str:
        """An edited paragraph in the place, and behind the marks, of the one that it was."""
        raw = self.passage.text[old.start : old.end]
        if new.kind == TABLE:
            return self._table(new, old, raw)
        if old.kind != new.kind or (old.kind in LISTS and old.depth != new.depth):
            return self.new(new, cited_in(old.words))
        found = (_BODY_PREFIX if old.kind == BODY else _PREFIX).match(raw)
        prefix = found[0] if found else ""
        if old.kind == HEADING and "#" not in prefix:
            prefix = f"{'#' * old.depth} "
        return self._behind(prefix, new, cited_in(old.words))

    def _behind(self, prefix: str, block: Block, near: Sequence[str]) -> str:
        text = self.inline(block.words, near)
        if block.kind == HEADING:
            return f"{prefix}{' '.join(text.split())}\n"
        onward = re.sub(r"[^\s>]", " ", prefix)
        return prefix + text.replace("\n", f"\n{onward}") + "\n"

    def new(self, block: Block, near: Sequence[str] = (), after: str = "") -> str:
        """A block that was not there; `after` is the list item before it, whose marks it takes."""
        if block.kind == TABLE:
            return self._table(block, None, "")
        prefix = {HEADING: f"{'#' * max(block.depth, 1)} ", QUOTE: "> "}.get(block.kind, "")
        if block.kind in LISTS:
            prefix = _next_item(after) or {BULLET: "  ", NUMBER: "   "}[block.kind] * block.depth
            prefix = prefix if prefix.strip() else prefix + {BULLET: "- ", NUMBER: "1. "}[block.kind]
        return self._behind(prefix, block, near)

    def _table(self, new: Block, old: Block | None, raw: str) -> str:
        """Rows that were not edited stay as they were written."""
        lines = raw.splitlines()
        columns = max((len(row) for row in new.rows), default=0)
        same_width = old is not None and old.rows and len(old.rows[0]) == columns and len(lines) == len(old.rows) + 1
        rule = lines[1] if same_width else f"|{'---|' * columns}"
        known = {}
        if old is not None and same_width:
            keys = [tuple(shown(cell) for cell in row) for row in old.rows]
            known = dict(zip(keys, [lines[0], *lines[2:]], strict=True))
        rows = [known.get(tuple(shown(cell) for cell in row)) or self._row(row, columns) for row in new.rows]
        return "\n".join([rows[0], rule, *rows[1:]]) + "\n"

    def _row(self, row: tuple[Words, ...], columns: int) -> str:
        cells = [" ".join(self.inline(cell).replace("|", "\\|").replace("\\\n", " ").split()) for cell in row]
        return f"| {' | '.join(cells + [''] * (columns - len(cells)))} |"


def _next_item(item: str) -> str:
    found = _PREFIX.match(item)
    prefix = found[0] if found else ""
    return _COUNT.sub(lambda number: str(int(number[0]) + 1), prefix) if prefix.strip() else ""


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
