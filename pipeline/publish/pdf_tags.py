"""The tags of a PDF, by which a screen reader knows headings, tables, notes and links: reading and mending them."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

# PDF's own names for what a thing is (ISO 32000-1, 14.8.4).
STANDARD_TYPES = frozenset(
    f"/{name}"
    for line in (
        "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private",
        "P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot",
        "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form",
    )
    for name in line.split()
)
PRINTED = 4
"""The flag of an annotation that is there on paper too."""


def listed(value: Object | None) -> list[Object]:
    """PDF writes one of a thing bare and several as an array."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def elements(root: Object) -> Iterator[Object]:
    """Every structure element below a tag tree's root, in reading order."""
    waiting = listed(root.get("/K"))[::-1]
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            waiting.extend(listed(element.get("/K"))[::-1])


def number_tree(tree: Object) -> Iterator[tuple[int, Object]]:
    """The (number, value) pairs of a number tree, flat."""
    pairs = listed(tree.get("/Nums"))
    yield from ((int(pairs[n]), pairs[n + 1]) for n in range(0, len(pairs), 2))
    for branch in listed(tree.get("/Kids")):
        yield from number_tree(branch)


def standard_type(root: Object, element: Object) -> str:
    """What an element is in PDF's own words: `/P` for one that is tagged with a Word style's name."""
    name = str(element.S)
    return str(root.get("/RoleMap", Dictionary()).get(name, name))


def mend(pdf: pikepdf.Pdf) -> None:
    """Put right what LibreOffice leaves short of PDF/UA: notes, header cells, links, the order of tabbing."""
    root = pdf.Root.StructTreeRoot
    _free_standard_names(root)
    notes = []
    for element in elements(root):
        kind = standard_type(root, element)
        if kind == "/Note":
            notes.append(element)
        elif kind == "/TH":
            _say_what_it_heads(element)
    name_notes(pdf, notes)
    for page in pdf.pages:
        page.obj.Tabs = Name.S
        if "/Annots" in page.obj:
            page.obj.Annots = Array([_mended(link) for link in page.obj.Annots if not _is_loose_link(link)])


def _free_standard_names(root: Object) -> None:
    """A Word style called `Note` would make a plain paragraph of every footnote: give the style's tags another name."""
    roles = root.get("/RoleMap", Dictionary())
    taken = [str(name) for name in roles if name in STANDARD_TYPES]
    for element in elements(root) if taken else ():
        if str(element.S) in taken and _is_paragraph(element):
            element.S = Name(f"{element.S} style")
    for name in taken:
        roles[f"{name} style"] = roles[name]
        del roles[name]


def _is_paragraph(element: Object) -> bool:
    """True for what a Word style has tagged: a block that holds words, not other blocks, and is no picture."""
    inside = any(_is_block(kid) for kid in listed(element.get("/K")) if isinstance(kid, Dictionary))
    pictured = any("/BBox" in attribute for attribute in listed(element.get("/A")))
    return _is_block(element) and not inside and not pictured


def _is_block(element: Object) -> bool:
    return any(attribute.get("/Placement") == Name.Block for attribute in listed(element.get("/A")))


def name_notes(pdf: pikepdf.Pdf, notes: list[Object]) -> None:
    """Give each note its own id, and the document the list of them."""
    names = Array()
    for number, note in enumerate(notes, 1):
        note.ID = String(f"note{number:05}")
        names.extend([note.ID, note])
    if notes:
        pdf.Root.StructTreeRoot.IDTree = pdf.make_indirect(Dictionary(Names=names))


def _say_what_it_heads(cell: Object) -> None:
    """LibreOffice tags the cells of a header row and does not say that they head their columns."""
    attributes = listed(cell.get("/A"))
    if not any("/Scope" in attribute for attribute in attributes):
        cell.A = Array([*attributes, Dictionary(O=Name.Table, Scope=Name.Column)])


def _is_loose_link(annotation: Object) -> bool:
    """Each footnote has its link back twice, once outside the tags."""
    return bool(annotation.get("/Subtype") == Name.Link) and "/StructParent" not in annotation


def _mended(annotation: Object) -> Object:
    annotation.F = int(annotation.get("/F", 0)) | PRINTED
    spoken = str(annotation.get("/Contents", ""))
    if spoken.isdecimal():  # a footnote's number alone says nothing to somebody who hears it
        annotation.Contents = String(f"Note {spoken}")
    return annotation
