"""Sign-off: a new record at the end of the chain. It proves order and content, not identity."""

from __future__ import annotations

import datetime
from typing import Any

from pipeline.check.signed import signed_digests
from pipeline.files import write_whole
from pipeline.model import Case
from pipeline.read.signoffs import NAME, canonical, record_digest
from pipeline.workspace import Workspace

WHAT_IT_PROVES = "This record shows what was signed and in which order, not who signed it."


def sign_off(ws: Workspace, case: Case, by: str, on: datetime.date) -> dict[str, Any]:
    """Add a record of the case as it stands, and return it."""
    path = ws.cycle_folder(case.assessment.cycle) / NAME
    record: dict[str, Any] = {
        "number": len(case.signoffs) + 1,
        "by": by,
        "on": on.isoformat(),
        "what_it_proves": WHAT_IT_PROVES,
        **signed_digests(case),
        "previous": case.signoffs[-1].digest if case.signoffs else "",
    }
    record["digest"] = record_digest(record)
    before = path.read_bytes() if path.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_whole(path, before + canonical(record) + b"\n")
    return record
