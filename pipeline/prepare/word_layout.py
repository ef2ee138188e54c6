"""How a Word form looks: styles, page, tables with header rows, headers and footers."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.prepare.same_bytes import midnight
from pipeline.prepare.word_controls import clean

INK, BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x5E, 0xB8)
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 13, "Heading 3": 12}


def new_document(title: str, organisation: str, day: datetime.date) -> Any:
    """An empty A4 document in our styles, its properties set."""
    document = Document()
    _styles(document)
    _page(document.sections[0])
    _drop_leftovers(document)
    properties = document.core_properties
    # Word takes 255 letters.
    properties.title, properties.author = clean(title)[:255], clean(organisation)[:255]
    properties.last_modified_by = ""
    properties.comments, properties.keywords, properties.language = "", "", "en-GB"
    properties.created = properties.modified = midnight(day)
    properties.revision = 1
    return document


def _styles(document: Any) -> None:
    styles = document.styles
    _font(styles["Normal"], 11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in _SIZES.items():
        _font(styles[name], size, bold=True, colour=BLUE if name == "Heading 1" else INK)
        styles[name].paragraph_format.space_before = Pt(0 if name == "Title" else 10)
        styles[name].paragraph_format.space_after = Pt(6)
        styles[name].paragraph_format.keep_with_next = True
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    prompt = styles.add_style("PlaceholderText", WD_STYLE_TYPE.CHARACTER)
    prompt.element.find(qn("w:name")).set(qn("w:val"), "Placeholder Text")
    prompt.font.color.rgb = RGBColor(0x42, 0x55, 0x63)
    small = styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = styles["Normal"]
    _font(small, 10)
    small.paragraph_format.space_after = Pt(3)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _font(style: Any, size: int, *, bold: bool = False, colour: RGBColor = INK) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = "Arial", Pt(size), bold, colour
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), "Arial")


def _page(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)


def _drop_leftovers(document: Any) -> None:
    """Parts of the library's own template that are nobody's."""
    for relation, target in list(document.part.rels.items()):
        if target.reltype.endswith(("/stylesWithEffects", "/customXml")):
            del document.part.rels[relation]
    for relation, target in list(document.part.package.rels.items()):
        if target.reltype.endswith("/thumbnail"):
            del document.part.package.rels[relation]


def running_lines(document: Any, top: str, bottom: str) -> None:
    """The header and the footer of every page, with its number."""
    section = document.sections[0]
    section.header.paragraphs[0].text = clean(top)
    footer = section.footer.paragraphs[0]
    footer.text = clean(f"{bottom}, page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")
    for paragraph in (section.header.paragraphs[0], footer):
        paragraph.style = document.styles["Small"]


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def table(document: Any, headings: Sequence[str], rows: int, widths: Sequence[float]) -> Any:
    """A table with a header row that repeats, rows that do not split, and fixed widths in centimetres."""
    made = document.add_table(rows=1 + rows, cols=len(headings))
    made._tbl.tblPr.style = "TableGrid"
    made.autofit = False
    for cell, heading in zip(made.rows[0].cells, headings, strict=True):
        write(cell, heading, bold=True)
        _shade(cell, "DAE6F2")
    for index, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Cm(width)
    return made


def keep_with_next(paragraphs: Iterable[Any]) -> None:
    """Paragraphs that stay on the page of what follows them."""
    for paragraph in paragraphs:
        paragraph.get_or_add_pPr().get_or_add_keepNext()


def write(cell: Any, text: str, *, bold: bool = False) -> None:
    """Text in a cell, letter for letter."""
    paragraph = cell.paragraphs[0]
    paragraph._p.style = "Small"  # by its id: looking styles up by name takes half the time of a form
    paragraph.add_run(clean(text)).bold = bold or None


def write_rows(made: Any, rows: Iterable[Sequence[str]]) -> None:
    """Texts into the rows below the header."""
    for row, values in zip(made.rows[1:], rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            write(cell, value)


def _shade(cell: Any, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)
