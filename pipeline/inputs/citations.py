"""The grammar of citations: `E012 p.4 "the words cited"; strategy.pdf pp.4-6`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from pipeline.inputs.quotation_marks import OPENING, end_of_quotation, split_outside_quotations
from pipeline.inputs.suggest import same, shown
from pipeline.model import Citation, EvidenceDocument, Locator, LocatorKind, Place
from pipeline.text import says_nothing

_PAGE = r"(?:pages?|pgs?\.?|pp?\.?)"
_DASH = r"[-\u2010-\u2015\u2212]"
_NUMBERS = rf"(\d{{1,9}}(?:\s*(?:{_DASH}|,\s*and\b|,|&|\bto\b|\band\b)\s*\d{{1,9}}){{0,20}})"
_PAGES = re.compile(rf"(?:{_PAGE}|slides?)\s*{_NUMBERS}(?=[\s,]|$)", re.I | re.A)
_SHEET = re.compile(r"sheet\s*[\"\u201c\u201d]([^\"\u201c\u201d\n]+)[\"\u201c\u201d](?=[\s,]|$)", re.I)
_NAMED_PLACES: Mapping[LocatorKind, re.Pattern[str]] = {
    LocatorKind.PRINTED: re.compile(rf"printed\s+(?:as\s+)?{_PAGE}\s*([\w.-]{{1,12}})(?=[\s,]|$)", re.I | re.A),
    LocatorKind.SECTION: re.compile(
        r"(?:sections?|sect?\.|clause|\u00a7)\s*((?:\d{1,3}|[A-Z](?=[\d.]))(?:\.?\d{1,3}){0,5}[a-z]?)\.?(?=[\s,]|$)",
        re.I | re.A,
    ),
    LocatorKind.PARAGRAPH: re.compile(
        r"(?:para(?:graph)?s?\.?|\u00b6)\s*(\d{1,4}(?:\.\d{1,3}){0,5}[a-z]?)\.?(?=[\s,]|$)", re.I | re.A
    ),
    LocatorKind.TIME: re.compile(r"(?:at\s+)?(\d{1,2}:\d{2}(?::\d{2})?)(?=[\s,]|$)", re.I | re.A),
}
_LOCATOR = re.compile(
    rf"(?:(?<=\s)|(?<=,)|^)(?:pp?\.|{_PAGE}(?=\s*\d)|pages?\b|slides?(?=\s*\d)|printed\s+(?:as\s+)?{_PAGE}(?=\s*\w)"
    r"|sheet(?=\s*[\"\u201c\u201d]|\s*$)|(?:sections?|sect?\.|clause|\u00a7|para(?:graph)?s?\.?|\u00b6)(?=\s*[A-Z]?[\d.])"
    r"|(?:at\s+)?\d{1,2}:\d{2}(?=[:\s,]|$))|[\"\u201c\u201d]",
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
    return replace(
        citation,
        pages=located.pages,
        sheet=located.sheet,
        quotation=located.quotation,
        locator=located.locator,
    )


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
    locator: Locator | None = None


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
    """Pages, sheet, section or time, and words behind them, each of which may be absent."""
    pages = sheet = locator = None
    while rest and rest[0] not in OPENING:
        if pages is None and (match := _PAGES.match(rest)):
            span = _span(match[0].strip(), match[1])
            if isinstance(span, _Fault):
                return span
            pages = span
        elif sheet is None and (match := _SHEET.match(rest)):
            sheet = match[1].strip()
        elif locator is None and (named := _named_place(rest)):
            match, locator = named
        else:
            break
        rest = _after(rest, match.end())
    quotation = None
    if rest[:1] in OPENING:
        quotation, rest = _quoted(rest)
        if quotation is None:
            return _Fault(_part(rest, "does not end: the mark that closes the words must be the last thing in it"))
        if not any(c.isalnum() for c in quotation):
            return _Fault(_part(f'"{quotation}"', "holds no words"))
    return _Fault(_part(rest)) if rest else _Located(pages, sheet, quotation, locator)


def is_place(text: str) -> bool:
    """Whether a text names a place in a document, and holds nothing else: `section 3.2`, `pages 3 and 4`."""
    found = _locate(text.strip())
    return bool(text.strip()) and isinstance(found, _Located) and found.quotation is None


def _named_place(rest: str) -> tuple[re.Match[str], Locator] | None:
    """A section, paragraph, time or printed page that a text begins with."""
    for kind, pattern in _NAMED_PLACES.items():
        if match := pattern.match(rest):
            value = match[1]
            if kind is LocatorKind.TIME:
                value = ":".join(part.zfill(2) for part in (["0"] * (2 - value.count(":")) + value.split(":")))
            return match, Locator(kind, value)
    return None


def _span(text: str, numbers: str) -> tuple[int, int] | _Fault:
    """`4`, `4-6`, `3 and 4` and `3, 4, 5` as first and last page."""
    pages = [int(number) for number in re.findall(r"\d+", numbers, re.A)]
    first, last = pages[0], pages[-1]
    if 0 in pages:
        return _Fault(_part(text, "names page 0; pages count from 1"))
    if len(pages) == 2 and not re.search(r"[,&]|and", numbers, re.I):
        return (first, last) if first <= last else _Fault(_part(text, "ends before it begins"))
    if pages != [*range(first, last + 1)]:
        each = "; ".join(f"E012 p.{page}" for page in pages[:4])
        return _Fault(_part(text, f"names pages that do not follow each other; cite each by itself: `{each}`"))
    return first, last


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
