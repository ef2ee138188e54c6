"""A form that did not change is not read again; whoever asks gets what reading it would give."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.forms import responses
from pipeline.model import Severity
from tests.read.making import HERE, RESPONSES, TEAM, gather, gather_from, make


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, by name."""
    files: list[str] = []
    truly = responses.read_form

    def noted(content: bytes, file: str, *rest: object) -> responses.ReturnedForm:
        files.append(Path(file).name)
        return truly(content, file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(responses, "read_form", noted)
    return files


def test_only_the_form_that_changed_is_read_again(tmp_path: Path, read: list[str]) -> None:
    before = gather(tmp_path)
    assert sorted(read) == ["board.csv", "team.csv", "vcse.csv"]
    read.clear()
    assert gather(tmp_path) == before and read == []
    after = gather(tmp_path, {TEAM: f"{RESPONSES}A1,Low,Written anew.,\n"})
    assert read == ["team.csv"] and after.forms[0].answers[0].comment == "Written anew."
    assert after.forms[1:] == before.forms[1:]


def test_findings_in_a_form_are_found_in_every_run(tmp_path: Path) -> None:
    rows = f"{RESPONSES}A1,Low,Why.,,more than there are columns\nA9,Low,An unknown statement.,\n"
    first = gather(tmp_path, {TEAM: rows}).faults
    assert {f.code for f in first} >= {"IN102"} and gather(tmp_path, {TEAM: rows}).faults == first


def test_a_form_is_read_again_where_what_it_is_read_against_changed(tmp_path: Path, read: list[str]) -> None:
    ws = make(tmp_path)
    gather_from(ws)
    read.clear()
    framework = tmp_path / HERE / "small.yaml"
    framework.write_text(framework.read_text("utf-8").replace("Middling", "Medium"), "utf-8")
    assert [a.level for a in gather_from(ws).forms[0].answers if a.level_text == "Middling"] == [None]
    assert "team.csv" in read


def test_what_weighs_less_for_a_partner_does_so_from_what_is_kept(tmp_path: Path) -> None:
    """The same bytes from the team and from a partner: each keeps its own weight."""
    rows = f"{RESPONSES}A9,Low,An unknown statement.,\n"
    changes: dict[str, str | bytes | None] = {TEAM: rows, f"{HERE}/responses/vcse.csv": rows}
    for _ in range(2):
        weights = {f.respondent: f.severity for f in gather(tmp_path, changes).faults if f.code == "IN102"}
        assert weights == {"team": Severity.BLOCKER, "vcse": Severity.WARNING}


def test_a_damaged_record_costs_time_and_nothing_else(tmp_path: Path, read: list[str]) -> None:
    before = gather(tmp_path)
    for record in (tmp_path / "build").rglob("*.form.*"):
        record.write_bytes(record.read_bytes()[:-20])
    read.clear()
    assert gather(tmp_path) == before and len(read) == 3
