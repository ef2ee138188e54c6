"""What an audience may see. Everything shown outside goes through `for_audience` before anything else touches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from pipeline.checks.screen import Finder, Screen
from pipeline.codes import explain
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.indicators import hide_small_counts
from pipeline.dossier.views import AnswerView, CitationView, Dossier, FindingView
from pipeline.model.rebuild import rebuild
from pipeline.text import the

WITHHELD = "[Withheld: not for publication as it stands.]"
NAMES = ("id", "key", "source")
"""Fields by which one view names another: what stands in for them must be told apart."""
BESIDE = ("url", "context", "found", "nearest", "difference", "reason")
"""What is shown beside a citation, and can be left off."""
SAME_EVERYWHERE = ("schema", "audience", "cycle", "previous_cycle", "inputs_digest")


def withhold(dossier: Dossier) -> Dossier:
    """The dossier with such text replaced everywhere; it no longer says what was looked for."""
    finder = Finder(dossier.screen)
    unfit = cache(finder.unfit)
    # A level is known by its name: two of them must not become one.
    names = sorted({name for name in (*_names(dossier), *(level.name for level in dossier.levels)) if unfit(name)})
    stand_ins = {name: f"withheld-{n}" for n, name in enumerate(names, 1)}

    def shown(text: str) -> str:
        if not text or not unfit(text):
            return text
        return stand_ins.get(text) or ("" if _is_address(text) else WITHHELD)

    def around(view: Any) -> Any:
        return _without_words(view, unfit) if isinstance(view, CitationView) else view

    bare = rebuild(replace(dossier, screen=Screen()), view=around)
    safe: Dossier = rebuild(bare, text=shown)
    return replace(safe, **{name: getattr(dossier, name) for name in SAME_EVERYWHERE})


def _names(value: Any) -> Iterator[str]:
    """Every text by which a view is named."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _names(inner)
    elif isinstance(value, Mapping):
        yield from (key for key in value if isinstance(key, str))
        yield from _names(tuple(value.values()))
    elif is_dataclass(value):
        for f in fields(value):
            inner = getattr(value, f.name)
            if f.name in NAMES and isinstance(inner, str):
                yield inner
            else:
                yield from _names(inner)


def _is_address(text: str) -> bool:
    return "://" in text and not any(map(str.isspace, text))


def _without_words(view: CitationView, unfit: Any) -> CitationView:
    """A citation of which what is unfit is held back: the document and the page stay."""
    beside: dict[str, Any] = {name: "" for name in BESIDE if unfit(getattr(view, name))}
    view = replace(view, **beside)
    if not view.quotation or not unfit(view.quotation):
        return view
    bare = {name: getattr(view, name).replace(view.quotation, WITHHELD) for name in ("shown", "shown_again", "written")}
    return replace(view, **bare, quotation=WITHHELD, context="", found="", nearest="", difference="", marks=())


# Words that say what somebody does; a name has none of them.
_ROLE = re.compile(
    r"\b(accountant|adviser|advisor|analyst|auditor|board|centre|chair|chief|clerk|clinician|commissioner|committee|"
    r"coordinator|council|councillor|deputy|director|doctor|executive|governor|head|lead|leader|manager|member|midwife|"
    r"nurse|officer|owner|partner|partnership|president|psychologist|registrar|representative|secretary|specialist|"
    r"team|treasurer|trustee)s?\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"^(?P<name>[^()]+)\((?P<role>[^()]+)\)\s*$")


def role_of(text: str) -> str:
    """`Amina Patel, Director of Strategy` -> `Director of Strategy`; a role alone stays as it is."""
    for first, rest in _halves(text.strip()):
        if not _ROLE.search(first) and _ROLE.search(rest):
            return rest.strip()
    return text.strip()


def _halves(text: str) -> list[tuple[str, str]]:
    bracketed = _BRACKETS.match(text)
    if bracketed:
        return [(bracketed["name"], bracketed["role"])]
    first, _, rest = text.partition(",")
    return [(first, rest)] if rest else []


INTERNAL, PRIVATE, PUBLIC = "internal", "private", "public"


def for_audience(dossier: Dossier, audience: str) -> Dossier:
    """The dossier as that audience may see it: `internal` (all), `private` (a private session) or `public`."""
    if audience != PUBLIC:
        return replace(dossier, audience=audience)
    shown: Dossier = rebuild(replace(dossier, indicators=hide_small_counts(dossier)), view=_redact)
    public = {d.id for d in shown.documents if d.visibility == PUBLIC}
    listed = [replace(d, supersedes=tuple(i for i in d.supersedes if i in public)) for d in shown.documents]
    shown = withhold(replace(shown, audience=PUBLIC, documents=tuple(d for d in listed if d.id in public)))
    # The words of a picture come from what the public may see, like the picture itself.
    return replace(shown, figures=describe_figures(shown))


def _redact(view: Any) -> Any:
    if isinstance(view, CitationView):
        return redact_citation(view)
    if isinstance(view, AnswerView):
        return _public_comment(view)
    if isinstance(view, FindingView):
        return _plain_finding(view)
    return view


def redact_citation(view: CitationView) -> CitationView:
    """An internal document that is cited shows its owner's role, and nothing else of itself."""
    if view.visibility == PUBLIC:
        return view
    owner = role_of(view.owner)
    holder = the(owner) if owner else "the organisation"
    shown = f"Internal document held by {holder}; not published with this paper"
    if not view.evidence:
        shown = view.shown_again
    return CitationView(
        key=shown,
        source=shown,
        shown=f"{shown}.",
        shown_again=f"{shown}.",
        verdict=view.verdict,
        owner=owner,
        assurance_line=view.assurance_line,
        statement=view.statement,
        respondent=view.respondent,
        redacted=True,
    )


def _public_comment(view: AnswerView) -> AnswerView:
    if not view.public_comment:
        return view
    return replace(view, comment=view.public_comment, public_comment="", shortened=True)


def _plain_finding(view: FindingView) -> FindingView:
    """Messages quote what people wrote; in public a finding says only what kind it is and where."""
    told = explain(view.code)
    return replace(view, message=told.title, remedy=told.remedy, evidence=None, file=None, row=None, field=None)
