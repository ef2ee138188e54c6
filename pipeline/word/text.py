"""Runs and text of Word, and values that are asked for strictly."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, ClassVar, Protocol
from xml.sax.saxutils import escape

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from pipeline.dossier.views import CitationView
from pipeline.text import begins_right_to_left, date_in_words, has_right_to_left, legible

_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


def attribute(text: str) -> str:
    """Text for inside an attribute's double quotes."""
    return escape(legible(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def inside_t(text: str) -> str:
    """Text for inside a `w:t`; a line break or tab in it becomes Word's own."""
    safe = escape(legible(text))
    for character, markup in _BREAKS.items():
        safe = safe.replace(character, markup)
    return safe


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "", colour: str = "") -> str:
    """A `w:r` that holds the text. `style` is a character style's id."""
    marks = (
        f'<w:rStyle w:val="{style}"/>' if style else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
    )
    properties = f"<w:rPr>{''.join(marks)}</w:rPr>" if any(marks) else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{inside_t(text)}</w:t></w:r>'


def field(asks: str, shows: str) -> str:
    """Runs of a field that Word can renew (`REF name`, `SEQ Figure`); `shows` are the runs that stand there now."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {asks} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shows}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A `w:p`. `style` is a paragraph style's id; `properties` what follows it in `w:pPr`, in schema order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inner}{content}</w:p>"


THIN_SPACE = "\N{THIN SPACE}"


class Writer(Protocol):
    """What notes and references need of the document."""

    def note(self, citations: Iterable[CitationView]) -> str:
        """Reference marks as runs."""

    def refer(self, bookmark: str, words: str) -> str:
        """A live cross-reference as runs."""


@dataclass(frozen=True)
class Part:
    """A piece of a sentence: words, or notes, or a cross-reference."""

    words: str = ""
    bold: bool = False
    italic: bool = False
    citations: tuple[CitationView, ...] = ()
    bookmark: str = ""


@dataclass(frozen=True)
class Sentence:
    """Words for a paragraph. Used as `{{r name }}`."""

    writer: Writer
    parts: tuple[Part, ...] = ()
    tag: ClassVar[str] = "r"

    def say(self, words: str, *, bold: bool = False, italic: bool = False) -> Sentence:
        """The sentence with these words at its end."""
        return self._with(Part(words, bold=bold, italic=italic))

    def cite(self, citations: Iterable[CitationView]) -> Sentence:
        """The sentence with the notes of these citations at its end."""
        given = tuple(citations)
        return self._with(Part(citations=given)) if given else self

    def refer(self, bookmark: str, words: str) -> Sentence:
        """The sentence with a live cross-reference at its end."""
        return self._with(Part(words, bookmark=bookmark))

    def _with(self, part: Part) -> Sentence:
        return replace(self, parts=(*self.parts, part))

    def join(self, other: Sentence) -> Sentence:
        """Both sentences, one after the other."""
        return replace(self, parts=(*self.parts, *other.parts))

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(part.words for part in self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __html__(self) -> str:
        out: list[str] = []
        before = ""
        for part in self.parts:
            # So that `version 2` and its note are not read as one number.
            if part.citations and before[-1:].isdigit():
                out.append(run(THIN_SPACE))
            out.append(self._xml(part))
            before = part.words
        return "".join(out)

    def _xml(self, part: Part) -> str:
        if part.citations:
            return self.writer.note(part.citations)
        if part.bookmark:
            return self.writer.refer(part.bookmark, part.words)
        return run(part.words, bold=part.bold, italic=part.italic)


NOT_GIVEN = "not given"


class UnknownNameError(UndefinedError):
    """A template names what the dossier does not have."""

    def __init__(self, message: str, name: str, known: Iterable[str]) -> None:
        super().__init__(message)
        self.name, self.known = name, sorted(known)


class NotPrintableError(Exception):
    """A template prints something that is not one value, such as a whole statement."""


class Named(StrictUndefined):
    """An unknown name that remembers what it was asked of, for the message."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None) -> None:
        known = () if obj is missing else parts_of(obj)
        told: Any = exc if exc and exc is not UndefinedError else lambda text: UnknownNameError(text, name or "", known)
        super().__init__(hint, obj, name, told)


def parts_of(value: Any) -> tuple[str, ...]:
    """The names that a value of the dossier has."""
    if is_dataclass(value):
        return tuple(f.name for f in fields(value))
    return tuple(str(k) for k in value) if isinstance(value, Mapping) else ()


def printed(value: Any) -> Any:
    """A value as a paper prints it: dates in words, nothing as `not given`, text letter for letter."""
    if hasattr(value, "__html__"):
        return value
    plain = in_words(value)
    return Markup(inside_t(plain)) if isinstance(plain, str) else plain


def in_words(value: Any) -> Any:
    """A value as text without any markup."""
    if value is None:
        return NOT_GIVEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return date_in_words(value)
    if isinstance(value, CitationView):
        return value.shown
    if isinstance(value, (tuple, list)) and all(isinstance(v, (str, int)) for v in value):
        return ", ".join(map(str, value))
    if isinstance(value, (str, int, float)):
        return str(value)
    # A name that is not there says so itself; anything else is no single value.
    if isinstance(value, Named):
        return value
    raise NotPrintableError(", ".join(parts_of(value)))


def environment(*, markup: bool = True) -> ImmutableSandboxedEnvironment:
    """The one environment in which templates are rendered; without markup for an address or a chart's text."""
    finalize = printed if markup else in_words
    env = ImmutableSandboxedEnvironment(undefined=Named, autoescape=markup, finalize=finalize)
    env.globals = {"range": env.globals["range"]}
    env.filters["day"] = date_in_words
    return env


# What stands after the mark of direction in the properties of a paragraph and of a run.
AFTER_BIDI = frozenset(
    (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
        *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr"),
        *("sectPr", "pPrChange"),
    )
)
AFTER_RTL = frozenset(("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange"))


def mark_direction(root: Any) -> None:
    """Paragraphs and runs whose first letters run from right to left say so: Word goes by the mark alone."""
    from docx.oxml.ns import qn

    if not has_right_to_left("".join(root.itertext())):
        return
    begun = set()
    for run in list(root.iter(qn("w:r"))):
        right_to_left = begins_right_to_left("".join(t.text or "" for t in run.findall(qn("w:t"))))
        if right_to_left is None:
            continue
        if right_to_left:
            _mark(run, "rPr", "rtl", AFTER_RTL)
        around = next(run.iterancestors(qn("w:p")), None)
        if around is not None and around not in begun:
            begun.add(around)
            if right_to_left:
                _mark(around, "pPr", "bidi", AFTER_BIDI)


def _mark(element: Any, kind: str, mark: str, after: Collection[str]) -> None:
    from docx.oxml.ns import qn

    properties = element.find(qn(f"w:{kind}"))
    if properties is None:
        properties = element.makeelement(qn(f"w:{kind}"))
        element.insert(0, properties)
    if properties.find(qn(f"w:{mark}")) is None:
        place = next((n for n, e in enumerate(properties) if e.tag.rpartition("}")[2] in after), len(properties))
        properties.insert(place, properties.makeelement(qn(f"w:{mark}")))
