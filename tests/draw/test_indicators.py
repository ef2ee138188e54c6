"""Charts of indicators by deprivation and ethnicity: a bar a group, words for each, data beside them."""

from __future__ import annotations

import csv
import dataclasses

from pipeline.charts import draw
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.indicators import charts
from tests.dossiers import make_dossier
from tests.papers.test_annual_report import INDICATOR


def dossier(*rows):
    made = make_dossier(6, audience="public", indicators=rows)
    return dataclasses.replace(made, figures=describe_figures(made))


def group(breakdown, *values, ident="bp"):
    return [
        dataclasses.replace(INDICATOR, id=ident, breakdown=breakdown, category=f"Group {n}", value=value)
        for n, value in enumerate(values)
    ]


def test_a_chart_for_each_breakdown_by_deprivation_or_ethnicity():
    rows = group("deprivation decile", "1", "2") + group("ethnicity", "3", "4") + group("sex", "5", "6")
    assert [name for name, _ in charts(dossier(*rows))] == ["indicator-bp-deprivation", "indicator-bp-ethnicity"]


def test_no_chart_of_a_single_value_or_of_none():
    assert charts(dossier(*group("ethnicity", "3", "*"), *group("deprivation", "", "", ident="x"))) == ()


def test_names_are_safe_and_never_the_same():
    rows = [*group("ethnicity", "1", "2", ident="../A b"), *group("ethnicity", "1", "2", ident="A/B")]
    assert [name for name, _ in charts(dossier(*rows))] == ["indicator-a-b-ethnicity", "indicator-a-b-ethnicity-2"]


def test_the_alt_text_gives_every_value_and_says_what_is_not_shown():
    (figure,) = [f for f in dossier(*group("ethnicity", "65.0", "71.6", "*")).figures if f.id.startswith("indicator")]
    for words in ("Group 0: 65.0%", "Group 1: 71.6%", "Group 2: not shown *", "Source: Practice records."):
        assert words in figure.alt
    assert figure.caption == "Blood pressure treated, by ethnicity, 31 December 2025"


def test_pictures_and_data_are_the_same_each_time_and_old_ones_go(tmp_path):
    made = dossier(*group("ethnicity", "65.0", "71.6", "*"))
    first, second = tmp_path / "a", tmp_path / "b"
    draw(made, first)
    draw(made, second)
    for ending in ("png", "svg", "csv"):
        name = f"indicator-bp-ethnicity.{ending}"
        assert (first / name).read_bytes() == (second / name).read_bytes()
    draw(dossier(), first)
    assert not list(first.glob("indicator-*"))


def test_the_data_escapes_what_a_spreadsheet_would_run(tmp_path):
    rows = [dataclasses.replace(r, category="=1+1", low="-2.5") for r in group("ethnicity", "65.0", "71.6")]
    draw(dossier(*rows), tmp_path)
    (first, _) = csv.DictReader((tmp_path / "indicator-bp-ethnicity.csv").read_text("utf-8-sig").splitlines())
    assert first["category"] == "'=1+1" and first["low"] == "-2.5" and first["audience"] == "public"
