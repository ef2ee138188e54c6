"""The same work on a Dask cluster: the same answers, and one bad file still costs only itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.evidence.cut import cut_pages
from pipeline.evidence.folder import digest
from pipeline.evidence.pictures import pictures_of
from pipeline.evidence.search import search
from tests.evidence import hostile
from tests.evidence.cases import Desk
from tests.evidence.made_office import docx
from tests.evidence.made_pdf import pdf

distributed = pytest.importorskip(
    "distributed", reason="the cluster extra is not installed: pip install boardpack[cluster]"
)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Two workers on this machine."""
    os.environ["DASK_DISTRIBUTED__WORKER__DAEMON"] = "False"
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def fill(desk: Desk) -> None:
    for n in range(12):
        evidence = desk.document(f"{n}.pdf", pdf([f"Minute {n} was agreed."]))
        desk.cite(evidence, f"Minute {n} was agreed", 1)
        desk.cite(evidence, f"Minute {n + 1} was agreed", 1)
    desk.cite(desk.document("bad.pdf", hostile.PNG), "words", 1)
    desk.cite(desk.document("plan.docx", docx("The Board agreed the plan.")), "agreed the plan")


def test_a_cluster_gives_the_answers_that_this_machine_gives(desk: Desk, scheduler: str) -> None:
    import shutil

    fill(desk)
    here = desk.follow()
    shutil.rmtree(desk.ws.library)
    told: list[tuple[int, int]] = []
    there = desk.follow(scheduler=scheduler, progress=lambda done, of: told.append((done, of)))
    assert there == here
    assert told[-1] == (14, 14)
    assert list(desk.ws.library.rglob("*.json")), "what the cluster read is kept for the next run"


def test_an_address_where_nothing_answers_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.evidence import resolver

    monkeypatch.setattr(resolver, "PATIENCE", 1)
    fill(desk)
    with pytest.raises(UsageError, match="No Dask scheduler answers at tcp://127.0.0.1:9"):
        desk.follow(scheduler="tcp://127.0.0.1:9")


def test_searching_drawing_and_cutting_pages_go_to_the_cluster_too(desk: Desk, scheduler: str) -> None:
    fill(desk)
    found = search(desk.ws, desk.register, "minute agreed", scheduler=scheduler)
    assert len({hit.evidence for hit in found.hits}) == 12
    asked = {(f"{n}.pdf", digest(desk.ws.evidence / f"{n}.pdf")): [1] for n in range(12)}
    assert len(pictures_of(desk.ws, asked, scheduler=scheduler)) == 12
    wanted = {file: (file, sha256, pages) for (file, sha256), pages in asked.items()}
    assert all(isinstance(made, Path) for made in cut_pages(desk.ws, wanted, scheduler=scheduler).values())


@pytest.mark.parametrize(
    "words",
    [
        ("build", "board-paper"),
        ("bundle",),
        ("trail",),
        ("evidence-pack",),
        ("search", "strategy"),
        ("suggest", "GA1"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_reads_evidence_takes_a_cluster(
    tmp_path: Path, scheduler: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.cli import main
    from pipeline.evidence import resolver
    from tests.case_workspaces import make_workspace

    ws = make_workspace(tmp_path / "ws")
    read: list[int] = []
    there = resolver.run
    monkeypatch.setattr(
        resolver, "run", lambda address, jobs, *rest: read.append(len(jobs)) or there(address, jobs, *rest)
    )
    with pytest.raises(SystemExit) as left:
        main(["--root", str(ws.root), *words, "--scheduler", scheduler])
    assert left.value.code in (0, None)
    assert sum(read) > 0, "the cluster did the reading"
