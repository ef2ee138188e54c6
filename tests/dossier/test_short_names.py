"""A statement without a short name is called by its first words, never by its id alone."""

from __future__ import annotations

import re

import pytest

from pipeline.dossier.reliance import CAVEATS, _caveat
from pipeline.model.framework import Statement
from pipeline.text import first_words
from tests.dossiers import make_dossier

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


def test_each_caveat_is_a_sentence_for_one_and_for_several_statements():
    statements = make_dossier(6).statements
    for kind, (_, words) in CAVEATS.items():
        one, two = _caveat(kind, words, statements[:1]).shown, _caveat(kind, words, statements[:2]).shown
        assert re.match(r"1 statement (rests|cites|was|has) [^|]+: [^:]+\.$", one), one
        assert re.match(r"2 statements (rest|cite|were|have) [^|]+: [^:]+ and [^:]+\.$", two), two
