"""Roles instead of names, for what is published."""

from __future__ import annotations

import re

# Words that say what somebody does; a name has none of them.
_ROLE = re.compile(
    r"\b(accountant|adviser|advisor|analyst|auditor|board|centre|chair|chief|clerk|clinician|commissioner|committee|"
    r"coordinator|council|councillor|deputy|director|doctor|executive|governor|head|lead|leader|manager|member|midwife|"
    r"nurse|officer|owner|partner|partnership|president|psychologist|registrar|representative|secretary|specialist|"
    r"team|treasurer|trustee)s?\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"^(?P<name>[^()]+)\((?P<role>[^()]+)\)\s*$")


def role_of(text: str) -> str:
    """`Amina Patel, Director of Strategy` -> `Director of Strategy`; a role alone stays as it is."""
    for first, rest in _halves(text.strip()):
        if not _ROLE.search(first) and _ROLE.search(rest):
            return rest.strip()
    return text.strip()


def _halves(text: str) -> list[tuple[str, str]]:
    bracketed = _BRACKETS.match(text)
    if bracketed:
        return [(bracketed["name"], bracketed["role"])]
    first, _, rest = text.partition(",")
    return [(first, rest)] if rest else []
