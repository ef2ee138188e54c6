"""Agreed exceptions. One that does not say what, why, who and until when has no effect, and a finding says so."""

from __future__ import annotations

from pipeline.model import AgreedException
from pipeline.read.faults import Faults
from pipeline.read.node import Node
from pipeline.read.values import date

_KEYS = ("code", "subject", "statement", "reason", "mitigation", "agreed_by", "agreed_on", "until")
_NEEDED = ("code", "subject", "reason", "agreed_by", "agreed_on", "until")


def read_exceptions(root: Node, faults: Faults) -> tuple[AgreedException, ...]:
    """The exceptions that are whole."""
    found = (_exception(entry.only(*_KEYS), faults) for entry in root.items_of("agreed_exceptions"))
    return tuple(e for e in found if e)


def _exception(entry: Node, faults: Faults) -> AgreedException | None:
    missing = [key for key in _NEEDED if not entry.text_of(key).strip()]
    for key in missing:
        faults.value(
            entry.place,
            f"An agreed exception does not say its `{key}`, so it has no effect.",
            f"Add `{key}`, or take the exception out.",
        )
    agreed_on, until = date(entry, "agreed_on", faults), date(entry, "until", faults)
    if missing or agreed_on is None or until is None:
        return None
    return AgreedException(
        code=entry.text_of("code").strip().upper(),
        subject=entry.text_of("subject").strip(),
        reason=entry.text_of("reason"),
        agreed_by=entry.text_of("agreed_by").strip(),
        agreed_on=agreed_on,
        until=until,
        mitigation=entry.text_of("mitigation"),
        statement=entry.text_of("statement").strip() or None,
        place=entry.place,
    )
