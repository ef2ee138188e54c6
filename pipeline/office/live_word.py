"""Which words of a Word file are live: not struck out, deleted, hidden, or set so that no reader sees them.

One table for all who read Word files. Whoever reads one asks `gone` of every element and `WordLooks.unseen` of every
run, and gets the reason in words that follow "the words stand there only".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

STRUCK, DELETED, HIDDEN = "struck out", "as deleted (a tracked change)", "as hidden text"
PAPER, TINY = "in the colour of the paper", "in letters too small to read"
OFF_PAGE = "outside the edge of the page"

REPEATED = frozenset({"Fallback"})
"""The same content once more, for old programs."""
CODES = frozenset({"instrText", "delInstrText"})
_OFF = frozenset({"0", "false", "off", "none"})
_TINIEST = 4
"""Half points."""
_LIGHTEST = 0xF7
_ALIKE = 16
"""Of 255: colours that differ by no more look the same."""
_PICTURES = frozenset({"anchor", "pict", "txbxContent"})
VML = ("shape", "rect", "roundrect", "oval")
"""What old programs call a shape."""
_UNSEEN_SHAPE = re.compile(r"visibility\s*:\s*hidden")
_EMU, _LARGEST = 635, 20_116_800
"""Of a twip; and of the longest page that Word has."""
_NEAR = 12
"""Paragraphs: a picture that lies so near may stand behind white words."""


def local(element: Any) -> str:
    """An element's name without its namespace: Strict files use another one for the same names."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str = "val") -> str:
    """An attribute, whichever of the two Word namespaces it is in."""
    return next((str(v) for k, v in element.attrib.items() if k.rsplit("}", 1)[-1] == name), "")


def child(element: Any, *path: str) -> Any:
    """The first child along these names, or None."""
    for name in path:
        element = next((e for e in element if local(e) == name), None) if element is not None else None
    return element


def gone(element: Any) -> str:
    """Why nothing below this element is live: a tracked deletion or move, of words, a row or a cell; else empty."""
    name = local(element)
    if name in ("del", "moveFrom") and element.getparent() is not None and local(element.getparent()) != "rPr":
        return DELETED
    if name == "tr" and child(element, "trPr", "del") is not None:
        return DELETED
    if name == "tc" and child(element, "tcPr", "cellDel") is not None:
        return DELETED
    if name == "tr" and _on(child(element, "trPr", "hidden")):
        return HIDDEN
    if name in ("anchor", "inline"):
        named = child(element, "docPr")
        return HIDDEN if named is not None and named.get("hidden", "0") not in _OFF else _off_the_page(element)
    return HIDDEN if name in VML and _UNSEEN_SHAPE.search(element.get("style", "")) else ""


def _off_the_page(anchor: Any) -> str:
    """Whether a drawing lies wholly beside the page, as far as its place is given from the page's own edge."""
    root = anchor.getroottree().getroot()
    for axis, side, length in (("positionH", "w", "cx"), ("positionV", "h", "cy")):
        place, extent = child(anchor, axis), child(anchor, "extent")
        offset = child(place, "posOffset")
        if offset is None or extent is None or value(place, "relativeFrom") != "page":
            continue
        sides = [value(e, side) for e in root.iter("{*}pgSz")]
        paper = max((int(s) * _EMU for s in sides if s.isdigit()), default=_LARGEST)
        try:
            start = int(offset.text or "0")
            if start >= paper or start + int(value(extent, length) or 0) <= 0:
                return OFF_PAGE
        except ValueError:
            continue
    return ""


class WordLooks:
    """How runs look, by themselves and by the styles of the file."""

    def __init__(self, styles: Any = None, document: Any = None) -> None:
        entries = [] if styles is None else [e for e in styles if local(e) == "style"]
        self._styles = {value(e, "styleId"): e for e in entries}
        self._usual = next(
            (value(e, "styleId") for e in entries if value(e, "type") == "paragraph" and _default(e)), ""
        )
        self._defaults = None if styles is None else child(styles, "docDefaults", "rPrDefault", "rPr")
        background = None if document is None else child(document, "background")
        self._coloured_page = background is not None and not _is_light(value(background, "color"))
        self._chain = lru_cache(maxsize=None)(self._chain_of)
        self._by_style = lru_cache(maxsize=None)(lambda style: _why(self._looks(None, style)))

    def unseen(self, run: Any) -> str:
        """Why a reader does not see a run's words, or sees them struck out; empty where they are live."""
        own = child(run, "rPr")
        style = self._paragraph_style(run)
        if own is None or not _strange(own):
            own, why = None, self._by_style(style)
        else:
            why = _why(self._looks(own, style))
        if why == PAPER and self._stands_out(run, self._looks(own, style), style):
            why = ""
        return PAPER if not why and own is not None and self._in_its_ground(own, run, style) else why

    def _in_its_ground(self, own: Any, run: Any, style: str) -> bool:
        """Whether words have the very colour that their run, paragraph or cell is shaded with."""
        colour = child(own, "color")
        if colour is None:
            return False
        around = (child(e, f"{local(e)}Pr", "shd") for e in run.iterancestors() if local(e) in ("p", "tc"))
        styled = (child(p, "shd") for kind in ("rPr", "pPr") for p in self._chain(style, kind))
        ground = next((shade for shade in (child(own, "shd"), *styled, *around) if shade is not None), None)
        return _is_plain(ground) and same_colour(value(colour), value(ground, "fill"))

    def _looks(self, own: Any, style: str) -> list[Any]:
        """The properties that decide how a run looks, the nearest first."""
        looks = [] if own is None else [own]
        if own is not None and (named := child(own, "rStyle")) is not None:
            looks += self._chain(value(named), "rPr")
        looks += self._chain(style, "rPr")
        return looks if self._defaults is None else [*looks, self._defaults]

    def _paragraph_style(self, run: Any) -> str:
        paragraph = next((e for e in run.iterancestors() if local(e) == "p"), None)
        style = None if paragraph is None else child(paragraph, "pPr", "pStyle")
        return self._usual if style is None else value(style)

    def _chain_of(self, style: str, kind: str) -> tuple[Any, ...]:
        """The properties of a style and of those that it is based on."""
        found, seen = [], set()
        while style in self._styles and style not in seen:
            seen.add(style)
            entry = self._styles[style]
            if (properties := child(entry, kind)) is not None:
                found.append(properties)
            base = child(entry, "basedOn")
            style = "" if base is None else value(base)
        return tuple(found)

    def _stands_out(self, run: Any, looks: list[Any], style: str) -> bool:
        """Whether white words stand on something darker than paper, as far as the file can tell."""
        if self._coloured_page or any(_is_dark(child(look, "shd")) or _marked(look) for look in looks):
            return True
        if any(_is_dark(child(p, "shd")) for p in self._chain(style, "pPr")):
            return True
        for around in run.iterancestors():
            name = local(around)
            if name == "txbxContent" and (plain := _box_is_plain(around)) is not None:
                return not plain
            if name in _PICTURES or _is_dark(child(around, f"{name}Pr", "shd")):
                return True
            if name == "tbl" and (style := child(around, "tblPr", "tblStyle")) is not None:
                below = (self._styles.get(s) for s in self._based_on(value(style)))
                if any(_is_dark(e) for entry in below if entry is not None for e in entry.iter("{*}shd")):
                    return True
        return _by_a_picture(run)

    def _based_on(self, style: str) -> Iterator[str]:
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style
            base = child(self._styles[style], "basedOn")
            style = "" if base is None else value(base)


