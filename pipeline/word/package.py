"""A filled Word file made fit to open: fields with their numbers, watermark, properties, the same bytes each time."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.office import integrity
from pipeline.text import legible

MADE_BY = "boardpack"
# The oldest date that a zip file can hold: the same on every machine.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FIRST = ("[Content_Types].xml", "_rels/.rels")


def set_properties(
    docx: Any, *, title: str, author: str, made_on: datetime.date, properties: Mapping[str, str]
) -> None:
    """Core, application and custom properties; nothing of the template's own making stays."""
    core = docx.core_properties
    moment = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC)
    core.title, core.author, core.last_modified_by = legible(title)[:255], legible(author)[:255], legible(author)[:255]
    core.language, core.revision = "en-GB", 1
    core.comments = core.subject = core.keywords = core.category = core.content_status = ""
    core.identifier = core.version = ""
    for printed in core._element.xpath("cp:lastPrinted"):
        core._element.remove(printed)
    core.created = core.modified = moment
    _replace(
        docx,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
        "/docProps/app.xml",
        _application(author),
        CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
    )
    _replace(
        docx, integrity.RELATED, f"/{integrity.PROPERTIES}", integrity.properties_xml(properties), integrity.CONTENT
    )


def _application(organisation: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{MADE_BY}</Application><Company>{escape(legible(organisation))}</Company></Properties>"
    ).encode()


def _replace(docx: Any, related: str, name: str, content: bytes, content_type: str) -> None:
    package = docx.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == related:
            del package.rels[key]
    package.relate_to(Part(PackURI(name), content_type, content, package), related)


def to_bytes(docx: Any) -> bytes:
    """The sealed file: the same document gives the same bytes, whenever and wherever it is made."""
    parts = integrity.sealed(_parts(docx))
    names = [*FIRST, *sorted(parts.keys() - set(FIRST))]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            member.external_attr = 0
            package.writestr(member, parts[name])
    return out.getvalue()


def _parts(docx: Any) -> dict[str, bytes]:
    saved = BytesIO()
    docx.save(saved)
    return integrity.read_parts(saved.getvalue())


_SHAPE = (
    '<w:r {namespaces} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"><w:rPr><w:noProof/></w:rPr><w:pict>'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
    '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>'
    '<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
    'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
    '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" '
    'alt="Watermark: {words}" '
    'style="position:absolute;margin-left:0;margin-top:0;width:412pt;height:165pt;rotation:315;'
    "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
    'fillcolor="#d0d0d0" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{words}"/>'
    '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>'
)


def add_watermark(docx: Any, words: str = "DRAFT") -> None:
    """Put the words behind the text of every page, the first and the even ones too."""
    for number, header in enumerate(_headers(docx), start=1):
        shape = _SHAPE.format(namespaces=nsdecls("w"), number=number, spid=2048 + number, words=words)
        paragraphs = header.findall(qn("w:p"))
        if not paragraphs:
            header.append(parse_xml(f"<w:p {nsdecls('w')}/>"))
            paragraphs = [header[-1]]
        paragraphs[-1].append(parse_xml(shape))


def _headers(docx: Any) -> Iterator[Any]:
    """Each header of the document once; a section that has none of its own shows the one before.

    They are looked up by their relationships: filling puts new parts there, of which python-docx does not know.
    """
    seen = set()
    even = docx.settings.odd_and_even_pages_header_footer
    for number, section in enumerate(docx.sections):
        first = section.different_first_page_header_footer
        for kind, shown in (("default", True), ("first", first), ("even", even)):
            reference = _reference(section, kind)
            if reference is None and shown and number == 0:
                _begin(section, kind)
                reference = _reference(section, kind)
            if reference is not None and reference not in seen:
                seen.add(reference)
                yield docx.part.rels[reference].target_part.element


def _reference(section: Any, kind: str) -> str | None:
    for reference in section._sectPr.findall(qn("w:headerReference")):
        if reference.get(qn("w:type")) == kind:
            return str(reference.get(qn("r:id")))
    return None


def _begin(section: Any, kind: str) -> None:
    header = {"default": section.header, "first": section.first_page_header, "even": section.even_page_header}[kind]
    header.is_linked_to_previous = False


class Field:
    """A field of the text: what it asks for, and the run that shows the answer."""

    def __init__(self, asks: str) -> None:
        self.asks, self.shows = asks.split(), list[Any]()

    def show(self, words: str) -> None:
        """Write the answer into the first run that shows it, and empty the others."""
        for n, text in enumerate(self.shows):
            text.text = words if n == 0 else ""


def settle(body: Any) -> None:
    """Number captions, then notes, then whatever refers to them, all in the order of the text."""
    fields = list(_fields(body))
    counted: dict[str, int] = {}
    for field in fields:
        if field.asks[:1] == ["SEQ"]:
            counted[field.asks[1]] = counted.get(field.asks[1], 0) + 1
            field.show(str(counted[field.asks[1]]))
    wanted = {f.asks[1] for f in fields if f.asks[:1] == ["REF"] and len(f.asks) > 1}
    notes, words = _bookmarked(body, wanted)
    for field in fields:
        if field.asks[:1] == ["NOTEREF"] and field.asks[1] in notes:
            field.show(str(notes[field.asks[1]]))
        elif field.asks[:1] == ["REF"] and field.asks[1] in words:
            field.show(words[field.asks[1]])


