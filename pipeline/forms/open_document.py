"""OpenDocument forms (.ods, .odt): their tables as grids, from the XML, as Excel and Word forms are read."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import InputError
from pipeline.forms.wording import without_prompts
from pipeline.office.archive import damaged
from pipeline.office.live_cells import COLUMN, ROW
from pipeline.office.live_word import HIDDEN, PAPER, STRUCK, local
from pipeline.office.sources import office_package
from pipeline.office.workbooks import FORMULA, MOST_ROWS, PROMPT, PROMPT_BESIDE, UNCALCULATED, Grid, too_many_rows

_MOST_COLUMNS = 200
_WHITE = re.compile(r"[ \t\n]+")
_LIGHT = re.compile(r"#(?:f[7-9a-f]){3}", re.I)
_TRACKED, _NOTES = "tracked-changes", ("annotation", "note")
_SPACES = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def read_open_document(content: bytes, file: str) -> tuple[Grid, ...]:
    """A spreadsheet's sheets, or a text's tables and then its paragraphs, one a row."""
    body, styles = _parts(content, file)
    looks = _Looks(styles)
    sheets = local(body) == "spreadsheet"
    tables = [e for e in body.iter("{*}table") if not any(local(a) in (_TRACKED, *_NOTES) for a in e.iterancestors())]
    grids = [_grid(table, looks, "" if sheets else f"table {n}", file) for n, table in enumerate(tables, 1)]
    if not sheets:
        loose = [
            e
            for e in body.iter("{*}p", "{*}h")
            if not any(local(a) in ("table-cell", _TRACKED, *_NOTES) for a in e.iterancestors())
        ]
        texts = ((number, (_text(e, looks),)) for number, e in enumerate(loose, 1))
        grids.append(Grid(tuple(row for row in texts if row[1][0].strip()), "text"))
    return tuple(grids)


def _parts(content: bytes, file: str) -> tuple[Any, list[Any]]:
    package = office_package(content, file, "OpenDocument file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(package) as archive:
            names = archive.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise InputError(
                    "The file is protected with a password, so it cannot be read.",
                    "Save it without a password.",
                    file=file,
                )
            root = etree.fromstring(archive.read("content.xml"), parser)
            others = [etree.fromstring(archive.read(n), parser) for n in ("styles.xml",) if n in names]
    except KeyError as fault:
        raise InputError(
            "By its name this is an OpenDocument file, but it is something else.",
            "Save it again from the program that made it.",
            file=file,
        ) from fault
    except (etree.XMLSyntaxError, zipfile.BadZipFile, ValueError) as fault:
        raise damaged(file) from fault
    body = next((e for b in root.iter("{*}body") for e in b if local(e) in ("spreadsheet", "text")), None)
    if body is None:
        raise damaged(file)
    return body, [root, *others]


class _Looks:
    """By the name of a style: why words or cells that have it are not live, and what is hidden."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles = {_value(e, "name"): e for root in roots for e in root.iter("{*}style")}

    def why(self, style: str) -> str:
        """Why words in this style, or in one that it is made from, are not live."""
        for entry in self._chain(style):
            for text in entry.iter("{*}text-properties"):
                if _value(text, "text-line-through-style") not in ("", "none"):
                    return STRUCK
                if _value(text, "display") == "none":
                    return HIDDEN
        white = _LIGHT.fullmatch(self._first(style, "color", "text-properties"))
        return PAPER if white and not self.is_coloured(style) else ""

    def is_coloured(self, style: str) -> bool:
        """Whether what has this style lies on something darker than paper."""
        return not _LIGHT.fullmatch(self._first(style, "background-color", "*") or "#ffffff")

    def _first(self, style: str, name: str, properties: str) -> str:
        """A property of a style, or of the nearest that it is made from; `transparent` is none."""
        found = (_value(e, name) for entry in self._chain(style) for e in entry.iter(f"{{*}}{properties}"))
        return next((value for value in found if value not in ("", "transparent")), "")

    def _chain(self, style: str) -> Iterator[Any]:
        seen = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = _value(self._styles[style], "parent-style-name")

    def hides(self, style: str) -> bool:
        """Whether a sheet of this style is hidden."""
        entry = self._styles.get(style)
        return entry is not None and any(_value(e, "display") == "false" for e in entry.iter("{*}table-properties"))


