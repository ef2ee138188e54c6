"""Work that takes longer than a page: it runs beside, and a page says how far it is."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, redirect

from pipeline.desk.desk import View, desk, page
from pipeline.errors import PipelineError

Progress = Callable[[int, int], None]


@dataclass
class Work:
    """One piece of work, and how it went."""

    heading: str
    back: str
    done: int = 0
    of: int = 0
    state: str = "running"
    """running | done | refused"""
    said: str = ""
    remedy: str = ""
    files: tuple[tuple[str, str], ...] = ()
    """Name and address of each file to fetch."""

    def tell(self, done: int, of: int) -> None:
        """So many are done."""
        self.done, self.of = done, of


def start(heading: str, back: str, do: Callable[[Progress], str], files: tuple[tuple[str, str], ...] = ()) -> Any:
    """Begin a piece of work, and show its page; `do` says in words what was made."""
    work, key = Work(heading, back), secrets.token_hex(6)
    desk().jobs[key] = work

    def run() -> None:
        try:
            work.said, work.files = do(work.tell), files
            work.state = "done"
        except PipelineError as fault:
            work.said, work.remedy, work.state = fault.message, fault.remedy, "refused"
        except Exception as fault:  # the last net: a page that says so, and never one that waits for ever
            work.said = f"Something went wrong inside boardpack ({type(fault).__name__})."
            work.remedy, work.state = "Your files are as they were. Tell the keeper of boardpack.", "refused"

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(0.3)
    return redirect(f"/work/{key}", 303)


def add_pages(app: Blueprint) -> None:
    """How far a piece of work is."""

    @app.get("/work/<key>")
    def work(key: str) -> Any:
        found = desk().jobs.get(key)
        if found is None:
            abort(404)
        running = found.state == "running"  # it may end while the page is filled
        answer = make_response(page("work.html", View(desk()), work=found))
        if running:
            answer.headers["Refresh"] = "1"
        return answer
