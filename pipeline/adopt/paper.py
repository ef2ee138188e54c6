"""An edited Word paper: its marked passages in blocks, and the lines of everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.adopt.paper_styles import Styles
from pipeline.adopt.paper_words import Reader, first_notes
from pipeline.adopt.words import TABLE, Block, Notes, squeezed
from pipeline.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = (f"{W}t", f"{W}footnoteReference", f"{W}drawing")
FOOTNOTE = "a footnote"
GONE = (f"{W}del", f"{W}moveFrom")
LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Line:
    """A paragraph outside the marked passages, with the heading above it and the first cell of its row."""

    text: str
    heading: str = ""
    row: str = ""


@dataclass
class Region:
    """A marked passage: its blocks, and the words of the paragraph above it."""

    above: str = ""
    blocks: list[Block] = field(default_factory=list)
    pictures: int = 0


@dataclass
class Paper:
    """What stands in a paper."""

    regions: dict[str, Region] = field(default_factory=dict)
    """By bookmark."""
    lines: list[Line] = field(default_factory=list)
    tracked: bool = False
    comments: tuple[str, ...] = ()
    taken: set[str] = field(default_factory=set)
    """What the footnotes of the passages say."""
    struck: list[str] = field(default_factory=list)
    """Words of the passages that are struck out or hidden."""
    marks: dict[str, str] = field(default_factory=dict)
    """What each of our footnotes says, by the bookmark round its mark."""


def read_paper(name: str, parts: Mapping[str, bytes], bookmarks: Mapping[str, str], notes: Notes) -> Paper:
    """A paper from its parts. InputError where it is no Word document."""
    document = _parse(name, parts, "word/document.xml")
    body = document.find(f"{W}body")
    if body is None:
        raise _not_word(name)
    optional = {p: _parse(name, parts, p) for p in parts if p.startswith("word/") and p.endswith(".xml")}
    footnotes = {n.get(f"{W}id"): squeezed(_text(n)) for n in _children(optional.get("word/footnotes.xml"), "footnote")}
    rels = _parse(name, parts, "word/_rels/document.xml.rels") if "word/_rels/document.xml.rels" in parts else []
    reader = Reader(
        styles=Styles(optional.get("word/styles.xml"), optional.get("word/numbering.xml")),
        addresses={r.get("Id"): r.get("Target", "") for r in rels if r.get("TargetMode") == "External"},
        footnotes=footnotes,
        firsts=first_notes(document),
        notes=notes,
    )
    paper = Paper(
        tracked=any(True for _ in document.iter(*GONE, f"{W}ins", f"{W}moveTo")),
        comments=tuple(squeezed(_text(c)) for c in _children(optional.get("word/comments.xml"), "comment")),
    )
    _Body(reader, bookmarks, paper).read_whole(body)
    paper.taken, paper.struck = reader.taken, reader.struck
    paper.marks = {mark: footnotes.get(number, "") for mark, number in reader.firsts.items()}
    # Programs write the same header once for each kind of page, so each text counts once.
    margins = [optional[part] for part in sorted(optional) if part.startswith(("word/header", "word/footer"))]
    texts = {text for part in margins for p in part.iter(f"{W}p") if (text := reader.plain(p))}
    paper.lines += [Line(text, "the header or footer") for text in sorted(texts)]
    paper.lines += [Line(text, FOOTNOTE) for text in footnotes.values() if text]
    return paper


def _parse(name: str, parts: Mapping[str, bytes], part: str) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(parts[part], etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))
    except (KeyError, etree.XMLSyntaxError) as fault:
        raise _not_word(name) from fault


def _not_word(name: str) -> InputError:
    return InputError("this is not a Word document.", "Save it in Word as “Word Document (.docx)”.", file=name)


def _children(root: Any, tag: str) -> list[Any]:
    return [] if root is None else root.findall(f"{W}{tag}")


def _text(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def _marks(body: Any, bookmarks: Mapping[str, str]) -> dict[Any, str]:
    """The first and the last mark of each passage: some programs write a bookmark in several pieces."""
    found: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    for mark in body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"):
        number = mark.get(f"{W}id", "")
        if mark.tag == f"{W}bookmarkStart" and mark.get(f"{W}name") in bookmarks:
            names[number] = mark.get(f"{W}name")
        if number in names:
            found.setdefault(names[number], []).append(mark)
    whole = {name: marks for name, marks in found.items() if marks[-1].tag == f"{W}bookmarkEnd"}
    return {mark: name for name, marks in whole.items() for mark in (marks[0], marks[-1])}


class _Body:
    """The body from top to bottom: which bookmark is open says to which passage a block belongs."""

    def __init__(self, reader: Reader, bookmarks: Mapping[str, str], paper: Paper) -> None:
        self._reader, self._bookmarks, self._paper = reader, bookmarks, paper
        self._open = ""
        self._heading = self._above = ""
        self._marks: dict[Any, str] = {}

    def read_whole(self, body: Any) -> None:
        self._marks = _marks(body, self._bookmarks)
        self.read(body)

    def read(self, container: Any) -> None:
        """The blocks of a container, in order."""
        for element in container:
            if element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                self._turn(element)
            elif element.tag in (f"{W}p", f"{W}tbl"):
                self._block(element)
            elif element.tag == f"{W}sdt":
                self.read(element.find(f"{W}sdtContent") if element.find(f"{W}sdtContent") is not None else ())
            elif element.tag not in GONE:
                self.read(element)

    def _turn(self, mark: Any) -> None:
        name = self._marks.get(mark, "")
        if not name:
            return
        if mark.tag == f"{W}bookmarkEnd":
            self._open = ""
        else:
            self._open = name
            self._paper.regions[name] = Region(above=self._above)

    def _block(self, element: Any) -> None:
        """Word moves a mark into the paragraph beside it: one that ends before any text ends before the block."""
        later, seen = [], False
        for part in element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", *TEXT):
            if part.tag in TEXT:
                seen = True
            elif part.tag == f"{W}bookmarkEnd" and seen:
                later.append(part)
            else:
                self._turn(part)
        if self._open:
            self._inside(self._paper.regions[self._open], element)
        else:
            self._paper.lines += self._outside(element)
        for part in later:
            self._turn(part)

    def _inside(self, region: Region, element: Any) -> None:
        region.pictures += sum(1 for _ in element.iter(f"{W}drawing", f"{W}pict"))
        if element.tag == f"{W}tbl":
            rows = tuple(tuple(self._reader.cell(c) for c in r.findall(f"{W}tc")) for r in element.findall(f"{W}tr"))
            region.blocks.append(Block(TABLE, rows=rows))
            return
        block = self._reader.block(element)
        if block.words:
            region.blocks.append(block)

    def _outside(self, element: Any) -> Iterator[Line]:
        if element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                texts = [t for p in row.iter(f"{W}p") if (t := self._reader.plain(p))]
                yield from (Line(text, self._heading, texts[0]) for text in texts)
            return
        text = self._reader.plain(element)
        if not text or self._reader.styles.is_contents(element):
            return
        if self._reader.styles.is_heading(element):
            self._heading = text
        self._above = text
        yield Line(text, self._heading)
