"""Where in a Word template something went wrong, in words that lead a person to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}", re.DOTALL)
_KIND = re.compile(r"^(\{\{|\{%|\{#)(tr|tc|p|r)\s")
LONGEST = 80


def line_of(fault: BaseException) -> int | None:
    """The line of the template's source in which the fault arose."""
    line = getattr(fault, "lineno", None)
    for frame, number in walk_tb(fault.__traceback__):
        if frame.f_code.co_filename in ("<template>", "<unknown>"):
            line = number
    return line


def describe(source: str, line: int | None, name: str, root: Any, part: str) -> str:
    """`table 3, row 2, column 4 (“{{ a.ownr }}”)`, or the paragraph's words, with the part of the template."""
    tag = _tag_at(source, line, name)
    where = _find(root, tag) if tag else ""
    inside = f" in {part}" if part else ""
    if where:
        return f"{where}{inside}"
    return f"near “{_short(tag)}”{inside}" if tag else f"somewhere{inside or ' in the text'}"


def _tag_at(source: str, line: int | None, name: str) -> str:
    """The piece of template code on that line that holds the name; else the last one before its end."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return ""
    tags = [m.group() for m in TAG.finditer(lines[line - 1])]
    named = [t for t in tags if name and re.search(rf"\b{re.escape(name)}\b", t)]
    return (named or tags[-1:] or [""])[0]


def _find(root: Any, tag: str) -> str:
    from docx.oxml.ns import qn

    wanted = _plain(tag)
    for paragraph in root.iter(qn("w:p")):
        text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
        if any(_plain(m.group()) == wanted for m in TAG.finditer(text)):
            return f"{_cell(paragraph) or 'the paragraph'} “{_short(text)}”"
    return ""


def place_of(element: Any, part: str) -> str:
    """Where an element stands: its table cell or its paragraph's words, with the part of the template."""
    from docx.oxml.ns import qn

    paragraph = element if element.tag == qn("w:p") else next(_around(element, qn("w:p")), None)
    inside = f" in {part}" if part else ""
    if paragraph is None:
        return f"somewhere{inside or ' in the text'}"
    text = "".join(t.text or "" for t in paragraph.iter(qn("w:t")))
    return f"{_cell(paragraph) or 'the paragraph'} “{_short(text)}”{inside}"


def _plain(tag: str) -> str:
    """Template code without what docxtpl and Word add to it."""
    unmarked = _KIND.sub(r"\1 ", tag)
    return re.sub(r"\s+", "", unmarked).translate(str.maketrans("“”‘’", "\"\"''"))


def _cell(paragraph: Any) -> str:
    """`table 3, row 2, column 4` where the paragraph stands in a table."""
    from docx.oxml.ns import qn

    tables = list(_around(paragraph, qn("w:tbl")))
    if not tables:
        return ""
    row, cell = next(_around(paragraph, qn("w:tr"))), next(_around(paragraph, qn("w:tc")))
    every = list(paragraph.getroottree().getroot().iter(qn("w:tbl")))
    numbers = (
        every.index(tables[0]) + 1,
        list(tables[0].iter(qn("w:tr"))).index(row) + 1,
        list(row.iter(qn("w:tc"))).index(cell) + 1,
    )
    return "table {}, row {}, column {}".format(*numbers)


def _around(element: Any, tag: str) -> Iterator[Any]:
    while (element := element.getparent()) is not None:
        if element.tag == tag:
            yield element


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
