"""Every command that the documents show is run, in a small workspace, and leaves as they say."""

from __future__ import annotations

import io
import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from pipeline.cli import main
from pipeline.workspace import SHIPPED
from tests.case_workspaces import CASES, make_workspace
from tests.test_docs import DOCUMENTS, FENCED, SHOWN, commands

MATRIX = CASES.parent / "matrix"
PLAN = "elective-recovery"

NOT_RUN = {
    "LibreOffice makes the PDF; tests/publish/test_pack.py runs it": ["boardpack pack", "make pack"],
    "it serves until stopped; tests/desk/ tries it": [
        "boardpack desk",
        "boardpack desk --read-only",
        "make desk",
    ],
    "for those who work on boardpack, in its own folder": [
        *("make test", "make coverage", "make lint", "make bench", "make pictures", "make reference"),
        *("make lock", "make lock UPGRADE=--upgrade"),
    ],
}
FILLED_IN = {
    "boardpack explain CODE": "boardpack explain EV310",
    "boardpack build NAME": "boardpack build baf-annex",
    "boardpack fill NAME": "boardpack fill baf-annex",
    "boardpack adopt PAPER": "boardpack adopt build/2025-26/board-paper.docx",
    "boardpack search WORDS": "boardpack search strategy",
    "boardpack suggest STATEMENT": "boardpack suggest CO2",
    "boardpack init DIR": "boardpack init elsewhere",
    "boardpack register add FILE": "boardpack register add evidence/aims.txt",
    "boardpack new-cycle NEW --from 2025-26": "boardpack new-cycle 2026-27-Q2 --from 2025-26",
    "boardpack framework export [FRAMEWORK] FILE": "boardpack framework export hi-kloe matrix.xlsx",
    "boardpack framework export": "boardpack framework export small.xlsx",
    "boardpack compare-papers A.docx B.docx": (
        "boardpack compare-papers build/2025-26/board-paper.docx build/2025-26/evidence-annex.docx"
    ),
    "boardpack compare": "boardpack compare build/2025-26/share.json neighbour.json",
    # What these two need stands beside them in the text.
    "boardpack init": "boardpack init another",
    "boardpack sign-off": "boardpack sign-off --by Chair",
}
LAST = ("adopt", "framework import", "register", "sign-off", "new-cycle", "clean")
"""What changes the workspace, in this order; everything else is run before."""
ANSWERS = ["", "A title", "Director of Strategy", "2026-01-15", "2027-01-15", "public", "strategy", "1"]
"""What a person types when a document is registered."""
BLOCKED = 3

Left = Callable[..., int]


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Left:
    """How a command leaves that is typed in a folder."""

    def run(folder: Path, *words: str) -> int:
        monkeypatch.chdir(folder)
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*ANSWERS, ""])))
        with pytest.raises(SystemExit) as gone:
            main(words)
        capsys.readouterr()
        return int(gone.value.code or 0)

    return run


