"""What a reader hands back: pages, or one plain reason why there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.evidence.limits import DEFAULT, Limits


@dataclass(frozen=True)
class Asked:
    """What a reader is asked for: some pages, or all; and what it may cost."""

    pages: Collection[int] | None = None
    limits: Limits = DEFAULT

    def among(self, count: int) -> Sequence[int]:
        """The pages asked for of a document that has so many, in order."""
        return range(1, count + 1) if self.pages is None else sorted(n for n in self.pages if 1 <= n <= count)


EVERYTHING = Asked()
NEXT_TEXT = "\f"
"""Stands between the texts of one page where a reading gives several, each in another order."""


@dataclass(frozen=True)
class Page:
    """The text of one page, slide or sheet; of a document without fixed pages there is one, number 1."""

    number: int
    text: str
    label: str = ""
    """The label printed in the document, where it differs from the number; of a workbook, the sheet's name."""
    unreadable: str = ""
    """Why its text cannot be read, in plain words; there may be some text all the same."""
    unread: int = 0
    """About how many letters of it cannot be read."""
    hidden: bool = False
    """A sheet or slide that a reader does not see."""
    unseen: tuple[tuple[str, str], ...] = ()
    """Why some words are not live (struck out, hidden), and the whole text with those words in it."""
    also: tuple[str, ...] = ()
    """The text in other forms that a reader sees: with the numbers that Word puts before paragraphs."""


@dataclass(frozen=True)
class Reading:
    """The pages that were asked for, of a document of `count` pages."""

    kind: str
    count: int
    pages: Mapping[int, Page] = field(default_factory=dict)
    paged: bool = False
    """True where a reader shows page numbers (PDF, slides)."""
    remarks: tuple[str, ...] = ()
    """What was left alone: embedded files, macros, links to files elsewhere."""
    elsewhere: str = ""
    """Why the document's words may stand where no reader of ours looks; empty where they do not."""


NUMBERED = "with automatic numbers"
"""Marks a piece of text that a reader sees and that is not typed: the number of a clause."""
Piece = tuple[str, str]
"""A piece of text, and why it is not live; empty where it is."""


def page_of(number: int, pieces: Iterable[Piece], label: str = "", *, hidden: bool = False) -> Page:
    """A page from its pieces, with the words that are not live kept apart."""
    parts = list(pieces)
    reasons = list(dict.fromkeys(why for text, why in parts if why and text.strip()))
    texts = {why: "".join(text for text, reason in parts if reason in ("", why)) for why in ["", *reasons]}
    unseen = tuple((why, texts[why]) for why in reasons if why != NUMBERED)
    also = (texts[NUMBERED],) if NUMBERED in texts else ()
    return Page(number, texts[""], label, hidden=hidden, unseen=unseen, also=also)


class UnreadableError(Exception):
    """The file cannot be read; the words say why, so that they can follow "cannot be read: "."""


class UncheckableError(Exception):
    """The file is sound, but of a kind that holds no words for a program to check."""
