"""Documents dropped into forms: found, taken out under names people know, proposed, never registered by themselves."""

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
from openpyxl import load_workbook

from pipeline.model import Severity
from pipeline.prepare.inbox import InboxReport, inbox
from pipeline.prepare.register_add import propose_register_row
from pipeline.workspace import Workspace
from tests.evidence.made_others import eml, msg
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


def test_an_office_package_and_an_ole_object_are_taken_out_under_a_name_people_know(desk: Desk) -> None:
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
    assert [p.path.name for p in (first, second)] == ["Audit of equity.pdf", "from team at A2.docx"]
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
    assert f"boardpack register add evidence/inbox/{path.name}`" in waiting[0].remedy

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


def in_a_zip(old: Path, new: Path, *, parts: dict[str, bytes], ends: dict[str, tuple[str, str]]) -> None:
    """A copy of a zip with more parts, and with something put before the last `end` of some."""
    new.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(old) as archive, zipfile.ZipFile(new, "w") as out:
        for name in archive.namelist():
            content = archive.read(name)
            if name in ends:
                end, more = ends[name]
                before, mark, after = content.decode("utf-8").rpartition(end)
                content = f"{before}{more}{mark}{after}".encode()
            out.writestr(name, content)
        for name, content in parts.items():
            out.writestr(name, content)


def relations(*targets: tuple[str, str, str]) -> bytes:
    rows = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'.encode()


def row_in_sheet(path: Path, statement: str) -> int:
    """The row of a statement on the first section's sheet, counted from 0 as anchors do."""
    sheet = load_workbook(path).worksheets[1]
    return next(row[0].row for row in sheet.iter_rows() if str(row[0].value) == statement) - 1


X = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


@pytest.mark.parametrize("way", ["anchor of its own", "shape of an older Excel", "picture"])
def test_what_lies_in_a_workbook_belongs_to_the_statement_in_whose_row_it_lies(desk: Desk, way: str) -> None:
    sent = desk.sent / "team.xlsx"
    row = row_in_sheet(sent, "A2")
    begin = f"<xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    anchor = f"<anchor><from>{begin}</from></anchor>" if way.startswith("anchor") else ""
    icon = f'<objectPr r:id="rId93">{anchor}</objectPr>'
    held = f'<oleObjects {R} {X}><oleObject shapeId="1025" r:id="rId91">{icon}</oleObject></oleObjects>'
    shape = (
        '<xml xmlns:v="urn:v" xmlns:x="urn:x"><v:shape id="_x0000_s1025"><x:ClientData><x:Anchor>'
        f"4, 3, {row}, 2, 5, 9, {row + 1}, 8</x:Anchor></x:ClientData></v:shape></xml>"
    )
    drawing = (
        f'<xdr:wsDr {X} {R} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor>'
        f'<xdr:from>{begin}</xdr:from><xdr:pic><a:blip r:embed="rId1"/></xdr:pic></xdr:oneCellAnchor></xdr:wsDr>'
    )
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    picture = way == "picture"
    parts = {
        "xl/worksheets/_rels/sheet2.xml.rels": relations(("rId94", f"{base}drawing", "../drawings/drawing9.xml"))
        if picture
        else relations(
            ("rId91", f"{base}oleObject", "../embeddings/oleObject1.bin"),
            ("rId92", f"{base}vmlDrawing", "../drawings/vmlDrawing9.vml"),
            ("rId93", f"{base}image", "../media/image1.png"),
        ),
        "xl/drawings/vmlDrawing9.vml": shape.encode(),
        "xl/media/image1.png": PNG,
    }
    if picture:
        parts["xl/drawings/drawing9.xml"] = drawing.encode()
        parts["xl/drawings/_rels/drawing9.xml.rels"] = relations(("rId1", f"{base}image", "../media/image1.png"))
    else:
        parts["xl/embeddings/oleObject1.bin"] = ole("\x01Ole10Native", native("Plan.pdf", pdf()))
    more = f'<drawing {R} r:id="rId94"/>' if picture else held
    to = desk.root / "assessments" / "2025-26" / "responses" / "team.xlsx"
    in_a_zip(sent, to, parts=parts, ends={"xl/worksheets/sheet2.xml": ("</worksheet>", more)})

    found = [(p.path.name, p.statement) for p in report(desk).proposals]

    named = "from team at A2.png" if picture else "Plan.pdf"
    assert found == [(named, "A2")], "the picture that stands for an object is no document"


