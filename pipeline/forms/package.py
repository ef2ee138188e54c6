"""What else lies in the file of a form: its hidden marks, merged cells, notes in the margin, footnotes, text boxes."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from pipeline.forms.leftovers import RUNNING
from pipeline.forms.word_tables import paragraph_text
from pipeline.forms.wording import FormStamp, read_stamp, without_figures
from pipeline.office.workbooks import Grid

OPEN = (".ods", ".odt")
"""The endings of OpenDocument forms."""
_NOTES = (
    (re.compile(r"word/comments\.xml"), "a comment in the margin"),
    (re.compile(r"word/(?:footnotes|endnotes)\d*\.xml"), "a footnote"),
    (re.compile(r"xl/comments\d*\.xml|xl/comments/.*\.xml|xl/threadedComments/.*\.xml"), "a note on a cell"),
    (re.compile(r"xl/drawings/drawing\d+\.xml"), "a text box"),
)
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_THREAD = "[Threaded comment]"


class FormPackage:
    """The parts of a form's file; it has been found safe to open before."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._names = self._archive.namelist()

    def stamp(self, grids: Iterable[Grid]) -> FormStamp | None:
        """The marks that the form was sent out with: in its properties, or in the sheet of its lists."""
        marks = dict(self._properties())
        for grid in grids:
            for _, cells in grid.rows:
                marks |= {a: b for a, b in zip(cells, cells[1:], strict=False) if a.startswith("boardpack-form-")}
        return read_stamp(marks)

    def _properties(self) -> Iterator[tuple[str, str]]:
        meta = self.root("meta.xml")
        for entry in meta.iter("{*}user-defined") if meta is not None else ():
            yield next((v for k, v in entry.attrib.items() if k.endswith("}name")), ""), "".join(entry.itertext())
        root = self.root("docProps/custom.xml")
        if root is not None:
            for entry in root:
                if isinstance(entry.tag, str):
                    yield entry.get("name", ""), "".join(entry.itertext())

    def merged(self) -> dict[str, tuple[tuple[int, int, int, int], ...]]:
        """Sheet -> its merged cells: first row, first column, last row, last column; columns count from 0."""
        found = {}
        for title, part in self.sheets():
            root = self.root(part)
            ranges = [] if root is None else [e.get("ref", "") for e in root.iter() if _name(e) == "mergeCell"]
            found[title] = tuple(_corners(match) for ref in ranges if (match := _RANGE.fullmatch(ref)))
        return found

    def loose_texts(self) -> Iterator[tuple[str, str]]:
        """Where and what was written beside the form's own text."""
        content = self.root("content.xml")
        for note in content.iter("{*}annotation", "{*}note") if content is not None else ():
            said = "\n".join("".join(p.itertext()) for p in note.iter("{*}p"))
            if said.strip():
                yield "a comment in the margin", said
        for name in sorted(self._names):
            for pattern, where in _NOTES:
                if pattern.fullmatch(name):
                    yield from ((where, text) for text in _notes(self.root(name)) if text.strip())
            if _RUNNING.fullmatch(name):
                for text in _paragraphs(self.root(name)):
                    if text.strip():
                        yield RUNNING, without_figures(text)

    def has_revisions(self) -> bool:
        """Whether a workbook keeps track of changes."""
        return any(name.startswith("xl/revisions/") for name in self._names)

    def sheets(self) -> Iterator[tuple[str, str]]:
        """The name and the part of each sheet of a workbook."""
        book, relations = self.root("xl/workbook.xml"), self.root("xl/_rels/workbook.xml.rels")
        if book is None or relations is None:
            return
        targets = {r.get("Id"): r.get("Target", "") for r in relations.iter() if isinstance(r.tag, str)}
        for sheet in book.iter():
            if _name(sheet) == "sheet":
                relation = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
                target = targets.get(relation, "")
                yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def root(self, part: str) -> Any:
        """The XML of a part; None where there is none, or it cannot be read."""
        if part not in self._names:
            return None
        try:
            return etree.fromstring(self._archive.read(part), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return None


def _notes(root: Any) -> Iterator[str]:
    """The text of each comment, note or text box of a part."""
    if root is None:
        return
    kinds = {"comment", "footnote", "endnote", "threadedComment", "txBody"}
    for element in root.iter():
        if _name(element) in kinds and element.get(_w("type")) not in ("separator", "continuationSeparator"):
            text = "\n".join(filter(None, _paragraphs(element))) or "".join(
                t.text or "" for t in element.iter() if _name(t) in ("t", "text")
            )
            # What older versions of Excel show of a comment that stands in a part of its own.
            if not text.startswith(_THREAD):
                yield text


def _paragraphs(root: Any) -> list[str]:
    return [] if root is None else [paragraph_text(p) for p in root.iter() if _name(p) == "p"]


def _corners(match: re.Match[str]) -> tuple[int, int, int, int]:
    return int(match[2]), _index(match[1]), int(match[4]), _index(match[3])


def _index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
