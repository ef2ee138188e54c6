"""Every name that a template may use, with a line of what it is: from the dossier's own descriptions."""

from __future__ import annotations

import ast
import datetime
import inspect
import re
import textwrap
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from pipeline.dossier.example import example_dossier
from pipeline.dossier.figures import CHARTS
from pipeline.dossier.views import Dossier
from pipeline.papers.trying import NOT_FOR_TEMPLATES, template_names
from pipeline.papers.trying import Name as Used
from pipeline.text import list_in_words, sentence_case
from pipeline.word.text import Sentence

PLAIN = {
    str: "text",
    int: "number",
    float: "number",
    bool: "yes or no, for `if`",
    datetime.date: "date, printed in words",
}


@dataclass(frozen=True)
class Name:
    """A name, and what stands there."""

    name: str
    means: str


@dataclass(frozen=True)
class Names:
    """Names that belong together, under a heading."""

    heading: str
    names: tuple[Name, ...]


def catalogue(templates: Mapping[str, Path]) -> tuple[Names, ...]:
    """What every template may use, the parts of each record, then what each paper has beyond that."""
    every = tuple(
        Name(f.name, _means(Dossier, f.name, WHOLE.get(f.name, "")))
        for f in fields(Dossier)
        if f.name not in NOT_FOR_TEMPLATES
    )
    filters = tuple(Name(name, means) for name, means in FILTERS.items())
    general = tuple(Name(name, means) for name, means in GENERAL.items())
    records = tuple(_record(kind) for kind in _records(Dossier))
    papers = tuple(_of_paper(paper, template) for paper, template in templates.items())
    first = (Names("Every paper", (*every, *general)), Names("Applied to a value", filters))
    return (*first, *records, *(p for p in papers if p.names))


# Of the dossier's own names, those that say too little by themselves.
WHOLE = {
    "schema": "the form of the dossier",
    "organisation": "the organisation's name",
    "cycle": "this cycle, such as 2025-26",
    "previous_cycle": "the cycle that this one is compared with, or empty",
    "as_of": "the day on which evidence had to be in date",
    "stage": "proposal or result",
    "subject": "the paper or plan that a matrix framework is asked of",
    "framework_title": "the framework's title",
    "framework_version": "the framework's version",
    "framework_shipped": "it is the one that comes with boardpack",
    "senior_responsible_officer": "as assessment.yaml gives it",
    "non_executive_lead": "as assessment.yaml gives it",
    "committee": "the committee that oversees the work",
    "levels": "the scale, lowest first",
    "respondents": "everyone who was asked",
    "sections": "the sections in scope with their statements",
    "totals": "counts over all sections in scope",
    "strongest": "statement ids, up to five",
    "moved": "statement ids, down first",
    "actions": "the action plan, in its own order",
    "risks": "the risks of the Board Assurance Framework",
    "funding": "the funding table",
    "indicators": "the indicators table, a row for each value",
    "schemes": "the charters of funded schemes",
    "narratives": "the authors' own words: {{p narratives.background|prose }}",
    "documents": "the evidence register; in a public paper the public documents alone",
    "references": "laws and guidance that the statements name",
    "figures": "pictures with their captions and alt texts",
    "annual_report_parts": "titles of the parts of the annual report section",
    "include_levels": "the annual report section shows levels",
    "targets_by": "the day by which the levels aimed at are to be reached",
    "small_numbers": "counts up to this one are not shown",
    "signoffs": "who signed the assessment off, and when",
}
FILTERS = {
    "|cite": "citations as footnotes: {{r a.citations|cite }}",
    "|prose": "the authors' own words as paragraphs: {{p narratives.background|prose }}",
    "|figure": f"a chart with its caption: {{{{p 'heatmap'|figure }}}}; there are {list_in_words([*CHARTS])}",
    "|day": "a date in words: {{ a.due|day }}",
    "|length": "how many a list has: {{ actions|length }}",
}

