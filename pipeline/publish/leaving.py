"""The last look at a finished file before it is published: every part of it, for what must not stand in it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from lxml import etree, html

from pipeline.checks.screen import TITLE, Finder, Screen
from pipeline.checks.words import words

FEWEST_WORDS_OF_A_TITLE = 4
"""A shorter title of a document may be a heading of ours ("Board Assurance Framework")."""
NUMBERS_ONLY = re.compile(r"[\d.]+")
WORDS_IN_ATTRIBUTES = frozenset(("descr", "title", "alt", "name", "tooltip", "Target", "string", "href", "content"))
BLOCKS = frozenset(("p", "c", "si", "t", "text", "title", "desc", "property"))
SAID_IN_PDF = ("/Alt", "/ActualText", "/URI", "/Title", "/Contents", "/T", "/F")
PACKAGES = (".docx", ".xlsx", ".pptx", ".zip")
XML = (".xml", ".rels", ".svg")
Text = tuple[str, str]
"""Where it stands in the file, and the text."""


class Leaving:
    """Looks through finished files for what the screen of one cycle names."""

    def __init__(self, screen: Screen) -> None:
        long = [s for s in screen.secrets if s.what != TITLE or len(words(s.words)) >= FEWEST_WORDS_OF_A_TITLE]
        self._finder = Finder(Screen(tuple(long), screen.published, screen.cleared))
        self._known: dict[str, str] = {}

    def why_unfit(self, name: str, content: bytes) -> str:
        """What in a file must not be published, and where: a sentence that goes on from its name; empty where none."""
        for where, text in texts_in(name, content):
            if text not in self._known:
                self._known[text] = self._finder.unfit(text)
            if self._known[text]:
                place = f" in {where}" if where else ""
                return f"it holds {self._known[text]}{place}"
        return ""


def texts_in(name: str, content: bytes) -> Iterator[Text]:
    """Every text in a file: what is read, what stands behind it, and what it says of itself."""
    ending = PurePath(name).suffix.lower()
    reader = READERS.get(ending)
    if reader:
        yield from reader(content)


def _package(content: bytes) -> Iterator[Text]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            yield "the names of its parts", part.filename
            for where, text in texts_in(part.filename, archive.read(part)):
                yield f"{part.filename}: {where}" if where else part.filename, text


def _xml(content: bytes) -> Iterator[Text]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    # The letters of a paragraph may lie in many pieces; those of two paragraphs are no one text.
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield "", element.text or ""
            continue
        if etree.QName(element).localname in BLOCKS:
            yield "", "".join(element.itertext())
        else:
            yield "", element.text or ""
            yield "", element.tail or ""
        yield from (("", text) for name, text in element.attrib.items() if _says_words(str(name), str(text)))


def _says_words(name: str, text: str) -> bool:
    """Word writes numbers of its own into attributes; only those that people's words go into may be numbers alone."""
    local = name.rpartition("}")[2]
    return local in WORDS_IN_ATTRIBUTES or (not NUMBERS_ONLY.fullmatch(text) and local not in ("d", "points", "path"))


def _html(content: bytes) -> Iterator[Text]:
    page = html.fromstring(content)
    for element in page.iter():
        if isinstance(element.tag, str):
            yield "", " ".join(part for part in (element.text or "", *(c.tail or "" for c in element)))
            yield from (("", str(text)) for text in element.attrib.values())
            if element.tag in ("p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "span", "a", "figcaption"):
                yield "", "".join(element.itertext())
        else:
            yield "", element.text or ""


def _csv(content: bytes) -> Iterator[Text]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    yield from ((f"row {n}", cell) for n, row in enumerate(rows, 1) for cell in row)


def _json(content: bytes) -> Iterator[Text]:
    yield from _json_texts(json.loads(content), "")


def _json_texts(value: object, where: str) -> Iterator[Text]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for inner in value:
            yield from _json_texts(inner, where)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield where, key
            yield from _json_texts(inner, f"{where}.{key}".strip("."))


def _plain(content: bytes) -> Iterator[Text]:
    yield from ((f"line {n}", line) for n, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1))


def _pdf(content: bytes) -> Iterator[Text]:
    import pikepdf
    import pypdfium2

    with pikepdf.open(io.BytesIO(content)) as pdf:
        info: Any = pdf.docinfo
        for key in info:
            yield "its properties", str(info[key])
        if "/Metadata" in pdf.Root:
            yield from (("its properties", text) for _, text in _xml(bytes(pdf.Root.Metadata.read_bytes())))
        said: list[Any] = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        for text in (item.get(key) for item in said for key in SAID_IN_PDF):
            if isinstance(text, pikepdf.String):
                yield "what is said of its pictures, links and bookmarks", str(text)
    with pypdfium2.PdfDocument(content) as pages:
        for n in range(len(pages)):
            lines = pages[n].get_textpage().get_text_bounded().splitlines()
            yield from ((f"page {n + 1}", line) for line in lines)


READERS: dict[str, Callable[[bytes], Iterator[Text]]] = {
    **dict.fromkeys(PACKAGES, _package),
    **dict.fromkeys(XML, _xml),
    ".html": _html,
    ".csv": _csv,
    ".json": _json,
    ".pdf": _pdf,
    **dict.fromkeys((".txt", ".md", ".ics"), _plain),
}
