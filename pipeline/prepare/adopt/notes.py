"""From the words of a footnote back to the citation that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
