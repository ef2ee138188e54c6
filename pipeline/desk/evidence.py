"""The evidence: the register, each document with its pages and what rests on it, search, and the inbox."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, abort, redirect, request

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import now, then
from pipeline.desk.tables import save_in, shown_table
from pipeline.desk.viewer import leaf
from pipeline.errors import UsageError
from pipeline.flow.judging import search_evidence
from pipeline.flow.preparing import empty_inbox
from pipeline.flow.reading import document_of, take_from_inbox, take_in
from pipeline.flow.rows import open_table, shown_row
from pipeline.text import counted


def add_pages(app: Blueprint) -> None:
    """The register, documents, search and inbox."""

    @app.get("/evidence")
    def register() -> Any:
        view = View(desk())
        cited = {d.id: d.statements for d in view.dossier.documents} if view.dossier else {}
        table = shown_table(view, "register", view.desk.held.cycle)
        named = request.args.get("row", "")
        at = next((r for r in table.rows if str(r.row.number) == named and r.cells.get("id")), None)
        if at is not None:
            focus = f"focus={quote(request.args.get('focus', ''))}&finding={quote(request.args.get('finding', ''))}"
            return redirect(f"{_address(at.cells['id'])}?{focus}", 303)
        loose = [t for t in view.told if t.finding.code == "EV307"]
        return page("register.html", view, table=table, cited=cited, loose=loose)

    @app.get("/evidence/<identity>")
    def document(identity: str) -> Any:
        return _document(View(desk()), identity)

    @app.post("/evidence/<identity>")
    def save(identity: str) -> Any:
        return save_in("register", _address(identity) if request.form.get("do") != "out" else "/evidence")

    @app.post("/evidence")
    def add() -> Any:
        files = [f for f in request.files.getlist("file") if f.filename]
        if not files:
            raise UsageError("No file was chosen.", "Choose a document, or drop it on the page.")
        for file in files:
            edit, identity = take_in(desk().ws, file.filename or "", file.read(), now())
        if len(files) == 1:
            return then(f"{_address(identity)}?new=1#row", edit)
        return then("/evidence?show=faults", edit)

    @app.get("/search")
    def search() -> Any:
        view, words = View(desk()), request.args.get("q", "").strip()
        found = search_evidence(view.desk.ws, view.desk.held.cycle, words) if words else None
        return page("search.html", view, words=words, found=found)

    @app.post("/inbox")
    def inbox() -> Any:
        view = View(desk())
        report = empty_inbox(view.desk.ws, view.desk.held.cycle)
        return page("inbox.html", view, report=report)

    @app.post("/inbox/<name>")
    def register_waiting(name: str) -> Any:
        here = desk()
        edit, identity = take_from_inbox(here.ws, name, now())
        return then(f"{_address(identity)}?new=1#row", edit)


def _document(view: View, identity: str) -> Any:
    shown = document_of(view.dossier, identity) if view.dossier else None
    _, sheet = open_table(view.desk.ws, view.desk.held.cycle, "register")
    number = next((n for n, cells in sheet.rows.items() if cells.get("id", "").strip() == identity), None)
    if number is None and shown is None:
        abort(404)
    own = [t for t in view.told if identity == t.finding.evidence]
    faults: dict[str, list[str]] = {}
    for t in own:
        if t.finding.field and (t.finding.file or "").startswith("evidence/"):
            faults.setdefault(t.finding.field, []).append(f"{t.finding.message} {t.finding.remedy}")
    resting = [
        (s, a, c)
        for s in (view.dossier.statements if shown else ())
        for a in (*s.answers, *s.partners)
        for c in a.citations
        if c.evidence == identity
    ]
    return page(
        "document.html",
        view,
        identity=identity,
        shown=shown,
        row=shown_row("register", sheet, number) if number else None,
        faults=faults,
        own=own,
        resting=resting,
        leaf=leaf(view, identity),
        told=f"{counted(len({s.id for s, _, _ in resting}), 'statement')} rest on it",
    )


def _address(identity: str) -> str:
    return f"/evidence/{quote(identity, safe='')}"
