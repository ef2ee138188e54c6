"""Documents dropped into forms: found, taken out under their digest, proposed, never registered by themselves."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.model import Severity
from pipeline.prepare.inbox import InboxReport, inbox
from pipeline.prepare.register_add import propose_register_row
from pipeline.workspace import Workspace
from tests.read.filled_forms import FULL, Desk, control, fill_word, type_into


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def pdf(title: str = "Health Equity Audit 2025", text: str = "one") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.docinfo["/Title"] = title
        made.docinfo["/ModDate"] = "D:20250915120000Z"
        made.docinfo["/Note"] = text
        made.save(out, static_id=True)
    return out.getvalue()


def word_file(title: str = "Minutes of the equity group") -> bytes:
    document = Document()
    document.add_paragraph("What was said.")
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def ole(stream_name: str, content: bytes) -> bytes:
    """A compound file with one stream, as Word makes them for what is dropped into a document."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (128 - len(fat))
    assert len(fat) == 128, "too large for one sector of the table"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    header += struct.pack("<IIIIIII", 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", 0xFFFFFFFF) * 108

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = name.encode("utf-16-le")
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream_name, 2, 0xFFFFFFFF, 2, len(content)) + bytes(256)
    )
    return header + struct.pack("<128I", *fat) + directory + content.ljust(sectors * 512, b"\0")


def native(name: str, content: bytes) -> bytes:
    """The stream of a `Package` object: label, path, path again, then the file."""
    label = name.encode("cp1252") + b"\0"
    path = b"C:\\Users\\someone\\" + label
    body = b"\x02\0" + label + path + b"\0\0\x03\0" + struct.pack("<I", len(path)) + path
    return struct.pack("<I", len(body) + 4 + len(content)) + body + struct.pack("<I", len(content)) + content


def drop(document: Any, tag: str, content: bytes, part: str, relation: str) -> None:
    """Put an object into the place of a control, with the icon that Word shows for it."""
    made = Part(PackURI(f"/word/embeddings/{part}"), "application/octet-stream", content, document.part.package)
    identity = document.part.relate_to(made, relation)
    run = parse_xml(
        f'<w:r {nsdecls("w", "r")} xmlns:o="urn:schemas-microsoft-com:office:office"><w:object><o:OLEObject '
        f'Type="Embed" ProgID="Package" ShapeID="s" DrawAspect="Icon" ObjectID="1" r:id="{identity}"/></w:object></w:r>'
    )
    next(control(document, tag).iter(qn("w:p"))).append(run)


def with_documents(desk: Desk, name: str = "team.docx", **documents: tuple[str, bytes, str]) -> Path:
    """A form in responses/ into whose comments documents were dropped: statement -> (part name, bytes, relation)."""

    def fill(document: Any) -> None:
        for statement, (part, content, relation) in documents.items():
            tag = f"{statement}.comment"
            type_into(document, tag, "See the document.")
            drop(document, tag, content, part, relation)

    to = desk.root / "assessments" / "2025-26" / "responses" / name
    return fill_word(desk.sent / name, {}, to, fill)


def report(desk: Desk) -> InboxReport:
    return inbox(Workspace(desk.root), desk.case())


def test_an_office_package_and_an_ole_object_are_taken_out_under_their_digest(desk: Desk) -> None:
    inner, minutes = pdf(), word_file()
    with_documents(
        desk,
        A1=(
            "oleObject1.bin",
            ole("\x01Ole10Native", native("Audit of equity.pdf", inner)),
            RELATIONSHIP_TYPE.OLE_OBJECT,
        ),
        A2=("Microsoft_Word_Document1.docx", minutes, RELATIONSHIP_TYPE.PACKAGE),
    )

    first, second = report(desk).proposals

    assert (first.sha256, second.sha256) == tuple(hashlib.sha256(c).hexdigest() for c in (inner, minutes))
    assert [p.path.read_bytes() for p in (first, second)] == [inner, minutes]
    assert [p.path.name for p in (first, second)] == [f"{first.sha256}.pdf", f"{second.sha256}.docx"]
    assert (first.name, first.statement, second.statement) == ("Audit of equity.pdf", "A1", "A2")