def _strange(properties: Any) -> bool:
    """Whether there is anything in a run's own properties that can make its words unseen, or seen."""
    return any(local(e) in ("vanish", "strike", "dstrike", "color", "sz", "rStyle") for e in properties)


def _why(looks: list[Any]) -> str:
    """Why words that look so are not live, whatever they stand on."""
    if _first(looks, "vanish"):
        return HIDDEN
    if _first(looks, "strike") or _first(looks, "dstrike"):
        return STRUCK
    size = next((value(e) for look in looks if (e := child(look, "sz")) is not None), "")
    if size.isdigit() and int(size) <= _TINIEST:
        return TINY
    colour = next((e for look in looks if (e := child(look, "color")) is not None), None)
    return PAPER if colour is not None and _is_white(colour) else ""


def _first(looks: list[Any], name: str) -> bool:
    return next((_on(e) for look in looks if (e := child(look, name)) is not None), False)


def _on(element: Any) -> bool:
    return element is not None and value(element).lower() not in _OFF


def _default(style: Any) -> bool:
    return value(style, "default") in ("1", "true", "on")


def same_colour(one: str, other: str) -> bool:
    """Whether nobody could tell two colours apart, each given as `RRGGBB`."""
    try:
        parts = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return False
    return len(one) == len(other) == 6 and all(abs(a - b) <= _ALIKE for a, b in parts)


def _is_light(colour: str) -> bool:
    """Whether a colour is that of paper; `auto` is, as a background."""
    if len(colour) != 6:
        return True
    try:
        return all(int(colour[at : at + 2], 16) >= _LIGHTEST for at in (0, 2, 4))
    except ValueError:
        return True


def _is_white(colour: Any) -> bool:
    given = value(colour)
    if len(given) == 6:
        return _is_light(given)
    shaded = value(colour, "themeShade")
    return value(colour, "themeColor") in ("background1", "light1") and not shaded


def _is_dark(shading: Any) -> bool:
    if shading is None:
        return False
    patterned = value(shading) not in ("clear", "nil", "")
    themed = value(shading, "themeFill") not in ("", "background1", "light1") or value(shading, "themeFillShade") != ""
    return patterned or themed or not _is_light(value(shading, "fill"))


def _is_plain(shading: Any) -> bool:
    return shading is not None and value(shading) in ("clear", "")


def _marked(look: Any) -> bool:
    mark = child(look, "highlight")
    return mark is not None and value(mark) not in ("none", "white", "")


def _box_is_plain(content: Any) -> bool | None:
    """Whether a text box is white itself; None where it does not say, or is not painted."""
    shape = next((e for e in content.iterancestors() if local(e) in ("wsp", *VML)), None)
    if shape is None:
        return None
    if local(shape) != "wsp":
        given = shape.get("fillcolor", "white").lstrip("#").partition(" ")[0].casefold()
        return None if shape.get("filled", "t") in ("f", "false") else given in ("white", "fff") or _is_light(given)
    paint = child(shape, "spPr", "solidFill", "srgbClr")
    return None if paint is None else _is_light(value(paint))


def _by_a_picture(run: Any) -> bool:
    """Whether a picture or shape lies so near that it may stand behind these words."""
    paragraph = next((e for e in run.iterancestors() if local(e) == "p"), None)
    if paragraph is None:
        return False
    around = [paragraph, *_siblings(paragraph, preceding=True), *_siblings(paragraph, preceding=False)]
    return any(True for block in around for _ in block.iter("{*}anchor", "{*}pict"))


def _siblings(paragraph: Any, *, preceding: bool) -> Iterator[Any]:
    for number, sibling in enumerate(paragraph.itersiblings(preceding=preceding)):
        if number >= _NEAR:
            return
        yield sibling
