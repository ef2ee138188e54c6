"""The first five minutes: an empty workspace that can be read, made in and filled."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import evidence
from pipeline.errors import UsageError
from pipeline.flow.gathering import read_case
from pipeline.forms.out import write_forms
from pipeline.inputs.assessment import _KEYS as KNOWN_KEYS
from pipeline.inputs.assessment import read_assessment
from pipeline.prepare.init import KEYS, PAPER_KEYS, init
from pipeline.workspace import Workspace


def test_what_was_made_can_be_read_and_gives_forms(tmp_path: Path) -> None:
    made = init(tmp_path / "our place")

    ws = Workspace(tmp_path / "our place")
    assessment, faults = read_assessment(ws, ws.newest_cycle())
    register, more = evidence.read_register(ws, {})
    case = read_case(ws, assessment, register, (*faults, *more))

    assert all(path.is_file() for path in made)
    assert {f.severity for f in case.faults} <= {"note"}
    assert {p.name for p in write_forms(case, tmp_path / "forms")} == {
        f"{who}.{suffix}" for who in ("icb-team", "board", "vcse") for suffix in ("xlsx", "docx")
    }


def test_every_key_is_explained_and_every_example_can_be_used(tmp_path: Path) -> None:
    init(tmp_path / "w")
    file = tmp_path / "w" / "assessments" / "2025-26" / "assessment.yaml"
    lines = file.read_text("utf-8").split("\n")
    examples = tuple(f"# {key.name}: " for key in (*KEYS, *PAPER_KEYS))

    used = [
        line.replace("# ", "", 1)
        for line in lines
        if not line.strip().startswith("#") or line.strip().startswith(examples)
    ]
    # The example of an earlier cycle needs that cycle; all others stand by themselves.
    file.write_text("\n".join(line for line in used if not line.startswith("previous:")), "utf-8")
    assessment, faults = read_assessment(Workspace(tmp_path / "w"), "2025-26")

    assert faults == ()
    assert assessment.paper.agenda_item == "8"
    assert {key.name for key in KEYS} - {"tags"} == set(KNOWN_KEYS) - {"paper", "comparable", "agreed_exceptions"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "Makefile").write_text("mine", "utf-8")

    with pytest.raises(UsageError, match="not empty"):
        init(tmp_path / "w")

    assert [p.name for p in (tmp_path / "w").iterdir()] == ["Makefile"]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed, so the Makefile was not run")
def test_make_works_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "a place with $ and #"
    init(folder, program=("echo", "a & b $HOME #1"))

    def make(*words: str) -> str:
        done = subprocess.run(
            ["make", "-C", str(folder), *words], capture_output=True, text=True, timeout=30, check=True
        )
        return done.stdout

    assert "make board-paper" in make("-s")
    assert make("-s", "board-paper", "DRAFT=1").split("\n")[0].endswith("a & b $HOME #1 build board-paper  --draft")
    assert make("-s", "check", "CYCLE=2025-26").split("\n")[0].endswith("check 2025-26")


def test_the_guide_names_what_is_there(tmp_path: Path) -> None:
    init(tmp_path / "w", cycle="2026-27")
    guide = (tmp_path / "w" / "START-HERE.md").read_text("utf-8")

    for name in ("assessments/2026-27/assessment.yaml", "evidence/register.csv", "assessments/2026-27/actions.csv"):
        assert f"`{name}`" in guide
        assert (tmp_path / "w" / name).is_file()