def _fields(body: Any) -> Iterator[Field]:
    """Complex fields in the order in which they begin; one inside another's answer stands after it."""
    from docx.oxml.ns import qn

    char, instruction, text, kind = qn("w:fldChar"), qn("w:instrText"), qn("w:t"), qn("w:fldCharType")
    open_fields: list[tuple[list[str], list[Any], bool]] = []
    for element in body.iter(char, instruction, text):
        if element.tag == char and element.get(kind) == "begin":
            open_fields.append(([], [], False))
        elif not open_fields:
            continue
        elif element.tag == char and element.get(kind) == "separate":
            asks, shows, _ = open_fields.pop()
            open_fields.append((asks, shows, True))
        elif element.tag == char:
            asks, shows, _ = open_fields.pop()
            field = Field("".join(asks))
            field.shows = shows
            yield field
        elif element.tag == instruction:
            open_fields[-1][0].append(element.text or "")
        elif open_fields[-1][2]:
            open_fields[-1][1].append(element)


def _bookmarked(body: Any, wanted: set[str]) -> tuple[dict[str, int], dict[str, str]]:
    """By bookmark: the number of the note inside it, and the words inside it (of those that are wanted)."""
    from docx.oxml.ns import qn

    start, end, note, text = (qn(f"w:{t}") for t in ("bookmarkStart", "bookmarkEnd", "footnoteReference", "t"))
    notes: dict[str, int] = {}
    words: dict[str, str] = {}
    inside: dict[str, str] = {}
    number = 0
    for element in body.iter(start, end, note, text):
        if element.tag == start:
            inside[element.get(qn("w:id"))] = element.get(qn("w:name"))
        elif element.tag == end:
            inside.pop(element.get(qn("w:id")), None)
        elif element.tag == note:
            number += 1
            for name in inside.values():
                notes.setdefault(name, number)
        else:
            for name in inside.values():
                if name in wanted:
                    words[name] = words.get(name, "") + (element.text or "")
    return notes, words


CELL_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd"),
    *("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
)
RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
    *("em", "lang", "eastAsianLayout", "specVanish", "oMath"),
)
_PROPERTIES = re.compile(r"<w:(tcPr|rPr)>(.*?)</w:\1>", re.DOTALL)
_CHILD = re.compile(r"<w:(\w+)(?:\s[^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_EMPTY_RUN = re.compile(
    r"<w:r(?:\s[^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr/>)?<w:t(?:\s[^>]*)?(?:/>|></w:t>)</w:r>", re.DOTALL
)
_SAID_TWICE = re.compile(r'<w:(cantSplit|tblHeader)\s+w:val="(?:true|1|on)"\s*/>')
_REVISION = re.compile(r'\sw:rsid\w*="[^"]*"')
# A row with more words than this may break across pages: it would not fit on one.
LONGEST_WHOLE_ROW = 1_800


def neaten(source: str) -> str:
    """A template's source, before it is filled: what is put right here is right in every copy."""
    source = _REVISION.sub("", source)
    source = _SAID_TWICE.sub(r"<w:\1/>", source)
    source = _EMPTY_RUN.sub("", source)
    return _PROPERTIES.sub(_in_order, source)


def _in_order(found: re.Match[str]) -> str:
    """Properties in the order of the schema; left as they are where one is not understood."""
    kind, inner = found.groups()
    children = list(_CHILD.finditer(inner))
    if "".join(m.group() for m in children) != inner:
        return found.group()
    rank = {name: n for n, name in enumerate(CELL_ORDER if kind == "tcPr" else RUN_ORDER)}
    ordered = sorted(children, key=lambda m: rank.get(m.group(1), len(rank)))
    return f"<w:{kind}>{''.join(m.group() for m in ordered)}</w:{kind}>"


def square_tables(root: Any) -> None:
    """Every table has as many columns as its longest row, every cell ends in a paragraph, long rows may break."""
    from docx.oxml.ns import qn

    for table in root.iter(qn("w:tbl")):
        longest = 0
        for row in table.iterchildren(qn("w:tr")):
            cells = list(row.iterchildren(qn("w:tc")))
            longest = max(longest, sum(_span(cell, qn) for cell in cells))
            for cell in cells:
                if cell[-1].tag != qn("w:p"):
                    cell.append(cell.makeelement(qn("w:p")))
            _let_break(row, qn)
        _fit_grid(table.find(qn("w:tblGrid")), longest, qn)


def _span(cell: Any, qn: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"))) if span is not None else 1


def _let_break(row: Any, qn: Any) -> None:
    whole = row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}")
    if whole is not None and sum(len(t.text or "") for t in row.iter(qn("w:t"))) > LONGEST_WHOLE_ROW:
        whole.getparent().remove(whole)


def _fit_grid(grid: Any, columns: int, qn: Any) -> None:
    """A column added by a loop takes its share of the table's width."""
    if grid is None or not columns or len(grid) == columns:
        return
    width = sum(int(float(c.get(qn("w:w"), "0"))) for c in grid)
    for column in list(grid):
        grid.remove(column)
    for _ in range(columns):
        grid.append(grid.makeelement(qn("w:gridCol"), {qn("w:w"): str(width // columns)}))
