"""The grammar of citations: `E012 p.4 "the words cited"; strategy.pdf pp.4-6`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.inputs.suggest import same, shown
from pipeline.model import Citation, EvidenceDocument, Place
from pipeline.text import says_nothing

STRAIGHT = '"'
CURLY_OPENS, CURLY_CLOSES = "\u201c", "\u201d"
OPENING = (CURLY_OPENS, CURLY_CLOSES, STRAIGHT)
_BEFORE_AN_END = r"(?=[ \t\u00a0]*(?:[;\n\]]|$))"
_STRAIGHT_ENDS = re.compile(f'"{_BEFORE_AN_END}')
_ANY_ENDS = re.compile(f'["\u201c\u201d]{_BEFORE_AN_END}')
_SHEET_BEFORE = re.compile(r"\bsheet\s{0,9}$", re.I)
_SHEET_NAME = re.compile(r"[\"\u201c\u201d][^\"\u201c\u201d\n]*[\"\u201c\u201d]")


class Quotations:
    """The quotation marks of one text, looked through once however many there are.

    A straight quotation ends at the first mark that `;`, a line break, `]` or the end follows; marks before it are
    words. A curly one ends at its own closing mark, so that another may stand inside it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._straight = [m.start() for m in _STRAIGHT_ENDS.finditer(text)]
        self._any = [m.start() for m in _ANY_ENDS.finditer(text)]
        self._partner = dict(_pairs(text))

    def end(self, start: int) -> int | None:
        """The index of the mark that ends the quotation beginning at `start`; None where it never ends."""
        if self.text[start] == STRAIGHT:
            return _first_after(self._straight, start)
        # Word's autocorrect sometimes turns a mark the wrong way, or leaves the last one straight.
        return self._partner.get(start) or _first_after(self._any, start)

    def split(self, separators: str = ";\n") -> Iterator[str]:
        """The parts between separators; a quotation that never ends is cut at the next one, and costs only itself."""
        begin = index = 0
        while index < len(self.text):
            if self.text[index] in separators:
                yield self.text[begin:index]
                begin = index + 1
            elif self.text[index] in OPENING:
                index = self._behind(begin, index)
                continue
            index += 1
        yield self.text[begin:]

    def _behind(self, begin: int, index: int) -> int:
        # The name of a sheet ends at its next mark, because words may follow it.
        before = max(begin, index - 16)
        if _SHEET_BEFORE.search(self.text, before, index) and (name := _SHEET_NAME.match(self.text, index)):
            return name.end()
        end = self.end(index)
        return index + 1 if end is None else end + 1


def end_of_quotation(text: str, start: int) -> int | None:
    """The index of the mark that ends the quotation beginning at `start`; None where it never ends."""
    return Quotations(text).end(start)


def split_outside_quotations(text: str, separators: str = ";\n") -> Iterator[str]:
    """The parts of a text between separators that stand outside quotation marks."""
    return Quotations(text).split(separators)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Each curly opening mark with its own closing mark."""
    open_marks: list[int] = []
    for index, letter in enumerate(text):
        if letter == CURLY_OPENS:
            open_marks.append(index)
        elif letter == CURLY_CLOSES and open_marks:
            yield open_marks.pop(), index


def _first_after(places: list[int], start: int) -> int | None:
    found = bisect_right(places, start)
    return places[found] if found < len(places) else None


_PAGES = re.compile(r"pp?\.\s*(\d{1,9})(?:\s*[-\u2010-\u2015\u2212]\s*(\d{1,9}))?(?=[\s,]|$)", re.I | re.A)
_SHEET = re.compile(r"sheet\s*[\"\u201c\u201d]([^\"\u201c\u201d\n]+)[\"\u201c\u201d](?=[\s,]|$)", re.I)
_LOCATOR = re.compile(
    r"(?:(?<=\s)|(?<=,)|^)(?:pp?\.|pp?(?=\s*\d)|pages?\b|sheet(?=\s*[\"\u201c\u201d]|\s*$))|[\"\u201c\u201d]",
    re.I,
)
_LONGEST_NAME = 300
"""Letters within which a document must have been named."""
_LIKE_AN_ID = re.compile(r"[A-Za-z]{1,8}[-_ ]?\d{1,8}[A-Za-z]?")
_AND = re.compile(r"(?<!\s)\s*+(?:[,&+]\s*|(?<=\s)and\s+)", re.I)
_FILE_NAME = re.compile(r".+\.[A-Za-z0-9]{2,5}")


@dataclass(frozen=True)
class RegisterIndex:
    """Which documents there are: ids by their compared form, and file names and titles with the ids that have them."""

    ids: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    places: Mapping[str, str] = field(default_factory=dict)
    """Id -> the document's file, relative to evidence/."""

    def owners(self, name: str) -> tuple[str, ...]:
        """The documents that a name is the id, the file or the title of."""
        if found := self.ids.get(same(name)):
            return (found,)
        return tuple(dict.fromkeys(self.files.get(_file_key(name), ()) or self.titles.get(same(name), ())))


