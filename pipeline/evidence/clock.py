"""Computing time, which does not depend on what else the machine does: work is stopped when its time is up."""

from __future__ import annotations

import _thread
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BELL = signal.SIGTERM
"""Handled within the process only; none is sent."""


class OutOfTime(BaseException):  # noqa: N818 - not an error, and nothing that catches errors may catch it
    """The time of a piece of work is up."""


class Clock:
    """An allowance of computing time, in seconds, spent piece by piece; a clock may run inside another.

    A second thread looks on and rings, which every system can do. Only work in the main thread can be stopped so: work
    elsewhere is watched over by whoever started its process.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._until = math.inf

    @contextmanager
    def running(self, share: float = 1.0) -> Iterator[None]:
        """Raise OutOfTime when this share of what is left is spent."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.getsignal(BELL)

        def ring(number: int, frame: FrameType | None) -> None:
            if time.process_time() >= self._until:
                self._until = math.inf
                raise OutOfTime
            if callable(before):  # it rang for a clock around this one
                before(number, frame)

        begun, over = time.process_time(), threading.Event()
        self._until = begun + max(self.left * share, 0.001)
        watcher = threading.Thread(target=_watch, args=(self._until, over), daemon=True)
        try:
            signal.signal(BELL, ring)
            watcher.start()
            yield
        finally:
            self._until = math.inf  # from now on the bell is too late
            over.set()
            watcher.join()
            signal.signal(BELL, before)
            self.left -= time.process_time() - begun


def _watch(until: float, over: threading.Event) -> None:
    while (left := until - time.process_time()) > 0:
        if over.wait(left):
            return
    _thread.interrupt_main(BELL)
