"""The authors' own prose: text as written, and the citations in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.inputs.citations import RegisterIndex, parse_citation
from pipeline.inputs.quotation_marks import OPENING, Quotations, split_outside_quotations
from pipeline.model import Citation, Framework, Narrative, Place
from pipeline.office.sources import decode, listed, read_bytes
from pipeline.text import whole_letters
from pipeline.workspace import Workspace

_BEGINS = re.compile(r"\[@")
_LOCATOR_FIRST = re.compile(r"pp?\.|sheet\s*[\"\u201c\u201d]|[\"\u201c\u201d]", re.I)
_ID = re.compile(r"[^\s,;]+")


_NAMES = ("executive-summary", "background", "next-steps")


def known_narratives(framework: Framework) -> tuple[str, ...]:
    """The names of the narratives that the papers print."""
    return (*_NAMES, *(f"annual-report-{part}" for part in framework.annual_report_parts))


def read_narratives(ws: Workspace, cycle: str, framework: Framework, index: RegisterIndex) -> tuple[Narrative, ...]:
    """Every narrative/<name>.md of a cycle, under the name that the papers know, whatever its capitals."""
    paths = [p for p in listed(ws.cycle_folder(cycle) / "narrative") if p.suffix.lower() == ".md"]
    taken = {p.stem for p in paths}
    spelling = {name.casefold(): name for name in known_narratives(framework) if name not in taken}
    found = []
    for path in paths:
        file = ws.relative(path)
        text = decode(read_bytes(ws, path), file)
        name = spelling.pop(path.stem.casefold(), whole_letters(path.stem))
        found.append(Narrative(name, text, tuple(find_citations(text, file, index)), Place(file)))
    return tuple(found)


def find_citations(text: str, file: str, index: RegisterIndex) -> Iterator[Citation]:
    """The citations of a text in reading order, each with its line."""
    for start, end in citation_spans(text):
        place = Place(file, text.count("\n", 0, start) + 1)
        yield from parse_bracket(text[start:end], index, place)


def citation_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each `[@ID ...]` begins and ends (behind its bracket)."""
    quotations = Quotations(text)
    position = 0
    while match := _BEGINS.search(text, position):
        end = _closing_bracket(text, match.end(), quotations)
        if end is None:
            # A bracket that never closes ends with its line.
            end = text.find("\n", match.start())
            end = len(text) if end < 0 else end
        position = end
        yield match.start(), end


def number_citations(text: str) -> str:
    """The text with each citation's words replaced by numbers, counted from 1: `[@E012, p.4; p.6]` becomes `[@1; 2]`.

    So no id and no quotation stays in prose that may be shown to the public.
    """
    done: list[str] = []
    position = number = 0
    for start, end in citation_spans(text):
        inside = len(parse_bracket(text[start:end], RegisterIndex(), Place("")))
        numbers = "; ".join(str(number + n) for n in range(1, inside + 1))
        done += [text[position:start], f"[@{numbers}]" if numbers else ""]
        position, number = end, number + inside
    return "".join((*done, text[position:]))


def parse_bracket(bracket: str, index: RegisterIndex, place: Place) -> tuple[Citation, ...]:
    """The citations in one `[@ID, locator; locator]`: a locator alone belongs to the document before it."""
    inside = bracket.removeprefix("[").removesuffix("]")
    found: list[Citation] = []
    document = ""
    for part in (p.strip() for p in split_outside_quotations(inside, ";")):
        written = part.removeprefix("@").strip()
        if not part.startswith("@") and document and _LOCATOR_FIRST.match(part):
            written = f"{document} {part}"
        elif match := _ID.match(written):
            document = match[0]
        if written:
            found.append(parse_citation(written, index, place))
    return tuple(found)


def _closing_bracket(text: str, position: int, quotations: Quotations) -> int | None:
    while position < len(text):
        if text[position] == "]":
            return position + 1
        if text[position] in OPENING:
            end = quotations.end(position)
            position = position if end is None else end
        elif text.startswith("\n\n", position):
            return None
        position += 1
    return None
