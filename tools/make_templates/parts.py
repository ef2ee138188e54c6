"""The pieces of a template: paragraphs, tables, fields and the package round them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from pipeline.fill.footnotes import SEPARATORS
from pipeline.fill.numbering import LISTS, list_xml, use_xml
from pipeline.fill.styles import STYLES, style_xml
from pipeline.fill.tables import PAGE_WIDTH

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LANGUAGE = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
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


def row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False) -> str:
    """A table row of cells, each one or more paragraphs; it is never split in two."""
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
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
    assert sum(widths) == PAGE_WIDTH, sum(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{ids[style]}"/><w:tblW w:w="{PAGE_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{escape(title)}"/>'
        f'<w:tblDescription w:val="{escape(description)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def listing(widths: Sequence[int], head: Sequence[str], loop: str, cells: Sequence[str], **said: str) -> str:
    """A table with a row for each member of a list."""
    first = row([p(words(h), "Table Heading") for h in head], widths, head=True)
    middle = row([c if c.startswith("<w:p>") else p(c, "Table Text") for c in cells], widths)
    return table(widths, [first, row_code(f"for {loop}", widths), middle, row_code("endfor", widths)], **said)


def caption(bookmarks: Bookmarks, name: str, text: str) -> str:
    """`Table 2: ...`, its number kept by Word and open to cross-reference."""
    number = bookmarks.mark(name, words("Table ") + field("SEQ Table \\* ARABIC", "1"))
    return p(number + words(f": {text}"), "caption")


def styles_part() -> str:
    """styles.xml: the defaults and every style."""
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{FONT}<w:color w:val="212B32"/><w:sz w:val="24"/>'
        f'<w:szCs w:val="24"/>{LANGUAGE}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {NAMESPACES}>{defaults}{''.join(map(style_xml, STYLES))}</w:styles>"


def numbering_part() -> str:
    """numbering.xml: the lists that the styles use."""
    lists = "".join(list_xml(name, n) for n, name in enumerate(LISTS))
    uses = "".join(use_xml(n + 1, n) for n in range(len(LISTS)))
    return f"{HEAD}<w:numbering {NAMESPACES}>{lists}{uses}</w:numbering>"


SETTINGS = (
    f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="en-GB"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    "</w:settings>"
)


def section() -> str:
    """A4, two centimetres all round, its own header on the first page."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId6"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1247" w:right="1134" w:bottom="1134" w:left="1134" '
        'w:header="567" w:footer="510" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


def header(*paragraphs: str) -> str:
    """A header part."""
    return f"{HEAD}<w:hdr {NAMESPACES}>{''.join(paragraphs)}</w:hdr>"


def footer(*paragraphs: str) -> str:
    """A footer part."""
    return f"{HEAD}<w:ftr {NAMESPACES}>{''.join(paragraphs)}</w:ftr>"


LATER_HEADER = header(
    p(
        words("{{ organisation }}: {{ cover.meeting }}, {{ cover.date }}") + tab() + words("{{ marking }}", bold=True),
        "header",
    )
)
FIRST_HEADER = header(
    p("{%p if logo %}", "header"),
    p("{{r logo }}", "header", '<w:jc w:val="right"/>'),
    p("{%p endif %}", "header"),
    p(words("{{ organisation }}") + tab() + words("{{ marking }}", bold=True), "header"),
)
FOOTER = footer(
    p(
        words("{{ cover.title }}")
        + tab()
        + words("Page ")
        + field("PAGE", "1")
        + words(" of ")
        + field("NUMPAGES", "1"),
        "footer",
    )
)
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in (
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("header1", "header"),
            ("header2", "header"),
            ("footer1", "footer"),
            ("footnotes", "footnotes"),
        )
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>boardpack template</dc:title>'
    "<dc:language>en-GB</dc:language></cp:coreProperties>"
)


def _relationships(rows: Sequence[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{target}"/>' for i, t, target in rows)
    return f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}">{inner}</Relationships>'


def template(*body: str) -> bytes:
    """The whole file."""
    document = f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}{section()}</w:body></w:document>"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    related = [
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("header", "header1"),
        ("header", "header2"),
        ("footer", "footer1"),
        ("footnotes", "footnotes"),
    ]
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relationships(
            [("rId1", f"{R}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
        ),
        "docProps/core.xml": CORE,
        "word/_rels/document.xml.rels": _relationships(
            [(f"rId{n}", f"{R}/{kind}", f"{name}.xml") for n, (kind, name) in enumerate(related, start=1)]
        ),
        "word/document.xml": document,
        "word/footer1.xml": FOOTER,
        "word/footnotes.xml": f"{HEAD}<w:footnotes {NAMESPACES}>{SEPARATORS}</w:footnotes>",
        "word/header1.xml": LATER_HEADER,
        "word/header2.xml": FIRST_HEADER,
        "word/numbering.xml": numbering_part(),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles_part(),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(member, content.encode())
    return out.getvalue()
