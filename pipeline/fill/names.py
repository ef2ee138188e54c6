"""Every name that the template of a paper may use, and how: for `boardpack templates` and for whoever writes one."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pipeline.dossier.views import Dossier
from pipeline.fill.strict import parts_of

NOT_FOR_TEMPLATES = ("screen",)
"""What the dossier holds for the last look at a paper, and no paper prints."""
ALONE, RUNS, BLOCK, EACH, PARTS = "{{ name }}", "{{r name }}", "{{p name }}", "{% for x in name %}", "{{ name.part }}"


@dataclass(frozen=True)
class Name:
    """A name, the way in which a template uses it, and the parts that it has."""

    name: str
    use: str
    parts: tuple[str, ...] = ()


def template_names(paper: str, dossier: Dossier, template: Path) -> tuple[Name, ...]:
    """The names of a paper, in alphabetical order."""
    from pipeline.fill import context
    from pipeline.fill.word import StrictTemplate

    kit = StrictTemplate(template).kit
    named = context(paper, dossier, kit, draft=True, figures=None, logo=None)
    hints = get_type_hints(Dossier)
    return tuple(_name(name, named[name], hints.get(name)) for name in sorted(named))


def _name(name: str, value: Any, hint: Any) -> Name:
    if hasattr(value, "__html__"):
        return Name(name, RUNS if getattr(value, "tag", "p") == "r" else BLOCK)
    if isinstance(value, Mapping) or (is_dataclass(value) and not isinstance(value, type)):
        return Name(name, PARTS, parts_of(value))
    if isinstance(value, (tuple, list)):
        return Name(name, EACH, _parts_of_members(value, hint))
    return Name(name, ALONE)


def _parts_of_members(members: Any, hint: Any) -> tuple[str, ...]:
    """The parts of what a list holds; an empty list is known by its type."""
    member = next(iter(members), None)
    if member is None:
        kind = next((a for a in get_args(hint) if is_dataclass(a)), None)
        return tuple(f.name for f in fields(kind)) if kind else ()
    if isinstance(member, (str, int, datetime.date)) or hasattr(member, "__html__"):
        return ()
    return parts_of(member) or tuple(vars(member) if hasattr(member, "__dict__") else ())
