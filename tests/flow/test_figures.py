"""Pictures are drawn anew where something that they show has changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.flow.judging import judge
from pipeline.flow.papers import draw_figures
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, make_workspace


def drawn(ws: Workspace) -> dict[str, tuple[int, bytes]]:
    """The pictures, each with the file that it is on the disk."""
    folder = draw_figures(ws, judge(ws, CYCLE).dossier)
    return {p.name: (p.stat().st_ino, p.read_bytes()) for p in folder.iterdir() if p.suffix in (".png", ".svg")}


def edit(ws: Workspace, old: str, new: str) -> None:
    form = ws.cycle_folder(CYCLE) / "responses/team.csv"
    text = form.read_text(encoding="utf-8")
    assert text.count(old) == 1
    form.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = make_workspace(tmp_path_factory.mktemp("figures"))
    drawn(made)
    return made


def test_an_edited_comment_draws_nothing_anew(ws: Workspace) -> None:
    before = drawn(ws)
    edit(ws, "A briefing on the duties", "Two briefings on the duties")

    assert drawn(ws) == before


def test_an_edited_level_draws_the_heatmap_anew(ws: Workspace) -> None:
    before = drawn(ws)
    edit(ws, "CO1,Emergent", "CO1,Growing")
    after = drawn(ws)

    assert after["heatmap.svg"][1] != before["heatmap.svg"][1]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"scribble")], ids=["gone", "altered"])
def test_a_picture_that_is_gone_or_altered_is_drawn_anew(ws: Workspace, damage: object) -> None:
    before = drawn(ws)
    damage(ws.build(CYCLE) / "figures/heatmap.png")  # type: ignore[operator]

    assert {name: data for name, (_, data) in drawn(ws).items()} == {name: data for name, (_, data) in before.items()}


def test_make_sees_that_the_pictures_are_up_to_date(ws: Workspace) -> None:
    note = ws.build(CYCLE) / "figures/.drawn"
    os.utime(note, (0, 0))
    drawn(ws)

    assert note.stat().st_mtime > 0
