"""The title of a document that is not public, in what the cover says: named, and carried by nothing that leaves."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.cli.conftest import Run

CYCLE = "2025-26"
TITLE = "Impact paper on the clinics"
COVER = {
    "organisation": "organisation: NHS Westmarch ICB",
    "paper.title": "  title: Health inequalities self-assessment",
    "paper.meeting": "  meeting: ICB Board",
}


def texts(folder: Path) -> dict[str, str]:
    """All that lies in a folder, what is packed into files too."""
    found = {}
    for path in (p for p in folder.rglob("*") if p.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path.name}: {n}": archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
        else:
            found[path.name] = path.read_text("utf-8", "replace")
    return found


@pytest.mark.parametrize("field", COVER)
def test_a_title_on_the_cover_is_named_and_goes_out_with_nothing(
    run: Run, clean: Workspace, tmp_path: Path, field: str
) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    assessment = clean.cycle_folder(CYCLE) / "assessment.yaml"
    text = assessment.read_text("utf-8")
    assert text.count(f"{COVER[field]}\n") == 1
    assessment.write_text(text.replace(COVER[field], f"{COVER[field]} and {TITLE.upper()}"), "utf-8")

    assert run(clean.root, "build", "board-paper").code == 3
    findings = json.loads((clean.build(CYCLE) / "findings.json").read_text("utf-8"))
    told = [(f["field"], f["severity"], f["evidence"]) for f in findings if f["code"] == "PU701"]
    assert told == [(field, "blocker", "E06")]

    said = [run(clean.root, command) for command in ("publish", "bundle")]
    assert {each.code for each in said} <= {0, 3}, said
    assert any("Left out: board-paper.docx, since " in each.out for each in said)
    bundle = clean.build(CYCLE) / "bundle.zip"
    if bundle.exists():
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(tmp_path / "bundle")
    for folder in (clean.build(CYCLE) / "publish", tmp_path / "bundle"):
        assert [name for name, held in texts(folder).items() if TITLE.casefold() in held.casefold()] == []
