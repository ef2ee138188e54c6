"""Every code is explained, in words that a governance manager knows; and no message uses words that papers avoid."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pipeline.cli.papers import explain
from pipeline.codes import Explanation, codes
from pipeline.errors import UsageError
from pipeline.inputs.suggest import words
from tests.plain_words import AVOIDED, CODE

IN_THE_CONTRACT = words(
    """
    IN101 IN102 IN103 IN104 IN105 IN106 IN107 IN108 IN109 ST201 ST202 ST203 ST204 ST205 ST206 ST207 ST208
    ST209 ST210 ST211 EV301 EV302 EV303 EV304 EV305 EV306 EV307 EV308 EV309 EV310 EV311 EV312 EV313
    EV314 CI401 CI402 CI403 CI404 CI405 CI406 CI407 CI408 CI409 CI410 CI411 AC501 AC502 AC503 AC504 AC505 AC506 BA601
    BA602 BA603 BA604 BA605 BA606 PU701 PU702 PU703 PU704 PU705 PU706 PU707 PU708 NA801 FU901
    FG901 FG902 FG903 FG904 ND901 ND902 OV101
    """
)


def test_every_code_of_the_contract_is_explained() -> None:
    assert {*IN_THE_CONTRACT} <= {*codes()}


@pytest.mark.parametrize("code", codes())
def test_an_explanation_is_whole_and_plain(code: str) -> None:
    explanation = codes()[code]
    for field in fields(Explanation):
        said = getattr(explanation, field.name)
        assert said.strip()
        if field.name not in ("code", "least"):
            assert not CODE.search(said)
            assert not AVOIDED.search(said), said


def test_an_unknown_code_is_met_with_the_nearest_known_one() -> None:
    with pytest.raises(UsageError, match="EV303"):
        explain.callback("EV33")
