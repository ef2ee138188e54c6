"""The papers: made, looked at, signed, packed and published; and edits made in Word taken back."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import chosen, now, then
from pipeline.desk.jobs import Progress, start
from pipeline.desk.viewer import handed_over
from pipeline.errors import UsageError
from pipeline.flow.evidence_pack import Chosen, pack_evidence
from pipeline.flow.judging import write_judgement
from pipeline.flow.looking import paper_states
from pipeline.flow.papers import build_paper
from pipeline.flow.preparing import make_due, make_questions
from pipeline.flow.previews import adopt_edited, preview, preview_page, receive_edited, what_was_edited
from pipeline.flow.publishing import bundle_cycle, pack_papers, publish_cycle, say_faulty, sign_cycle
from pipeline.text import counted

FETCHED = (".docx", ".pdf", ".zip", ".html", ".csv", ".json", ".ics", ".png", ".svg")
AUDIENCES = {"ned": "non-executives", "lead": "health inequalities leads", "partner": "partners"}


def add_pages(app: Blueprint) -> None:
    """All about papers."""

    @app.get("/papers")
    def papers() -> Any:
        view = View(desk())
        if view.judged is None:
            abort(404)
        folder = view.desk.ws.build(view.dossier.cycle)
        made = sorted(p.name for p in folder.glob("*.*") if p.is_file() and p.suffix in FETCHED and p.name[0] != ".")
        states = paper_states(view.desk.ws, view.judged)
        return page("papers.html", view, papers=states, made=made, audiences=AUDIENCES)

    @app.post("/papers/<name>")
    def make(name: str) -> Any:
        view = View(desk())
        draft = request.form.get("do") == "draft"
        cycle, ws = view.desk.held.cycle, view.desk.ws
        if name not in ws.papers():
            abort(404)
        file = f"{name}-draft.docx" if draft else f"{name}.docx"

        def do(tell: Progress) -> str:
            return build_paper(ws, name, cycle, draft=draft, progress=tell)

        heading = f"{'A draft of the' if draft else 'The final'} {name.replace('-', ' ')}"
        return start(heading, f"/papers#{name}", do, _links(file))

    @app.post("/make/<what>")
    def make_other(what: str) -> Any:
        return _make_other(View(desk()), what)

    @app.get("/build/<name>")
    def fetch(name: str) -> Any:
        return handed_over(_made(name), "application/octet-stream")

    @app.get("/preview/<name>")
    def look(name: str) -> Any:
        view = View(desk())
        shown = preview(view.desk.ws, _made(name), view.dossier.cover.date)
        return page("preview.html", view, name=name, shown=shown)

    @app.get("/preview/<digest>/<int:number>.webp")
    def look_at_page(digest: str, number: int) -> Any:
        folder = desk().ws.desk / "preview"
        pdf = next((p for p in folder.glob("*.pdf") if p.stem == digest), None) if folder.is_dir() else None
        picture = preview_page(desk().ws, pdf, number) if pdf else None
        if picture is None:
            abort(404)
        return Response(picture.read_bytes(), mimetype="image/webp")

    _add_hand_work(app)


def _add_hand_work(app: Blueprint) -> None:
    @app.post("/sign-off")
    def sign() -> Any:
        here = desk()
        by = request.form.get("by", "").strip()
        if not by:
            raise UsageError("Nobody is named who signs.", "Give the role, such as Director of Strategy.")

        def do(_: Progress) -> str:
            return sign_cycle(here.ws, here.held.cycle, by, datetime.date.today())[0]

        return start("Sign-off", "/papers#sign", do)

    @app.post("/edited")
    def receive() -> Any:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise UsageError("No file was chosen.", "Choose the paper that was edited in Word.")
        name = receive_edited(desk().ws, file.filename, file.read())
        return redirect(f"/edited/{quote(name)}", 303)

    @app.get("/edited/<name>")
    def edited(name: str) -> Any:
        view = View(desk())
        return page("edited.html", view, name=name, adoption=what_was_edited(view.desk.ws, view.desk.held.cycle, name))

    @app.post("/edited/<name>")
    def adopt(name: str) -> Any:
        here = desk()
        return then("/papers", adopt_edited(here.ws, here.held.cycle, name, now()))


def _links(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, f"/build/{quote(name)}") for name in names)


def _made(name: str) -> Path:
    """A file that was made, by its name; nothing else in the workspace can be fetched."""
    here = desk()
    folder = here.ws.build(here.held.cycle)
    found = next((p for p in folder.glob("*") if p.name == name and p.is_file() and p.suffix in FETCHED), None)
    if found is None or found.is_symlink():
        abort(404)
    return found


def _make_other(view: View, what: str) -> Any:
    ws, cycle = view.desk.ws, view.desk.held.cycle

    def pack(_: Progress) -> str:
        done = pack_papers(ws, cycle)
        return " ".join(["pack.pdf is made.", *(f"Not in it: {said}." for said in say_faulty(done.faulty))])

    def publish(_: Progress) -> str:
        done = publish_cycle(ws, cycle)
        left = [f"Left out: {left.path.name}, since {left.reason}." for left in done.left_out]
        return " ".join([f"{counted(len(done.copied), 'file')} lie in {ws.relative(done.folder)}/.", *left])

    def bundle(tell: Progress) -> str:
        done = bundle_cycle(ws, cycle, everything=False, progress=tell)
        left = [f"Left out: {left.path.name}, since {left.reason}." for left in done.left_out]
        return " ".join([f"bundle.zip is made: {counted(done.bundle.files, 'file')}.", *left])

    def evidence(tell: Progress) -> str:
        done = pack_evidence(ws, cycle, Chosen(), tell)
        left = [f"In it as text: {title}, since {reason}." for title, reason in done.without_pages.items()]
        return " ".join([f"{done.path.name} is made: {counted(done.pages, 'page')}, for inside use.", *left])

    def report(_: Progress) -> str:
        write_judgement(ws, view.desk.held.now())
        return "The check report and the trail are made."

    def due(_: Progress) -> str:
        return f"{counted(len(make_due(ws, cycle)), 'file')} made: due.ics, and letters/ beside it."

    def questions(_: Progress) -> str:
        return make_questions(ws, cycle, audience)

    audience = chosen("audience", AUDIENCES) if what == "questions" else ""
    works = {
        "pack": ("One PDF of the papers", pack, ("pack.pdf",)),
        "publish": ("The folder for the website", publish, ()),
        "evidence": ("The cited pages in one PDF", evidence, ("evidence-pack.pdf",)),
        "bundle": ("Everything in one archive", bundle, ("bundle.zip",)),
        "report": ("Check report and trail", report, ("check-report.html", "trail.html", "trail.csv")),
        "due": ("The calendar of what falls due", due, ("due.ics",)),
        "questions": ("The question sheet", questions, (f"questions-{audience}.docx",)),
    }
    if what not in works:
        abort(404)
    heading, do, files = works[what]
    return start(heading, "/papers", do, _links(*files))
