"""Authors' text that the public must not see: a title or words of a document not published, personal data.

The checks say where it stands. It is held back even in a draft, and in a partner's form, where it blocks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from pipeline.dossier.views import AnswerView, CitationView, CoverView, Dossier, ExceptionView, FindingView

WITHHELD = "[Withheld: not for publication as it stands.]"
UNFIT = ("PU701", "PU702")
# Cover fields that a view shows under another name than assessment.yaml has.
RENAMED = {"assurance_offered": "assurance_reason", "strategic_objectives": "objectives"}


@dataclass(frozen=True)
class Unfit:
    """The fields that hold such text, by file and row; where a view has no row of its own, by file."""

    by_row: Mapping[tuple[str | None, int | None], set[str]]
    by_file: Mapping[str | None, set[str]]

    def fields_of(self, view: Any) -> set[str]:
        """Those of one view."""
        file, row = getattr(view, "file", None), getattr(view, "row", None)
        if not file:
            return set()
        return self.by_file.get(file, set()) if row is None else self.by_row.get((file, row), set())


def withhold(dossier: Dossier) -> Dossier:
    """The dossier with such text replaced, everywhere it would be shown."""
    unfit = _unfit(dossier)
    if not unfit.by_file:
        return dossier
    shown: Dossier = rebuild(dossier, lambda view: _withheld(view, unfit))
    named = {name for file, names in unfit.by_file.items() if str(file).endswith("/assessment.yaml") for name in names}
    cover = {name.removeprefix("paper.") for name in named if name.startswith("paper.")}
    shown = _blanked(shown, named & {f.name for f in fields(Dossier)})
    return replace(shown, cover=_cover(shown.cover, cover))


def rebuild(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same structure with `change` applied to every view in it, innermost first."""
    if isinstance(value, tuple):
        return tuple(rebuild(v, change) for v in value)
    if isinstance(value, Mapping):
        return {k: rebuild(v, change) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return change(replace(value, **{f.name: rebuild(getattr(value, f.name), change) for f in fields(value)}))
    return value


def _unfit(dossier: Dossier) -> Unfit:
    by_row: dict[tuple[str | None, int | None], set[str]] = {}
    by_file: dict[str | None, set[str]] = {}
    for f in dossier.findings:
        # A document that is cited is redacted as a citation; here it is about words that people wrote.
        if f.code in UNFIT and f.severity != "excepted" and (f.field != "evidence" or f.code == "PU702"):
            by_row.setdefault((f.file, f.row), set()).add(f.field or "")
            by_file.setdefault(f.file, set()).add(f.field or "")
    return Unfit(by_row, by_file)


def _withheld(view: Any, unfit: Unfit) -> Any:
    names = set() if isinstance(view, FindingView) else unfit.fields_of(view)
    if not names:
        return view
    if isinstance(view, AnswerView) and "evidence" in names:
        view = replace(view, citations=tuple(_without_words(c) for c in view.citations))
    if isinstance(view, ExceptionView):
        names = {"reason", "mitigation"}
    return _blanked(view, names & {f.name for f in fields(view)} - {"evidence"})


def _blanked(view: Any, names: set[str]) -> Any:
    return replace(view, **{name: _blank(getattr(view, name)) for name in names}) if names else view


def _blank(value: Any) -> Any:
    """The stand-in, in the shape of what stood there: text, texts, or pairs with a text in second place."""
    if isinstance(value, str):
        return WITHHELD
    if value and isinstance(value[0], tuple):
        return tuple((first, WITHHELD) for first, _ in value)
    return (WITHHELD,) if value and isinstance(value[0], str) else ()


def _cover(cover: CoverView, names: set[str]) -> CoverView:
    implications = {name.partition(".")[2] for name in names if name.startswith("implications.")}
    plain = {RENAMED.get(name, name) for name in names} & {f.name for f in fields(CoverView)}
    shown: CoverView = _blanked(cover, plain | ({"implications"} if implications else set()))
    return shown


def _without_words(view: CitationView) -> CitationView:
    """A citation whose quotation is held back: the document and the page stay."""
    if not view.quotation:
        return view
    bare = {name: getattr(view, name).replace(view.quotation, WITHHELD) for name in ("shown", "shown_again", "written")}
    return replace(view, **bare, quotation=WITHHELD, context="", nearest="", difference="")
