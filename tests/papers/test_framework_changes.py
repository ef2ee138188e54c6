"""What a new version of the framework changed: told in the check report and in the paper."""

from __future__ import annotations

from pathlib import Path

from pipeline.dossier import INTERNAL, for_audience
from pipeline.dossier.views import Dossier, FrameworkChangesView
from pipeline.flow.judging import judge
from pipeline.papers.sentences import how_the_framework_changed
from pipeline.publish.pages import check_report
from tests.case_workspaces import CYCLE, make_workspace

GA3 = "      - {id: GA3, short: Impact tested, text: Members test who may be worse off., answered_by: board}\n"
GA4 = "      - {id: GA4, short: Plans public, text: Plans are public., answered_by: team}\n"


def _judged(root: Path, *changes: tuple[str, str]) -> Dossier:
    ws = make_workspace(root)
    path = ws.cycle_folder(CYCLE) / "framework.yaml"
    text = path.read_text("utf-8")
    for before, after in changes:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, "utf-8")
    return for_audience(judge(ws, CYCLE).dossier, INTERNAL)


def test_each_kind_of_change_is_told(tmp_path: Path) -> None:
    shown = _judged(
        tmp_path / "w",
        ("  - id: CO\n", f"{GA4}  - id: CO\n"),
        (GA3, ""),
        ("The duties are known.", "The duties are known to all."),
    )

    assert shown.framework_changes == FrameworkChangesView(
        added=("GA4, Plans public",),
        removed=("GA3, Impact tested",),
        reworded=("CO1, Duties known",),
        renumbered=("CO3, Independent review, formerly CO9",),
    )
    assert how_the_framework_changed(shown) == [
        "Since 2024-25 the framework has changed: one statement is new (GA4, Plans public), one is asked no longer, "
        "one is worded differently (CO1, Duties known) and one is numbered differently "
        "(CO3, Independent review, formerly CO9)."
    ]
    page = check_report(shown).decode("utf-8")
    part = page[page.index("What changed in the framework since 2024-25") :].split("</ul>")[0]
    assert "Added: <bdi>GA4, Plans public</bdi>" in part
    assert "Removed: <bdi>GA3, Impact tested</bdi>" in part


def test_a_framework_that_is_as_it_was_is_not_told_of(tmp_path: Path) -> None:
    shown = _judged(tmp_path / "w", ("id: CO3", "id: CO9"), (", formerly: [CO9]", ""))

    assert how_the_framework_changed(shown) == []
    assert "What changed in the framework" not in check_report(shown).decode("utf-8")


def test_another_framework_is_no_new_version(tmp_path: Path) -> None:
    assert _judged(tmp_path / "w", ("id: small\n", "id: other\n")).framework_changes == FrameworkChangesView()
