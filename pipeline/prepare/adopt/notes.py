"""From the words of a footnote back to the citation that it was made from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

ALIKE = 0.6
"""From here on a footnote whose words were changed is still taken for the one that it was."""


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
        """The key of a footnote's words; empty where they are no citation."""
        said = squeezed(words)
        if said in self.printed:
            return self.printed[said]
        typed = said.removeprefix("[").removesuffix("]").removeprefix("@")
        if typed.replace(",", " ").split(" ")[0].casefold() in self.ids:
            return self.key(typed)
        near = difflib.get_close_matches(said, self.printed, n=1, cutoff=ALIKE)
        return self.printed[near[0]] if near else ""

    def citation(self, key: str, near: Sequence[str] = ()) -> str:
        """What to write for a key: one of `near`, the citations that stood in the passage, where it fits."""
        candidates = self.written.get(key, [key])
        return next((w for w in near if w in candidates), candidates[0])

    def is_certain(self, key: str) -> bool:
        """False where a public paper shows several documents by the same words."""
        return len(self.written.get(key, ())) < 2