def given_by_make(folder: Path, words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What make gives to the program, a line for each time that it calls it."""
    ran = subprocess.run(
        ["make", "-s", *words, "BOARDPACK=sh say.sh"], cwd=folder, capture_output=True, text=True, check=True
    )
    return [tuple(line.split("\0")[:-1]) for line in ran.stdout.splitlines()]


def in_order(words: tuple[str, ...]) -> int:
    typed = " ".join(words)
    return next((n for n, name in enumerate(LAST, 1) if typed.split(" ", 1)[1].startswith(name)), 0)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace, with a paper of its own, an assessment of one plan, and what a neighbour sent."""
    folder = make_workspace(tmp_path_factory.mktemp("small")).root
    shutil.copy(SHIPPED / "pipeline/data/workspace/Makefile", folder)
    (folder / "say.sh").write_text("printf '%s\\0' \"$@\"; echo\n", "utf-8")
    (folder / "templates").mkdir()
    template = Document()
    template.add_paragraph("{{ cover.title }}")
    template.save(str(folder / "templates/committee-paper.docx"))
    plan = folder / "assessments" / PLAN
    shutil.copytree(MATRIX / "assessments/2026-27", plan)
    shutil.copytree(MATRIX / "evidence", folder / "evidence", dirs_exist_ok=True)
    for file in plan.rglob("*.*"):
        file.write_text(
            file.read_text("utf-8").replace("E0", "K0").replace("cycle: 2026-27", f"cycle: {PLAN}"), "utf-8"
        )
    with (plan / "assessment.yaml").open("a", encoding="utf-8") as file:
        file.write("kind: plan\n")
    base, more = (CASES / "base/evidence/register.csv", MATRIX / "evidence/register.csv")
    heading, *rows = more.read_text("utf-8").splitlines()
    assert heading.endswith("assurance_line,nature")
    rows = [row.replace("E0", "K0", 1) for row in rows]
    merged = [
        *base.read_text("utf-8").splitlines(),
        *(row.rsplit(",", 1)[0] + ",,,," + row.rsplit(",", 1)[1] for row in rows),
    ]
    (folder / "evidence/register.csv").write_text("\n".join(merged) + "\n", "utf-8")
    return folder


def before(folder: Path, words: tuple[str, ...]) -> None:
    """What the document that shows the command takes for granted."""
    if words[:2] == ("register", "add") and words[2:]:  # a document that has no row yet
        register = folder / "evidence/register.csv"
        name = Path(words[2]).name
        kept = [row for row in register.read_text("utf-8").splitlines() if f",{name}," not in row]
        register.write_text("\n".join(kept) + "\n", "utf-8")
    if words[0] == "new-cycle":
        shutil.rmtree(folder / "assessments" / words[1], ignore_errors=True)
    if words[0] == "compare":
        sent = json.loads((folder / "build/2025-26/share.json").read_text("utf-8"))
        (folder / "neighbour.json").write_text(json.dumps(sent | {"organisation": "NHS Eastmarch ICB"}), "utf-8")


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@needs_make
def test_every_command_of_the_documents_leaves_as_they_say(small: Path, left: Left) -> None:
    not_run = {typed for commands in NOT_RUN.values() for typed in commands}
    shown = {" ".join(words): words for words in SHOWN}
    assert not_run | FILLED_IN.keys() <= shown.keys(), "a document shows it no longer"
    told = {typed: tuple(FILLED_IN[typed].split()) if typed in FILLED_IN else words for typed, words in shown.items()}
    for first in ("board-paper", "committee-paper"):  # papers, of which the rest speaks
        assert left(small, "build", first) == 0
    assert left(small, "share") == 0
    got: dict[str, int] = {}
    ran: dict[tuple[str, ...], int] = {}
    for typed, words in sorted(told.items(), key=lambda item: (in_order(item[1]), item[0])):
        if typed in not_run:
            continue
        if words == ("make", "clean"):
            got[typed] = subprocess.run(["make", "-s", "clean"], cwd=small, check=False).returncode
            assert not (small / "build").exists()
            continue
        codes = []
        for given in given_by_make(small, words[1:]) if words[0] == "make" else [words[1:]]:
            same = tuple(word for word in given if word)
            if same not in ran:
                before(small, given)
                ran[same] = left(small, *given)
            codes.append(ran[same])
        assert codes, typed
        got[typed] = max(codes)
    assert got == {typed: 0 for typed in told.keys() - not_run}


def test_the_tutorial_can_be_followed_from_an_empty_folder(tmp_path: Path, left: Left) -> None:
    """Line by line: no form is back, so `check` and the final paper are refused, and all else is made."""
    page = SHIPPED / "docs/tutorial.md"
    blocks = [block for language, block in FENCED.findall(page.read_text("utf-8")) if not language]
    lines = [line for block in blocks for line in block.splitlines() if line.startswith(("boardpack ", "cd "))]
    folder, got = tmp_path, {}
    for line in lines:
        words = shlex.split(line)
        if words[0] == "cd":
            folder /= words[1]
            continue
        if words[1:3] == ["register", "add"]:
            shutil.copy(CASES / "base" / words[3], folder / words[3])
        got[line] = left(folder, *words[1:])
    refused = {"boardpack check": BLOCKED, "boardpack build board-paper": BLOCKED}
    assert got == {line: refused.get(line, 0) for line in lines if line.startswith("boardpack ")}
    assert {*got} >= {"boardpack forms", "boardpack build board-paper --draft"}
    made = {path.name for path in (folder / "build/2025-26").iterdir()}
    assert {"forms", "check-report.html", "board-paper-draft.docx"} <= made
    assert "board-paper.docx" not in made


def test_all_documents_were_looked_at() -> None:
    assert sum(bool(list(commands(document))) for document in DOCUMENTS) > 6
