"""A sentence with bold words, notes and references in it; written out when the template comes to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from pipeline.dossier.views import CitationView
from pipeline.fill.text import run

THIN_SPACE = "\N{THIN SPACE}"


class Writer(Protocol):
    """What notes and references need of the document."""

    def note(self, citations: Iterable[CitationView]) -> str:
        """Reference marks as runs."""

    def refer(self, bookmark: str, words: str) -> str:
        """A live cross-reference as runs."""


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, or notes, or a cross-reference."""

    words: str = ""
    bold: bool = False
    italic: bool = False
    citations: tuple[CitationView, ...] = ()
    bookmark: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words for a paragraph. Used as `{{r name }}`."""

    writer: Writer
    parts: tuple[Part, ...] = ()
    tag: ClassVar[str] = "r"

    def say(self, words: str, *, bold: bool = False, italic: bool = False) -> Sentence:
        """The sentence with these words at its end."""
        return self._with(Part(words, bold=bold, italic=italic))

    def cite(self, citations: Iterable[CitationView]) -> Sentence:
        """The sentence with the notes of these citations at its end."""
        given = tuple(citations)
        return self._with(Part(citations=given)) if given else self

    def refer(self, bookmark: str, words: str) -> Sentence:
        """The sentence with a live cross-reference at its end."""
        return self._with(Part(words, bookmark=bookmark))

    def _with(self, part: Part) -> Sentence:
        return replace(self, parts=(*self.parts, part))

    def join(self, other: Sentence) -> Sentence:
        """Both sentences, one after the other."""
        return replace(self, parts=(*self.parts, *other.parts))

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part.words for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __html__(self) -> str:
        out: list[str] = []
        before = ""
        for part in self.parts:
            # So that `version 2` and its note are not read as one number.
            if part.citations and before[-1:].isdigit():
                out.append(run(THIN_SPACE))
            out.append(self._xml(part))
            before = part.words
        return "".join(out)

    def _xml(self, part: Part) -> str:
        if part.citations:
            return self.writer.note(part.citations)
        if part.bookmark:
            return self.writer.refer(part.bookmark, part.words)
        return run(part.words, bold=part.bold, italic=part.italic)
