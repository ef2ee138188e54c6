"""Rows that name a statement by the id that it had before are rows about that statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.model import Case, Statement
from pipeline.score.movement import earlier_names
from tests.case_workspaces import CYCLE, judge, make_workspace
from tests.cases_by_hand import framework, statement

ACTION = "A03,CO,{0},Ask for another review,Director of Strategy,2026-09-30,open,A report,\n"


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def _judged(tmp_path: Path, old: str, **replaced: tuple[str, str]) -> tuple[Case, list[str]]:
    """The clean workspace with rows that call CO3 by an old id; and the findings that say an id is unknown."""
    ws = make_workspace(tmp_path / "w")
    here = ws.cycle_folder(CYCLE)
    _append(here / "actions.csv", ACTION.format(old))
    for name, (before, after) in replaced.items():
        path = here / (f"{name}.yaml" if name in ("framework", "assessment") else f"{name}.csv")
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after), "utf-8")
    case, _, findings = judge(ws)
    return case, [f.message for f in findings if f.code in ("IN101", "IN102", "BA601")]


def test_actions_risks_money_targets_and_exceptions_follow_a_statement(tmp_path: Path) -> None:
    case, faults = _judged(
        tmp_path,
        "co9",
        risks=("GA1;GA2", "GA1;CO9;CO3"),
        funding=("2025-12-31,GA2", "2025-12-31,CO9"),
        assessment=(
            "targets: {default: growing,",
            "agreed_exceptions: [{code: EV303, subject: E08, statement: CO9, reason: r, agreed_by: Chair, "
            "agreed_on: 2026-03-01, until: 2026-06-30}]\ntargets: {default: growing, CO9: consistent,",
        ),
    )

    assert faults == []
    assert case.actions[-1].statement == "CO3"
    assert case.risks[0].statements == ("GA1", "CO3")
    assert case.funding[0].statements == ("CO3",)
    assert dict(case.assessment.targets.by_statement) == {"CO3": "consistent"}
    assert case.assessment.agreed_exceptions[0].statement == "CO3"


def test_an_action_goes_with_its_statement_into_another_section(tmp_path: Path) -> None:
    ga9 = "      - {id: GA9, text: Plans are public., answered_by: team, formerly: [CO7]}\n"
    case, faults = _judged(tmp_path, "CO7", framework=("  - id: CO\n", f"{ga9}  - id: CO\n"))

    assert (case.actions[-1].statement, case.actions[-1].section) == ("GA9", "GA")
    assert faults == []


def test_an_id_that_nothing_had_is_still_unknown(tmp_path: Path) -> None:
    _, faults = _judged(tmp_path, "CO8")

    assert any("CO8" in message for message in faults)


def test_an_id_is_followed_over_several_versions() -> None:
    oldest = framework(statement("GC1", text="The same."))
    older = framework(statement("GB1", text="The same.", formerly=("GC1",)))
    now = framework(statement("GA1", text="The same.", formerly=("GB1",)), statement("GA2"))

    assert earlier_names(now, [older, oldest]) == {"GA1": ("GB1", "GC1"), "GA2": ()}


@pytest.mark.parametrize(
    ("statements", "followed"),
    [
        ([statement("GA1", formerly=("GA7",)), statement("GA7", text="Another.")], {}),
        ([statement("GA1", formerly=("GA7",)), statement("GA2", formerly=("GA7",))], {}),
        ([statement("GA1", formerly=("GA7", "GA8"))], {"GA7": "GA1", "GA8": "GA1"}),
    ],
)
def test_an_id_in_use_or_split_is_not_followed(statements: list[Statement], followed: dict[str, str]) -> None:
    assert dict(framework(*statements).former_names) == followed
