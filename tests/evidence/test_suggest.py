"""For a statement, the passages that bear most on it: cited as they hold, in few words, and none where none is near."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.errors import UsageError
from pipeline.evidence import follow
from pipeline.evidence.search import Results
from pipeline.evidence.suggest import suggest
from pipeline.flow.gathering import read_case
from pipeline.flow.judging import suggest_evidence
from pipeline.inputs.assessment import read_assessment
from pipeline.inputs.register import read_register
from pipeline.model import Framework, Section, Statement, Verdict
from pipeline.workspace import Workspace
from tests.evidence.cases import Desk
from tests.evidence.made_pdf import pdf

SAMPLE = Workspace(Path(__file__).parents[2])
WANTED = 38
"""Of the 42 statements for which a page is cited; 41 were reached when this was written."""
BINS = Statement(
    "W1", "W", "Refuse is collected every fortnight and bins are washed.", "team", prompt="Who empties the bins?"
)
LAMPS = Statement(
    "W2", "W", "Street lamps are mended within three days.", "team", evidence=("lamp repair log", "night patrol notes")
)
TOWN = Framework("town", "Town", "1", (), (Section("W", "Works", (BINS, LAMPS)),))
PAGES = [
    "The council met in May. Members noted the budget.",
    "A crew collects refuse each fortnight. It washed every bin in June, and residents were told who empties them.",
    "Repairs of lamps: the log shows a street lamp mended in two days. Patrols at night noted none that was dark.",
]


def near(desk: Desk, statement: Statement) -> Results:
    return suggest(desk.ws, desk.register, statement, TOWN)


@pytest.mark.usefixtures("here")
def test_other_forms_of_a_word_count_and_each_citation_offered_holds(desk: Desk) -> None:
    desk.document("town.pdf", pdf(PAGES))
    for statement, page in ((BINS, 2), (LAMPS, 3)):
        hits = near(desk, statement).hits
        assert [h.page for h in hits] == [page], "what has nothing to do with it is left out"
        assert hits[0].citation.startswith(f'E001 p.{page} "')
        seen = desk.check_result("E001", hits[0].citation.split('"')[1], page)
        assert seen.verdict is Verdict.FOUND


@pytest.mark.usefixtures("here")
def test_nothing_near_is_no_guess_and_what_cannot_be_read_is_named(desk: Desk) -> None:
    desk.document("recipes.md", "Whisk three eggs. Fold in the flour, who likes it sweet adds sugar within minutes.")
    desk.document("gone.pdf")
    found = near(desk, BINS)
    assert found.hits == ()
    assert set(found.not_searched) == {"E002"}


@pytest.mark.usefixtures("here")
def test_of_many_near_pages_five_are_named(desk: Desk) -> None:
    desk.document("many.pdf", pdf([f"Week {n}. {PAGES[1]}" for n in range(1, 9)]))
    assert len(near(desk, BINS).hits) == 5


def test_on_the_sample_a_page_that_is_cited_is_among_the_first_five() -> None:
    cycle = "2025-26"
    assessment, faults = read_assessment(SAMPLE, cycle)
    register, _ = read_register(SAMPLE, assessment.column_names)
    case = follow(read_case(SAMPLE, assessment, register, faults), SAMPLE)
    cited: dict[str, set[tuple[str, int | None]]] = {}
    for citation, seen in case.check_results.items():
        if case.framework.statement(citation.statement or "") and (seen.page or citation.quotation):
            paged = case.copies[citation.evidence].paged
            cited.setdefault(citation.statement or "", set()).add((citation.evidence, seen.page if paged else None))
    hits = {s: suggest_evidence(SAMPLE, cycle, s)[1].hits for s in cited}
    missed = [s for s in cited if not cited[s] & {(h.evidence, h.page) for h in hits[s]}]
    assert len(cited) >= 42
    assert len(cited) - len(missed) >= WANTED, f"missed: {missed}"


def test_the_command_names_the_statement_and_refuses_one_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--root", str(SAMPLE.root), "suggest", "ga3", "2025-26"])
    told = capsys.readouterr().out
    assert left.value.code == 0
    assert told.startswith("GA3 Money follows ambition")
    assert 'E018 p.1 "' in told and "Read each page before you cite it." in told
    with pytest.raises(UsageError, match="no statement GA33"):
        suggest_evidence(SAMPLE, "2025-26", "GA33")
