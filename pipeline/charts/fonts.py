"""Which font draws which letters: the papers' own, then matplotlib's, then an installed one; never an empty box."""

from __future__ import annotations

import functools
import unicodedata
from pathlib import Path

import matplotlib
from matplotlib.font_manager import FontEntry, FontProperties, findSystemFonts, fontManager, get_font
from matplotlib.textpath import text_to_path

# Each letter as wide as in Arial, in which the papers are set. By file and not by name: a machine may hold another
# edition of the same font.
OURS = Path(__file__).parent.parent / "data" / "fonts"
REGULAR, BOLD = str(OURS / "LiberationSans-Regular.ttf"), str(OURS / "LiberationSans-Bold.ttf")
SECOND = {
    own: str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / file)
    for own, file in ((REGULAR, "DejaVuSans.ttf"), (BOLD, "DejaVuSans-Bold.ttf"))
}
# Fonts that draw a box, nothing or a picture for every letter.
NOT_LETTERS = ("lastresort", "blank", "emoji", "tofu", "notdef")
STAND_IN = "[?]"
MISSING = f"{STAND_IN} letters for which this computer has no font: the words stand in the tables of the paper"

Piece = tuple[str, FontProperties]


@functools.cache
def families() -> tuple[str, ...]:
    """The papers' font and the second one, by names that no font of this machine has: for what matplotlib writes."""
    name = "boardpack papers"
    for file, weight in ((REGULAR, 400), (BOLD, 700)):
        fontManager.ttflist.append(FontEntry(fname=file, name=name, weight=weight, size="scalable"))
    return name, "DejaVu Sans"


@functools.lru_cache(maxsize=20_000)
def pieces(text: str, bold: bool) -> tuple[Piece, ...]:
    """The text in the order in which it is read, each piece with the font that has its letters."""
    made: list[tuple[str, str]] = []
    for letter in text:
        font = _font_of(letter, bold, before=made[-1][1] if made else "")
        if made and made[-1][1] == font:
            made[-1] = (made[-1][0] + letter, font)
        else:
            made.append((letter, font))
    return tuple((words, FontProperties(fname=font, size=10)) for words, font in made)


def drawable(text: str, bold: bool) -> str:
    """The text with letters that no font here has replaced by a stand-in."""
    if _letters(BOLD if bold else REGULAR).issuperset(map(ord, text)):
        return text
    shown: list[str] = []
    for letter in text:
        has = _is_joined(letter) or _font_of(letter, bold)
        if not has and shown[-1:] != [STAND_IN]:
            shown.append(STAND_IN)
        elif has and not (_is_joined(letter) and shown[-1:] == [STAND_IN]):
            shown.append(letter)
    return "".join(shown)


@functools.lru_cache(maxsize=20_000)
def width_of(text: str, bold: bool) -> float:
    """Width in points at a size of one point."""
    widths = (
        text_to_path.get_text_width_height_descent(words, font, ismath=False)[0] for words, font in pieces(text, bold)
    )
    return float(sum(widths)) / 10


def _is_joined(letter: str) -> bool:
    """True for a mark that belongs to the letter before it."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")


def _font_of(letter: str, bold: bool, before: str = "") -> str:
    """The font of a letter: marks and spaces stay with the letters before them. Empty where no font has it."""
    own, code = BOLD if bold else REGULAR, ord(letter)
    if before and before != own and (_is_joined(letter) or (letter == " " and code in _letters(before))):
        return before
    return next((font for font in (own, SECOND[own]) if code in _letters(font)), "") or _installed_font_of(code)


@functools.cache
def _installed_font_of(code: int) -> str:
    return next((path for path in installed() if code in _letters(path)), "")


@functools.cache
def installed() -> tuple[str, ...]:
    """Fonts of this computer that may draw letters, plain sans serif ones first."""

    def order(path: str) -> tuple[bool, bool, int, str]:
        name = Path(path).stem
        return (not name.startswith("NotoSans"), "Regular" not in name, len(name), path)

    found = (p for p in findSystemFonts() if not any(word in Path(p).stem.casefold() for word in NOT_LETTERS))
    return tuple(sorted(found, key=order))


@functools.cache
def _letters(path: str) -> frozenset[int]:
    try:
        font = get_font(path)
    except (OSError, RuntimeError, ValueError):  # a file that is no font, or is damaged
        return frozenset()
    return frozenset(code for code, glyph in font.get_charmap().items() if glyph) if font.scalable else frozenset()
