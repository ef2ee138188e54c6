"""What became of last year's actions: done, carried with both dates, dropped and why, or gone without a word."""

from __future__ import annotations

from pathlib import Path

from pipeline.dossier.views import Dossier
from pipeline.flow.judging import judge
from pipeline.papers import filled
from pipeline.publish.trail_text import statement_text
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.case_workspaces import CYCLE, make_workspace
from tests.fill.reading import Paper

THEN = """id,section,statement,action,owner,due,status,measure
P1,GA,GA1,Name a lead for each place,Chief of Staff,2025-09-30,open,
P2,GA,GA2,Publish the plan,Chief of Staff,2025-10-31,open,
P3,GA,GA2,Print a bulletin,Chief of Staff,2025-11-30,open,
P4,GA,GA1,Ask the partners first,Chief of Staff,2025-12-31,open,
P5,GA,GA1,Hold a workshop,Chief of Staff,2025-12-31,open,
P6,GA,GA1,Was done long ago,Chief of Staff,2024-12-31,done,
"""
NOW = """id,section,statement,action,owner,due,status,measure,progress,evidence
P1,GA,GA1,Name a lead for each place,Chief of Staff,2025-09-30,done,,,E001
P2,GA,GA2,Publish the plan,Chief of Staff,2026-06-30,open,,the printer was late,
P3,GA,GA2,Print a bulletin,Chief of Staff,2025-11-30,dropped,,the open page holds the same,
P5,GA,GA1,Hold a workshop,Chief of Staff,2025-12-31,done,,,
"""


def judged(root: Path, then: str, now: str) -> Dossier:
    ws = make_workspace(root)
    (ws.cycle_folder("2024-25") / "actions.csv").write_text(then, "utf-8")
    (ws.cycle_folder(CYCLE) / "actions.csv").write_text(now, "utf-8")
    return judge(ws, CYCLE).dossier


def paper(dossier: Dossier) -> Paper:
    return Paper(filled("board-paper", dossier, SHIPPED_TEMPLATES / "board-paper.docx", draft=True))


def test_the_board_paper_says_what_became_of_each(tmp_path: Path) -> None:
    shown = paper(judged(tmp_path / "w", THEN, NOW))
    assert (
        "Five actions were open in 2024-25: two done (one of these with nothing cited), one carried, one dropped and "
        "one left out of this plan without a word. Annex A says what became of each."
    ) in shown.text
    after = shown.paragraphs[shown.paragraphs.index("What became of last year’s actions") :]
    told = {row.split(",")[0]: (first, became) for row, first, became in zip(after, after[1:], after[2:], strict=False)}
    assert told["P4"] == ("31 December 2025", "This plan does not say.")
    assert told["P2"] == ("31 October 2025", "Carried; now due 30 June 2026. The printer was late.")
    assert told["P3"] == ("30 November 2025", "Dropped: the open page holds the same.")
    assert told["P1"][1].rstrip("0123456789") == "Done, with evidence."
    assert told["P5"][1] == "Done; nothing is cited for it."
    assert "P6" not in told
    assert list(told).index("P4") < list(told).index("P2") < list(told).index("P1")


def test_a_carried_action_that_is_late_again_says_so(tmp_path: Path) -> None:
    late = judged(tmp_path / "w", THEN, NOW.replace("2026-06-30", "2026-02-28"))
    assert "Carried; now due 28 February 2026, overdue on 19 March 2026. The printer was late." in paper(late).text


def test_where_nothing_was_open_nothing_is_said(tmp_path: Path) -> None:
    shown = paper(judged(tmp_path / "w", THEN.replace(",open,", ",done,"), NOW)).text
    assert "What became of last year" not in shown and "open in 2024-25" not in shown


def test_who_saw_a_level_otherwise_is_printed_beside_it_and_stands_in_the_trail(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path / "w")
    form = ws.cycle_folder(CYCLE) / "responses" / "board.csv"
    head, first, *rest = form.read_text("utf-8").splitlines()
    said = "Two members said Emergent: the plan has no dates."
    form.write_text("\n".join([f"{head},dissent", f"{first},{said}", *(f"{row}," for row in rest)]) + "\n", "utf-8")
    dossier = judge(ws, CYCLE).dossier
    template = SHIPPED_TEMPLATES / "evidence-annex.docx"
    assert f"Seen otherwise: {said}" in Paper(filled("evidence-annex", dossier, template, draft=True)).text
    assert said in statement_text(dossier, first.split(",")[0], 500)