def index_register(register: Iterable[EvidenceDocument], also_known: Iterable[str] = ()) -> RegisterIndex:
    """The index of a register; `also_known` are ids of rows that stand there but could not be read."""
    register = tuple(register)
    ids = {same(i): i for i in also_known} | {same(d.id): d.id for d in register}
    files: dict[str, list[str]] = defaultdict(list)
    titles: dict[str, list[str]] = defaultdict(list)
    for document in register:
        # One word may as well be an id, misspelt.
        if len(document.title.split()) > 1:
            titles[same(document.title)].append(document.id)
        if document.file:
            name = PurePosixPath(document.file).name
            for key in {_file_key(name), _file_key(document.file)}:
                files[key].append(document.id)
    files_of, titles_of = ({key: tuple(found) for key, found in d.items()} for d in (files, titles))
    return RegisterIndex(ids, files_of, titles_of, {d.id: d.file for d in register if d.file})


def parse_citations(
    text: str,
    index: RegisterIndex,
    place: Place,
    statement: str | None = None,
    respondent: str | None = None,
) -> tuple[Citation, ...]:
    """Every citation in a cell, in order; none where it says that there is none; never raises."""
    if says_nothing(text) and same(text) not in index.ids:
        return ()
    # A title may hold what parts two citations.
    whole = [text] if text.strip() and index.owners(text) else split_outside_quotations(text)
    parts = (one for part in whole if part.strip() for one in _one_by_one(part.strip(), index))
    return tuple(parse_citation(part, index, place, statement, respondent) for part in parts)


def _one_by_one(part: str, index: RegisterIndex) -> list[str]:
    """`E007 and E002` is two citations, as long as an id begins each; what follows an id belongs to that one."""
    quotation = min((at for mark in OPENING if (at := part.find(mark)) >= 0), default=len(part))
    pieces = [piece.strip() for piece in _AND.split(part[:quotation])]
    firsts = [piece.split()[0] if piece else "" for piece in pieces]
    known = [same(first) in index.ids for first in firsts]
    if index.owners(part) or not all(k or _LIKE_AN_ID.fullmatch(f) for k, f in zip(known, firsts, strict=True)):
        return [part]
    return [*pieces[:-1], pieces[-1] + " " + part[quotation:]] if any(known) and len(pieces) > 1 else [part]


def parse_citation(
    text: str,
    index: RegisterIndex,
    place: Place,
    statement: str | None = None,
    respondent: str | None = None,
) -> Citation:
    """One citation: id or file name, then page, sheet and words where they are given."""
    citation = Citation(text, place, statement=statement, respondent=respondent)
    head, rest = _divide(text, index)
    named, left_over = _document(head, index)
    if isinstance(named, _Fault):
        return replace(citation, fault=named.reason)
    citation = replace(citation, evidence=named.id, known=named.known)
    located = _Fault(_part(f"{left_over} {rest}".strip())) if left_over else _locate(rest)
    if isinstance(located, _Fault):
        # An id that nothing has is the graver fault of the two; only that one is named.
        return replace(citation, fault=located.reason) if named.known else citation
    return replace(citation, pages=located.pages, sheet=located.sheet, quotation=located.quotation)


