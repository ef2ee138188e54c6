"""Excel, sheet by sheet: the values that were saved, as the sheet shows them. No formula is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.limits import Limits
from pipeline.evidence.package import Package, refuse_doctype, xml_fault
from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading, UnreadableError
from pipeline.evidence.readers.number_format import BUILT_IN, shown
from pipeline.evidence.readers.word import drawn_text

if TYPE_CHECKING:
    from lxml import etree

BESIDE = ("drawing", "chart")


@dataclass(frozen=True)
class _Book:
    strings: Sequence[str]
    formats: Sequence[str]
    """By cell style number."""
    since_1904: bool


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A workbook; a page is a sheet, its label the sheet's name."""
    with Package(path, asked.limits) as package:
        main = package.main_part("xl/workbook.xml")
        root = package.xml(main)
        targets = package.related(main)
        settings = root.find("{*}workbookPr")
        since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        book = _Book(_strings(package, main), _formats(package, main), since_1904)
        budget = _Budget(asked.limits)
        sheets = list(root.iter("{*}sheet"))
        pages = {}
        for number, sheet in enumerate(sheets, 1):
            where = next((targets[v][1] for k, v in sheet.attrib.items() if k.endswith("}id") and v in targets), "")
            text = _sheet_text(package, where, book, budget) if where else ""
            pages[number] = Page(
                number, text, sheet.get("name") or "", hidden=sheet.get("state", "visible") != "visible"
            )
        remarks = package.remarks(main)
    return Reading("workbook", len(sheets), pages, remarks=remarks)


@dataclass
class _Budget:
    """Filled cells and characters are counted, whatever a sheet says of its own size."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def spend(self, text: str) -> None:
        self.cells += 1
        self.characters += len(text)
        if self.cells > self.limits.cells:
            raise UnreadableError(f"it is too large: it holds more than {self.limits.cells:,} filled cells")
        if self.characters > self.limits.text:
            raise UnreadableError(f"it is too large: it holds more than {self.limits.text:,} characters of text")


def _strings(package: Package, main: str) -> list[str]:
    """The texts that cells share, without the reading aids of East Asian text."""
    for name in package.parts_of(main, "sharedStrings"):
        found = []
        for entry in _streamed(package, name, "si"):
            found.append(_rich_text(entry))
            entry.clear()
        return found
    return []


def _rich_text(entry: etree._Element) -> str:
    return "".join(t.text or "" for t in entry.iter("{*}t") if not t.getparent().tag.endswith("}rPh"))


def _formats(package: Package, main: str) -> list[str]:
    for name in package.parts_of(main, "styles"):
        root = package.xml(name)
        own = {f.get("numFmtId"): f.get("formatCode") or "General" for f in root.iter("{*}numFmt")}
        styles = root.find("{*}cellXfs")
        ids = [x.get("numFmtId") or "0" for x in styles] if styles is not None else []
        return [own.get(i) or BUILT_IN.get(int(i) if i.isdigit() else 0, "General") for i in ids]
    return []


def _sheet_text(package: Package, name: str, book: _Book, budget: _Budget) -> str:
    lines = []
    for row in _streamed(package, name, "row"):
        cells = []
        for cell in row:
            text = _cell_text(cell, book)
            if text:
                budget.spend(text)
                cells.append(text)
        row.clear()
        if cells:
            lines.append(" \t ".join(cells))
    for drawing in package.parts_of(name, *BESIDE):
        lines.append(drawn_text(package.xml(drawing)))
        lines += [drawn_text(package.xml(chart)) for chart in package.parts_of(drawing, "chart")]
    return "\n".join(lines)


def _cell_text(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _rich_text(cell)
    if len(cell) == 0:
        return ""
    last = cell[-1]  # a formula stands before its value
    value = (last.text if last.tag.endswith("}v") else cell.findtext("{*}v")) or ""
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return value
    style = cell.get("s", "0")
    if style == "0" and value.isdigit() and len(value) < 12:
        return value
    code = book.formats[int(style)] if style.isdigit() and int(style) < len(book.formats) else "General"
    return shown(value, code, book.since_1904)


def _streamed(package: Package, name: str, tag: str) -> Iterator[etree._Element]:
    """Elements as they come, so that a sheet of any length takes little memory."""
    from lxml import etree

    first = True
    stream = package.open(name)
    try:
        for _, element in etree.iterparse(
            stream, events=("end",), tag=f"{{*}}{tag}", resolve_entities=False, no_network=True, load_dtd=False
        ):
            if first:
                refuse_doctype(element)
                first = False
            yield element
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise UnreadableError(xml_fault(str(error))) from error
    finally:
        stream.close()
