"""What an Office document says of itself: title, date, and hidden marks."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

_MOST = 1_000_000
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_MADE_BY = re.compile(r"^(?:microsoft (?:word|powerpoint|excel)|word|powerpoint) ?- ?", re.I)
_EXTENSION = re.compile(r"\.(?:docx?|pptx?|xlsx?|pdf|rtf|odt)$", re.I)
_SAYS_NOTHING = re.compile(
    r"(?:untitled|document|dokument|presentation|powerpoint presentation|slide|workbook|book|scan|template|title"
    r"|report template|microsoft[_ ]\w+[_ ]\w+|oleobject|image|picture)[ _]*\d*",
    re.I,
)


@dataclass(frozen=True)
class Properties:
    """Title and date (the last change, else the making); empty and None where the document does not say."""

    title: str = ""
    dated: datetime.date | None = None


def properties_of(path: Path) -> Properties:
    """The properties of a PDF, an Office file or a web page; a file that cannot be read says nothing."""
    try:
        with path.open("rb") as stream:
            start = stream.read(1024)
        if start.startswith(b"%PDF"):
            return _of_pdf(path)
        if start.startswith(b"PK"):
            return _of_office(path)
        if b"<html" in start.lower() or b"<!doctype html" in start.lower():
            return _of_page(path)
    except Exception:  # a document's own properties are a help, and never worth a stop
        return Properties()
    return Properties()


def title_from(text: str) -> str:
    """A title that says something, on one line, and that no spreadsheet would run as a formula; else nothing."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = _EXTENSION.sub("", _MADE_BY.sub("", line)).lstrip("=+-@ ").strip()
    return "" if _SAYS_NOTHING.fullmatch(line) else line[:300]


def title_from_name(name: str) -> str:
    """A file's name as a title: `health_equity-strategy_v2.pdf` is `health equity-strategy v2`."""
    return title_from(_EXTENSION.sub("", name).replace("_", " "))


def _of_pdf(path: Path) -> Properties:
    import pikepdf

    with warnings.catch_warnings(), pikepdf.open(path) as pdf:
        warnings.simplefilter("ignore")
        about: Any = pdf.docinfo if "/Info" in pdf.trailer else {}
        said = {key: str(about[key]) for key in ("/Title", "/ModDate", "/CreationDate") if key in about}
    return Properties(title_from(said.get("/Title", "")), _date(said.get("/ModDate") or said.get("/CreationDate")))


def _of_office(path: Path) -> Properties:
    with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as stream:
        content = stream.read(_MOST)
    if b"<!DOCTYPE" in content:
        return Properties()
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    said = {etree.QName(e).localname: e.text or "" for e in root if isinstance(e.tag, str)}
    return Properties(title_from(said.get("title", "")), _date(said.get("modified") or said.get("created")))


def _of_page(path: Path) -> Properties:
    from lxml import html

    with path.open("rb") as stream:
        page: Any = html.fromstring(stream.read(_MOST))
    return Properties(title_from(page.findtext(".//title") or ""))


def _date(text: str | None) -> datetime.date | None:
    match = _DATE.search(text or "")
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


_PART = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def with_properties(package: bytes, marks: Mapping[str, str]) -> bytes:
    """The same document with these properties; only strings, because other kinds change on the way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = _added(content, "Override", PartName=f"/{_PART}", ContentType=_CONTENT_TYPE)
            elif name == "_rels/.rels":
                content = _added(content, "Relationship", Id="rIdMarks", Type=_RELATION, Target=_PART)
            new.writestr(name, content)
        new.writestr(_PART, _custom(marks))
    return out.getvalue()


def _added(xml: bytes, tag: str, **attributes: str) -> bytes:
    root = etree.fromstring(xml)
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{tag}", attributes)
    return _xml(root)


def _custom(marks: Mapping[str, str]) -> bytes:
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _TYPES})
    for number, (name, value) in enumerate(marks.items(), 2):
        item = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_USER_DEFINED, pid=str(number), name=name)
        etree.SubElement(item, f"{{{_TYPES}}}lpwstr").text = value
    return _xml(root)


def _xml(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
