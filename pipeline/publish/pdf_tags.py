"""The tags of a PDF, by which a screen reader knows headings, tables, notes and links: read and mended."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    String,
)

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
        elif kind == "/Table":
            _head_rows(root, element)
        elif kind == "/TH":
            _say_what_it_heads(element, Name.Column)
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


def _head_rows(root: Object, table: Object) -> None:
    """The first cell of each row heads it, below a row of headings and where it does not span the table."""
    rows = [row for row in elements(table) if standard_type(root, row) == "/TR"]
    cells = [[cell for cell in listed(row.get("/K")) if isinstance(cell, Dictionary)] for row in rows]
    if not cells or not all(standard_type(root, cell) == "/TH" for cell in cells[0]):
        return
    for row in cells[1:]:
        if len(row) > 1 and standard_type(root, row[0]) == "/TD":
            row[0].S = Name.TH
            _say_what_it_heads(row[0], Name.Row)


def _say_what_it_heads(cell: Object, scope: Name) -> None:
    """LibreOffice tags the cells of a header row and does not say that they head their columns."""
    attributes = listed(cell.get("/A"))
    if not any("/Scope" in attribute for attribute in attributes):
        cell.A = Array([*attributes, Dictionary(O=Name.Table, Scope=scope)])


def _is_loose_link(annotation: Object) -> bool:
    """Each footnote has its link back twice, once outside the tags."""
    return bool(annotation.get("/Subtype") == Name.Link) and "/StructParent" not in annotation


def _mended(annotation: Object) -> Object:
    annotation.F = int(annotation.get("/F", 0)) | PRINTED
    spoken = str(annotation.get("/Contents", ""))
    if spoken.isdecimal():  # a footnote's number alone says nothing to somebody who hears it
        annotation.Contents = String(f"Note {spoken}")
    return annotation


Step = ContentStreamInstruction | ContentStreamInlineImage
Glyphs = tuple[str, bytes]
"""A font's name and the characters shown with it, as one step of the drawing has them."""

START, END, SHOW = ("BDC", "BMC"), "EMC", ("Tj", "TJ")
NOT_A_SHAPE = {"Tj", "TJ", "'", '"', "sh", "INLINE IMAGE"}


def mark_decoration(pdf: pikepdf.Pdf, *, watermarked: bool) -> None:
    """Say of a table's repeated heading, and of a watermark, that they are decoration: a reader has them already."""
    in_headings = _heading_marks(pdf)
    watermarks = _watermarks(pdf) if watermarked else {}
    shown: set[Glyphs] = set()
    gone = []
    for page in pdf.pages:
        key = page.obj.objgen
        steps = list(pikepdf.parse_content_stream(page))
        changed = list(_with_repeats_marked(steps, in_headings.get(key, set()), shown))
        if key in watermarks and _mark_shape(page.obj, changed):
            gone.append(watermarks[key])
        if len(changed) != len(steps) or (gone and gone[-1] is watermarks.get(key)):
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(changed))
    _drop(pdf, gone)


def _heading_marks(pdf: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """By page: the numbers under which the cells of headings are drawn."""
    root = pdf.Root.StructTreeRoot
    marks: dict[tuple[int, int], set[int]] = {}
    for cell in elements(root):
        if standard_type(root, cell) == "/TH":
            for element in elements(Dictionary(K=cell)):
                numbers = {int(kid) for kid in listed(element.get("/K")) if not isinstance(kid, Dictionary)}
                if numbers and "/Pg" in element:
                    marks.setdefault(element.Pg.objgen, set()).update(numbers)
    return marks


def _with_repeats_marked(steps: list[Step], in_headings: set[int], shown: set[Glyphs]) -> Iterator[Step]:
    """The steps, with marks round untagged words that a table's heading has shown on an earlier page."""
    open_marks: list[int] = []
    font = ""
    for step in steps:
        operator = str(step.operator)
        if operator in START:
            open_marks.append(_number(step))
        elif operator == END:
            open_marks.pop()
        elif operator == "Tf":
            font = str(step.operands[0])
        elif operator in SHOW and open_marks and open_marks[-1] in in_headings:
            shown.add((font, _characters(step)))
        elif operator in SHOW and not open_marks and (font, _characters(step)) in shown:
            yield ContentStreamInstruction([Name.Artifact], Operator("BMC"))
            yield step
            yield ContentStreamInstruction([], Operator(END))
            continue
        yield step


def _number(step: Step) -> int:
    """The number by which the tags know what this mark begins; -1 where it has none."""
    named = step.operands[1] if len(step.operands) > 1 else None
    return int(named.get("/MCID", -1)) if isinstance(named, Dictionary) else -1


def _characters(step: Step) -> bytes:
    return b"".join(bytes(part) for part in listed(step.operands[0]) if isinstance(part, String))


def _watermarks(pdf: pikepdf.Pdf) -> dict[tuple[int, int], Object]:
    """By page: what is tagged as a picture behind all else, outside the text, with no words for it."""
    root = pdf.Root.StructTreeRoot
    tops = listed(root.get("/K"))
    behind = [
        element
        for element in (*tops, *(kid for top in tops for kid in listed(top.get("/K"))))
        if isinstance(element, Dictionary) and str(element.S) in ("/Figure", "/Div") and "/Alt" not in element
    ]
    return {e.Pg.objgen: e for e in behind if "/Pg" in e and [str(kid) for kid in listed(e.get("/K"))] == ["0"]}


def _mark_shape(page: Object, steps: list[Step]) -> bool:
    """Mark what is drawn first as decoration, if it is a shape; a picture or words stay as they are."""
    first = next(n for n, step in enumerate(steps) if str(step.operator) in START and _number(step) == 0)
    last = next(n for n, step in enumerate(steps[first:], first) if str(step.operator) == END)
    if not all(_is_shape(step, page.Resources) for step in steps[first:last]):
        return False
    kind = Dictionary(Type=Name.Pagination, Subtype=Name.Watermark)
    steps[first] = ContentStreamInstruction([Name.Artifact, kind], Operator("BDC"))
    return True


def _is_shape(step: Step, resources: Object) -> bool:
    """True for lines and fills, also where they are drawn see-through, by way of a form."""
    operator = str(step.operator)
    if operator != "Do":
        return operator not in NOT_A_SHAPE
    drawn = resources.XObject[str(step.operands[0])]
    within = drawn.get("/Resources", resources)
    return bool(drawn.Subtype == Name.Form) and all(_is_shape(s, within) for s in pikepdf.parse_content_stream(drawn))


def _drop(pdf: pikepdf.Pdf, gone: list[Object]) -> None:
    """Take elements out of the tags: out of their parents, and out of their pages' lists."""
    root = pdf.Root.StructTreeRoot
    keys = {element.objgen for element in gone}
    lists = dict(number_tree(root.ParentTree)) if gone else {}
    for element in gone:
        lists[int(element.Pg.StructParents)][0] = None
    for holder in {element.P.objgen: element.P for element in gone}.values():
        kept = [kid for kid in listed(holder.K) if not isinstance(kid, Dictionary) or kid.objgen not in keys]
        holder.K = Array(kept)
