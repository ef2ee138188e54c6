"""Files that do harm, or that are not what they seem. Each is made here, in small."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from tests.evidence.made_office import (
    HEAD,
    TYPES,
    S,
    compound,
    docx,
    paragraph,
    pptx,
    word_part,
    words_cell,
    xlsx,
    zipped,
)
from tests.evidence.made_pdf import Pdf, locked, pdf, with_objects

MIB = 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64


def _zip_bomb(part: str, start: bytes, filling: bytes, times: int, end: bytes) -> bytes:
    """An Office file one part of which unpacks to far more than it takes."""
    frame = zipfile.ZipFile(BytesIO(docx("A document"))) if part.startswith("word") else None
    source = frame or zipfile.ZipFile(BytesIO(xlsx({"Data": [[words_cell("A1", "words")]]})))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name != part:
                archive.writestr(name, source.read(name))
        info = zipfile.ZipInfo(part)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as stream:
            stream.write(start)
            for _ in range(times):
                stream.write(filling)
            stream.write(end)
    return out.getvalue()


def docx_bomb() -> bytes:
    text = paragraph("x" * 1000).encode() * 1000
    head = word_part("document", "<w:body>|</w:body>").encode().split(b"|")
    return _zip_bomb("word/document.xml", head[0], text, 12, head[1])


def docx_that_lies() -> bytes:
    """The directory says that the bomb is small."""
    data = bytearray(docx_bomb())
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == b"word/document.xml":
            struct.pack_into("<I", data, at + 24, 1000)
        at = data.rfind(b"PK\x01\x02", 0, at)
    return bytes(data)


def xlsx_bomb() -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    return _zip_bomb(
        "xl/worksheets/sheet1.xml", f'{HEAD}<worksheet xmlns="{S}"><sheetData>'.encode(), row * 1000, 30,
        b"</sheetData></worksheet>",
    )  # fmt: skip


def shared_string_bomb() -> bytes:
    """One long text that a great many cells point to."""
    rows = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 60_000))
    made = xlsx({"Data": []}, strings=["long words " * 1000])
    source = zipfile.ZipFile(BytesIO(made))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = f'{HEAD}<worksheet xmlns="{S}"><sheetData>{rows}</sheetData></worksheet>'
    return zipped({**parts, "xl/worksheets/sheet1.xml": sheet})


def outside_entity() -> bytes:
    body = '<!DOCTYPE w [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    document = word_part("document", "<w:body><w:p><w:r><w:t>BEGIN &secret; END</w:t></w:r></w:p></w:body>")
    return docx(document=document.replace(HEAD, HEAD + body))


def growing_entity() -> bytes:
    rules = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    document = word_part("document", "<w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body>")
    return docx(document=document.replace(HEAD, f"{HEAD}<!DOCTYPE w [{rules}]>"))


def nested_word() -> bytes:
    depth = 5000
    inside = "<w:tbl><w:tr><w:tc>" * depth + paragraph("deep") + "</w:tc></w:tr></w:tbl>" * depth
    return docx(document=word_part("document", f"<w:body>{inside}</w:body>"))


def dangling_word() -> bytes:
    """A relationship to nowhere, which Word opens without a murmur."""
    return docx("The Board agreed the plan.", related={"rId9": ("header", "NULL"), "rId8": ("image", "#_top")})


def strict_word() -> bytes:
    """The stricter dialect of the same format."""
    made = zipfile.ZipFile(BytesIO(docx("The Board agreed the plan.")))
    swap = (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    parts = {}
    for name in made.namelist():
        content = made.read(name)
        for old, new in swap:
            content = content.replace(old, new)
        parts[name] = content
    return zipped(parts)


def last_row_styled() -> bytes:
    far = '<c r="XFD1048576" s="0"/>'
    return xlsx({"Data": [[words_cell("A1", "The uptake was 61%")], [far]]}).replace(b'r="2"', b'r="2"')


def flate_bomb() -> bytes:
    """A page whose drawing unpacks to two gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    twice = zlib.compress(b"\x78\x9c" + block * 128 + b"\x03\x00\x00\x00\x00\x00", 9)
    return _page_of(twice, b"[/FlateDecode /FlateDecode]")


def _page_of(packed: bytes, filters: bytes) -> bytes:
    made = Pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"])
    made.add(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>")
    made.add(b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(packed), filters, packed))
    return made.data()


def million_operators(strokes: int = 200_000) -> bytes:
    return _page_of(zlib.compress(b"0 0 m 1 1 l S " * strokes, 9), b"/FlateDecode")


def circular_pages() -> bytes:
    return with_objects(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>",
        }
    )


def deep_pages() -> bytes:
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    for number in range(2, 3000):
        objects[number] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1)
    objects[3000] = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    return with_objects(objects)


def false_page_count() -> bytes:
    return pdf(["The Board agreed the plan."]).replace(b"/Count 1 ", b"/Count 2000000000 ")


def html_nested() -> bytes:
    return b"<html><body>" + b"<div>" * 100_000 + b"deep words" + b"</div>" * 100_000


