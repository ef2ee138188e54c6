"""The annual report section: parts in order, figures with their source, money with its decision, weak areas too."""

from __future__ import annotations

import dataclasses
import datetime
import re

import pytest

from pipeline.dossier.indicators import hide_small_counts
from pipeline.dossier.views import Dossier, FundingView, IndicatorView, MoneyView, NarrativeView, SchemeView
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.dossiers import LEVELS, make_action, make_citation, make_dossier, make_finding
from tests.fill.reading import Paper, paper
from tests.papers.conftest import Made

TEMPLATE = SHIPPED_TEMPLATES / "annual-report-section.docx"
PARTS = [
    "Our duties, leadership and governance",
    "Our population and the inequalities they experience",
    "Information we collect, analyse and publish",
    "What we did and what we spent",
    "How people, communities and partners were involved",
    "What changed, what we learned and how we know",
    "What we will do next",
]
INDICATOR = IndicatorView(
    id="bp", area="Heart", indicator="Blood pressure treated", period="31 December 2025",
    breakdown="deprivation quintile", category="1 (most deprived)", value="65.0", unit="%", numerator="26130",
    denominator="40200", low="64.5", high="65.5", comparator="", completeness="88 of 88 practices",
    source="Practice records", published_at="https://www.example.nhs.uk/figures", action_taken="Clinics moved nearer",
    why_missing="", core20plus5="Hypertension", citations=(make_citation(2),), file="indicators.csv", row=2,
)  # fmt: skip
FUNDING = FundingView(
    id="warm", scheme="Warm homes", year="2025-26", category="pilot", place="Eastmarsh", amount=300000.0,
    amount_shown="£300,000", ringfenced="part", recurrent="no", redirected="180000",
    decision="Moved to winter vaccination", decided_by="Sam Lee, Chief Finance Officer", basis="Need",
    method="Bids by councils", evaluation="None agreed", ends=None, statements=(), citations=(make_citation(3),),
)  # fmt: skip
SCHEME = SchemeView(
    id="warm", problem="Damp homes make lungs worse", why="Councils can repair homes",
    goals=({"goal": "Fewer admissions", "baseline": "212 of 640", "target": "170 of 640", "by": "2025-12-31"},),
    period="2024 to 2025", in_scope="", out_of_scope="", inequality="health", baseline="212 of 640 people",
    expected="170 of 640 people", actual="", evaluation="", lessons=("Agree how to judge it first.",), decision="",
    name="Warm homes", funding=("warm",),
)  # fmt: skip
MONEY = MoneyView("2025-26", 1, "£300,000", "", "£180,000")


def made(**changes) -> Dossier:
    dossier = make_dossier(12, audience="public", narratives={}, exceptions=())
    statements = {s.id: dataclasses.replace(s, annual_report="AR4") for s in dossier.statements}
    sections = tuple(
        dataclasses.replace(x, statements=tuple(statements[s.id] for s in x.statements)) for x in dossier.sections
    )
    return dataclasses.replace(dossier, sections=sections, **changes)


def report(**changes) -> Paper:
    return paper(made(**changes), TEMPLATE)


def test_the_parts_stand_in_order_with_the_authors_words_first(sample: Made) -> None:
    headings = sample.paper("annual-report-section").styled("heading 1")
    assert headings[: len(PARTS)] == PARTS
    for name, narrative in sample.dossier.narratives.items():
        if name.startswith("annual-report-"):
            title = sample.dossier.annual_report_parts[name.removeprefix("annual-report-")]
            first = sample.paper("annual-report-section").section(title)[0]
            assert re.sub(r"\W", "", first).startswith(re.sub(r"\W", "", narrative.text[:40]))


def test_a_part_of_which_nothing_is_told_is_left_out_with_its_heading():
    said = report(actions=(), funding=(), indicators=(), schemes=(), weakest=())
    cited_for = [PARTS[3]]
    assert [h for h in said.styled("heading 1") if h in PARTS] == cited_for
    more = report(actions=(), funding=(), indicators=(INDICATOR,), schemes=(), weakest=())
    assert [h for h in more.styled("heading 1") if h in PARTS] == [PARTS[2], *cited_for]
    for text in (said.text, more.text):
        assert not re.search(r"No (indicator|funding|open action|charter)|[Nn]othing (was|is) (written|recorded)", text)


