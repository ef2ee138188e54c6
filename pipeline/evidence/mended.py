"""Letters that a PDF's fonts name wrongly: set right where it is known how, and known as doubtful where it is not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pipeline.evidence.words import DOUBTFUL, HYPHENS, Words

ACCENTS = dict(zip("´`¨ˆ˜¯˘˙˚ˇ˝", "\u0301\u0300\u0308\u0302\u0303\u0304\u0306\u0307\u030a\u030c\u030b", strict=True))
"""Accents that TeX sets by themselves, before their letter."""
BELOW = {"¸": "\u0327", "˛": "\u0328"}
"""And those that it sets after it."""
_BEFORE = re.compile(
    rf"(?<=[^\W\d_])([ ]?)(?!´s\b)([{''.join(ACCENTS)}])[ ]?([A-Za-zıȷ])|(?<!\w)([¨´ˆ])[ ]?([AEIOUaeiouı])(?=\w)"
)
_AFTER = re.compile(rf"([A-Za-z])[ ]?([{''.join(BELOW)}])")
_COMBINING = re.compile("(.)([\u0300-\u030c])([A-Za-zıȷ])")
_DOTLESS = str.maketrans("ıȷ", "ij")
LATEST_LATIN = 0x100
"""Letters with accents that English and its neighbours write are below; those of Welsh are named."""
WELSH = frozenset("ŵŷẁẃẅỳŴŶẀẂẄỲ")
_NAMED = re.compile(r"/([A-Za-z](?:_[A-Za-z]){1,3})")
"""The name of a ligature in the font, where the extractor gives it in place of its letters: `par/t_icipate`."""
_NAMELESS = re.compile(r"/(?:g|glyph|cid)\d+")
_CALIBRI = {"Ɵ": "ti", "Ʃ": "tt"}
_CALIBRI_FT = re.compile("(?<=[a-z])Ō")
"""What Calibri's ligatures are called in PDFs that Word and Windows make."""
DOUBTFUL_LETTER = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffdƟƩ\ue000-\uefff]|(?<=[a-z])Ō")
LIGATURE = re.compile("ffi|ffl|tti|ff|fi|fl|ft|tf|tt|ti|th|fj|ct|st")
VOWELS = re.compile("[\u064b-\u0652\u0670]")
_SHAPE = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uefff]")
_WORD = re.compile(rf"(?<![^\W_])[^\W_]*+{_SHAPE.pattern}(?:[^\W_]|{_SHAPE.pattern})*")
_OUT = re.compile(r"[^\w\x00]|_")


def mended(text: str) -> str:
    """A text with the letters that fonts name wrongly, and with accents on the letters that they stand before."""
    text = _NAMED.sub(lambda match: match[1].replace("_", ""), text) if "/" in text else text
    text = _NAMELESS.sub("\ufffd", text)
    for wrong, right in _CALIBRI.items():
        text = text.replace(wrong, right)
    text = _CALIBRI_FT.sub("ft", text)
    text = _BEFORE.sub(_joined, text)
    text = _AFTER.sub(lambda m: _composed(m[1], BELOW[m[2]], m[0]), text)
    return _COMBINING.sub(_moved, text)


def _joined(match: re.Match[str]) -> str:
    """A letter with the accent before it; whether a blank before both parts two words cannot be said."""
    blank, accent, letter, first_accent, first = match.groups()
    whole = _composed(letter or first, ACCENTS[accent or first_accent], "")
    return (DOUBTFUL if blank else "") + whole if whole else match[0]


def _composed(letter: str, accent: str, otherwise: str) -> str:
    whole = unicodedata.normalize("NFC", letter.translate(_DOTLESS) + accent)
    return whole if len(whole) == 1 else otherwise


def _moved(match: re.Match[str]) -> str:
    """An accent set on the letter after it, where it makes no letter with the one before it."""
    before, accent, after = match.groups()
    whole = unicodedata.normalize("NFC", before + accent)
    if len(whole) == 1 and (ord(whole) < LATEST_LATIN or whole in WELSH):
        return match[0]
    return before + _composed(after, accent, accent + after)


def unvocalised(text: str) -> str:
    """Arabic as it is usually typed: without the vowel signs, which only some texts print."""
    return VOWELS.sub("", text)


@lru_cache(maxsize=512)
def is_doubtful(text: str) -> bool:
    """Whether letters of a text could not be made out."""
    return DOUBTFUL_LETTER.search(_without_breaks(text)) is not None


def could_hold(pieces: Sequence[Words], text: str) -> bool:
    """Whether the words would stand in a text if its doubtful letters were the right ligatures."""
    if not is_doubtful(text):
        return False
    there = _page_letters(text)
    at = 0
    for piece in pieces:
        wanted = re.compile(_pattern(_letters(piece.raw)))
        found = wanted.search(there, at)
        if found is None or "\x00" not in found.group():
            return False
        at = found.end()
    return bool(pieces)


@lru_cache(maxsize=512)
def _page_letters(text: str) -> str:
    """A page is asked for each of its document's quotations."""
    return _letters(_without_breaks(text))


def filled(text: str, pieces: Sequence[Words]) -> str:
    """A text whose doubtful letters are the ligatures that make its words those of a quotation, where they can be."""
    words = {atom.text for piece in pieces for atom in piece.atoms if LIGATURE.search(atom.text)}

    def fill(match: re.Match[str]) -> str:
        known = re.compile(_SHAPE.sub(LIGATURE.pattern.join(("(?:", ")")), match[0]), re.IGNORECASE)
        return next((word for word in sorted(words) if known.fullmatch(word)), match[0])

    return _WORD.sub(fill, _without_breaks(text))


def _without_breaks(text: str) -> str:
    for hyphen in HYPHENS[-2:]:
        text = text.replace(hyphen, "")
    return text


def _letters(text: str) -> str:
    return _OUT.sub("", unicodedata.normalize("NFKD", DOUBTFUL_LETTER.sub("\x00", text))).casefold()


def _pattern(letters: str) -> str:
    out, at = "", 0
    for ligature in LIGATURE.finditer(letters):
        out += f"{re.escape(letters[at : ligature.start()])}(?:{ligature.group()}|\x00)"
        at = ligature.end()
    return out + re.escape(letters[at:])
