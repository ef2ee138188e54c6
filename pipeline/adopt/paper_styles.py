"""What a paragraph of a Word paper is: heading, list item, quotation or plain text."""

from __future__ import annotations

import re
from typing import Any

from pipeline.adopt.words import BODY, BULLET, HEADING, NUMBER, QUOTE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)")
# The paper's own numbered paragraphs are no list.
OUR_BODY = ("numbered body", "body text")


class Styles:
    """Names of styles and kinds of numbering, by id."""

    def __init__(self, styles: Any, numbering: Any) -> None:
        rows = [] if styles is None else styles.findall(f"{W}style")
        self._names = {s.get(f"{W}styleId"): _value(s, "name").casefold() for s in rows}
        self._bullets = {} if numbering is None else _bullets(numbering)

    def name(self, paragraph: Any) -> str:
        """The name of a paragraph's style, in lower case."""
        return self._names.get(_value(paragraph.find(f"{W}pPr"), "pStyle"), "")

    def character(self, run: Any) -> str:
        """The name of a run's own style, in lower case."""
        return self._names.get(_value(run.find(f"{W}rPr"), "rStyle"), "")

    def is_contents(self, paragraph: Any) -> bool:
        """True for a line of the table of contents, which Word writes."""
        return self.name(paragraph).startswith("toc")

    def is_heading(self, paragraph: Any) -> bool:
        """True for a heading."""
        return bool(_HEADING.fullmatch(self.name(paragraph)))

    def kind(self, paragraph: Any) -> tuple[str, int]:
        """Kind and depth."""
        name = self.name(paragraph)
        if heading := _HEADING.fullmatch(name):
            return HEADING, int(heading[1])
        numbered = paragraph.find(f"{W}pPr/{W}numPr")
        depth = int(_value(numbered, "ilvl") or 0)
        number = _value(numbered, "numId")
        if name.startswith("list bullet"):
            return BULLET, depth
        if name.startswith("list number"):
            return NUMBER, depth
        if number in self._bullets and (self._bullets[number] or name not in OUR_BODY):
            return (BULLET if self._bullets[number] else NUMBER), depth
        return (QUOTE if "quote" in name else BODY), 0


def _value(element: Any, tag: str) -> str:
    found = element.find(f"{W}{tag}") if element is not None else None
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _bullets(numbering: Any) -> dict[str, bool]:
    """Of each numbering whether it is one of bullets."""
    kinds = {}
    for abstract in numbering.findall(f"{W}abstractNum"):
        level = abstract.find(f"{W}lvl")
        kinds[abstract.get(f"{W}abstractNumId")] = _value(level, "numFmt") == "bullet"
    numbers = numbering.findall(f"{W}num")
    return {n.get(f"{W}numId"): kinds.get(_value(n, "abstractNumId"), False) for n in numbers}
