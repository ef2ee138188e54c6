"""Which words of a drawing are live: not struck out, hidden, beside the slide, or in the colour of what they stand on.

One table for slides and for what is drawn in workbooks and Word files. The reasons follow "the words stand there only".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from pipeline.office.live_word import HIDDEN, PAPER, STRUCK, TINY, child, local, same_colour

OUTSIDE, INVISIBLE = "beside the slide", "as invisible text"
SHAPES = ("sp", "graphicFrame", "grpSp", "cxnSp", "pic")
UNKNOWN = "?"
"""The colour of a ground that is painted, and not in one colour that the file names."""
_WHITE = "FFFFFF"
_TINIEST = 200
"""Hundredths of a point."""
_PLAIN_TABLES = ("{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}")
"""The styles of tables that paint no cell."""
_PAINT = ("solidFill", "noFill", "gradFill", "blipFill", "pattFill", "grpFill")
_SOLID = "1001"
"""The first of a theme's grounds: one colour."""
Box = tuple[float, float, float, float]


class DrawingLooks:
    """How words in a drawing look; of a slide also by what lies beneath it: its layout and master, in this order."""

    def __init__(
        self, root: Any, beneath: Sequence[Any] | None = None, theme: Any = None, size: tuple[int, int] | None = None
    ) -> None:
        self._size, self._layers = size, [] if beneath is None else [root, *beneath]
        self._colours = _theme_colours(theme, beneath[-1] if beneath else None)
        self._away = {shape: why for shape in _shapes(root) if (why := self._why_away(shape))}
        self._grounds: dict[Any, str] = {}

    def unseen(self, run: Any) -> str:
        """Why a reader does not see a run's words, or sees them struck out; empty where they are live."""
        around = list(run.iterancestors())
        if self._away and (why := next((self._away[e] for e in around if e in self._away), "")):
            return why
        own = child(run, "rPr")
        if own is not None and own.get("strike", "noStrike") != "noStrike":
            return STRUCK
        if own is not None and own.get("sz", "").isdigit() and int(own.get("sz")) <= _TINIEST:
            return TINY
        colour, shape = self._colour(own, around), next((e for e in around if local(e) in SHAPES), None)
        if colour == "" and child(own, "ln") is None:
            return INVISIBLE
        if colour in (None, "", UNKNOWN) or shape is None:
            return ""
        cell = next((e for e in around if local(e) == "tc"), None)
        holder = shape if cell is None else cell
        if holder not in self._grounds:
            self._grounds[holder] = self._ground(shape, cell)
        return PAPER if same_colour(colour, self._grounds[holder]) else ""

    def _why_away(self, shape: Any) -> str:
        """Why a shape is not seen: it is hidden, or lies wholly outside its slide."""
        named = next((e for part in shape if local(part).startswith("nv") for e in part if local(e) == "cNvPr"), None)
        if named is not None and named.get("hidden") in ("1", "true"):
            return HIDDEN
        box = _box(shape)
        if self._size is None or box is None:
            return ""
        return OUTSIDE if not _touch(box, (0, 0, *self._size)) else ""

    def _colour(self, own: Any, around: Sequence[Any]) -> str | None:
        """The colour of a run: empty for none at all, None where it is not said near by."""
        if own is not None and (colour := self._fill(own)) is not None:
            return colour
        for holder in around:
            style = child(holder, "lstStyle", "lvl1pPr", "defRPr") if local(holder) == "txBody" else None
            if style is not None and (colour := self._fill(style)) is not None:
                return colour
            if local(holder) == "sp":
                named = child(holder, "style", "fontRef")
                return None if named is None else self._named(named)
        return None

    def _fill(self, holder: Any) -> str | None:
        """What a thing is painted with: empty for nothing, None where it does not say."""
        paint = next((e for e in holder if local(e) in _PAINT), None)
        if paint is None:
            return None
        return "" if local(paint) == "noFill" else self._named(paint) if local(paint) == "solidFill" else UNKNOWN

    def _named(self, holder: Any) -> str:
        """The colour that an element names, where it is one that the file gives in full; empty for none at all."""
        colour = next(iter(holder), None)
        if colour is None:
            return UNKNOWN
        clear = child(colour, "alpha")
        if clear is not None and clear.get("val") in ("0", "0%"):
            return ""
        if any(local(e) != "alpha" for e in colour):
            return UNKNOWN
        if local(colour) == "srgbClr":
            return str(colour.get("val", UNKNOWN)).upper()
        if local(colour) == "sysClr":
            return str(colour.get("lastClr", UNKNOWN)).upper()
        return self._colours.get(colour.get("val", ""), UNKNOWN) if local(colour) == "schemeClr" else UNKNOWN

    def _ground(self, shape: Any, cell: Any) -> str:
        """The colour that a shape's words, or those of a cell of its table, stand on."""
        paint = None if cell is None else child(cell, "tcPr")
        own = None if paint is None else self._fill(paint)
        if cell is not None and own is None:
            style = next((e.text for e in shape.iter("{*}tableStyleId")), None)
            own = UNKNOWN if style and style not in _PLAIN_TABLES else ""
        own = self._shape_fill(shape) if cell is None else own
        return own or self._beneath(shape)

    def _shape_fill(self, shape: Any) -> str:
        """What a shape is painted with, by itself, by the style it names or as the placeholder that it fills."""
        properties = child(shape, "spPr")
        own = None if properties is None else self._fill(properties)
        if own is not None:
            return own
        named = child(shape, "style", "fillRef")
        if named is not None and named.get("idx") != "0":
            return self._named(named) if named.get("idx") == "1" else UNKNOWN
        return next((fill for p in self._placeholders(shape) if (fill := self._shape_fill(p))), "")

    def _placeholders(self, shape: Any) -> Iterator[Any]:
        """The shapes of the layout and the master whose place a shape takes."""
        wanted = _placeholder(shape)
        for layer in self._layers[1:] if wanted and self._is_on_slide(shape) else ():
            yield from (e for e in layer.iter("{*}sp") if (there := _placeholder(e)) and set(there) & set(wanted))

    def _is_on_slide(self, shape: Any) -> bool:
        return bool(self._layers) and any(around is self._layers[0] for around in shape.iterancestors())

    @cached_property
    def _below(self) -> list[tuple[Any, str, Box | None]]:
        """What is painted on a slide, from the master up: shape, colour and place."""
        shapes = [e for layer in self._layers[::-1] for e in _shapes(layer) if local(e) in ("sp", "pic")]
        shapes = [e for e in shapes if not _placeholder(e) or local(e) == "pic" or self._is_on_slide(e)]
        fills = ((e, UNKNOWN if local(e) == "pic" else self._shape_fill(e)) for e in shapes if e not in self._away)
        return [(e, fill, self._place(e)) for e, fill in fills if fill]

    def _beneath(self, shape: Any) -> str:
        """The colour of what lies beneath a shape that is not painted itself."""
        if not self._layers:
            return UNKNOWN
        place, order = self._place(shape), {e: at for at, e in enumerate(_shapes(self._layers[0]))}
        ground = self._background()
        for other, fill, there in self._below:
            if order.get(other, -1) >= order.get(shape, 0):
                break
            if place is None or there is None or _touch(place, there):
                ground = fill if same_colour(fill, ground) or _holds(there, place) else UNKNOWN
        return ground

    def _place(self, shape: Any) -> Box | None:
        return _box(shape) or next((box for p in self._placeholders(shape) if (box := _box(p))), None)

    def _background(self) -> str:
        for layer in self._layers:
            ground = child(layer, "cSld", "bg")
            if ground is None:
                continue
            if (painted := child(ground, "bgPr")) is not None:
                return self._fill(painted) or _WHITE
            named = child(ground, "bgRef")
            return UNKNOWN if named is None or named.get("idx") != _SOLID else self._named(named)
        return _WHITE


