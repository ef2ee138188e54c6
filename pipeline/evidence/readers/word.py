"""Word documents, read from their XML: what a person sees, in reading order, without pages.

Tracked insertions are in; deletions, text moved away and hidden text are out. Tables, headers, footers, text boxes,
footnotes and endnotes are in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.package import Package
from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading
from pipeline.evidence.words import RAISE

if TYPE_CHECKING:
    from lxml import etree

OFF = frozenset({"0", "false", "off", "none"})
BESIDE = ("header", "footer", "footnotes", "endnotes")
DRAWN = ("diagramData", "chart")
RAISED = str.maketrans(RAISE)


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A Word document as one page of text."""
    with Package(path, asked.limits) as package:
        main = package.main_part("word/document.xml")
        hidden = _hidden_styles(package, main)
        parts = [_part_text(package.xml(main), hidden)]
        parts += [_part_text(package.xml(name), hidden) for name in package.parts_of(main, *BESIDE)]
        parts += [drawn_text(package.xml(name)) for name in package.parts_of(main, *DRAWN)]
        remarks = package.remarks(main)
    text = "\n".join(part for part in parts if part.strip())
    return Reading("word", 1, {1: Page(1, text)}, remarks=remarks)


def drawn_text(root: etree._Element) -> str:
    """The words in a drawing, a chart or a slide: one line a paragraph."""
    for fallback in list(root.iter("{*}Fallback")):
        _drop(fallback)
    lines: list[str] = []
    for element in root.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}p", "{http://purl.oclc.org/ooxml/drawingml/main}p"
    ):
        pieces = [
            t.text or "" if t.tag.endswith("}t") else "\n"
            for t in element.iter("{*}t", "{*}br")
            if not (t.getparent().tag.endswith("}fld") and t.getparent().get("type") == "slidenum")
        ]
        lines.append("".join(pieces))
    return "\n".join(lines)


def _hidden_styles(package: Package, main: str) -> frozenset[str]:
    """The styles whose text is hidden, by themselves or by the style that they are based on."""
    hidden: set[str] = set()
    for name in package.parts_of(main, "styles"):
        styles = list(package.xml(name).iter("{*}style"))
        own = {_value(s, "styleId"): (_is_hidden(s.find("{*}rPr")), s.find("{*}basedOn")) for s in styles}
        for style in own:
            seen: set[str] = set()
            current: str = style
            while current in own and current not in seen:
                seen.add(current)
                answer, base = own[current]
                if answer is not None:
                    break
                current = _value(base) if base is not None else ""
            if current in own and own[current][0]:
                hidden.add(style)
    return frozenset(hidden)


def _is_hidden(properties: etree._Element | None) -> bool | None:
    vanish = properties.find("{*}vanish") if properties is not None else None
    return None if vanish is None else _value(vanish) not in OFF


def _value(element: etree._Element, name: str = "val") -> str:
    """An attribute, whichever of the two Word namespaces it is in."""
    return next((v for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == name), "")


def _part_text(root: etree._Element, hidden_styles: frozenset[str]) -> str:
    """The text of one part; each text box stands by itself after the text around it."""
    for gone in [*root.iter("{*}Fallback", "{*}moveFrom", "{*}del")]:
        _drop(gone)
    for note in [n for n in root.iter("{*}footnote", "{*}endnote") if _value(n, "type")]:
        _drop(note)
    boxes = []
    for box in list(root.iter("{*}txbxContent")):
        boxes.append(box)
        _drop(box)
    return "\n".join("".join(_pieces(block, hidden_styles)) for block in [root, *boxes])


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _pieces(block: etree._Element, hidden_styles: frozenset[str]) -> Iterator[str]:
    """The text of the runs in reading order, a line break before each paragraph."""
    for element in block.iter("{*}p", "{*}r"):
        if element.tag.endswith("}p"):
            yield "\n"
        elif not _run_is_hidden(element, hidden_styles):
            yield _run_text(element)


def _run_is_hidden(run: etree._Element, hidden_styles: frozenset[str]) -> bool:
    properties = run.find("{*}rPr")
    own = _is_hidden(properties)
    if own is not None:
        return own
    if not hidden_styles:
        return False
    style = properties.find("{*}rStyle") if properties is not None else None
    if style is not None and _value(style) in hidden_styles:
        return True
    paragraph = next(run.iterancestors("{*}p"), None)
    style = paragraph.find("{*}pPr/{*}pStyle") if paragraph is not None else None
    return style is not None and _value(style) in hidden_styles


def _run_text(run: etree._Element) -> str:
    text = ""
    for piece in run:
        tag = piece.tag.rsplit("}", 1)[-1] if isinstance(piece.tag, str) else ""
        if tag == "t":
            text += piece.text or ""
        else:
            text += {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}.get(
                tag, ""
            )
    raised = run.find("{*}rPr/{*}vertAlign")
    if raised is not None and _value(raised) == "superscript" and text.isascii():
        # A raised figure is a note's mark or a power; the matching must be able to tell it from a figure in the line.
        return text.translate(RAISED)
    return text
