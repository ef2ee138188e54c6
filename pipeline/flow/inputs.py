"""The forced, cheap step of make: what the inputs are now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.publish.inputs import InputFile, read_inputs, scan, write_if_changed
from pipeline.workspace import Workspace


def inputs_file(ws: Workspace, cycle: str) -> Path:
    """Where path, size, time and digest of every input are noted, for make."""
    return ws.build(cycle) / "inputs.json"


def note_inputs(ws: Workspace, cycle: str) -> None:
    """inputs.json, moved only where an input differs. Where none does, nothing is opened."""
    path = inputs_file(ws, cycle)
    known = read_inputs(path)
    others = {name for name in ws.cycles() if name != cycle}
    compared = _cycles_in(known) & others
    if known and bool(compared) == bool(others) and known == scan(ws, cycle, next(iter(compared), None), known):
        return
    from pipeline.read.assessment import read_assessment

    assessment, _ = read_assessment(ws, cycle)
    write_if_changed(path, scan(ws, cycle, assessment.previous, known))


def _cycles_in(known: Iterable[InputFile]) -> set[str]:
    """The cycles that were looked at when this was noted."""
    parts = (entry.path.split("/") for entry in known)
    return {part[1] for part in parts if part[0] == "assessments" and len(part) > 2}


def inputs_now(ws: Workspace, cycle: str) -> tuple[InputFile, ...]:
    """Every input as it is at this moment, each hashed anew."""
    from pipeline.read.assessment import read_assessment

    assessment, _ = read_assessment(ws, cycle)
    return scan(ws, cycle, assessment.previous, rehash=True)
