"""The words of a Word paragraph with their looks, links and notes; what was struck out is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.adopt.paper_styles import Styles
from pipeline.adopt.words import Block, Notes, Word, Words, settled, split

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRUCK = (f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}drawing", f"{W}pict")
GONE_LOOKS = ("strike", "dstrike", "vanish")
BETWEEN_NOTES = Word(",", source="between notes")
_AGAIN = re.compile(r"NOTEREF\s+(\S+)")
_OFF = ("0", "false", "off", "none")
_LETTERS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


@dataclass
class Reader:
    """Paragraphs of one document."""

    styles: Styles
    addresses: Mapping[str, str]
    footnotes: Mapping[str, str]
    firsts: Mapping[str, str]
    """Ids of notes by the bookmark round their mark, and by the number that is printed."""
    notes: Notes
    taken: set[str] = field(default_factory=set)
    """What the footnotes of the passages say: these are taken back with them."""
    struck: list[str] = field(default_factory=list)
    """Words of the passages that are struck out or hidden, and so are taken as deleted."""

    def block(self, paragraph: Any) -> Block:
        """A paragraph of a marked passage."""
        kind, depth = self.styles.kind(paragraph)
        return Block(kind, depth, self._words(paragraph))

    def cell(self, cell: Any) -> Words:
        """A table's cell; paragraphs in it are one line, as Markdown has it."""
        words: list[Word] = []
        for paragraph in cell.iter(f"{W}p"):
            words += [*([Word(" ")] if words else []), *self._words(paragraph)]
        return settled(words)

    def plain(self, paragraph: Any) -> str:
        """The words alone, without marks of notes and without what fields show: Word works these out anew."""
        words = _Fields(self, keep_results=False).read(paragraph)
        return "".join(w.text for w in settled([w for w in words if not w.notes and w is not BETWEEN_NOTES]))

    def _words(self, paragraph: Any) -> Words:
        return settled(list(_noted(_Fields(self).read(paragraph))))

    def note(self, number: str) -> Word:
        """The mark of a footnote."""
        words = self.footnotes.get(number, "")
        self.taken.add(words)
        marks = (mark for mark, of in self.firsts.items() if of == number and mark.startswith("_note"))
        key = self.notes.key_of_footnote(words) or self.notes.key_of_mark(next(marks, ""), words)
        if key or not words:
            return Word("", notes=(key,) if key else ())
        self.notes.new.append(words)
        return Word(f" ({words})")


def _noted(words: Iterator[Word]) -> Iterator[Word]:
    """Marks that stand together with a comma between them are one citation."""
    held: Word | None = None
    comma = False
    for word in words:
        if word is BETWEEN_NOTES:
            comma = True
        elif word.notes and held is not None and comma:
            held, comma = replace(held, notes=tuple(dict.fromkeys((*held.notes, *word.notes)))), False
        else:
            if held is not None:
                yield held
            held, comma = (word, False) if word.notes else (None, False)
            if not word.notes:
                yield word
    if held is not None:
        yield held


class _Fields:
    """A paragraph from left to right; a field's code is no text, and its result may be none either."""

    def __init__(self, reader: Reader, *, keep_results: bool = True) -> None:
        self._reader, self._keep = reader, keep_results
        self._codes: list[str] = []
        self._in_result: list[bool] = []

    def read(self, element: Any, address: str = "") -> Iterator[Word]:
        for child in element:
            if child.tag in STRUCK or not isinstance(child.tag, str):
                continue
            if child.tag == f"{W}r":
                yield from self._run(child, address)
            elif child.tag == f"{W}hyperlink":
                yield from self.read(child, self._reader.addresses.get(child.get(f"{R}id"), ""))
            elif child.tag == f"{W}fldSimple":
                yield from self._simple(child)
            else:
                yield from self.read(child, address)

    def _simple(self, field: Any) -> Iterator[Word]:
        again = _AGAIN.search(field.get(f"{W}instr", ""))
        if again:
            yield self._note_again(again[1], field)
        elif self._keep:
            yield from self.read(field)

    def _run(self, run: Any, address: str) -> Iterator[Word]:
        look = self._look(run, address)
        gone = any(_on(run, mark, False) for mark in GONE_LOOKS)
        for part in run:
            if part.tag == f"{W}fldChar":
                yield from self._turn(part)
            elif part.tag == f"{W}instrText":
                if self._codes:
                    self._codes[-1] += part.text or ""
            elif not self._shows():
                continue
            elif gone:
                if part.tag == f"{W}t" and self._keep and (part.text or "").strip():
                    self._reader.struck.append((part.text or "").strip())
            elif part.tag == f"{W}footnoteReference":
                # Outside of the passages notes are not read: what is edited there is listed.
                yield self._reader.note(part.get(f"{W}id")) if self._keep else Word("", notes=("",))
            elif part.tag == f"{W}t" and _is_raised(run) and (part.text or "").strip() == ",":
                yield BETWEEN_NOTES
            elif part.tag == f"{W}t" or (part.tag in _LETTERS and part.get(f"{W}type") not in ("page", "column")):
                yield from split(_LETTERS.get(part.tag, part.text or ""), look)

    def _shows(self) -> bool:
        if not self._codes:
            return True
        again = any(_AGAIN.search(code) for code in self._codes)
        links = all("HYPERLINK" in code for code in self._codes)
        return all(self._in_result) and not again and (self._keep or links)

    def _turn(self, mark: Any) -> Iterator[Word]:
        match mark.get(f"{W}fldCharType"):
            case "begin":
                self._codes.append("")
                self._in_result.append(False)
            case "separate" if self._in_result:
                self._in_result[-1] = True
            case "end" if self._codes:
                self._in_result.pop()
                if again := _AGAIN.search(self._codes.pop()):
                    yield self._note_again(again[1], None)

    def _note_again(self, bookmark: str, shown: Any) -> Word:
        if not self._keep:
            return Word("", notes=("",))
        printed = "".join(t.text or "" for t in shown.iter(f"{W}t")) if shown is not None else ""
        number = self._reader.firsts.get(bookmark) or self._reader.firsts.get(printed.strip(), "")
        return self._reader.note(number)

    def _look(self, run: Any, address: str) -> Word:
        style = self._reader.styles.character(run)
        return Word("", _on(run, "b", style == "strong"), _on(run, "i", style == "emphasis"), address.strip())


def _on(run: Any, tag: str, otherwise: bool) -> bool:
    mark = run.find(f"{W}rPr/{W}{tag}")
    return otherwise if mark is None else mark.get(f"{W}val", "1") not in _OFF


def _is_raised(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vertAlign")
    return mark is not None and mark.get(f"{W}val") == "superscript"


def first_notes(document: Any) -> dict[str, str]:
    """Ids of footnotes by the bookmarks that stand at their marks, and by their number in the text."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    number = 0
    for part in document.iter(f"{W}bookmarkStart", f"{W}footnoteReference"):
        if part.tag == f"{W}bookmarkStart":
            waiting.append(part.get(f"{W}name", ""))
            continue
        number += 1
        ident = part.get(f"{W}id")
        found |= dict.fromkeys(waiting, ident) | {str(number): ident}
        waiting = []
    return found
