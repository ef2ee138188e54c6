"""Words with their look, and the blocks they stand in: the common ground of a Word paper and its Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

# Figures apart from letters, so that the `5` of `{{ ... }}m` is a word of its own on both sides.
TOKEN = re.compile(r"\n|[ \t\r]+|\d+|[^\W\d]+|.", re.DOTALL)
BODY, HEADING, BULLET, NUMBER, QUOTE, CODE, TABLE = "body", "heading", "bullet", "number", "quote", "code", "table"
LISTS = (BULLET, NUMBER)


@dataclass(frozen=True)
class Word:
    """A word, a space, a mark of punctuation, or the marks of notes; with its look."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""
    """Where it leads, for a link."""
    notes: tuple[str, ...] = ()
    """Keys of the notes that stand here."""
    source: str | None = None
    """As the Markdown has it, where that differs from the words: live figures, citations, line ends."""
    figure: int = 0
    """Which live figure of its block it is part of; 0 for none."""

    @property
    def same(self) -> tuple[object, ...]:
        """Two words that a reader cannot tell apart have this in common."""
        return (self.text, self.bold, self.italic, self.address, self.notes)

    @property
    def look(self) -> tuple[bool, bool, str]:
        """Bold, italic, address."""
        return (self.bold, self.italic, self.address)

    @property
    def is_space(self) -> bool:
        """A space or a line break."""
        return self.text in (" ", "\n")


Words = tuple[Word, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table. `start` and `end` are its place in the Markdown, where it has one."""

    kind: str
    depth: int = 0
    words: Words = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    start: int = 0
    end: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """Blocks that read alike have the same one. Code and text look alike in Word, headings stand where they can."""
        kind = BODY if self.kind == CODE else self.kind
        depth = self.depth if self.kind in LISTS else 0
        return (kind, depth, shown(self.words), tuple(tuple(shown(cell) for cell in row) for row in self.rows))

    @property
    def plain(self) -> str:
        """Its words alone."""
        cells = " | ".join("".join(w.text for w in cell) for row in self.rows for cell in row)
        return "".join(w.text for w in self.words) + cells


def shown(words: Iterable[Word]) -> tuple[tuple[object, ...], ...]:
    """What a reader sees of words: stretches of one look, however they were cut."""
    out: list[tuple[object, ...]] = []
    for word in words:
        if word.notes:
            out.append(("notes", word.notes))
        elif out and out[-1][0] == "words" and out[-1][2] == word.look:
            out[-1] = ("words", f"{out[-1][1]}{word.text}", word.look)
        else:
            out.append(("words", word.text, word.look))
    return tuple(out)


def split(text: str, look: Word) -> list[Word]:
    """A text as words of that look."""
    return [replace(look, text=" " if t.isspace() and t[0] in " \t\r" else t) for t in TOKEN.findall(text)]


def settled(words: Sequence[Word]) -> Words:
    """Words without spaces at the ends or doubled; a space or a note is bold only between bold words."""
    kept: list[Word] = []
    for word in words:
        last = kept[-1] if kept else None
        if word.text == " " and (last is None or last.is_space):
            continue
        if word.text == "\n" and last is not None and last.text == " ":
            kept.pop()
        kept.append(word)
    while kept and kept[-1].is_space:
        kept.pop()
    return tuple(_between(kept, n) if w.is_space or w.notes else w for n, w in enumerate(kept))


def _between(words: Sequence[Word], place: int) -> Word:
    plain = Word("")
    before = next((w for w in reversed(words[:place]) if not (w.is_space or w.notes)), plain)
    after = next((w for w in words[place + 1 :] if not (w.is_space or w.notes)), plain)
    return replace(
        words[place],
        bold=before.bold and after.bold,
        italic=before.italic and after.italic,
        address=before.address if before.address == after.address else "",
    )
