from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from pipeline.evidence import workers
from pipeline.evidence.jobs import Job, Outcome
from pipeline.evidence.worker import work
from pipeline.office.limits import Limits
from tests.evidence.cases import Desk


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in the test's own process, which is quicker; `test_workers.py` tries the others."""

    def run(jobs: Iterable[Job], _: Limits, done: Callable[[], None] = lambda: None) -> dict[Job, Outcome]:
        outcomes = {}
        for job in jobs:
            outcomes[job] = work(job)
            done()
        return outcomes

    monkeypatch.setattr(workers, "run", run)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
