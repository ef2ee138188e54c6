"""A made-up dossier with something in every part, to try a template on where no cycle was checked yet."""

from __future__ import annotations

import datetime
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from pipeline.dossier.views import SCHEMA, Dossier

WORD = "example"
DAY = datetime.date(2026, 3, 26)
# Texts that are one of a few, and numbers that count from the lowest; everything else is a word or a one.
SPECIAL: Mapping[str, Any] = {
    "schema": SCHEMA,
    "audience": "public",
    "session": "public",
    "visibility": "public",
    "type": "assurance",
    "stage": "result",
    "role": "team",
    "status": "open",
    "verdict": "found on page",
    "standing": "found on page",
    "answered_by": "both",
    "code": "PU703",
    "file": "document.pdf",
    "url": "https://www.example.nhs.uk/document",
    "published_at": "https://www.example.nhs.uk/figures",
    "value": "12",
    "evidence_annex": "separate",
    "breakdown": "deprivation quintile",
    "category": "1",
    "rank": 0,
    "papers": (),
    "kind": "up",
    "redacted": False,
    "partial": "covers 1 of 2 sections",
}
KEYS = {
    "views": ("team", "board", "partner"),
    "narratives": ("executive-summary", "background", "next-steps", f"annual-report-{WORD}"),
}


@cache
def example_dossier() -> Dossier:
    """The dossier: every list has a member, every text is a word."""
    made: Dossier = _record(Dossier)
    return made


def _record(kind: type) -> Any:
    hints = get_type_hints(kind)
    return kind(**{f.name: _value(hints[f.name], f.name) for f in fields(kind)})


def _value(hint: Any, name: str) -> Any:
    if name in SPECIAL and _fits(SPECIAL[name], hint):
        return SPECIAL[name]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in arguments if a is not type(None)), name)
    if origin is tuple:
        members = arguments[:1] if arguments[-1] is Ellipsis else arguments
        return tuple(_value(member, name) for member in members)
    if origin is not None:
        return {key: _value(arguments[1], WORD) for key in KEYS.get(name, (WORD,))}
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint)
    return {str: WORD, int: 1, float: 1.0, bool: True, datetime.date: DAY}[hint]


def _fits(value: Any, hint: Any) -> bool:
    """True where a special value is of the kind that is asked for."""
    wanted = get_origin(hint) or hint
    return isinstance(wanted, type) and isinstance(value, wanted) and (wanted is not int or not isinstance(value, bool))
