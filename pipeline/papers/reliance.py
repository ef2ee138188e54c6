"""How far the levels can be relied on, and what is not complete."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codes import explain
from pipeline.dossier.views import Dossier, ExceptionView, FindingView
from pipeline.papers.sentences import NOTHING_ASSESSED
from pipeline.text import date_in_words, number_in_words, sentence_case, the
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

NONE_FOUND = (
    "These checks found no level with incomplete, expired or superseded evidence, no words on another page than the "
    "one cited, nothing that could not be checked or was not seen, no level raised on earlier documents alone, and "
    "none in the upper half that rests on whole documents."
)
SEVERITIES = {"blocker": "Must be put right", "excepted": "Agreed exception", "warning": "To look at"}


def caveat_sentences(dossier: Dossier, kit: RenderContext) -> list[Sentence]:
    """One for each thing that changes how far a level can be relied on."""
    said = [_begun_in_words(c.shown) for c in dossier.caveats]
    return [kit.sentence(w) for w in said or [NONE_FOUND if dossier.totals.assessed else NOTHING_ASSESSED]]


def _begun_in_words(text: str) -> str:
    """A sentence does not begin with a figure, where it follows a paragraph's number."""
    figure, _, rest = text.partition(" ")
    return f"{sentence_case(number_in_words(int(figure)))} {rest}" if figure.isdigit() else text


def exception_sentences(dossier: Dossier, kit: RenderContext) -> list[Sentence]:
    """Each agreed exception with its reason and the role that agreed it."""
    names = {s.id: s.short for s in dossier.statements}
    return [_exception(e, names.get(e.statement, ""), kit) for e in dossier.exceptions]


def _exception(given: ExceptionView, short: str, kit: RenderContext) -> Sentence:
    named = " ".join(part for part in (given.statement, short if short != given.statement else "") if part)
    said = kit.sentence("Agreed exception")
    if named:
        said = said.say(", ").say(named, bold=True)
    said = said.say(f": {given.what.rstrip('.')}. Reason: {given.reason.rstrip('.')}.")
    if given.mitigation:
        said = said.say(f" Until then: {given.mitigation.rstrip('.')}.")
    agreed = f" Agreed by {the(given.agreed_by)}" if given.agreed_by else " Agreed"
    on = f" on {date_in_words(given.agreed_on)}" if given.agreed_on else ""
    until = f", until {date_in_words(given.until)}" if given.until else ""
    return said.say(f"{agreed}{on}{until}.")


@dataclass(frozen=True)
class ToDo:
    """Something that is not complete."""

    severity: str
    message: str
    remedy: str


@dataclass(frozen=True)
class WhoActs:
    """Someone, and what they have to put right or look at."""

    who: str
    items_to_do: tuple[ToDo, ...]


def what_is_not_complete(dossier: Dossier, paper: str) -> tuple[WhoActs, ...]:
    """The findings that touch this paper by who has to act; those that must be put right first."""
    order = list(SEVERITIES)
    touching = [f for f in dossier.findings if f.severity in SEVERITIES and (not f.papers or paper in f.papers)]
    groups: dict[str, list[FindingView]] = {}
    for finding in sorted(touching, key=lambda f: order.index(f.severity)):
        groups.setdefault(finding.who or "Authors of the paper", []).append(finding)
    public = dossier.audience == "public"
    return tuple(WhoActs(who, tuple(_to_do(f, public=public) for f in found)) for who, found in groups.items())


def _to_do(finding: FindingView, *, public: bool) -> ToDo:
    """The message, led by its statement where it does not name it itself.

    What to do names documents and their words: in a public draft it is said in general.
    """
    ident = finding.statement or ""
    where = f"{ident}: " if ident and ident not in finding.message else ""
    message = f"{where}{finding.message}"
    ended = message if message.endswith((".", "?", "!")) else f"{message}."
    return ToDo(SEVERITIES[finding.severity], ended, explain(finding.code).remedy if public else finding.remedy)
