"""Names that Windows cannot make get others in the bundle; its README, its maker and verify.py know both."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.flow.publishing import bundle_cycle
from pipeline.publish.bundle.names import renamed, safe_names
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace
from tests.cli.conftest import Run, run  # noqa: F401  a fixture

CYCLE = "2025-26"
DEEP = "/".join(["a folder with a rather long name"] * 7)
ODD = (
    "NUL.txt",
    "com1.minutes.txt",
    "What next? notes.txt",
    "10:30 visit.txt",
    "ends in a dot./visit.txt",
    "ends in a space /visit.txt",
    "Visits/plan.txt",
    "visits/Plan.txt",
    f"{DEEP}/visit.txt",
)
CANNOT_BE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def windows_can_make(path: str) -> bool:
    parts = path.split("/")
    devices = any(part.partition(".")[0].strip().casefold() in DEVICES for part in parts)
    return len(path) <= 160 and not devices and not any(CANNOT_BE.search(part) for part in parts)


def one_name_there(paths: list[str]) -> set[str]:
    """What is left of them where capitals and the writing of accents make no difference."""
    return {unicodedata.normalize("NFC", path).upper() for path in paths}


@pytest.mark.parametrize("name", ["minutes.txt", "console.txt", "auxiliary/plan.pdf", "a.b.c", ".hidden", "Ärzte/é.md"])
def test_a_name_that_can_be_made_stays(name: str) -> None:
    assert renamed(safe_names([name])) == {}


def test_the_file_whose_name_can_be_made_keeps_it() -> None:
    assert safe_names(["a/what?.txt", "a/what_.txt"]) == {
        "a/what_.txt": "a/what_.txt",
        "a/what?.txt": "a/what_ (2).txt",
    }


def test_folders_that_differ_in_capitals_are_two_folders() -> None:
    names = safe_names(["Sub/one.txt", "sub/two.txt"])
    assert len({name.split("/")[0].casefold() for name in names.values()}) == 2


PIECES = st.text(st.sampled_from("aAbBé.? :*con1LPT" + "e\u0301"), min_size=1, max_size=12).filter(
    lambda piece: piece not in (".", "..")
)


@given(
    st.sets(st.lists(PIECES, min_size=1, max_size=3).map(lambda pieces: "/".join(["evidence", *pieces])), max_size=8)
)
def test_any_names_become_different_ones_that_can_be_made(paths: set[str]) -> None:
    files = {path for path in paths if not any(other.startswith(f"{path}/") for other in paths)}
    names = safe_names(files)
    assert names.keys() == files
    assert [name for name in names.values() if not windows_can_make(name)] == []
    assert len(one_name_there(list(names.values()))) == len(files)


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with public documents that Windows could not hold."""
    made = make_workspace(tmp_path_factory.mktemp("names") / "ws")
    rows = ""
    for number, name in enumerate(ODD, 60):
        path = made.evidence / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Note {number} of the visits to the ward in January.", encoding="utf-8")
        rows += (
            f"E{number},Note {number} of the visits,{name},Director,2026-01-12,2026-12-31,public,report,1,,,approved,\n"
        )
    register = made.evidence / "register.csv"
    register.write_text(register.read_text(encoding="utf-8") + rows, encoding="utf-8")
    return made


@pytest.mark.skipif(os.name == "nt", reason="these files cannot be made there")
@pytest.mark.parametrize("everything", [False, True], ids=["public", "all"])
def test_every_document_is_in_the_bundle_and_can_be_checked(ws: Workspace, tmp_path: Path, everything: bool) -> None:
    bundle = bundle_cycle(ws, CYCLE, everything=everything).bundle

    with zipfile.ZipFile(bundle.path) as archive:
        names, readme = archive.namelist(), archive.read("README.txt").decode()
        archive.extractall(tmp_path)
        page = html.fromstring(archive.read(f"build/{CYCLE}/trail.html"))
    assert [name for name in names if not windows_can_make(name)] == []
    assert len(one_name_there(names)) == len(names)
    for number, name in enumerate(ODD, 60):
        there = bundle.renamed.get(f"evidence/{name}", f"evidence/{name}")
        assert (tmp_path / there).read_text(encoding="utf-8").startswith(f"Note {number} ")
        if there != f"evidence/{name}":
            assert f"evidence/{name}  is  {there}" in readme
    assert len(bundle.renamed) == len(ODD) - 1  # of two that differ in capitals one keeps its name
    links = {
        unquote(link.get("href")).partition("#")[0] for link in page.iter("a") if "evidence/" in link.get("href", "")
    }
    assert links and {link for link in links if not (tmp_path / "build" / CYCLE / link).exists()} == set()
    for where in (bundle.path, tmp_path):
        words = [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(where)]
        checked = subprocess.run(words, capture_output=True, text=True, check=False)
        assert "no difference found" in checked.stdout, checked.stdout


@pytest.mark.skipif(os.name == "nt", reason="these files cannot be made there")
def test_a_renamed_input_that_is_not_the_one_listed_is_named(ws: Workspace, tmp_path: Path) -> None:
    import hashlib
    import json

    bundle = bundle_cycle(ws, CYCLE, everything=True).bundle
    with zipfile.ZipFile(bundle.path) as archive:
        archive.extractall(tmp_path)
    there = bundle.renamed["evidence/NUL.txt"]
    old = hashlib.sha256((tmp_path / there).read_bytes()).hexdigest()
    (tmp_path / there).write_text("Other words.", encoding="utf-8")
    new = hashlib.sha256((tmp_path / there).read_bytes()).hexdigest()
    crate = tmp_path / "ro-crate-metadata.json"
    content = json.loads(crate.read_text(encoding="utf-8").replace(old, new))
    old_crate = hashlib.sha256(crate.read_bytes()).hexdigest()
    crate.write_text(json.dumps(content), encoding="utf-8")
    sums = tmp_path / "checksums.sha256"
    text = sums.read_text(encoding="utf-8").replace(old_crate, hashlib.sha256(crate.read_bytes()).hexdigest())
    sums.write_text(text.replace(old, new), encoding="utf-8")

    words = [sys.executable, "-I", "-S", str(tmp_path / "verify.py")]
    checked = subprocess.run(words, capture_output=True, text=True, check=False)

    assert checked.returncode == 1
    assert f"{there} is not the input that build/{CYCLE}/manifest.json lists." in checked.stdout


@pytest.mark.skipif(os.name == "nt", reason="these files cannot be made there")
def test_who_makes_it_is_told(run: Run, ws: Workspace) -> None:  # noqa: F811
    said = run(ws.root, "bundle")
    assert "since Windows cannot make the name: evidence/NUL.txt is evidence/NUL_.txt" in said.out
