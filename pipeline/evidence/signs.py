"""The characters that carry meaning besides letters and digits, and those that do not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

HYPHENS = "-\u2010\u2011\ufffe\x02"
"""The last two are what pdfium writes for a hyphen at the end of a line."""
TRUE_MINUS = "\u2212\u207b\u208b\u2796\ufe63\uff0d\uf02d"
"""Signs that are never a dash between words; the last is a symbol font's."""
DASHES = HYPHENS + "\u2012\u2013\u2014\u2015" + TRUE_MINUS
RAISE = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
RAISED = "".join(RAISE.values()) + LOWERED
IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"
"""Soft hyphens, and marks that take no room."""
SHAPES = "■□▪▫●○◦◆◇◊★☆▶▸▹►◀◄◘◙⬛⬜→⇒➔➜➤➢❖❑❒❏❐"
"""Signs that often do no more than begin an item of a list."""
_FURNITURE = SHAPES + "©®™℠|¦¬\u2044\u2215\ufffd\ufffc\u2219\u22c5" + DASHES
_ALSO = "%‰‱&\u02dc\uf025\uf02b\uf03c\uf03d\uf03e\uf07e\uf0a3\uf0a8\uf0b1\uf0b3\uf0b4\uf0b9\uf0bb" + "".join(
    map(chr, range(0xF0FB, 0xF0FF))
)
SAME_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2044\u2215", "/"), **dict.fromkeys("\u00b7\u2219\u22c5\u066b", "."),
        **dict.fromkeys("\u223c\u02dc\uf07e", "~"), **dict.fromkeys("⩽≦\uf0a3", "≤"), **dict.fromkeys("⩾≧\uf0b3", "≥"),
        **dict.fromkeys("✔\uf0fc", "✓"), **dict.fromkeys("✘✕✖\uf0fb", "✗"), **dict.fromkeys(TRUE_MINUS, "-"),
        "\uf025": "%", "\uf02b": "+", "\uf03c": "<", "\uf03d": "=", "\uf03e": ">", "\uf0a8": "☐", "\uf0b1": "±",
        "\uf0b4": "×", "\uf0b9": "≠", "\uf0bb": "≈", "\uf0fd": "☒", "\uf0fe": "☑",
    }
)  # fmt: skip
"""One sign for those that look and mean the same; old symbol fonts have theirs where Unicode has none."""


def _class_of(letters: Iterable[str]) -> str:
    """A set of characters as a part of a pattern's brackets."""
    spans: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


def _all(categories: str, *ranges: tuple[int, int]) -> list[str]:
    codes = (chr(code) for first, end in ranges for code in range(first, end))
    return [letter for letter in codes if unicodedata.category(letter) in categories.split()]


MARKS = _class_of(
    set(_all("Mn Mc Me", (0x300, 0x3200), (0xA000, 0xAC00), (0xFB00, 0xFE30), (0x10000, 0x12000), (0x16000, 0x1F000)))
    - {*IGNORED}
)
"""Accents and vowel signs of every script: they belong to the letter before them."""
CURRENCY = _class_of(_all("Sc", (0x24, 0x3000), (0xA000, 0x10000)))
SIGNS = _class_of(
    set(_all("Sc Sm So", (0x24, 0x3000), (0x3200, 0x3400), (0xFB00, 0x10000), (0x1F000, 0x1FB00))) - {*_FURNITURE}
    | {*_ALSO}
)
