"""Office files made part by part, so that each test says what is in them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def relations(targets: Mapping[str, tuple[str, str]], *, outside: Sequence[str] = ()) -> str:
    """A .rels part: id -> (kind, target)."""
    entries = "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if i in outside else ''}/>"
        for i, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{RELS}">{entries}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run of Word text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A Word paragraph; plain words may be given for a run."""
    inside = "".join(r if r.startswith("<") else run(r) for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def word_part(tag: str, inside: str) -> str:
    """A part in Word's namespace."""
    return f'{HEAD}<w:{tag} xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}">{inside}</w:{tag}>'


def docx(
    *paragraphs: str,
    parts: Mapping[str, str | bytes] | None = None,
    related: Mapping[str, tuple[str, str]] | None = None,
    document: str | None = None,
) -> bytes:
    """A Word document; `parts` are added, `related` says how the main part refers to them."""
    body = "".join(p if p.startswith("<") else paragraph(p) for p in paragraphs)
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": document or word_part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(related or {}),
            **(parts or {}),
        }
    )


def cell(ref: str, value: str, *, kind: str = "n", style: int = 0, formula: str = "") -> str:
    """A cell of a sheet, as the file stores it."""
    if kind == "inlineStr":
        return f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    inside = (f"<f>{escape(formula)}</f>" if formula else "") + (f"<v>{escape(value)}</v>" if value else "")
    return f'<c r="{ref}" t="{kind}" s="{style}">{inside}</c>'


def words_cell(ref: str, words: str) -> str:
    """A cell with words in it."""
    return cell(ref, words, kind="inlineStr")


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[str]]],
    *,
    formats: Sequence[str] = (),
    hidden: Sequence[str] = (),
    since_1904: bool = False,
    strings: Sequence[str] = (),
) -> bytes:
    """A workbook: sheet name -> rows -> cells. Style n + 1 shows a number by `formats[n]`."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"{" state=" + chr(34) + "hidden" + chr(34) if n in hidden else ""}/>'  # noqa: E501
        for i, n in enumerate(names, 1)
    )
    targets = {f"rId{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)}
    own = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>' for n, f in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    shared = "".join(f"<si><t>{escape(s)}</t></si>" for s in strings)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{S}" xmlns:r="{R}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            {**targets, "rIdS": ("styles", "styles.xml"), "rIdT": ("sharedStrings", "sharedStrings.xml")}
        ),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{S}"><numFmts>{own}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{S}">{shared}</sst>',
    }
    for number, name in enumerate(names, 1):
        rows = "".join(f'<row r="{n}">{"".join(cells)}</row>' for n, cells in enumerate(sheets[name], 1))
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'{HEAD}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return zipped(parts)


def pptx(slides: Sequence[str], *, notes: Mapping[int, str] | None = None) -> bytes:
    """A presentation: each slide is the XML inside its shape tree, or plain words."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "ppt/presentation.xml")}),
    }
    order = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    parts["ppt/presentation.xml"] = (
        f'{HEAD}<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{order}</p:sldIdLst></p:presentation>'
    )
    parts["ppt/_rels/presentation.xml.rels"] = relations(
        {f"rId{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)}
    )
    for number, inside in enumerate(slides, 1):
        shapes = inside if inside.startswith("<") else shape(inside)
        parts[f"ppt/slides/slide{number}.xml"] = slide_part(shapes)
        if notes and number in notes:
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(
                {"rId1": ("notesSlide", f"../notesSlides/notesSlide{number}.xml")}
            )
            parts[f"ppt/notesSlides/notesSlide{number}.xml"] = slide_part(shape(notes[number]))
    return zipped(parts)


def shape(words: str) -> str:
    """A text box on a slide."""
    return f"<p:sp><p:txBody><a:p><a:r><a:t>{escape(words)}</a:t></a:r></a:p></p:txBody></p:sp>"


def slide_part(shapes: str) -> str:
    """A slide."""
    return (
        f'{HEAD}<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>'
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An old Office container with these streams (padded, so that each has sectors of its own)."""
    sector = 512
    bodies = [content.ljust(4096, b"\0") for content in streams.values()]
    starts, at = [], 2
    for body in bodies:
        starts.append(at)
        at += len(body) // sector
    chain = [0xFFFFFFFD, 0xFFFFFFFE]
    for start, body in zip(starts, bodies, strict=True):
        count = len(body) // sector
        chain += [start + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (128 - len(chain))
    entries = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    for number, (name, start, body) in enumerate(zip(streams, starts, bodies, strict=True), 1):
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, 0xFFFFFFFF, start, len(body), right))
    entries += [b"\0" * 128] * (4 - len(entries))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<I", 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    return head + struct.pack("<128I", *chain) + b"".join(entries[:4]) + b"".join(bodies)


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw) + 2, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
