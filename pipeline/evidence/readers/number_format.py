"""Numbers in a workbook as Excel shows them: `0.142` with the format `0.0%` is `14.2%`.

Covers what evidence holds: plain numbers, decimals, thousands, percentages, currency, dates and times. A format that is
not understood shows the number plainly.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "hh:mm", 21: "hh:mm:ss",
    22: "dd/mm/yyyy hh:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss", 48: "0.0E+0", 49: "@",
}  # fmt: skip
PIECE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|\.0+(?=[^0#]|$)|.', re.DOTALL
)
NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(?:[eE][+-]?0+)?,*")
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
PER_DAY = {"h": 24, "m": 1440, "s": 86_400}
DATED = re.compile(r"[ymdhs]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[str, ...]:
    """The parts of a format for positive, negative and zero; a `;` inside quotation marks does not count."""
    parts = [""]
    for piece in re.findall(r'"[^"]*"|\\.|.', code, re.DOTALL):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece
    return tuple(parts)


def shown(text: str, code: str, since_1904: bool = False) -> str:
    """A stored number as its format shows it."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return text
    if code == "General":
        return plain(text)
    try:
        return _by_sign(number, _sections(code), since_1904, text)
    except (ArithmeticError, ValueError):
        return text


def _by_sign(number: Decimal, parts: tuple[str, ...], since_1904: bool, text: str) -> str:
    if number < 0 and len(parts) > 1 and parts[1]:
        return _section(-number, parts[1], since_1904, text)
    if number == 0 and len(parts) > 2 and parts[2]:
        return _section(number, parts[2], since_1904, text)
    return _section(number, parts[0], since_1904, text)


def _section(number: Decimal, code: str, since_1904: bool, text: str) -> str:
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!\$|h+\]|m+\]|s+\])[^\]]*\]', "", code, flags=re.IGNORECASE)
    if bare.strip().lower() in ("general", "", "@"):
        return _literal(code.replace("General", "").replace("@", "")) + plain(text) if bare.strip() else _literal(code)
    if DATED.search(re.sub(r"\[\$[^\]]*\]|e[+-]", "", bare, flags=re.IGNORECASE)):
        return _date(number, code, since_1904, text)
    return _figure(number, code, text)


def plain(text: str) -> str:
    """A number as a cell without a format shows it: at most 11 figures, no trailing zeros."""
    number = float(text)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.10g}".upper()


def _literal(code: str) -> str:
    """What a format prints besides the number: `"£"`, `\\m`, `[$€-2]`."""
    kept = ""
    for piece in PIECE.findall(code):
        if piece[0] in '"' and len(piece) > 1:
            kept += piece[1:-1]
        elif piece[0] == "\\":
            kept += piece[1:]
        elif piece[0] == "_":
            kept += " "
        elif piece.startswith("[$"):
            kept += piece[2:-1].split("-")[0]
        elif piece[0] not in "[*":
            kept += piece
    return kept


def _mask(code: str) -> str:
    """The format with its literals blanked out, letter for letter, so that places in it stay the same."""
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', lambda m: "\0" * len(m.group()), code)


def _figure(number: Decimal, code: str, text: str) -> str:
    mask = _mask(code)
    found = NUMBER.search(mask)
    if not found or "/" in mask or "?" in found.group() and "." not in found.group():
        return plain(text) if not found or "/" in mask else _literal(code[: found.start()]) + plain(text)
    body = found.group()
    before, after = _literal(code[: found.start()]), _literal(code[found.end() :])
    if "%" in mask:
        number *= 100
    if "e" in body.lower():
        decimals = len(body.split(".")[1].lower().split("e")[0]) if "." in body else 0
        return f"{before}{float(number):.{decimals}E}{after}"
    digits = body.rstrip(",")
    number /= Decimal(1000) ** (len(body) - len(digits))
    return before + _rounded(number, digits) + after


def _rounded(number: Decimal, digits: str) -> str:
    """`digits` is what of the format stands for figures: `#,##0.00`."""
    fraction = digits.split(".")[1] if "." in digits else ""
    value = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    whole = digits.split(".")[0]
    text = (
        f"{value:,f}" if "," in whole else f"{value:f}".zfill(whole.count("0") + (len(fraction) + 1) * bool(fraction))
    )
    for place in reversed(fraction):
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    return text


def _date(number: Decimal, code: str, since_1904: bool, text: str) -> str:
    days = float(number) + (1462 if since_1904 else 0)
    if not 0 <= days < 2_958_466:
        return plain(text)
    # Excel believes that 1900 was a leap year; from March 1900 on, this origin agrees with it.
    moment = datetime(1899, 12, 30) + timedelta(days=days) + timedelta(microseconds=500)
    pieces = [p for p in PIECE.findall(code) if not p.startswith("*")]
    clock = "AM/PM" in pieces or "A/P" in pieces
    out, last = "", ""
    for at, piece in enumerate(pieces):
        unit = _unit(piece)
        minutes = unit == "m" and len(piece) < 3 and (last == "h" or _next_unit(pieces, at) == "s")
        out += _date_piece(piece, moment, days, minutes, clock) if unit else _literal(piece)
        last = unit or last
    return out.strip()


def _next_unit(pieces: list[str], at: int) -> str:
    return next((unit for p in pieces[at + 1 :] if (unit := _unit(p))), "")


def _unit(piece: str) -> str:
    """The letter of what a piece of a date format stands for: `[h]` is hours that go on past 24."""
    if ELAPSED.fullmatch(piece):
        return piece[1].lower()
    return piece[0].lower() if piece[0].isalpha() else ""


def _date_piece(piece: str, moment: datetime, days: float, minutes: bool, clock: bool) -> str:
    kind, width = piece[0].lower(), len(piece)
    if piece in ("AM/PM", "A/P"):
        return "AM" if moment.hour < 12 else "PM"
    if kind == "[":
        return str(int(days * PER_DAY[piece[1].lower()] + 1e-6))
    if minutes:
        return f"{moment.minute:0{width}d}"
    if kind == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if kind == "m":
        return str(moment.month).zfill(width) if width < 3 else MONTHS[moment.month - 1][: 3 if width == 3 else None]
    if kind == "d":
        return str(moment.day).zfill(width) if width < 3 else WEEKDAYS[moment.weekday()][: 3 if width == 3 else None]
    if kind == "h":
        return str((moment.hour % 12 or 12) if clock else moment.hour).zfill(width)
    return f"{moment.second:0{width}d}" if kind == "s" else piece


# Month and day names are English wherever the program runs, so they are not asked of the system.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
