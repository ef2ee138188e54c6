"""What an audience may see. Everything shown outside goes through `for_audience` before anything else touches it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pipeline.check.codes import explain
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.indicators import hide_small_counts
from pipeline.dossier.views import AnswerView, CitationView, Dossier, FindingView
from pipeline.words import the

INTERNAL, PRIVATE, PUBLIC = "internal", "private", "public"
WITHHELD = "[Withheld from this draft: it must be changed before publication.]"
# Authors' text that a public paper must not print as it stands: a confidential title or words, personal data.
NOT_FIT_TO_PRINT = ("PU701", "PU702")


def for_audience(dossier: Dossier, audience: str) -> Dossier:
    """The dossier as that audience may see it: `internal` (all), `private` (a private session) or `public`."""
    if audience != PUBLIC:
        return replace(dossier, audience=audience)
    bad = _unfit_fields(dossier)
    safe = replace(dossier, indicators=hide_small_counts(dossier))
    shown: Dossier = rebuild(safe, lambda view: _redact(_withhold(view, bad)))
    shown = replace(
        shown,
        audience=PUBLIC,
        documents=tuple(d for d in shown.documents if d.visibility == PUBLIC),
    )
    # The words of a picture come from what the public may see, like the picture itself.
    return replace(shown, figures=describe_figures(shown))


def rebuild(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same structure with `change` applied to every view in it, innermost first."""
    if isinstance(value, tuple):
        return tuple(rebuild(v, change) for v in value)
    if isinstance(value, Mapping):
        return {k: rebuild(v, change) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return change(replace(value, **{f.name: rebuild(getattr(value, f.name), change) for f in fields(value)}))
    return value


def _unfit_fields(dossier: Dossier) -> dict[tuple[str | None, int | None], set[str]]:
    unfit: dict[tuple[str | None, int | None], set[str]] = {}
    for f in dossier.findings:
        if f.code in NOT_FIT_TO_PRINT and f.severity == "blocker" and f.field:
            unfit.setdefault((f.file, f.row), set()).add(f.field)
    return unfit


def _withhold(view: Any, bad: Mapping[tuple[str | None, int | None], set[str]]) -> Any:
    """Authors' text with something in it that the public must not see is not printed, even in a draft."""
    place = (getattr(view, "file", None), getattr(view, "row", None))
    names = {f.name for f in fields(view)} & bad.get(place, set())
    return replace(view, **{name: WITHHELD for name in names}) if names else view


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
    holder = the(view.owner) if view.owner else "the organisation"
    shown = f"Internal document held by {holder}; not published with this paper"
    if not view.evidence:
        shown = view.shown_again
    return CitationView(
        key=shown,
        source=shown,
        shown=f"{shown}.",
        shown_again=f"{shown}.",
        verdict=view.verdict,
        owner=view.owner,
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
    return replace(view, message=explain(view.code).title, evidence=None, file=None, row=None, field=None)
