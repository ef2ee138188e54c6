"""What a form of the desk brings back, what was saved, and what is asked where somebody else changed the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request

from pipeline.desk.desk import View, desk, page
from pipeline.errors import UsageError
from pipeline.flow.edits import Edit, listed, undo
from pipeline.flow.rows import ClashError, Typed


def now() -> datetime.datetime:
    """When an edit is made."""
    return datetime.datetime.now().astimezone()


def typed() -> Typed:
    """The row and cells of a form. Of a clash that was decided, what stands there is kept where that was chosen."""
    row = request.form.get("row", "")
    named = [name.removeprefix("cell.") for name in request.form if name.startswith("cell.")]
    kept = {name for name in named if request.form.get(f"pick.{name}") == "theirs"}
    return Typed(
        int(row) if row.isdecimal() else None,
        request.form.get("seen", ""),
        {name: request.form[f"cell.{name}"] for name in named if name not in kept},
        {name.removeprefix("was."): text for name, text in request.form.items() if name.startswith("was.")},
    )


def then(address: str, edit: Edit | None) -> Any:
    """On to a page, which says what was saved, and goes on with the finding that was being put right."""
    asked = [f"{name}={request.values[name]}" for name in ("finding",) if request.values.get(name, "").isalnum()]
    asked += [f"saved={edit.number}"] if edit else []
    path, mark, place = address.partition("#")
    joined = ("&" if "?" in path else "?") + "&".join(asked) if asked else ""
    return redirect(f"{path}{joined}{mark}{place}", 303)


def saving(save: Callable[[], Edit | None], address: str, heading: str) -> Any:
    """Save, and go on; where the same was changed meanwhile both are shown, and the person chooses."""
    try:
        return then(address, save())
    except ClashError as clash:
        return page("clash.html", status=409, clash=clash, heading=heading, address=address, action=request.path)


def local(address: str) -> str:
    """An address on the desk itself; the first page for anything else."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside else "/"


def add_pages(app: Blueprint) -> None:
    """What was changed here, and how it is undone."""

    @app.get("/edits")
    def edits() -> Any:
        return page("edits.html", View(desk()), edits=listed(desk().ws))

    @app.post("/edits/<int:number>/undo")
    def undo_edit(number: int) -> Any:
        edit = undo(desk().ws, number, now())
        return then(local(request.form.get("to", "/edits")), edit)


def chosen(name: str, of: Any) -> str:
    """A value of a form that is one of those there are. UsageError for any other."""
    value = request.form.get(name, "")
    if value not in of:
        raise UsageError("This cannot be chosen here.", "Load the page again.")
    return value
