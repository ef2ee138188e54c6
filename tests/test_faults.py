"""Faults of the world: a build that is killed, a full disk, two builds at once, a folder that may not be written to.

What is found afterwards is the old file or the new one, never half of one, and whoever asked is told what happened.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.office import integrity
from pipeline.workspace import SHIPPED, Workspace
from tests.case_workspaces import make_workspace

CYCLE = "2025-26"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SHIPPED), "NO_COLOR": "1"}
TIMES = "inputs.json"  # holds the times of files, which differ from copy to copy

# Every file is written beside its place, flushed, and renamed. The build is killed when a named file is being written:
# half way through, all of it but not renamed, or just after. One process, which forks: loading the program once is
# enough.
KILLER = """
import os, pathlib, signal, sys
sys.argv = ["boardpack"]
from pipeline.cli import main
import pipeline.flow.papers, pipeline.flow.judging, pipeline.charts, pipeline.papers, pipeline.publish.manifest
import matplotlib.pyplot, docxtpl

fsync, replace, fdopen = os.fsync, os.replace, os.fdopen

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def run(root, name, moment):
    class Half:
        def __init__(self, file):
            self.file = file
        def __enter__(self):
            return self
        def __exit__(self, *_):
            self.file.close()
        def __getattr__(self, asked):
            return getattr(self.file, asked)
        def write(self, content):
            where = os.readlink(f"/proc/self/fd/{self.file.fileno()}")
            if f"/.{name}." in where:
                self.file.write(content[: len(content) // 2])
                self.file.flush()
                die()
            return self.file.write(content)

    def last(source, target, **more):
        mine = pathlib.Path(target).name == name
        if mine and moment == "before":
            die()
        replace(source, target, **more)
        if mine and moment == "after":
            die()

    os.replace = last
    if moment == "half":
        os.fdopen = lambda handle, *more, **named: Half(fdopen(handle, *more, **named))
    try:
        main(["--root", root, "build", "board-paper"])
    except SystemExit:
        pass

for line in sys.stdin:
    root, name, moment = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        try:
            run(root, name, moment)
        finally:
            os._exit(0)
    print(os.WTERMSIG(os.waitpid(child, 0)[1]), flush=True)
"""


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "--root", str(root), *(words or ("build", "board-paper"))],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )


def files(root: Path) -> dict[str, bytes]:
    """What is made, but for the file of times and what an interrupted run left beside its place."""
    folder = root / "build" / CYCLE
    made = (p for p in folder.rglob("*") if p.is_file() and p.name != TIMES)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in made if not p.name.startswith(".")}


def half_written(root: Path) -> list[str]:
    """What lies beside its place: files that were being written when something stopped it."""
    return [p.name for p in (root / "build" / CYCLE).rglob(".*") if p.name not in (".drawn", ".made.json")]


def change_an_answer(root: Path) -> None:
    form = root / "assessments" / CYCLE / "responses/team.csv"
    form.write_text(form.read_text(encoding="utf-8").replace("Growing", "Emergent", 1), encoding="utf-8")


def assert_whole(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Each file is the old one or the new one."""
    found = files(root)
    assert found.keys() >= old.keys()
    assert [name for name, content in found.items() if content not in (old.get(name), new.get(name))] == []
    paper = root / "build" / CYCLE / "board-paper.docx"
    assert integrity.is_untouched(paper)
    assert zipfile.ZipFile(paper).testzip() is None


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a paper that is out of date: an answer was changed since."""
    root = make_workspace(tmp_path_factory.mktemp("faults") / "before").root
    assert build(root).returncode == 0
    change_an_answer(root)
    return root


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a build makes of it that nothing disturbs."""
    root = tmp_path_factory.mktemp("faults") / "after"
    shutil.copytree(before, root)
    assert build(root).returncode == 0
    made = files(root)
    assert made["board-paper.docx"] != files(before)["board-paper.docx"]
    return made


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc to see which file is being written")
def test_a_build_killed_at_any_stage_leaves_old_files_or_new_ones(
    before: Path, after: dict[str, bytes], tmp_path: Path
) -> None:
    stages = ("inputs.json", "findings.json", "trail.html", "dossier.json", "board-paper.docx", "manifest.json")
    figure = next(name.split("/")[1] for name in sorted(after) if name.startswith("figures/"))
    cases = [(name, moment) for name in (*stages, figure) for moment in ("half", "before")]
    cases += [("board-paper.docx", "after"), ("dossier.json", "after")]
    places = [tmp_path / f"{number}" for number in range(len(cases))]
    for place in places:
        shutil.copytree(before, place)
    asked = "".join(f"{place}\t{name}\t{moment}\n" for place, (name, moment) in zip(places, cases, strict=True))

    ran = subprocess.run(
        [sys.executable, "-c", KILLER], input=asked, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )

    signals = [int(line) for line in ran.stdout.split() if line.isdigit()]
    assert signals == [signal.SIGKILL] * len(cases), ran.stderr
    old = files(before)
    for place in places:
        assert_whole(place, old, after)
    again = places[cases.index(("board-paper.docx", "half"))]
    assert build(again).returncode == 0
    assert files(again) == after


def test_two_builds_at_once_leave_what_one_would(before: Path, after: dict[str, bytes], tmp_path: Path) -> None:
    root = tmp_path / "ws"
    shutil.copytree(before, root)
    command = [sys.executable, "-m", "pipeline", "--root", str(root), "build"]
    papers = ("board-paper", "board-paper", "baf-annex")

    runs = [
        subprocess.Popen([*command, paper], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for paper in papers
    ]
    said = [run.communicate(timeout=120) for run in runs]

    assert [run.returncode for run in runs] == [0, 0, 0], said
    found = files(root)
    assert {name: found[name] for name in after if name != "manifest.json"} == {
        name: content for name, content in after.items() if name != "manifest.json"
    }
    assert integrity.is_untouched(root / "build" / CYCLE / "baf-annex.docx")
    checked = build(root, "verify", CYCLE)
    assert checked.returncode == 0, checked.stdout
    assert half_written(root) == []


@pytest.fixture
def small_disk(before: Path, tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with the workspace on it; skips where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    size = sum(p.stat().st_size for p in before.rglob("*") if p.is_file()) // 1024 + 2048
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        shutil.copytree(before, place / "ws")
        yield place / "ws"
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def room(root: Path) -> int:
    found = os.statvfs(root)
    return found.f_bavail * found.f_bsize


def fill_up(root: Path, leave: int) -> None:
    """Fill the disk until so many bytes are left."""
    with (root.parent / "filler").open("wb") as filler:
        while (much := room(root) - leave) >= 4096:
            try:
                filler.write(bytes(min(much, 1 << 20)))
                filler.flush()
            except OSError:
                break


def test_a_full_disk_is_told_and_nothing_is_halved(small_disk: Path, before: Path, after: dict[str, bytes]) -> None:
    old = files(before)
    codes = []
    for leave in (0, 24_000, 60_000):
        fill_up(small_disk, leave)
        ran = build(small_disk)
        codes.append(ran.returncode)
        if ran.returncode:
            assert ran.returncode == 4, (leave, ran.stdout, ran.stderr)
            assert "the disk is full" in ran.stderr
            assert "Traceback" not in ran.stderr
            assert ran.stderr.strip().splitlines()[-1].startswith("exit 4")
        assert_whole(small_disk, old, after)
        (small_disk.parent / "filler").unlink()
    assert codes[:2] == [4, 4]
    assert half_written(small_disk) == []
    assert build(small_disk).returncode == 0
    assert files(small_disk) == after


@pytest.mark.parametrize(
    "words",
    [
        ("build", "board-paper"),
        ("bundle",),
        ("publish",),
        ("forms",),
        ("sign-off", "--by", "Director of Strategy"),
        ("new-cycle", "2026-27", "--from", CYCLE),
    ],
    ids=lambda words: words[0],
)
def test_a_disk_that_may_not_be_written_to_is_told(small_disk: Path, words: tuple[str, ...]) -> None:
    old = files(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk.parent)], check=True)

    ran = build(small_disk, *words)

    assert ran.returncode == 4, (ran.stdout, ran.stderr)
    assert "nothing can be written" in ran.stderr or "Read-only file system" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert files(small_disk) == old


def test_a_new_cycle_is_there_whole_or_not_at_all(
    before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.errors import OutputError
    from pipeline.flow.preparing import start_cycle

    shutil.copytree(before, tmp_path / "ws")
    ws = Workspace(tmp_path / "ws")
    cycles = ws.cycles()

    def full(path: Path, content: bytes) -> None:
        if path.name == "actions.csv":
            raise OutputError(f"{path.name} cannot be written: No space left on device.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.prepare.new_cycle.write_whole", full)
        with pytest.raises(OutputError):
            start_cycle(ws, "2026-27", CYCLE, None)
    assert ws.cycles() == cycles
    assert [p.name for p in ws.assessments.iterdir() if p.name.startswith(".")] == []

    start_cycle(ws, "2026-27", CYCLE, None)
    assert ws.cycles() == [*cycles, "2026-27"]


@pytest.mark.parametrize("ending", ["exit 3", "kill -TERM $PPID; sleep 2"], ids=["refused", "interrupted"])
def test_make_deletes_no_paper_when_something_stops_it(tmp_path: Path, ending: str) -> None:
    shutil.copy(SHIPPED / "Makefile", tmp_path)
    shutil.copytree(SHIPPED / "pipeline/data/workspace", tmp_path / "pipeline/data/workspace")
    for name in ("requirements.lock", "templates/board-paper.docx", ".venv/bin/python", ".venv/bin/.run"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "stage.sh").write_text(f'echo new >"$2"; {ending}\n', encoding="utf-8")
    paper = tmp_path / "build/2025-26/board-paper.docx"
    paper.parent.mkdir(parents=True)
    paper.write_text("old", encoding="utf-8")
    os.utime(paper, (0, 0))

    ran = subprocess.run(
        ["make", "build/2025-26/board-paper.docx", "BOARDPACK=sh stage.sh"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode != 0
    assert paper.read_text(encoding="utf-8") == "new\n", ran.stdout + ran.stderr


def test_a_paper_without_its_manifest_is_made_again(before: Path, tmp_path: Path) -> None:
    root = tmp_path / "ws"
    shutil.copytree(before, root)
    manifest = root / "build" / CYCLE / "manifest.json"
    manifest.unlink()
    manifest.mkdir()  # cannot be replaced by a file

    ran = build(root)

    assert ran.returncode == 4, ran.stderr
    assert "manifest.json cannot be written" in ran.stderr
    manifest.rmdir()
    assert "board-paper.docx is made" in build(root).stdout
    assert manifest.is_file()
