"""A reading process: takes jobs on its standard input, hands outcomes back, and can be killed at any moment."""

from __future__ import annotations

import os
import struct
import sys
from typing import BinaryIO

from pipeline.evidence.jobs import job_from_json, outcome_to_json, work
from pipeline.office.limits import Limits

LENGTH = struct.Struct(">I")
READY = b""
"""Said once, when the process has started: the time of its first file begins then."""


def main() -> None:
    """Serve until the input ends."""
    jobs = sys.stdin.buffer
    # What a library prints must not land among the answers.
    answers = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    send(answers, READY)
    while True:
        message = receive(jobs)
        if message is None:
            return
        job = job_from_json(message)
        confine(job.limits)
        send(answers, outcome_to_json(work(job)))


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


def receive(stream: BinaryIO) -> bytes | None:
    """One message, or None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return stream.read(LENGTH.unpack(head)[0])


def send(stream: BinaryIO, message: bytes) -> None:
    """One message."""
    stream.write(LENGTH.pack(len(message)) + message)
    stream.flush()


if __name__ == "__main__":
    main()
