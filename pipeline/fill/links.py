"""Bookmarks, links and cross-references: what leads from one place of a paper to another, or to the web."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from pipeline.fill.styles import Styles
from pipeline.fill.text import run

WEB = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
LONGEST_NAME = 40
# A name within an address, as it is written or as Word escapes it.
NAMED = re.compile(r"(?:\{|%7B){2}.*?(?:\}|%7D){2}", re.IGNORECASE)


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
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> REF {bookmark} \\h </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(words)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

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
