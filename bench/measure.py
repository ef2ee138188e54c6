"""Run peers in turns, each in a process of its own; time, peak memory, and a table of medians."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
Job = Callable[[], "Run"]


@dataclass(frozen=True)
class Run:
    """One run of one peer: seconds, and the most memory that one of its processes held, in MiB."""

    seconds: float
    memory: float
    said: Mapping[str, float] = field(default_factory=dict)


def process(*words: str | Path, cwd: Path = ROOT, may_leave_with: Sequence[int] = (0,)) -> Run:
    """A whole process, its start included; where its last line says its own time, as JSON, that counts."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [str(word) for word in words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None and child.stderr is not None
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in may_leave_with:
        raise SystemExit(f"{' '.join(map(str, words))} left with {child.returncode}\n{err.decode()[-2000:]}")
    said = _said(out)
    return Run(
        said.get("seconds", seconds), usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024), said
    )


def _said(out: bytes) -> dict[str, float]:
    last = out.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return dict(json.loads(last)) if last.startswith("{") else {}


def in_turns(jobs: Mapping[str, Job], rounds: int) -> dict[str, list[Run]]:
    """Every peer once, then again: what slows the machine down slows all of them."""
    runs: dict[str, list[Run]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            runs[name].append(job())
    return runs


def seconds(runs: Sequence[Run]) -> float:
    return median(run.seconds for run in runs)


def memory(runs: Sequence[Run]) -> float:
    return median(run.memory for run in runs)


def ratio(runs: Sequence[Run], base: Sequence[Run]) -> float:
    """The median of the ratios within each round."""
    return median(a.seconds / b.seconds for a, b in zip(runs, base, strict=True))


def table(title: str, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """A plain table; words to the left, figures to the right."""
    widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(len(heads))]
    print(f"\n{title}")
    for row in (heads, ["-" * width for width in widths], *rows):
        first, *rest = (
            cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip())


def peers(title: str, runs: Mapping[str, Sequence[Run]], base: str) -> None:
    """Medians of each peer, and its time as a multiple of one of them."""
    rows = [
        (name, f"{seconds(r):.2f} s", f"{memory(r):.0f} MiB", f"{ratio(r, runs[base]):.2f}") for name, r in runs.items()
    ]
    table(title, rows, ("", "median", "peak memory", f"time / {base}"))


def goal(words: str, reached: bool | None) -> None:
    """A goal, and whether it was reached in this run; None where its peer is absent."""
    print(f"  goal: {words}: {'not measured' if reached is None else 'reached' if reached else 'NOT reached'}")
