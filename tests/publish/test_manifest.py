"""manifest.json: papers, inputs, versions and checks, in the shape of an in-toto Statement."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.errors import InputError
from pipeline.publish.inputs import InputFile, inputs_digest
from pipeline.publish.manifest import papers_in, read_manifest, write_manifest
from tests.dossiers import make_dossier

INPUTS = (
    InputFile("assessments/2025-26/assessment.yaml", 10, 1, "a" * 64),
    InputFile("evidence/x.pdf", 5, 2, "b" * 64),
)


def made_from_these(path: Path) -> Mapping[str, str]:
    return {"boardpack inputs": inputs_digest(INPUTS)}


def untouched(path: Path) -> bool:
    return True


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


def written(build: Path, **changes) -> dict:
    options = {"read_properties": made_from_these, "is_untouched": untouched} | changes
    return json.loads(write_manifest(build, make_dossier(), INPUTS, **options).read_bytes())


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
    assert predicate["tool"]["libraries"]["docxtpl"]
    assert predicate["framework"] == {
        "id": "hi-icb",
        "version": "1.0",
        "title": "Health inequalities self-assessment framework for an integrated care board",
    }
    assert predicate["checks"]["findings"] == {"blocker": 2, "excepted": 1, "warning": 1, "note": 1}
    assert predicate["checks"]["citations"] == {"found on page": 6, "no quotation": 1}


def test_it_says_which_paper_was_edited_and_which_is_older(build):
    def properties(path: Path) -> Mapping[str, str]:
        return {"boardpack inputs": "other"} if path.name == "board-paper.docx" else made_from_these(path)

    manifest = written(build, read_properties=properties, is_untouched=lambda p: not p.name.startswith("annual"))
    states = {s["name"]: s.get("annotations", {}).get("state") for s in manifest["subject"]}
    assert states == {
        "annual-report-section.docx": "edited after it was made",
        "annual-report-section.html": None,
        "board-paper.docx": "made from other inputs",
        "pack.pdf": None,
    }


def test_the_same_inputs_and_papers_give_the_same_bytes(build, monkeypatch):
    first = write_manifest(build, make_dossier(), INPUTS, made_from_these, untouched).read_bytes()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert write_manifest(build, make_dossier(), INPUTS, made_from_these, untouched).read_bytes() == first


def test_it_reads_back(build):
    manifest = read_manifest(write_manifest(build, make_dossier(), INPUTS, made_from_these, untouched))
    assert manifest.cycle == "2025-26"
    assert manifest.previous == "2024-25"
    assert manifest.inputs["evidence/x.pdf"] == "b" * 64
    assert set(manifest.papers) == {path.name for path in papers_in(build)}


def test_an_input_that_could_not_be_read_has_no_digest(build):
    unread = (InputFile("x", 1, 1, ""),)
    manifest = json.loads(write_manifest(build, make_dossier(), unread, made_from_these, untouched).read_bytes())
    assert manifest["predicate"]["inputs"] == [{"name": "x", "digest": {}, "size": 1}]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"_type": "x"}', "[" * 5000, '{"_type": 1, "predicateType": 2}'])
def test_another_file_is_refused_by_name(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match=r"manifest\.json"):
        read_manifest(tmp_path / "manifest.json")
