"""The numbers that fields show: worked out here too, since LibreOffice shows what was saved and Word waits for F9."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Field:
    """A field of the text: what it asks for, and the run that shows the answer."""

    def __init__(self, asks: str) -> None:
        self.asks, self.shows = asks.split(), list[Any]()

    def show(self, words: str) -> None:
        """Write the answer into the first run that shows it, and empty the others."""
        for n, text in enumerate(self.shows):
            text.text = words if n == 0 else ""


def settle(body: Any) -> None:
    """Number captions, then notes, then whatever refers to them, all in the order of the text."""
    fields = list(_fields(body))
    counted: dict[str, int] = {}
    for field in fields:
        if field.asks[:1] == ["SEQ"]:
            counted[field.asks[1]] = counted.get(field.asks[1], 0) + 1
            field.show(str(counted[field.asks[1]]))
    wanted = {f.asks[1] for f in fields if f.asks[:1] == ["REF"] and len(f.asks) > 1}
    notes, words = _bookmarked(body, wanted)
    for field in fields:
        if field.asks[:1] == ["NOTEREF"] and field.asks[1] in notes:
            field.show(str(notes[field.asks[1]]))
        elif field.asks[:1] == ["REF"] and field.asks[1] in words:
            field.show(words[field.asks[1]])


def _fields(body: Any) -> Iterator[Field]:
    """Complex fields in the order in which they begin; one inside another's answer stands after it."""
    from docx.oxml.ns import qn

    char, instruction, text, kind = qn("w:fldChar"), qn("w:instrText"), qn("w:t"), qn("w:fldCharType")
    open_fields: list[tuple[list[str], list[Any], bool]] = []
    for element in body.iter(char, instruction, text):
        if element.tag == char and element.get(kind) == "begin":
            open_fields.append(([], [], False))
        elif not open_fields:
            continue
        elif element.tag == char and element.get(kind) == "separate":
            asks, shows, _ = open_fields.pop()
            open_fields.append((asks, shows, True))
        elif element.tag == char:
            asks, shows, _ = open_fields.pop()
            field = Field("".join(asks))
            field.shows = shows
            yield field
        elif element.tag == instruction:
            open_fields[-1][0].append(element.text or "")
        elif open_fields[-1][2]:
            open_fields[-1][1].append(element)


def _bookmarked(body: Any, wanted: set[str]) -> tuple[dict[str, int], dict[str, str]]:
    """By bookmark: the number of the note inside it, and the words inside it (of those that are wanted)."""
    from docx.oxml.ns import qn

    start, end, note, text = (qn(f"w:{t}") for t in ("bookmarkStart", "bookmarkEnd", "footnoteReference", "t"))
    notes: dict[str, int] = {}
    words: dict[str, str] = {}
    inside: dict[str, str] = {}
    number = 0
    for element in body.iter(start, end, note, text):
        if element.tag == start:
            inside[element.get(qn("w:id"))] = element.get(qn("w:name"))
        elif element.tag == end:
            inside.pop(element.get(qn("w:id")), None)
        elif element.tag == note:
            number += 1
            for name in inside.values():
                notes.setdefault(name, number)
        else:
            for name in inside.values():
                if name in wanted:
                    words[name] = words.get(name, "") + (element.text or "")
    return notes, words
