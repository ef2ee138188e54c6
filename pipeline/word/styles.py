"""The styles that the papers' text is written in, found in a template by the name that Word shows.

A template that lacks one gets it as it is in the shipped templates, so that a team may begin from any Word file.
"""

from __future__ import annotations

from typing import Any

from pipeline.dossier import palette
from pipeline.word.numbering import LISTS, Numbering

ARIAL = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
INK, BLUE, DARK_BLUE, PALE, GREY = "212B32", "005EB8", "003087", "E8EDEE", "768692"
HEADER = palette.HEADER.lstrip("#")


def _spacing(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _heading(level: int, points: float, colour: str, before: int) -> str:
    return (
        f'<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f"<w:pPr><w:keepNext/><w:keepLines/>{_spacing(before, 60, 240)}"
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{colour}"/>{_size(points)}</w:rPr>'
    )


def _text(based_on: str, paragraph: str = "", characters: str = "") -> str:
    return (
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/>'
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{characters}</w:rPr>" if characters else "")
    )


def _listed(based_on: str, numbering: int, after: int = 60) -> str:
    """A style whose paragraphs Word numbers itself; `numbering` is its list in the shipped templates."""
    return _text(based_on, f'<w:numPr><w:numId w:val="{numbering}"/></w:numPr>{_spacing(0, after)}')


NUMBERED, BULLETS, NUMBERS, LETTERS, TABLE_BULLETS = range(1, len(LISTS) + 1)

# Name in Word -> (type, id, what it says). The order is that of styles.xml.
STYLES: dict[str, tuple[str, str, str]] = {
    "Normal": ("paragraph", "Normal", f"<w:qFormat/><w:pPr>{_spacing(0, 90)}</w:pPr>"),
    "Default Paragraph Font": ("character", "DefaultParagraphFont", '<w:uiPriority w:val="1"/><w:semiHidden/>'),
    "Title": (
        "paragraph",
        "Title",
        '<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="10"/><w:qFormat/>'
        f"<w:pPr><w:keepNext/>{_spacing(60, 60, 240)}</w:pPr>"
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{DARK_BLUE}"/>{_size(22)}</w:rPr>',
    ),
    "Subtitle": (
        "paragraph",
        "Subtitle",
        '<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="11"/><w:qFormat/>'
        f'<w:pPr>{_spacing(0, 120, 240)}</w:pPr><w:rPr><w:color w:val="{BLUE}"/>{_size(14)}</w:rPr>',
    ),
    "heading 1": ("paragraph", "Heading1", _heading(1, 15, BLUE, 120)),
    "heading 2": ("paragraph", "Heading2", _heading(2, 13, DARK_BLUE, 120)),
    "heading 3": ("paragraph", "Heading3", _heading(3, 12, DARK_BLUE, 160)),
    "Body Text": ("paragraph", "BodyText", _text("Normal")),
    "Numbered Body": ("paragraph", "NumberedBody", _listed("Normal", NUMBERED, 50)),
    "List Bullet": ("paragraph", "ListBullet", _listed("Normal", BULLETS, 40)),
    "List Number": ("paragraph", "ListNumber", _listed("Normal", NUMBERS, 40)),
    "List Letter": ("paragraph", "ListLetter", _listed("Normal", LETTERS, 40)),
    "Quote": ("paragraph", "Quote", _text("Normal", '<w:ind w:left="567" w:right="567"/>', "<w:i/><w:iCs/>")),
    "Marking": ("paragraph", "Marking", _text("Normal", "", f'<w:b/><w:bCs/><w:color w:val="{DARK_BLUE}"/>')),
    "caption": (
        "paragraph",
        "Caption",
        '<w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:uiPriority w:val="35"/><w:qFormat/>'
        f"<w:pPr><w:keepNext/>{_spacing(120, 60, 240)}</w:pPr>"
        f'<w:rPr><w:b/><w:bCs/><w:color w:val="{DARK_BLUE}"/>{_size(10)}</w:rPr>',
    ),
    "Table Text": ("paragraph", "TableText", _text("Normal", _spacing(10, 10, 240), _size(10))),
    "Table Heading": (
        "paragraph",
        "TableHeading",
        _text("TableText", "", '<w:b/><w:bCs/><w:color w:val="FFFFFF"/>'),
    ),
    "Table Section": (
        "paragraph",
        "TableSection",
        _text("TableText", "<w:keepNext/>", f'<w:b/><w:bCs/><w:color w:val="{DARK_BLUE}"/>'),
    ),
    "Table Bullet": ("paragraph", "TableBullet", _listed("TableText", TABLE_BULLETS, 10)),
    "Cover Label": ("paragraph", "CoverLabel", _text("TableText", "", f'<w:b/><w:bCs/><w:color w:val="{DARK_BLUE}"/>')),
    "Note": ("paragraph", "Note", _text("Normal", _spacing(40, 100, 240), _size(10))),
    "header": (
        "paragraph",
        "Header",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/>'
        f'</w:tabs>{_spacing(0, 0, 240)}</w:pPr><w:rPr><w:color w:val="{INK}"/>{_size(10)}</w:rPr>',
    ),
    "footer": (
        "paragraph",
        "Footer",
        '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/>'
        f'</w:tabs>{_spacing(0, 0, 240)}</w:pPr><w:rPr><w:color w:val="{INK}"/>{_size(10)}</w:rPr>',
    ),
    "footnote text": (
        "paragraph",
        "FootnoteText",
        f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr>{_spacing(0, 20, 240)}</w:pPr>'
        f"<w:rPr>{_size(10)}</w:rPr>",
    ),
    "footnote reference": (
        "character",
        "FootnoteReference",
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    ),
    "Hyperlink": (
        "character",
        "Hyperlink",
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
        f'<w:rPr><w:color w:val="{BLUE}"/><w:u w:val="single"/></w:rPr>',
    ),
    "Normal Table": (
        "table",
        "TableNormal",
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>',
    ),
    "Board Table": ("table", "BoardTable", ""),
    "Cover Table": ("table", "CoverTable", ""),
}


def _table(line: str, head: str) -> str:
    """A table style: thin lines, a shaded header row."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/><w:qFormat/>'
        f'<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/>'
        '<w:left w:w="60" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{head}"/></w:tcPr>'
        "</w:tblStylePr>"
    )


STYLES["Board Table"] = ("table", "BoardTable", _table("AEB7BD", HEADER))
STYLES["Cover Table"] = ("table", "CoverTable", _table("D8DDE0", PALE))


def style_xml(name: str) -> str:
    """A style as it stands in styles.xml of the shipped templates, without namespaces."""
    kind, ident, says = STYLES[name]
    own = ' w:default="1"' if ident in ("Normal", "DefaultParagraphFont", "TableNormal") else ""
    return f'<w:style w:type="{kind}"{own} w:styleId="{ident}"><w:name w:val="{name}"/>{says}</w:style>'


class Styles:
    """The styles of one document: ids by the names that Word shows."""

    def __init__(self, root: Any, numbering: Numbering) -> None:
        from docx.oxml.ns import qn

        self._root, self._numbering, self._qn = root, numbering, qn
        self._ids = {
            style.find(qn("w:name")).get(qn("w:val")).lower(): style.get(qn("w:styleId"))
            for style in root.iterfind(qn("w:style"))
            if style.find(qn("w:name")) is not None
        }

    def id(self, name: str) -> str:
        """The id of a style; one that the template lacks is added as the shipped templates have it."""
        found: str | None = self._ids.get(name.lower())
        return found if found is not None else self._add(name)

    def begin_again(self, name: str, start: int = 1, depth: int = 0) -> int:
        """The number of a new list in a list style, beginning at one, or at `start` in that depth."""
        ident = self.id(name)
        own = (s for s in self._root.iterfind(self._qn("w:style")) if s.get(self._qn("w:styleId")) == ident)
        return self._numbering.begin_again(next(own, None), name, start, depth)

    def number_of(self, ident: str) -> int:
        """The number of the list that a style belongs to; 0 where it is none."""
        for style in self._root.iterfind(self._qn("w:style")):
            own = style.find(f".//{self._qn('w:numId')}")
            if style.get(self._qn("w:styleId")) == ident and own is not None:
                return int(own.get(self._qn("w:val")))
        return 0

    def _add(self, name: str) -> str:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        xml = style_xml(name).replace("<w:style ", f"<w:style {nsdecls('w')} ", 1).replace(' w:default="1"', "")
        style = parse_xml(xml)
        ident: str = style.get(self._qn("w:styleId"))
        while ident in self._ids.values():
            ident += "X"
        style.set(self._qn("w:styleId"), ident)
        self._ids[name.lower()] = ident
        self._root.append(style)
        self._tie(style, name)
        return ident

    def _tie(self, style: Any, name: str) -> None:
        """What an added style leans on is there too: the style that it is based on, its list."""
        value = self._qn("w:val")
        for tag in ("w:basedOn", "w:next"):
            leans = style.find(self._qn(tag))
            if leans is not None:
                known = next(n for n, (_, ident, _says) in STYLES.items() if ident == leans.get(value))
                leans.set(value, self.id(known))
        if name in LISTS:
            style.find(f".//{self._qn('w:numId')}").set(value, str(self._numbering.add(name)))
