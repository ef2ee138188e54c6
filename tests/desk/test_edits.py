"""No edit is lost: not a colleague's, not one's own, not where the machine stops in between; and each is undone."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import PipelineError
from pipeline.flow import edits
from pipeline.workspace import Workspace

NOW = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    (tmp_path / "table.csv").write_bytes(b"one\r\n")
    return Workspace(tmp_path)


def put(ws: Workspace, name: str, content: bytes | None, seen: bytes | None, words: str = "an edit") -> edits.Edit:
    path = ws.root / name
    return edits.write(ws, words, NOW, {path: content}, {path: seen})


def test_a_file_that_changed_since_it_was_seen_is_not_overwritten(ws: Workspace) -> None:
    (ws.root / "table.csv").write_bytes(b"colleague")
    with pytest.raises(edits.ChangedMeanwhileError, match="changed by somebody else"):
        put(ws, "table.csv", b"two", b"one\r\n")
    assert (ws.root / "table.csv").read_bytes() == b"colleague"
    assert edits.listed(ws) == []


def test_the_last_fifty_are_undone_in_any_order_that_can_be(ws: Workspace) -> None:
    content = b"one\r\n"
    for number in range(60):
        put(ws, "table.csv", str(number).encode(), content, f"edit {number}")
        content = str(number).encode()
    kept = edits.listed(ws)

    assert [e.words for e, _ in kept] == [f"edit {n}" for n in range(59, 9, -1)]
    assert kept[0][1] == "" and "changed again since" in kept[1][1]
    undone = edits.undo(ws, kept[0][0].number, NOW)
    assert (ws.root / "table.csv").read_bytes() == b"58" and undone.words == "Undone: edit 59"
    edits.undo(ws, undone.number, NOW)
    assert (ws.root / "table.csv").read_bytes() == b"59"


def test_what_a_colleague_changed_since_is_not_undone(ws: Workspace) -> None:
    edit = put(ws, "table.csv", b"two", b"one\r\n")
    (ws.root / "table.csv").write_bytes(b"colleague")
    with pytest.raises(PipelineError, match="changed again since then"):
        edits.undo(ws, edit.number, NOW)
    assert (ws.root / "table.csv").read_bytes() == b"colleague"


def test_a_new_file_and_one_that_was_taken_away_are_undone(ws: Workspace) -> None:
    made = put(ws, "new.csv", b"new", None)
    gone = put(ws, "table.csv", None, b"one\r\n")
    assert not (ws.root / "table.csv").exists()
    edits.undo(ws, gone.number, NOW)
    edits.undo(ws, made.number, NOW)
    assert (ws.root / "table.csv").read_bytes() == b"one\r\n" and not (ws.root / "new.csv").exists()


@pytest.mark.parametrize("stops_at", ["_put", "_note"])
def test_a_save_that_is_stopped_leaves_the_old_or_the_new(
    ws: Workspace, stops_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(edits, stops_at, stop)
        put(ws, "table.csv", b"two", b"one\r\n")

    assert (ws.root / "table.csv").read_bytes() == b"one\r\n"
    assert edits.listed(ws) == []
    put(ws, "table.csv", b"two", b"one\r\n")
    assert [words for _, words in edits.listed(ws)] == [""]


@pytest.mark.parametrize("name", ["../outside.csv", "link.csv", "folder/inside.csv"])
def test_nothing_outside_the_workspace_is_written(tmp_path: Path, name: str) -> None:
    root, outside = tmp_path / "ws", tmp_path / "elsewhere"
    root.mkdir()
    outside.mkdir()
    (tmp_path / "outside.csv").write_bytes(b"old")
    (root / "link.csv").symlink_to(tmp_path / "outside.csv")
    (root / "folder").symlink_to(outside)
    with pytest.raises(PipelineError, match="does not lie in this workspace"):
        put(Workspace(root), name, b"new", (root / name).read_bytes() if (root / name).exists() else None)
    assert (tmp_path / "outside.csv").read_bytes() == b"old" and not list(outside.iterdir())


def test_what_the_desk_keeps_is_no_input_and_git_passes_it_over(opened: Callable[..., object], tmp_path: Path) -> None:
    client = opened()
    before = client.desk.held.now().inputs  # type: ignore[attr-defined]
    put(client.desk.ws, "build/x.txt", b"1", None)  # type: ignore[attr-defined]
    assert client.desk.held.now().inputs == before  # type: ignore[attr-defined]
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text().split()
    assert "build/" in ignored and client.desk.ws.desk.relative_to(client.desk.ws.root).parts[0] == "build"  # type: ignore[attr-defined]
