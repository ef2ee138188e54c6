"""Word papers as accessible PDF files."""

from __future__ import annotations

import datetime
import http.server
import os
import stat
import sys
import threading
import time
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import ExitCode, ProgramMissingError, TemplateError
from pipeline.publish.pdf import ConversionError, convert, find_office, to_pdf, to_pdfs, without_network
from pipeline.publish.pdf_tags import elements, listed, mark_decoration, standard_type
from pipeline.publish.website import read_marker
from tests.publish.word_papers import ADDRESS, write_paper

DATE = datetime.date(2026, 3, 26)
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="stands a shell script in for LibreOffice")


def faults(path: Path) -> list[str]:
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    return [failure.message for failure in report.failures]


def tags(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    root = pdf.Root.StructTreeRoot
    return [element for element in elements(root) if standard_type(root, element) == f"/{kind}"]


def test_a_paper_passes_the_checks_of_an_accessible_pdf(pdf_papers: dict[str, Path]):
    assert [faults(path) for path in pdf_papers.values()] == [[], [], [], []]


def test_language_title_and_date_are_the_papers_own(pdf_papers: dict[str, Path]):
    with pikepdf.open(pdf_papers["board"]) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Board paper: R&D <plan>"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260326000000Z"
        with pdf.open_metadata() as described:
            assert described["dc:title"] == "Board paper: R&D <plan>"
            assert described["xmp:CreateDate"] == "2026-03-26T00:00:00Z"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_headings_tables_pictures_notes_and_links_are_tagged(pdf_papers: dict[str, Path]):
    with pikepdf.open(pdf_papers["board"]) as pdf:
        assert [len(tags(pdf, kind)) for kind in ("H1", "H2", "L", "Table", "TH", "TD")] == [3, 2, 2, 1, 3, 1]
        assert [str(figure.Alt) for figure in tags(pdf, "Figure")] == ["A square in one colour"]
        scopes = [str(a.Scope) for cell in tags(pdf, "TH") for a in cell.A if "/Scope" in a]
        assert scopes == ["/Column", "/Column", "/Row"]
        assert [str(note.ID) for note in tags(pdf, "Note")] == ["note00001", "note00002"]
        with pdf.open_outline() as outline:
            assert [(str(item.title), len(item.children)) for item in outline.root] == [
                ("Section 1 of Board paper: R&D <plan>", 1),
                ("Section 2 of Board paper: R&D <plan>", 1),
                ("Annex of Board paper: R&D <plan>", 0),
            ]
        links = [link for leaf in pdf.pages for link in leaf.obj.get("/Annots", [])]
        assert [str(link.Contents) for link in links] == ["Note 1", "Note 2", "the strategy"]
        assert str(links[-1].A.URI) == ADDRESS
        assert all("/StructParent" in link and int(link.F) & 4 for link in links)


def test_a_pdf_carries_for_whom_its_paper_is(pdf_papers: dict[str, Path]):
    markers = [read_marker(path) for path in pdf_papers.values()]

    assert [marker.audience for marker in markers] == ["public", "private", "", "public"]
    assert [marker.draft for marker in markers] == [False, False, False, True]


def test_a_watermark_is_decoration_on_every_page(pdf_papers: dict[str, Path]):
    with pikepdf.open(pdf_papers["draft"]) as pdf:
        marked = [leaf for leaf in pdf.pages if b"/Subtype /Watermark" in leaf.obj.Contents.read_bytes()]
        assert len(marked) == len(pdf.pages) > 3
        assert [str(figure.Alt) for figure in tags(pdf, "Figure")] == ["A square in one colour"]
        assert not any("/Pg" in block and len(listed(block.K)) == 1 for block in tags(pdf, "Div"))


def drawn(*pages: bytes) -> pikepdf.Pdf:
    """A tagged PDF with these drawings; on the first page mark 0 is a heading cell, on the others a picture."""
    pdf = pikepdf.new()
    root = pdf.make_indirect(Dictionary(ParentTree=Dictionary(Nums=Array())))
    document = pdf.make_indirect(Dictionary(S=Name.Document, P=root, K=Array()))
    root.K = Array([document])
    for number, drawing in enumerate(pages):
        leaf = pdf.add_blank_page().obj
        leaf.Contents, leaf.StructParents = pdf.make_stream(drawing), number
        kind = Name.Figure if number else Name.TH
        document.K.append(pdf.make_indirect(Dictionary(S=kind, P=document, Pg=leaf, K=Array([0]))))
        root.ParentTree.Nums.extend([number, Array([document.K[-1]])])
    pdf.Root.StructTreeRoot = root
    return pdf


HEADING = b"/TH <</MCID 0>> BDC BT /F1 9 Tf [(Sta) -2 (tement)] TJ ET EMC"
SHAPE = b"/Figure <</MCID 0>> BDC 0 0 9 9 re f EMC"


def test_a_heading_that_a_table_repeats_is_decoration_and_other_untagged_words_are_not():
    repeated = b" BT /F1 9 Tf [(State) 3 (ment)] TJ (Other words) Tj /F2 9 Tf (Statement) Tj ET"
    pdf = drawn(HEADING, SHAPE + repeated)

    mark_decoration(pdf, watermarked=False)

    steps = pdf.pages[1].obj.Contents.read_bytes().split()
    assert b" ".join(steps).startswith(b"/Figure << /MCID 0 >> BDC 0 0 9 9 re f EMC")
    assert b"/Artifact BMC [ (State) 3 (ment) ] TJ EMC (Other words) Tj /F2 9 Tf (Statement) Tj ET" in b" ".join(steps)
    assert len(tags(pdf, "Figure")) == 1


def test_only_a_shape_behind_everything_is_taken_for_a_watermark():
    words = SHAPE.replace(b"0 0 9 9 re f", b"BT (A word) Tj ET")
    pdf = drawn(HEADING, SHAPE, words)

    mark_decoration(pdf, watermarked=True)

    assert b"/Watermark" in pdf.pages[1].obj.Contents.read_bytes()
    assert b"/Figure <</MCID 0>> BDC" in pdf.pages[2].obj.Contents.read_bytes()
    assert [figure.Pg.objgen for figure in tags(pdf, "Figure")] == [pdf.pages[2].obj.objgen]
    assert pdf.Root.StructTreeRoot.ParentTree.Nums[3][0] is None


def test_the_same_bytes_alone_or_with_others_in_any_folder_and_time_zone(
    pdf_papers: dict[str, Path], word_papers: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")

    again = to_pdf(word_papers["annex"], tmp_path / "elsewhere" / "annex.pdf", date=DATE)

    assert again.read_bytes() == pdf_papers["annex"].read_bytes()


def test_without_libreoffice_the_message_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pipeline.office.libreoffice.USUAL_PLACES", ())

    with pytest.raises(ProgramMissingError) as caught:
        to_pdf(tmp_path / "paper.docx", tmp_path / "paper.pdf", date=DATE)

    assert caught.value.exit_code == ExitCode.PROGRAM_MISSING
    assert all(words in str(caught.value) for words in ("LibreOffice", "apt install", "brew install", "winget install"))


def stand_in(folder: Path, script: str) -> Path:
    """A program that takes LibreOffice's arguments; `$out` is the folder that the PDF files go to."""
    path = folder / "soffice"
    find_out = 'while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n'
    path.write_text(f"#!/bin/sh\n{find_out}{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return write_paper(tmp_path / "paper.docx", "A paper")


@needs_posix
def test_a_run_that_hangs_is_stopped_with_all_it_started_and_the_old_pdf_stays(tmp_path: Path, paper: Path):
    (out := tmp_path / "paper.pdf").write_bytes(b"last week's")
    office = stand_in(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")

    with pytest.raises(ConversionError, match=r"not finish within 1 seconds and was stopped: paper\.docx") as caught:
        to_pdf(paper, out, date=DATE, office=office, limit=1)

    assert caught.value.exit_code == ExitCode.PROGRAM_MISSING
    assert out.read_bytes() == b"last week's"
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and is_running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@needs_posix
def test_a_paper_that_gives_no_pdf_is_named_and_no_other_is_written(tmp_path: Path, paper: Path):
    second = write_paper(tmp_path / "second.docx", "Another")
    office = stand_in(tmp_path, 'echo "Error: source file could not be loaded" >&2; printf x > "$out/0000.pdf"')

    with pytest.raises(ConversionError, match=r"made no PDF of second\.docx \(Error: source file could not be load"):
        to_pdfs([(paper, tmp_path / "1.pdf"), (second, tmp_path / "2.pdf")], date=DATE, office=office)

    assert list(tmp_path.glob("*.pdf")) == []


@needs_posix
@pytest.mark.parametrize(
    ("entries", "title", "error", "words"),
    [
        (None, "", ConversionError, "made a damaged PDF of paper.docx"),
        ({}, "A paper", ConversionError, "that a screen reader cannot use"),
        ({"StructTreeRoot": Dictionary()}, "", TemplateError, "paper.docx has no title"),
        ({"StructTreeRoot": Dictionary()}, "A paper", TemplateError, "written in `no language`"),
        ({"StructTreeRoot": Dictionary(), "Lang": "en-US"}, "A paper", TemplateError, "written in `en-US`"),
    ],
)
def test_a_pdf_that_is_not_accessible_is_refused(
    entries: dict[str, object] | None, title: str, error: type[Exception], words: str, tmp_path: Path, paper: Path
):
    made = tmp_path / "made"
    made.write_bytes(b"%PDF-1.7 and then nothing")
    if entries is not None:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            for name, value in entries.items():
                pdf.Root[f"/{name}"] = value
            if title:
                pdf.docinfo["/Title"] = title
            pdf.save(made)

    with pytest.raises(error, match=words):
        to_pdf(paper, tmp_path / "paper.pdf", date=DATE, office=stand_in(tmp_path, f'cp {made} "$out/0000.pdf"'))

    assert not (tmp_path / "paper.pdf").exists()


def test_libreoffice_is_found_where_windows_and_macos_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (place := tmp_path / "soffice.exe").write_bytes(b"")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("pipeline.office.libreoffice.USUAL_PLACES", (str(tmp_path / "nowhere"), str(place)))

    assert find_office() == place


def naming_a_remote_picture(paper: Path, address: str) -> Path:
    """The paper with a picture that is fetched when it is opened."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document(str(paper))
    key = document.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    size = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    picture = (
        f'<w:r {nsdecls("w", "wp", "a", "pic", "r")}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="900000" cy="900000"/><wp:docPr id="99" name="P" descr="A picture"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" '
        f'name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{key}"/><a:stretch><a:fillRect/>'
        f"</a:stretch></pic:blipFill><pic:spPr>{size}</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )
    document.paragraphs[0]._p.append(parse_xml(picture))
    document.save(str(paper))
    return paper


def test_nothing_is_fetched_for_a_pdf_even_where_the_system_cannot_take_the_network_away(tmp_path, paper, monkeypatch):
    try:
        find_office()
    except ProgramMissingError:
        pytest.skip("LibreOffice is not installed, so no PDF can be made")
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def handle(self) -> None:
            asked.append(self.client_address)

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        naming_a_remote_picture(paper, f"http://127.0.0.1:{server.server_port}/p.png")
        monkeypatch.setattr("pipeline.publish.pdf.without_network", tuple)
        convert([paper], tmp_path)
        server.shutdown()
    assert asked == []


@needs_posix
def test_libreoffice_has_no_network_where_the_system_can_take_it_away(tmp_path: Path, paper: Path):
    if not without_network():
        pytest.skip("this system lets nobody take the network away")
    office = stand_in(tmp_path, f"cat /proc/net/route > {tmp_path}/ways; exit 1")
    with pytest.raises(ConversionError):
        convert([paper], tmp_path, office=office)
    assert len((tmp_path / "ways").read_text().splitlines()) <= 1
