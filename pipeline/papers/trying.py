"""What templates may name, and whether they and the dossier agree."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pipeline.dossier.example import example_dossier
from pipeline.dossier.views import Dossier
from pipeline.errors import TemplateError
from pipeline.word.names import TAG, describe
from pipeline.word.text import environment, parts_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What takes the whole paragraph or row that it stands in: other words there would vanish.
TAKES_ALL = re.compile(r"\{[\{%](p|tr)\s(?:(?!\{[\{%]).)*?[\}%]\}", re.DOTALL)
PARTED = re.compile(r"\{[\{%]\s+(p|tr|tc|r)\s")


def faults(paper: str, template: Path, dossiers: Sequence[Dossier] = ()) -> list[TemplateError]:
    """What is wrong with a template: names, code, words that would vanish; the first of each try, each once."""
    found = list(_tries(paper, template, [*dossiers, example_dossier()]))
    if not any("not a Word document" in fault.message for fault in found):
        found += _refused(template)
        found += _unasked_names(paper, template)
        found += _vanishing_words(template)
    return list({fault.message: fault for fault in found}.values())


def left_out(template: Path) -> tuple[str, ...]:
    """What of a template goes into no paper, in words; empty too where it is no Word document."""
    from pipeline.word.engine import StrictTemplate

    try:
        return StrictTemplate(template).left_out
    except TemplateError:
        return ()


def _refused(template: Path) -> list[TemplateError]:
    from pipeline.word.engine import StrictTemplate

    return StrictTemplate(template).refused


def _tries(paper: str, template: Path, dossiers: Sequence[Dossier]) -> Iterator[TemplateError]:
    from pipeline.papers import filled

    for dossier in dossiers:
        for draft in (False, True):
            try:
                filled(paper, dossier, template, draft=draft)
            except TemplateError as fault:
                yield fault


def _unasked_names(paper: str, template: Path) -> Iterator[TemplateError]:
    """Names that no dossier has, in a part of the template that no try came to."""
    from jinja2 import TemplateSyntaxError

    from pipeline.papers import context, filters
    from pipeline.word.engine import LIST_NAMES, StrictTemplate

    word = StrictTemplate(template)
    names = context(paper, example_dossier(), word.kit, draft=True, figures=None, logo=None)
    env = environment()
    env.filters.update(filters(word.kit, example_dossier(), None))
    for part, root in _texts(word):
        source = word.patch_xml(word.xml_to_string(root))
        try:
            from jinja2 import meta

            unknown = meta.find_undeclared_variables(env.parse(source)) - names.keys() - env.globals.keys()
        except TemplateSyntaxError:
            continue  # told by the tries
        for name in sorted(unknown):
            lines = source.split("\n")
            line = next((n for n, text in enumerate(lines, 1) if re.search(rf"\{{[^}}]*\b{name}\b", text)), None)
            place = describe(source, line, name, root, part)
            yield TemplateError(f"{word.name} names `{name}`, which the dossier does not have: {place}.", LIST_NAMES)


def _texts(word: Any) -> Iterator[tuple[str, Any]]:
    """The text of a template and its headers and footers, with what each is called."""
    from docx.oxml import parse_xml

    yield "", word.docx.element.body
    for relation in word.docx.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("header", "footer"):
            yield f"the {kind}", parse_xml(relation.target_part.blob)


def _vanishing_words(template: Path) -> Iterator[TemplateError]:
    """Words beside a tag that takes its whole paragraph or row, and tags that are parted from their letter."""
    from pipeline.word.engine import StrictTemplate

    word = StrictTemplate(template)
    for part, root in _texts(word):
        for paragraph in root.iter(f"{WORD}p"):
            text = "".join(t.text or "" for t in paragraph.iter(f"{WORD}t"))
            alone = TAKES_ALL.search(text)
            where = describe(text, 1, "", root, part)
            if alone and TAKES_ALL.sub("", text).strip():
                yield TemplateError(
                    f"{word.name} has words beside `{alone.group()}`, which would not be printed: {where}.",
                    "Put the tag into a paragraph or row of its own.",
                )
            loose = PARTED.search(text)
            if loose and TAG.search(text):
                yield TemplateError(
                    f"{word.name} has a blank before the `{loose.group(1)}` of a tag: {where}.",
                    f"Write `{loose.group(0)[:2]}{loose.group(1)}` without a blank between.",
                )


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
    from pipeline.papers import context
    from pipeline.word.engine import StrictTemplate

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
