"""The file round a template: styles, lists, settings, headers and footers."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from pipeline.word.footnotes import SEPARATORS
from pipeline.word.numbering import LISTS, list_xml, use_xml
from pipeline.word.styles import STYLES, style_xml
from pipeline.word.tables import LANDSCAPE_WIDTH, PAGE_WIDTH
from tools.make_templates.parts import field, p, tab, words

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
LANGUAGE = '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'


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


FONTS = (
    f'{HEAD}<w:fonts {NAMESPACES}><w:font w:name="Arial"><w:panose1 w:val="020B0604020202020204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def theme_part() -> str:
    """theme1.xml: Arial and the blues, for whoever picks a colour in Word."""
    colours = {
        "dk1": "212B32",
        "lt1": "FFFFFF",
        "dk2": "003087",
        "lt2": "E8EDEE",
        "accent1": "005EB8",
        "accent2": "003087",
        "accent3": "41B6E6",
        "accent4": "768692",
        "accent5": "425563",
        "accent6": "99C7EB",
        "hlink": "005EB8",
        "folHlink": "330072",
    }
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    faces = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{solid}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Board paper">'
        f'<a:themeElements><a:clrScheme name="Board paper">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="Board paper"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont>'
        f'</a:fontScheme><a:fmtScheme name="Board paper"><a:fillStyleLst>{solid * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def section(*, landscape: bool = False) -> str:
    """A4, two centimetres all round, its own header on the first page."""
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId6"/>'
        f'<w:pgSz {size}/><w:pgMar w:top="1077" w:right="1134" w:bottom="850" w:left="1134" '
        'w:header="567" w:footer="510" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


def header(*paragraphs: str) -> str:
    """A header part."""
    return f"{HEAD}<w:hdr {NAMESPACES}>{''.join(paragraphs)}</w:hdr>"


def footer(*paragraphs: str) -> str:
    """A footer part."""
    return f"{HEAD}<w:ftr {NAMESPACES}>{''.join(paragraphs)}</w:ftr>"


MARKING = words("{{ marking }}", bold=True)
OCCASION = "{{ organisation }}: {{ cover.meeting }}, {{ cover.date }}"


def header_line(content: str, style: str, *, landscape: bool) -> str:
    """A paragraph of a header or footer whose tab leads to the right edge."""
    stops = (
        f'<w:tabs><w:tab w:val="clear" w:pos="{PAGE_WIDTH}"/><w:tab w:val="right" w:pos="{LANDSCAPE_WIDTH}"/></w:tabs>'
    )
    return p(content, style, stops if landscape else "")


def first_header(*, landscape: bool) -> str:
    """The header of the first page."""
    return header(
        p("{%p if logo %}", "header"),
        p("{{r logo }}", "header", '<w:jc w:val="right"/>'),
        p("{%p endif %}", "header"),
        header_line(words("{{ organisation }}") + tab() + MARKING, "header", landscape=landscape),
    )


def page_footer(*, landscape: bool) -> str:
    """The footer of every page."""
    pages = words("Page ") + field("PAGE", "1") + words(" of ") + field("NUMPAGES", "1")
    return footer(header_line(words("{{ paper_title }}") + tab() + pages, "footer", landscape=landscape))


# Part -> its kind, in the order of the relationships: rId1, rId2 ...
PARTS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
    "footnotes": "footnotes",
    "fontTable": "fontTable",
    "theme/theme1": "theme",
}
THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{THEME if kind == "theme" else f"{WORD}.{kind}+xml"}"/>'
        for name, kind in PARTS.items()
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


def template(*body: str, occasion: str = OCCASION, landscape: bool = False) -> bytes:
    """The whole file. `occasion` stands in the header of every page but the first."""
    document = (
        f"{HEAD}<w:document {NAMESPACES}><w:body>{''.join(body)}{section(landscape=landscape)}</w:body></w:document>"
    )
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": _relationships(
            [("rId1", f"{R}/officeDocument", "word/document.xml"), ("rId2", core, "docProps/core.xml")]
        ),
        "docProps/core.xml": CORE,
        "word/_rels/document.xml.rels": _relationships(
            [(f"rId{n}", f"{R}/{kind}", f"{name}.xml") for n, (name, kind) in enumerate(PARTS.items(), start=1)]
        ),
        "word/document.xml": document,
        "word/fontTable.xml": FONTS,
        "word/footer1.xml": page_footer(landscape=landscape),
        "word/footnotes.xml": f"{HEAD}<w:footnotes {NAMESPACES}>{SEPARATORS}</w:footnotes>",
        "word/header1.xml": header(header_line(words(occasion) + tab() + MARKING, "header", landscape=landscape)),
        "word/header2.xml": first_header(landscape=landscape),
        "word/numbering.xml": numbering_part(),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles_part(),
        "word/theme/theme1.xml": theme_part(),
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
