"""The authors' Markdown in blocks, each with its place in the file and with what each word was written as."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.adopt.words import BODY, BULLET, CODE, HEADING, NUMBER, QUOTE, TABLE, Block, Notes, Word, settled, split
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.narrative import citation_spans, parse_bracket
from pipeline.model import Place
from pipeline.score.live import Figures, look_up

if TYPE_CHECKING:
    from markdown_it.token import Token

_LIVE = re.compile(r"\{\{([^{}\n]*)\}\}")
# Stand-ins from a private plane, which no keyboard and no symbol font writes.
FIGURE, NOTE, LINE_END = 0x100000, 0x104000, "\U0010f000"
MOST = NOTE - FIGURE
_MARKED = re.compile(
    f"( ?|{LINE_END})([{chr(NOTE)}-{chr(NOTE + MOST - 1)}])|([{chr(FIGURE)}-{chr(NOTE - 1)}])|{LINE_END}"
)
DEEPEST_LIST = 2


@dataclass(frozen=True)
class Passage:
    """A narrative as it is written, with what its figures and citations say."""

    text: str
    figures: Figures
    notes: Notes
    heading: str = ""
    """The paper's own heading above it, which its first heading may repeat."""


@dataclass
class _Marked:
    """The text with a stand-in for each figure and citation, and the way back to the file."""

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    """(where in the marked text, where in the file), rising."""
    figures: list[tuple[str, str]] = field(default_factory=list)
    """(as written, value)"""
    brackets: list[str] = field(default_factory=list)

    def back(self, position: int) -> int:
        """The place in the file, for the beginning of a line."""
        at = bisect_right(self.places, (position, 1 << 60)) - 1
        marked, source = self.places[at]
        return source + position - marked


def blocks_of(passage: Passage) -> list[Block]:
    """The blocks in reading order; those that a paper writes, and no other."""
    from markdown_it import MarkdownIt

    marked = _mark(passage)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(marked.text)
    starts = [0, *(m.end() for m in re.finditer("\n", marked.text)), len(marked.text)]
    blocks = list(_Walk(passage.notes, marked, starts).walk(tokens))
    repeated = blocks and blocks[0].kind == HEADING and blocks[0].plain.casefold() == passage.heading.casefold()
    return blocks[1:] if repeated else blocks


def _mark(passage: Passage) -> _Marked:
    marked, position = _Marked(places=[(0, 0)]), 0
    for start, end, value in sorted(_special(passage)):
        if start < position:
            continue
        marked.text += passage.text[position:start]
        written = passage.text[start:end]
        if value is None:
            marked.brackets.append(written)
            marked.text += chr(NOTE + len(marked.brackets) - 1)
        else:
            marked.figures.append((written, value))
            marked.text += chr(FIGURE + len(marked.figures) - 1)
        marked.places.append((len(marked.text), end))
        position = end
    marked.text += passage.text[position:]
    return marked


def _special(passage: Passage) -> Iterator[tuple[int, int, str | None]]:
    """Where a citation or a figure stands; for a figure its value."""
    spans = list(citation_spans(passage.text))
    yield from ((start, end, None) for start, end in spans[:MOST])
    inside = [range(start, end) for start, end in spans]
    for found in list(_LIVE.finditer(passage.text))[:MOST]:
        value = look_up(found[1].strip(), passage.figures)
        if value is not None and not any(found.start() in span for span in inside):
            yield found.start(), found.end(), str(value)


