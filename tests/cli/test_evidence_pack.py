"""The evidence pack: the pages themselves, the words marked on them, and nothing that acts."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.evidence.words import letters
from pipeline.files import write_whole
from pipeline.publish.pdf_tags import elements, number_tree
from pipeline.workspace import Workspace
from tests.cli.conftest import Run
from tests.cli.tagged import tagged_pdf
from tests.cli.test_cited_pages import CYCLE, SECRET, both, whole
from tests.evidence.made_pdf import pdf

__all__ = ["both"]

WORDS = "The Director of Strategy holds the brief for health equity"


def pack(ws: Workspace) -> Path:
    return ws.build(CYCLE) / "evidence-pack.pdf"


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def highlights(path: Path) -> list[tuple[int, str, str]]:
    """Page, note, and the letters under the highlight, by its QuadPoints."""
    found = []
    with pikepdf.open(path) as opened, pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(opened.pages):
            text_page = document[number].get_textpage()
            for note in page.obj.get("/Annots", []):
                if note.Subtype != pikepdf.Name.Highlight:
                    continue
                points = [float(p) for p in note.QuadPoints]
                said = ""
                for at in range(0, len(points), 8):
                    xs, ys = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
                    for n in range(text_page.count_chars()):
                        left, bottom, right, top = text_page.get_charbox(n)
                        x, y = (left + right) / 2, (bottom + top) / 2
                        if right > left and min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys):
                            said += text_page.get_text_range(n, 1)
                found.append((number + 1, str(note.Contents), letters(said)))
    return found


def titles(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [f"{'  ' * b.level}{b.get_title()}" for b in document.get_toc()]


def test_it_holds_the_cited_pages_with_the_words_marked_and_what_rests_on_them(run: Run, both: Workspace) -> None:
    said = run(both.root, "evidence-pack")
    assert said.code == 0, said.err
    assert "build/2025-26/evidence-pack.pdf is made" in said.out and "INTERNAL" in said.out
    pages = texts(pack(both))
    assert pages[0].startswith("INTERNAL: not for publication")
    page = next(p for p in pages[1:] if WORDS in p and "SHA-256" in p and "page 2 of the PDF" in p)
    assert "Health equity strategy, page 2 of the PDF." in page
    assert ", cited by " in page and f"Found on page: “{WORDS}”" in page
    (number, note, under) = next(h for h in highlights(pack(both)) if "Strategy" in h[1])
    assert under == letters(WORDS)
    assert note.startswith("GA1 ") and ", cited by " in note and WORDS in note
    assert "Health equity strategy, page 2 of the PDF." in pages[number - 1]
    assert "it has no fixed pages" in said.out, "a text file's words are given as text"
    assert any("No page of this document can be shown" in p for p in pages)
    listed = titles(pack(both))
    assert listed[0] == "Contents" and "By statement" in listed and "By document" in listed
    assert listed.index("  Closed session plan") > listed.index("By document")
    assert any(t.startswith("  GA1") for t in listed)


def test_contents_lead_to_the_pages_that_they_name(run: Run, both: Workspace) -> None:
    run(both.root, "evidence-pack")
    with pikepdf.open(pack(both)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages, 1)}
        links = [a for page in opened.pages for a in page.obj.get("/Annots", []) if a.Subtype == pikepdf.Name.Link]
        assert links
        for link in links:
            assert str(link.Contents).endswith(f", page {pages[link.Dest[0].objgen]}")


@pytest.mark.parametrize("rotated", [0, 90, 180, 270])
def test_marks_stand_on_the_words_of_pages_that_are_turned_and_cut(run: Run, both: Workspace, rotated: int) -> None:
    out = io.BytesIO()
    with pikepdf.open(both.evidence / "closed.pdf") as opened:
        opened.pages[0].Rotate = rotated
        opened.pages[0].CropBox = pikepdf.Array([30, 400, 560, 820])
        opened.save(out)
    write_whole(both.evidence / "closed.pdf", out.getvalue())
    assert run(both.root, "evidence-pack", "--statement", "ga1").code == 0
    (_, _, under) = next(h for h in highlights(pack(both)) if "closed session" in h[1])
    assert under == letters("posts will go at the closed session")
    with pypdfium2.PdfDocument(pack(both)) as document:
        page = next(p for p in document if "page 1 of the PDF. SHA-256" in p.get_textpage().get_text_range())
        wide, high = page.get_size()
        assert wide == pytest.approx(530 if rotated in (0, 180) else 420, abs=1)
        assert high > (420 if rotated in (0, 180) else 530)
        picture = page.render(scale=1).to_pil().convert("L")
        strip = picture.crop((0, 0, picture.width, int(high - (420 if rotated in (0, 180) else 530)) - 2))
        assert strip.point(lambda v: 255 if v < 120 else 0).getbbox(), "the strip stands above the page, as it is shown"


HOSTILE = {
    "catalogue": b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /AA << /WC << /S /JavaScript /JS (a) >> >> "
    b"/Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (app.alert(2)) >>] >> /EmbeddedFiles << /Names "
    b"[(virus.exe) << /Type /Filespec /F (virus.exe) >>] >> >> /AcroForm << /Fields [] /XFA (x) >>",
    "notes": b"<< /Type /Annot /Subtype /Link /Rect [0 0 100 100] /A << /S /URI /URI (https://evil.example/) >> >> "
    b"<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /Type /Filespec /F (payload.exe) >> >> "
    b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (typed) /Rect [0 0 9 9] /AA << /K << /S /JavaScript "
    b"/JS (app.alert(3)) >> >> >> << /Type /Annot /Subtype /Screen /Rect [0 0 9 9] "
    b"/A << /S /Launch /F (calc.exe) >> >>",
}


def test_nothing_that_acts_comes_along(run: Run, both: Workspace) -> None:
    evil = pdf(["Forty posts will go at the closed session of the Board."], **HOSTILE)
    write_whole(both.evidence / "closed.pdf", evil)
    assert run(both.root, "evidence-pack").code == 0
    data = io.BytesIO()
    with pikepdf.open(pack(both)) as opened:
        opened.save(data, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        kinds = {str(a.Subtype) for page in opened.pages for a in page.obj.get("/Annots", [])}
        actions = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/JS" in thing]
        roots = set(opened.Root.keys())
    assert kinds <= {"/Highlight", "/Link"} and not actions
    assert not roots & {"/OpenAction", "/AA", "/Names", "/AcroForm", "/AF"}
    for trace in (
        b"JavaScript",
        b"app.alert",
        b"evil.example",
        b"payload.exe",
        b"virus.exe",
        b"Launch",
        b"calc.exe",
        b"XFA",
    ):
        assert trace not in data.getvalue()
    assert any("closed session" in h[1] and h[2] for h in highlights(pack(both)))


def test_the_public_one_holds_nothing_of_an_internal_document(run: Run, both: Workspace) -> None:
    assert run(both.root, "evidence-pack", "--public").code == 0
    said = " ".join(texts(pack(both)))
    assert WORDS in said and "INTERNAL" not in said
    for word in ("Closed session", "Forty posts", "E99", "closed.pdf", "impact.txt"):
        assert word not in said
    with pikepdf.open(pack(both)) as opened:
        assert str(opened.docinfo["/Audience"]) == "public"


def test_no_public_one_is_made_for_a_private_session(run: Run, clean: Workspace) -> None:
    path = clean.cycle_folder(CYCLE) / "assessment.yaml"
    path.write_text(whole(path).replace("session: public", "session: private"), encoding="utf-8")
    said = run(clean.root, "evidence-pack", "--public")
    assert said.code == 3 and "private session" in said.err
    assert not pack(clean).exists()


def test_an_auditors_sample_is_of_these_statements_alone(run: Run, both: Workspace) -> None:
    assert run(both.root, "evidence-pack", "--sample", "2", "--seed", "2026").code == 0
    first = texts(pack(both))
    drawn = run(both.root, "trail", "--sample", "2", "--seed", "2026").out
    listed = [t.split()[0] for t in titles(pack(both)) if t.startswith("  ") and not t.startswith("    ")]
    statements = [ident for ident in listed if ident in ("GA1", "GA2", "GA3", "CO1", "CO2")]
    assert "drawn with the seed 2026" in first[0]
    assert statements and all(f"\n{ident} " in f"\n{drawn}" for ident in statements)
    assert run(both.root, "evidence-pack", "--statement", "CO9").code == 2


def test_the_same_twice_and_never_over_what_a_person_edited(run: Run, both: Workspace) -> None:
    run(both.root, "evidence-pack")
    first = pack(both).read_bytes()
    run(both.root, "evidence-pack")
    assert pack(both).read_bytes() == first
    pack(both).write_bytes(first + b"% a note by hand\n")
    said = run(both.root, "evidence-pack")
    assert said.code == 7 and "Nothing was overwritten" in said.err
    assert pack(both).read_bytes().endswith(b"by hand\n")


def test_it_is_judged_like_a_paper(run: Run, both: Workspace) -> None:
    run(both.root, "evidence-pack")
    assert run(both.root, "verify").code == 0
    actions = both.cycle_folder(CYCLE) / "actions.csv"
    actions.write_bytes(actions.read_bytes() + b"\n")
    said = run(both.root, "verify")
    assert said.code == 3 and "evidence-pack.pdf" in said.out


def test_tags_of_the_pages_come_along_and_untagged_ones_are_one_passage(run: Run, both: Workspace) -> None:
    write_whole(both.evidence / "closed.pdf", tagged_pdf(["Another page.", SECRET]))
    form = both.cycle_folder(CYCLE) / "responses" / "team.csv"
    form.write_text(whole(form).replace("E99 p.1", "E99 p.2"), encoding="utf-8")
    run(both.root, "evidence-pack")
    with pikepdf.open(pack(both)) as opened:
        root = opened.Root.StructTreeRoot
        kinds = [str(element.S) for element in elements(root)]
        assert "/Verse" in kinds and str(root.RoleMap["/Verse"]) == "/P"
        number = next(n for n, page in enumerate(texts(pack(both))) if "Forty posts" in page and "SHA-256" in page)
        page = opened.pages[number]
        parents = dict(number_tree(root.ParentTree))[int(page.obj.StructParents)]
        assert [str(parent.S) for parent in parents] == ["/Verse", "/P"], "the page's own tag, then the strip's"
        assert bool(opened.Root.MarkInfo.Marked)
