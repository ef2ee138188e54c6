"""A framework as an Excel workbook that people edit, and the YAML files of one that comes back."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.styles import Protection

from pipeline.errors import UsageError
from pipeline.files import write_whole
from pipeline.forms.excel_cells import put, put_header
from pipeline.inputs.framework_sheets import KEYS, LINES, PAIRS, REQUIRES, SHEETS, Imported
from pipeline.model import Framework
from pipeline.office.archive import midnight, same_bytes
from pipeline.workspace import Workspace

DAY = datetime.date(2026, 1, 1)
"""The time that is written into the workbook: the same framework gives the same bytes."""
PLAIN_ID = re.compile(r"\w[\w.-]*")
WIDE, NARROW = 50, 18
LONG = ("text", "good_looks_like", "prompt", "evidence", "meaning", "level_notes", "scope", "title", "value", "wording")


def framework_workbook(framework: Framework) -> bytes:
    """The framework as a workbook: a sheet for each kind of thing, a row for each."""
    book = Workbook()
    del book["Sheet"]
    for name, rows in sheets_of(framework).items():
        _write(book.create_sheet(name), SHEETS[name].all, rows)
    book.properties.title = framework.title
    book.properties.creator = book.properties.lastModifiedBy = "boardpack"
    book.properties.created = book.properties.modified = midnight(DAY)
    out = io.BytesIO()
    book.save(out)
    return same_bytes(out.getvalue(), DAY)


def _write(sheet: Any, headings: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    put_header(sheet, 1, headings)
    for number, row in enumerate(rows, 2):
        for column, heading in enumerate(headings, 1):
            cell = put(sheet, number, column, cell_text(heading, row.get(heading)))
            cell.number_format = "@"  # what people type stays as they type it: 1.10 is no number
            cell.protection = Protection(locked=False)
    for column, heading in enumerate(headings, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = WIDE if heading in LONG else NARROW
    sheet.freeze_panes = "C2" if len(headings) > 3 else "A2"


def cell_text(heading: str, value: object) -> str:
    """Entries of a list, and keys with their texts, each on a line of its own."""
    if heading in LINES and isinstance(value, tuple):
        return "\n".join(value)
    if heading in PAIRS and isinstance(value, Mapping):
        pairs = ((k, text) for k, v in value.items() for text in (v if isinstance(v, tuple) else (v,)))
        return "\n".join(f"{key}: {text}" for key, text in pairs)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def sheets_of(framework: Framework) -> Mapping[str, Iterable[Mapping[str, object]]]:
    """Sheet -> its rows by heading."""
    return {
        "Framework": [{"key": key, "value": getattr(framework, key)} for key in KEYS],
        "Levels": [
            {"id": x.id, "name": x.name, "meaning": x.meaning, **{k: getattr(x.requires, k) for k in REQUIRES}}
            for x in framework.levels
        ],
        "Columns": _rows("Columns", framework.columns),
        "Sections": _rows("Sections", framework.sections),
        "Statements": _rows("Statements", framework.statements),
        "References": _rows("References", framework.references),
        "Principal risks": _rows("Principal risks", framework.principal_risks),
        "Expected indicators": _rows("Expected indicators", framework.expected_indicators),
        "Annual report parts": [{"id": k, "title": v} for k, v in framework.annual_report_parts.items()],
        "Tags": [
            {"tag": tag, "value": value, "meaning": meaning}
            for tag, values in framework.tags.items()
            for value, meaning in values.items()
        ],
    }


def _rows(sheet: str, things: Iterable[object]) -> Iterator[Mapping[str, object]]:
    for thing in things:
        yield {column: getattr(thing, column) for column in SHEETS[sheet].all}


def write_framework(ws: Workspace, found: Imported, *, replace: bool) -> list[Path]:
    """The YAML files of an imported framework, in frameworks/; one that differs is kept unless it may be replaced."""
    identity = found.framework.id
    if not PLAIN_ID.fullmatch(identity):
        raise UsageError(
            f"`{identity}` cannot name a file.", "Use letters, figures, `-` and `.` in the framework's id."
        )
    folder = ws.root / "frameworks"
    content = dict(found.content)
    files: dict[Path, bytes] = {}
    if found.references:
        name = f"{identity}-references.yaml"
        content["references"] = name
        files[folder / name] = _dumped({"references": list(found.references)})
    files = {folder / f"{identity}.yaml": _dumped(content), **files}
    differing = [path for path, text in files.items() if path.is_file() and path.read_bytes() != text]
    if differing and not replace:
        raise UsageError(
            f"{ws.relative(differing[0])} is there already and differs; nothing was written.",
            "Give the command again with --replace, or give the framework another id.",
        )
    for path, text in files.items():
        write_whole(path, text)
    return list(files)


def _dumped(content: Mapping[str, object]) -> bytes:
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=110).encode("utf-8")
