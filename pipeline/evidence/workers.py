"""Reading processes, and the eye kept on them: each job has its time; one that dies costs only its own file."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from pipeline.evidence.jobs import Job, Outcome, job_to_json, outcome_from_json
from pipeline.evidence.worker import LENGTH
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
    waiting = deque(jobs)
    outcomes: dict[Job, Outcome] = {}
    workers = [_Worker(limits) for _ in range(_processes(limits, waiting))]
    try:
        while waiting or any(worker.job for worker in workers):
            for worker in workers:
                if worker.job is None and waiting:
                    worker.begin(waiting.popleft())
            for worker in _heard_from(workers):
                job, outcome = worker.finish()
                if job is None or outcome is None:
                    continue
                if outcome.passing and worker.used:
                    # What went before in that process may have been the trouble: once more in a fresh one.
                    worker.stop()
                    waiting.appendleft(job)
                    continue
                outcomes[job] = outcome
                worker.used = True
                done()
    finally:
        for worker in workers:
            worker.stop()
    return outcomes


def _processes(limits: Limits, jobs: Sequence[Job]) -> int:
    """As many as are worth starting: for a handful of small documents one is faster than several."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    worth = 1 + len(jobs) // ENOUGH + sum(job.size for job in jobs) // LARGE
    return min(limits.processes or min(MOST, cores), len(jobs), worth)


def _heard_from(workers: Iterable[_Worker]) -> list[_Worker]:
    """The workers that have said something, have died, or are out of time."""
    busy = [worker for worker in workers if worker.job]
    with selectors.DefaultSelector() as selector:
        for worker in busy:
            selector.register(worker.stdout, selectors.EVENT_READ, worker)
        patience = min(worker.deadline for worker in busy) - time.monotonic()
        heard = {id(key.data) for key, _ in selector.select(max(0.0, patience))}
    return [worker for worker in busy if id(worker) in heard or worker.is_late()]


class _Worker:
    """One reading process, started when there is a job for it and again after it was stopped."""

    def __init__(self, limits: Limits) -> None:
        self.job: Job | None = None
        self.deadline = 0.0
        self.used = False
        """Whether the process has read other files before."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False
        self._said = b""
        self._code = 0
        """How the last process ended."""

    @property
    def stdout(self) -> int:
        """Where it answers."""
        assert self._process is not None and self._process.stdout is not None
        return self._process.stdout.fileno()

    def is_late(self) -> bool:
        """Whether its job's time is up."""
        return time.monotonic() >= self.deadline

    def begin(self, job: Job) -> None:
        """Hand over a job, to a fresh process where there is none."""
        if self._process is None:
            self._ready = False
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-c", START, str(SHIPPED), *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._process.stdin is not None
        self.job, self._said = job, b""
        self.deadline = time.monotonic() + self._limits.seconds * PATIENCE + (0 if self._ready else START_UP)
        message = job_to_json(job)
        with suppress(BrokenPipeError):  # a process that is gone is noticed when its answer is read
            self._process.stdin.write(LENGTH.pack(len(message)) + message)
            self._process.stdin.flush()

    def finish(self) -> tuple[Job | None, Outcome | None]:
        """The job and its outcome, where it is done by an answer, by dying, or by the clock."""
        outcome = self._late() if self.is_late() else self._hear()
        job = self.job
        if outcome is not None:
            self.job = None
        return job, outcome

    def _late(self) -> Outcome:
        self.stop()
        return self._too_long()

    def _too_long(self) -> Outcome:
        seconds = f"{self._limits.seconds:g} second{'s' * (self._limits.seconds != 1)}"
        return Outcome(fault=f"it took too long to read (more than {seconds})", passing=True)

    def _hear(self) -> Outcome | None:
        piece = os.read(self.stdout, MIB)
        if not piece:
            return self._died()
        self._said += piece
        if not self._ready and len(self._said) >= LENGTH.size:
            self._ready, self._said = True, self._said[LENGTH.size :]
            self.deadline = time.monotonic() + self._limits.seconds * PATIENCE
        length = LENGTH.unpack_from(self._said)[0] if len(self._said) >= LENGTH.size else 0
        if length > ANSWER_SIZE:
            self.stop()
            return Outcome(fault="it is too large: reading it gives more than can be kept", passing=True)
        if not length or len(self._said) < LENGTH.size + length:
            return None
        return outcome_from_json(self._said[LENGTH.size :])

    def _died(self) -> Outcome:
        if not self._ready:  # it never came to the document: no document is to blame
            self.stop()
            raise RuntimeError("the process that reads documents could not be started")
        used, peak = self.used, self.stop()
        self.used = used
        if hasattr(signal, "SIGXCPU") and self._code == -signal.SIGXCPU:
            return self._too_long()
        much, own = self._limits.memory // 3, own_peak()
        if own > much and peak <= own:  # the system counts what this process held when it started the other one
            return Outcome(fault="it is damaged or too large: the program that reads it broke down on it", passing=True)
        if peak > much:
            allowed = f"{self._limits.memory // MIB} MB"
            return Outcome(
                fault=f"it is too large: reading it takes more memory than the {allowed} allowed", passing=True
            )
        return Outcome(fault="it is damaged: the program that reads it broke down on it", passing=True)

    def stop(self) -> int:
        """End the process, whatever it is doing; the most memory it has held, in bytes, where the system says so."""
        process, self._process, self.used = self._process, None, False
        if process is None:
            return 0
        peak = _end(process)
        self._code = process.returncode
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream:
                    stream.close()
        return peak


def own_peak() -> int:
    """The most memory that this process has held, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _end(process: subprocess.Popen[bytes]) -> int:
    """Kill a process and wait for it; the most memory it has held."""
    if not hasattr(os, "wait4"):
        process.kill()
        process.wait()
        return 0
    # Popen's own kill looks for the end first, and then nobody can ask how much memory there was.
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