def test_an_indicator_by_two_breakdowns_has_its_title_once_and_its_interval_is_named():
    other = dataclasses.replace(INDICATOR, breakdown="ethnicity", category="White British", low="60", high="70", row=9)
    said = report(indicators=(INDICATOR, other))
    assert said.styled("heading 2").count(INDICATOR.indicator) == 1
    assert not any(INDICATOR.indicator in caption for caption in said.styled("caption"))
    (table,) = [t for t in said.tables() if any(row[0] == "White British" for row in t)]
    assert table[0][-1] == "Confidence interval" and table[1][-1] == "60 to 70"


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (("2025-26 Q3", "2023-24 Q1", "2025-26 Q2", "2023-24 Q2"), "2023-24 Q1 to 2025-26 Q3"),
        (("April 2024 to March 2025", "2023-24 Q1", "2024-25 Q4", "2024-25 Q3"), "2023-24 Q1 to 2024-25 Q4"),
        (("2025-12", "2024-01", "2025-11", "2024-02"), "January 2024 to December 2025"),
    ],
)
def test_the_overview_gives_the_first_and_the_last_period_in_whatever_order_rows_stand(periods, told):
    rows = [dataclasses.replace(INDICATOR, period=period, row=n) for n, period in enumerate(periods, 2)]
    text = report(indicators=tuple(rows)).text
    assert f"{told}By deprivation quintile" in text.replace("\n", "")


def test_what_was_done_is_said_once_for_all_breakdowns_of_which_it_is_true():
    rows = [
        dataclasses.replace(INDICATOR, breakdown=by, category="One", row=n, action_taken=done, why_missing="Too few")
        for n, (by, done) in enumerate((("ethnicity", "Vans"), ("sex", "Clinics"), ("age", "Clinics")), 9)
    ]
    said = report(indicators=tuple(rows)).paragraphs
    assert [text for text in said if text.startswith("What was done: ")] == [
        "What was done: Vans",
        "What was done: Clinics",
    ]
    # Once in the overview, and once below the tables.
    assert len([text for text in said if text.startswith("Why figures are missing: ")]) == 2
    assert len([text for text in said if text.startswith("These figures are published at ")]) == 1


def test_a_note_carries_the_address_where_its_document_is_published():
    address = "https://www.example.nhs.uk/strategy"
    cited = make_citation(7, url=address)
    said = report(funding=(dataclasses.replace(FUNDING, citations=(cited,)),), money=(MONEY,))
    assert any(address in note for note in said.notes)


def test_a_framework_with_parts_of_its_own_keeps_them_and_loses_no_table():
    parts = {"one": "Governance", "two": "Data that we hold", "three": "The year ahead"}
    told = {f"annual-report-{i}": NarrativeView(f"annual-report-{i}", "Words of our own.") for i in parts}
    tables = {"indicators": (INDICATOR,), "funding": (FUNDING,), "money": (MONEY,)}
    said = report(annual_report_parts=parts, narratives=told, **tables)
    headings = said.styled("heading 1")
    assert [h for h in headings if h in parts.values()] == list(parts.values())
    assert "Blood pressure treated" in " ".join(said.section("Data that we hold"))
    assert "Warm homes" in " ".join(said.section("What we did and what we spent"))
    assert headings.index("What we did and what we spent") < headings.index("The year ahead")


def test_a_part_that_no_framework_names_is_printed_all_the_same():
    words = NarrativeView("annual-report-green-plan", "We planted trees.")
    assert "We planted trees." in report(narratives={words.name: words}).section("Green plan")


