"""Sign-off: judge the cycle as it stands, then add a record to the chain beside the assessment."""

from __future__ import annotations

import datetime

from pipeline.errors import UsageError
from pipeline.files import one_at_a_time
from pipeline.flow.judging import Judgement, judge
from pipeline.publish.signoff import WHAT_IT_PROVES, sign_off
from pipeline.words import counted, date_in_words
from pipeline.workspace import Workspace


def sign_cycle(ws: Workspace, cycle: str, by: str, on: datetime.date) -> tuple[str, Judgement]:
    """Record who signed what; says it in words. UsageError where nobody is named."""
    if not by.strip():
        raise UsageError("Nobody is named who signs.", 'Name a role: --by "Director of Strategy".')
    with one_at_a_time(ws.lock(cycle)):  # what is signed next must follow from this
        judged = judge(ws, cycle, rehash=True)
        record = sign_off(ws, judged.case, by.strip(), on)
    what = ", ".join(
        (
            counted(len(record["answers"]), "answer"),
            counted(len(record["register"]), "register row"),
            counted(len(record["evidence"]), "document"),
            counted(len(record["inputs"]), "other file"),
        )
    )
    words = f"Sign-off {record['number']} of {cycle} by {record['by']}, {date_in_words(on)}: {what}."
    return f"{words}\n{WHAT_IT_PROVES}", judged
