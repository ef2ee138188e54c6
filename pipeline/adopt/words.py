"""Words with their look, the blocks they stand in, and footnotes back to their citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

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


# An id, alone or with a page, a sheet or words: anything else behind it is prose.
_AS_CITED = re.compile(r"([^\s,;]+)(?:,?\s*(?:pp?\.|sheet\b|[\"\u201c\u201d]).*)?", re.IGNORECASE | re.DOTALL)


def squeezed(text: str) -> str:
    """The text with each stretch of white space as one space."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Cited:
    """One citation of the case: as written, its key in the paper, and the words that a footnote prints of it."""

    written: str
    key: str
    printed: tuple[str, ...]


@dataclass
class Notes:
    """The citations that a paper's footnotes can stand for."""

    keys: dict[str, str] = field(default_factory=dict)
    """By what was written."""
    printed: dict[str, str] = field(default_factory=dict)
    """Keys by what a footnote says."""
    written: dict[str, list[str]] = field(default_factory=dict)
    """What was written, by key; several where a public paper shows them alike."""
    ids: frozenset[str] = frozenset()
    """Of the register, in lower case."""
    new: list[str] = field(default_factory=list)
    """Footnotes that are neither a known citation nor a new one."""
    marks: dict[str, str] = field(default_factory=dict)
    """What each footnote said as the paper was made, by the bookmark round its mark."""
    edited: dict[str, str] = field(default_factory=dict)
    """Footnotes of ours whose words were changed by hand: what they said, by what they say."""

    @classmethod
    def of(cls, cited: Iterable[Cited], ids: Iterable[str]) -> Notes:
        """The notes of a case."""
        notes = cls(ids=frozenset(i.casefold() for i in ids))
        for one in cited:
            written = squeezed(one.written)
            notes.keys.setdefault(written, one.key)
            for words in one.printed:
                notes.printed.setdefault(squeezed(words), one.key)
            of_key = notes.written.setdefault(one.key, [])
            if written not in of_key:
                of_key.append(written)
        return notes

    def key(self, written: str) -> str:
        """The key of a citation as it is written in Markdown; of an unknown one, its own words."""
        return self.keys.get(squeezed(written), squeezed(written))

    def key_of_footnote(self, words: str) -> str:
        """The key of a footnote's words; empty where they are no citation, to the letter: none is guessed."""
        said = squeezed(words)
        if said in self.printed:
            return self.printed[said]
        typed = said.removeprefix("[").removesuffix("]").removeprefix("@")
        found = _AS_CITED.fullmatch(typed)
        return self.key(typed) if found and found[1].casefold() in self.ids else ""

    def key_of_mark(self, mark: str, words: str) -> str:
        """The key of one of our own footnotes whose words were edited; it stays the citation that it was."""
        was = self.marks.get(mark, "")
        key = self.key_of_footnote(was) if was else ""
        if key:
            self.edited[squeezed(words)] = was
        return key

    def citation(self, key: str, near: Sequence[str] = ()) -> str:
        """What to write for a key: one of `near`, the citations that stood in the passage, where it fits."""
        candidates = self.written.get(key, [key])
        return next((w for w in near if w in candidates), candidates[0])

    def is_certain(self, key: str) -> bool:
        """False where a public paper shows several documents by the same words."""
        return len(self.written.get(key, ())) < 2
