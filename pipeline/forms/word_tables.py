"""Word forms: tables as they lie in the document, with what people typed into cells and content controls."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from pipeline.errors import InputError
from pipeline.forms.headings import meaning_of
from pipeline.forms.wording import is_prompt, without_prompts
from pipeline.office.archive import damaged
from pipeline.office.live_word import CODES, DELETED, REPEATED, WordLooks, child, gone, value
from pipeline.office.sources import office_package
from pipeline.office.symbols import SYMBOLS, symbol
from pipeline.office.workbooks import PROMPT, PROMPT_BESIDE, TRACKED, Grid

_SKIPPED = REPEATED | CODES | {"delText"}
SYMBOL_FONT = "in a symbol font, which shows other signs than letters"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_document(content: bytes, file: str) -> tuple[Grid, ...]:
    """Every table of a Word document; its paragraphs outside tables are the last grid, one a row."""
    body, looks = _body(content, file)
    tables = (table for table in body.iter("{*}tbl") if not _is_repeated(table))
    grids = [_grid(table, f"table {number}", looks) for number, table in enumerate(tables, start=1)]
    loose = [p for p in body.iter("{*}p") if next(p.iterancestors("{*}tc"), None) is None and not _is_repeated(p)]
    texts = [(number, (paragraph_text(p, looks),)) for number, p in enumerate(loose, start=1)]
    return (*grids, Grid(tuple(row for row in texts if row[1][0].strip()), "text"))


def _is_repeated(element: Any) -> bool:
    """Whether it is the same content once more, for old programs."""
    return any(_name(around) in REPEATED for around in element.iterancestors())


def _body(content: bytes, file: str) -> tuple[Any, WordLooks]:
    package = office_package(content, file, "Word document")
    # Without `huge_tree` the parser itself refuses what is nested deeper than any document of people.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with zipfile.ZipFile(package) as archive:
            part = _main_part(archive, parser)
            body = etree.fromstring(archive.read(part), parser)
            styles = f"{part.rpartition('/')[0]}/styles.xml"
            known = etree.fromstring(archive.read(styles), parser) if styles in archive.namelist() else None
            return body, WordLooks(known, body)
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


def _grid(table: Any, sheet: str, looks: WordLooks) -> Grid:
    grid = Grid((), sheet)
    rows, marks, tags, merged, unseen, colours, deleted = [], {}, {}, [], {}, {}, []
    for number, row in enumerate(_own(table, "tr"), start=1):
        if gone(row):
            deleted.append(tuple("".join(t for t, _ in _all_pieces(cell, None)) for cell in _own(row, "tc")))
            continue
        cells: list[str] = []
        for cell in _own(row, "tc"):
            text, mark, lost = _cell(cell, looks)
            at, span = (number, len(cells)), _span(cell)
            if mark:
                marks[at] = mark
            if tag := _tag(cell):
                tags[at] = tag
            if lost:
                unseen[at] = lost
            if colour := _colour(cell):
                colours[at] = colour
            if span > 1:
                merged.append((*at, number, at[1] + span - 1))
            cells.append(text)
            cells.extend("" for _ in range(span - 1))
        if any(c.strip() for c in cells) or any(at[0] == number for at in unseen):
            rows.append((number, tuple(cells)))
    return replace(
        grid,
        rows=tuple(rows),
        marks=marks,
        tags=tags,
        merged=tuple(merged),
        unseen=unseen,
        colours=colours,
        gone=tuple(cells for cells in deleted if any(c.strip() for c in cells)),
    )


def _colour(cell: Any) -> str:
    """The colours of a cell and of the words in it, where they are not those of plain text."""
    shading = child(cell, "tcPr", "shd")
    found = {value(shading, "fill").upper()} if shading is not None else set()
    for run in cell.iter("{*}r"):
        for name, attribute in (("highlight", "val"), ("shd", "fill"), ("color", "val")):
            if (look := child(run, "rPr", name)) is not None:
                found.add(value(look, attribute).upper())
    return " ".join(sorted(found - {"", "AUTO", "NONE", "FFFFFF", "WHITE", "BLACK", "000000"}))


def _tag(cell: Any) -> str:
    """The name of the first control of ours in a cell."""
    for element in cell.iter("{*}tag", "{*}alias"):
        value = _value(element)
        if meaning_of(value):
            return value
    return ""


def _own(parent: Any, name: str) -> Iterator[Any]:
    """Children of that name, also within content controls and tracked wrappers, but not those of a nested table."""
    for inner in parent:
        if _name(inner) == name:
            yield inner
        elif _name(inner) in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            yield from _own(inner, name)


def _cell(cell: Any, looks: WordLooks) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """The live text of a cell, what else there is to know of it, and the words in it that are not live, with why."""
    filled = [
        p
        for p in cell.iter("{*}p")
        if not _is_repeated(p) and not any(_is_unfilled(a) for a in p.iterancestors("{*}sdt"))
    ]
    text = "\n".join(paragraph_text(p, looks) for p in filled)
    # What was deleted with tracking is said of the whole cell.
    lost = tuple((t, why) for p in filled for t, why in _all_pieces(p, looks) if why not in ("", DELETED) and t.strip())
    kept = without_prompts(text)
    if kept != text.strip():
        return kept, PROMPT_BESIDE if kept else PROMPT, lost
    tracked = any(map(len, cell.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")))
    return text, TRACKED if tracked else "", lost


def paragraph_text(paragraph: Any, looks: WordLooks | None = None) -> str:
    """Its live letters: tracked insertions in, what was deleted, struck out or hidden and unfilled controls out."""
    return "".join(text for text, why in _all_pieces(paragraph, looks or _PLAIN) if not why)


_PLAIN = WordLooks()


def _all_pieces(element: Any, looks: WordLooks | None, why: str = "") -> Iterator[tuple[str, str]]:
    """Letters, each with why they are not live; everything is taken as live where no looks are given."""
    for inner in element:
        name = _name(inner)
        if name in _SKIPPED or (name == "p" and looks is not None) or _is_unfilled(inner):
            if name == "delText" and looks is None:
                yield inner.text or "", ""
            continue
        reason = why
        if looks is not None:
            reason = why or gone(inner) or (looks.unseen(inner) or _in_symbols(inner) if name == "r" else "")
        if name == "t":
            yield inner.text or "", reason
        elif name == "sym":
            yield symbol(value(inner, "char"), value(inner, "font")), reason
        elif name in _SIGNS:
            yield _SIGNS[name], reason
        else:
            yield from _all_pieces(inner, looks, reason)


def _in_symbols(run: Any) -> str:
    """Letters that are shown as pictures; a sign that Word put in as one is read as what it shows."""
    fonts = child(run, "rPr", "rFonts")
    names = {value(fonts, key).casefold() for key in ("ascii", "hAnsi")} if fonts is not None else set()
    return SYMBOL_FONT if any(name.startswith(SYMBOLS) for name in names) and child(run, "sym") is None else ""


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
