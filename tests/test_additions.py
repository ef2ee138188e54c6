"""The five additions of docs/engineering.md, made in a copy of the tree from its own words, with the files it names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from pipeline.workspace import SHIPPED

PAGE = (SHIPPED / "docs" / "engineering.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### (A.+?)\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECTIONS = {name.strip().lower(): BLOCK.findall(text) for name, text in SECTION.findall(PAGE)}


def add(tree: Path, language: str, name: str, text: str) -> None:
    """Do in the tree what a block says."""
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".docx"):
        template = Document()
        for line in text.splitlines():
            template.add_paragraph(line)
        template.save(str(path))
    elif language == "diff":
        above, *lines = text.rstrip("\n").split("\n")
        there = path.read_text("utf-8")
        assert there.count(f"{above}\n") == 1, f"{name} does not hold this once: {above}"
        assert all(line.startswith("+") for line in lines)
        new = "".join(f"{line[1:]}\n" for line in lines)
        path.write_text(there.replace(f"{above}\n", f"{above}\n{new}"), "utf-8")
    else:
        before = path.read_text("utf-8") + "\n" if path.exists() else ""
        path.write_text(before + text, "utf-8")


@pytest.fixture(scope="module")
def got(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    tree = tmp_path_factory.mktemp("tree")
    unwanted = shutil.ignore_patterns("__pycache__")
    for name in ("pipeline", "templates", "docs", "tests/cases"):
        shutil.copytree(SHIPPED / name, tree / name, ignore=unwanted)
    for name in ("tests/case_workspaces.py", "tests/proofs_of_additions.py", "requirements.lock"):
        shutil.copy(SHIPPED / name, tree / name)
    for blocks in SECTIONS.values():
        for block in blocks:
            add(tree, *block)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.proofs_of_additions", str(tmp_path_factory.mktemp("proofs"))],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    told: dict[str, Any] = json.loads(ran.stdout)
    return told


def test_a_paper_is_one_template(got: dict[str, Any]) -> None:
    assert got["a_paper"] == ["Health inequalities self-assessment", "6 of 6 statements are assessed."]


def test_a_check_finds_its_fault_and_nothing_else(got: dict[str, Any]) -> None:
    assert got["a_check"] == [True, 0, "An indicator without a source"]


def test_a_chart_is_the_same_twice_has_alt_text_and_any_template_may_place_it(got: dict[str, Any]) -> None:
    assert got["a_chart"] == [True, True, "3 of 3 forms are returned.", True, True, ["Figure 1: Forms returned"]]


def test_words_are_found_in_the_new_file_type(got: dict[str, Any]) -> None:
    assert got["an_evidence_file_type"] == ["calendar", 1, ["found on page"]]


def test_a_framework_is_one_file(got: dict[str, Any]) -> None:
    assert got["a_framework"] == ["Named lead", "Minutes"]


def test_the_examples_touch_only_what_the_table_names() -> None:
    table = PAGE.split("## What to touch")[1].split("###")[0]
    rows = dict(re.findall(r"^\| (an? [\w ]+) \| (.*) \|$", table, re.MULTILINE))
    assert rows.keys() == SECTIONS.keys()
    for what, blocks in SECTIONS.items():
        patterns = [re.sub(r"<\w+>", r"[\\w-]+", name) for name in re.findall(r"`([\w<>/.-]+)`", rows[what])]
        for _, file, _ in blocks:
            assert any(re.fullmatch(pattern, file) for pattern in patterns), f"{file} is not in the table's row"
