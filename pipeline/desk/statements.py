"""The statements: one page for all, and one for each with its answers and the pages that they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, request

from pipeline.desk.desk import View, desk, page
from pipeline.desk.forms import now, saving, then, typed
from pipeline.desk.places import statement as address_of
from pipeline.desk.viewer import leaf
from pipeline.errors import UsageError
from pipeline.flow.answers import (
    GivenAnswer,
    given_answers,
    levels_to_choose,
    on_page,
    quoted,
    save_answer,
    take_over,
    with_citation,
    with_words,
    without_citation,
)
from pipeline.flow.judging import Judgement, suggest_evidence
from pipeline.flow.looking import passage
from pipeline.flow.rows import Typed, digest

WELL = ("found on page", "seen by a person")
ILL = ("not found",)


@dataclass(frozen=True)
class Cited:
    """A citation of an answer, with its name on the page and how it stands."""

    key: str
    given: GivenAnswer
    shown: Any
    mood: str
    """good | warn | bad"""
    parts: Any
    """The passage, in parts: words, and whether they are those that were cited."""


def add_pages(app: Blueprint) -> None:
    """All statements, one statement, and what can be done on it."""

    @app.get("/statements")
    def statements() -> Any:
        view = View(desk())
        if view.dossier is None:
            abort(404)
        touched = {t.finding.statement: t for t in reversed(view.told) if t.finding.severity in ("blocker", "warning")}
        return page("statements.html", view, touched=touched)

    @app.get("/statement/<identity>")
    def statement(identity: str) -> Any:
        view, judged, one = _find(identity)
        given = given_answers(view.desk.ws, judged, identity)
        cited = [c for g in given for c in _cited(g)]
        chosen = _chosen(cited)
        wanted = request.args.get("doc", "") or (chosen.shown.evidence if chosen else "")
        about = chosen.shown if chosen and chosen.shown.evidence == wanted else None
        asked = {"cite": chosen.key if about and chosen else "", "doc": wanted, "finding": view.following[2]}
        return page(
            "statement.html",
            view,
            one=one,
            given=given,
            cited=cited,
            chosen=chosen if about else None,
            leaf=leaf(view, wanted, about),
            here=f"?{urlencode({k: v for k, v in asked.items() if v})}&",
            cites=[] if view.desk.read_only else [(g.respondent.id, g.respondent.name) for g in given if _may_cite(g)],
            levels=levels_to_choose(view.dossier),
            findings=[t for t in view.told if identity in (t.finding.statement, *t.others)],
            beside=_beside(view, identity),
            on_page=on_page,
            suggested=_suggested(view, identity) if "suggest" in request.args else None,
        )

    @app.post("/statement/<identity>/<who>")
    def save(identity: str, who: str) -> Any:
        view, judged, _ = _find(identity)
        address = f"{address_of(identity)}?who={who}#{who}"
        said = f"{identity}: the answer of {_name(view, who)}"
        return saving(lambda: save_answer(view.desk.ws, judged, identity, who, typed(), now()), address, said)

    @app.post("/statement/<identity>/<who>/cite")
    def cite(identity: str, who: str) -> Any:
        view, judged, _ = _find(identity)
        given = next((g for g in given_answers(view.desk.ws, judged, identity) if g.respondent.id == who), None)
        if given is None or given.row is None:
            raise UsageError("This answer came as a form, which stays as it came.", "Take it over into a table first.")
        evidence = _changed(given.row.cells.get("evidence", ""))
        at = Typed(given.row.number, given.row.seen, {"evidence": evidence}, _as_now(given))
        edit = save_answer(view.desk.ws, judged, identity, who, at, now())
        return then(f"{address_of(identity)}?who={who}#{who}", edit)

    @app.post("/statement/<identity>/<who>/take-over")
    def take(identity: str, who: str) -> Any:
        view, judged, _ = _find(identity)
        return then(f"{address_of(identity)}?who={who}#{who}", take_over(view.desk.ws, judged, who, now()))


def _may_cite(given: GivenAnswer) -> bool:
    return given.row is not None and given.asked


def _as_now(given: GivenAnswer) -> dict[str, str]:
    assert given.row is not None
    return {f.column: f.seen for f in given.row.fields} | {"statement": digest(given.row.cells.get("statement", ""))}


def _changed(evidence: str) -> str:
    """The evidence cell as the button that was pressed makes it."""
    asked, written = request.form, request.form.get("written", "")
    page_found = int(asked["page"]) if asked.get("page", "").isdecimal() else None
    match asked.get("do"):
        case "out":
            return without_citation(evidence, written)
        case "page" if page_found:
            return with_citation(evidence, on_page(written, page_found), written)
        case "words" if asked.get("words", "").strip():
            return with_citation(evidence, with_words(written, asked["words"], page_found), written)
        case "add" if asked.get("citation", "").strip():
            return with_citation(evidence, asked["citation"].strip())
        case "select" if asked.get("words", "").strip() and asked.get("document"):
            place = asked["document"] + (f" p.{page_found}" if page_found else "")
            return with_citation(evidence, f"{place} {quoted(asked['words'])}")
    raise UsageError("Nothing was chosen.", "Go back to the statement.")


def _find(identity: str) -> tuple[View, Judgement, Any]:
    view = View(desk())
    if view.judged is None:
        abort(404)
    try:
        return view, view.judged, view.dossier.statement(identity)
    except KeyError:
        abort(404)


def _name(view: View, who: str) -> str:
    return next((r.name for r in view.dossier.respondents if r.id == who), who)


def _cited(given: GivenAnswer) -> list[Cited]:
    citations = given.answer.citations if given.answer else ()
    return [
        Cited(f"{given.respondent.id}.{n}", given, c, _mood(c), passage(c.context, c.quotation))
        for n, c in enumerate(citations, start=1)
    ]


def _mood(citation: Any) -> str:
    if citation.verdict in ILL or not citation.evidence or not citation.title:
        return "bad"
    return "good" if citation.verdict in WELL else "warn"


def _chosen(cited: list[Cited]) -> Cited | None:
    """The citation whose page is shown: the one asked for, else the first that does not stand, else the first."""
    wanted = request.args.get("cite", "")
    ranked = sorted(cited, key=lambda c: (c.key != wanted, ("bad", "warn", "good").index(c.mood)))
    return next(iter(ranked), None)


def _beside(view: View, identity: str) -> tuple[str, str]:
    ids = [s.id for s in view.dossier.statements]
    at = ids.index(identity)
    return (ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else "")


def _suggested(view: View, identity: str) -> Any:
    return suggest_evidence(view.desk.ws, view.dossier.cycle, identity)[1]
