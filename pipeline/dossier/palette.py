"""The colours of levels: one hue, light for the lowest to dark for the highest, told apart in grey print."""

from __future__ import annotations

from dataclasses import dataclass

INK, PAPER, QUIET, LINE = "#212B32", "#FFFFFF", "#4C6272", "#768692"
HATCH, EDGE = "#D8DDE0", "#AEB7BD"

# Four levels wear these exactly. Between the light half and the dark half lies a band of blues on which neither dark
# nor white words can be read well; other numbers of levels are spread over the two halves and leave that band out.
RAMP = ("#E8EDEE", "#99C7EB", "#005EB8", "#003087")
LIGHT, DARK = ("#E8EDEE", "#85BCE8"), ("#0A63BB", "#00205B")
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Shade:
    """A cell's colour, and the colour of words on it."""

    fill: str
    text: str


def shades(levels: int) -> tuple[Shade, ...]:
    """A shade for each level of a scale, lowest first."""
    if levels == len(RAMP):
        fills = list(RAMP)
    else:
        light = (levels + 1) // 2
        fills = [*_spread(*LIGHT, light), *_spread(*DARK, levels - light)]
    return tuple(Shade(fill, _words_on(fill)) for fill in fills)


def shade(rank: int, levels: int) -> tuple[str, str]:
    """(fill, colour of the words on it) of a level as Word writes colours; without a level (-1) it stays white."""
    worn = shades(levels)[rank] if rank >= 0 else Shade(PAPER, INK)
    return worn.fill.lstrip("#"), worn.text.lstrip("#")


def _spread(first: str, last: str, number: int) -> list[str]:
    """`number` colours from the first to the last."""
    start, end = _rgb(first), _rgb(last)
    steps = [n / (number - 1) if number > 1 else 0.0 for n in range(number)]
    return ["#" + "".join(f"{round(a + (b - a) * t):02X}" for a, b in zip(start, end, strict=True)) for t in steps]


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
