"""Hidden marks in a Word document: custom properties, which survive every word processor that we know of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from lxml import etree

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
