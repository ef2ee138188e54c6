"""What fonts of symbols show for the letters that are typed in them: Symbol, Wingdings, Webdings."""

from __future__ import annotations

SYMBOLS = ("wingdings", "webdings", "symbol", "marlett", "zapfdingbats")
"""How the names of fonts begin whose letters are pictures."""

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL = {ord(latin): greek for latin, greek in zip(_LATIN, _GREEK, strict=True)} | {
    0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√",
    **{code: chr(code) for code in (*range(0x20, 0x2D), *range(0x2E, 0x40)) if chr(code) not in "\"$'*"},
}  # fmt: skip
_WINGDINGS = {0x20: " ", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xA3: "☐", 0x52: "☑",
              0xA7: "▪", 0xB7: "•"}  # fmt: skip
_IN_FONTS = (
    ("symbol", _SYMBOL),
    ("wingdings 2", {0x20: " ", 0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x54: "☒", 0xA3: "☐", 0x2A: "☐"}),
    ("wingdings", _WINGDINGS),
    ("webdings", {**_WINGDINGS, 0x61: "✓", 0x72: "✗"}),
)


def in_font(text: str, font: str) -> str:
    """Text as a font of symbols shows it: ticks, boxes, signs; what is not known there as a letter of no script."""
    known = next((signs for name, signs in _IN_FONTS if font.casefold().startswith(name)), None)
    if known is None:
        return text
    codes = [ord(c) - 0xF000 if "\uf000" <= c <= "\uf0ff" else ord(c) for c in text]
    return "".join(known.get(code) or chr(0xF000 + code if code < 0x100 else code) for code in codes)


def symbol(code: str, font: str) -> str:
    """What a character that Word names by its number shows; one that is not known as itself."""
    try:
        return in_font(chr(int(code, 16)), font)
    except (ValueError, OverflowError):
        return ""
