"""Promises that hold for everything of a kind, also for what is added tomorrow."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from pipeline.cli.main import boardpack

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
MAKEFILES = [Path(__file__).parent.parent / name for name in ("Makefile", "pipeline/data/workspace/Makefile")]


@pytest.mark.parametrize("name", sorted(boardpack.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    command: click.Command = boardpack.commands[name]

    assert command.help, f"{name} has no help"
    assert all(isinstance(p, click.Argument) or p.help for p in command.params), f"an option of {name} has no help"
    assert f"`boardpack {name}" in README, f"{name} does not stand in the README"


def test_every_target_of_make_stands_in_the_readme() -> None:
    lines = [line for makefile in MAKEFILES for line in makefile.read_text(encoding="utf-8").splitlines()]
    targets = [line.split(":")[0] for line in lines if " ## " in line and line[0].isalpha()]

    assert len(targets) > 10
    assert [t for t in targets if f"`make {t}" not in README and t != "help"] == []
