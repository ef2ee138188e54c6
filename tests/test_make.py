"""make hands names on and never reads them; and a paper is made again exactly where something has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.prepare.init import init
from pipeline.workspace import SHIPPED, Workspace
from tests.cli.conftest import Run, clean, run  # noqa: F401

NAMES = [
    "2025 26",
    "z$(touch gone)",
    "z$(shell touch gone)",
    "a;touch gone",
    "it's",
    'a "b"',
    "#1",
    "`touch gone`",
    "a&b",
]
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed, so no Makefile was run")


@pytest.fixture(params=["of the project", "of a new workspace"])
def place(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with a Makefile and cycles of every such name; the program only repeats what it is given."""
    folder = tmp_path / "w"
    if request.param == "of the project":
        folder.mkdir()
        shutil.copy(SHIPPED / "Makefile", folder)
        shutil.copytree(SHIPPED / "pipeline/data/workspace", folder / "pipeline/data/workspace")
        for name in ("requirements.lock", ".venv/bin/python", ".venv/bin/.run"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).touch()
    else:
        init(folder)
    for name in NAMES:
        (folder / "assessments" / name).mkdir(parents=True)
    (folder / "say.sh").write_text("for word; do printf '<%s>' \"$word\"; done\n", encoding="utf-8")
    return folder


def made(folder: Path, *words: str) -> str:
    ran = subprocess.run(
        ["make", "-s", *words, "BOARDPACK=sh say.sh"], cwd=folder, capture_output=True, text=True, check=True
    )
    return ran.stdout


@needs_make
def test_a_name_is_handed_on_and_nothing_in_it_is_run(place: Path) -> None:
    for name in NAMES:
        assert made(place, "check", f"CYCLE={name}") == f"<check><{name}>"
        assert made(place, "board-paper", f"CYCLE={name}") == f"<build><board-paper><{name}>"
        assert made(place, "questions", f"AUDIENCE={name}") == f"<questions><><--audience><{name}>"
    assert made(place, "check") == "<check><>", "which cycle is the newest is for the program to say"
    assert not (place / "gone").exists()


@needs_make
@pytest.mark.parametrize("word", ["1", "yes", "true"])
def test_a_draft_is_asked_for(place: Path, word: str) -> None:
    assert made(place, "board-paper", f"DRAFT={word}").endswith("<--draft>")


@needs_make
@pytest.mark.parametrize("word", ["", "0", "no", "No", "false", "FALSE", "off"])
def test_no_draft_is_no_draft(place: Path, word: str) -> None:
    assert made(place, "board-paper", f"DRAFT={word}") == "<build><board-paper><>"


def test_a_paper_is_made_again_where_something_changed_and_nowhere_else(
    run: Run,  # noqa: F811
    clean: Workspace,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def said() -> str:
        told = run(clean.root, "build", "board-paper")
        assert told.code == 0, told.err
        return told.out.split()[-1]

    folder = clean.build("2025-26")
    assert said() == "made."
    assert said() == "date."
    paper = (folder / "board-paper.docx").read_bytes()
    assert run(clean.root, "build", "baf-annex").code == 0
    assert said() == "date.", "another paper changes nothing"

    actions = clean.root / "assessments/2025-26/actions.csv"
    before = actions.stat()
    text = actions.read_bytes()
    actions.write_bytes(text.replace(b"Director", b"directoR", 1))
    os.utime(actions, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert text != actions.read_bytes() and said() == "made.", "size and time were kept"

    results: tuple[Callable[[], object], ...] = tuple(
        (folder / name).unlink
        for name in ("board-paper.docx", "check-report.html", "trail.csv", "findings.json", "manifest.json")
    )
    for delete in (*results, next((folder / "figures").glob("*.svg")).unlink):
        delete()
        assert said() == "made."
        assert said() == "date."
    monkeypatch.setattr("pipeline.flow.made.program_digest", lambda: "another lock file, or another page template")
    assert said() == "made."
    actions.write_bytes(text)
    assert said() == "made."
    assert (folder / "board-paper.docx").read_bytes() == paper


def test_the_program_is_known_by_its_code_its_pages_and_its_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.flow import made as module

    files = ("pipeline/a.py", "pipeline/publish/pages/trail.html", "requirements.lock")
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    digests = {module.program_digest()}
    for name in files:
        (tmp_path / name).write_text("y")
        digests.add(module.program_digest())
    assert len(digests) == 4


def test_a_final_that_is_read_only_is_not_overwritten(run: Run, clean: Workspace) -> None:  # noqa: F811
    assert run(clean.root, "build", "board-paper").code == 0
    paper = clean.build("2025-26") / "board-paper.docx"
    before = paper.read_bytes()
    paper.chmod(0o444)
    with (clean.root / "assessments/2025-26/actions.csv").open("ab") as file:
        file.write(b"\n")

    told = run(clean.root, "build", "board-paper")

    assert told.code == 4 and "board-paper.docx is marked as read-only" in told.err
    assert paper.read_bytes() == before


def test_stopping_it_is_no_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.codes.codes", interrupted)
    with pytest.raises(SystemExit) as left:
        main(["explain", "EV310"])
    assert left.value.code == 130
    assert capsys.readouterr().err.strip().splitlines()[-1] == "exit 130: interrupted"


def test_nobody_waits_for_the_program_to_load_where_nothing_has_changed(run: Run, clean: Workspace) -> None:  # noqa: F811
    assert run(clean.root, "build", "board-paper").code == 0
    words = ["boardpack", "--root", str(clean.root), "build", "board-paper"]
    again = (
        f"import sys; sys.argv = {words!r}\n"
        "from pipeline.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    print(*sorted(name for name in sys.modules if name in HEAVY))"
    )
    heavy = "HEAVY = ('pipeline.checks', 'pipeline.dossier', 'pipeline.evidence', 'pipeline.papers', 'lxml', 'docx')"

    ran = subprocess.run([sys.executable, "-c", f"{heavy}\n{again}"], capture_output=True, text=True, check=False)

    assert ran.stdout.splitlines() == ["build/2025-26/board-paper.docx is up to date.", ""], ran.stderr
