"""A table with some of its cells changed: whatever was not touched stays as it is, to the byte in a CSV file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import InputError, UsageError
from pipeline.inputs.tables import Columns, Headings, best_grid, grids_of, header_of
from pipeline.office.excel_edit import with_cells
from pipeline.office.sources import BYTE_MARKS, decode
from pipeline.office.workbooks import Grid, begins_with_separator, separator_of


@dataclass(frozen=True)
class Sheet:
    """A table as it lies in its file: its columns by their place, and what stands in each filled row below them."""

    file: str
    content: bytes
    columns: tuple[str, ...]
    """Our name of each column, by its place; empty for one that is not ours."""
    rows: Mapping[int, Mapping[str, str]]
    """Row number -> column -> text."""
    grid: Grid
    header: int
    known: Columns
    own: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """What becomes of a row: these cells anew, or without `cells` the row taken out. Without a number a new row."""

    row: int | None
    cells: Mapping[str, str] | None


def open_sheet(content: bytes, file: str, known: Columns, own: Mapping[str, str]) -> Sheet:
    """A table in CSV or Excel, with the numbers that its rows have in the file."""
    grid = best_grid(grids_of(content, file, known, own), known, own)
    header, heads = header_of(grid, known, own)
    meant = [Headings(known, own).meant(head) or "" for head in heads]
    columns = tuple(c if c not in meant[:index] else "" for index, c in enumerate(meant))
    rows = {
        number: {column: cells[index] for index, column in enumerate(columns) if column and index < len(cells)}
        for number, cells in grid.rows
        if number > header
    }
    return Sheet(file, content, columns, rows, grid, header, known, own)


def empty_sheet(file: str, known: Columns) -> Sheet:
    """A new CSV table without any row."""
    return open_sheet((",".join(known.needed) + "\n").encode(), file, known, {})


def changed(sheet: Sheet, changes: Iterable[Change]) -> bytes:
    """The file's content with these changes and no other; what cannot be changed so is refused, in words."""
    changes = tuple(changes)
    wanted = {column for change in changes for column, text in (change.cells or {}).items() if text.strip()}
    columns = _with_new_columns(sheet, wanted)
    before = dict(sheet.rows)
    excel = sheet.file.lower().endswith(".xlsx")
    content = (_in_excel if excel else _in_csv)(sheet, columns, changes)
    _refuse_other_changes(sheet, before, content, changes)
    return content


def _with_new_columns(sheet: Sheet, wanted: Iterable[str]) -> tuple[str, ...]:
    """The columns, with those at their end that the file does not have yet and something is to be written into."""
    missing = set(wanted) - set(sheet.columns)
    if unknown := missing - set(sheet.known.all):
        raise UsageError(f"There is no column `{min(unknown)}`.", f"The columns are {', '.join(sheet.known.all)}.")
    return (*sheet.columns, *(column for column in sheet.known.all if column in missing))


def _refuse_other_changes(
    sheet: Sheet, before: Mapping[int, Mapping[str, str]], content: bytes, changes: Sequence[Change]
) -> None:
    """Read what is to be written, and see that it differs in what was asked and in nothing else."""
    after = open_sheet(content, sheet.file, sheet.known, sheet.own)
    expected = [dict(row) for number, row in before.items() if not _is_out(number, changes)]
    at = {number: place for place, number in enumerate(n for n in before if not _is_out(n, changes))}
    for change in changes:
        if change.cells is not None and change.row in at:
            expected[at[change.row]].update(change.cells)
        elif change.cells is not None:
            expected.append(dict(change.cells))
    if [_filled(row) for row in expected if _filled(row)] != [_filled(row) for row in after.rows.values()]:
        raise InputError(
            "This change cannot be written into the file without changing more than it.",
            "Open the file in Excel and make the change there.",
            file=sheet.file,
        )


def _is_out(number: int, changes: Sequence[Change]) -> bool:
    return any(change.row == number and change.cells is None for change in changes)


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {column: text.strip() for column, text in row.items() if text.strip()}


