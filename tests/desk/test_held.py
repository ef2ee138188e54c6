"""What is kept in memory is what a check from scratch would find, whatever was edited and by whom."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.flow.held import Held
from pipeline.flow.judging import judge
from tests.case_workspaces import make_workspace

TEXTS = [
    "",
    "Growing",
    "Emergent",
    "not assessed",
    "E01 p.1",
    "E99",
    'E02 "each director reports"',
    "2026-13-01",
    "TBC",
]


def test_after_random_edits_it_finds_what_a_check_from_scratch_finds(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path / "ws")
    held, chance = Held(ws), random.Random(7)
    files = [p for p in ws.root.rglob("*") if p.suffix in (".csv", ".md", ".txt") and p.is_file()]
    for _ in range(40):
        path = chance.choice(files)
        text = path.read_text()
        lines = text.split("\n")
        at = chance.randrange(1, max(2, len(lines)))
        cells = lines[min(at, len(lines) - 1)].split(",")
        cells[chance.randrange(len(cells))] = chance.choice(TEXTS)
        lines[min(at, len(lines) - 1)] = ",".join(cells)
        path.write_text("\n".join(lines))
        try:
            found = held.now()
        except PipelineError as fault:
            with pytest.raises(PipelineError) as again:
                judge(ws, "2025-26", rehash=True)
            assert str(again.value) == str(fault)
        else:
            scratch = judge(ws, "2025-26", rehash=True)
            assert found.findings == scratch.findings and found.dossier == scratch.dossier
        if chance.random() < 0.5:
            path.write_text(text)


def test_nothing_is_judged_again_where_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(make_workspace(tmp_path / "ws"))
    first = held.now()
    monkeypatch.setattr("pipeline.flow.held.judge", lambda *_, **__: pytest.fail("judged again"))
    assert held.now() is first
