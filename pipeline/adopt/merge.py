"""Edited words into the authors' Markdown: what was not edited stays as it was written, to the letter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipeline.adopt.markdown import Passage, blocks_of
from pipeline.adopt.words import LISTS, TABLE, Block, Word, Words, settled
from pipeline.adopt.writing import NEW_FIGURES, Writer, cited_in, with_typed

ALIKE = 0.35
"""Below this likeness a paragraph is another one, not an edited one."""
LONGEST_VALUE = 60


@dataclass
class Merged:
    """The new Markdown, and what a person must know of it."""

    text: str
    overwritten: list[tuple[str, str, str]] = field(default_factory=list)
    """Live figures that were written over by hand: as written, what it says, what was put there."""
    guessed: list[str] = field(default_factory=list)
    """Citations that a public paper shows alike, so that it cannot be told which is meant."""
    exact: bool = True
    """False where the new Markdown does not read quite as the paper does."""


@dataclass(frozen=True)
class _Item:
    """A block of the new Markdown; `place` is its number among the old ones, where it stays where it was."""

    block: Block
    text: str
    gap: str = ""
    place: int | None = None


def merge(passage: Passage, edited: Sequence[Block], *, made: Sequence[Block] = (), same_inputs: bool = True) -> Merged:
    """The passage with what was edited in it; `made` is how the paper printed it.

    Where inputs moved since, other figures are no edits.
    """
    written = blocks_of(passage)
    as_made = {b.key: w for b, w in zip(made, written, strict=True)} if len(made) == len(written) else {}
    edited = [as_made.get(block.key) or with_typed(block, passage) for block in edited]
    if not same_inputs:
        edited = [_as_written(block, written) for block in edited]
    merged = Merged(passage.text)
    pairs = list(_aligned(written, edited))
    if all(old is not None and new is not None and old.key == new.key for old, new in pairs):
        return merged
    writer = Writer(passage, spare=[c for old, new in pairs if old and not new for c in cited_in(_all_words(old))])
    items = list(_items(writer, written, pairs, merged, same_inputs))
    keys = [item.block.key for item in items]
    merged.text = _composed(passage.text, written, items)
    if not _reads_as(passage, merged.text, keys):
        merged.text = _composed("", [], [replace(i, text=writer.new(i.block), place=None) for i in items])
        merged.exact = _reads_as(passage, merged.text, keys)
    merged.guessed = writer.guessed
    return merged


def _reads_as(passage: Passage, text: str, keys: Sequence[tuple[object, ...]]) -> bool:
    return [block.key for block in blocks_of(replace(passage, text=text))] == list(keys)


def _all_words(block: Block) -> Words:
    return (*block.words, *(w for row in block.rows for cell in row for w in cell))


def _as_written(block: Block, written: Sequence[Block]) -> Block:
    """The written block that this one was made from, where only its figures differ."""
    return next((w for w in written if _differs_in_figures(w, block)), block)


def _differs_in_figures(written: Block, block: Block) -> bool:
    if written.kind != block.kind or not any(w.figure for w in _all_words(written)):
        return False
    pattern = ""
    for figure, group in groupby(_all_words(written), key=lambda w: w.figure):
        pattern += f".{{1,{LONGEST_VALUE}}}?" if figure else re.escape("".join(w.text for w in group))
    notes = [[w.notes for w in _all_words(b) if w.notes] for b in (written, block)]
    said = "".join(w.text for w in _all_words(block))
    return notes[0] == notes[1] and re.fullmatch(pattern, said, re.DOTALL) is not None


def _aligned(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Each old block with the new one that it became; alone where it went, or where one came."""
    matcher = difflib.SequenceMatcher(None, [b.key for b in old], [b.key for b in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _paired(old[i1:i2], new[j1:j2])


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """In order: an old block goes with the first new one that is like it, and most like it."""
    if not old or not new:
        yield from ((block, None) for block in old)
        yield from ((None, block) for block in new)
        return
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind:
        yield old[0], new[0]
        return
    first, rest = old[0], old[1:]
    likeness = [_likeness(first, block) for block in new]
    best = max(range(len(new)), key=lambda n: (likeness[n], -n))
    if likeness[best] < ALIKE or any(_likeness(other, new[best]) > likeness[best] for other in rest):
        yield first, None
        yield from _paired(rest, new)
        return
    yield from ((None, block) for block in new[:best])
    yield first, new[best]
    yield from _paired(rest, new[best + 1 :])


def _likeness(old: Block, new: Block) -> float:
    if (old.kind == TABLE) != (new.kind == TABLE):
        return 0.0
    return difflib.SequenceMatcher(None, old.plain.split(), new.plain.split(), autojunk=False).ratio()


def _items(
    writer: Writer,
    written: Sequence[Block],
    pairs: Sequence[tuple[Block | None, Block | None]],
    merged: Merged,
    same_inputs: bool,
) -> Iterator[_Item]:
    text, before, carried = writer.passage.text, "", ""
    places = {id(block): n for n, block in enumerate(written)}
    gone = {old.key: old for old, new in pairs if old and not new}
    for old, new in pairs:
        place = places[id(old)] if old else 0
        gap = carried + text[written[place - 1].end if place else 0 : old.start] if old else ""
        if new is None:
            # What stands between blocks (addresses of links, rules) outlives the block below it.
            carried = gap if gap.strip() else ""
            continue
        if old is None:
            moved = gone.get(new.key)
            before = text[moved.start : moved.end] if moved else writer.new(new, after=before)
            yield _Item(moved or new, before, carried)
            carried = ""
            continue
        carried = ""
        if old.key == new.key:
            before = text[old.start : old.end]
            yield _Item(old, before, gap, place)
            continue
        block = _merged_block(old, new, merged, same_inputs)
        before = text[old.start : old.end] if block.key == old.key else writer.rewritten(old, block)
        yield _Item(block, before, gap, place)


def _merged_block(old: Block, new: Block, merged: Merged, same_inputs: bool) -> Block:
    told = merged.overwritten if same_inputs else []
    if new.kind != TABLE:
        return replace(new, words=merge_words(old.words, new.words, told))
    if [len(r) for r in old.rows] != [len(r) for r in new.rows]:
        return new
    cells = [
        tuple(merge_words(o, n, told) for o, n in zip(*rows, strict=True))
        for rows in zip(old.rows, new.rows, strict=True)
    ]
    return replace(new, rows=tuple(cells))


def merge_words(old: Words, new: Words, overwritten: list[tuple[str, str, str]]) -> Words:
    """New words, where they are the old ones as these were written; a figure that was written over stays live."""
    out: list[Word] = []
    matcher = difflib.SequenceMatcher(None, [w.same for w in old], [w.same for w in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            out += old[i1:i2]
        elif tag == "replace" and _is_one_figure(old, i1, i2):
            out += old[i1:i2]
            texts = ["".join(w.text for w in words) for words in (old[i1:i2], new[j1:j2])]
            overwritten.append((old[i1].source or "", texts[0], texts[1]))
        else:
            out += new[j1:j2]
    return settled(_whole_figures(old, out))


def _is_one_figure(words: Words, start: int, end: int) -> bool:
    figure = words[start].figure
    places = [n for n, word in enumerate(words) if word.figure == figure]
    return bool(figure) and places == list(range(start, end))


def _whole_figures(old: Words, new: Sequence[Word]) -> list[Word]:
    """A figure of which a part was edited is words from now on."""
    whole = {w.figure for w in old if w.figure}
    for figure in list(whole):
        if [w.same for w in old if w.figure == figure] != [w.same for w in new if w.figure == figure]:
            whole.remove(figure)
    kept = [w.figure in whole or w.figure >= NEW_FIGURES or not w.figure for w in new]
    return [w if k else replace(w, figure=0, source=None) for w, k in zip(new, kept, strict=True)]


def _composed(text: str, written: Sequence[Block], items: Sequence[_Item]) -> str:
    """The new Markdown: gaps between blocks that stay neighbours are as they were."""
    out = ""
    last: _Item | None = None
    for item in items:
        before = -1 if last is None else last.place
        neighbours = item.place is not None and before is not None and item.place == before + 1
        if neighbours or item.gap.strip():
            out += item.gap
        elif last is not None:
            listed = last.block.kind in LISTS and item.block.kind in LISTS
            out += "" if listed else "\n"
        out += item.text if item.text.endswith("\n") else f"{item.text}\n"
        last = item
    tail = text[written[-1].end :] if written else ""
    if not (items and items[-1].place == len(written) - 1):
        return f"{out}\n{tail.lstrip()}" if tail.strip() else out
    return out + tail if text.endswith("\n") or tail else out.removesuffix("\n")
