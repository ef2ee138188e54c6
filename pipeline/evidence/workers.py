"""Reading processes, and the eye kept on them: each job has its time; one that dies costs only its own file."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Event, Timer

import msgspec

from pipeline.errors import ProgramMissingError
from pipeline.evidence.jobs import Job, Outcome
from pipeline.office.limits import MIB, Limits
from pipeline.workspace import SHIPPED

MOST = 4
ENOUGH, LARGE = 6, 4 * MIB
"""So many documents, or so many bytes, are work for one more process."""
PATIENCE = 6.0
"""Times its computing time that a document may take by the wall's clock: other programs want the machine, too."""
START_UP = 60.0
"""Seconds that a process may take to start, on a machine that is busy."""
ANSWER_SIZE = 64 * MIB
"""An answer that is longer is not one of ours."""
START = "import sys; sys.path[:] = sys.argv[1:]; from pipeline.evidence.worker import main; main()"
"""A process starts twice as fast when it is told where packages lie, and does not look for them itself."""


def run(jobs: Iterable[Job], limits: Limits, done: Callable[[], None] = lambda: None) -> dict[Job, Outcome]:
    """Every job's outcome, spread over processes."""
    waiting = list(jobs)
    outcomes: dict[Job, Outcome] = {}
    if not waiting:
        return outcomes
    workers = [_Worker(limits) for _ in range(_processes(limits, waiting))]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def read(job: Job) -> Outcome:
        worker = idle.get()
        try:
            return worker.read(job)
        finally:
            idle.put(worker)

    try:
        with ThreadPoolExecutor(len(workers)) as threads:
            asked = {threads.submit(read, job): job for job in waiting}
            try:
                for answered in as_completed(asked):
                    outcomes[asked[answered]] = answered.result()
                    done()
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.stop()
                raise
    finally:
        for worker in workers:
            worker.end()
    return outcomes


def _processes(limits: Limits, jobs: Sequence[Job]) -> int:
    """As many as are worth starting: for a handful of small documents one is faster than several."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    worth = 1 + len(jobs) // ENOUGH + sum(job.size for job in jobs) // LARGE
    return min(limits.processes or min(MOST, cores), len(jobs), worth)


class _Worker:
    """One reading process, started when there is a job for it and again after it was ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def read(self, job: Job) -> Outcome:
        """What comes of a job: by an answer, by the death of its process, or by the clock."""
        fresh = self._process is None
        outcome = self._read(job)
        if outcome.passing and not fresh:
            # What went before in that process may have been the trouble: once more in a fresh one.
            self.end()
            outcome = self._read(job)
        return outcome

    def stop(self) -> None:
        """Kill the process while another thread still waits for its answer."""
        self._stopped = True
        process = self._process
        if process is not None:
            process.kill()

    def end(self) -> None:
        """Kill the process, whatever it is doing, and leave nothing of it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()

    def _read(self, job: Job) -> Outcome:
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        with _watched(process, self._limits.seconds * PATIENCE) as late:
            with suppress(OSError):  # a process that is gone is noticed when its answer is read
                pickle.dump(job, process.stdin)
                process.stdin.flush()
            said = process.stdout.readline(ANSWER_SIZE)
        with suppress(msgspec.MsgspecError):
            if said.endswith(b"\n"):
                return msgspec.json.decode(said, type=Outcome)
        self.end()
        if len(said) == ANSWER_SIZE:
            return Outcome(fault="it is too large: reading it gives more than can be kept", passing=True)
        if late.is_set() or process.returncode == -getattr(signal, "SIGXCPU", 0) < 0:
            seconds = f"{self._limits.seconds:g} second{'s' * (self._limits.seconds != 1)}"
            return Outcome(fault=f"it took too long to read (more than {seconds})", passing=True)
        return Outcome(fault="it is damaged or too large: the program that reads it broke down on it", passing=True)

    def _start(self) -> subprocess.Popen[bytes]:
        process = self._process = subprocess.Popen(
            [sys.executable, "-S", "-c", START, str(SHIPPED), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._stopped:
            process.kill()
        assert process.stdout is not None
        with _watched(process, START_UP):
            ready = process.stdout.readline(1)
        if not ready and not self._stopped:  # it never came to the document: no document is to blame
            self.end()
            raise ProgramMissingError(
                "The evidence could not be read: the reading program of boardpack did not start.",
                "Close other programs, see that security software lets Python start Python, and run it again.",
            )
        return process


@contextmanager
def _watched(process: subprocess.Popen[bytes], seconds: float) -> Iterator[Event]:
    """Kill the process after so many seconds by the wall's clock; the event says that it came to that."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
