"""manifest.json: papers, inputs, versions and checks, in the shape of an in-toto Statement."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.inputs.scan import InputFile, inputs_digest
from pipeline.publish.manifest import papers_in, read_manifest, write_manifest
from tests.dossiers import make_dossier

INPUTS = (
    InputFile("assessments/2025-26/assessment.yaml", 10, 1, "a" * 64),
    InputFile("evidence/x.pdf", 5, 2, "b" * 64),
)


@pytest.fixture
def build(tmp_path: Path) -> Path:
    for name in (
        "board-paper.docx",
        "pack.pdf",
        "annual-report-section.docx",
        "annual-report-section.html",
        "check-report.html",
        "trail.html",
        "trail.csv",
        "dossier.json",
        "~$ard-paper.docx",
    ):
        (tmp_path / name).write_text(name)
    return tmp_path


def write(build: Path, inputs: tuple[InputFile, ...] = INPUTS) -> Path:
    return write_manifest(build, make_dossier(), inputs, papers_in(build))


def written(build: Path) -> dict:
    return json.loads(write(build).read_bytes())


def test_the_papers_that_lie_there_are_the_subjects(build):
    manifest = written(build)
    assert manifest["_type"] == "https://in-toto.io/Statement/v1"
    assert [s["name"] for s in manifest["subject"]] == [
        "annual-report-section.docx",
        "annual-report-section.html",
        "board-paper.docx",
        "pack.pdf",
    ]
    digest = hashlib.sha256(b"board-paper.docx").hexdigest()
    assert manifest["subject"][2]["digest"] == {"sha256": digest}


def test_inputs_versions_and_checks_are_the_predicate(build):
    predicate = written(build)["predicate"]
    assert predicate["audience"] == "internal"
    assert predicate["cycle"] == "2025-26"
    assert predicate["inputs"][1] == {"name": "evidence/x.pdf", "digest": {"sha256": "b" * 64}, "size": 5}
    assert predicate["inputs_digest"] == inputs_digest(INPUTS)
    assert predicate["tool"]["version"] == __version__
    assert predicate["tool"]["name"] == "boardpack"
    assert {"docxtpl", "markdown-it-py", "pikepdf"} <= predicate["tool"]["libraries"].keys()
    assert "not installed" not in predicate["tool"]["libraries"].values()
    assert predicate["framework"] == {
        "id": "hi-icb",
        "version": "1.0",
        "title": "Health inequalities self-assessment framework for an integrated care board",
    }
    assert predicate["checks"]["findings"] == {"blocker": 2, "excepted": 1, "warning": 1, "note": 1}
    assert predicate["checks"]["citations"] == {"found on page": 6, "no quotation": 1}


def test_an_entry_is_made_by_what_makes_the_paper_and_by_nothing_else(build):
    before = {s["name"]: s for s in written(build)["subject"]}
    (build / "board-paper.docx").write_text("edited by a person")
    (build / "notes.docx").write_text("put there by a person")
    (build / "pack.pdf").unlink()

    later = replace(make_dossier(), inputs_digest="f" * 64)
    write_manifest(build, later, INPUTS, [build / "annual-report-section.docx"])

    after = {s["name"]: s for s in json.loads((build / "manifest.json").read_bytes())["subject"]}
    assert after["board-paper.docx"] == before["board-paper.docx"]
    assert after["annual-report-section.docx"]["annotations"] == {"inputs_digest": "f" * 64}
    assert after.keys() == before.keys() - {"pack.pdf"}


def test_the_same_inputs_and_papers_give_the_same_bytes(build, monkeypatch):
    first = write(build).read_bytes()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert write(build).read_bytes() == first


def test_it_reads_back(build):
    manifest = read_manifest(write(build))
    assert manifest.cycle == "2025-26"
    assert manifest.previous == "2024-25"
    assert manifest.inputs["evidence/x.pdf"] == "b" * 64
    assert set(manifest.papers) == {path.name for path in papers_in(build)}


def test_an_input_that_could_not_be_read_has_no_digest(build):
    unread = (InputFile("x", 1, 1, ""),)
    manifest = json.loads(write(build, unread).read_bytes())
    assert manifest["predicate"]["inputs"] == [{"name": "x", "digest": {}, "size": 1}]


def test_a_name_that_is_no_proper_text_is_written_all_the_same(build):
    manifest = write(build, (InputFile("evidence/x\udcff.pdf", 1, 1, "c" * 64),)).read_bytes()
    assert '"evidence/x\ufffd.pdf"'.encode() in manifest


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"_type": "x"}', "[" * 5000, '{"_type": 1, "predicateType": 2}'])
def test_another_file_is_refused_by_name(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match=r"manifest\.json"):
        read_manifest(tmp_path / "manifest.json")
