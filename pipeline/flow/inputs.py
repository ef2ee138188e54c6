"""The forced, cheap step of make: what the inputs are now."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish.inputs import read_inputs, scan, write_if_changed
from pipeline.read.assessment import read_assessment
from pipeline.workspace import Workspace


def inputs_file(ws: Workspace, cycle: str) -> Path:
    """Where path, size, time and digest of every input are noted, for make."""
    return ws.build(cycle) / "inputs.json"


def note_inputs(ws: Workspace, cycle: str) -> None:
    """inputs.json, moved only where an input differs."""
    assessment, _ = read_assessment(ws, cycle)
    path = inputs_file(ws, cycle)
    write_if_changed(path, scan(ws, cycle, assessment.previous, read_inputs(path)))