def test_rows_are_proposed_from_the_documents_own_properties_and_not_registered(desk: Desk) -> None:
    with_documents(
        desk,
        A1=("oleObject1.bin", ole("\x01Ole10Native", native("x.pdf", pdf())), RELATIONSHIP_TYPE.OLE_OBJECT),
        A2=("Microsoft_Word_Document1.docx", word_file("Minutes of the equity group"), RELATIONSHIP_TYPE.PACKAGE),
    )
    before = (desk.root / "evidence" / "register.csv").read_bytes()

    first, second = (p.row for p in report(desk).proposals)

    assert (first["id"], first["title"], first["dated"], first["kind"]) == (
        "E4",
        "Health Equity Audit 2025",
        "2025-09-15",
        "audit",
    )
    assert first["owner"] == first["visibility"] == "", "what a person must say is left to a person"
    assert first["file"] == "received/x.pdf"
    assert (second["id"], second["title"], second["kind"]) == ("E5", "Minutes of the equity group", "minutes")
    assert (desk.root / "evidence" / "register.csv").read_bytes() == before


def test_a_document_from_the_inbox_is_registered_under_the_name_that_it_had(desk: Desk) -> None:
    named = ole("\x01Ole10Native", native("=Plan for carers.pdf", pdf(title="")))
    with_documents(desk, A1=("oleObject1.bin", named, RELATIONSHIP_TYPE.OLE_OBJECT))
    waiting = report(desk).proposals[0].path

    row = propose_register_row(Workspace(desk.root), waiting)

    assert (row["title"], row["file"], row["kind"]) == ("Plan for carers", "received/Plan for carers.pdf", "plan")
    assert report(desk).proposals[0].path == waiting, "the list of names is not a document"
    assert "\n=" not in (waiting.parent / "where-from.csv").read_text("utf-8").replace(",", "\n")


@pytest.mark.parametrize("stream", ["CONTENTS", "Package"])
def test_other_ways_of_embedding_are_known(desk: Desk, stream: str) -> None:
    # What a stream holds behind the document is padding of this test's own compound file.
    inner = pdf().ljust(4096, b"\n")
    with_documents(desk, A1=("oleObject1.bin", ole(stream, inner), RELATIONSHIP_TYPE.OLE_OBJECT))

    assert [p.path.read_bytes() for p in report(desk).proposals] == [inner]


def test_a_picture_in_a_comment_is_a_document_too(desk: Desk) -> None:
    def paste(document: Any) -> None:
        document.add_paragraph().add_run().add_picture(io.BytesIO(PNG))

    to = desk.root / "assessments" / "2025-26" / "responses" / "team.docx"
    fill_word(desk.sent / "team.docx", FULL, to, paste)

    assert [p.path.suffix for p in report(desk).proposals] == [".png"]


def test_the_same_document_twice_is_one(desk: Desk) -> None:
    inner = ole("\x01Ole10Native", native("x.pdf", pdf()))
    relation = RELATIONSHIP_TYPE.OLE_OBJECT
    with_documents(desk, A1=("oleObject1.bin", inner, relation), A2=("oleObject2.bin", inner, relation))
    with_documents(desk, "board.docx", A2=("oleObject1.bin", inner, relation))

    assert len(report(desk).proposals) == 1
    assert report(desk) == report(desk), "asking again changes nothing"


def test_one_that_is_registered_already_is_said_to_be(desk: Desk) -> None:
    inner = pdf()
    (desk.root / "evidence" / "strategy.pdf").write_bytes(inner)
    with_documents(
        desk, A1=("oleObject1.bin", ole("\x01Ole10Native", native("x.pdf", inner)), RELATIONSHIP_TYPE.OLE_OBJECT)
    )

    proposal = report(desk).proposals[0]

    assert proposal.registered == "E1"
    assert proposal.row == {}


def test_links_and_broken_objects_are_named_and_not_followed(desk: Desk) -> None:
    with_documents(desk, A1=("oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", RELATIONSHIP_TYPE.OLE_OBJECT))
    path = desk.root / "assessments" / "2025-26" / "responses" / "team.docx"
    document = Document(str(path))
    document.part.relate_to("file:///C:/secret/plan.docx", RELATIONSHIP_TYPE.OLE_OBJECT, is_external=True)
    document.save(str(path))

    found = report(desk)

    assert found.proposals == ()
    assert {left.name for left in found.left} == {"oleObject1.bin", "file:///C:/secret/plan.docx"}
    assert all(left.reason for left in found.left)


