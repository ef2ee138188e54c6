"""Commands as a person types them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.workspace import Workspace
from tests.case_workspaces import make_workspace


@dataclass(frozen=True)
class Said:
    """What a command said and how it left."""

    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return (self.out + self.err).strip().splitlines()[-1]


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command of boardpack on a workspace."""

    def run_it(root: Path, *words: str) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["--root", str(root), *words])
        told = capsys.readouterr()
        return Said(int(left.value.code or 0), told.out, told.err)

    return run_it


@pytest.fixture
def clean(tmp_path: Path) -> Workspace:
    """A small workspace with nothing wrong in it."""
    return make_workspace(tmp_path / "clean")


@pytest.fixture
def faulty(tmp_path: Path) -> Workspace:
    """The same, with an altered quotation."""
    return make_workspace(tmp_path / "faulty", "words-altered")