# What `fill.context` adds to the dossier for every paper.
GENERAL = {
    "statements": "list: each a statement",
    "paper_title": "text: the paper's own title",
    "draft": PLAIN[bool],
    "draft_line": "text, in a draft: how many things must be put right before a final paper",
    "levels_box": "what the levels mean, as a table: {{p levels_box }}",
    "marking": "text: Public, Private or INTERNAL",
    "marking_line": "text: what stands first in a paper that is not public; empty in a public one",
    "logo": "the organisation's logo: {{r logo }}",
    "not_complete": "list, in a draft: each with who, items_to_do",
}


def _records(kind: type, seen: dict[type, None] | None = None) -> list[type]:
    """The records that a record is made of, each once, in the order in which they are met."""
    seen = {} if seen is None else seen
    for hint in (hint for name, hint in get_type_hints(kind).items() if name not in NOT_FOR_TEMPLATES):
        for part in _parts(hint):
            if part not in seen:
                seen[part] = None
                _records(part, seen)
    return list(seen)


def _parts(hint: Any) -> Iterator[type]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for argument in get_args(hint):
        yield from _parts(argument)


def _record(kind: type) -> Names:
    names = tuple(Name(f".{f.name}", _means(kind, f.name)) for f in fields(kind))
    return Names(f"{_called(kind).capitalize()}: {first_line(kind.__doc__)}", names)


def _called(kind: type) -> str:
    """`StatementView` -> `a statement`."""
    letters = "".join(f" {c.lower()}" if c.isupper() else c for c in kind.__name__.removesuffix("View")).strip()
    if letters in ("totals", "money", "funding"):
        return letters
    return f"{'an' if letters[0] in 'aeiou' else 'a'} {letters}"


def first_line(text: str | None) -> str:
    """The first line of a docstring."""
    return (text or "").strip().split("\n")[0]


def _means(kind: type, name: str, otherwise: str = "") -> str:
    told = first_line(_told(kind).get(name, "")) or otherwise
    what = _kind_in_words(get_type_hints(kind)[name])
    return f"{what}: {told}" if told else what


@cache
def _told(kind: type) -> Mapping[str, str]:
    """The text that stands below each field in the source."""
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for line, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and isinstance(after, ast.Expr):
            value = after.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[line.target.id] = value.value
    return found


def _kind_in_words(hint: Any) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _kind_in_words(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        return f"list: each {_kind_in_words(arguments[0])}" if arguments[-1] is Ellipsis else "a pair: [0] and [1]"
    if origin is not None:
        return f"by name: each {_kind_in_words(arguments[1])}"
    return PLAIN.get(hint) or _called(hint)


def _of_paper(paper: str, template: Path) -> Names:
    """What a paper has of its own: what it is, and how it is asked for."""
    from pipeline.papers import PAPERS
    from pipeline.word.engine import StrictTemplate

    if paper not in PAPERS:
        return Names(f"{paper} alone", ())
    values = PAPERS[paper](example_dossier(), StrictTemplate(template).kit, None)
    used = {name.name: name for name in template_names(paper, example_dossier(), template)}
    general = {f.name for f in fields(Dossier)} | GENERAL.keys()
    own = (Name(n, f"{_what(n, v)} {_used(used[n])}") for n, v in sorted(values.items()) if n not in general)
    return Names(f"{paper} alone", tuple(own))


def _what(name: str, value: Any) -> str:
    """The first line that a value's own kind says of itself; else the name's own words."""
    member = value[0] if isinstance(value, (list, tuple)) and value else value
    kind = type(member)
    if kind.__module__.startswith("pipeline.") and kind is not Sentence:
        return re.sub(r" Used as .*", "", first_line(kind.__doc__))
    return f"{sentence_case(name.replace('_', ' '))}."


def _used(name: Used) -> str:
    parts = [part for part in name.parts if not part.startswith("_")]
    return f"{name.use}, with {', '.join(parts)}" if parts else name.use