def test_an_indicator_stands_with_period_source_denominator_completeness_and_what_was_done():
    said = report(indicators=(INDICATOR, dataclasses.replace(INDICATOR, category="2", value="71.6", row=3)))
    whole = " ".join(said.section(PARTS[2]))
    for words in ("31 December 2025", "Practice records", "88 of 88 practices", "Clinics moved nearer", "Hypertension"):
        assert words in whole
    table = next(t for t in said.tables() if t[0][:2] == ["Group", "Value"])
    assert table[1] == ["Quintile 1 (most deprived)", "65.0%", "26,130 of 40,200", "64.5 to 65.5"]
    assert "Health Equity Strategy, part 2" in said.notes[0]


def test_a_suppressed_value_is_explained_below_its_table():
    hidden = dataclasses.replace(INDICATOR, value="*", numerator="*", denominator="*", low="*", high="*")
    said = report(indicators=(INDICATOR, hidden), small_numbers=5)
    assert next(t for t in said.tables() if t[0][0] == "Group")[2][1:] == ["not shown *", "*", "*"]
    assert any("a count from 1 to 5" in p and p.startswith("The sign * stands for") for p in said.section(PARTS[2]))
    assert not any("a count from 1" in p for p in report(indicators=(INDICATOR,)).paragraphs)


def test_an_indicator_without_figures_says_why():
    empty = dataclasses.replace(INDICATOR, value="", numerator="", denominator="", low="", high="", action_taken="",
                                why_missing="The trust has withdrawn them")  # fmt: skip
    said = report(indicators=(empty,))
    assert "Why figures are missing: The trust has withdrawn them" in said.text
    assert not [t for t in said.tables() if t[0][0] == "Group"]


def test_small_counts_that_were_not_suppressed_are_hidden_with_all_that_gives_them_away():
    rows = tuple(dataclasses.replace(INDICATOR, category=str(n), numerator=str(n), row=n) for n in (3, 40))
    unsafe = make_finding("PU708", file="indicators.csv", row=3, field="numerator", statement=None)
    hidden = hide_small_counts(make_dossier(6, indicators=rows, findings=(unsafe,)))
    assert {(r.value, r.numerator, r.denominator, r.low, r.comparator) for r in hidden} == {("*", "*", "*", "*", "")}


def test_money_stands_with_ringfence_redirection_decision_basis_method_and_evaluation():
    said = report(funding=(FUNDING,), money=(MONEY,))
    row = next(t for t in said.tables() if t[0][0] == "Scheme")[1]
    assert "Warm homes" in row[0] and "Eastmarsh" in row[0]
    assert row[1].splitlines() == ["£300,000", "Ringfenced in part", "£180,000 redirected"]
    assert row[2].splitlines() == ["Moved to winter vaccination", "Decided by: Chief Finance Officer"]
    assert row[3].splitlines() == ["Need", "Shared out by: Bids by councils"]
    assert row[4] == "None agreed"
    assert "£300,000 in all. Of this, £180,000 was redirected." in " ".join(said.section(PARTS[3]))
    assert "Sam Lee" not in said.everything


def test_a_scheme_says_what_was_expected_what_happened_and_what_was_learned():
    said = report(funding=(FUNDING,), schemes=(SCHEME,), money=(MONEY,))
    table = dict(row for t in said.tables() if t[0] == ["Item", "Detail"] for row in t[1:])
    assert table["Where we started"] == "212 of 640 people"
    assert table["What we expected"] == "170 of 640 people"
    assert table["What happened"] == "No outcome recorded."
    assert table["How we know"] == "No evaluation recorded."
    assert table["What we learned"] == "Agree how to judge it first."
    assert table["Decision"] == "No decision recorded."
    assert table["Money"] == "£300,000 (2025-26)."
    assert table["Goals"] == "Fewer admissions. Baseline: 212 of 640. Target: 170 of 640, by 31 December 2025."