def test_documents_that_wait_in_a_form_are_noted_until_they_are_taken_out(desk: Desk) -> None:
    with_documents(
        desk, A1=("oleObject1.bin", ole("\x01Ole10Native", native("x.pdf", pdf())), RELATIONSHIP_TYPE.OLE_OBJECT)
    )

    noted = [f for f in desk.case().faults if "boardpack inbox" in f.remedy]
    report(desk)

    assert [(f.code, f.severity, f.respondent) for f in noted] == [("IN105", Severity.NOTE, "team")]
    assert "x.pdf" in noted[0].message
    assert not [f for f in desk.case().faults if "boardpack inbox" in f.remedy]


def test_the_answer_beside_a_dropped_document_is_read(desk: Desk) -> None:
    form = with_documents(desk, A1=("d.docx", word_file(), RELATIONSHIP_TYPE.PACKAGE))
    copy = desk.root / "copy.docx"
    copy.write_bytes(form.read_bytes())

    answers = desk.returned(copy)[0].answers

    assert next(a for a in answers if a.statement == "A1").comment == "See the document."


def test_what_someone_put_into_the_inbox_by_hand_is_proposed_too(desk: Desk) -> None:
    (desk.root / "evidence" / "inbox").mkdir()
    (desk.root / "evidence" / "inbox" / "Equity survey.pdf").write_bytes(pdf("Microsoft Word - untitled.docx"))

    row = report(desk).proposals[0].row

    assert (row["title"], row["kind"]) == ("Equity survey", "survey")


def test_documents_in_a_workbook_are_found(desk: Desk) -> None:
    to = desk.root / "assessments" / "2025-26" / "responses" / "team.xlsx"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        f'Type="{RELATIONSHIP_TYPE.OLE_OBJECT}" Target="../embeddings/oleObject1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(desk.sent / "team.xlsx") as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/_rels/sheet2.xml.rels", relations)
        new.writestr("xl/embeddings/oleObject1.bin", ole("\x01Ole10Native", native("x.pdf", pdf())))

    assert [p.name for p in report(desk).proposals] == ["x.pdf"]


def test_a_document_is_named_until_it_is_registered_and_cited_where_it_lay(desk: Desk) -> None:
    inner = pdf()
    with_documents(
        desk, A1=("oleObject1.bin", ole("\x01Ole10Native", native("x.pdf", inner)), RELATIONSHIP_TYPE.OLE_OBJECT)
    )
    path = report(desk).proposals[0].path

    waiting = [f for f in desk.case().faults if "x.pdf" in f.message]
    assert [(f.code, f.statement) for f in waiting] == [("IN105", "A1")]
    assert f"boardpack register add evidence/inbox/{path.name}" in waiting[0].remedy

    (desk.root / "evidence" / "quiet.pdf").write_bytes(inner)
    registered = [f for f in desk.case().faults if "x.pdf" in f.message]
    assert [(f.statement, "`E3`" in f.remedy) for f in registered] == [("A1", True)]


def test_one_document_under_two_statements_keeps_both(desk: Desk) -> None:
    inner = ole("\x01Ole10Native", native("x.pdf", pdf()))
    relation = RELATIONSHIP_TYPE.OLE_OBJECT
    with_documents(desk, A1=("oleObject1.bin", inner, relation), A2=("oleObject2.bin", inner, relation))

    assert [p.statement for p in report(desk).proposals] == ["A1; A2"]


def test_a_link_is_not_said_to_wait_for_the_inbox(desk: Desk) -> None:
    with_documents(desk, A1=("d.docx", word_file(), RELATIONSHIP_TYPE.PACKAGE))
    path = desk.root / "assessments" / "2025-26" / "responses" / "team.docx"
    document = Document(str(path))
    document.part.relate_to("file:///C:/secret/plan.docx", RELATIONSHIP_TYPE.OLE_OBJECT, is_external=True)
    document.save(str(path))
    report(desk)

    (found,) = [f for f in desk.case().faults if "plan.docx" in f.message]
    assert "boardpack inbox" not in found.remedy and "Ask for the document itself" in found.remedy
