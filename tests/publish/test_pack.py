"""The papers of a meeting as one accessible PDF."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from pipeline.errors import UsageError
from pipeline.publish.pack import Paper, make_pack
from pipeline.publish.pack_pages import Part, join
from pipeline.publish.pdf import to_pdfs
from pipeline.publish.pdf_tags import elements, listed, number_tree, standard_type
from pipeline.publish.website import read_marker
from tests.publish.test_pdf import faults, tags

DATE = datetime.date(2026, 3, 26)
LONG = "BAF annex with a title so long that it does not stand on one line of the contents, as happens now and then"


def bind(papers: dict[str, Path], out: Path, titles: dict[str, tuple[str, str]]) -> Path:
    chosen = [Paper(title, papers[name], marking) for name, (title, marking) in titles.items()]
    return make_pack(chosen, out, organisation="NHS Example ICB", meeting="ICB Board", date=DATE)


MIXED = {
    "board": ("Board paper: R&D <plan>", "public"),
    # Called public by mistake: the file itself says that it is private.
    "annex": (LONG, "public"),
    "other": ("Other paper", "public"),
}


@pytest.fixture(scope="session")
def mixed(pdf_papers: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two public papers with a private one between them."""
    return bind(pdf_papers, tmp_path_factory.mktemp("pack") / "pack.pdf", MIXED)


@pytest.fixture
def pack(mixed: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(mixed) as opened:
        yield opened


def lengths(papers: dict[str, Path]) -> list[int]:
    counts = []
    for name in MIXED:
        with pikepdf.open(papers[name]) as pdf:
            counts.append(len(pdf.pages))
    return counts


def words_of_pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(leaf.get_textpage().get_text_bounded().split()) for leaf in document]


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {leaf.obj.objgen: number for number, leaf in enumerate(pdf.pages, 1)}


def test_a_pack_passes_the_checks_of_an_accessible_pdf(mixed: Path):
    assert faults(mixed) == []


def test_the_papers_follow_the_contents_in_order(mixed: Path, pdf_papers: dict[str, Path]):
    board, annex, other = lengths(pdf_papers)
    pages = words_of_pages(mixed)
    contents = len(pages) - board - annex - other

    assert contents == 2  # more headings than one page holds
    assert pages[0].startswith("ICB Board, 26 March 2026 NHS Example ICB")
    starts = [pages[number] for number in (contents, contents + board, contents + board + annex)]
    for start, title in zip(starts, ("Board paper: R&D <plan>", "BAF annex", "Other paper"), strict=True):
        assert start.startswith(f"Header of {title} {title} Section 1")


def test_each_page_is_marked_for_its_own_paper_and_numbered(mixed: Path, pdf_papers: dict[str, Path]):
    board, annex, other = lengths(pdf_papers)
    pages = words_of_pages(mixed)
    private, public = "PRIVATE: not for publication", "PUBLIC"
    markings = [private] * 2 + [public] * board + [private] * annex + [public] * other

    for number, (words, marking) in enumerate(zip(pages, markings, strict=True), 1):
        assert words.endswith(f"{marking} | Pack page {number} of {len(pages)}")
    assert not any("PUBLIC" in words for words, marking in zip(pages, markings, strict=True) if marking == private)
    assert "This pack holds public and private papers and is not for publication as a whole." in pages[0]
    assert read_marker(mixed).audience == "private"


def test_every_line_of_the_contents_names_and_reaches_the_page_of_its_heading(mixed: Path, pack: pikepdf.Pdf):
    pages = words_of_pages(mixed)
    numbers = page_numbers(pack)
    links = [link for leaf in list(pack.pages)[:2] for link in leaf.obj.Annots]
    named = {}
    for link in links:
        title, number = re.fullmatch(r"(.*), page (\d+)", str(link.Contents)).groups()
        assert numbers[link.Dest[0].objgen] == int(number)
        assert str(link.Dest[1]) == ("/Fit" if re.match(r"\d\. ", title) else "/XYZ")
        named[title] = int(number)

    assert {"1. Board paper: R&D <plan> (public)", f"2. {LONG} (private)", "3. Other paper (public)"} <= named.keys()
    headings = [title for title in named if not re.match(r"\d\. ", title)]
    assert len(headings) == 3 + 41 + 2
    contents = " ".join(pages[:2])
    for title in headings:
        assert title in pages[named[title] - 1]
        assert re.search(rf"{re.escape(title)} ?\.* ?{named[title]}\b", contents)
    assert len(tags(pack, "TOCI")) == len(named)


