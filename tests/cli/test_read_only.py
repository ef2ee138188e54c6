"""Commands that answer a question do so where nothing can be written."""

from __future__ import annotations

import pytest

from pipeline.errors import OutputError
from pipeline.workspace import Workspace
from tests.cli.conftest import Run


def test_a_trail_is_told_where_nothing_can_be_written(
    run: Run, clean: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OutputError("build/ cannot be written: Read-only file system.")

    monkeypatch.setattr("pipeline.flow.judging.write_judgement", refuse)

    said = run(clean.root, "trail", "GA1")

    assert said.code == 0 and "GA1" in said.out
    assert "Nothing was written: build/ cannot be written" in said.err
