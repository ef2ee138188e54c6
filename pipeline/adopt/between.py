"""What changed from one issued paper to the next, in words: by part, statement and paragraph."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.adopt.paper import Line, read_paper
from pipeline.adopt.words import Notes

ALIKE = 0.5
"""From this share of common text on, two paragraphs are one that was changed."""
BESIDE = 8
"""Words shown on each side of what changed."""


@dataclass(frozen=True)
class Difference:
    """One paragraph or cell that changed; `before` is empty where it is new, `after` where it is gone."""

    heading: str
    row: str
    """The first cell of its row in a table, such as a statement; empty outside tables."""
    before: str
    after: str
    moved: bool = False
    """Whether the same words stood elsewhere: under `before`, a heading."""


def differences(
    old_name: str, old: Mapping[str, bytes], new_name: str, new: Mapping[str, bytes]
) -> tuple[Difference, ...]:
    """Every paragraph and cell that differs between two Word papers, in the order of the newer one."""
    then, now = (read_paper(name, parts, {}, Notes()).lines for name, parts in ((old_name, old), (new_name, new)))
    matcher = difflib.SequenceMatcher(None, [_key(x) for x in then], [_key(x) for x in now], autojunk=False)
    found: list[tuple[Line | None, Line | None]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(then[i1:i2], now[j1:j2])
    return tuple(_without_moves(found))


def _key(line: Line) -> tuple[str, str]:
    """A cell is compared within its row: `Growing` stands in many."""
    return line.row, line.text


def _paired(old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Each new line with the old one that it is most like; what is like none is new, or gone."""
    left = list(old)
    pairs: list[tuple[Line | None, Line]] = []
    for line in new:
        best = max(left, key=lambda other: _likeness(other, line), default=None)
        if best is not None and _likeness(best, line) >= ALIKE:
            left.remove(best)
            pairs.append((best, line))
        else:
            pairs.append((None, line))
    yield from ((line, None) for line in left)
    yield from pairs


def _likeness(old: Line, new: Line) -> float:
    """Cells of one row go together whatever they say, but for the first, which names the row."""
    if old.row and old.row == new.row and old.text != old.row and new.text != new.row:
        return 1 + difflib.SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()
    return difflib.SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()


def _without_moves(pairs: Sequence[tuple[Line | None, Line | None]]) -> Iterator[Difference]:
    """What is gone here and new there with the same words was moved, and is told once."""
    gone = [old for old, new in pairs if old and not new]
    added = Counter(new.text for old, new in pairs if new and not old)
    moved = {line.text: line for line in gone if added[line.text]}
    for old, new in pairs:
        if new is None and old is not None and old.text not in moved:
            yield Difference(old.heading, _row(old), old.text, "")
        elif old is None and new is not None and new.text in moved:
            if moved[new.text].heading != new.heading:
                yield Difference(new.heading, _row(new), moved[new.text].heading, new.text, moved=True)
        elif new is not None:
            yield Difference(new.heading, _row(new), old.text if old else "", new.text)


def _row(line: Line) -> str:
    return line.row if line.row != line.text else ""


def told(difference: Difference) -> str:
    """The change as a sentence: only what changed of a long paragraph, with the words beside it."""
    if difference.moved:
        return f"Moved here from “{difference.before or 'the beginning'}”: “{_short(difference.after)}”"
    if not difference.before:
        return f"New: “{difference.after}”"
    if not difference.after:
        return f"Gone: “{difference.before}”"
    before, after = _around(difference.before.split(), difference.after.split())
    return f"Was “{before}”; is now “{after}”"


def _around(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Both texts without the words at their ends that they share, but for a few."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    first, last = max(0, start - BESIDE), max(0, end - BESIDE)

    def cut(words: Sequence[str]) -> str:
        kept = " ".join(words[first : len(words) - last])
        return f"{'... ' if first else ''}{kept}{' ...' if last else ''}"

    return cut(old), cut(new)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[: 2 * BESIDE]) + (" ..." if len(words) > 2 * BESIDE else "")
