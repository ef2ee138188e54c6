"""OpenDocument forms (.ods, .odt): their tables as grids, from the XML, as Excel and Word forms are read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import InputError
from pipeline.forms.wording import without_prompts
from pipeline.office.archive import damaged
from pipeline.office.live_cells import COLUMN, ROW
from pipeline.office.live_open import (
    MOST_COLUMNS,
    NOTES,
    TRACKED_CHANGES,
    OpenLooks,
    attribute,
    hidden_open_columns,
    how_many,
    open_pieces,
)
from pipeline.office.live_word import PAPER, local
from pipeline.office.sources import office_package
from pipeline.office.workbooks import FORMULA, MOST_ROWS, PROMPT, PROMPT_BESIDE, UNCALCULATED, Grid, too_many_rows


def read_open_document(content: bytes, file: str) -> tuple[Grid, ...]:
    """A spreadsheet's sheets, or a text's tables and then its paragraphs, one a row."""
    body, styles = _parts(content, file)
    looks = OpenLooks(styles)
    sheets = local(body) == "spreadsheet"
    tables = [
        e for e in body.iter("{*}table") if not any(local(a) in (TRACKED_CHANGES, *NOTES) for a in e.iterancestors())
    ]
    grids = [_grid(table, looks, "" if sheets else f"table {n}", file) for n, table in enumerate(tables, 1)]
    if not sheets:
        loose = [
            e
            for e in body.iter("{*}p", "{*}h")
            if not any(local(a) in ("table-cell", TRACKED_CHANGES, *NOTES) for a in e.iterancestors())
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


def _grid(table: Any, looks: OpenLooks, name: str, file: str) -> Grid:
    rows: list[tuple[int, tuple[str, ...]]] = []
    marks, merged, unseen, covered = {}, [], {}, {}
    number, hidden = 0, hidden_open_columns(table)
    for row in _rows(table):
        cells: list[str] = []
        away = attribute(row, "visibility") in ("collapse", "filter")
        for cell in (c for c in row if local(c) in ("table-cell", "covered-table-cell")):
            text, lost = _cell(cell, looks)
            kept = without_prompts(text)
            at = (number + 1, len(cells))
            if kept != text.strip():
                marks[at] = PROMPT_BESIDE if kept else PROMPT
                text = kept
            elif attribute(cell, "formula"):
                marks[at] = FORMULA if text else UNCALCULATED
            if lost:
                unseen[at] = lost
            down, across = (how_many(cell, f"number-{side}-spanned") for side in ("rows", "columns"))
            if down > 1 or across > 1:
                merged.append((*at, at[0] + down - 1, at[1] + across - 1))
            for _ in range(min(how_many(cell, "number-columns-repeated"), MOST_COLUMNS - len(cells))):
                if text and (away or len(cells) in hidden):
                    covered[number + 1, len(cells)] = ROW if away else COLUMN
                cells.append(text)
        if any(c.strip() for c in cells) or any(at[0] == number + 1 for at in unseen):
            rows.append((number + 1, tuple(cells)))
        number += how_many(row, "number-rows-repeated")
        if len(rows) > MOST_ROWS:
            raise too_many_rows(file)
    return Grid(
        tuple(rows),
        name or attribute(table, "name"),
        looks.hides(attribute(table, "style-name")),
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


def _cell(cell: Any, looks: OpenLooks) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The live text of a cell, dates as ISO; and the words in it that are not live, with why."""
    if local(cell) == "covered-table-cell":
        return "", ()
    whole = looks.why(attribute(cell, "style-name"))
    paragraphs = [e for e in cell.iter("{*}p", "{*}h") if _owner(e) is cell]
    pieces = [[(text, whole or why) for text, why in open_pieces(e, looks, "")] for e in paragraphs]
    if looks.is_coloured(attribute(cell, "style-name")):
        pieces = [[(text, "" if why == PAPER else why) for text, why in line] for line in pieces]
    lost = tuple((text, why) for line in pieces for text, why in line if why and text.strip())
    text = "\n".join("".join(text for text, why in line if not why) for line in pieces)
    date = attribute(cell, "date-value") if attribute(cell, "value-type") == "date" else ""
    return (date.removesuffix("T00:00:00").replace("T", " ") if date and text.strip() else text), lost


def _owner(paragraph: Any) -> Any:
    """The cell that a paragraph is typed into; none for a note on it."""
    for around in paragraph.iterancestors():
        if local(around) in NOTES:
            return None
        if local(around) == "table-cell":
            return around
    return None


def _text(element: Any, looks: OpenLooks) -> str:
    return "".join(text for text, why in open_pieces(element, looks, "") if not why)
