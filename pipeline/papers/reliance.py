"""How far the levels can be relied on, and what is not complete."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codes import explain
from pipeline.dossier.views import Dossier, ExceptionView, FindingView, RespondentView
from pipeline.papers.sentences import NOTHING_ASSESSED, which_framework
from pipeline.text import date_in_words, list_in_words, number_in_words, sentence_case, the
from pipeline.word.render import RenderContext
from pipeline.word.text import Sentence

NONE_FOUND = (
    "These checks found no level with incomplete, expired or superseded evidence, no words on another page than the "
    "one cited, nothing that could not be checked or was not seen, no level raised on earlier documents alone, and "
    "none in the upper half that rests on whole documents."
)
# What belongs into one sentence. Agreed exceptions are printed one by one, with their reasons.
TOGETHER = (
    ("evidence incomplete", "not seen", "whole documents only", "little shown", "not checkable"),
    ("expired", "superseded", "moved"),
    ("raised on earlier documents", "one document for many", "changed"),
)
HOW = {"individually": "one by one", "workshop": "workshop", "committee": "committee"}
SEVERITIES = {"blocker": "Must be put right", "excepted": "Agreed exception", "warning": "To look at"}


def caveat_sentences(dossier: Dossier, kit: RenderContext) -> list[Sentence]:
    """What changes how far a level can be relied on, in up to three sentences; apart, who answered, when and how."""
    found = {c.kind: c.shown for c in dossier.caveats}
    groups = [[found[kind] for kind in kinds if kind in found] for kinds in TOGETHER]
    said = ["; ".join(_clause(text, first=n == 0) for n, text in enumerate(g)) + "." for g in groups if g]
    said = said or [NONE_FOUND if dossier.totals.assessed else NOTHING_ASSESSED]
    how = f"{how_it_was_done(dossier)} {which_framework(dossier)}".strip()
    return [kit.sentence(" ".join(said)), kit.sentence(how)]


def _clause(text: str, *, first: bool) -> str:
    """`1 statement cites a letter: Named leaders.` -> `One statement cites a letter (Named leaders)`."""
    words, colon, names = text.rstrip(".").rpartition(": ")
    said = f"{words} ({names})" if colon else names
    figure, _, rest = said.partition(" ")
    if figure.replace(",", "").isdigit():
        begun = number_in_words(int(figure.replace(",", "")))
        return f"{sentence_case(begun)} {rest}" if first else f"{begun} {rest.split(' ', 1)[1]}"
    return said if first else f"{said[:1].lower()}{said[1:]}"


def how_it_was_done(dossier: Dossier) -> str:
    """Who answered, when and how, and who has not."""
    answered = [_who(r) for r in dossier.respondents if r.returned]
    silent = [r.name for r in dossier.respondents if not r.returned]
    said = f"Those who answered: {'; '.join(answered)}." if answered else ""
    missing = f" No answer came from {list_in_words(silent)}." if silent else ""
    return f"{said}{missing}".strip()


def _who(respondent: RespondentView) -> str:
    when = date_in_words(respondent.completed_on)
    details = ", ".join(filter(None, (when, HOW.get(respondent.method, respondent.method))))
    return f"{respondent.name} ({details})" if details else respondent.name


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


def draft_line(dossier: Dossier, paper: str) -> str:
    """How many things stand in the way of a final paper."""
    number = sum(f.severity == "blocker" and (not f.papers or paper in f.papers) for f in dossier.findings)
    if not number:
        return "DRAFT: nothing that these checks look for stands in the way of a final paper."
    noun = "thing" if number == 1 else "things"
    return f"DRAFT: {number_in_words(number)} {noun} must be put right first: see ‘What is not complete’."


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
    remedy = explain(finding.code).remedy if public else finding.remedy
    if finding.file and finding.row:
        remedy = f"{remedy} Where: {finding.file.rsplit('/', 1)[-1]}, row {finding.row}."
    return ToDo(SEVERITIES[finding.severity], ended, remedy)
