"""A reading process: takes jobs on its standard input, hands outcomes back, and can be killed at any moment."""

from __future__ import annotations

import os
import pickle
import sys

from pipeline.evidence.jobs import work
from pipeline.files import as_compact_json
from pipeline.office.limits import Limits


def main() -> None:
    """Serve until the input ends: jobs as our own program pickles them, a line of JSON for each outcome.

    What reads hostile files is not trusted to send anything but data. The first, empty line says that the process has
    started: the time of its first file begins then.
    """
    # What a library prints must not land among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    said = b""
    while True:
        answers.write(said + b"\n")
        answers.flush()
        try:
            job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        confine(job.limits)
        said = as_compact_json(work(job))


def confine(limits: Limits) -> None:
    """Take from this process what reading a document never needs: memory, and computing time without end.

    The allowance is a little more than a document has: what can stop by itself then does.
    """
    try:
        import resource
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(spent.ru_utime + spent.ru_stime + 1.2 * limits.seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
