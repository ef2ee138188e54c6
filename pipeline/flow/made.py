"""What was made from what: so that a paper that is there already, from these inputs, is not made again.

Only light modules are imported here: to be told that nothing has changed, nobody waits for the rest to load.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.files import as_json, one_at_a_time, write_whole
from pipeline.inputs.scan import InputFile, digest_of, inputs_digest, read_inputs, scan, write_if_changed
from pipeline.office.recognition import engine_name
from pipeline.workspace import SHIPPED, Workspace

NAME = ".made.json"
BY_OTHERS = ("manifest.json", "trail.html")
"""Written anew with every paper, or with the pictures that lie there: only that they are there counts."""
CASE = ("findings.json", "dossier.json", "check-report.html", "trail.csv", "figures/.drawn", *BY_OTHERS)
OF_PAPERS = ("figures/.drawn", "manifest.json")


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
    from pipeline.inputs.assessment import read_assessment

    assessment, _ = read_assessment(ws, cycle)
    write_if_changed(path, scan(ws, cycle, assessment.previous, known))


def _cycles_in(known: Iterable[InputFile]) -> set[str]:
    """The cycles that were looked at when this was noted."""
    parts = (entry.path.split("/") for entry in known)
    return {part[1] for part in parts if part[0] == "assessments" and len(part) > 2}


def up_to_date(ws: Workspace, cycle: str, paper: str) -> str:
    """A sentence that says so where the paper lies there as it would be made now; else nothing."""
    with one_at_a_time(ws.lock(cycle)):
        made = is_made(ws, cycle, paper)
    return f"{ws.relative(ws.build(cycle) / paper)}.docx is up to date." if made else ""


def is_made(ws: Workspace, cycle: str, paper: str) -> bool:
    """True where the paper and all that goes with it lie there as they were made, by this program from these inputs."""
    note_inputs(ws, cycle)
    folder = ws.build(cycle)
    noted = _noted(folder).get(paper, {})
    return bool(noted) and noted == _note(ws, cycle, noted.get("files", ()))


def note_made(ws: Workspace, cycle: str, paper: str, files: Iterable[Path], *, is_paper: bool = True) -> None:
    """Note that these files and the case that they show were just made; a paper has figures and a manifest, too."""
    folder = ws.build(cycle)
    figures = (folder / "figures").glob("*.*") if is_paper else ()
    case = [name for name in CASE if is_paper or name not in OF_PAPERS]
    names = [*case, *(p.relative_to(folder).as_posix() for p in (*files, *figures))]
    content = {**_noted(folder), paper: _note(ws, cycle, names)}
    write_whole(folder / NAME, as_json(content, "sorted"))


def _note(ws: Workspace, cycle: str, names: Iterable[str]) -> dict[str, Any]:
    folder = ws.build(cycle)
    digests = {n: "" if n in BY_OTHERS and (folder / n).is_file() else digest_of(folder / n) or "gone" for n in names}
    return {
        "inputs": inputs_digest(read_inputs(inputs_file(ws, cycle))),
        "program": program_digest(),
        "text_recognition": engine_name(),
        "files": digests,
    }


def _noted(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        content = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def program_digest() -> str:
    """A digest of the program itself: its code, its page templates, and the lock file that says which libraries."""
    whole = hashlib.sha256()
    files = (p for p in (SHIPPED / "pipeline").rglob("*.*") if p.suffix != ".pyc" and p.is_file())
    for path in (*sorted(files), SHIPPED / "requirements.lock"):
        whole.update(f"{path.relative_to(SHIPPED).as_posix()} {digest_of(path)}\n".encode())
    return whole.hexdigest()
