"""How a Word form looks, and its content controls."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pipeline.office.archive import midnight

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUIET = "\N{NO-BREAK SPACE}" * 6
"""What stands in an empty place that asks for nothing: visible when chosen, blank on paper."""


class Controls:
    """Makes the controls of one document; each has a number of its own."""

    def __init__(self) -> None:
        self._number = 1000

    def choice(self, tag: str, alias: str, prompt: str, items: Sequence[str], *, free: bool = False) -> Any:
        """A drop-down; with `free`, one that also takes typed text."""
        listed = _element("w:comboBox" if free else "w:dropDownList")
        for item in dict.fromkeys(clean(i) for i in items):
            listed.append(_element("w:listItem", displayText=item, value=item))
        return self._run_control(tag, alias, prompt, listed)

    def text(self, tag: str, alias: str) -> Any:
        """A place for plain text, several lines if need be."""
        return self._run_control(tag, alias, _QUIET, _element("w:text", multiLine="1"))

    def date(self, tag: str, alias: str, prompt: str) -> Any:
        """A calendar; the day is written so that it cannot be misread."""
        kind = _element("w:date")
        kind.append(_element("w:dateFormat", val="yyyy-MM-dd"))
        kind.append(_element("w:lid", val="en-GB"))
        kind.append(_element("w:storeMappedDataAs", val="date"))
        kind.append(_element("w:calendar", val="gregorian"))
        return self._run_control(tag, alias, prompt, kind)

    def rich(self, tag: str, alias: str, prompt: str) -> Any:
        """A place for paragraphs, and for documents that are dropped into it."""
        control = self._control(tag, alias, "sdtLocked", None, showing=True)
        paragraph = _element("w:p")
        paragraph.append(placeholder_run(prompt))
        control[1].append(paragraph)
        return control

    def locked(self, blocks: Sequence[Any]) -> Any:
        """Paragraphs that cannot be edited."""
        control = self._control("", "", "sdtContentLocked", None, showing=False)
        for block in blocks:
            control[1].append(block)
        return control

    def _run_control(self, tag: str, alias: str, prompt: str, kind: Any) -> Any:
        control = self._control(tag, alias, "sdtLocked", kind, showing=True)
        control[1].append(placeholder_run(prompt))
        return control

    def _control(self, tag: str, alias: str, lock: str, kind: Any, showing: bool) -> Any:
        self._number += 1
        control, properties = _element("w:sdt"), _element("w:sdtPr")
        if tag:
            properties.append(_element("w:alias", val=alias[:64]))
            properties.append(_element("w:tag", val=tag[:64]))
        properties.append(_element("w:id", val=str(self._number)))
        properties.append(_element("w:lock", val=lock))
        if showing:
            properties.append(_element("w:showingPlcHdr"))
        if kind is not None:
            properties.append(kind)
        control.append(properties)
        control.append(_element("w:sdtContent"))
        return control


def placeholder_run(prompt: str) -> Any:
    """A run that Word replaces with what is typed."""
    run, properties = _element("w:r"), _element("w:rPr")
    properties.append(_element("w:rStyle", val="PlaceholderText"))
    run.append(properties)
    text = _element("w:t")
    text.text = prompt
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def clean(text: str) -> str:
    """A text that an Office file can hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


INK, BLUE = RGBColor(0x21, 0x2B, 0x32), RGBColor(0x00, 0x5E, 0xB8)
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 13, "Heading 3": 12}


def new_document(title: str, organisation: str, day: datetime.date) -> Any:
    """An empty A4 document in our styles, its properties set."""
    document = Document()
    _as_of_today(document)
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


def _as_of_today(document: Any) -> None:
    """Word's current mode: without it the form opens as one of an older version."""
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat, mode = _element("w:compat"), _element("w:compatSetting", val="15")
    mode.set(qn("w:name"), "compatibilityMode")
    mode.set(qn("w:uri"), "http://schemas.microsoft.com/office/word")
    compat.append(mode)
    settings.insert_element_before(compat, *_AFTER_COMPAT)


# fmt: off
_AFTER_COMPAT = (
    "w:docVars", "w:rsids", "m:mathPr", "w:attachedSchema", "w:themeFontLang", "w:clrSchemeMapping",
    "w:doNotIncludeSubdocsInStats", "w:doNotAutoCompressPictures", "w:forceUpgrade", "w:captions",
    "w:readModeInkLockDown", "w:smartTagType", "w:shapeDefaults", "w:doNotEmbedSmartTags", "w:decimalSymbol",
    "w:listSeparator",
)
# fmt: on


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


def table(document: Any, headings: Sequence[str], rows: int, widths: Sequence[float], about: str = "") -> Any:
    """A table with a header row that repeats, rows that do not split, and fixed widths in centimetres.

    `about` is what a screen reader says that it is; else its headings.
    """
    made = document.add_table(rows=1 + rows, cols=len(headings))
    made._tbl.tblPr.style = "TableGrid"
    made.autofit = False
    made._tbl.tblPr.append(_element("w:tblCaption", val=clean(about or ", ".join(headings))))
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