def _shapes(root: Any) -> Iterator[Any]:
    return iter(root.iter(*(f"{{*}}{name}" for name in SHAPES)))


def _placeholder(shape: Any) -> tuple[str, ...]:
    """By what a placeholder is known: its number and its kind; empty for other shapes."""
    mark = next((e for part in shape if local(part).startswith("nv") for e in part.iter("{*}ph")), None)
    if mark is None:
        return ()
    kind = mark.get("type", "body").replace("ctrTitle", "title")
    return tuple(key for key in (f"#{mark.get('idx')}" if mark.get("idx") else "", kind) if key)


def _box(shape: Any) -> Box | None:
    """Left, top, right and bottom of a shape on its slide, where it says so itself."""
    ways = (("spPr", "xfrm"), ("xfrm",), ("grpSpPr", "xfrm"))
    place = next((found for way in ways if (found := child(shape, *way)) is not None), None)
    try:
        left, top = _pair(child(place, "off"), "x", "y")
        width, height = _pair(child(place, "ext"), "cx", "cy")
        for group in shape.iterancestors("{*}grpSp"):
            if (inside := child(group, "grpSpPr", "xfrm")) is None:
                continue
            (x, y), (from_x, from_y) = (_pair(child(inside, name), "x", "y") for name in ("off", "chOff"))
            (wide, high), (of_x, of_y) = (_pair(child(inside, name), "cx", "cy") for name in ("ext", "chExt"))
            across, down = wide / (of_x or wide or 1), high / (of_y or high or 1)
            left, top = x + (left - from_x) * across, y + (top - from_y) * down
            width, height = width * across, height * down
    except (AttributeError, ValueError):
        return None
    return left, top, left + width, top + height


def _pair(element: Any, first: str, second: str) -> tuple[float, float]:
    return int(element.get(first, "")), int(element.get(second, ""))


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(outer: Box | None, inner: Box | None) -> bool:
    if outer is None or inner is None:
        return False
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _theme_colours(theme: Any, master: Any) -> dict[str, str]:
    """By the names that a slide uses: the theme's colours."""
    scheme = None if theme is None else next(iter(theme.iter("{*}clrScheme")), None)
    if scheme is None:
        return {}
    given = {local(e): next(iter(e), None) for e in scheme}
    own = {name: str(c.get("val" if local(c) == "srgbClr" else "lastClr", UNKNOWN)) for name, c in given.items()
           if c is not None}  # fmt: skip
    mapped = None if master is None else child(master, "clrMap")
    names = dict(mapped.attrib) if mapped is not None else {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    return {**own, **{name: own.get(of, UNKNOWN) for name, of in names.items()}}
