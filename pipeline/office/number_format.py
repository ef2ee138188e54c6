"""Numbers in a workbook as Excel shows them: `0.142` with the format `0.0%` is `14.2%`.

Covers what evidence holds: plain numbers, decimals, thousands, percentages, currency, dates and times. A format that is
not understood shows the number plainly.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0",
    49: "@",
}  # fmt: skip
PIECE = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]|AM/PM|A/P|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|\.0+(?=[^0#]|$)|.', re.DOTALL
)
NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?(?:[eE][+-]?0+)?,*")
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
FRACTION = re.compile(r"(?<![#0?])(?:(?P<whole>[#0?]++)\s+)?(?P<above>[#0?]++)\s*/\s*(?P<below>[#0?]+|\d+)")
OVERFLOW = "#######"
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


CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)\s*\]")
COMPARED: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip


def _by_sign(number: Decimal, parts: tuple[str, ...], since_1904: bool, text: str) -> str:
    """By the part for this number: by condition where a part names one, else for above, below and zero."""
    parts = parts[:3]
    conditions = [CONDITION.search(part) for part in parts]
    if any(conditions):
        return _by_condition(number, parts, conditions, since_1904, text)
    if number < 0 and len(parts) > 1:
        return _section(-number, parts[1], since_1904, text)
    if number == 0 and len(parts) > 2:
        return _section(number, parts[2], since_1904, text)
    return _signed(number, parts[0], since_1904, text)


def _by_condition(
    number: Decimal, parts: tuple[str, ...], conditions: list[re.Match[str] | None], since_1904: bool, text: str
) -> str:
    """The first part whose condition holds; the second without one is for what is below zero, the last for all else."""
    for at, (part, said) in enumerate(zip(parts, conditions, strict=True)):
        below_zero = said is None and at == 1 and len(parts) == 3
        if said is None and at + 1 < len(parts) and not (below_zero and number < 0):
            continue
        if said is None or COMPARED[said[1]](number, Decimal(said[2])):
            return _signed(number, part, since_1904, text, bare=below_zero or _never_above_zero(said))
    return OVERFLOW


def _never_above_zero(said: re.Match[str] | None) -> bool:
    """Whether a part is for numbers below zero alone: it then writes the sign itself."""
    return said is not None and said[1] in ("<", "<=") and Decimal(said[2]) <= 0


def _signed(number: Decimal, part: str, since_1904: bool, text: str, *, bare: bool = False) -> str:
    """A number by one part, its minus before all that the part prints: `-£12.30`."""
    if number >= 0 or _is_dated(part):
        return _section(number, part, since_1904, text)
    shown_as = _section(-number, part, since_1904, text.lstrip("-"))
    return shown_as if bare or not any(c in "123456789" for c in shown_as) and "0" in shown_as else f"-{shown_as}"


def _bare(code: str) -> str:
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?!\$|h+\]|m+\]|s+\])[^\[\]]*\]', "", code, flags=re.IGNORECASE)


def _is_dated(code: str) -> bool:
    return DATED.search(re.sub(r"\[\$[^\[\]]*\]|e[+-]|general", "", _bare(code), flags=re.IGNORECASE)) is not None


def _section(number: Decimal, code: str, since_1904: bool, text: str) -> str:
    bare = _bare(code)
    if re.search("general", bare, re.IGNORECASE) or bare.strip() == "@":
        before, after = re.split("general|@", code, maxsplit=1, flags=re.IGNORECASE)
        return f"{_literal(before)}{plain(text)}{_literal(after)}".strip()
    if _is_dated(code):
        return _date(number, code, since_1904, text)
    return _figure(number, code).strip()


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
    return re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\[\]]*\]', lambda m: "\0" * len(m.group()), code)


def _figure(number: Decimal, code: str) -> str:
    mask = _mask(code)
    found = NUMBER.search(mask)
    if not found:
        return _literal(code)  # a part without places shows its words alone: `"nil"`, `£-`
    number *= Decimal(100) ** mask.count("%")
    if parted := FRACTION.search(mask):
        return _literal(code[: parted.start()]) + _fraction(number, parted) + _literal(code[parted.end() :])
    if NUMBER.search(mask, found.end()):
        return plain(str(number))
    body = found.group()
    before, after = _literal(code[: found.start()]), _literal(code[found.end() :])
    if "e" in body.lower():
        return before + _scientific(number, body) + after
    digits = body.rstrip(",")
    number /= Decimal(1000) ** (len(body) - len(digits))
    return before + _rounded(number, digits) + after


def _scientific(number: Decimal, body: str) -> str:
    places, sign, power = re.split("[eE]([+-])?", body, maxsplit=1)
    decimals = len(places.split(".")[1]) if "." in places else 0
    figures, _, exponent = f"{float(number):.{decimals}E}".partition("E")
    minus = "-" if int(exponent) < 0 else "+" if sign == "+" else ""
    return f"{figures}E{minus}{abs(int(exponent)):0{len(power)}d}"


def _fraction(number: Decimal, parted: re.Match[str]) -> str:
    """`# ?/?` shows 1.25 as `1 1/4`, `?/?` as `5/4`, `# ?/8` in eighths."""
    whole, below = parted["whole"], parted["below"]
    most = int(below) if below.isdigit() and int(below) else 10 ** len(below) - 1
    exact = Fraction(number)
    near = Fraction(round(exact * most), most) if below.isdigit() and int(below) else exact.limit_denominator(most)
    units, rest = (near.numerator // near.denominator, near % 1) if whole else (0, near)
    if not rest:
        return str(units) if whole else f"0/{1 if not below.isdigit() else most}"
    up, down = (int(rest * most), most) if below.isdigit() and int(below) else (rest.numerator, rest.denominator)
    return f"{units} {up}/{down}" if units or whole and "0" in whole else f"{up}/{down}"


def _rounded(number: Decimal, digits: str) -> str:
    """`digits` is what of the format stands for figures: `#,##0.00`."""
    fraction = digits.split(".")[1] if "." in digits else ""
    value = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    whole = digits.split(".")[0]
    text = (
        f"{value:,f}" if "," in whole else f"{value:f}".zfill(whole.count("0") + (len(fraction) + 1) * bool(fraction))
    )
    if "0" not in whole and abs(value) < 1:
        text = text.removeprefix("0")
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
