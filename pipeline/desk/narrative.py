"""The authors' own prose: written here as Markdown, with a preview and the figures and documents that it may name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from markupsafe import Markup

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import now, saving
from pipeline.flow.meeting import as_web, figures_to_name, narrative_text, narratives, save_narrative
from pipeline.flow.rows import digest


def add_pages(app: Blueprint) -> None:
    """All narratives, and each of them."""

    @app.get("/narrative")
    def first() -> Any:
        here = desk()
        return redirect(f"/narrative/{narratives(here.ws, here.held.cycle)[0][0]}", 303)

    @app.get("/narrative/<name>")
    def show(name: str) -> Any:
        view = View(desk())
        ws, cycle = view.desk.ws, view.desk.held.cycle
        text = narrative_text(ws, cycle, name)
        shown = view.dossier.narratives.get(name) if view.dossier else None
        own = [t for t in view.told if (t.finding.file or "").endswith(f"/narrative/{name}.md")]
        return page(
            "narrative.html",
            view,
            name=name,
            text=text,
            seen=digest(text),
            every=narratives(ws, cycle),
            own=own,
            preview=Markup(as_web(shown.text if shown else text)),  # noqa: S704  the author's own HTML is escaped in it
            figures=figures_to_name(view.judged) if view.judged else {},
        )

    @app.post("/narrative/<name>")
    def save(name: str) -> Any:
        here = desk()
        text, seen = request.form.get("cell.text", ""), request.form.get("was.text", "")
        if request.form.get("pick.text") == "theirs":
            return redirect(f"/narrative/{name}", 303)
        return saving(
            lambda: save_narrative(here.ws, here.held.cycle, name, text, seen, now()), f"/narrative/{name}", "The prose"
        )
