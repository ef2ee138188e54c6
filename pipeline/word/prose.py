"""The authors' Markdown as Word paragraphs: headings, lists, tables, links and notes; HTML stays text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pipeline.dossier.views import CitationView, NarrativeView
from pipeline.text import web_address
from pipeline.word.footnotes import LONGEST_NAME, bookmark_name
from pipeline.word.render import RenderContext
from pipeline.word.tables import Cell, shared_widths, table_xml
from pipeline.word.text import paragraph, run

CITED = re.compile(r"\[@(\d+(?:; ?\d+)*)\]")
DEEPEST_HEADING = 3
DEEPEST_LIST = 2


def region(name: str) -> str:
    """The bookmark round a narrative's passage, by which edits made in Word find their way back: each has its own.

    Word tells bookmarks apart by their first 40 letters, whatever their case: any but a plain short name gets a digest.
    """
    plain = bookmark_name(f"narrative_{name}")
    as_named = re.fullmatch(r"[a-z-]+|annual-report-[A-Z]+\d+", name) and len(plain) < LONGEST_NAME
    if as_named:
        return plain
    return f"{plain[:31]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class Prose:
    """A narrative. Used as `{{p name }}`.

    `body` is the style of its paragraphs; `heading` the words of the paper's own heading above it, at `level`.
    """

    def __init__(
        self,
        kit: RenderContext,
        narrative: NarrativeView,
        *,
        body: str = "Numbered Body",
        heading: str = "",
        level: int = 1,
    ) -> None:
        self._kit, self._narrative = kit, narrative
        self._body, self._heading, self._level = body, heading, level

    def __html__(self) -> str:
        tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(self._narrative.text)
        blocks = _Blocks(self._kit, self._narrative.citations, self._body, self._level + 1)
        written = blocks.write(_without_title(tokens, self._heading))
        return self._kit.links.bookmark(region(self._narrative.name), written) if written else ""


def _without_title(tokens: list[Token], heading: str) -> list[Token]:
    """A first heading that only repeats the paper's own is left out."""
    repeats = (
        len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[1].content.casefold() == heading.casefold()
    )
    return tokens[3:] if repeats else tokens


