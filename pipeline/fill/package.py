"""From a filled document to the bytes of a file: properties, marking of drafts, order, dates, seal."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from pipeline import seal
from pipeline.words import legible

MADE_BY = "boardpack"
# The oldest date that a zip file can hold: the same on every machine.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FIRST = ("[Content_Types].xml", "_rels/.rels")


def set_properties(
    docx: Any, *, title: str, author: str, made_on: datetime.date, properties: Mapping[str, str]
) -> None:
    """Core, application and custom properties; nothing of the template's own making stays."""
    core = docx.core_properties
    moment = datetime.datetime(made_on.year, made_on.month, made_on.day, tzinfo=datetime.UTC)
    core.title, core.author, core.last_modified_by = legible(title)[:255], legible(author)[:255], legible(author)[:255]
    core.language, core.revision = "en-GB", 1
    core.comments = core.subject = core.keywords = core.category = core.content_status = ""
    core.identifier = core.version = ""
    for printed in core._element.xpath("cp:lastPrinted"):
        core._element.remove(printed)
    core.created = core.modified = moment
    _replace(
        docx,
        RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
        "/docProps/app.xml",
        _application(author),
        CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
    )
    _replace(docx, seal.RELATED, f"/{seal.PROPERTIES}", seal.properties_xml(properties), seal.CONTENT)


def _application(organisation: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{MADE_BY}</Application><Company>{escape(legible(organisation))}</Company></Properties>"
    ).encode()


def _replace(docx: Any, related: str, name: str, content: bytes, content_type: str) -> None:
    package = docx.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == related:
            del package.rels[key]
    package.relate_to(Part(PackURI(name), content_type, content, package), related)


def to_bytes(docx: Any) -> bytes:
    """The sealed file: the same document gives the same bytes, whenever and wherever it is made."""
    parts = seal.sealed(_parts(docx))
    names = [*FIRST, *sorted(parts.keys() - set(FIRST))]
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            member.external_attr = 0
            package.writestr(member, parts[name])
    return out.getvalue()


def _parts(docx: Any) -> dict[str, bytes]:
    saved = BytesIO()
    docx.save(saved)
    return seal.read_parts(saved.getvalue())
