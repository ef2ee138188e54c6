"""Content controls of a Word form: places to type in, and text that is locked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUIET = "\N{NO-BREAK SPACE}" * 6
"""What stands in an empty place that asks for nothing: visible when chosen, blank on paper."""


class Controls:
    """Makes the controls of one document; each has a number of its own."""

    def __init__(self) -> None:
        self._number = 1000

    def choice(self, tag: str, alias: str, prompt: str, items: Sequence[str], *, free: bool = False) -> Any:
        """A drop-down; with `free`, one that also takes typed text."""
        listed = _element("w:comboBox" if free else "w:dropDownList")
        for item in dict.fromkeys(clean(i) for i in items):
            listed.append(_element("w:listItem", displayText=item, value=item))
        return self._run_control(tag, alias, prompt, listed)

    def text(self, tag: str, alias: str) -> Any:
        """A place for plain text, several lines if need be."""
        return self._run_control(tag, alias, _QUIET, _element("w:text", multiLine="1"))

    def date(self, tag: str, alias: str, prompt: str) -> Any:
        """A calendar; the day is written so that it cannot be misread."""
        kind = _element("w:date")
        kind.append(_element("w:dateFormat", val="yyyy-MM-dd"))
        kind.append(_element("w:lid", val="en-GB"))
        kind.append(_element("w:storeMappedDataAs", val="date"))
        kind.append(_element("w:calendar", val="gregorian"))
        return self._run_control(tag, alias, prompt, kind)

    def rich(self, tag: str, alias: str, prompt: str) -> Any:
        """A place for paragraphs, and for documents that are dropped into it."""
        control = self._control(tag, alias, "sdtLocked", None, showing=True)
        paragraph = _element("w:p")
        paragraph.append(placeholder_run(prompt))
        control[1].append(paragraph)
        return control

    def locked(self, blocks: Sequence[Any]) -> Any:
        """Paragraphs that cannot be edited."""
        control = self._control("", "", "sdtContentLocked", None, showing=False)
        for block in blocks:
            control[1].append(block)
        return control

    def _run_control(self, tag: str, alias: str, prompt: str, kind: Any) -> Any:
        control = self._control(tag, alias, "sdtLocked", kind, showing=True)
        control[1].append(placeholder_run(prompt))
        return control

    def _control(self, tag: str, alias: str, lock: str, kind: Any, showing: bool) -> Any:
        self._number += 1
        control, properties = _element("w:sdt"), _element("w:sdtPr")
        if tag:
            properties.append(_element("w:alias", val=alias[:64]))
            properties.append(_element("w:tag", val=tag[:64]))
        properties.append(_element("w:id", val=str(self._number)))
        properties.append(_element("w:lock", val=lock))
        if showing:
            properties.append(_element("w:showingPlcHdr"))
        if kind is not None:
            properties.append(kind)
        control.append(properties)
        control.append(_element("w:sdtContent"))
        return control


def placeholder_run(prompt: str) -> Any:
    """A run that Word replaces with what is typed."""
    run, properties = _element("w:r"), _element("w:rPr")
    properties.append(_element("w:rStyle", val="PlaceholderText"))
    run.append(properties)
    text = _element("w:t")
    text.text = prompt
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def clean(text: str) -> str:
    """A text that an Office file can hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
