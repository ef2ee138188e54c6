"""PDF files made byte by byte, so that each test says what is in them."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Line = tuple[float, float, float, str]
"""Left, base line, size, words."""


def prose(text: str, *, left: float = 60, top: float = 780, size: float = 11, step: float = 15) -> list[Line]:
    """The lines of a text, one below the other."""
    return [(left, top - n * step, size, line) for n, line in enumerate(text.split("\n"))]


def page_stream(lines: Sequence[Line]) -> bytes:
    """The drawing of a page of Helvetica."""
    drawn = [
        b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (size, left, base, _escaped(words))
        for left, base, size, words in lines
    ]
    return b"\n".join(drawn)


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
UNMAPPED = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Arial /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
    b" /Subtype /CIDFontType2 /BaseFont /ABCDEF+Arial /DW 600 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
    b" /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+Arial /Flags 4 /ItalicAngle 0"
    b" /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 900] >> >>] >>"
)
"""A font that does not say which letters its shapes are."""
IMAGE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    b"\nstream\n\x80\nendstream"
)


@dataclass
class Pdf:
    """Objects, numbered from 1; the first is the catalogue."""

    objects: list[bytes]

    def add(self, body: bytes) -> int:
        """Add an object; its number."""
        self.objects.append(body)
        return len(self.objects)

    def stream(self, content: bytes, extra: bytes = b"", *, packed: bool = False) -> int:
        """Add a stream; its number."""
        if packed:
            content, extra = zlib.compress(content, 9), extra + b" /Filter /FlateDecode"
        return self.add(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), extra, content))

    def data(self) -> bytes:
        """The whole file."""
        out, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
        for number, body in enumerate(self.objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(self.objects) + 1
        tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
        return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def pdf(
    pages: Sequence[str | Sequence[Line] | bytes],
    *,
    labels: bytes = b"",
    font: bytes = FONT,
    notes: bytes = b"",
    catalogue: bytes = b"",
    resources: bytes = b"",
) -> bytes:
    """A PDF: a page is a text, lines with their places, or a ready drawing."""
    made = Pdf([b"", b""])
    face = made.add(font)
    picture = made.add(IMAGE)
    kids = []
    for page in pages:
        drawing = page if isinstance(page, bytes) else page_stream(prose(page) if isinstance(page, str) else page)
        content = made.stream(drawing)
        kids.append(
            made.add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
                b" /Resources << /Font << /F1 %d 0 R >> /XObject << /Im %d 0 R >> %s >> /Annots [%s] >>"
                % (content, face, picture, resources, notes)
            )
        )
    labelled = b" /PageLabels " + labels if labels else b""
    made.objects[0] = b"<< /Type /Catalog /Pages 2 0 R%s %s >>" % (labelled, catalogue)
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    made.objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    return made.data()


SCAN = b"q 595 0 0 842 0 0 cm /Im Do Q"
"""The drawing of a page that is one picture."""


def locked(data: bytes, *, user: str = "", owner: str = "owner", strength: int = 6) -> bytes:
    """The same PDF with a password."""
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(
            out,
            encryption=pikepdf.Encryption(user=user, owner=owner, R=strength, metadata=strength > 3, aes=strength > 3),
        )
    return out.getvalue()


def with_objects(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of exactly these objects."""
    return Pdf([objects.get(n, b"null") for n in range(1, max(objects) + 1)]).data()


def unmapped(text: str) -> bytes:
    """The drawing of words in the font that does not say which letters it shows."""
    shapes = "".join(f"{ord(letter) - 29:04x}" for letter in text)
    return b"BT /F1 11 Tf 1 0 0 1 60 700 Tm <%s> Tj ET" % shapes.encode()
