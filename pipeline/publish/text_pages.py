"""Pages of plain text as tagged PDF, drawn without any other program: contents, strips, passages."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

A4 = (595.3, 841.9)
MARGIN = 56.0
LEADING = 1.35
"""Of the letters' size: from one line to the next."""
LOST = "\ufffd"


@dataclass(frozen=True)
class Line:
    """A paragraph: what it is to a screen reader, its words, its size in points, and the page that it leads to."""

    kind: str
    text: str
    size: float = 10.5
    indent: float = 0.0
    page: int | None = None
    """Counted from 1 through the whole PDF; printed at the end of the line."""
    above: float = 3.0


class Face:
    """One font, of which only the shapes used go into the file; pages know it by `name`, and nothing else."""

    def __init__(self, name: str = "/Strip") -> None:
        self.name = name
        self._font = _opened()
        self._shapes = self._font.getBestCmap()
        self._widths = self._font["hmtx"].metrics
        self._units = self._font["head"].unitsPerEm
        self._used: dict[str, str] = {}

    def written(self, text: str) -> bytes:
        """Text as the numbers of its shapes, to be shown by `Tj`."""
        return b"<" + "".join(f"{self._font.getGlyphID(self._shape(c)):04x}" for c in text).encode() + b">"

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        wide: int = sum(self._widths[self._shape(c)][0] for c in text)
        return wide * size / float(self._units)

    def wrapped(self, text: str, size: float, room: float) -> list[str]:
        """A text in lines no wider than there is room; a word that is longer is broken."""
        lines, line = [], ""
        for word in text.split():
            while self.width(word, size) > room:
                fits = next(n for n in range(len(word), 0, -1) if n == 1 or self.width(word[:n], size) <= room)
                lines += [line] if line else []
                lines, line, word = [*lines, word[:fits]], "", word[fits:]
            longer = f"{line} {word}".strip()
            if self.width(longer, size) > room:
                lines, line = [*lines, line], word
            else:
                line = longer
        return [*lines, line] if line else lines

    def embedded(self, pdf: pikepdf.Pdf) -> Any:
        """The font as the PDF holds it: call it when all is written."""
        from fontTools import subset

        options = subset.Options(retain_gids=True, notdef_outline=True, layout_features=[], hinting=False)
        options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF", "name", "post", "kern"]
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(self._used) + LOST)
        cut = _opened()
        cutter.subset(cut)
        data = io.BytesIO()
        cut.save(data)
        return _font_objects(pdf, data.getvalue(), self)

    def glyphs(self) -> list[tuple[int, str, int]]:
        """Number, character and width in thousandths of each shape used."""
        return sorted(
            (self._font.getGlyphID(name), c, round(self._widths[name][0] * 1000 / self._units))
            for c, name in self._used.items()
        )

    def _shape(self, character: str) -> str:
        name = self._shapes.get(ord(character)) or self._shapes[ord(LOST)]
        return self._used.setdefault(character, str(name))


@functools.cache
def _path() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def _opened() -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(_path(), recalcTimestamp=False)


def _font_objects(pdf: pikepdf.Pdf, data: bytes, face: Face) -> Any:
    glyphs = face.glyphs()
    file = pdf.make_stream(data)
    file.Length1 = len(data)
    name = Name("/BPACKA+DejaVuSans")
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=32, FontBBox=Array([-1021, -463, 1793, 1232]), ItalicAngle=0,
        Ascent=928, Descent=-236, CapHeight=729, StemV=80, FontFile2=file,
    )  # fmt: skip
    widths: Any = Array()
    for number, _, width in glyphs:
        widths.extend([number, Array([width])])
    shapes = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity, DW=600, W=widths,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(described),
    )  # fmt: skip
    means = {number: c for number, c, _ in reversed(glyphs)}
    rows = [f"<{number:04x}> <{c.encode('utf-16-be').hex()}>" for number, c in sorted(means.items())]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    listed = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{listed}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(shapes)]),
            ToUnicode=pdf.make_stream(unicode.encode()),
        )  # fmt: skip
    )


@dataclass(frozen=True)
class Drawn:
    """A paragraph as it is laid out: its lines with their places, on one page."""

    line: Line
    rows: Sequence[tuple[float, float, str]]


