"""The same work on a Dask cluster, for evidence that outgrows one machine.

Its machines have this package installed and see the workspace under the same path. Each takes a few documents at a
time and reads them as this machine would: in a process of their own, with the same limits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import ProgramMissingError, UsageError
from pipeline.evidence import workers
from pipeline.evidence.jobs import Job, Outcome
from pipeline.evidence.limits import Limits

TOGETHER = 8
"""Documents that one task reads: enough that starting a process does not weigh."""
PATIENCE = 10
"""Seconds to wait for the scheduler."""


def run(
    scheduler: str, jobs: Sequence[Job], limits: Limits, done: Callable[[], None] = lambda: None
) -> dict[Job, Outcome]:
    """Every job's outcome, from the cluster at this address."""
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        raise ProgramMissingError(
            "The package `distributed` is needed to read evidence on a cluster, and it is not installed.",
            "Install it with `pip install 'boardpack[cluster]'`, or leave out --scheduler to read here.",
        ) from error
    try:
        client: Any = Client(scheduler, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {scheduler}.", "Check the address, or leave out --scheduler to read here."
        ) from error
    outcomes: dict[Job, Outcome] = {}
    with client:
        parcels = [list(jobs[at : at + TOGETHER]) for at in range(0, len(jobs), TOGETHER)]
        futures: Any = as_completed(client.map(read_here, parcels, pure=False), loop=client.loop)  # type: ignore[no-untyped-call]
        for future in futures:
            if future.status == "finished":
                outcomes.update(future.result())
                for _ in future.result():
                    done()
    # What a machine of the cluster could not do for reasons of its own is done here.
    missing = [job for job in jobs if job not in outcomes]
    return {**outcomes, **workers.run(missing, limits, done)}


def read_here(jobs: Sequence[Job]) -> dict[Job, Outcome]:
    """What one machine of the cluster does: one document after the other, watched over as always."""
    return workers.run(jobs, replace(jobs[0].limits, processes=1))
