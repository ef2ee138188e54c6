"""Figures that contradict their own row are named, and what rounding, standardising or suppressing explains is not."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from pipeline.checks.figures_rows import contradicted_figures
from pipeline.checks.figures_tables import contradicted_money, contradicted_scores
from pipeline.model import Case, Finding, Funding, Indicator, Place, Risk, Scheme, Score
from pipeline.score import score
from tests.cases_by_hand import FOLDER, make_case

EMPTY = {name: "" for name in Indicator.__dataclass_fields__ if name not in ("place", "citations")}
TREATED = Indicator(
    **(
        EMPTY
        | {"id": "bp", "indicator": "Treated to target", "period": "2024-25", "breakdown": "deprivation quintile"}
        | {"category": "1", "value": "65.0", "unit": "%", "numerator": "26131", "denominator": "40203"}
        | {"low": "64.5", "high": "65.5"}
    ),
    place=Place(f"{FOLDER}/indicators.csv", 2),
)
MONEY = Funding(
    "F1", "Checks", "2025-26", "pilot", "Eastmarch", 300_000.0, "full", "no", "180,000", "Agreed on 3 June 2025",
    "Board", "Need", "Formula", "Yearly", datetime.date(2026, 3, 31), (), Place(f"{FOLDER}/funding.csv", 2),
)  # fmt: skip
RISK = Risk(
    "R1", "", "It stays", "", "", "", "", (), Score(5, 4), Score(4, 3), Score(2, 3), "", "",
    Place(f"{FOLDER}/risks.csv", 2), rationale="Lowered from 16 to 12 in January", previous=Score(4, 4),
)  # fmt: skip


def faults(*rows: Any) -> list[Finding]:
    tables = {Indicator: "indicators", Funding: "funding", Risk: "risks", Scheme: "schemes"}
    case: Case = make_case(**{tables[type(rows[0])]: tuple(rows)})
    checks = (contradicted_figures, contradicted_money, contradicted_scores)
    return [f for check in checks for f in check(case, score(case))]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"value": "56.0"}, "value"),
        ({"value": "65.1"}, "value"),
        ({"value": "0.65"}, "value"),
        ({"numerator": "26,331"}, "value"),
        ({"denominator": "42203"}, "value"),
        ({"numerator": "46131"}, "numerator"),
        ({"low": "65.9", "high": "65.5"}, "low"),
        ({"low": "65.2"}, "value"),
        ({"low": "14.5"}, "low"),
        ({"high": "69.5"}, "high"),
        ({"value": "104.0", "numerator": "", "denominator": "", "low": "", "high": ""}, "value"),
        ({"value": "-3", "numerator": "", "denominator": "", "low": "", "high": ""}, "value"),
        ({"denominator": "-40203"}, "denominator"),
        ({"unit": "per 100,000", "value": "65.0"}, "value"),
        ({"unit": "per 1,000 people", "value": "560", "low": "", "high": ""}, "value"),
        ({"period": "April 2025 to March 2024"}, "period"),
        ({"period": "31 December 2035"}, "period"),
        ({"period": "Year to 31 February 2025"}, "period"),
        ({"numerator": "0", "denominator": "0", "value": "0", "low": "", "high": ""}, "denominator"),
        ({"numerator": "-26131"}, "numerator"),
        ({"comparator": "All places: 110,270 of 161,560 (86.3%)"}, "comparator"),
        ({"comparator": "All places: 170,270 of 161,560"}, "comparator"),
    ],
)
def test_a_figure_that_cannot_be_right_is_named_with_its_field(changed: dict[str, str], field: str) -> None:
    assert faults(TREATED) == []
    found = faults(replace(TREATED, **changed))
    assert field in [f.field for f in found], found
    assert {f.code for f in found} == {"FG901"}


@pytest.mark.parametrize(
    "clean",
    [
        {"value": "65"},
        {"value": "65.00%", "unit": ""},
        {"value": "65.0", "numerator": "26,131", "denominator": "40,203"},
        {"value": "*", "numerator": "*", "denominator": "*", "low": "*", "high": "*"},
        {"value": "71.2", "unit": "% (directly standardised)", "low": "70.1", "high": "72.3"},
        {"value": "812", "unit": "Directly standardised rate per 100,000", "low": "790", "high": "834"},
        {"value": "650", "unit": "per 1,000", "low": "645", "high": "655"},
        {"value": "0.65", "unit": "proportion", "low": "0.645", "high": "0.655"},
        {"low": "65.0", "high": "65.0"},
        {"low": "64.25", "high": "65.75"},
        {"low": "", "high": ""},
        {"numerator": "", "denominator": ""},
        {"value": "112.4", "indicator": "Activity compared with 2019-20", "numerator": "", "low": "", "high": ""},
        {"value": "-1.2", "unit": "percentage points", "low": "-3.0", "high": "0.6", "numerator": ""},
        {"unit": "people", "value": "26131", "low": "", "high": ""},
        {"unit": "per 100,000", "value": "21.7", "numerator": "196", "denominator": "301000", "period": "2021 to 2023",
         "low": "18.8", "high": "25.0"},
        {"unit": "per 1,000", "value": "1240", "numerator": "310", "denominator": "250", "low": "", "high": ""},
        {"published_at": "30 June 2025"},
        {"published_at": "https://example.nhs.uk/2019/figures"},
        {"comparator": "All places: 110,270 of 161,560 (68%)"},
        {"comparator": "England 68.3%"},
    ],
)  # fmt: skip
def test_rounding_standardising_and_suppressing_are_no_faults(clean: dict[str, str]) -> None:
    assert faults(replace(TREATED, **clean)) == []


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [("31", "16300", "129", "270"), ("10", "9000", "53", "204"), ("157", "26700", "496", "680")],
)
def test_intervals_of_small_counts_by_any_usual_method_are_let_be(part: str, whole: str, low: str, high: str) -> None:
    value = f"{100_000 * int(part) / int(whole):.0f}"
    row = replace(TREATED, unit="per 100,000", value=value, numerator=part, denominator=whole, low=low, high=high)
    assert faults(row) == []


BY_WILSON = [("120", "400", "25.7", "34.7"), ("60", "200", "24.1", "36.7"), ("45", "150", "23.2", "37.8"),
             ("90", "300", "25.1", "35.4"), ("30", "100", "21.9", "39.6")]  # fmt: skip
"""Part, whole, and the range of 30.0 per cent by Wilson's method at 95 per cent, as tables of it have it."""


