"""What the public must not see: a title or words of a document not published, personal data, a password.

Every text of the dossier is looked through, whatever field it stands in. The checks say where it was written. It is
held back even in a draft, and in a partner's form, where it blocks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from pipeline.check.screen import Finder, Screen
from pipeline.dossier.rebuild import rebuild
from pipeline.dossier.views import CitationView, Dossier

WITHHELD = "[Withheld: not for publication as it stands.]"
NAMES = ("id", "key", "source")
"""Fields by which one view names another: what stands in for them must be told apart."""
BESIDE = ("url", "context", "nearest", "difference", "reason")
"""What is shown beside a citation, and can be left off."""
SAME_EVERYWHERE = ("schema", "audience", "cycle", "previous_cycle", "inputs_digest")


def withhold(dossier: Dossier) -> Dossier:
    """The dossier with such text replaced everywhere; it no longer says what was looked for."""
    finder = Finder(dossier.screen)
    unfit = cache(finder.unfit)
    names = sorted({name for name in _names(dossier) if unfit(name)})
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
    return replace(view, **bare, quotation=WITHHELD, context="", nearest="", difference="")
