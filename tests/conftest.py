"""The same examples in every run: a run that fails can be looked at again. And nothing is read twice to no purpose."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.workspace import Workspace

settings.register_profile("the same each time", derandomize=True, deadline=None)
settings.load_profile("the same each time")

JUDGING = ("check", "dossier", "papers")
"""The folders of tests for which documents and forms need only be read once."""


def shared(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that all processes of this run share."""
    root = factory.getbasetemp()
    return (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / name


@pytest.fixture(autouse=True)
def kept_for_all(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of a document or form, kept for all the copies of it that tests make; by digest, as always."""
    if request.path.parent.name in JUDGING:
        monkeypatch.setattr(Workspace, "library", shared(tmp_path_factory, "library"))


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Programs that tests start find their code compiled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(shared(tmp_path_factory, "compiled")))
        yield
