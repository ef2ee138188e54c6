"""Indicators over time: which rows are one series, what its words say, its data and its part of the annual report."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest

from pipeline.charts import draw
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.headline import headline_figures, more_marked
from pipeline.dossier.indicators import charts
from pipeline.dossier.series import COLUMNS, data, trends
from pipeline.dossier.trend_words import describe_trends, what_it_says
from pipeline.model.periods import period_of, short_name
from tests.dossiers import make_dossier
from tests.papers.test_annual_report import INDICATOR

STEADY = [40.0, 42.0] * 6


def months(*values, breakdown="total", category="All", **more):
    return [
        dataclasses.replace(
            INDICATOR, id="waits", indicator="Long waits", period=f"{2024 + n // 12}-{n % 12 + 1:02d}",
            breakdown=breakdown, category=category, value="*" if v is None else f"{v:.1f}",
            numerator="", denominator="", **more,
        )
        for n, v in enumerate(values)
    ]  # fmt: skip


def dossier(*rows):
    made = make_dossier(6, audience="public", indicators=tuple(rows))
    return dataclasses.replace(made, figures=describe_figures(made))


def said(*rows):
    (trend,) = trends(dossier(*rows))
    return " ".join(what_it_says(trend))


def test_rows_of_one_group_and_several_periods_are_one_series_in_order_of_time():
    rows = months(*STEADY)
    (trend,) = trends(dossier(*reversed(rows)))
    assert trend.main.values == tuple(STEADY)
    assert trends(dossier(rows[0])) == ()
    assert charts(dossier(*months(1, 2, breakdown="ethnicity", category="Asian"))) == ()


@pytest.mark.parametrize(
    ("written", "begins", "length"),
    [
        ("2025-26", "2025-04-01", "year"),
        ("2025/26", "2025-04-01", "year"),
        ("2025", "2025-01-01", "year"),
        ("2025-26 Q2", "2025-07-01", "quarter"),
        ("Q4 2025-26", "2026-01-01", "quarter"),
        ("2025-11", "2025-11-01", "month"),
        ("Nov 2025", "2025-11-01", "month"),
        ("November 2025", "2025-11-01", "month"),
        ("31 December 2025", "2025-12-31", "day"),
        ("April 2024 to March 2025", "2024-04-01", "year"),
        ("Year to September 2025", "2024-10-01", "year"),
    ],
)
def test_periods_as_teams_write_them(written, begins, length):
    period = period_of(written)
    assert (period.begins.isoformat(), period.length) == (begins, length)
    assert len(short_name(written)) <= 14
    assert period_of("last winter") is None


@pytest.mark.parametrize(
    ("last", "improvement", "words"),
    [
        (60.0, "up", "Improvement: the latest point lies beyond the limits."),
        (60.0, "down", "Concern: the latest point lies beyond the limits."),
        (60.0, "neither", "Special change: the latest point lies beyond the limits."),
        (41.0, "up", "No special change"),
    ],
)
def test_change_is_told_by_which_way_is_better(last, improvement, words):
    assert words in said(*months(*STEADY, last, improvement=improvement))


@pytest.mark.parametrize(
    ("target", "improvement", "words"),
    [
        ("30", "up", "be met consistently"),
        ("50", "up", "not be met"),
        ("41", "up", "sometimes be met, sometimes not"),
        ("50", "down", "be met consistently"),
        ("30", "down", "not be met"),
    ],
)
def test_the_target_is_told_by_the_limits(target, improvement, words):
    assert words in said(*months(*STEADY, target=target, improvement=improvement))


def test_under_twelve_points_there_are_no_limits_and_it_says_why():
    rows = months(*STEADY[:8], target="41", improvement="up")
    assert "there are 8 points, and 12 are needed" in said(*rows)
    assert "the latest value meets it" in said(*rows)
    table = read(dossier(*rows))
    assert {row["upper_limit"] for row in table} == {""}
    assert {row["signal"] for row in table} == {""}


def read(made):
    ((name, content),) = data(made)
    assert name == "trend-waits"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_data_has_a_line_for_each_point_as_the_contract_names_it():
    rows = [*months(*STEADY, 60.0), *months(*STEADY, None, breakdown="ethnicity", category="Arab")]
    table = read(dossier(*rows))
    assert tuple(table[0]) == COLUMNS
    assert len(table) == 26
    assert table[12]["signal"] == "beyond limit"
    assert (table[1]["moving_range"], table[0]["moving_range"]) == ("2.0000", "")
    assert (table[25]["value"], table[25]["moving_range"]) == ("*", "")


def test_the_gap_between_the_most_and_the_least_deprived_is_told():
    quintile = "deprivation quintile"
    rows = [
        *months(*[44.0] * 12, breakdown=quintile, category="1 (most deprived)"),
        *months(*[40.0] * 11, 42.0, breakdown=quintile, category="5 (least deprived)"),
    ]
    words = said(*months(*STEADY), *rows)
    assert "is 2.0 percentage points in December 2024 (a ratio of 1.05), and was 4.0 in January 2024" in words


def test_the_alt_text_says_what_is_seen_and_names_no_cause():
    made = dossier(*months(*STEADY, None, improvement="up"))
    (view,) = describe_trends(made)
    assert view.alt.startswith("Line chart of Long waits, Jan 24 to Jan 25, 13 points.")
    assert "1 value is not shown" in view.alt
    assert not any(word in view.alt for word in ("because", "due to", "led to"))


def test_pictures_and_data_are_the_same_each_time_and_old_ones_go(tmp_path):
    made = dossier(*months(*STEADY, 60.0, target="41", improvement="up"))
    for folder in ("a", "b"):
        draw(made, tmp_path / folder)
    for ending in ("png", "svg", "csv"):
        name = f"trend-waits.{ending}"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    draw(dossier(), tmp_path / "a")
    assert not list((tmp_path / "a").glob("trend-*"))


def test_periods_of_another_length_are_no_points_of_the_series_and_keep_a_table_of_their_own():
    year = dataclasses.replace(months(80.0)[0], period="2024-25")
    made = dossier(*months(*STEADY), year)
    (trend,) = trends(made)
    assert trend.main.values == tuple(STEADY)
    assert not trend.tells([year])
    assert trend.tells(months(*STEADY)[:1])


def test_groups_that_a_trend_table_lacks_are_told_for_the_newest_period():
    fifths = [months(*STEADY, breakdown="deprivation quintile", category=str(n)) for n in (1, 2, 5)]
    made = dossier(*(row for group in fifths for row in group))
    (trend,) = trends(made)
    newest, older = [group[-1] for group in fifths], [group[0] for group in fifths]
    assert [s.last.category for s in trend.columns] == ["1", "5"]
    assert (trend.tells(newest), trend.tells(older)) == (False, True)
    assert [name for name, _ in charts(made)] == ["indicator-waits-deprivation"]


def test_at_most_three_headline_indicators_are_shown_and_the_others_counted():
    rows = [
        dataclasses.replace(row, id=f"i{n}", indicator=f"Measure {n}", headline="yes")
        for n in range(5)
        for row in months(40.0, 41.0)
    ]
    made = dossier(*rows)
    assert [f.name for f in headline_figures(made)] == ["Measure 0", "Measure 1", "Measure 2"]
    assert more_marked(made) == "Two more indicators are marked as headline; the first 3 are shown."
    assert [f.id for f in made.figures].count("headline-figures") == 1


def test_a_headline_indicator_of_one_period_or_without_a_figure_says_so_and_has_no_picture():
    one = dataclasses.replace(months(40.0)[0], headline="yes")
    none = dataclasses.replace(one, id="none", indicator="Not counted", value="", why_missing="No source yet.")
    made = dossier(one, none)
    first, second = headline_figures(made)
    assert first.said.startswith("Everybody: 40.0")
    assert "points" not in first.said
    assert second.said == "no figure is given (No source yet)."
    assert not [f for f in made.figures if f.id == "headline-figures"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [("16", "40", "(16 of 40)"), ("", "40", "(of 40)"), ("", "", "(of how many is not given)")],
)
def test_a_percentage_is_told_with_its_denominator_or_that_it_has_none(numerator, denominator, words):
    row = dataclasses.replace(months(40.0)[0], unit="%", headline="yes", numerator=numerator, denominator=denominator)
    (figure,) = headline_figures(dossier(row))
    assert words in figure.said
