"""XmR charts against figures worked out by hand, and each rule where it trips and where it just does not."""

from __future__ import annotations

import pytest

from pipeline.score.xmr import xmr

STEADY = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]


def test_mean_ranges_and_limits_worked_out_by_hand() -> None:
    chart = xmr(STEADY)
    # Mean of six 10 and six 12; every moving range is 2; 2.66 times 2 is 5.32.
    assert chart.mean == 11
    assert chart.ranges == (None, *[2.0] * 11)
    assert (chart.lower, chart.upper) == (pytest.approx(5.68), pytest.approx(16.32))
    assert {*chart.signals} == {""}


def test_a_range_far_above_the_others_is_left_out_of_the_limits() -> None:
    chart = xmr([*STEADY, 30.0, 12.0])
    # Ranges: eleven of 2, two of 18; mean 58/13 = 4.4615; 3.267 times it is 14.576, so both of 18 are left out.
    assert chart.mean == pytest.approx(174 / 14)
    assert chart.upper == pytest.approx(174 / 14 + 2.66 * 2)
    assert chart.signals[12] == "beyond limit"
    assert chart.sides[12] == "up"
    # One of 9 (mean 31/12 = 2.583, times 3.267 is 8.44) goes; one of 8 (30/12 = 2.5, 8.17) stays.
    assert xmr([*STEADY, 21.0]).upper == pytest.approx((132 + 21) / 13 + 2.66 * 2)
    assert xmr([*STEADY, 20.0]).upper == pytest.approx((132 + 20) / 13 + 2.66 * (22 + 8) / 12)


@pytest.mark.parametrize(("number", "limits"), [(11, False), (12, True)])
def test_limits_from_twelve_points_on(number: int, limits: bool) -> None:
    chart = xmr(STEADY[:number])
    assert (chart.upper is not None, chart.mean is not None) == (limits, True)


def test_values_not_shown_are_gaps_with_no_range_across_them() -> None:
    chart = xmr([*STEADY[:4], None, *STEADY[4:]])
    assert chart.ranges[4:6] == (None, None)
    assert chart.mean == 11
    assert chart.signals[4] == ""
    assert xmr([None, None]).mean is None


def rules(values: list[float]) -> list[str]:
    return list(xmr(values).signals)


def test_seven_on_one_side_of_the_mean_are_a_shift_and_six_are_not() -> None:
    low, high = [9.0, 10.0] * 4, [13.0, 12.0, 13.0, 12.0, 13.0, 12.0, 13.0]
    assert rules([*low, *high])[-7:] == ["shift"] * 7
    six = [9.0, 13.0, 9.0, 13.0, 9.0, 13.0, 9.0, 12.0, 12.5, 12.0, 12.5, 12.0, 12.5, 9.0]
    assert "shift" not in rules(six)


def test_seven_rising_are_a_trend_and_six_are_not() -> None:
    start = [20.0, 5.0, 20.0, 5.0, 20.0]
    assert rules([*start, 8, 9, 10, 11, 12, 13, 14.0])[-7:] == ["trend"] * 7
    assert xmr([*start, 14, 13, 12, 11, 10, 9, 8.0]).sides[-7:] == ("down",) * 7
    assert "trend" not in rules([*start, 8, 9, 10, 11, 12, 13, 13.0])


def test_two_of_three_near_a_limit() -> None:
    # Near is more than two thirds of the way from the mean to the limit, on one side.
    base = [9.0, 13.0] * 7
    chart = xmr([*base, 21.0, 13.0, 21.0, 13.0, 9.0, 13.0])
    assert chart.upper is not None and chart.mean is not None
    assert chart.mean + 2 / 3 * (chart.upper - chart.mean) < 21 <= chart.upper
    assert chart.signals[14:17] == ("two of three", "", "two of three")
    assert "two of three" not in xmr([*base, 21.0, 13.0, 9.0, 21.0, 13.0, 9.0]).signals
