"""Colours of the levels in the papers' own tables: one hue, light for the lowest, told apart in grey print."""

from __future__ import annotations

INK, PAPER = "212B32", "FFFFFF"
RAMP = ("E8EDEE", "99C7EB", "005EB8", "003087")
# Other numbers of levels leave out the middle blues, on which neither dark nor white words can be read well.
LIGHT, DARK = ("E8EDEE", "85BCE8"), ("0A63BB", "00205B")


def shade(rank: int, levels: int) -> tuple[str, str]:
    """(fill, colour of the words on it) of a level; a statement without a level stays white."""
    if rank < 0:
        return PAPER, INK
    light = (levels + 1) // 2
    if levels == len(RAMP):
        fill = RAMP[rank]
    elif rank < light:
        fill = _between(*LIGHT, rank, light)
    else:
        fill = _between(*DARK, rank - light, levels - light)
    return fill, INK if rank < light else PAPER


def _between(first: str, last: str, step: int, steps: int) -> str:
    part = step / (steps - 1) if steps > 1 else 0.0
    pairs = ((int(first[n : n + 2], 16), int(last[n : n + 2], 16)) for n in (0, 2, 4))
    return "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)