def test_bookmarks_are_nested_by_paper_and_reach_their_pages(mixed: Path, pack: pikepdf.Pdf):
    pages = words_of_pages(mixed)
    numbers = page_numbers(pack)
    with pack.open_outline() as outline:
        top = [(str(item.title), [str(below.title) for below in item.children]) for item in outline.root]
        deepest = outline.root[1].children[1].children[0]
        placed = [(str(b.title), numbers[b.destination[0].objgen]) for item in outline.root for b in item.children]

    assert top[0] == ("Contents", [])
    assert [title for title, _ in top] == ["Contents", "Board paper: R&D <plan>", LONG, "Other paper"]
    assert top[1][1] == [f"{part} of Board paper: R&D <plan>" for part in ("Section 1", "Section 2", "Annex")]
    assert str(deepest.title) == "Detail"
    assert all(title in pages[number - 1] for title, number in placed)


def test_links_and_tags_inside_a_paper_stay_with_their_own_pages(pack: pikepdf.Pdf):
    numbers = page_numbers(pack)
    root = pack.Root.StructTreeRoot
    parents = dict(number_tree(root.ParentTree))
    assert sorted(parents) == [*parents], "a screen reader looks these up by halving"
    for number, leaf in enumerate(pack.pages, 1):
        for element in listed(parents[int(leaf.obj.StructParents)]):
            assert element.get("/Pg", leaf.obj).objgen == leaf.obj.objgen
        for link in leaf.obj.get("/Annots", []):
            assert str(parents[int(link.StructParent)].S) == "/Link"
            if str(link.Contents).startswith("Note"):
                assert numbers[link.Dest[0].objgen] == number
    assert all(element.Pg.objgen in numbers for element in elements(root) if "/Pg" in element)
    assert [str(part.T) for part in tags(pack, "Part")] == ["Contents", *(title for title, _ in MIXED.values())]


def test_every_note_has_a_name_of_its_own(pack: pikepdf.Pdf, pdf_papers: dict[str, Path]):
    names = [str(note.ID) for note in tags(pack, "Note")]

    assert len(names) == len(set(names)) == 2 + 40 + 1
    assert [str(name) for name in listed(pack.Root.StructTreeRoot.IDTree.Names)[::2]] == sorted(names)


def test_the_fonts_of_what_the_pack_adds_are_in_the_file(pack: pikepdf.Pdf):
    for leaf in pack.pages:
        for font in leaf.obj.Resources.XObject.Strip.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor


def test_the_same_pack_twice_is_the_same_bytes_however_long_the_contents_were_thought_to_be(
    mixed: Path, pdf_papers: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pipeline.publish.pack.likely_length", lambda entries: 5)

    assert bind(pdf_papers, tmp_path / "again.pdf", MIXED).read_bytes() == mixed.read_bytes()


def test_a_pack_of_public_papers_says_so_and_a_draft_is_marked(pdf_papers: dict[str, Path], tmp_path: Path):
    papers = [Paper("The paper", pdf_papers["draft"], "public")]
    out = make_pack(papers, tmp_path / "pack.pdf", organisation="NHS Example ICB", meeting="ICB Board", date=DATE)

    pages = words_of_pages(out)
    assert "Every paper in this pack is public. A paper named as a draft is not complete." in pages[0]
    assert all(f"DRAFT | PUBLIC | Pack page {number} of" in words for number, words in enumerate(pages, 1))
    assert (read_marker(out).audience, read_marker(out).draft) == ("public", True)


def test_a_pack_of_nothing_is_refused(tmp_path: Path):
    assert to_pdfs([], date=DATE) == []
    with pytest.raises(UsageError, match="no paper to put into the pack"):
        make_pack([], tmp_path / "pack.pdf", organisation="NHS Example ICB", meeting="ICB Board", date=DATE)


def test_two_papers_may_use_one_name_for_different_things():
    parts = [Part("One", tagged("/Callout", Name.P)), Part("Two", tagged("/Callout", Name.H2))]

    joined = join(parts, "en-GB")

    root = joined.Root.StructTreeRoot
    kinds = [standard_type(root, element) for element in elements(root)]
    assert kinds == ["/Document", "/Part", "/P", "/Part", "/H2"]


def tagged(name: str, meaning: pikepdf.Object) -> pikepdf.Pdf:
    """A page with one tagged element whose name the file explains."""
    pdf = pikepdf.new()
    leaf = pdf.add_blank_page().obj
    leaf.StructParents = 0
    element = pdf.make_indirect(Dictionary(S=Name(name), Pg=leaf, K=0))
    document = pdf.make_indirect(Dictionary(S=Name.Document, K=Array([element])))
    parents = Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(K=document, RoleMap=Dictionary({name: meaning}), ParentTree=parents)
    )
    return pdf
