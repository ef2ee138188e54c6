"""DRAFT across every page: a watermark in each header, as Word itself writes one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

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