def laid_out(face: Face, lines: Iterable[Line], size: tuple[float, float] = A4) -> list[list[Drawn]]:
    """Paragraphs page by page; one that does not fit goes to the next page, a long one over several."""
    width, height = size[0] - 2 * MARGIN, size[1]
    pages: list[list[Drawn]] = [[]]
    at = height - MARGIN
    for line in lines:
        step = line.size * LEADING
        room = width - line.indent - (36 if line.page is not None else 0)
        wrapped = face.wrapped(line.text, line.size, room)
        at -= line.above
        needed = min(len(wrapped), 3) + (3 if line.kind.startswith("H") else 0)
        if at - step * needed < MARGIN and pages[-1]:
            pages.append([])
            at = height - MARGIN
        rows: list[tuple[float, float, str]] = []
        for text in wrapped:
            at -= step
            if at < MARGIN:
                pages[-1].append(Drawn(line, rows))
                pages.append([])
                rows, at = [], height - MARGIN - step
            rows.append((MARGIN + line.indent, at, text))
        pages[-1].append(Drawn(line, rows))
    return pages


def shown_text(face: Face, left: float, base: float, size: float, text: str) -> bytes:
    """The drawing of one line of text."""
    return b"BT %s %.2f Tf 1 0 0 1 %.2f %.2f Tm %s Tj ET\n" % (face.name.encode(), size, left, base, face.written(text))


def text_pdf(face: Face, lines: Iterable[Line]) -> pikepdf.Pdf:
    """Paragraphs as a tagged PDF without its font, which is put in when all that is written with it is known.

    A line that names a page has a link whose target is set when the pages are there.
    """
    pdf = pikepdf.new()
    pages = laid_out(face, lines)
    top = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([top]), RoleMap=Dictionary()))
    top.P = root
    numbers, links = list[tuple[int, Any]](), len(pages)
    for at, drawn in enumerate(pages):
        page = pdf.add_blank_page(page_size=A4)
        page.obj.StructParents, page.obj.Tabs = at, Name.S
        content, own, annots = b"0.13 0.17 0.2 rg\n", Array(), Array()
        for number, one in enumerate(drawn):
            element = _element(pdf, top, page, Name(f"/{one.line.kind}"), number)
            top.K.append(element)
            if one.line.page is not None and one.rows:
                link = pdf.make_indirect(_link_over(one))
                inner = _element(pdf, element, page, Name.Link, number)
                inner.K = Array([number, Dictionary(Type=Name.OBJR, Pg=page.obj, Obj=link)])
                element.K, link.StructParent, link.P = Array([inner]), links, page.obj
                numbers.append((links, inner))
                annots.append(link)
                links, element = links + 1, inner
            own.append(element)
            content += b"/%s <</MCID %d>> BDC\n%sEMC\n" % (one.line.kind.encode(), number, _drawing(face, one))
        page.contents_add(content)
        if len(annots):
            page.obj.Annots = annots
        numbers.append((at, own))
    ordered: list[Any] = [part for pair in sorted(numbers, key=lambda pair: pair[0]) for part in pair]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(ordered)))
    pdf.Root.StructTreeRoot = root
    return pdf


def _element(pdf: pikepdf.Pdf, above: Any, page: pikepdf.Page, kind: Name, number: int) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=above, Pg=page.obj, K=number))


def _link_over(one: Drawn) -> Dictionary:
    top, bottom = one.rows[0][1] + one.line.size, one.rows[-1][1] - 3
    rect = Array([round(one.rows[0][0], 2), round(bottom, 2), round(A4[0] - MARGIN, 2), round(top, 2)])
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, F=4, Border=Array([0, 0, 0]))


def _drawing(face: Face, one: Drawn) -> bytes:
    drawn = b"".join(shown_text(face, left, base, one.line.size, text) for left, base, text in one.rows)
    if one.line.page is not None and one.rows:
        number = str(one.line.page)
        left = A4[0] - MARGIN - face.width(number, one.line.size)
        drawn += shown_text(face, left, one.rows[-1][1], one.line.size, number)
    return drawn
