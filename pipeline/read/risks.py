"""risks.csv: the risks of the Board Assurance Framework that the assessment informs."""

from __future__ import annotations

from pipeline.model import Assessment, Framework, Risk, Score
from pipeline.read.cells import Cells, known_as, rows_of
from pipeline.read.citations import RegisterIndex
from pipeline.read.faults import Faults
from pipeline.read.nearest import shown
from pipeline.read.tables import read_table
from pipeline.workspace import Workspace


def read_risks(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Risk, ...]:
    """The risks, each id once."""
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "risks", assessment.column_names, faults)
    if table is None:
        return ()
    known = known_as(s.id for s in framework.statements)
    return tuple(_risk(cells, known, index) for cells in rows_of(table, faults, ("target_date", "last_reviewed")))


def _risk(cells: Cells, statements: dict[str, str], index: RegisterIndex) -> Risk:
    return Risk(
        id=cells.word("id"),
        objective=cells.text("objective"),
        risk=cells.text("risk"),
        cause=cells.text("cause"),
        effect=cells.text("effect"),
        lead=cells.word("lead"),
        committee=cells.word("committee"),
        # Of the codes that fit, BA601 is the one that says most.
        statements=cells.known_ids("statements", statements, "statement", "BA601"),
        inherent=_score(cells, "inherent"),
        current=_score(cells, "current"),
        target=_score(cells, "target"),
        controls=cells.text("controls"),
        gaps_in_control=cells.text("gaps_in_control"),
        place=cells.place(),
        assurances=cells.text("assurances"),
        citations=cells.citations("assurances", index),
        gaps_in_assurance=cells.text("gaps_in_assurance"),
        assurance_rating=cells.word("assurance_rating"),
        appetite=cells.text("appetite"),
        target_date=cells.date("target_date"),
        rationale=cells.text("rationale"),
        previous=_score(cells, "previous"),
        last_reviewed=cells.date("last_reviewed"),
    )


def _score(cells: Cells, which: str) -> Score:
    return Score(_one_to_five(cells, f"{which}_likelihood"), _one_to_five(cells, f"{which}_consequence"))


def _one_to_five(cells: Cells, column: str) -> int | None:
    text = cells.word(column)
    if not text:
        return None
    if text in {"1", "2", "3", "4", "5"}:
        return int(text)
    cells.faults.add(
        "BA601",
        cells.faults.blocking,
        cells.place(column),
        cells.named(f"`{shown(text)}` is not a {column.replace('_', ' ')} from 1 to 5."),
        "Type a whole number from 1 to 5.",
        **cells.about,
    )
    return None
