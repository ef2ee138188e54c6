"""Reading processes, and the eye kept on them: each job has its time; one that dies costs only its own file."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pipeline.evidence.jobs import Job, Outcome, job_to_json, outcome_from_json
from pipeline.evidence.limits import Limits
from pipeline.evidence.worker import LENGTH
from pipeline.workspace import SHIPPED

MOST = 4
ANSWER_SIZE = 64 * 1024 * 1024
"""Bytes: an answer that is longer is not one of ours."""
START = "import sys; sys.path.insert(0, sys.argv[1]); from pipeline.evidence.worker import main; main()"


def run(jobs: Sequence[Job], limits: Limits, done: Callable[[], None] = lambda: None) -> dict[Job, Outcome]:
    """Every job's outcome, spread over processes."""
    outcomes: dict[Job, Outcome] = {}
    # The longest documents first, so that no process is left alone with one at the end.
    waiting = list(jobs)
    workers = [_Worker() for _ in range(min(_processes(limits), len(waiting)))]
    with selectors.DefaultSelector() as selector:
        try:
            for worker in workers:
                worker.begin(waiting.pop(0), selector, limits)
            while any(worker.job for worker in workers):
                for worker, outcome in _finished(workers, selector, limits):
                    assert worker.job is not None
                    outcomes[worker.job] = outcome
                    worker.job = None
                    done()
                    if waiting:
                        worker.begin(waiting.pop(0), selector, limits)
        finally:
            for worker in workers:
                worker.stop(selector)
    return outcomes


def _processes(limits: Limits) -> int:
    return limits.processes or min(MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2)


@dataclass
class _Worker:
    process: subprocess.Popen[bytes] | None = None
    job: Job | None = None
    deadline: float = 0.0
    heard: bytes = b""

    def begin(self, job: Job, selector: selectors.BaseSelector, limits: Limits) -> None:
        """Hand over a job, to a fresh process where there is none."""
        if self.process is None:
            self._start(selector)
        assert self.process is not None and self.process.stdin is not None
        self.job, self.heard = job, b""
        self.deadline = time.monotonic() + limits.seconds
        message = job_to_json(job)
        with suppress(BrokenPipeError):  # a process that is gone is noticed when its answer is read
            self.process.stdin.write(LENGTH.pack(len(message)) + message)
            self.process.stdin.flush()

    def _start(self, selector: selectors.BaseSelector) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, str(SHIPPED)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout is not None
        selector.register(self.process.stdout, selectors.EVENT_READ, self)

    def hear(self, selector: selectors.BaseSelector) -> Outcome | None:
        """Take what the process has said; its outcome once that is whole."""
        assert self.process is not None and self.process.stdout is not None
        piece = os.read(self.process.stdout.fileno(), 1 << 20)
        if not piece:
            return self._died(selector)
        self.heard += piece
        if len(self.heard) < LENGTH.size:
            return None
        length = LENGTH.unpack(self.heard[: LENGTH.size])[0]
        if length > ANSWER_SIZE:
            self.stop(selector)
            return Outcome(fault="it is too large: reading it gives more than can be kept", passing=True)
        if len(self.heard) < LENGTH.size + length:
            return None
        return outcome_from_json(self.heard[LENGTH.size :])

    def _died(self, selector: selectors.BaseSelector) -> Outcome:
        self.stop(selector)
        return Outcome(fault="it is damaged or too large: the program that reads it broke down on it", passing=True)

    def stop(self, selector: selectors.BaseSelector) -> None:
        """End the process, whatever it is doing."""
        if self.process is None:
            return
        assert self.process.stdin is not None and self.process.stdout is not None
        selector.unregister(self.process.stdout)
        self.process.kill()
        self.process.wait()
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.process = None


def _finished(
    workers: Sequence[_Worker], selector: selectors.BaseSelector, limits: Limits
) -> Iterator[tuple[_Worker, Outcome]]:
    """The workers that are done, by an answer, by dying, or by the clock."""
    first = min(worker.deadline for worker in workers if worker.job)
    for key, _ in selector.select(max(0.0, first - time.monotonic())):
        worker: _Worker = key.data
        outcome = worker.hear(selector)
        if outcome is not None and worker.job:
            yield worker, outcome
    for worker in workers:
        if worker.job and time.monotonic() > worker.deadline:
            worker.stop(selector)
            fault = f"it took too long to read (more than {limits.seconds:g} seconds)"
            yield worker, Outcome(fault=fault, passing=True)
