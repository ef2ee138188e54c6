"""Real documents that others published, and quotations that stand in them, or do not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.model import Case, Citation, Verdict
from tests.evidence.cases import Desk

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not (CORPUS / "cases.csv").is_file(), reason="../shared/corpus is not there")
EXPECTED = {
    "true": Verdict.FOUND,
    "false": Verdict.NOT_FOUND,
    "page-moved": Verdict.FOUND_ELSEWHERE,
    "unreadable": Verdict.NOT_CHECKABLE,
}


def rows() -> list[dict[str, str]]:
    if not (CORPUS / "cases.csv").is_file():
        return []
    with (CORPUS / "cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, list[Citation]]:
    desk = Desk(tmp_path_factory.mktemp("corpus"))
    ids: dict[str, str] = {}
    for row in rows():
        if row["file"] not in ids:
            shutil.copy(CORPUS / row["file"], desk.ws.evidence / row["file"])
            ids[row["file"]] = desk.document(row["file"])
        desk.cite(ids[row["file"]], row["quote"], int(row["page"]) if row["page"] else None)
    return desk.follow(), desk.citations


@pytest.mark.parametrize("number", range(len(rows())), ids=[f"{r['file']}-{r['feature'][:40]}" for r in rows()])
def test_each_quotation_gets_its_verdict(followed: tuple[Case, list[Citation]], number: int) -> None:
    case, citations = followed
    row, seen = rows()[number], case.check_results[citations[number]]
    assert seen.verdict is EXPECTED[row["expected"]], seen
    if row["expected"] == "page-moved":
        assert str(seen.page) == row["correct_page"]
    if row["expected"] == "true" and row["page"] and seen.page:
        assert str(seen.page) == row["page"]
    if row["expected"] == "false" and seen.nearest:
        assert seen.difference