@dataclass(frozen=True)
class _Fault:
    reason: str


@dataclass(frozen=True)
class _Named:
    id: str
    known: bool


@dataclass(frozen=True)
class _Located:
    pages: tuple[int, int] | None
    sheet: str | None
    quotation: str | None


def _part(part: str, why: str = "cannot be understood") -> str:
    return f"`{shown(part)}` {why}"


def _divide(text: str, index: RegisterIndex) -> tuple[str, str]:
    """What names the document, and the rest. As a file's name may hold the word `page`, the first known cut wins."""
    cuts = [match.start() for match in _LOCATOR.finditer(text[:_LONGEST_NAME])] or [len(text)]
    cuts.append(len(text))
    known = (c for c in cuts if index.owners(_head(text, c)))
    cut = next(known, cuts[0])
    return _head(text, cut), text[cut:].strip()


def _head(text: str, cut: int) -> str:
    return text[:cut].strip().rstrip(",").rstrip()


def _document(head: str, index: RegisterIndex) -> tuple[_Named | _Fault, str]:
    """What is named, or a fault; and words behind an id that are no locator."""
    if not head:
        return _Fault("no document is named in it; begin with the id in the register, such as `E012`"), ""
    owners = index.owners(head)
    if len(owners) == 1:
        return _Named(owners[0], True), ""
    if owners:
        kind = "file" if _file_key(head) in index.files else "title"
        return _Fault(f"`{shown(head)}` is the {kind} of more than one document ({', '.join(owners)}); give the id"), ""
    return _unknown(head, index)


def _unknown(head: str, index: RegisterIndex) -> tuple[_Named | _Fault, str]:
    first, _, others = head.partition(" ")
    first = first.rstrip(",")
    if others and (found := index.ids.get(same(first))):
        return _Named(found, True), others.strip()
    if not others or _FILE_NAME.fullmatch(head):
        return _Named(head, False), ""
    if _LIKE_AN_ID.fullmatch(first):
        return _Named(first, False), ""
    return _Fault(f"{_part(head)}: it names no document; begin with the id in the register, such as `E012`"), ""


def _locate(rest: str) -> _Located | _Fault:
    """Pages, sheet and words, in this order, each of which may be absent."""
    pages = sheet = None
    if match := _PAGES.match(rest):
        first, last = int(match[1]), int(match[2] or match[1])
        if fault := _impossible_pages(match[0], first, last):
            return fault
        pages, rest = (first, last), _after(rest, match.end())
    elif match := _SHEET.match(rest):
        sheet, rest = match[1].strip(), _after(rest, match.end())
    quotation = None
    if rest[:1] in OPENING:
        quotation, rest = _quoted(rest)
        if quotation is None:
            return _Fault(_part(rest, "does not end: the mark that closes the words must be the last thing in it"))
        if not any(c.isalnum() for c in quotation):
            return _Fault(_part(f'"{quotation}"', "holds no words"))
    return _Fault(_part(rest)) if rest else _Located(pages, sheet, quotation)


def _impossible_pages(text: str, first: int, last: int) -> _Fault | None:
    if first == 0 or last == 0:
        return _Fault(_part(text, "names page 0; pages count from 1"))
    if last < first:
        return _Fault(_part(text, "ends before it begins"))
    return None


def _after(rest: str, end: int) -> str:
    return rest[end:].strip().removeprefix(",").strip()


def _quoted(rest: str) -> tuple[str | None, str]:
    """The words of a part that begins with a quotation mark, and what follows; None where it never ends."""
    end = end_of_quotation(rest, 0)
    if end is None:
        return None, rest
    return rest[1:end].strip(), rest[end + 1 :].strip()


def _file_key(name: str) -> str:
    return same(name.replace("\\", "/"))
