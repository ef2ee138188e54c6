"""Several tagged PDF files as one, with nothing of what a screen reader needs lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, String

from pipeline.publish.pdf_tags import elements, listed, name_notes, number_tree, standard_type


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
