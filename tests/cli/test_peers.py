"""share and compare as a person types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from pipeline.workspace import Workspace
from tests.cli.conftest import Run

EXAMPLE = Path(__file__).parents[1] / "matrix"


def neighbour(ws: Workspace, folder: Path, organisation: str) -> Path:
    """What another organisation would have sent: the same levels under another name."""
    content = json.loads((ws.build("2025-26") / "share.json").read_text(encoding="utf-8"))
    path = folder / "neighbour.json"
    path.write_text(json.dumps(content | {"organisation": organisation}), encoding="utf-8")
    return path


def test_share_writes_levels_and_compare_sets_them_side_by_side(run: Run, clean: Workspace, tmp_path: Path) -> None:
    said = run(clean.root, "share")
    assert said.code == 0, said.err
    mine = clean.build("2025-26") / "share.json"
    assert "build/2025-26/share.json is made: the levels of 6 statements." in said.out
    assert "draft" not in said.out

    other = neighbour(clean, tmp_path, "NHS Eastmarch ICB")
    said = run(clean.root, "compare", str(mine), str(other))
    assert said.code == 0, said.err
    folder = clean.root / "build/compare"
    assert {p.name for p in folder.iterdir()} == {"compare.html", "compare.csv", "compare.png", "compare.svg"}
    assert "build/compare/compare.html" in said.out
    page = (folder / "compare.html").read_text(encoding="utf-8")
    assert page.index("NHS Eastmarch ICB") < page.index("NHS Westmarch ICB")


def test_nothing_that_people_wrote_is_in_what_is_shared(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "share").code == 0
    text = (clean.build("2025-26") / "share.json").read_text(encoding="utf-8")
    for table in ("responses/team.csv", "responses/board.csv", "responses/vcse.csv", "actions.csv", "risks.csv"):
        path = clean.cycle_folder("2025-26") / table
        if path.is_file():
            cells = [c.strip() for c in path.read_text(encoding="utf-8-sig").replace('"', ",").split(",")]
            assert [c for c in cells if len(c) > 25 and c in text] == []
    register = (clean.evidence / "register.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert register and [r.split(",")[1] for r in register if r.split(",")[1] in text] == []


def test_a_dossier_is_reduced_before_it_is_compared(run: Run, clean: Workspace, tmp_path: Path) -> None:
    assert run(clean.root, "share").code == 0
    assert run(clean.root, "check").code == 0
    other = neighbour(clean, tmp_path, "NHS Eastmarch ICB")
    by_share = clean.root / "build/compare/compare.html"
    assert run(clean.root, "compare", str(other), str(clean.build("2025-26") / "share.json")).code == 0
    before = by_share.read_bytes()
    assert run(clean.root, "compare", str(clean.build("2025-26") / "dossier.json"), str(other)).code == 0
    assert by_share.read_bytes() == before


def test_a_share_of_what_is_not_in_order_is_a_draft_and_says_so(run: Run, faulty: Workspace) -> None:
    said = run(faulty.root, "share")
    assert said.code == 0
    assert "It is marked as a draft" in said.out
    assert json.loads((faulty.build("2025-26") / "share.json").read_text(encoding="utf-8"))["draft"] is True


def test_the_same_bytes_in_another_folder(run: Run, clean: Workspace, tmp_path: Path) -> None:
    again = Workspace(Path(shutil.copytree(clean.root, tmp_path / "deeper" / "again")))
    assert run(clean.root, "share").code == run(again.root, "share").code == 0
    assert (clean.build("2025-26") / "share.json").read_bytes() == (again.build("2025-26") / "share.json").read_bytes()


def test_compare_says_what_is_wrong_in_plain_words(run: Run, clean: Workspace, tmp_path: Path) -> None:
    assert run(clean.root, "share").code == 0
    mine = str(clean.build("2025-26") / "share.json")
    (tmp_path / "odd.json").write_bytes(b"not json")

    alone = run(clean.root, "compare", mine)
    assert alone.code == 2 and "two files or more are needed" in alone.err
    odd = run(clean.root, "compare", mine, str(tmp_path / "odd.json"))
    assert odd.code == 4 and "odd.json: this file is not JSON" in odd.err
    assert "Traceback" not in odd.err and odd.last_line.startswith("exit 4")
    absent = run(clean.root, "compare", mine, str(tmp_path / "absent.json"))
    assert absent.code == 4 and "cannot be read" in absent.err


def test_a_matrix_and_a_list_cannot_be_compared(run: Run, clean: Workspace, tmp_path: Path) -> None:
    plan = Workspace(Path(shutil.copytree(EXAMPLE, tmp_path / "plan")))
    assert run(clean.root, "share").code == run(plan.root, "share").code == 0
    files = [str(clean.build("2025-26") / "share.json"), str(plan.build("2026-27") / "share.json")]
    said = run(clean.root, "compare", *files)
    assert said.code == 4
    assert all(file in said.err for file in files)
    assert "their frameworks differ (small and hi-kloe)" in said.err


def test_the_scorecard_of_a_plan_is_built_final_by_its_name(run: Run, tmp_path: Path) -> None:
    plan = Workspace(Path(shutil.copytree(EXAMPLE, tmp_path / "plan")))
    said = run(plan.root, "build", "scorecard")
    assert said.code == 0, said.err
    assert "build/2026-27/scorecard.docx is made" in said.out
    assert (plan.build("2026-27") / "figures/matrix.png").is_file()
