"""The desk as a web application: its pages, and what is said where something goes wrong."""

from __future__ import annotations

import time
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from pipeline.desk import evidence, forms, jobs, meeting, narrative, papers, statements, tables, today, viewer
from pipeline.desk.desk import PAGES, PATIENCE, Desk, View, desk, page, set_up_pages
from pipeline.desk.guard import protect
from pipeline.errors import PipelineError
from pipeline.flow.looking import shades

MOST_UPLOADED = 300_000_000
MOST_TYPED = 8_000_000
ROOMS = (today, forms, statements, viewer, tables, evidence, narrative, meeting, papers, jobs)
UNREAD = ("/desk.", "/ping", "/favicon.ico")
"""Addresses that need nothing of the cycle."""
STATUS = {
    400: "This address cannot be answered",
    403: "Not allowed",
    404: "There is no such page",
    405: "Not allowed",
    413: "This is larger than the desk takes",
}


def make_app(here: Desk) -> Flask:
    """The application for one desk."""
    app = Flask("pipeline.desk", template_folder=str(PAGES), static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_UPLOADED, MAX_FORM_MEMORY_SIZE=MOST_TYPED, MAX_FORM_PARTS=2_000)
    app.extensions["desk"] = here
    set_up_pages(app)
    protect(app, here.guard, read_only=here.read_only)
    for room in ROOMS:
        pages = Blueprint(room.__name__.rpartition(".")[2], __name__)
        room.add_pages(pages)
        app.register_blueprint(pages)
    _add_common(app)
    _add_faults(app)
    return app


def _add_common(app: Flask) -> None:
    @app.before_request
    def note() -> None:
        desk().last_asked = time.monotonic()

    @app.before_request
    def wait() -> Response | None:
        if request.method != "GET" or request.path.startswith(UNREAD):
            return None
        # Only a person who looks at a page is told how far it is.
        seen = request.headers.get("Sec-Fetch-Mode") == "navigate"
        if not desk().still_reading(PATIENCE if seen else None):
            return None
        done, of = desk().read
        answer = make_response(render_template("reading.html", done=done, of=of, token=desk().guard.token))
        answer.headers["Refresh"] = "1"
        return answer

    @app.get("/desk.<kind>")
    def own(kind: str) -> Response:
        kinds = {"css": "text/css", "js": "text/javascript"}
        if kind not in kinds:
            return Response(status=404)
        return Response((PAGES / f"desk.{kind}").read_bytes(), mimetype=kinds[kind])

    @app.get("/levels.css")
    def levels() -> Response:
        view = View(desk())
        worn = shades(len(view.dossier.levels)) if view.dossier else ()
        rules = [f".level-{n} {{ background: {s.fill}; color: {s.text}; }}" for n, s in enumerate(worn)]
        return Response("\n".join(rules), mimetype="text/css")

    @app.get("/favicon.ico")
    @app.get("/ping")
    def ping() -> Response:
        return Response(status=204)

    @app.post("/stop")
    def stop() -> Any:
        answer = make_response(page("stopped.html", said="The desk has ended. You may close this window."))
        desk().stop()
        return answer


def _add_faults(app: Flask) -> None:
    """No page is ever a trace of the program's insides."""

    @app.errorhandler(PipelineError)
    def told(fault: PipelineError) -> Any:
        return page("fault.html", status=409, heading="This could not be done", said=fault.message, then=fault.remedy)

    @app.errorhandler(HTTPException)
    def refused(fault: HTTPException) -> Any:
        code = fault.code or 500
        if code in (301, 302, 303, 308):
            return fault
        heading = STATUS.get(code, "Something is not as it should be")
        said = (fault.description or "") if code == 403 else ""
        if code in (400, 403):  # a stranger is told nothing of the workspace
            return Response(f"{heading}. {said}".strip() + "\n", code, mimetype="text/plain")
        return page("fault.html", status=code, heading=heading, said=said, then="Go to Today and begin from there.")

    @app.errorhandler(Exception)
    def crashed(fault: Exception) -> Any:
        app.logger.error("%s %s: %s", request.method, request.path, fault, exc_info=fault)
        said = f"Something went wrong inside boardpack ({type(fault).__name__})."
        then = "Nothing was half written. Load the page again; if it happens again, tell the keeper of boardpack."
        return page("fault.html", status=500, heading="That did not work", said=said, then=then)
