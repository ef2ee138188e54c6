"""Small Word papers with everything a real one has: headings, lists, tables, a picture, notes, links, a wide page."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from pipeline.word.package import add_watermark

NAMES_OF_PDF = ("Note", "Figure", "Table")
"""Styles of a team's own, called what PDF calls something else."""
ADDRESS = "https://www.example.nhs.uk/strategy"
RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)
CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}</Properties>'
)
KIND = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
PROPERTY = '<property fmtid="{}" pid="{}" name="{}"><vt:lpwstr>{}</vt:lpwstr></property>'
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001"
    "f61738550000000049454e44ae426082"
)


def write_paper(path: Path, title: str, *, sections: int = 2, audience: str = "", draft: bool = False) -> Path:
    """A paper with `sections` numbered sections and an annex on a wide page; a draft has its watermark."""
    document = Document()
    document.core_properties.title = title
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), "en-GB")
    document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    for name in NAMES_OF_PDF:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    title_style = document.styles["Title"].element.pPr
    title_style.remove(title_style.find(qn("w:pBdr")))
    document.sections[0].header.paragraphs[0].text = f"Header of {title}"
    document.add_paragraph(title, style="Title")
    for number in range(1, sections + 1):
        document.add_heading(f"Section {number} of {title}", 1)
        document.add_heading("Detail", 2)
        _add_cited_words(document, number)
    _add_table_and_picture(document)
    wide = document.add_section()
    wide.orientation, wide.page_width, wide.page_height = WD_ORIENT.LANDSCAPE, wide.page_height, wide.page_width
    document.add_heading(f"Annex of {title}", 1)
    _add_link(document)
    _add_notes(document, sections)
    for name in NAMES_OF_PDF:
        document.add_paragraph(f"A paragraph in a style called {name}", style=name)
    if draft:
        add_watermark(document)
    document.save(str(path))
    if audience:
        set_properties(path, audience=audience)
    return path


def set_properties(path: Path, **properties: str) -> Path:
    """Write a Word file's custom properties anew."""
    entries = [
        PROPERTY.format(KIND, pid, f"boardpack {name}", value)
        for pid, (name, value) in enumerate(properties.items(), 2)
    ]
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/custom.xml"] = CUSTOM.format("".join(entries)).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def _add_cited_words(document: DocumentType, number: int) -> None:
    words = document.add_paragraph("Words that rest on evidence")
    words.add_run()._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{number}"/>'))
    document.add_paragraph("A point in a list", style="List Bullet")


def _add_table_and_picture(document: DocumentType) -> None:
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table._cells, ("Statement", "Level", "GA1", "Growing"), strict=True):
        cell.text = text
    document.add_picture(BytesIO(PICTURE), width=Pt(50))._inline.docPr.set("descr", "A square in one colour")


def _add_link(document: DocumentType) -> None:
    relation = document.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t>the strategy</w:t></w:r>'
    document.add_paragraph("See ")._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}">{run}</w:hyperlink>')
    )


def _add_notes(document: DocumentType, number: int) -> None:
    notes = "".join(
        f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Page {n}</w:t></w:r></w:p></w:footnote>'
        for n in range(1, number + 1)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{RULES}{notes}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
