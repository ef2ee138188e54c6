"""Word tables made of data whose columns are not known to a template: head row repeated, no row split in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.word.render import RenderContext
from pipeline.word.text import NOT_GIVEN, attribute, paragraph, run

PAGE_WIDTH = 9638
LANDSCAPE_WIDTH = 14570
"""Between the margins of a shipped template, in twentieths of a point."""


AIR = (0, 60, 0, 60)
"""Round the words of a cell in a tight table: top, left, bottom, right."""


@dataclass(frozen=True)
class Cell:
    """One cell: runs, or whole paragraphs where `whole`."""

    content: str
    style: str = "Table Text"
    fill: str = ""
    span: int = 1
    whole: bool = False
    align: str = ""
    edge: str = ""
    """A colour for a line round the cell."""


def words(
    text: str, *, bold: bool = False, colour: str = "", fill: str = "", align: str = "", span: int = 1, edge: str = ""
) -> Cell:
    """A cell with plain words."""
    return Cell(run(text, bold=bold, colour=colour), fill=fill, align=align, span=span, edge=edge)


def table_xml(
    kit: RenderContext,
    widths: Sequence[int],
    head: Sequence[str | Cell],
    rows: Sequence[Sequence[Cell]],
    title: str = "",
    description: str = "",
    *,
    breaks: bool = False,
    tight: bool = False,
) -> str:
    """A table; its rows may run on to the next page where `breaks`, and have no air round their words where `tight`.

    `title` and `description` are its words for those who cannot see it.
    """
    around = zip(("top", "left", "bottom", "right"), AIR, strict=True)
    sides = "".join(f'<w:{side} w:w="{space}" w:type="dxa"/>' for side, space in around)
    air = f"<w:tblCellMar>{sides}</w:tblCellMar>" if tight else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    said = f'<w:tblCaption w:val="{attribute(title)}"/>' if title else ""
    said += f'<w:tblDescription w:val="{attribute(description)}"/>' if description else ""
    first = [Cell(run(name) if isinstance(name, str) else name.content, "Table Heading") for name in head]
    lines = [_row(kit, first, widths, head=True), *(_row(kit, row, widths, breaks=breaks) for row in rows)]
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{kit.styles.id("Board Table")}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f"{air}"
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/>{said}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
    )


def _row(
    kit: RenderContext, cells: Sequence[Cell], widths: Sequence[int], *, head: bool = False, breaks: bool = False
) -> str:
    said = ("" if breaks else "<w:cantSplit/>") + ("<w:tblHeader/>" if head else "")
    properties = f"<w:trPr>{said}</w:trPr>" if said else ""
    done, out = 0, []
    for cell in cells:
        out.append(_cell(kit, cell, sum(widths[done : done + cell.span])))
        done += cell.span
    return f"<w:tr>{properties}{''.join(out)}</w:tr>"


def _cell(kit: RenderContext, cell: Cell, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    sides = ("top", "left", "bottom", "right") if cell.edge else ()
    lines = "".join(f'<w:{side} w:val="single" w:sz="12" w:space="0" w:color="{cell.edge}"/>' for side in sides)
    edge = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>' if cell.fill else ""
    align = f'<w:jc w:val="{cell.align}"/>' if cell.align else ""
    inner = cell.content if cell.whole else paragraph(cell.content, kit.styles.id(cell.style), align)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{edge}{fill}</w:tcPr>{inner}</w:tc>'


def shared_widths(wanted: Sequence[int], whole: int = PAGE_WIDTH) -> list[int]:
    """The wanted widths, stretched or squeezed to the page's."""
    widths = [width * whole // sum(wanted) for width in wanted]
    return [*widths[:-1], whole - sum(widths[:-1])]


@dataclass(frozen=True)
class Column:
    """A column of a table across the page; left out with its heading where nobody filled it."""

    head: str
    width: int
    cells: Sequence[str | Cell]


@dataclass(frozen=True)
class AcrossTable:
    """A table of columns, as wide as a landscape page. Used as `{{p name }}`."""

    kit: RenderContext
    columns: Sequence[Column]
    title: str
    description: str

    def __html__(self) -> str:
        kept = [c for c in self.columns if any(c.cells)]
        widths = shared_widths([c.width for c in kept], LANDSCAPE_WIDTH)
        rows = [
            [cell if isinstance(cell, Cell) else words(cell or NOT_GIVEN) for cell in row]
            for row in zip(*(c.cells for c in kept), strict=True)
        ]
        return table_xml(self.kit, widths, [c.head for c in kept], rows, self.title, self.description, breaks=True)
