"""`severities:` in assessment.yaml: a team may take a finding more seriously than we do, never less."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model import Severity
from pipeline.read.faults import Faults
from pipeline.read.nearest import did_you_mean, one_of, shown
from pipeline.read.node import Node

_GRAVITY = (Severity.NOTE, Severity.WARNING, Severity.BLOCKER)
_MILDEST: Mapping[Severity, str] = {
    Severity.BLOCKER: "IN101 IN102 IN103 IN104 IN109 EV301 EV302 EV309 CI401 CI402 CI403 CI406 AC501 BA601 PU701 PU702 "
    "PU704 PU708 NA801",
    Severity.WARNING: "IN107 IN108 ST203 ST204 ST205 ST207 ST209 ST211 EV303 EV304 EV305 EV306 EV307 EV310 "
    "EV311 EV312 EV313 CI404 CI405 CI407 CI408 CI409 CI410 AC502 AC503 AC504 BA602 BA603 BA604 BA605 PU703 PU705 "
    "PU706 PU707 FU901 ND901 OV101",
    Severity.NOTE: "IN105 IN106 ST201 ST202 ST206 ST208 EV308 EV314",
}
DEFAULTS: Mapping[str, Severity] = {code: s for s, codes in _MILDEST.items() for code in codes.split()}
"""Code -> the mildest severity that it has by default."""


def read_severities(root: Node, faults: Faults) -> Mapping[str, Severity]:
    """Code -> the least severity that the team wants it to have."""
    node = root.get("severities")
    found = {}
    for written, value in (node.as_mapping() if node else {}).items():
        code, word = written.strip().upper(), value.as_text().strip().lower()
        if code not in DEFAULTS:
            faults.value(
                value.place,
                f"`{shown(written)}` is not the code of a finding.",
                f"{did_you_mean(code, DEFAULTS)}`boardpack explain` lists the codes.",
            )
        elif word not in _GRAVITY:
            faults.value(
                value.place,
                f"`{shown(word)}` is not a severity.",
                f"{did_you_mean(word, _GRAVITY)}Type {one_of(('warning', 'blocker'))}.",
            )
        elif _GRAVITY.index(Severity(word)) < _GRAVITY.index(DEFAULTS[code]):
            faults.value(
                value.place,
                f"{code} is a {DEFAULTS[code]}; it may be made stricter, not milder.",
                "Take the line out. What cannot be put right in time may be an agreed exception.",
            )
        else:
            found[code] = Severity(word)
    return found
