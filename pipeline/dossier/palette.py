"""The colours of levels: one hue, light for the lowest to dark for the highest, told apart in grey print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

INK, PAPER, QUIET, LINE = "#212B32", "#FFFFFF", "#4C6272", "#768692"
HATCH, EDGE = "#D8DDE0", "#AEB7BD"
HEADER, SECTION_FILL = "#425563", "#F0F4F5"
"""The header row of a table, a grey so that it is no level's colour, and the row of a section."""

WEAKEST_EDGE = INK
"""Round the lowest level, so that it is seen as soon as the highest is."""

# The one hue, from white to nearly black, as a path that is walked by contrast with white.
HUE = ("#FFFFFF", "#99C7EB", "#4A97D6", "#005EB8", "#003087", "#00123A")
# Contrast with white, first to last, of the light half (dark words) and the dark half (white words). Between the two
# lies a band on which neither can be read well. Neighbours stand at least 1.5 to 1 apart, up to seven levels.
LIGHT, LIGHT_FROM_PAPER, DARK, DARK_TO_BLACK = (1.6, 2.9), (1.2, 3.0), (5.0, 12.0), (4.6, 16.0)
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Shade:
    """A cell's colour, and the colour of words on it."""

    fill: str
    text: str


@cache
def shades(levels: int) -> tuple[Shade, ...]:
    """A shade for each level of a scale, lowest first."""
    light = min(3, (levels + 1) // 2)
    steps = _steps(*(LIGHT_FROM_PAPER if light > 2 else LIGHT), light)
    steps += _steps(*(DARK_TO_BLACK if levels - light > 2 else DARK), levels - light)
    return tuple(Shade(fill, _words_on(fill)) for fill in map(_of_contrast, steps))


def shade(rank: int, levels: int) -> tuple[str, str]:
    """(fill, colour of the words on it) of a level as Word writes colours; without a level (-1) it stays white."""
    worn = shades(levels)[rank] if rank >= 0 else Shade(PAPER, INK)
    return worn.fill.lstrip("#"), worn.text.lstrip("#")


def _steps(first: float, last: float, number: int) -> list[float]:
    """`number` contrasts from the first to the last, each as many times the one before it."""
    return [first * (last / first) ** (n / (number - 1) if number > 1 else 0) for n in range(number)]


def _of_contrast(wanted: float) -> str:
    """The lightest colour on the path of the hue that has this contrast with white."""
    path = [_rgb(stop) for stop in HUE]
    for place in range(1001):
        whole, part = divmod(place * (len(path) - 1) / 1000, 1)
        before, after = path[int(whole)], path[min(int(whole) + 1, len(path) - 1)]
        mixed = (round(a + (b - a) * part) for a, b in zip(before, after, strict=True))
        colour = "#" + "".join(f"{channel:02X}" for channel in mixed)
        if contrast(colour, PAPER) >= wanted:
            break
    return colour


def _words_on(fill: str) -> str:
    return INK if contrast(INK, fill) >= contrast(PAPER, fill) else PAPER


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 reckons it, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 reckons it."""
    parts = [c / 255 for c in _rgb(colour)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


RAMP = tuple(shade.fill for shade in shades(4))
