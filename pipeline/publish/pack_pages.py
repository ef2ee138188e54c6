"""The pages of a pack that no paper has, and several tagged PDF files as one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, String

from pipeline.publish.pdf_tags import elements, listed, name_notes, number_tree, standard_type

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

ADDRESS = "https://pack.invalid/"
"""Links in the contents lead here until the pages they mean are known (`.invalid` is nobody's)."""

FONT = "Arial"
A4_WIDTH, A4_HEIGHT, MARGIN = 595.3, 841.9, 60.0
STRIP_WIDTH, STRIP_HEIGHT = 420.0, 22.0
ABOVE_ENTRIES, ENTRY_HEIGHTS = 200.0, {1: 30.0, 2: 18.0}
"""All in points. The strip fits below a Word footer, which stands 35 points above the end of the page."""


@dataclass(frozen=True)
class Entry:
    """A line of the contents; the page counts from 1 through the whole pack."""

    title: str
    page: int
    level: int = 1
    place: tuple[object, ...] = ()
    """Where on the page, as PDF puts it; empty for the page as a whole."""


def likely_length(entries: Sequence[Entry]) -> int:
    """How many pages the contents will fill, near enough to save laying them out twice."""
    points = ABOVE_ENTRIES + sum(ENTRY_HEIGHTS[entry.level] for entry in entries)
    return math.ceil(points / (A4_HEIGHT - 2 * MARGIN))


def write_contents(path: Path, *, title: str, heading: str, lines: Sequence[str], entries: Sequence[Entry]) -> None:
    """The pack's first page or pages, as a Word file with a real table of contents."""
    document = _blank(title, A4_WIDTH, A4_HEIGHT, MARGIN)
    document.add_heading(heading, 1)
    for line in lines:
        document.add_paragraph(line)
    document.add_heading("Contents", 2)
    for level in (1, 2):
        _add_contents_style(document, level)
    rows = [_add_entry(document, number, entry) for number, entry in enumerate(entries)]
    _make_field(rows[0], rows[-1])
    document.save(str(path))


def write_strips(path: Path, strips: Sequence[tuple[str, str]]) -> None:
    """A Word file of small pages, one for each (marking, page number)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = _blank("Strips", STRIP_WIDTH, STRIP_HEIGHT, 2)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(0)
    for number, (marking, page) in enumerate(strips):
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.page_break_before = number > 0
        line.add_run(marking).bold = True
        line.add_run(f"   |   {page}")
    document.save(str(path))


def _blank(title: str, width: float, height: float, margin: float) -> Document:
    from docx import Document as new_document
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document = new_document()
    document.core_properties.title = title
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for name, size in (("Normal", 12), ("Heading 1", 20), ("Heading 2", 14)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor(0x21, 0x2B, 0x32)
        named = font._element.rPr.rFonts.attrib
        for theme in [attribute for attribute in named if attribute.endswith("Theme")]:
            del named[theme]  # it would win over the font that is named
    section = document.sections[0]
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(margin)
    section.header_distance = section.footer_distance = Pt(0)
    return document


def _add_contents_style(document: Document, level: int) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt

    style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.bold = level == 1
    layout = style.paragraph_format
    # The hanging indent and the right indent keep a long title clear of its number and of the page numbers.
    layout.left_indent, layout.first_line_indent, layout.right_indent = Pt(24 * level), Pt(-24), Pt(36)
    layout.space_before, layout.space_after = Pt(12 if level == 1 else 0), Pt(4)
    layout.tab_stops.add_tab_stop(Pt(A4_WIDTH - 2 * MARGIN), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _add_entry(document: Document, number: int, entry: Entry) -> Paragraph:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.text.run import Run

    line = document.add_paragraph(style=f"toc {entry.level}")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(f"{ADDRESS}{number}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(OxmlElement("w:r"))
    Run(link[0], line).text = f"{entry.title}\t{entry.page}"
    line._p.append(link)
    return line


def _make_field(first: Paragraph, last: Paragraph) -> None:
    """Make the lines a table of contents by name, so that they are tagged as one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def mark(kind: str) -> object:
        run = OxmlElement("w:r")
        run.append(OxmlElement("w:fldChar"))
        run[0].set(qn("w:fldCharType"), kind)
        return run

    field = OxmlElement("w:r")
    field.append(OxmlElement("w:instrText"))
    field[0].text = ' TOC \\o "1-2" \\h '
    link = first._p.find(qn("w:hyperlink"))
    for run in (mark("begin"), field, mark("separate")):
        link.addprevious(run)
    last._p.append(mark("end"))


@dataclass(frozen=True)
class Bookmark:
    """A heading of a paper, with where it stands in that paper; pages count from 0."""

    title: str
    page: int
    place: tuple[Object, ...]
    below: tuple[Bookmark, ...]


@dataclass(frozen=True)
class Part:
    """One PDF to be joined, its name among the bookmarks, and the bookmarks below it."""

    title: str
    pdf: pikepdf.Pdf
    headings: tuple[Bookmark, ...] = ()


def bookmarks(pdf: pikepdf.Pdf) -> tuple[Bookmark, ...]:
    """The headings that a paper lists for its readers, nested as in the paper."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        return tuple(_bookmarks(outline.root, pages))


def _bookmarks(items: Sequence[OutlineItem], pages: dict[tuple[int, int], int]) -> Iterator[Bookmark]:
    for item in items:
        below = tuple(_bookmarks(item.children, pages))
        if isinstance(item.destination, Array) and item.destination[0].objgen in pages:
            target = listed(item.destination)
            yield Bookmark(str(item.title), pages[target[0].objgen], tuple(target[1:]), below)
        else:
            yield from below


def join(parts: Sequence[Part], language: str) -> pikepdf.Pdf:
    """One PDF of all the parts in order: pages, tags, notes, links and bookmarks."""
    pack = pikepdf.new()
    top = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot, RoleMap=Dictionary(), K=Array([top])))
    top.P = root
    parents: list[tuple[int, Object]] = []
    headings: list[OutlineItem] = []
    for part in parts:
        first = len(pack.pages)
        pack.pages.extend(part.pdf.pages)
        tags = pack.copy_foreign(part.pdf.Root.StructTreeRoot)
        parents.extend(_moved_parents(pack, first, tags, offset=parents[-1][0] + 1 if parents else 0))
        _map_roles(root, tags)
        _adopt(top, tags, part.title)
        headings.append(_heading(pack, part.title, first, part.headings))
    root.ParentTree = pack.make_indirect(Dictionary(Nums=Array([item for pair in parents for item in pair])))
    root.ParentTreeNextKey = parents[-1][0] + 1 if parents else 0
    pack.Root.StructTreeRoot = root
    name_notes(pack, [element for element in elements(root) if standard_type(root, element) == "/Note"])
    _introduce(pack, language, headings)
    return pack


def _introduce(pack: pikepdf.Pdf, language: str, headings: list[OutlineItem]) -> None:
    pack.Root.MarkInfo = Dictionary(Marked=True)
    pack.Root.Lang = String(language)
    pack.Root.PageMode = Name.UseOutlines
    with pack.open_outline() as outline:
        outline.root.extend(headings)


def _moved_parents(pack: pikepdf.Pdf, first: int, tags: Object, offset: int) -> list[tuple[int, Object]]:
    """Pages and links find their tags by number: each part's numbers follow on from the last one's."""
    seen = set()
    for page in list(pack.pages)[first:]:
        forms = (page.obj.get("/Resources", Dictionary()).get("/XObject") or Dictionary()).values()
        for holder in (page.obj, *listed(page.obj.get("/Annots")), *forms):
            if holder.objgen in seen and holder.is_indirect:  # a picture may stand on many pages
                continue
            seen.add(holder.objgen)
            for name in (Name.StructParents, Name.StructParent):
                if name in holder:
                    holder[name] = int(holder[name]) + offset
    found = sorted(number_tree(tags.ParentTree), key=lambda pair: pair[0])
    return [(number + offset, value) for number, value in found]


def _map_roles(root: Object, tags: Object) -> None:
    """Bring a part's names for its tags along; one that another part uses for something else gets a new name."""
    renamed = {}
    for name, meaning in tags.get("/RoleMap", Dictionary()).items():
        new = name
        while str(root.RoleMap.get(new, meaning)) != str(meaning):
            new += "_"
        root.RoleMap[new] = meaning
        if new != name:
            renamed[name] = Name(new)
    if renamed:
        for element in elements(tags):
            element.S = renamed.get(str(element.S), element.S)


def _adopt(top: Object, tags: Object, title: str) -> None:
    for element in listed(tags.K):
        if str(element.S) == "/Document":
            element.S = Name.Part
            element.T = String(title)
        element.P = top
        top.K.append(element)


def _heading(pack: pikepdf.Pdf, title: str, first: int, below: Sequence[Bookmark]) -> OutlineItem:
    heading = OutlineItem(title, first)
    heading.children.extend(_copied(pack, first, bookmark) for bookmark in below)
    return heading


def _copied(pack: pikepdf.Pdf, first: int, bookmark: Bookmark) -> OutlineItem:
    page = pack.pages[first + bookmark.page]
    copied = OutlineItem(bookmark.title, Array([page.obj, *bookmark.place]))
    copied.children.extend(_copied(pack, first, below) for below in bookmark.below)
    return copied
