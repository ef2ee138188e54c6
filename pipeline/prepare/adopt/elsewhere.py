"""Edits outside the marked passages: what they are, and where each must be made."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.prepare.adopt.notes import squeezed
from pipeline.prepare.adopt.paper import Line

SHORTEST = 4
"""A text of fewer letters is found everywhere."""


@dataclass(frozen=True)
class Source:
    """A piece of text that a person wrote, and where: a file of the workspace, its row and field."""

    text: str
    place: str
    about: tuple[str, ...] = ()
    """Ids of the statement, action or risk that it is about."""


@dataclass(frozen=True)
class Edit:
    """A change in the paper that its source does not know of."""

    before: str
    after: str
    near: str
    """The heading under which it stands."""
    place: str
    """Where to make it."""


def edits_elsewhere(
    made: Sequence[Line], edited: Sequence[Line], sources: Iterable[Source], otherwise: str
) -> list[Edit]:
    """Every line that differs. `otherwise` says where words come from that nobody wrote in a table."""
    known = [Source(squeezed(s.text), s.place, s.about) for s in sources]
    known = [s for s in known if len(s.text) >= SHORTEST]
    matcher = difflib.SequenceMatcher(None, [x.text for x in made], [x.text for x in edited], autojunk=False)
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += [_edit(*pair, known, otherwise) for pair in _pairs(made[i1:i2], edited[j1:j2])]
    return found


def _pairs(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    both = min(len(old), len(new))
    pairs: list[tuple[Line | None, Line | None]] = list(zip(old[:both], new[:both], strict=True))
    return [*pairs, *((line, None) for line in old[both:]), *((None, line) for line in new[both:])]


def _edit(old: Line | None, new: Line | None, known: Sequence[Source], otherwise: str) -> Edit:
    stood = old or new or Line("")
    source = _source_of(old, known) if old else None
    place = source.place if source else otherwise
    return Edit(old.text if old else "", new.text if new else "", stood.heading, place)


def _source_of(line: Line, known: Sequence[Source]) -> Source | None:
    """The text that the line prints, best one that is about what the row or heading names; longest first."""
    text = squeezed(line.text)
    named = set(f"{line.row} {line.heading}".replace(":", " ").replace(",", " ").split())
    whole = [s for s in known if s.text == text]
    printed = whole or [s for s in known if s.text in text or (len(text) >= SHORTEST * 3 and text in s.text)]
    # What is about nothing that is named here must be nearly the whole line, or the line nearly the whole of it.
    fitting = [s for s in printed if named & set(s.about)] or [s for s in printed if _nearly_all(s.text, text)]
    return max(fitting, key=lambda s: len(s.text), default=None)


def _nearly_all(one: str, other: str) -> bool:
    return min(len(one), len(other)) * 2 > max(len(one), len(other))
