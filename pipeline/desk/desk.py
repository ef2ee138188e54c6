"""One run of the desk: its workspace, the cycle in memory, what is being made, and how a page is filled."""

from __future__ import annotations

import datetime
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template, request
from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from pipeline.desk.guard import Guard
from pipeline.desk.places import place_of
from pipeline.errors import PipelineError
from pipeline.flow.edits import Edit, listed
from pipeline.flow.held import Held
from pipeline.flow.judging import Judgement
from pipeline.flow.looking import Told, told
from pipeline.flow.rows import digest
from pipeline.text import counted, date_in_words, list_in_words, sentence_case
from pipeline.workspace import Workspace

PAGES = Path(__file__).parent.parent / "data" / "pages" / "desk"
PATIENCE = 1.5
"""Seconds that a page waits for the first reading before it says how far that is."""
ROOMS = (
    ("Today", "/"),
    ("Statements", "/statements"),
    ("Evidence", "/evidence"),
    ("Actions and figures", "/table/actions"),
    ("Narrative", "/narrative"),
    ("Forms", "/forms"),
    ("Year and meeting", "/meeting"),
    ("Papers", "/papers"),
)


@dataclass
class Desk:
    """What all pages of one run share."""

    ws: Workspace
    guard: Guard
    held: Held
    read_only: bool = False
    stop: Callable[[], None] = lambda: None
    last_asked: float = field(default_factory=time.monotonic)
    jobs: dict[str, Any] = field(default_factory=dict)
    warming: threading.Thread | None = None
    """Reads the evidence for the first time, beside the first page."""
    read: tuple[int, int] = (0, 0)
    """How many documents that has read, and of how many."""

    def warm_up(self) -> None:
        """Begin to read what the first page needs."""

        def read() -> None:
            with suppress(PipelineError):  # each page says what cannot be read
                self.held.now(lambda done, of: setattr(self, "read", (done, of)))

        self.warming = threading.Thread(target=read, daemon=True)
        self.warming.start()

    def still_reading(self, patience: float | None = PATIENCE) -> bool:
        """Whether the first reading is not done, a moment from now; without `patience` it is waited for."""
        if self.warming is not None:
            self.warming.join(patience)
        return self.warming is not None and self.warming.is_alive()

    @property
    def rooms(self) -> tuple[tuple[str, str], ...]:
        """What stands in the head of each page: name and address."""
        return ROOMS

    def is_in(self, room: str, path: str) -> bool:
        """Whether a page belongs to a room of the head."""
        begin = room.split("/")[1]
        return path == room or bool(begin) and path.split("/")[1].startswith(begin.rstrip("s"))

    def now(self) -> Judgement | None:
        """What the checks find now; what they found last where the inputs cannot be read, and None where never."""
        try:
            return self.held.now()
        except PipelineError:
            return self.held.last


def desk() -> Desk:
    """The desk that answers this request."""
    found: Desk = current_app.extensions["desk"]
    return found


class View:
    """What every page needs of the cycle, worked out once a request."""

    def __init__(self, here: Desk) -> None:
        self.desk = here
        self.judged = here.now()
        self.fault = here.held.fault
        self.today = datetime.date.today()

    @property
    def dossier(self) -> Any:
        """The dossier of now; None where nothing could be read yet."""
        return self.judged.dossier if self.judged else None

    @cached_property
    def told(self) -> list[Told]:
        """Every finding, once for each cause, the gravest first."""
        return told(self.dossier.findings) if self.dossier else []

    @property
    def stopping(self) -> list[Told]:
        """Those that must be put right before a final paper."""
        return [t for t in self.told if t.finding.severity == "blocker"]

    @property
    def days(self) -> str:
        """How far the meeting is, in words."""
        days = (self.dossier.cover.date - self.today).days
        return f"in {counted(days, 'day')}" if days > 0 else "today" if days == 0 else f"{counted(-days, 'day')} ago"

    @cached_property
    def following(self) -> tuple[Told | None, Told | None, str]:
        """The finding that is being put right (None where it is gone), the next one, and its key."""
        key = request.values.get("finding", "")
        keys = [t.key for t in self.told]
        here = self.told[keys.index(key)] if key in keys else None
        if here is None:
            return None, next(iter(self.told if not self.stopping else self.stopping), None), key
        after = self.told[keys.index(key) + 1 :]
        before = [t for t in self.told if t.key != key]
        return here, next(iter(after or before), None), key

    @property
    def fault_place(self) -> str:
        """Where the desk can put right what cannot be read, if it can."""
        named = getattr(self.fault, "file", "")
        found = place_of(self.fault, "") if named else ""  # type: ignore[arg-type]
        return "" if found.startswith("/finding") else found

    @cached_property
    def saved(self) -> Edit | None:
        """The edit that brought the person here, so that the page can say so."""
        wanted = request.args.get("saved", "")
        found = listed(self.desk.ws) if wanted.isdecimal() else []
        return next((edit for edit, _ in found if edit.number == int(wanted)), None)

    def place(self, one: Told) -> str:
        """Where a finding is put right."""
        return place_of(one.finding, one.key)


def page(template: str, view: View | None = None, status: int = 200, **values: Any) -> tuple[str, int]:
    """A page of the desk."""
    here = desk()
    shown = view or View(here)
    return render_template(template, desk=here, view=shown, token=here.guard.token, **values), status


def said(message: str) -> Markup:
    """A message of the checks, with what is typed or named in it told apart."""
    parts = re.split(r"`([^`]*)`", message)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts)
    )


def set_up_pages(app: Flask) -> None:
    """Everything is escaped, and a name that a page does not have is a fault."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    filters: Mapping[str, Callable[..., Any]] = {
        "counted": counted,
        "date": date_in_words,
        "listed": list_in_words,
        "sentence": sentence_case,
        "said": said,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["digest"] = digest
    app.jinja_env.tests["search"] = lambda text, pattern: pattern in (text or "")
    app.jinja_env.tests["iso"] = re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch
