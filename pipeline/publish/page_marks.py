"""What is added to a cited page in the evidence pack: a strip above it, and the cited words as highlights."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.model import Mark
from pipeline.publish.pdf_tags import number_tree
from pipeline.publish.text_pages import LEADING, Face, shown_text

SIZE, EDGE = 8.0, 6.0
"""Points: of the letters in a strip, and the room around them."""
YELLOW = (1.0, 0.92, 0.23)
PRINTED = 4
"""The flag of a note that is there on paper too."""
SMALLEST = 60.0
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points of the page as it is stored."""


class Sheet:
    """A page as it is shown: what lies where on it, in points from its lower left corner, whatever way it is turned."""

    def __init__(self, page: pikepdf.Page) -> None:
        media, crop = _box(page.mediabox), _box(page.cropbox)
        both = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
        self.box: Box = both if both[2] > both[0] and both[3] > both[1] else media
        turned = page.obj.get("/Rotate", 0)
        self.turned = int(turned) // 90 * 90 % 360 if isinstance(turned, int) else 0
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        self.width, self.height = (high, wide) if self.turned in (90, 270) else (wide, high)

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From points as shown to points as stored."""
        left, bottom, right, top = self.box
        return {
            0: (1, 0, 0, 1, left, bottom),
            90: (0, 1, -1, 0, right, bottom),
            180: (-1, 0, 0, -1, right, top),
            270: (0, -1, 1, 0, left, top),
        }[self.turned]

    def stored(self, across: float, up: float) -> tuple[float, float]:
        """A point as shown, as it is stored."""
        a, b, c, d, e, f = self.matrix
        return a * across + c * up + e, b * across + d * up + f

    def with_room_above(self, height: float) -> Box:
        """The page's box with room above what is shown."""
        far = [self.stored(0, 0), self.stored(self.width, self.height + height)]
        return min(p[0] for p in far), min(p[1] for p in far), max(p[0] for p in far), max(p[1] for p in far)


def _box(given: Any) -> Box:
    a, b, c, d = (float(side) for side in given)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def add_strip(pack: pikepdf.Pdf, page: pikepdf.Page, top: Any, face: Face, lines: Sequence[str]) -> Any:
    """Lines of text in a strip above a page, which grows by it; nothing of the page is covered. Gives their tag."""
    sheet = Sheet(page)
    room = max(sheet.width - 2 * EDGE, SMALLEST)
    wrapped = [part for line in lines for part in face.wrapped(line, SIZE, room)]
    step = SIZE * LEADING
    height = len(wrapped) * step + 2 * EDGE
    parents = _parents(pack, page)
    number = len(parents)
    element = pack.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, Pg=page.obj, K=number))
    parents.append(element)
    drawn = b"".join(
        shown_text(face, EDGE, sheet.height + height - EDGE - (n + 1) * step + SIZE * 0.3, SIZE, text)
        for n, text in enumerate(wrapped)
    )
    matrix = " ".join(f"{part:.2f}" for part in sheet.matrix).encode()
    ground = f"0.94 0.96 0.96 rg 0 {sheet.height:.2f} {sheet.width:.2f} {height:.2f} re f"
    line = f"0.68 0.72 0.74 RG 0.8 w 0 {sheet.height:.2f} m {sheet.width:.2f} {sheet.height:.2f} l S"
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(
        b"\nQ q %s cm /Artifact BMC %s %s EMC 0.13 0.17 0.2 rg /P <</MCID %d>> BDC\n%sEMC Q\n"
        % (matrix, ground.encode(), line.encode(), number, drawn)
    )
    page.obj.MediaBox = page.obj.CropBox = Array([round(side, 2) for side in sheet.with_room_above(height)])
    page.obj.Tabs = Name.S
    return element


def _parents(pack: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    """The list of tags of what is drawn on a page."""
    tree = pack.Root.StructTreeRoot.ParentTree
    wanted = int(page.obj.StructParents)
    return next(value for number, value in number_tree(tree) if number == wanted)


def add_marks(
    pack: pikepdf.Pdf,
    page: pikepdf.Page,
    top: Any,
    marks: Iterable[tuple[str, Sequence[Mark]]],
    date: datetime.date,
) -> list[Any]:
    """The words of each claim as one highlight with a note that says whose they are. Gives the tags of these."""
    sheet, root, added = Sheet(page), pack.Root.StructTreeRoot, []
    annots = page.obj.get("/Annots", Array())
    for note, own in marks:
        if not own:
            continue
        corners = [_corners(sheet, mark) for mark in own]
        highlight = pack.make_indirect(_highlight(pack, corners, note, date))
        number = int(root.get("/ParentTreeNextKey", 0))
        element = pack.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Annot,
                P=top,
                Pg=page.obj,
                K=Array([Dictionary(Type=Name.OBJR, Pg=page.obj, Obj=highlight)]),
            )  # fmt: skip
        )
        highlight.StructParent, highlight.P = number, page.obj
        highlight.NM = String(f"boardpack-{number}")
        numbered: list[Any] = [number, element]
        root.ParentTree.Nums.extend(numbered)
        root.ParentTreeNextKey = number + 1
        annots.append(highlight)
        added.append(element)
    if len(annots):
        page.obj.Annots = annots
    return added


Corners = tuple[tuple[float, float], ...]
"""Upper left, upper right, lower left, lower right, as shown."""


def _corners(sheet: Sheet, mark: Mark) -> Corners:
    left, right = mark.left * sheet.width, (mark.left + mark.width) * sheet.width
    top, bottom = (1 - mark.top) * sheet.height, (1 - mark.top - mark.height) * sheet.height
    return tuple(sheet.stored(x, y) for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)))


def _highlight(pack: pikepdf.Pdf, corners: Sequence[Corners], note: str, date: datetime.date) -> Dictionary:
    xs, ys = [x for quad in corners for x, _ in quad], [y for quad in corners for _, y in quad]
    rect = Array([round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)])
    fills = [
        f"{a[0]:.2f} {a[1]:.2f} m {b[0]:.2f} {b[1]:.2f} l {d[0]:.2f} {d[1]:.2f} l {c[0]:.2f} {c[1]:.2f} l f"
        for a, b, c, d in corners
    ]
    drawn = pack.make_stream(f"/Over gs {' '.join(map(str, YELLOW))} rg {' '.join(fills)}".encode())
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, rect
    drawn.Resources = Dictionary(ExtGState=Dictionary(Over=Dictionary(Type=Name.ExtGState, BM=Name.Multiply)))
    drawn.Group = Dictionary(S=Name.Transparency)
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Highlight, Rect=rect, C=Array(list(YELLOW)), F=PRINTED,
        QuadPoints=Array([round(side, 2) for quad in corners for point in quad for side in point]),
        Contents=String(note), T=String("boardpack"), M=String(f"D:{date:%Y%m%d}000000Z"), AP=Dictionary(N=drawn),
    )  # fmt: skip
