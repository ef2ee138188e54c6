"""sign-offs.jsonl beside the assessment: one record a line, each holding the digest of the one before."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Place, SignOff
from pipeline.workspace import Workspace

NAME = "sign-offs.jsonl"
REMEDY = "Take the file from where it was kept; a record is never changed by hand. Each sign-off adds a line."


def read_signoffs(ws: Workspace, cycle: str) -> tuple[SignOff, ...]:
    """The sign-offs of a cycle in their order; none where nobody has signed."""
    path = ws.cycle_folder(cycle) / NAME
    if not path.is_file():
        return ()
    records: list[SignOff] = []
    for row, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if line.strip():
            before = records[-1].digest if records else ""
            records.append(_record(line, before, len(records) + 1, Place(ws.relative(path), row)))
    return tuple(records)


def _record(line: str, before: str, number: int, place: Place) -> SignOff:
    try:
        written: dict[str, Any] = json.loads(line)
        intact = (
            written["digest"] == record_digest(written)
            and written["previous"] == before
            and written["number"] == number
        )
        return SignOff(
            number=int(written["number"]),
            by=str(written["by"]),
            on=datetime.date.fromisoformat(written["on"]),
            answers=dict(written["answers"]),
            register=dict(written["register"]),
            evidence=dict(written["evidence"]),
            previous=str(written["previous"]),
            digest=str(written["digest"]),
            intact=intact,
            place=place,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise InputError("this is not a sign-off record.", REMEDY, file=place.file, row=place.row) from fault


def record_digest(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record's content, its own digest left out."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """The one way in which content is written down before it is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