class _Blocks:
    """Blocks of Markdown into paragraphs; what is open decides how a paragraph looks."""

    def __init__(self, kit: RenderContext, citations: Sequence[CitationView], body: str, top: int) -> None:
        self._kit, self._body, self._top = kit, body, top
        self._inline = _Inline(kit, citations)
        self._lists: list[tuple[str, int]] = []
        self._first_of_item = False
        self._quoted = 0
        self._headings: list[int] = []

    def write(self, tokens: Sequence[Token]) -> str:
        out: list[str] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "table_open":
                end = next(n for n in range(position, len(tokens)) if tokens[n].type == "table_close")
                out.append(self._table(tokens[position:end]))
                position = end
            elif token.type == "heading_open":
                out.append(self._write_heading(token, tokens[position + 1]))
                position += 2
            else:
                out.append(self._write(token))
            position += 1
        return "".join(out)

    def _write(self, token: Token) -> str:
        match token.type:
            case "bullet_list_open":
                self._lists.append(("List Bullet", 0))
            case "ordered_list_open":
                self._lists.append(("List Number", self._begin(token)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._first_of_item = True
            case "blockquote_open" | "blockquote_close":
                self._quoted += 1 if token.type == "blockquote_open" else -1
            case "inline":
                return self._paragraph(self._inline.write(token.children or []))
            case "code_block" | "fence":
                return self._paragraph(run(token.content.rstrip("\n")))
        return ""

    def _begin(self, token: Token) -> int:
        """The number of a new list, which begins where its first item does."""
        depth = min(len(self._lists), DEEPEST_LIST)
        return self._kit.styles.begin_again("List Number", int(token.attrs.get("start", 1)), depth)

    def _write_heading(self, opened: Token, words: Token) -> str:
        """Headings stand below the paper's own, and none is skipped."""
        depth = int(opened.tag[1])
        self._headings = [*(d for d in self._headings if d < depth), depth]
        level = min(self._top + len(self._headings) - 1, DEEPEST_HEADING)
        style = self._kit.styles.id(f"heading {level}")
        return paragraph(self._inline.write(words.children or []), style)

    def _paragraph(self, content: str) -> str:
        if not self._lists:
            return paragraph(content, self._kit.styles.id("Quote" if self._quoted else self._body))
        name, number = self._lists[-1]
        depth = min(len(self._lists) - 1, DEEPEST_LIST)
        style = self._kit.styles.id(name)
        if not self._first_of_item:
            return paragraph(content, self._kit.styles.id("Body Text"), f'<w:ind w:left="{927 + 360 * depth}"/>')
        self._first_of_item = False
        own = self._list_number(number, depth, style) if number or depth else ""
        return paragraph(content, style, own)

    def _list_number(self, number: int, depth: int, style: str) -> str:
        number = number or self._kit.styles.number_of(style)
        return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""

    def _table(self, tokens: Sequence[Token]) -> str:
        rows: list[list[Token]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token)
        head, *body = [[Cell(self._inline.write(c.children or [])) for c in row] for row in rows]
        after = paragraph("", self._kit.styles.id("Note"))
        return table_xml(self._kit, _widths(rows), head, body) + after


def _widths(rows: Sequence[Sequence[Token]]) -> list[int]:
    """Columns as wide as their words ask for: none under a tenth of the page, the longest no more than wanted."""
    longest = [max(len(row[n].content) for row in rows if n < len(row)) for n in range(len(rows[0]))]
    return shared_widths([min(max(length, 8), 60) for length in longest])


class _Inline:
    """Words within a paragraph: bold, italic, links, notes."""

    def __init__(self, kit: RenderContext, citations: Sequence[CitationView]) -> None:
        self._kit, self._citations = kit, citations

    def write(self, tokens: Sequence[Token]) -> str:
        """The runs of a paragraph."""
        return "".join(run for piece in _joined(tokens) for run in self._piece(piece))

    def _piece(self, piece: _Piece) -> Iterator[str]:
        if not piece.address:
            yield from self._words(piece)
        elif web_address(piece.address):
            yield self._kit.links.web(piece.words, piece.address)
        else:
            plain = piece.words == piece.address
            yield run(piece.words if plain else f"{piece.words} ({piece.address})")

    def _words(self, piece: _Piece) -> Iterator[str]:
        """The words, with each `[@1; 2]` as the notes of these citations, close to the word before."""
        position = 0
        for found in CITED.finditer(piece.words):
            numbers = [int(n) for n in found.group(1).split(";")]
            if not all(0 < n <= len(self._citations) for n in numbers):
                continue
            before = piece.words[position : found.start()].removesuffix(" ")
            if before:
                yield run(before, bold=piece.bold, italic=piece.italic)
            yield self._kit.note(self._citations[n - 1] for n in numbers)
            position = found.end()
        if position < len(piece.words):
            yield run(piece.words[position:], bold=piece.bold, italic=piece.italic)


@dataclass(frozen=True)
class _Piece:
    """Words of one look; `address` where they are a link."""

    words: str
    bold: bool = False
    italic: bool = False
    address: str = ""


def _joined(tokens: Sequence[Token]) -> list[_Piece]:
    """The words of a paragraph in pieces of one look."""
    pieces: list[_Piece] = []
    look = {"strong": 0, "em": 0}
    address = ""
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in look:
            look[kind] += token.nesting
        elif kind == "link":
            address = str(token.attrs.get("href", "")) if token.nesting > 0 else ""
        else:
            said = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            piece = _Piece(said, bool(look["strong"]), bool(look["em"]), address)
            if pieces and replace(pieces[-1], words="") == replace(piece, words=""):
                piece = replace(piece, words=pieces.pop().words + said)
            pieces.append(piece)
    return pieces
