"""Sign-off: a new record at the end of the chain. It proves order and content, not identity."""

from __future__ import annotations

import datetime
from typing import Any

from pipeline.check.signed import signed_digests
from pipeline.files import write_whole
from pipeline.model import Case
from pipeline.read.signoffs import NAME, canonical, last_file, read_signoffs, record_digest
from pipeline.workspace import Workspace

WHAT_IT_PROVES = "This record shows what was signed and in which order, not who signed it."


def sign_off(ws: Workspace, case: Case, by: str, on: datetime.date) -> dict[str, Any]:
    """Add a record of the case as it stands, and return it. Where the chain is broken the record says so for good."""
    cycle = case.assessment.cycle
    path = ws.cycle_folder(cycle) / NAME
    number, previous = read_signoffs(ws, cycle).last
    record: dict[str, Any] = {
        "number": number + 1,
        "by": by,
        "on": on.isoformat(),
        "what_it_proves": WHAT_IT_PROVES,
        **signed_digests(case),
        "previous": previous,
    }
    if case.signoffs_broken:
        record["mends"] = case.signoffs_broken[0]
    record["digest"] = record_digest(record)
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(path, before + canonical(record) + b"\n")
    # After the record, so that a run stopped between the two leaves a chain that is whole.
    last = {"number": record["number"], "digest": record["digest"]}
    write_whole(last_file(ws, cycle), canonical(last) + b"\n")
    return record
