"""The year and the meeting: assessment.yaml as a form, the forms that go out and come back, and the next cycle."""

from __future__ import annotations

import datetime
import io
from typing import Any

from flask import Blueprint, request, send_file

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import now, saving, then, typed
from pipeline.errors import UsageError
from pipeline.flow.meeting import forms_as_zip, save_year, start_cycle, take_form, year_fields


def add_pages(app: Blueprint) -> None:
    """assessment.yaml, forms and new cycles."""

    @app.get("/meeting")
    def meeting() -> Any:
        view = View(desk())
        fields = year_fields(view.desk.ws, view.desk.held.cycle)
        line = request.args.get("focus", "")
        faults = {t.finding.field: [f"{t.finding.message} {t.finding.remedy}"] for t in view.told if _is_of_file(t)}
        return page("meeting.html", view, groups=fields, faults=faults, focus=line)

    @app.post("/meeting")
    def save() -> Any:
        here, at = desk(), typed()
        cycle = here.held.cycle
        return saving(
            lambda: save_year(here.ws, cycle, at.cells, at.seen_cells, now()), "/meeting", "The year and the meeting"
        )

    @app.get("/forms")
    def forms() -> Any:
        return page("forms.html", View(desk()))

    @app.post("/forms")
    def make() -> Any:
        here = desk()
        content = forms_as_zip(here.ws, here.held.cycle)
        name = f"forms-{here.held.cycle}.zip"
        return send_file(io.BytesIO(content), "application/zip", as_attachment=True, download_name=name)

    @app.post("/forms/returned")
    def take() -> Any:
        here = desk()
        files = [f for f in request.files.getlist("file") if f.filename]
        if not files:
            raise UsageError("No form was chosen.", "Choose the form that came back, or drop it on the page.")
        who, over = request.form.get("who", ""), request.form.get("replace") == "yes"
        for file in files:
            edit = take_form(here.ws, here.held.cycle, file.filename or "", file.read(), who, now(), replace=over)
        return then("/forms", edit)

    @app.post("/new-cycle")
    def begin() -> Any:
        here = desk()
        name, day = request.form.get("name", "").strip(), request.form.get("day", "")
        if not name:
            raise UsageError("The new cycle has no name.", "Give it one, such as 2026-27.")
        date = datetime.date.fromisoformat(day) if day else None
        report = start_cycle(here.ws, name, here.held.cycle, date)
        here.held.named = None
        return page("begun.html", View(here), report=report)


def _is_of_file(told: Any) -> bool:
    file = told.finding.file or ""
    return bool(told.finding.field) and file.endswith("/assessment.yaml")
