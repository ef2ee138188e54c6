"""An Excel workbook with some cells changed: every other cell, style, picture and sheet stays as it is."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from typing import Any

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from pipeline.errors import UsageError
from pipeline.office.sources import office_package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,9}[1-9])?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DAY_ONE, _DAY_ONE_OF_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


def with_cells(content: bytes, name: str, sheet: str, cells: Mapping[tuple[int, int], str]) -> bytes:
    """The workbook with these texts in cells of one sheet, by (row number, column from 0).

    A number or a day stays one in a cell that held one. A cell with a formula is refused.
    """
    office_package(content, name, "Excel workbook")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as made:
        part, since = _part_of(package, sheet)
        for info in package.infolist():
            held = package.read(info)
            if info.filename == part:
                held = _edited(held, name, cells, since, _Styles(package))
            made.writestr(info, held, compress_type=info.compress_type)
    return out.getvalue()


def _tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def _parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _part_of(package: zipfile.ZipFile, title: str) -> tuple[str, datetime.date]:
    """The part that holds a sheet, and the day from which its days are counted."""
    roots = _parsed(package.read("_rels/.rels"))
    book_name = next(r.get("Target") for r in roots if r.get("Type", "").endswith("/officeDocument")).lstrip("/")
    book = _parsed(package.read(book_name))
    folder, _, file = book_name.rpartition("/")
    relations = _parsed(package.read(f"{folder}/_rels/{file}.rels"))
    targets = {r.get("Id"): r.get("Target") for r in relations}
    # A package may be written in the strict form of the standard, with other names.
    found = [s for s in book.iter("{*}sheet") if s.get("name") == title]
    if not found or not book.tag.startswith(f"{{{MAIN}}}"):
        raise UsageError("This workbook cannot be changed here.", "Open it in Excel and make the change there.")
    target = targets[found[0].get(RELATION)]
    part = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
    about = book.find(_tag("workbookPr"))
    of_1904 = about is not None and about.get("date1904") in ("1", "true")
    return part, _DAY_ONE_OF_1904 if of_1904 else _DAY_ONE


class _Styles:
    """Which styles of a workbook show days, and which show a number as it is."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

        part = next((n for n in package.namelist() if n.endswith("/styles.xml")), None)
        root = _parsed(package.read(part)) if part else etree.Element("none")
        own = {int(f.get("numFmtId")): f.get("formatCode", "") for f in root.iter(_tag("numFmt"))}
        styles = root.find(_tag("cellXfs"))
        formats = [int(style.get("numFmtId", 0)) for style in (styles if styles is not None else ())]
        self.codes = [own.get(number, BUILTIN_FORMATS.get(number, "General")) for number in formats]
        self._is_day = is_date_format

    def code(self, cell: Any) -> str:
        number = int(cell.get("s", 0))
        return self.codes[number] if number < len(self.codes) else "General"

    def is_day(self, cell: Any) -> bool:
        return bool(self._is_day(self.code(cell)))

    def is_plain(self, cell: Any) -> bool:
        return self.code(cell) == "General"


def _edited(
    content: bytes, name: str, cells: Mapping[tuple[int, int], str], since: datetime.date, styles: _Styles
) -> bytes:
    root = _parsed(content)
    data = root.find(_tag("sheetData"))
    rows = {int(row.get("r", 0)): row for row in data}
    for (number, column), text in sorted(cells.items()):
        row = rows.get(number)
        if row is None:
            row = rows[number] = _new_row(data, rows, number)
        cell = _cell(row, number, column)
        if cell.find(_tag("f")) is not None:
            raise UsageError(
                f"{name}, row {number}: a formula stands in this cell, so it is not changed here.",
                "Open the file in Excel and type the value itself over the formula.",
            )
        if not len(cell) and "s" not in cell.attrib and (above := _above(rows, number, column)) is not None:
            cell.set("s", above)
        _fill(cell, _NOT_IN_XML.sub("", text), since, styles)
    _widen(root, cells)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _new_row(data: Any, rows: Mapping[int, Any], number: int) -> Any:
    row = etree.Element(_tag("row"), r=str(number))
    before = max((n for n in rows if n < number), default=None)
    data.insert(0 if before is None else data.index(rows[before]) + 1, row)
    return row


def _cell(row: Any, number: int, column: int) -> Any:
    """The cell of a row, made in its place where it is not there."""
    place, after = 0, -1
    for index, cell in enumerate(row):
        after = _column_of(cell, after)
        if after == column:
            return cell
        if after < column:
            place = index + 1
    new = etree.Element(_tag("c"), r=f"{get_column_letter(column + 1)}{number}")
    row.insert(place, new)
    return new


def _column_of(cell: Any, after: int) -> int:
    from openpyxl.utils import column_index_from_string

    place = cell.get("r")
    return column_index_from_string(coordinate_from_string(place)[0]) - 1 if place else after + 1


def _above(rows: Mapping[int, Any], number: int, column: int) -> str | None:
    """The style of the cell above, which a new one takes; none from the header."""
    for row in (rows[n] for n in (number - 1,) if n in rows and len([r for r in rows if r < number]) > 1):
        for cell, place in _placed(row):
            if place == column:
                return cell.get("s")  # type: ignore[no-any-return]
    return None


def _placed(row: Any) -> Iterator[tuple[Any, int]]:
    after = -1
    for cell in row:
        after = _column_of(cell, after)
        yield cell, after


def _fill(cell: Any, text: str, since: datetime.date, styles: _Styles) -> None:
    held_number = cell.get("t", "n") == "n" and cell.find(_tag("v")) is not None
    for part in list(cell):
        cell.remove(part)
    cell.attrib.pop("t", None)
    if not text:
        return
    if styles.is_day(cell) and _DAY.fullmatch(text) and (days := _days(text, since)) is not None:
        etree.SubElement(cell, _tag("v")).text = str(days)
    elif held_number and styles.is_plain(cell) and _NUMBER.fullmatch(text):
        etree.SubElement(cell, _tag("v")).text = text
    else:
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, _tag("is")), _tag("t"))
        inner.text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
        inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _days(text: str, since: datetime.date) -> int | None:
    try:
        days = (datetime.date.fromisoformat(text) - since).days
    except ValueError:
        return None
    return days if days > 60 else None  # Excel counts a day too many in the spring of 1900


def _widen(root: Any, cells: Mapping[tuple[int, int], str]) -> None:
    """What the sheet says of how far it is filled."""
    said = root.find(_tag("dimension"))
    if said is None or not cells:
        return
    found = re.fullmatch(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?", said.get("ref", ""))
    if found:
        from openpyxl.utils import column_index_from_string

        right = max(column_index_from_string(found[3] or found[1]), *(column + 1 for _, column in cells))
        bottom = max(int(found[4] or found[2]), *(row for row, _ in cells))
        said.set("ref", f"{found[1]}{found[2]}:{get_column_letter(right)}{bottom}")
