"""Names of content controls in a Word form: what a cell is for, where its table has lost its headings."""

from __future__ import annotations

import re

from pipeline.read.forms_headings import COMMENT, DOCUMENT, LEVEL, PAGE, PUBLIC, WORDS
from pipeline.read.grids import Grid

_TAG = re.compile(rf"(.+?)\.(?:evidence\d+\.)?({LEVEL}|{COMMENT}|{PUBLIC}|{DOCUMENT}|{PAGE}|{WORDS})")
_ALIAS = re.compile(r"(.+?) (level|shorter comment|comment)")
_EVIDENCE_ALIAS = re.compile(r"(.+) document \d+(?: (page|words))?")
_ALIASES = {"shorter comment": PUBLIC}


def tagged(grid: Grid, number: int, width: int) -> dict[int, tuple[str, str]]:
    """Column index -> statement and column, for the cells of a row whose control still has its name."""
    found = {}
    for index in range(width):
        if meaning := meaning_of(grid.tags.get((number, index), "")):
            found[index] = meaning
    return found


def meaning_of(name: str) -> tuple[str, str] | None:
    """Statement and column of `GA1.evidence2.page`, or of the alias `GA1 document 2 page` that some programs keep."""
    if match := _TAG.fullmatch(name):
        return match[1], match[2]
    if match := _EVIDENCE_ALIAS.fullmatch(name):
        return match[1], match[2] or DOCUMENT
    if match := _ALIAS.fullmatch(name):
        return match[1], _ALIASES.get(match[2], match[2])
    return None
