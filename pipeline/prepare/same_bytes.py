"""Office files that are the same bytes whenever and wherever they are made."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

_NEVER = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a zip archive can name
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*?) customHeight="1"')
_MODIFIED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")


def same_bytes(package: bytes, day: datetime.date) -> bytes:
    """An Office file with its times set to one day: those of its members, and those that its properties name."""
    moment = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", content)
            if name.startswith("xl/worksheets/sheet"):
                # The height is where we start from; a row still grows with what people type into it.
                content = _FIXED_HEIGHT.sub(rb"\g<1>", content)
            new.writestr(_member(name), content)
    return out.getvalue()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment that a day begins, as the libraries want it."""
    return datetime.datetime(day.year, day.month, day.day)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NEVER)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member
