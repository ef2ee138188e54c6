"""The tiny workspaces of tests/cases/: a clean one, and for each fault the changes that bring it in."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from pipeline import evidence
from pipeline.checks import check
from pipeline.flow.gathering import read_case
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.scan import scan
from pipeline.model import Case, Finding
from pipeline.publish.manifest import sign_off
from pipeline.score import Scores, score
from pipeline.workspace import Workspace

CASES = Path(__file__).parent / "cases"
BASE = CASES / "base"
CYCLE = "2025-26"


def faults() -> list[str]:
    """The names of the cases, each of which has one fault."""
    return sorted(p.name for p in CASES.iterdir() if (p / "expected.yaml").is_file())


def expected(name: str) -> dict[str, Any]:
    """What a case's expected.yaml says: what, sign_off, change, remove, expect, exit."""
    said: dict[str, Any] = yaml.safe_load((CASES / name / "expected.yaml").read_text(encoding="utf-8"))
    return said


def make_workspace(root: Path, name: str | None = None) -> Workspace:
    """The clean workspace in `root`, with the changes of a case: files laid over it, words replaced, files removed.

    Where the case says so it is signed off before it is changed.
    """
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    if name is None:
        return Workspace(root)
    said = expected(name)
    if signed := said.get("sign_off"):
        sign_off(Workspace(root), judge(Workspace(root))[0], signed["by"], signed["day"])
    shutil.copytree(CASES / name, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.yaml"))
    for file, changes in said.get("change", {}).items():
        text = (root / file).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{file} has {text.count(old)} times {old!r}"
            text = text.replace(old, new)
        (root / file).write_text(text, encoding="utf-8")
    for file in said.get("remove", []):
        (root / file).unlink()
    return Workspace(root)


def judge(ws: Workspace, cycle: str = CYCLE) -> tuple[Case, Scores, tuple[Finding, ...]]:
    """The whole chain: read, follow, score, check."""
    assessment, faults = read_assessment(ws, cycle)
    register, more = evidence.read_register(ws, assessment.column_names)
    written = read_case(ws, assessment, register, (*faults, *more))
    written = replace(written, inputs={i.path: i.digest for i in scan(ws, cycle, assessment.previous)})
    case = evidence.follow(written, ws)
    scores = score(case)
    return case, scores, check(case, scores)
