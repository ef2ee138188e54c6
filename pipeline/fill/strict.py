"""What a template may do: name what the dossier has, and nothing else. A name that it has not is an error."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from pipeline.dossier.views import CitationView
from pipeline.fill.text import inside_t
from pipeline.words import date_in_words

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