class _Walk:
    """Tokens of Markdown into blocks: what is open decides what a paragraph is."""

    def __init__(self, notes: Notes, marked: _Marked, starts: Sequence[int]) -> None:
        self._notes, self._marked, self._starts = notes, marked, starts
        self._lists: list[str] = []
        self._first_of_item = False
        self._quoted = 0
        self._heading = 0

    def walk(self, tokens: Sequence[Token]) -> Iterator[Block]:
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                end = next(n for n in range(position, len(tokens)) if tokens[n].type == "table_close")
                yield self._table(token, tokens[position:end])
                position = end
            else:
                yield from self._block(token)
            position += 1

    def _block(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(BULLET if token.type.startswith("bullet") else NUMBER)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._first_of_item = True
            case "blockquote_open" | "blockquote_close":
                self._quoted += 1 if token.type == "blockquote_open" else -1
            case "heading_open" | "heading_close":
                self._heading = int(token.tag[1]) if token.type == "heading_open" else 0
            case "inline":
                yield self._paragraph(token)
            case "code_block" | "fence":
                text = self._as_printed(token.content.rstrip("\n"))
                yield self._placed(token, CODE, words=settled(split(text, Word(""))))

    def _as_printed(self, text: str) -> str:
        """Code is printed as it is, its figures filled in."""
        for number, (_, value) in enumerate(self._marked.figures):
            text = text.replace(chr(FIGURE + number), value)
        for number, written in enumerate(self._marked.brackets):
            text = text.replace(chr(NOTE + number), written)
        return text

    def _paragraph(self, token: Token) -> Block:
        words = settled(list(self._inline(token.children or [])))
        if self._heading:
            return self._placed(token, HEADING, self._heading, words)
        if not self._lists:
            return self._placed(token, QUOTE if self._quoted else BODY, words=words)
        if not self._first_of_item:
            return self._placed(token, BODY, words=words)
        self._first_of_item = False
        return self._placed(token, self._lists[-1], min(len(self._lists) - 1, DEEPEST_LIST), words)

    def _placed(self, token: Token, kind: str, depth: int = 0, words: tuple[Word, ...] = ()) -> Block:
        first, last = token.map or [0, 0]
        start, end = (self._marked.back(self._starts[min(n, len(self._starts) - 1)]) for n in (first, last))
        return Block(kind, depth, words, start=start, end=end)

    def _table(self, opened: Token, tokens: Sequence[Token]) -> Block:
        rows: list[list[tuple[Word, ...]]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(settled(list(self._inline(token.children or []))))
        placed = self._placed(opened, TABLE)
        return Block(TABLE, rows=tuple(tuple(row) for row in rows), start=placed.start, end=placed.end)

    def _inline(self, tokens: Sequence[Token]) -> Iterator[Word]:
        for text, look in _stretches(tokens):
            position = 0
            for found in _MARKED.finditer(text):
                yield from split(text[position : found.start()], look)
                yield from self._special(found, look)
                position = found.end()
            yield from split(text[position:], look)

    def _special(self, found: re.Match[str], look: Word) -> Iterator[Word]:
        before, note, figure = found.groups()
        if note:
            yield self._note(before.replace(LINE_END, "\n"), self._marked.brackets[ord(note) - NOTE])
        elif figure:
            number = ord(figure) - FIGURE
            written, value = self._marked.figures[number]
            for n, word in enumerate(split(value, look)):
                yield replace(word, source="" if n else written, figure=number + 1)
        else:
            yield replace(look, text=" ", source="\n")

    def _note(self, before: str, bracket: str) -> Word:
        cited = parse_bracket(bracket, RegisterIndex(), Place(""))
        keys = tuple(dict.fromkeys(self._notes.key(c.text) for c in cited))
        return Word("", notes=keys, source=f"{before}{bracket}")


def _stretches(tokens: Sequence[Token]) -> Iterator[tuple[str, Word]]:
    """The words of a paragraph in stretches of one look."""
    stretches: list[tuple[str, Word]] = []
    strong = em = 0
    address = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                em += token.nesting
            case "link_open":
                address = str(token.attrs.get("href", ""))
            case "link_close":
                if address and not leads_somewhere(address) and stretches and stretches[-1][0] != address:
                    stretches.append((f" ({address})", Word("", bool(strong), bool(em))))
                address = ""
            case _:
                said = {"softbreak": LINE_END, "hardbreak": "\n"}.get(token.type, token.content)
                look = Word("", bool(strong), bool(em), address if leads_somewhere(address) else "")
                if stretches and stretches[-1][1] == look:
                    said = stretches.pop()[0] + said
                stretches.append((said, look))
    yield from stretches


def leads_somewhere(address: str) -> bool:
    """True for an address that a paper makes a link of; any other stays text."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool((parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and parts.path))
