"""Nothing needs what only some systems have."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.files import one_at_a_time, possible_name, write_whole
from pipeline.workspace import SHIPPED
from tests.case_workspaces import make_workspace
from tests.cli.conftest import Run, run  # noqa: F401


def test_the_main_job_needs_nothing_that_windows_does_not_have(tmp_path: Path) -> None:
    """Its words go to a pipe in the letters of western Windows, which have no `≤`; every file names its encoding."""
    root = make_workspace(tmp_path / "ws", "words-altered").root
    jobs = (
        "check",
        "build board-paper --draft",
        "build board-paper",
        "search waiting",
        "trail",
        "forms",
        "bundle",
        "questions",
    )

    ran = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "tests.as_on_windows", str(root), *jobs],
        cwd=SHIPPED,
        capture_output=True,
        encoding="cp1252",
        env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"},
        timeout=240,
        check=False,
    )

    codes = [line.removeprefix("left with ") for line in ran.stdout.splitlines() if line.startswith("left with")]
    assert dict(zip(jobs, codes, strict=True)) == {**dict.fromkeys(jobs, "0"), "check": "3", "build board-paper": "3"}
    assert "Something went wrong" not in ran.stderr and "words-altered" not in ran.stdout


DEVICES = ["con", "NUL.docx", "com1", "lpt¹.pdf", "aux "]
LOST = ["2026-27.", "with space ", "9:30 workshop", "a/b", "c\\d", "who?"]


@pytest.mark.parametrize("name", [*DEVICES, *LOST])
def test_a_name_that_windows_cannot_hold_is_given_to_no_file(
    name: str,
    tmp_path: Path,
    run: Run,  # noqa: F811
) -> None:
    ws = make_workspace(tmp_path)
    assert possible_name(name) != name and possible_name(possible_name(name)) == possible_name(name)
    assert run(ws.root, "new-cycle", name).code == 2
    assert sorted(ws.cycles()) == ["2024-25", "2025-26"]
    file = ws.cycle_folder("2025-26") / "assessment.yaml"
    file.write_text(file.read_text("utf-8").replace("id: vcse", f"id: {json.dumps(name.rstrip())}"), "utf-8")
    said = run(ws.root, "check")
    if name.rstrip() == name:
        assert said.code == 4 and "cannot be the name of a file" in said.err


@pytest.mark.parametrize("name", ["2026-27", "Équipe élargie (2)", "console", "nullify.docx", "com10", "ж" * 80])
def test_any_other_name_stays_as_it_is(name: str) -> None:
    assert possible_name(name) == name


def held(path: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Windows answers while another program has the file open."""
    replace, left = Path.replace, [times]

    def answer(self: Path, target: Path) -> Path:
        if Path(target) == path and left[0]:
            left[0] -= 1
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", answer)
    monkeypatch.setattr("time.sleep", lambda _: None)


def test_a_paper_that_is_open_in_word_stays_and_is_to_be_closed(
    tmp_path: Path,
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ws = make_workspace(tmp_path)
    paper = ws.build("2025-26") / "board-paper.docx"
    assert run(ws.root, "build", "board-paper").code == 0
    before = paper.read_bytes()
    (ws.cycle_folder("2025-26") / "actions.csv").write_text(
        (ws.cycle_folder("2025-26") / "actions.csv").read_text("utf-8").replace("Director", "director"), "utf-8"
    )
    held(paper, 99, monkeypatch)

    said = run(ws.root, "build", "board-paper")

    assert said.code == 4 and "board-paper.docx cannot be written: it is open in another program" in said.err
    assert "Close it in Word" in said.err
    assert paper.read_bytes() == before and not list(paper.parent.glob(".board-paper*"))


def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "trail.csv", b"old")
    held(tmp_path / "trail.csv", 2, monkeypatch)
    write_whole(tmp_path / "trail.csv", b"new")
    assert (tmp_path / "trail.csv").read_bytes() == b"new"


def test_a_form_that_is_open_in_excel_is_to_be_closed(
    tmp_path: Path,
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ws = make_workspace(tmp_path)
    read = Path.read_bytes

    def answer(self: Path) -> bytes:
        if self.name == "team.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", answer)
    said = run(ws.root, "check")
    assert said.code == 3 and "responses/team.csv" in said.out and "Close it in Excel" in said.out


HOLD = "import sys, time; from pipeline.files import one_at_a_time\nfrom pathlib import Path\n" + (
    "with one_at_a_time(Path(sys.argv[1])), one_at_a_time(Path(sys.argv[1])):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


def test_a_run_waits_for_another_and_says_so_where_it_takes_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "build/.2025-26.lock"
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=SHIPPED) as other:
        assert other.stdin and other.stdout and other.stdout.readline() == b"held\n"
        monkeypatch.setattr("pipeline.files.PATIENCE", 0.1)
        with pytest.raises(OutputError, match="Another run of boardpack"), one_at_a_time(lock):
            pass
        other.kill()
    with one_at_a_time(lock), one_at_a_time(lock):
        pass


def test_where_no_locks_are_known_it_goes_on_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", answer)
    with one_at_a_time(tmp_path / "build/.lock"):
        pass
