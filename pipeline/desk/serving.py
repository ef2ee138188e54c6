"""The desk's server: on this machine only, one for each workspace, ended by the person or an hour after them."""

from __future__ import annotations

import json
import os
import platform
import signal
import socket
import threading
import time
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.desk.desk import Desk
from pipeline.desk.guard import HOST, Guard
from pipeline.errors import OutputError, UsageError
from pipeline.files import one_desk_at_a_time, write_whole
from pipeline.flow.held import Held
from pipeline.workspace import Workspace

IDLE = 3600
"""Seconds after the last page was closed; an open page asks once a minute."""
THREADS = 6


def serve(ws: Workspace, cycle: str | None, *, port: int, read_only: bool, tell: Callable[[Guard, str], None]) -> None:
    """Serve until it is stopped. `tell` is given the address, or that of the desk that runs here already."""
    with suppress(KeyboardInterrupt), _alone(ws, read_only) as running:
        if running is not None:
            said = "A desk is open on this workspace already, at this address; there is one at a time."
            tell(Guard(running[0], key=running[1]), said)
            return
        with _listening(port) as listening:
            guard = Guard(listening.getsockname()[1])
            here = Desk(ws, guard, Held(ws, cycle), read_only=read_only, stop=interrupt_main)
            if not read_only:
                _note(ws, guard)
            _run(here, listening, tell)


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
    except OSError as fault:
        listening.close()
        raise UsageError(
            f"The port {port} cannot be used: {fault.strerror or fault}.", "Leave --port out, and a free one is taken."
        ) from fault
    with listening:
        yield listening


def _run(here: Desk, listening: socket.socket, tell: Callable[[Guard, str], None]) -> None:
    from waitress import create_server

    from pipeline.desk.app import make_app

    server = create_server(
        make_app(here), sockets=[listening], threads=THREADS, ident=None, clear_untrusted_proxy_headers=True
    )
    # A program that was started in the background may have been told not to mind Ctrl-C, by which the desk ends itself.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    here.warm_up()
    threading.Thread(target=_watch, args=(here,), daemon=True).start()
    tell(here.guard, "")
    try:
        server.run()
    finally:
        server.close()


def _watch(here: Desk) -> None:
    while time.monotonic() - here.last_asked < IDLE:
        time.sleep(min(30, IDLE))
    here.stop()


def _note_file(ws: Workspace) -> Path:
    return ws.desk / "running.json"


def _note(ws: Workspace, guard: Guard) -> None:
    path = _note_file(ws)
    write_whole(path, json.dumps({"port": guard.port, "key": guard.key, "machine": platform.node()}).encode())
    path.chmod(0o600)


@contextmanager
def _alone(ws: Workspace, read_only: bool) -> Iterator[tuple[int, str] | None]:
    """None while this is the one desk here; else port and key of the one that is. Those who only read may be many."""
    if read_only:
        yield None
        return
    with one_desk_at_a_time(ws.desk / "lock") as ours:
        if not ours:
            yield _of_the_other(ws)
            return
        try:
            yield None
        finally:
            _note_file(ws).unlink(missing_ok=True)


def _of_the_other(ws: Workspace) -> tuple[int, str]:
    try:
        said = json.loads(_note_file(ws).read_bytes())
        port, key, machine = int(said["port"]), str(said["key"]), str(said["machine"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise OutputError("Another desk is just starting on this workspace.", "Wait a moment and try again.") from fault
    if machine != platform.node():
        raise UsageError(
            f"A desk is open on this workspace already, on the computer {machine}.",
            "Stop it there first; or look without changing anything: boardpack desk --read-only",
        )
    return port, key
