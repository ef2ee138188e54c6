"""The web page that goes with a Word paper: one accessible file, made from the Word file alone."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.dossier.example import example_dossier
from pipeline.errors import EditedError
from pipeline.papers import filled
from pipeline.publish.website import read_marker
from pipeline.publish.word_page import is_untouched_page, page_of, to_html
from pipeline.workspace import SHIPPED_TEMPLATES
from tests.dossiers import make_citation, make_dossier
from tests.publish.browser import browser, faults, opened

__all__ = ["browser"]
NAME = "annual-report-section"


@pytest.fixture
def word(tmp_path):
    def write(dossier=None, name=NAME, **options):
        path = tmp_path / f"{name}.docx"
        path.write_bytes(filled(name, dossier or example_dossier(), SHIPPED_TEMPLATES / f"{name}.docx", **options))
        return path

    return write


def page(path):
    return html.fromstring(page_of(path))


def test_it_has_a_language_a_title_and_says_that_it_is_public(word, tmp_path):
    out = tmp_path / f"{NAME}.html"
    to_html(word(), out)
    made = html.fromstring(out.read_bytes())
    assert made.get("lang") == "en-GB"
    assert made.findtext(".//title") == "Health inequalities: annual report section, example"
    marker = read_marker(out)
    assert (marker.audience, marker.draft, marker.fault) == ("public", False, "")


def test_headings_begin_with_one_title_and_skip_none(word):
    levels = [int(h.tag[1]) for h in page(word()).iter("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))


def test_tables_have_names_and_header_cells_with_their_scope(word):
    tables = list(page(word()).iter("table"))
    assert len(tables) > 4
    for table in tables:
        assert table.find("caption") is not None or table.get("aria-label")
        assert {cell.get("scope") for cell in table.iterfind("thead/tr/th")} == {"col"}
        assert all(row.find("th").get("scope") in ("row", "rowgroup") for row in table.iterfind("tbody/tr"))


def test_notes_lead_there_and_back_also_where_a_note_is_named_again(word):
    dossier = make_dossier(12, audience="public", risks=())
    made = page(word(dossier, "board-paper"))
    ids = {e.get("id") for e in made.iter() if e.get("id")}
    marks = [a for a in made.xpath("//sup//a")]
    notes = made.xpath("//li[starts-with(@id, 'footnote-')]")
    assert notes and len(marks) > len(notes), "the paper must name a note twice for this to mean anything"
    assert all(a.get("href")[1:] in ids for a in made.iter("a") if (a.get("href") or "").startswith("#"))
    for mark in marks:
        number = int(mark.text.strip("[]"))
        assert mark.get("href") == f"#{notes[number - 1].get('id')}"
    assert all(n.xpath(".//a[@aria-label]") for n in notes)


def test_it_is_one_file_that_fetches_nothing_and_runs_nothing(word, tmp_path):
    picture = SHIPPED_TEMPLATES.parent / "no-such-picture.png"
    assert not picture.exists()
    made = page(word())
    assert not made.xpath("//script | //link | //iframe | //*[@onload] | //*[@onclick]")
    assert all(image.get("src").startswith("data:image/") and image.get("alt") for image in made.iter("img"))


def test_what_people_wrote_is_never_markup(word):
    bad = "<script>alert(1)</script> & “Smith’s” {{ 7*7 }} <img src=x onerror=alert(1)>"
    cited = make_citation(1, title=bad, shown=f"{bad}.", shown_again=f"{bad}.", key=bad, source=bad)
    dossier = make_dossier(6, audience="public", narratives={}, organisation=bad)
    first = dossier.actions[0] if dossier.actions else None
    import dataclasses

    actions = (dataclasses.replace(first, action=bad, citations=(cited,)),) if first else ()
    made = page(word(dataclasses.replace(dossier, actions=actions)))
    assert not made.xpath("//script | //img")
    assert "".join(made.find("body").itertext()).count(bad) >= 2


def test_a_link_that_is_no_web_address_leads_nowhere(word, tmp_path):
    from docx import Document

    path = word()
    document = Document(str(path))
    part = document.part
    key = part.relate_to("javascript:alert(1)", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)  # fmt: skip # noqa: E501
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document.paragraphs[0]._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>here</w:t></w:r></w:hyperlink>')
    )
    document.save(str(path))
    assert b"javascript:" not in page_of(path)


def test_a_draft_and_a_paper_that_is_not_public_say_so_first(word):
    import dataclasses

    draft = page(word(draft=True))
    assert " ".join(draft.find("body").itertext()).split()[0].startswith("DRAFT")
    assert draft.xpath("//meta[@name='state']/@content") == ["draft"]
    private = page(word(dataclasses.replace(example_dossier(), audience="private")))
    assert " ".join(private.find("body").itertext()).split()[0].startswith("INTERNAL")


def test_a_page_that_a_person_edited_is_never_overwritten(word, tmp_path):
    out = tmp_path / f"{NAME}.html"
    path = word()
    to_html(path, out)
    assert is_untouched_page(out)
    first = out.read_bytes()
    to_html(path, out)
    assert out.read_bytes() == first
    out.write_bytes(first.replace(b"No funding", b"Much funding").replace(b"</main>", b"<p>More.</p></main>"))
    assert not is_untouched_page(out)
    with pytest.raises(EditedError):
        to_html(path, out)
    assert b"<p>More.</p>" in out.read_bytes()


def test_axe_finds_nothing(browser, word, tmp_path):
    out = tmp_path / f"{NAME}.html"
    to_html(word(), out)
    shown = opened(browser, out)
    assert [address for address in shown.fetched if not address.startswith(("file:", "data:"))] == []
    assert faults(shown) == ""
