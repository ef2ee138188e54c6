"""The evidence pack: the cited pages themselves in one PDF, the words marked on them, each with its claims above it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from pipeline.dossier.views import CitationView
from pipeline.files import write_whole
from pipeline.publish.cited_pages import CitedPage
from pipeline.publish.pack import MARKINGS
from pipeline.publish.pack_pages import Part, join
from pipeline.publish.page_marks import add_marks, add_strip
from pipeline.publish.pdf import LANGUAGE, save_dated, with_own_digest
from pipeline.publish.text_pages import Face, Line, laid_out, text_pdf
from pipeline.publish.trail import Place
from pipeline.text import counted, date_in_words, sentence_case

Cited = tuple[Place, CitationView]


@dataclass(frozen=True)
class About:
    """What the first page says, and for whom the pack is."""

    organisation: str
    cycle: str
    date: datetime.date
    audience: str
    chosen: str = ""
    """Of what it is a part, in a sentence."""
    order: tuple[str, ...] = ()
    """The statements, as the framework has them."""

    @property
    def title(self) -> str:
        """The title of the whole."""
        return f"{self.organisation}: evidence pack, {self.cycle}"


@dataclass(frozen=True)
class Source:
    """A cited document: its cited pages cut out of it, or why they are not and what is known of its words."""

    evidence: str
    title: str
    sha256: str
    pdf: Path | None = None
    pages: Sequence[CitedPage] = ()
    """In the order in which they lie in `pdf`."""
    passages: Sequence[Cited] = ()
    """Of a document without pages."""
    reason: str = ""
    """Why there is no page of it."""


@dataclass
class _Bound:
    """A source as it lies in the pack."""

    source: Source
    pdf: pikepdf.Pdf
    first: int = 0
    """Its first page, counted from 1 through the pack."""
    own_tags: bool = True
    claims: list[tuple[int, Cited]] = field(default_factory=list)
    """Page of the pack, and what is cited there."""


def make_evidence_pack(sources: Sequence[Source], out: Path, about: About) -> int:
    """Bind the pages of all sources behind their contents; how many pages it has."""
    with TemporaryDirectory(prefix="boardpack-") as scratch, ExitStack() as opened:
        cut = {s.evidence: opened.enter_context(pikepdf.open(s.pdf)) for s in sources if s.pdf}
        face = Face(_free_name(cut.values()))
        bound = [_bind(source, face, cut, opened) for source in sources]
        _number(bound, 1)  # how long the contents are does not hang on the numbers in them
        _number(bound, len(laid_out(face, _contents(about, bound))) + 1)
        contents = opened.enter_context(text_pdf(face, _contents(about, bound)))
        parts = [Part("Contents", contents), *(Part(one.source.title, one.pdf) for one in bound)]
        tops = [len(_listed(part.pdf.Root.StructTreeRoot.K)) for part in parts]
        pack = opened.enter_context(join(parts, LANGUAGE))
        _mark(pack, face, bound, tops, about)
        _link(pack, contents_lines=_contents(about, bound))
        _outline(pack, bound, about)
        _use_font(pack, face)
        made = Path(scratch) / "pack.pdf"
        accessible = all(one.own_tags for one in bound)
        save_dated(
            pack, made, title=about.title, date=about.date, audience=about.audience, draft=False, accessible=accessible
        )
        write_whole(out, with_own_digest(made.read_bytes()))
        return len(pack.pages)


def _free_name(pdfs: Iterable[pikepdf.Pdf]) -> str:
    """A name for our font that no page has for one of its own."""
    fonts = (page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()) for pdf in pdfs for page in pdf.pages)
    taken = {str(name) for own in fonts for name in own}
    return next(name for name in (f"/Strip{n}" for n in itertools.count()) if name not in taken)


def _bind(source: Source, face: Face, cut: Mapping[str, pikepdf.Pdf], opened: ExitStack) -> _Bound:
    if source.pdf is None:
        return _Bound(source, opened.enter_context(text_pdf(face, _passages(source))))
    pdf = cut[source.evidence]
    own = "/StructTreeRoot" in pdf.Root
    if not own:
        _tag_whole_pages(pdf)
    return _Bound(source, pdf, own_tags=own)


def _number(bound: Iterable[_Bound], first: int) -> None:
    """Say of each source on which pages of the pack it lies, and of each claim."""
    for one in bound:
        one.first, first = first, first + len(one.pdf.pages)
        if one.source.pdf is None:
            one.claims = [(one.first, cited) for cited in one.source.passages]
        else:
            pages = enumerate(one.source.pages, one.first)
            one.claims = [(number, cited) for number, page in pages for cited in page.citations]


def _tag_whole_pages(pdf: pikepdf.Pdf) -> None:
    """Give pages without tags one: all that is drawn on it is one passage, in the order in which it is drawn."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([top]), RoleMap=Dictionary()))
    top.P = root
    numbers: list[Any] = []
    for number, page in enumerate(pdf.pages):
        whole = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page.obj, K=0))
        top.K.append(whole)
        numbers += [number, Array([whole])]
        page.obj.StructParents = number
        page.contents_add(b"/P <</MCID 0>> BDC q\n", prepend=True)
        page.contents_add(b"\nQ EMC\n")
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    pdf.Root.StructTreeRoot = root


