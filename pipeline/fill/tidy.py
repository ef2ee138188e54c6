"""What docxtpl leaves untidy: order inside cells' properties, empty runs, rows and cells that Word would refuse."""

from __future__ import annotations

import re
from typing import Any

CELL_ORDER = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd"),
    *("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark"),
)
RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
    *("em", "lang", "eastAsianLayout", "specVanish", "oMath"),
)
_PROPERTIES = re.compile(r"<w:(tcPr|rPr)>(.*?)</w:\1>", re.DOTALL)
_CHILD = re.compile(r"<w:(\w+)(?:\s[^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_EMPTY_RUN = re.compile(
    r"<w:r(?:\s[^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>|<w:rPr/>)?<w:t(?:\s[^>]*)?(?:/>|></w:t>)</w:r>", re.DOTALL
)
_SAID_TWICE = re.compile(r'<w:(cantSplit|tblHeader)\s+w:val="(?:true|1|on)"\s*/>')
_REVISION = re.compile(r'\sw:rsid\w*="[^"]*"')
# A row with more words than this may break across pages: it would not fit on one.
LONGEST_WHOLE_ROW = 1_800


def neaten(source: str) -> str:
    """A template's source, before it is filled: what is put right here is right in every copy."""
    source = _REVISION.sub("", source)
    source = _SAID_TWICE.sub(r"<w:\1/>", source)
    source = _EMPTY_RUN.sub("", source)
    return _PROPERTIES.sub(_in_order, source)


def _in_order(found: re.Match[str]) -> str:
    """Properties in the order of the schema; left as they are where one is not understood."""
    kind, inner = found.groups()
    children = list(_CHILD.finditer(inner))
    if "".join(m.group() for m in children) != inner:
        return found.group()
    rank = {name: n for n, name in enumerate(CELL_ORDER if kind == "tcPr" else RUN_ORDER)}
    ordered = sorted(children, key=lambda m: rank.get(m.group(1), len(rank)))
    return f"<w:{kind}>{''.join(m.group() for m in ordered)}</w:{kind}>"


def square_tables(root: Any) -> None:
    """Every table has as many columns as its longest row, every cell ends in a paragraph, long rows may break."""
    from docx.oxml.ns import qn

    for table in root.iter(qn("w:tbl")):
        longest = 0
        for row in table.iterchildren(qn("w:tr")):
            cells = list(row.iterchildren(qn("w:tc")))
            longest = max(longest, sum(_span(cell, qn) for cell in cells))
            for cell in cells:
                if cell[-1].tag != qn("w:p"):
                    cell.append(cell.makeelement(qn("w:p")))
            _let_break(row, qn)
        _fit_grid(table.find(qn("w:tblGrid")), longest, qn)


def _span(cell: Any, qn: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"))) if span is not None else 1


def _let_break(row: Any, qn: Any) -> None:
    whole = row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}")
    if whole is not None and sum(len(t.text or "") for t in row.iter(qn("w:t"))) > LONGEST_WHOLE_ROW:
        whole.getparent().remove(whole)


def _fit_grid(grid: Any, columns: int, qn: Any) -> None:
    """A column added by a loop takes its share of the table's width."""
    if grid is None or not columns or len(grid) == columns:
        return
    width = sum(int(float(c.get(qn("w:w"), "0"))) for c in grid)
    for column in list(grid):
        grid.remove(column)
    for _ in range(columns):
        grid.append(grid.makeelement(qn("w:gridCol"), {qn("w:w"): str(width // columns)}))