def _in_excel(sheet: Sheet, columns: tuple[str, ...], changes: Sequence[Change]) -> bytes:
    last = max((number for number, _ in sheet.grid.rows), default=sheet.header)
    cells: dict[tuple[int, int], str] = {}
    for index in range(len(sheet.columns), len(columns)):
        cells[sheet.header, index] = columns[index]
    for change in changes:
        if change.row is None:
            last += 1
        row = change.row or last
        given = dict.fromkeys(filter(None, columns), "") if change.cells is None else change.cells
        there = sheet.rows.get(row, {})
        for column, text in given.items():
            if column in columns and text != there.get(column, ""):
                cells[row, columns.index(column)] = text
    if full := next((c for c in changes if c.cells is None and _holds_more(sheet, c.row)), None):
        raise UsageError(
            f"Row {full.row} holds more than the columns shown here, so it is not taken out.",
            "Open the file in Excel and take the row out there.",
        )
    return with_cells(sheet.content, sheet.file, sheet.grid.sheet, cells)


def _holds_more(sheet: Sheet, number: int | None) -> bool:
    cells = dict(sheet.grid.rows).get(number or 0, ())
    return any(c.strip() for i, c in enumerate(cells) if i >= len(sheet.columns) or not sheet.columns[i])


@dataclass(frozen=True)
class _Record:
    """Where a row of a CSV text stands: its cells, the end of the last one, and the end with its line end."""

    cells: tuple[tuple[int, int], ...]
    stop: int


_LINE_END = re.compile("\r\n|\r|\n")


def _records(text: str, start: int, separator: str) -> Iterator[_Record]:
    """The rows as Python's own reader of CSV parts them."""
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(separator)}\r\n]*')
    while start < len(text):
        cells = []
        while True:
            found = cell.match(text, start)
            assert found is not None  # it matches nothing, too
            cells.append(found.span())
            start = found.end()
            if not text.startswith(separator, start):
                break
            start += 1
        end = _LINE_END.match(text, start)
        start = end.end() if end else max(start, len(text))
        yield _Record(tuple(cells), start)


def _in_csv(sheet: Sheet, columns: tuple[str, ...], changes: Sequence[Change]) -> bytes:
    mark, encoding = _encoding(sheet.content)
    text = sheet.content[len(mark) :].decode(encoding)
    start = begins_with_separator(text)
    separator = separator_of(decode(sheet.content, sheet.file), Headings(sheet.known, sheet.own).all_plain)
    records = list(_records(text, start, separator))
    line_end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    edits: list[tuple[int, int, str]] = []
    if len(columns) > len(sheet.columns):
        edits += _of_row(text, records[sheet.header - 1], dict(enumerate(columns)), separator, len(sheet.columns))
    added = []
    for change in changes:
        if change.row is None:
            cells = [_cell((change.cells or {}).get(column, ""), separator, False) for column in columns]
            added.append(separator.join(cells) + line_end)
        elif change.cells is None:
            edits.append((records[change.row - 1].cells[0][0], records[change.row - 1].stop, ""))
        else:
            there = sheet.rows.get(change.row, {})
            new = {columns.index(c): t for c, t in change.cells.items() if c in columns and t != there.get(c, "")}
            edits += _of_row(text, records[change.row - 1], new, separator, 0)
    if added and text[start:] and not text.endswith(("\n", "\r")):
        added.insert(0, line_end)
    for first, last, new_text in sorted(edits, reverse=True):
        text = text[:first] + new_text + text[last:]
    text += "".join(added)
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError:
        # The old Windows letters have no room for it; UTF-8 with its mark is read by Excel too.
        return codecs.BOM_UTF8 + text.encode("utf-8")


def _of_row(
    text: str, record: _Record, cells: Mapping[int, str], separator: str, since: int
) -> Iterator[tuple[int, int, str]]:
    """The places in the text that become others, for the cells from `since` on."""
    behind = ""
    for index in range(since, max(cells, default=-1) + 1):
        if index < len(record.cells):
            first, last = record.cells[index]
            if index in cells:
                yield first, last, _cell(cells[index], separator, text[first:last].startswith('"'))
        else:
            behind += separator + _cell(cells.get(index, ""), separator, False)
    if behind:
        yield record.cells[-1][1], record.cells[-1][1], behind


def _cell(text: str, separator: str, quoted: bool) -> str:
    if quoted or any(letter in text for letter in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _encoding(content: bytes) -> tuple[bytes, str]:
    """The mark at the beginning of the file and the encoding of the rest."""
    for mark, encoding in BYTE_MARKS:
        if content.startswith(mark):
            return mark, encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "cp1252"
    return b"", "utf-8"


def with_row(sheet: Sheet, cells: Mapping[str, str]) -> bytes:
    """The file with one row more, at its end."""
    return changed(sheet, [Change(None, cells)])
