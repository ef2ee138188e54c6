"""Names outside of the running text: in the addresses of links, in charts and in SmartArt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from lxml import etree

from pipeline.check.addresses import web_address
from pipeline.errors import TemplateError
from pipeline.fill.links import NAMED, with_names
from pipeline.fill.parts import STORIES, kind_of, put_back, tree_of

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = {"chartSpace": "a chart", "userShapes": "a chart", "dataModel": "SmartArt", "drawing": "SmartArt"}
CODE = re.compile(r"\{\{|\{%|\{#")
# What an address may hold unescaped when a value is the whole of it, and when it is a part.
WHOLE, PART = ":/?#[]@!$&'()*+,;=%~", "/~"


def fill_beyond(docx: Any, name: str, fill: Callable[[str, str], str]) -> None:
    """Fill the names in links, charts and SmartArt; `fill` takes a text and where it stands."""
    for part in docx.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and NAMED.search(relation.target_ref):
                relation._target = _address(relation.target_ref, name, fill)
        root = tree_of(part)
        kind = kind_of(root)
        if root is None or kind in STORIES:
            continue
        if kind in DRAWN and CODE.search(_everything(root)):
            for texts in _texts(root):
                _fill_texts(texts, DRAWN[kind], fill)
            put_back(part, root)
        if CODE.search(_everything(root)):
            where = DRAWN.get(kind, f"a part of another kind ({kind})")
            raise TemplateError(
                f"{name} has template code in {where} where nothing is filled in.",
                "Take it out of the template, or write it into the text of the paper.",
            )


def _address(written: str, name: str, fill: Callable[[str, str], str]) -> str:
    address = with_names(written)
    whole = NAMED.fullmatch(address.strip()) is not None
    filled = NAMED.sub(
        lambda tag: quote(fill(tag.group(), f"the link to `{address}`"), safe=WHOLE if whole else PART), address
    )
    if not web_address(filled):
        raise TemplateError(
            f"{name} has a link to `{address}`, which leads to no web address: it would be `{filled}`.",
            "Correct the link in Word, or take it out.",
        )
    return filled


def _texts(root: Any) -> Iterator[list[Any]]:
    """The pieces of each paragraph of a drawing, and single values."""
    for paragraph in root.iter(f"{DRAWING}p"):
        yield list(paragraph.iter(f"{DRAWING}t"))
    for value in root.iter(f"{CHART}v"):
        yield [value]


def _fill_texts(texts: list[Any], where: str, fill: Callable[[str, str], str]) -> None:
    whole = "".join(t.text or "" for t in texts)
    if CODE.search(whole):
        filled = fill(whole, f"{where}, “{whole}”")
        for number, text in enumerate(texts):
            text.text = "" if number else filled


def _everything(root: Any) -> str:
    """All text and all attributes of a part."""
    attributes = (value for e in root.iter(etree.Element) for value in e.attrib.values())
    return "".join(root.itertext()) + "\n" + "\n".join(attributes)


def names_nothing(docx: Any) -> bool:
    """True for a template without a single name: the paper would say the same of every assessment."""
    for part in docx.part.package.iter_parts():
        if any(r.is_external and NAMED.search(r.target_ref) for r in part.rels.values()):
            return False
        root = tree_of(part)
        if root is not None and kind_of(root) in {*STORIES, *DRAWN} and CODE.search(_everything(root)):
            return False
    return True
