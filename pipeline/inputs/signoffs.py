"""sign-offs.jsonl beside the assessment: one record a line, each holding the digest of the one before."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from pipeline.errors import InputError
from pipeline.model import Place, SignOff
from pipeline.text import counted, date_in_words
from pipeline.workspace import Workspace

SIGN_OFFS, LAST = "sign-offs.jsonl", ".last-sign-off.json"
REMEDY = "Take the file from where it was kept; a record is never changed by hand. Each sign-off adds a line."


@dataclass(frozen=True)
class Chain:
    """The sign-offs of a cycle in their order, and what is wrong with them (in words, and where)."""

    records: tuple[SignOff, ...] = ()
    broken: tuple[str, Place] | None = None
    last: tuple[int, str] = (0, "")
    """Number and digest of the last sign-off that there was, whether or not it still stands there."""


def last_file(ws: Workspace, cycle: str) -> Path:
    """Where number and digest of the last sign-off are kept, outside the chain: so a chain cut short is noticed."""
    return ws.assessments / f"{cycle}{LAST}"


def read_signoffs(ws: Workspace, cycle: str) -> Chain:
    """The sign-offs of a cycle; those before a break that was signed over are left out."""
    path = ws.cycle_folder(cycle) / SIGN_OFFS
    here = ws.relative(path)
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    records: list[SignOff] = []
    broken: tuple[str, Place] | None = None
    lines = [(row, line) for row, line in enumerate(text.split("\n"), start=1) if line.strip()]
    for row, line in lines:
        record, whole = _record(line, Place(here, row))
        before = (records[-1].number, records[-1].digest) if records else (0, "")
        if whole and record.mends:
            records, broken = [], None
        elif not broken and not (whole and (record.number - 1, record.previous) == before):
            who = f"Sign-off {record.number} ({record.by}, {date_in_words(record.on)})"
            broken = f"{who} was changed after it was written, or one before it was changed or taken out.", record.place
        records.append(record)
    last = _last(ws, cycle)
    if broken is None and (said := _cut_short(ws, cycle, records, last)):
        broken = said, Place(here)
    known = (records[-1].number, records[-1].digest) if records else (0, "")
    return Chain(tuple(records), broken, max(known, last or known, key=itemgetter(0)))


def _cut_short(ws: Workspace, cycle: str, records: Sequence[SignOff], last: tuple[int, str] | None) -> str:
    """What is missing at the end of a chain; empty where nothing is."""
    if last is None:
        gone = ws.relative(last_file(ws, cycle))
        return f"{gone} is gone, so nobody can tell whether the sign-offs are all there." if records else ""
    if last in [(record.number, record.digest) for record in records]:
        return ""
    if not records:
        return f"The file is gone or empty; {counted(last[0], 'sign-off')} had been recorded in it."
    return f"The file is cut short or was changed: sign-off {last[0]}, the last one recorded, is not in it."


def _last(ws: Workspace, cycle: str) -> tuple[int, str] | None:
    try:
        said = json.loads(last_file(ws, cycle).read_bytes())
        return int(said["number"]), str(said["digest"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _record(line: str, place: Place) -> tuple[SignOff, bool]:
    """A record, and whether it is letter for letter as it was written (a key that stands there twice is not)."""
    try:
        written: dict[str, Any] = json.loads(line)
        whole = written["digest"] == record_digest(written) and canonical(written) == line.rstrip("\r").encode()
        record = SignOff(
            number=int(written["number"]),
            by=str(written["by"]),
            on=datetime.date.fromisoformat(written["on"]),
            rows={kind: dict(rows) for kind, rows in written.get("rows", {}).items()},
            evidence=dict(written["evidence"]),
            inputs=dict(written.get("inputs", {})),
            previous=str(written["previous"]),
            digest=str(written["digest"]),
            mends=str(written.get("mends", "")),
            place=place,
        )
        return record, whole
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise InputError("this is not a sign-off record.", REMEDY, file=place.file, row=place.row) from fault


def record_digest(record: Mapping[str, Any]) -> str:
    """The SHA-256 of a record's content, its own digest left out."""
    content = {key: value for key, value in record.items() if key != "digest"}
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """The one way in which content is written down before it is hashed."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
