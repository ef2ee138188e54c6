"""Messages, OpenDocument files, rich text and transcripts, made small."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape
from pathlib import Path

from tests.evidence.made_office import zipped

XLS = (Path(__file__).parent / "small.xls").read_bytes()
"""A workbook with two sheets, as LibreOffice saves it in Excel's old form."""
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    f'xmlns:{short}="{OASIS}{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("presentation", "presentation"),
    )
)  # fmt: skip


def opened(kind: str, body: str, styles: str = "") -> bytes:
    """An OpenDocument file with this body."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    named = {"text": "text", "spreadsheet": "spreadsheet", "presentation": "presentation"}[kind]
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{named}", "content.xml": content})


def odt(*paragraphs: str, styles: str = "") -> bytes:
    """A text; a paragraph that begins with `<` is taken as it is."""
    made = (p if p.startswith("<") else f"<text:p>{escape(p)}</text:p>" for p in paragraphs)
    return opened("text", "".join(made), styles)


def ods(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of texts."""
    cells = {
        name: "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{escape(c)}</text:p></table:table-cell>" for c in row)
            + "</table:table-row>"
            for row in rows
        )
        for name, rows in sheets.items()
    }
    return opened("spreadsheet", "".join(f'<table:table table:name="{n}">{r}</table:table>' for n, r in cells.items()))


def odp(*slides: str, hidden: int = 0) -> bytes:
    """A presentation; `hidden` is the number of a slide that is not shown."""
    style = (
        '<style:style style:name="gone" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    pages = "".join(
        f"<draw:page{' draw:style-name=' + chr(34) + 'gone' + chr(34) if n == hidden else ''}><draw:frame>"
        f"<draw:text-box><text:p>{escape(text)}</text:p></draw:text-box></draw:frame></draw:page>"
        for n, text in enumerate(slides, 1)
    )
    return opened("presentation", pages, style)


def eml(text: str, html: str = "", attached: Mapping[str, bytes] | None = None) -> bytes:
    """An e-mail."""
    message = EmailMessage()
    message["From"], message["To"] = "Chief Nurse <nurse@example.nhs.uk>", "board@example.nhs.uk"
    message["Subject"], message["Date"] = "Interpreting in maternity", "Thu, 05 Mar 2026 10:00:00 +0000"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mht(html: str) -> bytes:
    """A web page saved as one file."""
    message = EmailMessage()
    message["Subject"] = "Saved by a browser"
    message.set_content(html, subtype="html")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def rtf(text: str) -> bytes:
    """Rich text, with a bold word and a paragraph's end."""
    written = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text)
    return (
        f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs24 {written}\\par {{\\b The end.}}\\par}}".encode()
    )


def vtt(*cues: tuple[str, str]) -> bytes:
    """A transcript: times and what was said."""
    said = "\n\n".join(f"{n}\n{time}.000 --> {time}.900\n{text}" for n, (time, text) in enumerate(cues, 1))
    return f"WEBVTT\n\nNOTE made by a meeting\n\n{said}\n".encode()


def msg(subject: str, body: str, html: str = "", attached: Mapping[str, bytes] | None = None) -> bytes:
    """A message as Outlook saves it."""
    attached = attached or {}
    texts = {0x0037: subject, 0x0C1F: "nurse@example.nhs.uk", 0x1000: body}
    streams = _properties(
        "",
        {**texts},
        {0x1013: html.encode()} if html else {},
        struct.pack("<8xIIII8x", 1, len(attached), 1, len(attached)),
    )
    for number, (name, data) in enumerate(attached.items()):
        streams |= _properties(f"__attach_version1.0_#{number:08X}/", {0x3707: name}, {0x3701: data}, b"\0" * 8)
    return container(streams)


def _properties(at: str, texts: Mapping[int, str], data: Mapping[int, bytes], head: bytes) -> dict[str, bytes]:
    values = {(pid, 0x001F): text.encode("utf-16-le") for pid, text in texts.items() if text}
    values |= {(pid, 0x0102): content for pid, content in data.items()}
    entries = b"".join(struct.pack("<HHIII", kind, pid, 6, len(value), 0) for (pid, kind), value in values.items())
    found = {f"{at}__properties_version1.0": head + entries}
    return found | {f"{at}__substg1.0_{pid:04X}{kind:04X}": value for (pid, kind), value in values.items()}


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file whose streams are all short, with storages for names that hold a slash."""
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    small, minifat, starts = b"", [], {}
    for name, content in streams.items():
        size = max(1, -(-len(content) // 64))
        starts[name] = len(minifat)
        minifat += [len(minifat) + n + 1 for n in range(size - 1)] + [0xFFFFFFFE]
        small += content.ljust(size * 64, b"\0")
    small = small.ljust(-(-len(small) // 512) * 512, b"\0")
    names = [*storages, *streams]
    top = [*storages, *(n for n in streams if "/" not in n)]
    place = {name: at for at, name in enumerate(names, 1)}
    right = {one: place[two] for group in (top, *([n for n in streams if n.startswith(s + "/")] for s in storages))
             for one, two in zip(group, group[1:], strict=False)}  # fmt: skip
    entries = [_entry("Root Entry", 5, place[top[0]], 0, len(small))]
    for name in names:
        if name in storages:
            first = next(n for n in streams if n.startswith(name + "/"))
            entries.append(_entry(name, 1, place[first], 0, 0, right.get(name)))
        else:
            entries.append(_entry(name.split("/")[-1], 2, None, starts[name], len(streams[name]), right.get(name)))
    folder = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    table = struct.pack(f"<{len(minifat)}I", *minifat)
    table = table.ljust(-(-len(table) // 512) * 512, b"\xff")
    at, chain = 1, [0xFFFFFFFD]
    begins = []
    for part in (folder, table, small):
        begins.append(at)
        count = len(part) // 512
        chain += [at + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
        at += count
    entries[0] = _entry("Root Entry", 5, place[top[0]], begins[2], len(small))
    folder = b"".join(entries).ljust(len(folder), b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, begins[0], 0, 4096, begins[1], len(table) // 512, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    return head + struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain))) + folder + table + small


def _entry(name: str, kind: int, child: int | None, start: int, size: int, right: int | None = None) -> bytes:
    none = 0xFFFFFFFF
    raw = name.encode("utf-16-le")
    links = struct.pack("<III", none, none if right is None else right, none if child is None else child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw) + 2, kind, 1)
        + links
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
