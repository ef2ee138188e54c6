"""Small words that many sentences need, and how texts are compared."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SMALL_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# fmt: off
UNITS_IN_WORDS = {
    word: n for n, word in enumerate((
        *SMALL_NUMBERS[2:], "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",
    ), start=2)
}
"""Numbers in words, from two: `one` is as often a word of another kind."""
# fmt: on
# Controls, signs that turn the direction of what follows, halves of a character, and what is no character at all.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_NOTHING = frozenset({"", "none", "nil", "n/a", "na", "-", "\u2013"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NUMBERS = re.compile("([0-9]+)")


def date_in_words(day: datetime.date | None) -> str:
    """`26 March 2026`; empty for None."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def number_in_words(number: int) -> str:
    """`none`, `one` to `ten`, then figures with thousands separated."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else f"{number:,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 statement`, `3 statements`; `no statements` for none."""
    if number == 0:
        return f"no {plural or noun + 's'}"
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def counted_in_words(number: int, noun: str) -> str:
    """`no gap`, `one gap`, `three gaps`."""
    return f"no {noun}" if number == 0 else f"{number_in_words(number)} {noun if number == 1 else noun + 's'}"


def list_in_words(words: Sequence[str], joiner: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def the(role: str) -> str:
    """`the Director of Finance`, for a role that is named without its article."""
    return role if not role or role.lower().startswith(("the ", "a ", "an ")) else f"the {role}"


def as_argument(path: str) -> str:
    """A path as it is typed in a command."""
    return f'"{path}"' if re.search(r"[^\w./-]", path) else path


def sentence_case(text: str) -> str:
    """The text with its first letter a capital; the rest stays as it is."""
    return text[:1].upper() + text[1:]


_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9£])|\n\s*\n")
_NO_END = re.compile(r"(?:\b(?:dr|mr|mrs|ms|prof|st|nos?|e\.g|i\.e|etc|cf|vs|fig|pp?)|\b[a-z])\.$", re.IGNORECASE)


def first_sentence(text: str, most: int = 400) -> str:
    """The first sentence of a text, on one line; one that is very long is cut at a word."""
    ends = (m.end() for m in _SENTENCE_END.finditer(text) if not _NO_END.search(text[: m.end()].rstrip()))
    said = " ".join(text[: next(ends, len(text))].split())
    return said if len(said) <= most else first_words(said, most)


def first_words(text: str, most: int = 60) -> str:
    """The text, or as many whole words of its beginning as fit, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line.rstrip(".;:,")
    begun = line[: most + 1].rpartition(" ")[0] or line[:most]
    return f"{begun.rstrip('.;:,–-( ')}…"


def has_right_to_left(text: str) -> bool:
    """True where letters of a script that runs from right to left stand in the text."""
    return _RIGHT_TO_LEFT.search(text) is not None


def begins_right_to_left(text: str) -> bool | None:
    """True where the first letter is of a script that runs from right to left; None for a text without letters."""
    sides = (unicodedata.bidirectional(character) for character in text)
    first = next((side for side in sides if side in ("L", "R", "AL")), None)
    return first != "L" if first else None


def says_nothing(text: str) -> bool:
    """True for an empty text, and for what people type to say that there is nothing."""
    return text.strip().casefold().rstrip(".") in _NOTHING


_UNDECIDED = re.compile(
    r"(?:the )?(?:decision )?(?:is |will be )?(?:due|pending|awaited|awaiting|awaits|expected|not yet|to be \w+"
    r"|to come|to go to|going to|goes to|none yet|yet|tbc|tbd|under \w+|in (?:preparation|progress|discussion))\b"
    r"|(?:deferred|undecided|no decision)\b",
    re.IGNORECASE,
)
"""How people write that a decision is still to come."""


def decided(text: str) -> bool:
    """Whether the words under `decision` say one: `Decision due by June` does not."""
    return not says_nothing(text) and not _UNDECIDED.match(text.strip())


def natural(ident: str) -> tuple[tuple[int, str], ...]:
    """What ids are sorted by, so that A2 stands before A10."""
    parts = _NUMBERS.split(ident.casefold())
    counted = ((len(p.lstrip("0")), p.lstrip("0")) if n % 2 else (0, p) for n, p in enumerate(parts))
    return (*counted, (0, ident))


def legible(text: str) -> str:
    """The text with what nobody can see, or XML cannot hold, shown by a stand-in: nothing is lost in silence."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_stand_in, _LINE_END.sub("\n", text))


