"""What a reader hands back: pages, or one plain reason why there are none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pipeline.evidence.limits import DEFAULT, Limits


@dataclass(frozen=True)
class Asked:
    """What a reader is asked for: some pages, or all; and what it may cost."""

    pages: Collection[int] | None = None
    limits: Limits = DEFAULT

    def wants(self, number: int) -> bool:
        """Whether this page is asked for."""
        return self.pages is None or number in self.pages


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
    """A sheet that a reader does not see."""


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


class UnreadableError(Exception):
    """The file cannot be read; the words say why, so that they can follow "cannot be read: "."""


class UncheckableError(Exception):
    """The file is sound, but of a kind that holds no words for a program to check."""
