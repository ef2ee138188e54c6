"""The pieces of a template: paragraphs, tables, fields."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from pipeline.word.styles import STYLES
from pipeline.word.tables import LANDSCAPE_WIDTH, PAGE_WIDTH

ids = {name: ident for name, (_, ident, _says) in STYLES.items()}


def words(text: str, *, bold: bool = False) -> str:
    """A run."""
    mark = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{mark}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab() -> str:
    """A tab to the right edge, in headers and footers."""
    return "<w:r><w:tab/></w:r>"


def field(asks: str, shows: str) -> str:
    """A field that Word keeps up to date, with what it shows until then."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {asks} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{words(shows)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


class Bookmarks:
    """Bookmarks of one template, numbered."""

    def __init__(self) -> None:
        self._number = 0

    def mark(self, name: str, content: str) -> str:
        """The content inside a bookmark."""
        self._number += 1
        ends = f'<w:bookmarkEnd w:id="{self._number}"/>'
        return f'<w:bookmarkStart w:id="{self._number}" w:name="{name}"/>{content}{ends}'


def p(content: str = "", style: str = "Body Text", extra: str = "") -> str:
    """A paragraph; plain words, or runs that begin with `<`."""
    inner = content if content.startswith("<") or not content else words(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{ids[style]}"/>{extra}</w:pPr>{inner}</w:p>'


def end() -> str:
    """The paragraph that Word asks for after a last table, too low to begin a page of its own."""
    return p("", "Note", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')


def new_page(content: str, style: str = "heading 1") -> str:
    """A heading that begins a page."""
    return p(content, style, "<w:pageBreakBefore/>")


def code(tag: str) -> str:
    """A paragraph that holds nothing but template code, such as `for x in y`."""
    return p(f"{{%p {tag} %}}")


def each(loop: str, *content: str) -> str:
    """Paragraphs once for each member."""
    return code(f"for {loop}") + "".join(content) + code("endfor")


def when(condition: str, *content: str, otherwise: str = "") -> str:
    """Paragraphs where the condition holds."""
    return code(f"if {condition}") + "".join(content) + (code("else") + otherwise if otherwise else "") + code("endif")


def row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False, whole: bool = True) -> str:
    """A table row of cells, each one or more paragraphs; it breaks over pages where it is not to stay `whole`."""
    marks = ("<w:cantSplit/>" if whole or head else "") + ("<w:tblHeader/>" if head else "")
    properties = f"<w:trPr>{marks}</w:trPr>" if marks else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{properties}{inner}</w:tr>"


def row_code(tag: str, widths: Sequence[int]) -> str:
    """A row that holds nothing but template code."""
    return row([p(f"{{%tr {tag} %}}", "Table Text"), *[p("", "Table Text")] * (len(widths) - 1)], widths)


def table(
    widths: Sequence[int], rows: Sequence[str], *, style: str = "Board Table", title: str, description: str
) -> str:
    """A table with its words for those who cannot see it."""
    assert sum(widths) in (PAGE_WIDTH, LANDSCAPE_WIDTH), sum(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{ids[style]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{escape(title)}"/>'
        f'<w:tblDescription w:val="{escape(description)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def listing(
    widths: Sequence[int], head: Sequence[str], loop: str, cells: Sequence[str], *, whole: bool = True, **said: str
) -> str:
    """A table with a row for each member of a list."""
    first = row([p(words(h), "Table Heading") for h in head], widths, head=True)
    middle = row([c if c.startswith("<w:p>") else p(c, "Table Text") for c in cells], widths, whole=whole)
    return table(widths, [first, row_code(f"for {loop}", widths), middle, row_code("endfor", widths)], **said)


def caption(bookmarks: Bookmarks, name: str, text: str) -> str:
    """`Table 2: ...`, its number kept by Word and open to cross-reference."""
    number = bookmarks.mark(name, words("Table ") + field("SEQ Table \\* ARABIC", "1"))
    return p(number + words(f": {text}"), "caption")


def not_complete() -> str:
    """In a draft: who has to act on what."""
    return when(
        "draft",
        new_page("What is not complete"),
        p(
            "This is a draft. What follows is grouped by who has to act; what must be put right before a final paper "
            "can be made comes first."
        ),
        when("not not_complete", p("These checks found none of the things that they look for.")),
        each(
            "group in not_complete",
            p("{{ group.who }}", "heading 2"),
            each(
                "item in group.items_to_do",
                p(
                    words("{{ item.severity }}", bold=True) + words(": {{ item.message }} {{ item.remedy }}"),
                    "List Bullet",
                ),
            ),
        ),
    )
