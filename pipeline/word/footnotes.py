"""Real Word footnotes: one for each source, page and words; the same again points to the first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from pipeline.dossier.views import CitationView
from pipeline.text import web_address
from pipeline.word.styles import Styles
from pipeline.word.text import field, run

WEB = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
LONGEST_NAME = 40
# A name within an address, as it is written or as Word escapes it.
NAMED = re.compile(r"(?:\{|%7B){2}(?:(?!(?:\{|%7B){2}).)*?(?:\}|%7D){2}", re.IGNORECASE)


def with_names(address: str) -> str:
    """An address of a template with the names in it as they are written: `%7B%7B%20x%20%7D%7D` -> `{{ x }}`."""
    return NAMED.sub(lambda tag: unquote(tag.group()), address)


def leads_with_names(address: str) -> bool:
    """True for an address that will be one of the web when the names in it are filled."""
    found = NAMED.search(address)
    before = address[: found.start()].strip().lower() if found else "none"
    return not before or before.startswith(("http://", "https://", "mailto:"))


def bookmark_name(text: str) -> str:
    """A name that Word accepts: letters, digits and underscores, 40 at most."""
    return re.sub(r"\W", "_", text, flags=re.ASCII)[:LONGEST_NAME]


class Links:
    """Bookmarks and links of one document."""

    def __init__(self, docx: Any, styles: Styles) -> None:
        from docx.oxml.ns import qn

        self._docx, self._styles = docx, styles
        marks = list(docx.element.iter(qn("w:bookmarkStart")))
        self._free = max((int(m.get(qn("w:id"))) for m in marks), default=0) + 1
        self._names = {m.get(qn("w:name")) for m in marks}
        self._web: dict[tuple[int, str], str] = {}

    def bookmark(self, name: str, content: str) -> str:
        """The content between the two ends of a bookmark."""
        number, self._free = self._free, self._free + 1
        self._names.add(name)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def refer(self, bookmark: str, words: str) -> str:
        """A live cross-reference to a bookmark of the template; plain words where the template has none."""
        if bookmark not in self._names:
            return run(words)
        return field(f"REF {bookmark} \\h", run(words))

    def inside(self, words: str, bookmark: str) -> str:
        """A link to another place of this document."""
        return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{self._look(words)}</w:hyperlink>'

    def web(self, words: str, address: str, part: Any = None) -> str:
        """A link to the web from the text, or from another part such as the footnotes."""
        part = part if part is not None else self._docx.part
        known = self._web.get((id(part), address))
        if known is None:
            known = self._web[id(part), address] = f"rIdWeb{len(self._web) + 1}"
            part.load_rel(WEB, address.strip(), known, is_external=True)
        return f'<w:hyperlink r:id="{known}" w:history="1">{self._look(words)}</w:hyperlink>'

    def _look(self, words: str) -> str:
        return run(words, style=self._styles.id("Hyperlink"))


class Link:
    """Words that lead to another place of the paper. Used as `{{r name }}`."""

    tag = "r"

    def __init__(self, links: Links, words: str, bookmark: str) -> None:
        self._links, self._words, self._bookmark = links, words, bookmark

    def __html__(self) -> str:
        return self._links.inside(self._words, self._bookmark)


# Word refuses ids above 32767; beyond this many, a reference is printed in the text itself.
MOST_NOTES = 32_000
SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0" w:line="240" '
    f'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for kind, number in (("separator", -1), ("continuationSeparator", 0))
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# What follows footnotePr in settings.xml, of the elements that Word writes.
AFTER_FOOTNOTE_PR = (
    *("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping"),
    *("doNotIncludeSubdocsInStats", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
)


class Footnotes:
    """The notes of one document. Which mark is a source's first, and each number, is settled when the text stands."""

    def __init__(self, docx: Any, styles: Styles, links: Links) -> None:
        self._docx, self._styles, self._links = docx, styles, links
        self._given: dict[str, int] = {}
        self._cited: dict[int, CitationView] = {}
        self._sources: set[str] = set()
        self._free = self._free_number()
        self.with_addresses = False
        """Whether the first note on a source ends with the address where it is published."""

    def _free_number(self) -> int:
        """The first id that no note of the template has."""
        from lxml import etree

        part = self._part()
        ids = [int(i) for i in etree.fromstring(part.blob).xpath("//@*[local-name()='id']")] if part else []
        return max([0, *ids]) + 1

    def _part(self) -> Any:
        return next((r.target_part for r in self._docx.part.rels.values() if r.reltype == RELATED), None)

    def refer(self, citations: Iterable[CitationView]) -> str:
        """The reference marks of citations that stand together, as runs."""
        different = {c.key: c for c in citations}
        comma = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>,</w:t></w:r>'
        return comma.join(self._mark(c) for c in different.values())

    def _mark(self, citation: CitationView) -> str:
        if citation.key not in self._given:
            if len(self._given) >= MOST_NOTES:
                return run(f" ({citation.shown})")
            self._given[citation.key] = self._free + len(self._given)
            self._cited[self._given[citation.key]] = citation
        return self._first(self._given[citation.key])

    def _looks(self) -> str:
        return f'<w:rPr><w:rStyle w:val="{self._styles.id("footnote reference")}"/></w:rPr>'

    def _first(self, number: int) -> str:
        return f'<w:r>{self._looks()}<w:footnoteReference w:id="{number}"/></w:r>'

    def _again(self, number: int) -> str:
        """A field that shows the first note's number; Word keeps it right when notes move."""
        looks = self._looks()
        return (
            f'<w:r>{looks}<w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r>{looks}<w:instrText xml:space="preserve"> NOTEREF _note{number} \\h </w:instrText></w:r>'
            f'<w:r>{looks}<w:fldChar w:fldCharType="separate"/></w:r>'
            f"<w:r>{looks}<w:t>{number}</w:t></w:r>"
            f'<w:r>{looks}<w:fldChar w:fldCharType="end"/></w:r>'
        )

    def finish(self, body: Any) -> None:
        """Write the notes into the document: after rendering, before saving.

        They stand in the order of the text and are numbered by it, the template's own among them: LibreOffice goes by
        that order and not by the ids.
        """
        from docx.oxml.ns import qn
        from lxml import etree

        if not self._given:
            return
        part = self._part() or self._new_part()
        root = etree.fromstring(part.blob)
        own = {int(n.get(qn("w:id"))): n for n in root if n.get(qn("w:type")) is None}
        for note in own.values():
            root.remove(note)
        for number, ident in enumerate(self._placed(body), start=1):
            if ident in self._cited:
                root.extend(_elements(self._note(number, self._cited[ident], part)))
            elif ident in own:
                own[ident].set(qn("w:id"), str(number))
                root.append(own[ident])
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _placed(self, body: Any) -> list[int]:
        """The ids of notes in the order of the text, each mark by then a note's first or a pointer to that."""
        from docx.oxml.ns import qn

        placed: dict[int, int] = {}
        for mark in list(body.iter(qn("w:footnoteReference"))):
            ident, here = int(mark.get(qn("w:id"))), mark.getparent()
            number = placed.get(ident)
            if number is None:
                number = placed[ident] = len(placed) + 1
                settled = self._links.bookmark(f"_note{number}", self._first(number))
            else:
                settled = self._again(number)
            if ident in self._cited:
                for element in _elements(settled):
                    here.addprevious(element)
                here.getparent().remove(here)
            else:
                mark.set(qn("w:id"), str(number))
        return list(placed)

    def _note(self, number: int, citation: CitationView, part: Any) -> str:
        mark = f'<w:r><w:rPr><w:rStyle w:val="{self._styles.id("footnote reference")}"/></w:rPr><w:footnoteRef/></w:r>'
        return (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{self._styles.id("footnote text")}"/></w:pPr>'
            f"{mark}{run(' ')}{self._linked(citation, self._words(citation), part)}</w:p></w:footnote>"
        )

    def _words(self, citation: CitationView) -> str:
        again = citation.source in self._sources
        self._sources.add(citation.source)
        return citation.shown_again if again else citation.shown

    def _linked(self, citation: CitationView, words: str, part: Any) -> str:
        """The note's words; the document's title leads to its address, where it has one."""
        title = citation.title
        if not (web_address(citation.url) and title and words.startswith(title)):
            return run(words)
        told = self._links.web(title, citation.url, part) + run(words[len(title) :])
        if self.with_addresses and words == citation.shown:
            told += run(" ") + self._links.web(citation.url, citation.url, part)
        return told

    def _new_part(self) -> Any:
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml.ns import nsdecls

        blank = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<w:footnotes {nsdecls('w', 'r')}>"
        xml = f"{blank}{SEPARATORS}</w:footnotes>".encode()
        part = Part(PackURI("/word/footnotes.xml"), CONTENT, xml, self._docx.part.package)
        self._docx.part.relate_to(part, RELATED)
        self._declare()
        return part

    def _declare(self) -> None:
        """Settings name the separators, in the place that the schema gives them."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        settings = self._docx.settings.element
        if settings.find(qn("w:footnotePr")) is not None:
            return
        declared = parse_xml(
            f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        )
        # What is not in Word's own namespace (equations, extensions) stands after it too.
        later = [qn(f"w:{name}") for name in AFTER_FOOTNOTE_PR]
        follows = next((e for e in settings if e.tag in later or e.prefix != "w"), None)
        if follows is None:
            settings.append(declared)
        else:
            follows.addprevious(declared)


def _elements(xml: str) -> list[Any]:
    """Runs or notes as elements."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    return list(parse_xml(f"<w:p {nsdecls('w', 'r')}>{xml}</w:p>"))
