"""Excel, sheet by sheet: the values that were saved, as the sheet shows them. No formula is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Piece, Reading, page_of
from pipeline.evidence.readers.slides import drawn_pieces
from pipeline.office.archive import Package, refuse_doctype, xml_fault
from pipeline.office.limits import Limits, UnreadableError
from pipeline.office.live_cells import (
    COLUMN,
    ROW,
    CellLooks,
    column_letters,
    hidden_columns,
    is_hidden,
    rich_pieces,
    unescaped,
)
from pipeline.office.live_word import PAPER
from pipeline.office.number_format import BUILT_IN, shown
from pipeline.text import counted

if TYPE_CHECKING:
    from lxml import etree

BESIDE = ("drawing", "chart")
NO_RESULT, ERROR = "no result", "error"


@dataclass(frozen=True)
class _Book:
    strings: Sequence[tuple[Piece, ...]]
    formats: Sequence[str]
    """By cell style number."""
    looks: CellLooks
    since_1904: bool
    lacking: Counter[str] = field(default_factory=Counter)
    """Cells whose formula has no result saved, or an error for one."""


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A workbook; a page is a sheet, its label the sheet's name."""
    with Package(path, asked.limits) as package:
        main = package.main_part("xl/workbook.xml")
        root = package.xml(main)
        targets = package.related(main)
        settings = root.find("{*}workbookPr")
        since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        styles = next((package.xml(name) for name in package.parts_of(main, "styles")), None)
        book = _Book(_strings(package, main), _formats(styles), CellLooks(styles), since_1904)
        budget = _Budget(asked.limits)
        sheets = list(root.iter("{*}sheet"))
        pages = {}
        for number, sheet in enumerate(sheets, 1):
            where = next((targets[v][1] for k, v in sheet.attrib.items() if k.endswith("}id") and v in targets), "")
            cells: list[tuple[str, str]] = []
            pieces = _sheet_pieces(package, where, book, budget, cells) if where else iter(())
            hidden = sheet.get("state", "visible") != "visible"
            pages[number] = page_of(number, pieces, sheet.get("name") or "", hidden=hidden, cells=cells)
        remarks = package.remarks(main) + _remarks(book.lacking)
    return Reading("workbook", len(sheets), pages, remarks=remarks)


def _remarks(lacking: Counter[str]) -> tuple[str, ...]:
    empty, errors = lacking[NO_RESULT], lacking[ERROR]
    said = (
        f"{counted(empty, 'formula')} in it {'has' if empty == 1 else 'have'} no result saved, so nothing is read "
        "there: open it in Excel and save it" if empty else "",
        f"{counted(errors, 'cell')} in it {'shows' if errors == 1 else 'show'} an Excel error such as #N/A or #REF!, "
        "which is not read as words" if errors else "",
    )  # fmt: skip
    return tuple(remark for remark in said if remark)


@dataclass
class _Budget:
    """Filled cells and characters are counted, whatever a sheet says of its own size."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def spend(self, pieces: Sequence[Piece]) -> None:
        self.cells += 1
        self.characters += sum(len(text) for text, _ in pieces)
        if self.cells > self.limits.cells:
            raise UnreadableError(f"it is too large: it holds more than {self.limits.cells:,} filled cells")
        if self.characters > self.limits.text:
            raise UnreadableError(f"it is too large: it holds more than {self.limits.text:,} characters of text")


def _strings(package: Package, main: str) -> list[tuple[Piece, ...]]:
    """The texts that cells share."""
    for name in package.parts_of(main, "sharedStrings"):
        found = []
        for entry in _streamed(package, name, "si"):
            found.append(tuple(rich_pieces(entry, white=True)))
            entry.clear()
        return found
    return []


def _formats(root: etree._Element | None) -> list[str]:
    if root is None:
        return []
    own = {f.get("numFmtId"): f.get("formatCode") or "General" for f in root.iter("{*}numFmt")}
    styles = root.find("{*}cellXfs")
    ids = [x.get("numFmtId") or "0" for x in styles] if styles is not None else []
    return [own.get(i) or BUILT_IN.get(int(i) if i.isdigit() else 0, "General") for i in ids]


def _sheet_pieces(
    package: Package, name: str, book: _Book, budget: _Budget, cells: list[tuple[str, str]]
) -> Iterator[Piece]:
    """The cells of a sheet, row by row, then what is drawn on it; `cells` takes those that are seen, each by name."""
    spans: list[tuple[int, int]] = []
    number = 0
    for row in _streamed(package, name, "row", "cols"):
        if row.tag.endswith("}cols"):
            spans = hidden_columns(row)
            continue
        number = int(row.get("r") or number + 1)
        away = ROW if is_hidden(row, "ht") else ""
        filled = False
        for at, cell in enumerate(row, 1):
            pieces = _cell_pieces(cell, book)
            if not pieces:
                continue
            budget.spend(pieces)
            if book.looks.is_coloured(cell.get("s", "0")):
                pieces = [(text, "" if why == PAPER else why) for text, why in pieces]
            unseen = away or (COLUMN if spans and _is_in(_column(cell, at), spans) else "")
            unseen = unseen or book.looks.unseen(cell.get("s", "0"))
            if not unseen:
                cells.append(
                    (f"{column_letters(_column(cell, at))}{number}", "".join(text for text, why in pieces if not why))
                )
            yield (" \t ", "") if filled else ("", "")
            yield from ((text, unseen or why) for text, why in pieces)
            filled = True
        row.clear()
        if filled:
            yield "\n", ""
    for drawing in package.parts_of(name, *BESIDE):
        yield from drawn_pieces(package.xml(drawing))
        for chart in package.parts_of(drawing, "chart"):
            yield from drawn_pieces(package.xml(chart))


def _column(cell: etree._Element, otherwise: int) -> int:
    """A cell's column, from 1: `C7` is 3."""
    number = 0
    for letter in cell.get("r", ""):
        if not "A" <= letter <= "Z":
            break
        number = number * 26 + ord(letter) - 64
    return number or otherwise


def _is_in(column: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(first <= column <= last for first, last in spans)


def _cell_pieces(cell: etree._Element, book: _Book) -> Sequence[Piece]:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return tuple(rich_pieces(cell, white=True))
    if len(cell) == 0:
        return ()
    last = cell[-1]  # a formula stands before its value
    value = (last.text if last.tag.endswith("}v") else cell.findtext("{*}v")) or ""
    if kind == "e":
        book.lacking[ERROR] += 1
        return ()
    if not value and kind != "str" and cell.find("{*}f") is not None:
        book.lacking[NO_RESULT] += 1
    if kind == "s":
        return book.strings[int(value)] if value.isdigit() and int(value) < len(book.strings) else ()
    text = _value_text(kind, value, cell.get("s", "0"), book)
    return ((text, ""),) if text else ()


def _value_text(kind: str, value: str, style: str, book: _Book) -> str:
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n" or not value:
        return unescaped(value)
    if style == "0" and value.isdigit() and len(value) < 12:
        return value
    code = book.formats[int(style)] if style.isdigit() and int(style) < len(book.formats) else "General"
    return shown(value, code, book.since_1904)


def _streamed(package: Package, name: str, *tags: str) -> Iterator[etree._Element]:
    """Elements as they come, so that a sheet of any length takes little memory."""
    from lxml import etree

    first = True
    stream = package.open(name)
    try:
        for _, element in etree.iterparse(
            stream,
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
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
