"""Each of our papers is a Word file that opens, that everyone can read, and in which nothing is left blank."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from openxml_audit import OpenXmlValidator

from pipeline.flow.papers import build_paper, fill_paper
from pipeline.workspace import Workspace
from tests.fill.accessibility import faults
from tests.papers.conftest import CYCLE, SHEETS, THREE, Made

OURS = (*THREE[1:], *SHEETS)


@pytest.mark.parametrize("name", OURS)
def test_it_is_accessible(sample: Made, name: str) -> None:
    assert faults(sample.paper(name).content) == []


@pytest.mark.parametrize("name", OURS)
def test_it_is_sound(sample: Made, name: str) -> None:
    path = sample.ws.build(CYCLE) / f"{name}.docx"
    assert [str(e) for e in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.parametrize("name", OURS)
def test_nothing_is_blank_and_nothing_says_none(sample: Made, name: str) -> None:
    paper = sample.paper(name)
    assert [p for p in paper.paragraphs if p.strip() in ("None", "None.", "nan", "()")] == []
    for table in paper.tables():
        for row in table:
            assert all(cell.strip() for cell in row), row


@pytest.mark.parametrize("name", OURS)
def test_its_title_is_its_own(sample: Made, name: str) -> None:
    paper = sample.paper(name)
    title = re.search(r"<dc:title>(.*?)</dc:title>", paper.parts["docProps/core.xml"].decode())
    assert title and title[1] == paper.styled("Title")[0]
    assert len({sample.paper(n).styled("Title")[0] for n in (*THREE, *SHEETS)}) == 6


def test_the_same_inputs_give_the_same_bytes(sample: Made, changed: Callable[..., Workspace]) -> None:
    ws = changed({})
    build_paper(ws, THREE[1], CYCLE, draft=False)
    fill_paper(ws, THREE[2], CYCLE, draft=False)
    for file in ("baf-annex.docx", "annual-report-section.docx", "annual-report-section.html"):
        assert (ws.build(CYCLE) / file).read_bytes() == (sample.ws.build(CYCLE) / file).read_bytes(), file
