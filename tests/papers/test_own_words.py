"""Our own sentences keep to the words that the papers use; what people wrote is theirs."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import Any

import pytest

from pipeline.dossier.example import example_dossier
from pipeline.dossier.views import Dossier
from pipeline.model.rebuild import rebuild
from pipeline.papers import filled
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.fill.reading import Paper
from tests.fill.samples import full_dossier
from tests.papers.conftest import THREE, Made

# The left-hand column of the words that papers do not use. A risk has a score and its assurance a rating.
NOT_OURS = re.compile(
    r"\b(verified|average|improved|deteriorated|assured|full assurance|robust|significant progress|on track|compliant|"
    r"proves|confirms|demonstrates|failed|worst|best|(?<!document )(?<!Document )only|disagrees|no issues|"
    r"0 statements|override|blocker|because|due to|led to|hard to reach|the vulnerable|deprived people|BAME|None)\b|"
    r"\b[A-Z]{2}\d{3}\b"
)
STANDING = (
    "This is the ICB's own assessment (first line). It has not been independently tested except where stated.",
    "Levels describe how mature our approach is; they are not a finding on whether a legal duty has been met.",
    "'Found on the page' means that the words quoted stand in the document cited; it does not mean that they prove the "
    "level.",
    "its wording is our own; it is not the framework published by the NHS Confederation.",
)


def our_words_alone() -> Dossier:
    """A dossier in which people wrote nothing of their own, so that what is read was said by us."""
    every = example_dossier()
    full = full_dossier(45, audience="public")
    return dataclasses.replace(
        full,
        cover=dataclasses.replace(full.cover, conflicts_of_interest="", implications=()),
        risks=tuple(
            dataclasses.replace(r, statements=("GA1", "GA2"), suggestions=every.risks[0].suggestions)
            for r in every.risks
        ),
        funding=every.funding,
        indicators=every.indicators,
        schemes=every.schemes,
        money=every.money,
        narratives={},
        exceptions=(),
        include_levels=True,
        sections=rebuild(full.sections, view=_silent),
        actions=tuple(dataclasses.replace(a, action="Act.", measure="Measured.", progress="") for a in full.actions),
    )


def _silent(view: Any) -> Any:
    silent = {"comment": "Said.", "text": "Text.", "prompt": "Asked?", "quotation": "words", "context": "", "short": ""}
    names = {f.name for f in dataclasses.fields(view)} & silent.keys()
    return dataclasses.replace(view, **{n: silent[n] or getattr(view, "id", "") for n in names})


@pytest.mark.parametrize("name", THREE)
@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_our_own_sentences_keep_to_our_words(name: str, draft: bool) -> None:
    dossier = dataclasses.replace(our_words_alone(), findings=())
    content = filled(name, dossier, SHIPPED_TEMPLATES / f"{name}.docx", draft=draft)
    said = [p for p in Paper(content).paragraphs if p.strip()]

    assert len(said) > 60
    assert [p for p in said if NOT_OURS.search(p)] == []


@pytest.mark.parametrize("name", ["baf-annex", "annual-report-section"])
def test_a_level_is_never_called_a_score_and_never_a_decimal(name: str) -> None:
    content = filled(name, our_words_alone(), SHIPPED_TEMPLATES / f"{name}.docx")
    for said in Paper(content).paragraphs:
        if re.search(r"\bscores?\b", said):
            assert "risk" in said.lower() or name == "baf-annex", said
        assert not re.search(r"level[^.]*\b\d\.\d\b", said), said


@pytest.mark.parametrize("name", THREE)
def test_the_sentences_that_always_stand_do(sample: Made, name: str) -> None:
    text = sample.paper(name).text.replace("’", "'").replace("‘", "'")
    for sentence in STANDING:
        assert sentence in text, sentence


def test_no_code_of_a_finding_stands_in_a_paper(sample: Made) -> None:
    for name in THREE:
        codes = {f.code for f in sample.dossier.findings}
        assert [c for c in codes if re.search(rf"\b{c}\b", sample.paper(name).everything)] == []


def test_dates_are_written_in_words(sample: Made) -> None:
    day = sample.dossier.cover.date
    assert isinstance(day, datetime.date)
    for name in THREE:
        assert not re.search(r"\b\d{4}-\d\d-\d\d\b", sample.paper(name).text)