def _grid(table: Any, looks: _Looks, name: str, file: str) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    marks, merged, unseen, covered = {}, [], {}, {}
    number, hidden = 0, _hidden_columns(table)
    for row in _rows(table):
        cells: list[str] = []
        away = _value(row, "visibility") in ("collapse", "filter")
        for cell in (c for c in row if local(c) in ("table-cell", "covered-table-cell")):
            text, lost = _cell(cell, looks)
            kept = without_prompts(text)
            at = (number + 1, len(cells))
            if kept != text.strip():
                marks[at] = PROMPT_BESIDE if kept else PROMPT
                text = kept
            elif _value(cell, "formula"):
                marks[at] = FORMULA if text else UNCALCULATED
            if lost:
                unseen[at] = lost
            down, across = (_count(cell, f"number-{side}-spanned") for side in ("rows", "columns"))
            if down > 1 or across > 1:
                merged.append((*at, at[0] + down - 1, at[1] + across - 1))
            for _ in range(min(_count(cell, "number-columns-repeated"), _MOST_COLUMNS - len(cells))):
                if text and (away or len(cells) in hidden):
                    covered[number + 1, len(cells)] = ROW if away else COLUMN
                cells.append(text)
        if any(c.strip() for c in cells) or any(at[0] == number + 1 for at in unseen):
            rows.append((number + 1, tuple(cells)))
        number += _count(row, "number-rows-repeated")
        if len(rows) > MOST_ROWS:
            raise too_many_rows(file)
    return Grid(
        tuple(rows),
        name or _value(table, "name"),
        looks.hides(_value(table, "style-name")),
        marks,
        unseen=unseen,
        covered=covered,
        merged=tuple(merged),
    )


def _rows(parent: Any) -> Iterator[Any]:
    for inner in parent:
        if local(inner) == "table-row":
            yield inner
        elif local(inner) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(inner)


def _hidden_columns(table: Any) -> set[int]:
    found: set[int] = set()
    at = 0
    for column in table.iter("{*}table-column"):
        wide = min(_count(column, "number-columns-repeated"), _MOST_COLUMNS)
        if _value(column, "visibility") in ("collapse", "filter"):
            found |= set(range(at, at + wide))
        at += wide
    return found


def _cell(cell: Any, looks: _Looks) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The live text of a cell, dates as ISO; and the words in it that are not live, with why."""
    if local(cell) == "covered-table-cell":
        return "", ()
    whole = looks.why(_value(cell, "style-name"))
    paragraphs = [e for e in cell.iter("{*}p", "{*}h") if _owner(e) is cell]
    pieces = [[(text, whole or why) for text, why in _pieces(e, looks, "")] for e in paragraphs]
    if looks.is_coloured(_value(cell, "style-name")):
        pieces = [[(text, "" if why == PAPER else why) for text, why in line] for line in pieces]
    lost = tuple((text, why) for line in pieces for text, why in line if why and text.strip())
    text = "\n".join("".join(text for text, why in line if not why) for line in pieces)
    date = _value(cell, "date-value") if _value(cell, "value-type") == "date" else ""
    return (date.removesuffix("T00:00:00").replace("T", " ") if date and text.strip() else text), lost


def _owner(paragraph: Any) -> Any:
    """The cell that a paragraph is typed into; none for a note on it."""
    for around in paragraph.iterancestors():
        if local(around) in _NOTES:
            return None
        if local(around) == "table-cell":
            return around
    return None


def _text(element: Any, looks: _Looks) -> str:
    return "".join(text for text, why in _pieces(element, looks, "") if not why)


def _pieces(element: Any, looks: _Looks, why: str) -> Iterator[tuple[str, str]]:
    why = why or (looks.why(_value(element, "style-name")) if local(element) in ("span", "p", "h") else "")
    if element.text and local(element) not in ("creator", "date", "initials"):
        yield _collapsed(element.text), why
    for inner in element:
        name = local(inner)
        if name == "s":
            yield " " * _count(inner, "c"), why
        elif name in _SPACES:
            yield _SPACES[name], why
        elif name not in (*_NOTES, _TRACKED, "hidden-text"):
            yield from _pieces(inner, looks, why)
        if inner.tail:
            yield _collapsed(inner.tail), why


def _collapsed(text: str) -> str:
    """White space in the XML is one space at most; what people typed stands in elements of its own."""
    return _WHITE.sub(" ", text.replace("\r", ""))


def _count(element: Any, name: str) -> int:
    value = _value(element, name)
    return max(1, int(value)) if value.isascii() and value.isdigit() else 1


def _value(element: Any, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")
