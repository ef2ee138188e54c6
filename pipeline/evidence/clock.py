"""Computing time, which does not depend on what else the machine does: work is stopped when its time is up."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(BaseException):  # noqa: N818 - not an error, and nothing that catches errors may catch it
    """The time of a piece of work is up."""


class Clock:
    """An allowance of computing time, in seconds, spent piece by piece.

    `inner` clocks run inside others. Where the system has no such clock, nothing is stopped here: whoever watches over
    the process does it.
    """

    def __init__(self, seconds: float, *, inner: bool = False) -> None:
        self.left = seconds
        self._inner = inner

    @contextmanager
    def running(self, share: float = 1.0) -> Iterator[None]:
        """Raise OutOfTime when this share of what is left is spent."""
        if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
            yield
            return
        timer, rung = (signal.ITIMER_PROF, signal.SIGPROF) if self._inner else (signal.ITIMER_VIRTUAL, signal.SIGVTALRM)
        allowed = max(self.left * share, 0.001)
        before = signal.signal(rung, _ring)
        signal.setitimer(timer, allowed)
        try:
            yield
        finally:
            self.left -= allowed - signal.setitimer(timer, 0)[0]
            signal.signal(rung, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime
