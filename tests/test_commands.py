"""A command that people are told to give is one that works with make and without."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.workspace import SHIPPED
from tests.case_workspaces import make_workspace
from tests.cli.conftest import Run, run  # noqa: F401

MAKEFILE = (SHIPPED / "pipeline/data/workspace/Makefile").read_text("utf-8")
TARGETS = re.findall(r"^([a-z-]+):.* ## ", MAKEFILE, re.MULTILINE)
MODULES = sorted((SHIPPED / "pipeline").rglob("*.py"))


def docstrings(tree: ast.AST) -> set[int]:
    """The texts that nobody is shown."""
    return {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}


def told(module: Path) -> Iterator[str]:
    """Every text in a module that may be shown to a user."""
    tree = ast.parse(module.read_text("utf-8"))
    aside = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(SHIPPED)))
def test_no_message_names_make_alone(module: Path) -> None:
    """Whoever has no make is told of boardpack: `command` words the two together."""
    named = re.compile(rf"`make \w|\bmake (?:{'|'.join(TARGETS)}) [A-Z]+=")
    assert [text for text in told(module) if named.search(text) and "(or `make " not in text] == []


def calls() -> Iterator[tuple[str, str]]:
    """The words and the target that are given to `command` where both are plain texts."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "command":
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                if len(texts) == len(node.args) == 2:
                    yield texts[0], texts[1]


def test_the_two_commands_of_a_message_are_one() -> None:
    pairs = list(calls())
    assert len(pairs) > 2
    for words, target in pairs:
        recipe = re.search(rf"^{target}:.*\n\t\$\(RUN\) (.*)$", MAKEFILE, re.MULTILINE)
        assert recipe and recipe[1].startswith(words), (words, target)


def test_whoever_has_no_make_is_told_what_to_type(run: Run, tmp_path: Path) -> None:  # noqa: F811
    ws = make_workspace(tmp_path / "faulty", "words-altered")
    said = run(ws.root, "check")
    assert "`boardpack build board-paper --draft` (or `make board-paper DRAFT=1`)" in said.err


def test_a_paper_is_verified_by_its_name_as_the_documents_say(run: Run, tmp_path: Path) -> None:  # noqa: F811
    ws = make_workspace(tmp_path / "clean")
    assert run(ws.root, "build", "board-paper").code == 0
    assert run(ws.root, "verify", "board-paper.docx").code == 0
    assert run(ws.root, "verify", "no-such-paper.docx").code == 2
