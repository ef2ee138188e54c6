"""Word forms: tables as they lie in the document, with what people typed into cells and content controls."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import InputError
from pipeline.read.forms_tags import meaning_of
from pipeline.read.forms_words import is_prompt, without_prompts
from pipeline.read.grids import PROMPT, PROMPT_BESIDE, TRACKED, Grid
from pipeline.read.sources import office_package
from pipeline.read.zipguard import damaged

_STRUCK_OUT = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_document(content: bytes, file: str) -> tuple[Grid, ...]:
    """Every table of a Word document; its paragraphs outside tables are the last grid, one a row."""
    body = _body(content, file)
    grids = [_grid(table, f"table {number}") for number, table in enumerate(body.iter("{*}tbl"), start=1)]
    loose = [p for p in body.iter("{*}p") if next(p.iterancestors("{*}tc"), None) is None]
    texts = [(number, (paragraph_text(p),)) for number, p in enumerate(loose, start=1)]
    return (*grids, Grid(tuple(row for row in texts if row[1][0].strip()), "text"))


def _body(content: bytes, file: str) -> Any:
    package = office_package(content, file, "Word document")
    # Without `huge_tree` the parser itself refuses what is nested deeper than any document of people.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(package) as archive:
            part = _main_part(archive, parser)
            return etree.fromstring(archive.read(part), parser)
    except KeyError as fault:
        raise InputError(
            "By its name this is a Word document, but it is something else.", "Save it from Word as .docx.", file=file
        ) from fault
    except (etree.XMLSyntaxError, zipfile.BadZipFile, ValueError) as fault:
        raise damaged(file) from fault


def _main_part(archive: zipfile.ZipFile, parser: Any) -> str:
    relations = etree.fromstring(archive.read("_rels/.rels"), parser)
    for relation in relations.iter():
        if isinstance(relation.tag, str) and relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _grid(table: Any, sheet: str) -> Grid:
    rows, marks, tags, merged = [], {}, {}, []
    for number, row in enumerate(_own(table, "tr"), start=1):
        cells: list[str] = []
        for cell in _own(row, "tc"):
            text, mark = _cell(cell)
            at, span = (number, len(cells)), _span(cell)
            if mark:
                marks[at] = mark
            if tag := _tag(cell):
                tags[at] = tag
            if span > 1:
                merged.append((*at, number, at[1] + span - 1))
            cells.append(text)
            cells.extend("" for _ in range(span - 1))
        if any(c.strip() for c in cells):
            rows.append((number, tuple(cells)))
    return Grid(tuple(rows), sheet, marks=marks, tags=tags, merged=tuple(merged))


def _tag(cell: Any) -> str:
    """The name of the first control of ours in a cell."""
    for element in cell.iter("{*}tag", "{*}alias"):
        value = _value(element)
        if meaning_of(value):
            return value
    return ""


def _own(parent: Any, name: str) -> Iterator[Any]:
    """Children of that name, also within content controls and tracked wrappers, but not those of a nested table."""
    for child in parent:
        if _name(child) == name:
            yield child
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            yield from _own(child, name)


def _cell(cell: Any) -> tuple[str, str]:
    filled = (p for p in cell.iter("{*}p") if not any(_is_unfilled(a) for a in p.iterancestors("{*}sdt")))
    text = "\n".join(paragraph_text(p) for p in filled)
    kept = without_prompts(text)
    if kept != text.strip():
        return kept, PROMPT_BESIDE if kept else PROMPT
    tracked = any(map(len, cell.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")))
    return text, TRACKED if tracked else ""


def paragraph_text(paragraph: Any) -> str:
    """Its letters: tracked insertions in, deletions and hidden text out, controls that nobody filled in left out."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name in _STRUCK_OUT or name == "p" or _is_unfilled(child) or _is_hidden(child):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _pieces(child)


def _is_unfilled(element: Any) -> bool:
    """A content control that still shows its prompt. Some programs leave that mark on one that they filled in."""
    if _name(element) != "sdt":
        return False
    properties = [e for p in _own_properties(element) for e in p]
    if not any(_name(e) == "showingPlcHdr" for e in properties):
        return False
    text = "".join(t.text or "" for t in element.iter("{*}t"))
    ours = any(_name(e) in {"tag", "alias"} and meaning_of(_value(e)) for e in properties)
    return not text.strip() or is_prompt(text) or not ours


def _own_properties(element: Any) -> Iterator[Any]:
    return (child for child in element if _name(child) in {"sdtPr", "rPr"})


def _is_hidden(element: Any) -> bool:
    return _name(element) == "r" and any(_name(e) == "vanish" for p in _own_properties(element) for e in p)


def _span(cell: Any) -> int:
    for properties in cell:
        if _name(properties) == "tcPr":
            for entry in properties:
                if _name(entry) == "gridSpan":
                    value = _value(entry)
                    return min(int(value), 60) if value.isdigit() else 1
    return 1


def _name(element: Any) -> str:
    # Comments and processing instructions have no name; Strict files use another namespace for the same names.
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _value(element: Any) -> str:
    return next((str(v) for k, v in element.attrib.items() if k.endswith("val")), "")
