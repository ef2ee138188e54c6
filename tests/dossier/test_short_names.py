"""A statement without a short name is called by its first words, never by its id alone."""

from __future__ import annotations

import pytest

from pipeline.model.framework import Statement
from pipeline.text import first_words

LONG = "The Board reviews, each year, how far spending follows need; and says so in its annual report to the public."


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"short": "Money follows need", "text": LONG}, "Money follows need"),
        ({"text": LONG}, "The Board reviews, each year, how far spending follows need…"),
        ({"text": "Partners are asked."}, "Partners are asked"),
        ({"text": ""}, "GA3"),
    ],
)
def test_a_statement_has_a_name_that_says_something(given, name):
    assert Statement(id="GA3", section="GA", answered_by="both", **given).name == name


@pytest.mark.parametrize("text", [LONG, "x" * 200, "words " * 40, "  two\nlines of it  ", "計画" * 60])
def test_first_words_are_short_and_whole(text):
    shown = first_words(text)
    assert 0 < len(shown) <= 61
    begun = shown.removesuffix("…")
    assert " ".join(text.split()).startswith(begun)
    rest = " ".join(text.split())[len(begun) :]
    assert " " not in text.strip() or not rest or not rest[0].isalnum()
