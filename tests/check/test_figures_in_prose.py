"""Figures in sentences: each is held by something, and of the group, place and period that the sentence names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.checks.figures_prose import figures_of_prose
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.narrative import find_citations
from pipeline.model import Case, CheckResult, Finding, Indicator, Narrative, Place, Verdict
from pipeline.model.figures import figures_in
from pipeline.score import score
from pipeline.workspace import Workspace
from tests.case_workspaces import judge
from tests.cases_by_hand import FOLDER, action, answer, assessment, cite, document, make_case, narrative, paper
from tests.check.test_figures_in_rows import MONEY, TREATED

ROWS = (
    replace(TREATED, category="1 (most deprived)"),
    replace(TREATED, category="5 (least deprived)", value="71.6", numerator="21240", denominator="29660"),
    replace(
        TREATED, category="1 (most deprived)", period="2023-24", value="61.8", numerator="24312", denominator="39340"
    ),
)
SCHEMES = (
    replace(
        MONEY, id="warm-homes", scheme="Warm homes referral", place_name="Tarnshire", amount=300_000.0, redirected=""
    ),
    replace(MONEY, id="checks", scheme="Outreach checks", place_name="Eastmarsh", amount=410_000.0, redirected=""),
)


def told(text: str, rows: tuple[Indicator, ...] = ROWS, **more: object) -> list[str]:
    case = make_case(narratives=(narrative(text),), indicators=rows, funding=SCHEMES, **more)
    return [f.code for f in figures_of_prose(case, score(case))]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("In the most deprived fifth 65.0% were treated (26,131 of 40,203).", []),
        ("In the most deprived fifth 71.6% were treated.", ["FG904"]),
        ("21,240 of 29,660 people in the most deprived fifth were treated.", ["FG904"]),
        ("65.0% were treated in the most deprived fifth and 71.6% in the least deprived.", []),
        ("71.6% were treated in the most deprived fifth and 65.0% in the least deprived.", ["FG904", "FG904"]),
        ("Treatment in the least deprived fifth is 71.6%, against 65.0% in the most deprived.", []),
        ("In 2023-24 61.8% of the most deprived fifth were treated, and in 2024-25 65.0%.", []),
        ("In 2023-24 65.0% of the most deprived fifth were treated.", ["FG904"]),
        ("The gap is 6.6 percentage points.", []),
        ("The gap is 6.9 percentage points.", ["FG903"]),
        ("Some 65% were treated.", []),
        ("63.0% were treated.", ["FG903"]),
        ("Warm homes referral had £300,000.", []),
        ("Warm homes referral had £410,000.", ["FG904"]),
        ("Tarnshire had £410,000 and Eastmarsh £300,000.", ["FG904", "FG904"]),
        ("The schemes had £710,000 between them, or £0.71 million.", []),
        ("The schemes had £720,000 between them.", ["FG903"]),
    ],
)
def test_a_figure_is_of_what_the_sentence_names(text: str, codes: list[str]) -> None:
    assert told(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "On 26 March 2026, at 10.30am, page 14 of version 3 was read; paragraph 27 and section 75 were not.",
        "CORE20PLUS5 and Covid-19 came up in 2025-26, in Q3 and in month 9, by people aged 65 and over.",
        "The most deprived 20% of areas, the 14th report, E015, HI-R1 and FIC/24/061 were named.",
        "A 10-year plan under the Equality Act 2010, with NHS 111 open 24/7.",
        "See https://example.nhs.uk/2025/312 or write to room12@example.nhs.uk.",
        "1. First this.\n2. Then that.\n",
        "We will reach 95% of contacts, and at least 1,150 people.",
        "{{ scores.GA.counts.growing }} of the statements are at Growing.",
    ],
)
def test_dates_names_ages_and_aims_are_no_figures(text: str) -> None:
    assert told(text) == []


def test_the_message_shows_the_figure_what_is_held_and_the_line() -> None:
    case = make_case(narratives=(narrative("First.\n\nThen 56.0% were\ntreated."),), indicators=ROWS)
    (found,) = figures_of_prose(case, score(case))
    assert (found.code, found.place if hasattr(found, "place") else found.row) == ("FG903", 3)
    assert "“56.0%”" in found.message
    assert "The nearest is 61.8%" in found.message


def test_a_passage_supports_its_own_paragraph_alone() -> None:
    text = 'We met 847 people [@E1 "847 people took part"].\n\nAnother 847 people came.'
    cited = tuple(find_citations(text, f"{FOLDER}/narrative/background.md", RegisterIndex()))
    cited = tuple(replace(c, evidence="E1", known=True) for c in cited)
    case = make_case(narratives=(narrative(text, *cited),), register=[document("E1")])
    assert [(f.code, f.row) for f in figures_of_prose(case, score(case))] == [("FG903", 3)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["We met 847 people [@E1].", "", "Another 847 came."], [3]),
        (["Another 847 came.", "", "We met 847 people [@E1]."], [1]),
        (["Another 847 came.", "", "We met", "847 people [@E1]."], [1]),
        (["We met [@E1]", "847 people.", "", "More came."], []),
    ],
)
def test_a_passage_is_of_the_paragraph_in_whose_lines_it_stands(lines: list[str], expected: list[int]) -> None:
    text = "\n".join(lines)
    cited = [replace(c, evidence="E1", known=True) for c in find_citations(text, "n.md", RegisterIndex())]
    seen = {c: CheckResult(Verdict.NO_QUOTATION, figures="847 people") for c in cited}
    case = make_case(narratives=(narrative(text, *cited),), register=[document("E1")], check_results=seen)
    assert [f.row for f in figures_of_prose(case, score(case))] == expected


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("There are 2 actions, of which 1 is open.", []),
        ("There are 14 actions.", ["FG903"]),
        ("We hold 13 documents in the register.", []),
        ("We hold 15 documents in the register.", ["FG903"]),
        ("There are 13 actions.", ["FG903"]),
    ],
)
def test_what_the_tables_hold_may_be_counted(text: str, codes: list[str]) -> None:
    held = {
        "actions": (action(), action("A2", 3, status="done")),
        "register": [document(f"E{n}", n) for n in range(13)],
    }
    case = make_case(narratives=(narrative(text),), **held)
    assert [f.code for f in figures_of_prose(case, score(case))] == codes


def test_a_finding_names_the_action_whose_text_it_is() -> None:
    case = make_case(actions=(action("A7", 8, progress="Some 512 came."),), narratives=())
    (found,) = figures_of_prose(case, score(case))
    assert (found.row, found.field, found.about) == (8, "progress", "A7")
    assert "action A7" in found.message


def test_comments_the_ask_and_actions_are_read_and_partners_are_not() -> None:
    quoted = cite("E1", "17 of 21 decision papers")
    said = answer("GA1", "reactive", "team", "It was 17 of 21 papers.", quoted)
    board = answer("GA1", "reactive", "board", "It was 18 of 21 papers.")
    partner = answer("GA1", "reactive", "vcse", "We count 19 of 21.")
    about = assessment(paper=paper(action_required=("Approve the 312 actions.",)))
    case = make_case(said, board, partner, about=about, register=[document("E1")])
    found = list(figures_of_prose(case, score(case)))
    assert sorted((f.field, f.respondent) for f in found) == [("comment", "board"), ("paper.action_required", None)]


@pytest.fixture(scope="module")
def sample() -> Case:
    return judge(Workspace(Path(__file__).parent.parent.parent))[0]


NARRATIVES = (
    """Treatment of blood pressure is lowest where people have least: 65.0% (26,130 of 40,200) in the most deprived
    fifth against 71.6% (21,240 of 29,660) in the least deprived, a gap of 6.6 percentage points. Over all it is
    68.3%.""",
    """Of £6.4 million, £3.15 million was devolved to the three places: £1,240,000 to Wealdmoor, £760,000 to Tarnshire
    and £1,150,000 to Skelmouth and the Coast. £180,000 was redirected. The team of nine posts cost £540,000.""",
    """Community connectors treated 1,118 of 1,640 people to target (68%), and 1,010 of 1,640 (62%) reached it without
    one. On 29 January 2026 the Board made them permanent at £820,000 a year.""",
    """Early births stand at 9.2% in the most deprived fifth and 6.0% in the least deprived, 3.2 points apart, in the
    year to March 2025. Children lose teeth three times as often: 588 per 100,000 against 190 per 100,000.""",
    """52.4% of Black people with a severe mental illness (131 of 250) had all six checks, and 63.0% of White British
    people (2,394 of 3,800). Two groups are not shown. 41.7% of those waiting in the most deprived fifth have waited
    more than 18 weeks, against 38.1% in the least deprived.""",
)


def prose(case: Case, text: str) -> list[Finding]:
    own = Narrative("background", text, (), Place("assessments/2025-26/narrative/background.md"))
    empty = replace(case, narratives=(own,), forms=(), actions=())
    return list(figures_of_prose(empty, score(empty)))


def test_no_false_alarm_on_the_sample_and_on_narratives_written_anew(sample: Case) -> None:
    assert [f.message for f in figures_of_prose(sample, score(sample))] == []
    assert [f.message for text in NARRATIVES for f in prose(sample, text)] == []


def test_nearly_every_altered_figure_of_these_narratives_is_noticed(sample: Case) -> None:
    missed, tried = [], 0
    for text in NARRATIVES:
        for figure in (f for f in figures_in(text) if f.value > 10):
            at = next(n for n, c in enumerate(figure.text) if c.isdigit())
            altered = figure.text[:at] + str((int(figure.text[at]) + 3) % 9 + 1) + figure.text[at + 1 :]
            whole = text[: figure.position] + altered + text[figure.position + len(figure.text) :]
            tried += 1
            missed += [] if prose(sample, whole) else [altered]
    assert tried > 20
    assert len(missed) <= tried // 10, missed


def test_a_seen_page_supports_and_words_not_found_do_not() -> None:
    cited = cite("E1")
    said = answer("GA1", "reactive", "team", "It was 231 of 372 colleagues.", cited)
    seen = {cited: CheckResult(Verdict.NO_QUOTATION, figures="colleagues who agree 231\nasked 372\n231 of 372 agreed")}
    other = {cited: CheckResult(Verdict.NO_QUOTATION, figures="132 of 372 colleagues agreed")}
    # Of a whole document nobody can say that it does not hold the figure; of words not found another finding tells.
    gone = {cited: CheckResult(Verdict.NOT_FOUND)}
    for results, codes in ((seen, []), (other, ["FG903"]), ({}, []), (gone, [])):
        case = make_case(said, register=[document("E1")], check_results=results)
        assert [f.code for f in figures_of_prose(case, score(case))] == codes
