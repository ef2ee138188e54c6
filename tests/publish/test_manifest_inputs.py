"""inputs.json: what is an input, when it counts as changed, and that nothing is hashed twice."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from pipeline.inputs import scan as inputs_module
from pipeline.inputs.scan import InputFile, inputs_digest, read_inputs, scan, write_if_changed
from pipeline.workspace import Workspace

CYCLE, LAST = "2025-26", "2024-25"


def lay(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"content of {path}", encoding="utf-8")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    lay(
        tmp_path,
        f"assessments/{CYCLE}/assessment.yaml",
        f"assessments/{CYCLE}/responses/icb-team.csv",
        f"assessments/{CYCLE}/narrative/background.md",
        f"assessments/{LAST}/assessment.yaml",
        f"assessments/{LAST}/ours.yaml",
        f"assessments/{LAST}/responses/icb-team.csv",
        f"assessments/{LAST}/actions.csv",
        "evidence/register.csv",
        "evidence/strategy/the plan.pdf",
    )
    return Workspace(tmp_path)


def own(entries: tuple[InputFile, ...]) -> list[str]:
    """What the team wrote or laid there: not what came with the program."""
    return [e.path for e in entries if not e.path.startswith(("shipped/", "templates/"))]


def test_answers_evidence_and_what_is_read_of_last_year_are_inputs(ws):
    assert own(scan(ws, CYCLE, LAST)) == [
        f"assessments/{LAST}/actions.csv",
        f"assessments/{LAST}/assessment.yaml",
        f"assessments/{LAST}/ours.yaml",
        f"assessments/{LAST}/responses/icb-team.csv",
        f"assessments/{CYCLE}/assessment.yaml",
        f"assessments/{CYCLE}/narrative/background.md",
        f"assessments/{CYCLE}/responses/icb-team.csv",
        "evidence/register.csv",
        "evidence/strategy/the plan.pdf",
    ]
    assert not any(LAST in path for path in own(scan(ws, CYCLE)))


def test_the_inbox_and_what_programs_leave_behind_are_not(ws):
    lay(
        ws.root,
        "evidence/inbox/new.pdf",
        "evidence/~$plan.docx",
        "evidence/.DS_Store",
        f"assessments/{CYCLE}/responses/Thumbs.db",
        f"build/{CYCLE}/board-paper.docx",
    )
    assert own(scan(ws, CYCLE)) == own(scan(ws, CYCLE, None))
    assert not any(
        name in path for path in own(scan(ws, CYCLE)) for name in ("inbox", "~$", "DS_Store", "Thumbs", "build")
    )


def test_templates_and_frameworks_are_inputs_an_own_template_in_place_of_the_shipped_one(ws):
    assert "shipped/frameworks/hi-icb.yaml" in [e.path for e in scan(ws, CYCLE)]
    lay(ws.root, "templates/board-paper.docx", "templates/logo.png", "templates/notes.txt")
    now = {e.path: e.digest for e in scan(ws, CYCLE) if e.path.startswith("templates/")}
    own_one = hashlib.sha256(b"content of templates/board-paper.docx").hexdigest()
    assert now["templates/board-paper.docx"] == own_one
    assert "templates/logo.png" in now
    assert "templates/notes.txt" not in now, "only what a paper is made of"


def test_a_framework_beside_the_folders_can_be_named(ws):
    lay(ws.root, "ours/framework.yaml")
    assert "ours/framework.yaml" in own(scan(ws, CYCLE, also=[ws.root / "ours" / "framework.yaml"]))


def test_each_entry_says_size_time_and_digest(ws):
    plan = ws.evidence / "strategy" / "the plan.pdf"
    entry = next(e for e in scan(ws, CYCLE) if e.path.endswith("the plan.pdf"))
    assert entry.size == plan.stat().st_size
    assert entry.time == plan.stat().st_mtime_ns
    assert entry.digest == hashlib.sha256(plan.read_bytes()).hexdigest()


def test_a_link_is_never_followed(ws, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("secret")
    (ws.evidence / "link.pdf").symlink_to(outside)
    (ws.evidence / "loop").symlink_to(ws.evidence)
    entries = {e.path: e for e in scan(ws, CYCLE)}
    assert entries["evidence/link.pdf"].digest != hashlib.sha256(b"secret").hexdigest()
    assert "evidence/loop/register.csv" not in entries


def test_a_pipe_is_no_input_and_does_not_hang(ws):
    os.mkfifo(ws.evidence / "pipe.pdf")
    assert "evidence/pipe.pdf" not in own(scan(ws, CYCLE))


def test_what_has_not_changed_is_not_hashed_again(ws, monkeypatch):
    first = scan(ws, CYCLE, LAST)
    (ws.evidence / "register.csv").write_text("changed!")
    hashed: list[str] = []
    real = inputs_module.digest_of
    monkeypatch.setattr(inputs_module, "digest_of", lambda path: hashed.append(Path(path).name) or real(path))
    second = scan(ws, CYCLE, LAST, first)
    assert hashed == ["register.csv"]
    assert {e.path for e in set(second) - set(first)} == {"evidence/register.csv"}


def test_a_change_that_kept_size_and_time_is_seen(ws):
    register = ws.evidence / "register.csv"
    first, before = scan(ws, CYCLE), register.stat()
    register.write_text(register.read_text().replace("content", "CONTENT"))
    os.utime(register, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert inputs_digest(scan(ws, CYCLE, None, first)) != inputs_digest(first)


def test_the_file_is_moved_only_when_an_input_changed(ws, tmp_path):
    path = tmp_path / "build" / CYCLE / "inputs.json"
    assert write_if_changed(path, scan(ws, CYCLE)) is True
    os.utime(path, ns=(1, 1))
    assert write_if_changed(path, scan(ws, CYCLE)) is False
    (ws.evidence / "register.csv").write_text("changed!")
    assert write_if_changed(path, scan(ws, CYCLE)) is True
    assert path.stat().st_mtime_ns != 1
    assert write_if_changed(path, scan(ws, CYCLE)[1:]) is True, "one that is gone is a change"


def test_a_file_that_was_only_touched_gives_make_nothing_to_do(ws, tmp_path):
    path = tmp_path / "inputs.json"
    write_if_changed(path, scan(ws, CYCLE))
    os.utime(path, ns=(1, 1))
    os.utime(ws.evidence / "register.csv", ns=(5, 5))
    assert write_if_changed(path, scan(ws, CYCLE)) is False
    assert path.stat().st_mtime_ns == 1
    assert {e.time for e in read_inputs(path) if e.path == "evidence/register.csv"} == {5}, "noted all the same"


def test_the_file_says_for_whom_it_is_and_reads_back(ws, tmp_path):
    entries = scan(ws, CYCLE)
    write_if_changed(tmp_path / "inputs.json", entries)
    content = json.loads((tmp_path / "inputs.json").read_text())
    assert content["audience"] == "internal"
    assert sorted(content["inputs"][0]) == ["changed", "digest", "path", "size", "time"]
    assert read_inputs(tmp_path / "inputs.json") == entries


@pytest.mark.parametrize("content", ["", "{", "[]", '{"inputs": 3}'])
def test_a_damaged_file_is_written_anew(ws, tmp_path, content):
    path = tmp_path / "inputs.json"
    path.write_text(content)
    assert read_inputs(path) == ()
    assert write_if_changed(path, scan(ws, CYCLE)) is True


def test_the_digest_is_the_one_that_sha256sum_gives(ws):
    entries = [InputFile("b.csv", 1, 1, "22"), InputFile("a.csv", 9, 9, "11")]
    assert inputs_digest(entries) == hashlib.sha256(b"11  a.csv\n22  b.csv\n").hexdigest()
    assert inputs_digest([InputFile("a.csv", 1, 2, "11"), entries[0]]) == inputs_digest(entries), "size and time apart"


def test_names_that_are_no_text_are_kept_apart(ws, tmp_path):
    (ws.evidence / os.fsdecode(b"plan\xff.pdf")).write_text("one")
    entries = scan(ws, CYCLE)
    assert "evidence/plan\\xff.pdf" in own(entries)
    assert write_if_changed(tmp_path / "inputs.json", entries)
