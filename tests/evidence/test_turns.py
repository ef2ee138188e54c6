"""Words that run on over the turn of a page are found; half of a word that the turn breaks is none."""

from __future__ import annotations

import pytest

from pipeline.model import Verdict
from tests.evidence.test_properties import FOUND, seen

HEAD = "Health Equity Strategy 2025"


def furnished(*bodies: str) -> list[str]:
    """Pages with a header and a footer each."""
    return [f"{HEAD}\n{body}\nNHS Example ICB, page {n} of {len(bodies)}" for n, body in enumerate(bodies, 1)]


BROKEN = "The year closed with an under-", "spend of £5m in all\nand more words after it", "The last page of the report"


@pytest.mark.parametrize("drawn", [list(BROKEN), furnished(*BROKEN)], ids=["bare", "with header and footer"])
def test_half_of_a_word_that_the_turn_breaks_is_not_quoted(drawn: list[str]) -> None:
    for quotation in ("spend of £5m", "spend of £5m in all", "closed with an under"):
        assert seen(drawn, quotation, 2).verdict is Verdict.NOT_FOUND
    for quotation in ("an underspend of £5m", "under-spend of £5m in all", "more words after it"):
        assert seen(drawn, quotation, 1).verdict in FOUND


def test_a_half_that_is_whole_elsewhere_on_the_page_is_found() -> None:
    drawn = furnished(BROKEN[0], f"{BROKEN[1]}\nA spend of £5m was planned", BROKEN[2])
    assert seen(drawn, "spend of £5m", 2).verdict is Verdict.FOUND