DEADLY: Mapping[str, tuple[Callable[[], bytes], str, tuple[str, ...]]] = {
    "empty": (lambda: b"", "minutes.pdf", ("empty",)),
    "password": (lambda: locked(pdf(["Words"]), user="secret"), "plan.pdf", ("encrypted", "password")),
    "old password": (lambda: locked(pdf(["Words"]), user="secret", strength=3), "plan.pdf", ("encrypted", "password")),
    "half a PDF": (lambda: pdf(["Words " * 50] * 3)[:400], "plan.pdf", ("damaged",)),
    "no PDF at all": (lambda: b"%PDF-1.7\n" + b"\x00garbage" * 100, "plan.pdf", ("damaged",)),
    "picture named PDF": (lambda: PNG, "plan.pdf", ("picture", "not what its name says", ".pdf")),
    "photo named Word": (lambda: JPEG, "plan.docx", ("picture", "not what its name says", ".docx")),
    "Word named PDF": (lambda: docx("Words"), "plan.pdf", ("a Word document", ".pdf")),
    "PDF named Word": (lambda: pdf(["Words"]), "plan.docx", ("a PDF", ".docx")),
    "workbook named Word": (lambda: xlsx({"A": []}), "plan.docx", ("an Excel workbook", ".docx")),
    "slides named workbook": (lambda: pptx(["Words"]), "plan.xlsx", ("a PowerPoint presentation", ".xlsx")),
    "web page named workbook": (lambda: b"<html><table><tr><td>1", "plan.xlsx", ("a web page", ".xlsx")),
    "text named PDF": (lambda: b"Only words, saved under a wrong name.", "plan.pdf", ("plain text", ".pdf")),
    "archive named Word": (lambda: zipped({"a.txt": "x"}), "plan.docx", ("an archive", ".docx")),
    "PDF named text": (lambda: pdf(["Words"]), "plan.txt", ("a PDF", ".txt")),
    "picture named CSV": (lambda: PNG, "data.csv", ("picture", ".csv")),
    "nothing known named Word": (lambda: b"\x01\x02\x00\x03" * 50, "plan.docx", ("not what its name says",)),
    "locked Word": (lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "plan.docx", ("encrypted",)),
    "locked workbook": (lambda: compound({"EncryptedPackage": b"x"}), "data.xlsx", ("encrypted", "password")),
    "old Word named new": (lambda: compound({"WordDocument": b"x"}), "plan.docx", ("an old Word document (.doc)",)),
    "old workbook named new": (lambda: compound({"Workbook": b"x"}), "data.xlsx", ("an old Excel workbook (.xls)",)),
    "e-mail named Word": (lambda: compound({"__properties_version1.0": b"x"}), "plan.docx", ("an e-mail",)),
    "cut Word": (lambda: docx("Words " * 500)[:-60], "plan.docx", ("damaged",)),
    "cut Word in half": (lambda: docx("Words " * 5000)[:600], "plan.docx", ("damaged",)),
    "broken XML": (lambda: docx(document=word_part("document", "<w:body><w:p>")[:-14]), "plan.docx", ("well formed",)),
    "no main part": (lambda: zipped({"[Content_Types].xml": TYPES, "word/a.xml": ""}), "plan.docx", ("damaged",)),
    "entity from outside": (outside_entity, "plan.docx", ("document type definition",)),
    "entity that grows": (growing_entity, "plan.docx", ("not safe",)),
    "Word bomb": (docx_bomb, "plan.docx", ("too large",)),
    "Word bomb that lies": (docx_that_lies, "plan.docx", ("damaged",)),
    "workbook bomb": (xlsx_bomb, "data.xlsx", ("too large",)),
    "workbook of one long text": (shared_string_bomb, "data.xlsx", ("too large",)),
    "nested without end": (nested_word, "plan.docx", ("damaged", "deep")),
    "pages in a circle": (circular_pages, "plan.pdf", ("damaged",)),
    "one part twice": (lambda: _twice(docx("One")), "plan.docx", ("two different parts",)),
    "web page nested without end": (html_nested, "page.html", ("damaged", "deep")),
    "binary named text": (lambda: b"MZ\x90\x00" + bytes(range(256)) * 10, "notes.txt", ("not what its name says",)),
}  # fmt: skip
"""What makes it, what it is called, and words that its reason must have."""


def _twice(data: bytes) -> bytes:
    import warnings

    out = BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", "<other/>")
    return out.getvalue()


HARMLESS: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "owner's password only": (lambda: locked(pdf(["The Board agreed the plan."])), "plan.pdf", "agreed the plan"),
    "link to nowhere": (dangling_word, "plan.docx", "agreed the plan"),
    "strict Word": (strict_word, "plan.docx", "agreed the plan"),
    "last row styled": (last_row_styled, "data.xlsx", "uptake was 61%"),
    "count of pages lies": (false_page_count, "plan.pdf", "agreed the plan"),
}

HEAVY: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "deep page tree": (deep_pages, "plan.pdf"),
    "drawing of two gigabytes": (flate_bomb, "plan.pdf"),
    "millions of strokes": (million_operators, "plan.pdf"),
}
