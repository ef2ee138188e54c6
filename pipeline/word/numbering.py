"""Word's own list numbering: the lists that the styles use, and a list that begins anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# (number format, text) of each depth; `%1` is the number.
_DEPTHS = 3
LISTS: dict[str, tuple[tuple[tuple[str, str], ...], int, int]] = {
    "Numbered Body": ((("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")), 567, 567),
    "List Bullet": ((("bullet", "•"), ("bullet", "–"), ("bullet", "•")), 927, 360),
    "List Number": ((("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)")), 927, 360),
    "List Letter": ((("lowerLetter", "%1)"), ("lowerRoman", "%2)"), ("decimal", "%3)")), 567, 567),
    "Table Bullet": ((("bullet", "•"), ("bullet", "–"), ("bullet", "•")), 227, 227),
}


def list_xml(name: str, number: int) -> str:
    """The `w:abstractNum` of a list, without namespaces; the first depth is tied to the style of that name."""
    formats, indent, hanging = LISTS[name]
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent + depth * 360}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for depth, (kind, text) in enumerate(formats)
    )
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def use_xml(list_id: int, abstract_id: int, starts: Mapping[int, int] | None = None) -> str:
    """The `w:num` that puts a list to use; `starts`: it begins anew, each depth at one or at what is given here."""
    again = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{starts.get(depth, 1)}"/></w:lvlOverride>'
        for depth in range(_DEPTHS)
        if starts is not None
    )
    return f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{abstract_id}"/>{again}</w:num>'


class Numbering:
    """The lists of one document."""

    def __init__(self, docx: Any) -> None:
        from docx.oxml.ns import qn

        self._docx, self._qn = docx, qn
        self._restarts: dict[str, int] = {}

    @property
    def _root(self) -> Any:
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.oxml.ns import nsdecls
        from docx.parts.numbering import NumberingPart

        part = self._docx.part
        for relation in part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                return relation.target_part.element
        blank = f"<w:numbering {nsdecls('w')}/>".encode()
        made = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, blank, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
        return made.element

    def add(self, name: str) -> int:
        """A new list of that kind; its number."""
        abstract = self._next("w:abstractNum", "w:abstractNumId")
        self._insert(list_xml(name, abstract))
        return self._use(abstract)

    def begin_again(self, style: Any, name: str, start: int = 1, depth: int = 0) -> int:
        """A list like that of the style, but beginning at one, or at `start` in that depth; its number."""
        own = style.find(f".//{self._qn('w:numId')}") if style is not None else None
        abstract = self._abstract_of(own.get(self._qn("w:val"))) if own is not None else None
        if abstract is None:
            abstract = self._abstract_of(str(self.add(name)))
        return self._use(abstract, {depth: start})

    def _abstract_of(self, list_id: str) -> int | None:
        for use in self._root.iterfind(self._qn("w:num")):
            if use.get(self._qn("w:numId")) == list_id:
                return int(use.find(self._qn("w:abstractNumId")).get(self._qn("w:val")))
        return None

    def _use(self, abstract: int | None, starts: Mapping[int, int] | None = None) -> int:
        number = self._next("w:num", "w:numId")
        self._insert(use_xml(number, abstract or 0, starts))
        return number

    def _next(self, tag: str, attribute: str) -> int:
        used = [int(e.get(self._qn(attribute))) for e in self._root.iterfind(self._qn(tag))]
        return max(used, default=0) + 1

    def _insert(self, xml: str) -> None:
        """Lists stand before their uses, and both before anything else."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        tag = xml[1 : xml.index(" ")]
        element = parse_xml(xml.replace(f"<{tag} ", f"<{tag} {nsdecls('w')} ", 1))
        order = [self._qn("w:numPicBullet"), self._qn("w:abstractNum"), self._qn("w:num")]
        before = order[: order.index(element.tag) + 1]
        place = sum(child.tag in before for child in self._root)
        self._root.insert(place, element)