def _stand_in(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "\N{REPLACEMENT CHARACTER}"


_TYPOGRAPHY: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02b9\u02bc\u00b4\u2032\uff07`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    # Soft hyphens, joiners, byte order marks and the marks of writing direction.
    **dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF], None),
}
"""Marks that look alike -> the plain one; what nobody sees -> nothing."""
LEFT_OVER = re.compile(r"\b(?:TBC|XXX)\b|\[\s*insert|\{\{", re.IGNORECASE)
"""What is written where something is still to be written."""
_HALVES = re.compile("[\ud800-\udfff]")
_BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BETWEEN = re.compile(r"[,;/|:]|\s-+\s|\bon behalf of\b|\bfor and\b")
_BEFORE_A_NAME = re.compile(r"^(?:(?:the|dr|mr|mrs|ms|miss|mx|prof|professor|sir|dame|rev|cllr|councillor)\.?\s+)+")
_SAYS_NOTHING_ALONE = frozenset(
    [
        "board",
        "board member",
        "chair",
        "deputy",
        "deputy chair",
        "deputy director",
        "director",
        "executive director",
        "head",
        "icb",
        "lead",
        "manager",
        "member",
        "nhs",
        "nhs trust",
        "non-executive director",
        "officer",
        "secretary",
        "team",
        "trustee",
        "vice chair",
        "vice-chair",
    ]
)
"""Parts of a name that many people share."""


def whole_letters(text: str) -> str:
    """The text with two halves of a letter joined, and a half by itself shown by a stand-in: fit for any file."""
    if not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def compared(text: str) -> str:
    """The form in which people's words are compared: whatever their case, spaces, typography and Unicode form."""
    text = text.translate(_TYPOGRAPHY)
    if not text.isascii():
        # Twice: a compatibility form may hold a mark, and folding may take a letter apart.
        text = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
        text = unicodedata.normalize("NFC", text.casefold())
    return " ".join(text.casefold().split())


def people_in(written: str, aside: Iterable[str] = ()) -> frozenset[str]:
    """A person or role as written, and its parts where it is `Name, role` or `Role (name)`, each as compared.

    `aside` are words that say nothing of who it is, such as the organisation's name.
    """
    text = compared(written).replace("&", " and ")
    inside = [part for found in _BRACKETED.findall(text) for part in found if part]
    outside = _BRACKETED.sub(" ", text)
    parts = [part for half in (outside, *inside) for part in _BETWEEN.split(half)]
    nobody = _SAYS_NOTHING_ALONE | {_plain_name(word) for word in map(compared, aside)}
    named = frozenset(_plain_name(part) for part in parts) - nobody
    return (named | {_plain_name(text), _plain_name(outside)}) - {""}


def _plain_name(part: str) -> str:
    return " ".join(_BEFORE_A_NAME.sub("", part.strip(" .")).split())


_USER = re.compile(r"://[^\s/?#@<>\"]{1,300}@")
_PARAMETER = re.compile(r"[?&;#](?P<name>[\w.-]{1,60})=(?=[^\s&#;])")
# fmt: off
_OPENS = frozenset((
    "token", "key", "secret", "password", "passwd", "passcode", "pwd", "signature", "sig", "auth", "authorization",
    "credential", "credentials", "jwt", "sas", "session", "sid", "ticket",
))
# fmt: on
_OPENS_AT_ITS_END = ("token", "secret", "password", "signature", "key", "auth", "sessionid", "sessid")
_TICKET = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.")
"""How a signed token begins, wherever in an address it stands."""


def web_address(address: str) -> bool:
    """True for an address that a reader may follow: on the web or by e-mail, with no password or key in it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    known = (parts.scheme in ("http", "https") and parts.netloc) or (parts.scheme == "mailto" and parts.path)
    return bool(known) and next(what_opens(address), None) is None


def what_opens(text: str) -> Iterator[re.Match[str]]:
    """Every name, password, token, key or signature in a web address of a text."""
    if "://" in text:
        yield from _USER.finditer(text)
    if "eyJ" in text:
        yield from _TICKET.finditer(text)
    if "=" in text:
        yield from (m for m in _PARAMETER.finditer(text) if _opens(m["name"]))


def _opens(name: str) -> bool:
    words = re.split(r"[_.-]|(?<=[a-z])(?=[A-Z])", name)
    return any(word.casefold() in _OPENS for word in words) or name.casefold().endswith(_OPENS_AT_ITS_END)
