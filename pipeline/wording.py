"""How people's words and names are compared: the one form for asking whether two of them say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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