def claim_in_words(place: Place, citation: CitationView) -> str:
    """Who says what by a citation: `GA3 Clinics, cited by the team. Found on page: “...”`."""
    name = f"{place.statement.id} {place.statement.short}" if place.statement else sentence_case(place.where)
    by = f", cited by {place.answer.name}" if place.answer else ""
    words = f": “{citation.quotation}”" if citation.quotation else ""
    return f"{name}{by}. {sentence_case(citation.verdict)}{words}"


def _contents(about: About, bound: Sequence[_Bound]) -> list[Line]:
    """The first pages: what this is, then the cited pages by statement and by document."""
    pages = sum(len(one.source.pages) for one in bound)
    by_text = sum(one.source.pdf is None for one in bound)
    lines = [
        Line("P", MARKINGS[about.audience], 11),
        Line("H1", about.title, 20, above=8),
        Line("P", f"{counted(pages, 'cited page')} of {counted(len(bound), 'document')}. {about.chosen}".strip()),
        Line("P", f"The paper is for {date_in_words(about.date)}. Each page is the document's own; a strip above it "
             "says which document and page it is and what rests on it, and the words cited are marked."),
        Line("P", "“Found on page” means that the words stand there; it does not mean that they prove a level."),
    ]  # fmt: skip
    if by_text:
        said = f"Of {counted(by_text, 'document')} no page can be shown; the words cited are given as text."
        lines.append(Line("P", said))
    lines.append(Line("H2", "By statement", 14, above=14))
    for name, claims in _by_statement(bound, about.order).items():
        lines.append(Line("H3", name, 11, above=8))
        there = dict.fromkeys((f"{one.source.title}, {_place(c)}", page) for page, one, (_, c) in claims)
        lines += [Line("P", text, 10, 14, page) for text, page in there]
    lines.append(Line("H2", "By document", 14, above=14))
    for one in bound:
        lines.append(Line("P", one.source.title, 11, page=one.first, above=8))
        lines.append(Line("P", f"SHA-256 {one.source.sha256 or 'no copy held'}", 8, 14))
    return lines


def _place(citation: CitationView) -> str:
    page = citation.page_found or citation.page_cited
    whole = "" if citation.quotation else "as a whole"
    where = f"page {page}" if page else citation.at or (f"sheet “{citation.sheet}”" if citation.sheet else whole)
    return f"{where}: {citation.verdict}" if where else citation.verdict


def _by_statement(bound: Iterable[_Bound], order: Sequence[str]) -> dict[str, list[tuple[int, _Bound, Cited]]]:
    """By what the claims stand in: statements in the order of the framework, then the rest."""
    found: dict[str, list[tuple[int, _Bound, Cited]]] = {}
    ranks: dict[str, int] = {}
    for one in bound:
        for page, (place, citation) in one.claims:
            s = place.statement
            name = f"{s.id} {s.short}" if s and s.short != s.id else s.id if s else sentence_case(place.where)
            ranks[name] = order.index(s.id) if s else len(order)
            found.setdefault(name, []).append((page, one, (place, citation)))
    return {name: found[name] for name in sorted(found, key=lambda name: ranks[name])}