def test_weak_areas_are_there_with_what_is_planned_and_levels_only_where_they_are_published():
    dossier = made()
    weak = dossier.weakest[0]
    statement = dossier.statement(weak)
    action = make_action(7, statement, owner="Kim Ray, Chief Nurse", action="Agree a plan.")
    hidden = report(actions=(action,))
    shown = report(actions=(action,), include_levels=True)
    for said in (hidden, shown):
        points = [p for p in said.section(PARTS[3]) if p.startswith(statement.short)]
        assert len(points) == 1 and "What we will do: Agree a plan (the Chief Nurse, 30 June 2026)." in points[0]
        assert "Kim Ray" not in said.everything
    assert f"({statement.cell}" in shown.text
    names = re.compile(rf"\b({'|'.join(LEVELS)})\b")
    assert not names.search(hidden.text) and names.search(shown.text)
    assert "Our self-assessment in summary" in shown.styled("heading 1")
    assert "Our self-assessment in summary" not in hidden.styled("heading 1")


def test_open_actions_stand_by_when_they_are_due():
    dossier = made()
    statement = dossier.statements[0]
    days = {"A1": "2026-01-31", "A2": "2026-06-30", "A3": "2027-06-30"}
    actions = [
        make_action(int(i[1]), statement, id=i, due=datetime.date.fromisoformat(d), overdue=i == "A1")
        for i, d in days.items()
    ]
    done = make_action(4, statement, status="done", action="Finished long ago.")
    said = report(actions=(*actions, done))
    assert [h for h in said.styled("heading 2") if h.startswith(("Overdue", "Within", "Later"))] == [
        "Overdue on 26 March 2026",
        "Within six months (by 26 September 2026)",
        "Later",
    ]
    assert "Finished long ago" not in said.text
    due = [t[1][3] for t in said.tables() if t[0][0] == "What we will do"]
    assert due == ["31 January 2026", "30 June 2026", "30 June 2027"]


def test_without_words_a_part_names_published_evidence_and_nothing_that_is_internal():
    dossier = made()
    first = dossier.statements[0]
    cited = (make_citation(1), make_citation(2, visibility="internal", title="Secret note"))
    answers = (dataclasses.replace(first.answers[0], citations=cited),)
    changed = dataclasses.replace(first, annual_report="AR1", answers=answers)
    sections = tuple(
        dataclasses.replace(s, statements=tuple(changed if x.id == first.id else x for x in s.statements))
        for s in dossier.sections
    )
    said = paper(dataclasses.replace(dossier, sections=sections), TEMPLATE)
    points = [p.replace("\N{THIN SPACE}", "") for p in said.section(PARTS[0])]
    assert f"{first.short}: Health Equity Strategy, part 1." in points
    assert "Secret note" not in said.everything


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Amina Patel, Director of Strategy", "Director of Strategy"),
        ("Dr Jo Day (Medical Director)", "Medical Director"),
        ("Chair, Healthwatch Wealdmoor", "Chair, Healthwatch Wealdmoor"),
        ("Director of Finance, Estates and Digital", "Director of Finance, Estates and Digital"),
        ("Head of Insight", "Head of Insight"),
        ("", ""),
    ],
)
def test_people_are_roles(written, role):
    from pipeline.dossier.audience import role_of

    assert role_of(written) == role


def test_an_indicator_over_time_is_one_part_with_its_change_in_words_and_one_table():
    rows = [
        dataclasses.replace(
            INDICATOR, period=f"2025-{month:02d}", breakdown="deprivation quintile", category=category,
            value=f"{start + month / 10:.1f}", numerator="", denominator="", low="", high="",
        )
        for category, start in (("1 (most deprived)", 60), ("5 (least deprived)", 70))
        for month in range(1, 9)
    ]  # fmt: skip
    said = report(indicators=tuple(rows))
    assert said.paragraphs.count(INDICATOR.indicator) == 2, "once in the overview, once above its part"
    text = "\n".join(said.paragraphs)
    assert "No limits are drawn: there are 8 points, and 12 are needed to tell change from chance." in text
    assert "The gap between the most and the least deprived is 10.0 percentage points in August 2025" in text
    assert "January 2025 to August 2025" in text
    tables = [table for table in said.tables() if table[0][:2] == ["Period", "Most deprived fifth"]]
    assert [len(table) for table in tables] == [9]
    assert tables[0][1] == ["January 2025", "60.1%", "70.1%", "10.0", "0.86"]
