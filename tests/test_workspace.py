"""Which folders are cycles, and which of them is meant where none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace
from tests.cli.conftest import run  # noqa: F401  the commands as a person types them


def add(root: Path, name: str, words: str, file: str = "assessment.yaml") -> None:
    folder = root / "assessments" / name
    folder.mkdir(parents=True)
    (folder / file).write_text(words, encoding="utf-8")


def meeting(cycle: str, day: str, more: str = "") -> str:
    return f"cycle: {cycle}\n{more}paper:\n  previously_considered: [{{date: 2031-01-01}}]\n  date: {day}\n"


def test_the_newest_cycle_is_the_one_with_the_latest_meeting(tmp_path: Path) -> None:
    for name, day in (("spring", "2026-03-26"), ("autumn", "2026-09-24"), ("2024-25", "'2025-03-27'")):
        add(tmp_path, name, meeting(name, day))
    assert Workspace(tmp_path).cycles() == ["2024-25", "spring", "autumn"]
    assert Workspace(tmp_path).newest_cycle() == "autumn"


def test_a_copy_or_an_archive_beside_a_cycle_is_never_taken_for_it(tmp_path: Path) -> None:
    add(tmp_path, "2025-26", meeting("2025-26", "2026-03-26"))
    for copy in ("2025-26 - StoredFile", "2025-26 (2)", "old 2025-26"):
        add(tmp_path, copy, meeting("2025-26", "2026-03-26"))
    for other in ("archive", "old", "zz"):
        (tmp_path / "assessments" / other / "responses").mkdir(parents=True)
    ws = Workspace(tmp_path)
    assert ws.newest_cycle() == "2025-26"
    assert not {"archive", "old", "zz"} & set(ws.cycles())


def test_the_assessment_of_one_plan_is_never_the_newest_cycle(tmp_path: Path) -> None:
    add(tmp_path, "2025-26", meeting("2025-26", "2026-03-26"))
    add(tmp_path, "recovery", meeting("recovery", "2026-09-24", "kind: plan\n"))
    assert Workspace(tmp_path).newest_cycle() == "2025-26"
    (tmp_path / "assessments/2025-26/assessment.yaml").unlink()
    with pytest.raises(UsageError, match=r"one plan.*recovery"):
        Workspace(tmp_path).newest_cycle()


@pytest.mark.parametrize(
    ("file", "words"),
    [("assessment.yaml", "paper: [unclosed"), ("assessment.yml", meeting("x", "2020-01-01")),
     ("assessment.yaml.txt", ""), ("assessment.yaml", "paper: {date: TBC}"), ("assessment.yaml", "[" * 5000)],
)  # fmt: skip
def test_where_the_newest_cannot_be_read_last_years_is_not_taken_in_its_place(
    tmp_path: Path, file: str, words: str
) -> None:
    add(tmp_path, "2024-25", meeting("2024-25", "2025-03-27"))
    add(tmp_path, "2025-26", words, file)
    if file == "assessment.yml":
        words = words.replace("2020-01-01", "2026-01-01")
        (tmp_path / "assessments/2025-26" / file).write_text(words, encoding="utf-8")
    assert Workspace(tmp_path).newest_cycle() == "2025-26"


def test_a_cycle_with_any_name_can_be_checked_and_a_folder_that_is_none_is_named(tmp_path: Path, run) -> None:  # noqa: F811
    ws = make_workspace(tmp_path / "ws")
    name = "2025 26; $(touch x) #1 'q'"
    folder = ws.cycle_folder("2025-26").rename(ws.cycle_folder(name))
    yaml = folder / "assessment.yaml"
    yaml.write_text(yaml.read_text(encoding="utf-8").replace("cycle: 2025-26", f'cycle: "{name}"'), encoding="utf-8")
    (ws.assessments / "old").mkdir()

    assert run(ws.root, "build", "board-paper").code == 0
    assert (ws.root / "build" / name / "board-paper.docx").is_file()
    assert run(ws.root, "trail", "GA1", name).code == 0
    said = run(ws.root, "check", "old")
    assert said.code == 4 and "assessments/old/assessment.yaml: The file is missing." in said.err
    assert run(ws.root, "check", "..").code == 2
