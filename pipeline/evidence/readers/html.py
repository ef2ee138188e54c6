"""Web pages: the text that a browser shows. Nothing in them is run or fetched."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading, UnreadableError
from pipeline.evidence.readers.plain import content, decode

if TYPE_CHECKING:
    from lxml import etree

UNSEEN = frozenset({"head", "script", "style", "template", "noscript", "svg", "object", "iframe", "audio", "video"})
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""")


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A saved web page as one page of text."""
    from lxml import html

    data = content(path, asked)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_text(data), parser=parser)
    except Exception as error:
        raise UnreadableError("it is damaged: no web page could be made out in it") from error
    if any("depth" in str(entry.message) for entry in parser.error_log):
        raise UnreadableError("it is damaged: its contents are nested too deeply")
    return Reading("html", 1, {1: Page(1, _visible(root))})


def _text(data: bytes) -> str:
    named = CHARSET.search(data[:2048])
    if named:
        with suppress(LookupError, UnicodeDecodeError):
            data = data.decode(named.group(1).decode("ascii")).encode("utf-8")
    # A declaration of another encoding would be believed over the text that is handed in.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data))


def _visible(root: etree._Element) -> str:
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if _unseen(element):
                walk.skip_subtree()
            else:
                pieces += [_gap(element), element.text or ""]
        else:
            pieces += [_gap(element), element.tail or ""]
    return "".join(pieces)


def _unseen(element: etree._Element) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in UNSEEN
        or "hidden" in element.attrib
        or bool(HIDDEN.search(element.get("style", "")))
    )


def _gap(element: etree._Element) -> str:
    return "" if element.tag in INLINE else "\n"
