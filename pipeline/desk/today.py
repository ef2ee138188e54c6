"""Today: how far the meeting is, who has returned what, and what stands between us and the final paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from pipeline.desk.desk import View, desk, page
from pipeline.flow.looking import NOBODY, Told, paper_states, shares, view_progress


def add_pages(app: Blueprint) -> None:
    """The first page, and the page of one finding."""

    @app.get("/")
    def today() -> Any:
        view = View(desk())
        if view.dossier is None:
            return page("nothing.html", view)
        return page(
            "today.html",
            view,
            progress=view_progress(view.dossier),
            papers=paper_states(view.desk.ws, view.judged) if view.judged else [],
            people=_by_person(view),
        )

    @app.get("/finding")
    def finding() -> Any:
        view = View(desk())
        here, _, _ = view.following
        if here is None:
            abort(404)
        return page("finding.html", view, one=here)


def _by_person(view: View) -> list[tuple[str, list[Told]]]:
    """Who has to act, whoever holds up most first, each with what is theirs."""
    return [
        (s.who, [t for t in view.told if (t.finding.who or NOBODY) == s.who]) for s in shares(view.dossier.findings)
    ]
