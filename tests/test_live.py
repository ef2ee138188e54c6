"""Live figures: a dotted name is looked up, and nothing that people write is run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model import NOT_ASSESSED
from pipeline.score import score
from pipeline.score.live import fill_in, live_figures, names
from tests.cases_by_hand import LEVELS, answer, framework, make_case, statement

CASE = make_case(
    answer("GA1", "growing"),
    answer("GA2", "emergent", row=3),
    answer("SC1", NOT_ASSESSED, "team", "Why", row=4),
    of=framework(statement("GA1"), statement("GA2"), statement("SC1")),
)
FIGURES = live_figures(score(CASE), CASE)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ scores.GA.middle }}", "Emergent"),
        ("{{scores.GA.lowest}}", "Emergent"),
        ("{{ scores.GA.counts.growing }}", "1"),
        ("{{ scores.GA.counts.consistent }}", "0"),
        ("{{ scores.SC.middle }}", "not given (too few assessed)"),
        ("{{ scores.SC.lowest }}", "not given (none assessed)"),
        ("{{ scores.SC.not_assessed }}", "1"),
        ("{{ totals.assessed }} of {{ totals.in_scope }}", "2 of 3"),
        ("{{ as_of }}", "19 March 2026"),
        ("Text { } {% if %} stays", "Text { } {% if %} stays"),
    ],
)
def test_figures_are_filled_in(written: str, shown: str) -> None:
    assert fill_in(written, FIGURES) == (shown, ())


@pytest.mark.parametrize(
    "name",
    [
        "scores.GA",
        "scores.GA.midle",
        "scores.XX.middle",
        "7*7",
        "scores.GA.middle|upper",
        "''.__class__",
        "",
        "scores.GA.counts.items()",
    ],
)
def test_what_is_no_figure_is_named_and_left_as_written(name: str) -> None:
    text = f"before {{{{ {name} }}}} after"
    assert fill_in(text, FIGURES) == (text, (name,))


def test_a_name_that_never_ends_is_left_alone() -> None:
    assert fill_in("{{ scores.GA\nmiddle }} and {{ a", FIGURES) == ("{{ scores.GA\nmiddle }} and {{ a", ())


def test_every_name_that_is_listed_can_be_filled_in() -> None:
    listed = names(FIGURES)
    assert "scores.GA.counts.growing" in listed
    assert fill_in(" ".join(f"{{{{ {name} }}}}" for name in listed), FIGURES)[1] == ()


def test_a_levels_name_stays_text_in_the_prose() -> None:
    starred = [replace(LEVELS[0], name="*Low* [1] <b>")]
    case = make_case(answer("GA1", "reactive"), of=framework(statement("GA1"), levels=starred))
    filled = fill_in("{{ scores.GA.lowest }}", live_figures(score(case), case))[0]
    assert filled == r"\*Low\* \[1\] \<b\>"
