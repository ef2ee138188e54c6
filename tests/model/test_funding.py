"""A funding row names its scheme by the scheme's id, by its name written out, or by its own id."""

from __future__ import annotations

import pytest

from pipeline.model import Funding, Place


def row(ident: str, scheme: str) -> Funding:
    return Funding(
        id=ident, scheme=scheme, year="", category="pilot", place_name="", amount=None, ringfenced="", recurrent="",
        redirected="", decision="", decided_by="", basis="", method="", evaluation="", ends=None, statements=(),
        place=Place(""),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ident", "scheme", "pays"),
    [
        ("F01", "warm-homes", True),
        ("F01", "Warm homes", True),
        ("F01", "WARM_HOMES", True),
        ("warm-homes", "Referral of cold homes", True),
        ("F01", "Warm homes referral", False),
        ("F01", "", False),
    ],
)
def test_it_pays_for_the_scheme_that_it_names(ident: str, scheme: str, pays: bool) -> None:
    assert row(ident, scheme).pays_for("warm-homes") is pays
