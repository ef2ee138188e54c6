"""Dates: ISO is understood; everything else is named, with the ISO form that may be meant."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from pipeline.inputs.dates import NotADate, day_first, read_date
from tests.read.making import HERE, faults_of, gather, places

HEAD = "id,section,statement,action,owner,due,status,measure\n"


@pytest.mark.parametrize("text", ["2026-03-26", " 2026-03-26 ", "2026-03-26 00:00:00", "2026-03-26T09:30"])
def test_iso_is_understood(text: str) -> None:
    assert read_date(text) == datetime.date(2026, 3, 26)


@pytest.mark.parametrize(
    ("text", "said", "advice"),
    [
        ("2026-02-30", "not a day in the calendar", "2026-03-26"),
        ("2026-13-01", "not a day in the calendar", ""),
        ("0206-03-26", "not a day in the calendar", ""),
        ("03/04/2026", "can be relied on", "2026-04-03 if the day comes first, 2026-03-04 if the month"),
        ("26/03/2026", "can be relied on", "2026-03-26"),
        ("03/26/2026", "can be relied on", "2026-03-26"),
        ("26/03/26", "can be relied on", "2026-03-26"),
        ("26.03.2026", "can be relied on", "2026-03-26"),
        ("26 March 2026", "can be relied on", "2026-03-26"),
        ("Thursday, 26th Mar 2026", "can be relied on", "2026-03-26"),
        ("20260326", "can be relied on", "2026-03-26"),
        ("2026-3-26", "can be relied on", "2026-03-26"),
        ("46107", "can be relied on", "2026-03-26"),
        ("next spring", "can be relied on", "year-month-day"),
        ("5/5/2026", "can be relied on", "2026-05-05"),
        ("2026-W13-4", "can be relied on", "year-month-day"),
        ("99999", "can be relied on", ""),
        ("2026-03-2\u0666", "can be relied on", ""),
    ],
)
def test_anything_else_is_named_with_what_to_type(text: str, said: str, advice: str) -> None:
    read = read_date(text)
    assert isinstance(read, NotADate) and advice in read.remedy
    assert said in read.message


@pytest.mark.parametrize(
    ("column", "decided"),
    [
        (["25/03/2026", "01/02/2026"], True),
        (["01/02/2026"], False),
        (["25/03/2026", "03/25/2026"], False),
        (["03/25/2026"], False),
        (["2026-03-25"], False),
        ([], False),
        (["25/03/26", "25.03.2026"], False),
    ],
)
def test_a_column_tells_whether_the_day_comes_first(column: list[str], decided: bool) -> None:
    assert day_first(column) is decided


def test_slash_dates_are_read_where_the_column_tells(tmp_path: Path) -> None:
    text = HEAD + "X1,A,A1,a,o,01/02/2026,open,\nX2,A,A1,a,o,25/02/2026,open,\nX3,A,A1,a,o,31/02/2026,open,\n"
    case = gather(tmp_path, {f"{HERE}/actions.csv": text})
    assert [a.due for a in case.actions] == [datetime.date(2026, 2, 1), datetime.date(2026, 2, 25), None]
    assert [(f.code, f.row) for f in case.faults if f.row] == [("IN101", 4)]


def test_each_slash_date_is_a_finding_where_it_does_not(tmp_path: Path) -> None:
    text = HEAD + "X1,A,A1,a,o,01/02/2026,open,\nX2,A,A1,a,o,2026-02-25,open,\n"
    found = faults_of(tmp_path, {f"{HERE}/actions.csv": text})
    assert places(found) == [("IN101", "actions.csv", 2, "due")] and "2026-02-01" in found[0].remedy


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-06-14T23:00:00.000Z", "2026-06-15"),
        ("2026-06-14T22:59:00Z", "2026-06-14"),
        ("2026-06-14 23:00:00+00:00", "2026-06-15"),
        ("2026-06-15T00:00:00+01:00", "2026-06-15"),
        ("2026-01-14T23:00:00Z", "2026-01-14"),
        ("2026-03-28T23:30:00Z", "2026-03-28"),
        ("2026-03-29T23:30:00Z", "2026-03-30"),
        ("2026-10-24T23:30:00Z", "2026-10-25"),
        ("2026-10-25T23:30:00Z", "2026-10-25"),
        ("2026-06-14T23:00:00", "2026-06-14"),
    ],
)
def test_a_moment_in_world_time_is_the_day_that_it_was_here(written: str, meant: str) -> None:
    assert read_date(written) == datetime.date.fromisoformat(meant)


def test_a_moment_that_cannot_be_is_no_date() -> None:
    assert isinstance(read_date("2026-02-30T10:00:00Z"), NotADate)
