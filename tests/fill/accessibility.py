"""What a Word file owes to those who read it with a screen reader, in grey print, or with low vision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn

LEAST_CONTRAST = 4.5
LEAST_POINTS = 10


def faults(content: bytes) -> list[str]:
    """Everything that is wrong, in words; an empty list is what we want."""
    document = Document(BytesIO(content))
    checks = (_properties, _language, _headings, _tables, _pictures, _lists, _sizes, _references)
    return [fault for check in checks for fault in check(document)]


def _properties(document: Any) -> Iterator[str]:
    title = document.core_properties.title
    if not title.strip():
        yield "no title"
    if re.search(r"&(amp|lt|gt|#34);", title):
        yield "the title holds escaped characters"


def _language(document: Any) -> Iterator[str]:
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    if default is None or default.get(qn("w:val")) != "en-GB":
        yield "the language is not en-GB"
    if document.core_properties.language != "en-GB":
        yield "the language in the properties is not en-GB"


def _headings(document: Any) -> Iterator[str]:
    before = 0
    for paragraph in document.paragraphs:
        found = re.match(r"Heading (\d)", paragraph.style.name)
        if not found:
            continue
        if int(found[1]) > before + 1:
            yield f"a heading is skipped before “{paragraph.text}”"
        if not paragraph.text.strip():
            yield "an empty heading"
        before = int(found[1])
    if not before:
        yield "no headings"


def _tables(document: Any) -> Iterator[str]:
    colours = _colours_of_styles(document)
    for table in document.element.body.iter(qn("w:tbl")):
        words = "".join(t.text or "" for t in table.iter(qn("w:t")))[:40]
        first = table.find(qn("w:tr"))
        if first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            yield f"a table without a head row: {words}"
        if any("".join(t.text or "" for t in cell.iter(qn("w:t"))) == "" for cell in first.iter(qn("w:tc"))):
            yield f"an empty head cell: {words}"
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblDescription')}") is None:
            yield f"a table without a description: {words}"
        for cell in table.iter(qn("w:tc")):
            yield from _cell(cell, colours)


def _cell(cell: Any, colours: dict[str, str]) -> Iterator[str]:
    shade = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    if shade is None or shade.get(qn("w:fill")) in ("auto", "FFFFFF"):
        return
    words = "".join(t.text or "" for t in cell.iter(qn("w:t")))
    if not words.strip():
        yield "a shaded cell without words"
    for run in cell.iter(qn("w:r")):
        own = run.find(f"{qn('w:rPr')}/{qn('w:color')}")
        style = run.getparent().find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        inherited = colours.get(style.get(qn("w:val")) if style is not None else "", "212B32")
        ink = own.get(qn("w:val")) if own is not None else inherited
        if contrast(shade.get(qn("w:fill")), ink) < LEAST_CONTRAST:
            yield f"{ink} on {shade.get(qn('w:fill'))} cannot be read well: {words}"


def _colours_of_styles(document: Any) -> dict[str, str]:
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        colour = style.find(f"{qn('w:rPr')}/{qn('w:color')}")
        if colour is not None:
            found[style.get(qn("w:styleId"))] = colour.get(qn("w:val"))
    return found


def _pictures(document: Any) -> Iterator[str]:
    for picture in document.element.iter(qn("wp:docPr")):
        if not (picture.get("descr") or "").strip():
            yield "a picture without alt text"


def _lists(document: Any) -> Iterator[str]:
    for paragraph in document.paragraphs:
        if re.match(r"^\s*([-•*]|\d+[.)])\s", paragraph.text):
            yield f"a list item that is typed by hand: {paragraph.text[:30]}"


def _sizes(document: Any) -> Iterator[str]:
    for size in document.styles.element.iter(qn("w:sz")):
        if int(size.get(qn("w:val"))) < 2 * LEAST_POINTS:
            yield f"a style of {int(size.get(qn('w:val'))) / 2} points"
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}")
    if int(default.get(qn("w:val"))) < 24:
        yield "the body is under 12 points"
    for size in document.element.body.iter(qn("w:sz")):
        yield f"a size outside the styles: {size.get(qn('w:val'))}"


def _references(document: Any) -> Iterator[str]:
    body = document.element.body
    names = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    if len(names) != len(set(names)):
        yield "a bookmark's name is used twice"
    for link in body.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor and anchor not in names:
            yield f"a link to nowhere: {anchor}"
        if not "".join(t.text or "" for t in link.iter(qn("w:t"))).strip():
            yield "a link without words"
    kinds = [f.get(qn("w:fldCharType")) for f in body.iter(qn("w:fldChar"))]
    if kinds.count("begin") != kinds.count("end"):
        yield "a field that is not closed"
    if re.search(r"\{\{|\{%|%\}|\}\}", "".join(t.text or "" for t in body.iter(qn("w:t")))):
        yield "template code is left in the text"


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
