"""The first five minutes: an empty workspace that can be read, made in and filled."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline import evidence
from pipeline.cli.main import boardpack as group
from pipeline.errors import UsageError
from pipeline.flow.gathering import read_case
from pipeline.forms.out import write_forms
from pipeline.inputs.assessment import _KEYS as KNOWN_KEYS
from pipeline.inputs.assessment import read_assessment
from pipeline.prepare.init import KEYS, PAPER_KEYS, init
from pipeline.workspace import SHIPPED, Workspace


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
    examples = tuple(f"#{key.name}: " for key in (*KEYS, *PAPER_KEYS))

    used = [
        line.replace("#", "", 1)
        for line in lines
        if not line.strip().startswith("#") or line.strip().startswith(examples)
    ]
    # The example of an earlier cycle needs that cycle; all others stand by themselves.
    file.write_text("\n".join(line for line in used if not line.startswith("previous:")), "utf-8")
    assessment, faults = read_assessment(Workspace(tmp_path / "w"), "2025-26")

    assert faults == ()
    assert assessment.paper.agenda_item == "8"
    assert {key.name for key in KEYS} - {"tags"} == set(KNOWN_KEYS) - {"paper", "comparable", "agreed_exceptions"}


def test_every_line_still_parses_when_its_first_hash_alone_is_taken_away(tmp_path: Path) -> None:
    init(tmp_path / "w")
    file = tmp_path / "w" / "assessments" / "2025-26" / "assessment.yaml"
    lines = file.read_text("utf-8").split("\n")
    hidden = [n for n, line in enumerate(lines) if line.strip().startswith("#")]
    assert len(hidden) > len(KEYS)
    for n in hidden:
        file.write_text("\n".join([*lines[:n], lines[n].replace("#", "", 1), *lines[n + 1 :]]), "utf-8")
        _, faults = read_assessment(Workspace(tmp_path / "w"), "2025-26")
        assert not [f for f in faults if f.code != "IN102"], lines[n]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "Makefile").write_text("mine", "utf-8")

    with pytest.raises(UsageError, match="not empty"):
        init(tmp_path / "w")

    assert [p.name for p in (tmp_path / "w").iterdir()] == ["Makefile"]


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed, so no Makefile was run")


def make(folder: Path, *words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """make in a workspace, its PATH led by a folder, or without boardpack on it."""
    tools = f"{path}{os.pathsep}/usr/bin{os.pathsep}/bin" if path else f"/usr/bin{os.pathsep}/bin"
    return subprocess.run(
        ["make", "-s", *words],
        cwd=folder,
        env={**os.environ, "PATH": tools},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_make
def test_a_workspace_moved_anywhere_runs_the_installed_program(tmp_path: Path) -> None:
    init(tmp_path / "made here")
    folder = tmp_path / "a place with $ and # and 'marks'"
    (tmp_path / "made here").rename(folder)
    installed = tmp_path / "bin"
    installed.mkdir()
    (installed / "boardpack").write_text('#!/bin/sh\nfor word; do printf "<%s>" "$word"; done\n', "utf-8")
    (installed / "boardpack").chmod(0o755)

    def said(*words: str) -> str:
        return make(folder, *words, path=installed).stdout

    assert "make board-paper" in said()
    assert said("board-paper", "DRAFT=1") == "<build><board-paper><><--draft>"
    assert said("check", "CYCLE=2025-26") == "<check><2025-26>"
    assert said("sign-off", "BY=$(shell touch gone)") == "<sign-off><><--by><$(shell touch gone)>"
    assert said("adopt", "PAPER=a paper.docx") == "<adopt><a paper.docx><>"
    assert said("new-cycle", "NEW=2026-27") == "<new-cycle><2026-27><--from><>"
    assert str(tmp_path) not in "".join(p.read_text("utf-8") for p in folder.rglob("*") if p.is_file())


@needs_make
def test_where_the_program_is_not_found_it_says_how_to_install_it(tmp_path: Path) -> None:
    init(tmp_path / "w")
    done = make(tmp_path / "w", "check")

    assert done.returncode == 2
    assert "The program boardpack is not found." in done.stderr
    assert "pipx install" in done.stderr


@needs_make
def test_every_target_runs_a_command_that_boardpack_has(tmp_path: Path) -> None:
    init(tmp_path / "w")
    text = (tmp_path / "w" / "Makefile").read_text("utf-8")
    readme = (SHIPPED / "README.md").read_text("utf-8").split("## Commands")[1].split("## How far")[0]
    targets = set(re.findall(r"^([a-z-]+):.*## ", text, re.M))

    for line in re.findall(r"^\t\$\(RUN\) ([a-z-]+)", text, re.M):
        assert line in group.commands
    for line in re.findall(r"^\| (`make .*?) \| (?!for those)", readme, re.M):
        assert set(re.findall(r"make ([a-z-]+)", line)) <= targets


def opened(folder: Path, home: Path, programs: Path | None) -> subprocess.CompletedProcess[str]:
    """start.command as a double click runs it: from another folder, with few places to look for programs."""
    return subprocess.run(
        [str(folder / "start.command")],
        cwd="/",
        env={"HOME": str(home), "PATH": f"{programs}:/usr/bin:/bin" if programs else "/usr/bin:/bin"},
        input="\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def program(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text('#!/bin/sh\npwd\nfor word; do printf "<%s>" "$word"; done\n', "utf-8")
    (folder / name).chmod(0o755)


needs_sh = pytest.mark.skipif(os.name == "nt", reason="start.command is for Mac and Linux")


@needs_sh
@pytest.mark.parametrize("where", ["programs", "home/.local/bin"])
def test_a_double_click_opens_the_desk_of_this_folder(tmp_path: Path, where: str) -> None:
    folder = tmp_path / 'our place\'s "work"'
    init(folder)
    program(tmp_path / where, "boardpack")
    done = opened(folder, tmp_path / "home", tmp_path / "programs")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{folder}\n<desk>"


@needs_sh
def test_with_uv_the_wheel_in_the_folder_is_enough(tmp_path: Path) -> None:
    init(tmp_path / "w")
    program(tmp_path / "programs", "uv")
    assert opened(tmp_path / "w", tmp_path, tmp_path / "programs").returncode == 127, "nothing is fetched by its name"
    (tmp_path / "w/boardpack-9.9-py3-none-any.whl").touch()
    done = opened(tmp_path / "w", tmp_path, tmp_path / "programs")
    assert done.stdout.endswith("<tool><run><--from><./boardpack-9.9-py3-none-any.whl><boardpack><desk>")


@needs_sh
def test_without_the_program_a_double_click_says_plainly_what_is_missing(tmp_path: Path) -> None:
    init(tmp_path / "w")
    done = opened(tmp_path / "w", tmp_path, None)
    assert done.returncode == 127
    assert done.stdout.startswith("The program boardpack is not found on this computer.")
    assert "pipx install" in done.stdout and "not found" not in done.stderr


def test_windows_is_told_the_same_as_a_mac(tmp_path: Path) -> None:
    init(tmp_path / "w")
    windows = (tmp_path / "w/start.cmd").read_bytes()
    assert windows.count(b"\r\n") == windows.count(b"\n") > 10, "cmd.exe jumps to labels only past such line ends"
    lines = windows.decode("ascii").splitlines()
    mac = (tmp_path / "w/start.command").read_text("ascii")
    told = [line.split("'")[1] for line in mac.splitlines() if line.startswith("echo '")]
    assert [line.removeprefix("echo ") for line in lines if line.startswith("echo ")] == told
    assert "  boardpack desk" in lines and 'cd /d "%~dp0"' in lines
    assert {line.split()[-1] for line in lines if "goto" in line} <= {line[1:] for line in lines if line[:1] == ":"}


def test_the_guide_names_what_is_there(tmp_path: Path) -> None:
    init(tmp_path / "w", cycle="2026-27")
    guide = (tmp_path / "w" / "START-HERE.md").read_text("utf-8")

    for name in (
        "assessments/2026-27/assessment.yaml",
        "evidence/register.csv",
        "assessments/2026-27/actions.csv",
        "start.cmd",
        "start.command",
    ):
        assert f"`{name}`" in guide
        assert (tmp_path / "w" / name).is_file()
