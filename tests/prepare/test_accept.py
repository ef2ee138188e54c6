"""Proposed actions go into the plan when somebody says so; several documents are registered at once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.flow.preparing import read_written
from pipeline.forms.waiting import action_lines
from pipeline.model import Place, ProposedAction
from pipeline.prepare.inbox import InboxReport, accept_actions
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, make_workspace

PROPOSED = ProposedAction(
    "GA1", 'Name a "lead"; one for each place', "Chief of Staff", "30/06/2026", "Named", Place("f")
)


@pytest.mark.parametrize("there", [True, False])
def test_proposed_actions_are_added_at_the_end_and_nothing_else_changes(tmp_path: Path, there: bool) -> None:
    ws = make_workspace(tmp_path / "w")
    path = ws.cycle_folder(CYCLE) / "actions.csv"
    before = path.read_text("utf-8") if there else ""
    if not there:
        path.unlink()
    case = read_written(ws, CYCLE)
    found = InboxReport((), (), (("vcse", PROPOSED),), action_lines([PROPOSED], case.actions, case.framework))
    assert accept_actions(ws, case, found) == (path, 1)
    after = path.read_text("utf-8-sig")
    assert after.startswith(before)
    *_, row = csv.DictReader(io.StringIO(after))
    assert (row["statement"], row["section"], row["action"]) == ("GA1", "GA", PROPOSED.action)
    assert (row["due"], row["status"], row["owner"]) == ("2026-06-30", "open", "Chief of Staff")
    again = read_written(ws, CYCLE)
    assert len(again.actions) == len(case.actions) + 1


def test_several_documents_are_registered_and_what_they_share_is_offered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = make_workspace(tmp_path / "w")
    for name in ("one.txt", "two.txt"):
        (ws.evidence / name).write_text("Words.", "utf-8")
    first = ["", "First", "Head of Insight", "2026-01-15", "2027-01-15", "internal", "report", "2"]
    second = ["", "Second", "", "2026-02-15", "2027-02-15", "", "", ""]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*first, *second, ""])))
    files = [str(ws.evidence / name) for name in ("one.txt", "two.txt")]
    with pytest.raises(SystemExit) as ended:
        main(["--root", str(ws.root), "register", "add", *files])
    assert not ended.value.code, capsys.readouterr()
    *_, one, two = csv.DictReader(io.StringIO((ws.evidence / "register.csv").read_text("utf-8-sig")))
    assert (one["title"], two["title"]) == ("First", "Second")
    assert (two["owner"], two["visibility"], two["kind"], two["assurance_line"]) == (
        "Head of Insight",
        "internal",
        "report",
        "2",
    )


def test_of_several_documents_one_that_is_not_there_is_named_before_anything_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws: Workspace = make_workspace(tmp_path / "w")
    register = (ws.evidence / "register.csv").read_bytes()
    (ws.evidence / "one.txt").write_text("Words.", "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["--root", str(ws.root), "register", "add", str(ws.evidence / "one.txt"), str(ws.evidence / "gone.txt")])
    assert ended.value.code == 2 and "gone.txt" in capsys.readouterr().err
    assert (ws.evidence / "register.csv").read_bytes() == register