def _passages(source: Source) -> list[Line]:
    lines = [
        Line("H1", source.title, 16),
        Line("P", f"No page of this document can be shown: {source.reason}. The words cited are given here as text."),
        Line("P", f"SHA-256 {source.sha256 or 'no copy held'}", 8),
    ]
    for place, citation in source.passages:
        lines.append(Line("H2", claim_in_words(place, citation), 11, above=14))
        where = citation.at or (f"sheet “{citation.sheet}”" if citation.sheet else "")
        lines += [Line("P", f"Where: {where}")] if where else []
        lines += [Line("P", f"In the document: {citation.context}")] if citation.context else []
    return lines


def _mark(pack: pikepdf.Pdf, face: Face, bound: Sequence[_Bound], tops: Sequence[int], about: About) -> None:
    """Strips and marks, each tagged before the page that it belongs to."""
    root = pack.Root.StructTreeRoot
    top = root.K[0]
    before = list(top.K)
    starts = [sum(tops[: n + 1]) for n in range(len(bound))]
    ordered: list[Any] = list(before[: tops[0]])
    for one, start, count in zip(bound, starts, tops[1:], strict=True):
        for n, cited in enumerate(one.source.pages if one.source.pdf else ()):
            page = pack.pages[one.first - 1 + n]
            head = f"{cited.title}, page {cited.page} of the PDF. SHA-256 {cited.sha256}"
            claims = [claim_in_words(place, c) for place, c in cited.citations]
            marking = f"{MARKINGS[about.audience]}. Pack page {one.first + n}"
            marks = [
                (f"{claim_in_words(place, c)}.", [m for m in c.marks if m.page == cited.page])
                for place, c in cited.citations
            ]
            ordered += add_marks(pack, page, top, marks, about.date)
            ordered.append(add_strip(pack, page, top, face, [head, *claims, marking]))
        ordered += before[start : start + count]
    top.K = Array(ordered)


def _link(pack: pikepdf.Pdf, contents_lines: Sequence[Line]) -> None:
    """Lead each line of the contents that names a page to that page."""
    wanted = [line for line in contents_lines if line.page is not None]
    links = [a for page in pack.pages for a in _listed(page.obj.get("/Annots")) if a.get("/Subtype") == Name.Link]
    for line, link in zip(wanted, links, strict=True):
        link.Dest = Array([pack.pages[(line.page or 1) - 1].obj, Name.Fit])
        link.Contents = String(f"{line.text}, page {line.page}")


def _outline(pack: pikepdf.Pdf, bound: Sequence[_Bound], about: About) -> None:
    by_statement, by_document = OutlineItem("By statement", 0), OutlineItem("By document", 0)
    for name, claims in _by_statement(bound, about.order).items():
        item = OutlineItem(name, claims[0][0] - 1)
        seen = {page: one for page, one, _ in claims}
        item.children.extend(OutlineItem(_called(one, page), page - 1) for page, one in seen.items())
        item.is_closed = True
        by_statement.children.append(item)
    for one in bound:
        item = OutlineItem(one.source.title, one.first - 1)
        pages = range(one.first, one.first + len(one.source.pages)) if one.source.pdf else ()
        item.children.extend(OutlineItem(_called(one, page), page - 1) for page in pages)
        item.is_closed = True
        by_document.children.append(item)
    with pack.open_outline() as outline:
        outline.root[:] = [OutlineItem("Contents", 0), by_statement, by_document]


def _called(one: _Bound, page: int) -> str:
    if one.source.pdf is None:
        return one.source.title
    return f"{one.source.title}, page {one.source.pages[page - one.first].page}"


def _use_font(pack: pikepdf.Pdf, face: Face) -> None:
    """The one font of contents and strips, now that all its shapes are known."""
    font = face.embedded(pack)
    for page in pack.pages:
        resources = Dictionary({**page.obj.get("/Resources", Dictionary())})
        resources.Font = Dictionary({**resources.get("/Font", Dictionary()), face.name: font})
        page.obj.Resources = resources


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, Array) else [value]