@pytest.mark.parametrize(
    ("row", "field", "given", "faulty"),
    [(0, "low", "25.7", False), (0, "low", "25.8", False), (1, "low", "24.3", True), (1, "low", "23.9", True),
     (2, "high", "37.6", True), (2, "high", "38.0", True), (4, "high", "39.7", False)],
)  # fmt: skip
def test_one_range_that_is_not_made_as_all_the_others_are(row: int, field: str, given: str, faulty: bool) -> None:
    rows = [
        replace(TREATED, category=str(n), value="30.0", numerator=part, denominator=whole, low=low, high=high)
        for n, (part, whole, low, high) in enumerate(BY_WILSON)
    ]
    rows[row] = replace(rows[row], **{field: given})
    found = faults(*rows)
    assert [f.field for f in found] == [field] * faulty
    assert all(f"gives about {BY_WILSON[row][2 if field == 'low' else 3]}, as the ranges" in f.message for f in found)


def test_counts_that_are_all_rounded_to_five_leave_room_for_it() -> None:
    rows = [
        replace(TREATED, category=str(n), numerator=str(part), denominator=str(whole), value=value, low="", high="")
        for n, (part, whole, value) in enumerate(
            [(25, 115, "20.4"), (40, 165, "24.8"), (55, 235, "22.9"), (35, 145, "23.6"), (30, 110, "28.1")]
        )
    ]
    assert faults(*rows) == []
    assert [f.field for f in faults(rows[0], rows[1])] == ["value", "value"]


def test_parts_that_are_more_than_their_whole() -> None:
    men = replace(
        TREATED, breakdown="sex", category="Men", numerator="60", denominator="100", value="60.0", low="", high=""
    )
    women = replace(men, category="Women", numerator="50", denominator="100", value="50.0")
    whole = replace(men, breakdown="total", category="All", numerator="110", denominator="201", value="54.7")
    assert faults(men, women, whole) == []
    more = replace(whole, numerator="101", value="50.2")
    (found,) = faults(men, women, more)
    assert "add up to 110, more than the 101 of the row for all" in found.message
    beside = [replace(row, comparator="All: 101 of 200 (50.5%)") for row in (men, women)]
    assert ["add up to 110" in f.message for f in faults(*beside)] == [True]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"redirected": "£810,000"}, "redirected"),
        ({"amount": -300_000.0, "redirected": ""}, "amount"),
        ({"redirected": "-180000"}, "redirected"),
        ({"ends": datetime.date(2015, 12, 31)}, "ends"),
        ({"decision": "Made permanent on 29 January 2062"}, "decision"),
    ],
)
def test_money_that_cannot_be(changed: dict[str, Any], field: str) -> None:
    assert faults(MONEY) == []
    assert [f.field for f in faults(replace(MONEY, **changed))] == [field]
    for clean in (
        {"redirected": "300000"}, {"redirected": ""}, {"decision": "Due by 30 June 2026"}, {"amount": None},
        {"decision": "A decision is due on 30 June 2062"}, {"decision": "To be decided on 30 June 2062"},
    ):  # fmt: skip
        assert faults(replace(MONEY, **clean)) == []


@pytest.mark.parametrize(
    ("rationale", "faulty"),
    [
        ("Lowered from 16 to 12", False),
        ("Lowered from 16 to 13", True),
        ("Lowered from 15 to 12", True),
        ("The score moved  from 15 to 12", True),
        ("Raised  to red from  16  to  13", True),
        ("Unchanged at 16 since June", True),
        ("Unchanged at 12 until the register is whole", False),
        ("Access grew from 40 to 60 per cent of practices", False),
        ("", False),
    ],
)
def test_a_rationale_gives_the_scores_of_its_row(rationale: str, faulty: bool) -> None:
    assert [f.field for f in faults(replace(RISK, rationale=rationale))] == ["rationale"] * faulty


@pytest.mark.parametrize(
    ("field", "text", "faulty"),
    [
        ("actual", "1,118 of 1,640 treated with a connector (68%), and 1,010 of 1,640 without one (62%).", False),
        ("actual", "1,118 of 1,640 treated with a connector (78%), and 1,010 of 1,640 without one (62%).", True),
        ("expected", "1,150 of 1,640 people, 70 in every 100", False),
        ("actual", "A gap of 6.6 percentage points, from 26,130 of 40,200 and 21,240 of 29,660", False),
        ("actual", "A gap of 9.6 percentage points, from 26,130 of 40,200 and 21,240 of 29,660", True),
        ("baseline", "1,640 of 998 people", True),
        ("period", "April 2026 to March 2023", True),
        ("period", "From April 2024", False),
    ],
)
def test_a_charter_agrees_with_itself(field: str, text: str, faulty: bool) -> None:
    scheme = replace(Scheme("checks", Place(f"{FOLDER}/schemes/checks.yaml")), **{field: text})
    assert [f.field for f in faults(scheme)] == [field] * faulty