@pytest.mark.parametrize("suffix", ["ods", "odt"])
def test_what_lies_in_an_open_document_is_taken_out_or_named(desk: Desk, suffix: str) -> None:
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    frames = (
        '<draw:frame><draw:object-ole xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>'
        '</draw:frame><draw:frame><draw:object xlink:href="./Object 2"/></draw:frame>'
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
        '<draw:frame><draw:image xlink:href="https://example.org/b.png"/></draw:frame>'
    )
    head = "".join(
        f"<table:table-cell><text:p>{h}</text:p></table:table-cell>"
        for h in ("Statement", "Level", "Comment", "Evidence")
    )
    answer = "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in ("A2", "Low"))
    kind = "spreadsheet" if suffix == "ods" else "text"
    body = (
        f'<office:document-content xmlns:office="{ns}office:1.0" xmlns:table="{ns}table:1.0" xmlns:text="{ns}text:1.0" '
        f'xmlns:draw="{ns}drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:{kind}>'
        f'<table:table table:name="One"><table:table-row>{head}</table:table-row><table:table-row>{answer}'
        f"<table:table-cell><text:p>Said.</text:p>{frames}</table:table-cell><table:table-cell/></table:table-row></table:table>"
        f"</office:{kind}></office:body></office:document-content>"
    )
    to = desk.root / "assessments" / "2025-26" / "responses" / f"team.{suffix}"
    with zipfile.ZipFile(to, "w") as out:
        out.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        out.writestr("content.xml", body)
        out.writestr("Object 1", ole("\x01Ole10Native", native("Plan.pdf", pdf())))
        out.writestr("ObjectReplacements/Object 1", PNG)
        out.writestr("Object 2/content.xml", "<a/>")
        out.writestr("Pictures/a.png", PNG)

    found = report(desk)

    assert [(p.path.name, p.statement) for p in found.proposals] == [("Plan.pdf", "A2"), ("a.png", "A2")]
    assert {(left.name, left.statement) for left in found.left} == {
        ("Object 2", "A2"),
        ("https://example.org/b.png", "A2"),
    }


def test_two_documents_of_one_name_are_both_kept_and_their_digests_stand_beside_them(desk: Desk) -> None:
    relation = RELATIONSHIP_TYPE.OLE_OBJECT
    one, other = pdf(text="one"), pdf(text="two")
    with_documents(
        desk,
        A1=("oleObject1.bin", ole("\x01Ole10Native", native("Board plan.pdf", one)), relation),
        A2=("oleObject2.bin", ole("\x01Ole10Native", native("board plan.pdf", other)), relation),
    )

    proposals = report(desk).proposals

    assert [p.path.name for p in proposals] == ["Board plan.pdf", "board plan (2).pdf"]
    assert [p.path.read_bytes() for p in proposals] == [one, other]
    kept = (proposals[0].path.parent / "where-from.csv").read_text("utf-8")
    assert all(hashlib.sha256(content).hexdigest() in kept for content in (one, other))
    assert report(desk).proposals == proposals, "asking again makes no further copy"
    remedies = [f.remedy for f in desk.case().faults if "plan.pdf" in f.message]
    assert any('register add "evidence/inbox/Board plan.pdf"' in remedy for remedy in remedies)


def test_what_is_attached_to_a_message_is_taken_out_and_offered(desk: Desk) -> None:
    """Whether the message is registered or waits in the inbox; a message that is no message costs nothing."""
    plan, letter = pdf(text="plan"), pdf(text="letter")
    evidence = desk.root / "evidence"
    (evidence / "inbox").mkdir()
    (evidence / "inbox" / "reply.eml").write_bytes(eml("See it", attached={"The plan.pdf": plan, "../up.pdf": letter}))
    (evidence / "inbox" / "other.msg").write_bytes(msg("See it", "x", attached={"again.pdf": plan}))
    (evidence / "inbox" / "broken.eml").write_bytes(b"\x00\x01")

    found = {p.path.name: p for p in report(desk).proposals}

    assert found["again.pdf"].path.read_bytes() == plan
    assert found["up.pdf"].path.read_bytes() == letter
    assert {name for name in found if name.endswith(".pdf")} == {"again.pdf", "up.pdf"}
    assert found["again.pdf"].form.startswith("evidence/inbox/")
    assert not (desk.root / "up.pdf").exists() and not (evidence / "up.pdf").exists()
