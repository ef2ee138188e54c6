"""What an audience may see. Everything shown outside goes through `for_audience` before anything else touches it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pipeline.check.codes import explain
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.indicators import hide_small_counts
from pipeline.dossier.people import role_of
from pipeline.dossier.rebuild import rebuild
from pipeline.dossier.views import AnswerView, CitationView, Dossier, FindingView
from pipeline.dossier.withhold import withhold
from pipeline.words import the

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
