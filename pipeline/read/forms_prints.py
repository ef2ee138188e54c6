"""What a form said when it was sent out, as short digests: so that whatever a person added can be told from it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.read.forms_words import STAMP

LENGTH = 4
"""Letters of a digest: 24 bits, so that of 30,000 texts that people add one may go unlisted."""
_MOST = 240
"""Letters of one mark: Office takes 255 in a property of a document."""


@dataclass(frozen=True)
class FormStamp:
    """The hidden marks of a form: what it was sent out as, and the digests of all that it said then."""

    cycle: str
    framework: str
    respondent: str
    prints: frozenset[str]

    def said(self, text: str) -> bool:
        """Whether the form said this itself."""
        return not text.strip() or fingerprint(text) in self.prints


def make_stamp(cycle: str, framework: str, respondent: str, said: Iterable[str]) -> dict[str, str]:
    """The marks as names and values that hold letters only, for a form's properties or its hidden sheet."""
    packed = "".join(sorted({fingerprint(text) for text in said if text.strip()}))
    marks = {f"{STAMP}-cycle": cycle, f"{STAMP}-framework": framework, f"{STAMP}-respondent": respondent}
    for number, begin in enumerate(range(0, len(packed), _MOST), 1):
        marks[f"{STAMP}-{number:03}"] = packed[begin : begin + _MOST]
    return marks


def read_stamp(marks: Mapping[str, str]) -> FormStamp | None:
    """The stamp that `make_stamp` made; None where a form has none."""
    named = {name: value for name, value in marks.items() if name.startswith(f"{STAMP}-")}
    if not named:
        return None
    packed = "".join(named[name] for name in sorted(named) if re.fullmatch(rf"{STAMP}-\d+", name))
    prints = frozenset(packed[i : i + LENGTH] for i in range(0, len(packed), LENGTH))
    cycle, framework, respondent = (named.get(f"{STAMP}-{n}", "") for n in ("cycle", "framework", "respondent"))
    return FormStamp(cycle, framework, respondent, prints)


def fingerprint(text: str) -> str:
    """The short digest of a text, whatever its white space and case."""
    words = " ".join(text.split()).casefold()
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).decode()[:LENGTH]


def last_print(statement: str, text: str) -> str:
    """What the form says of last year at one statement: the same words elsewhere are another print."""
    return f"{statement} last year: {text}"


def without_figures(text: str) -> str:
    """A running line without its page numbers, which differ from page to page."""
    return re.sub(r"\d+", "", text)
