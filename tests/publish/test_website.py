"""What may go on the website, in one folder."""

from __future__ import annotations

import datetime
import json
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from pipeline.errors import EditedError
from pipeline.publish.website import Published, publish
from tests.publish.word_papers import set_properties, write_paper

WATERMARK = (
    b'<w:p><w:r><w:pict><v:textpath xmlns:v="urn:schemas-microsoft-com:vml" string="DRAFT"/></w:pict></w:r></w:p>'
)


def published(folder: Path) -> Published:
    """Publish all that lies in `folder` but the published folder itself."""
    return publish(
        sorted(file for file in folder.iterdir() if file.is_file()),
        folder / "publish",
        organisation="NHS Example ICB",
        meeting="ICB Board",
        date=datetime.date(2026, 3, 26),
        why_unfit=lambda _: "",
    )


def names(result: Published) -> list[str]:
    assert {file.name for file in result.folder.iterdir()} == {"index.html", *(file.name for file in result.copied)}
    return [file.name for file in result.copied]


def reasons(result: Published) -> dict[str, str]:
    return {left.path.name: left.reason for left in result.left_out}


def write_pdf(path: Path, audience: str, state: str = "final") -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Audience"], pdf.docinfo["/State"], pdf.docinfo["/Title"] = (
            audience,
            state,
            "Papers for ICB Board",
        )
        pdf.save(path)


def write_html(path: Path, audience: str, first: str = "Annual report section") -> None:
    path.write_text(
        f'<!DOCTYPE html><html lang="en-GB"><head><meta name="audience" content="{audience}">'
        f"<title>What we did</title></head><body><p>{first}</p></body></html>"
    )


def test_only_what_says_that_it_is_public_goes_in(tmp_path: Path):
    for audience in ("public", "private", "internal"):
        write_paper(tmp_path / f"{audience}.docx", "A paper", audience=audience)
        write_pdf(tmp_path / f"{audience}.pdf", audience)
        write_html(tmp_path / f"{audience}.html", audience)
        (tmp_path / f"{audience}.csv").write_text(f"statement,audience\nGA1,{audience}\nGA2,{audience}\n")
        (tmp_path / f"{audience}.json").write_text(json.dumps({"audience": audience}))

    result = published(tmp_path)

    assert names(result) == ["public.csv", "public.docx", "public.html", "public.json", "public.pdf"]
    assert reasons(result) == {
        f"{audience}.{ending}": f"it is {audience}"
        for audience in ("private", "internal")
        for ending in ("docx", "pdf", "html", "csv", "json")
    }
    assert all((tmp_path / file.name).read_bytes() == file.read_bytes() for file in result.copied)


def test_a_file_that_does_not_say_is_left_out(tmp_path: Path):
    write_paper(tmp_path / "paper.docx", "A paper")
    write_html(tmp_path / "page.html", "")
    write_html(tmp_path / "everybody.html", "everybody")
    (tmp_path / "findings.json").write_text("[]")
    (tmp_path / "empty.csv").write_text("statement,audience\n")
    (tmp_path / "heatmap.png").write_bytes(b"\x89PNG")

    result = published(tmp_path)

    silent = "it does not say that it is public"
    assert names(result) == []
    assert reasons(result) == {
        "paper.docx": silent,
        "page.html": silent,
        "everybody.html": "it says that it is for `everybody`, which is not known",
        "findings.json": silent,
        "empty.csv": silent,
        "heatmap.png": "it cannot say for whom it is, so nobody can tell that it is public",
    }


def test_a_row_or_a_first_line_that_is_not_public_counts_for_the_whole_file(tmp_path: Path):
    (tmp_path / "trail.csv").write_text("statement,audience\nGA1,public\nGA2,private\n")
    (tmp_path / "short.csv").write_text("audience,statement\npublic,GA1\n,GA2\n")
    write_html(tmp_path / "report.html", "public", first="INTERNAL: not for publication")

    result = published(tmp_path)

    assert names(result) == []
    assert reasons(result) == {
        "trail.csv": "it is private",
        "short.csv": "it is internal",
        "report.html": "it is internal",
    }


def test_a_draft_stays_a_draft_under_another_name(tmp_path: Path):
    write_paper(tmp_path / "board-paper-draft.docx", "A paper", audience="public")
    set_properties(write_paper(tmp_path / "state.docx", "A paper"), audience="public", state="draft")
    write_pdf(tmp_path / "pack.pdf", "public", state="draft")
    source = write_paper(tmp_path / "unmarked.docx", "A paper", audience="public")
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(tmp_path / "watermark.docx", "w") as copy:
        for name in package.namelist():
            end = b"</w:hdr>"
            content = package.read(name)
            copy.writestr(name, content.replace(end, WATERMARK + end) if name.startswith("word/header") else content)

    result = published(tmp_path)

    assert names(result) == ["unmarked.docx"]
    assert reasons(result) == dict.fromkeys(
        ("board-paper-draft.docx", "pack.pdf", "state.docx", "watermark.docx"), "it is a draft"
    )


def test_a_damaged_file_is_left_out(tmp_path: Path):
    (tmp_path / "damaged.docx").write_bytes(b"PK and then nothing")

    result = published(tmp_path)

    assert names(result) == []
    assert reasons(result)["damaged.docx"] == "it cannot be read (BadZipFile)"


def test_the_index_lists_what_is_there_and_nothing_of_what_is_not(tmp_path: Path):
    write_paper(tmp_path / "board paper & annex.docx", "R&D <plan>", audience="public")
    write_paper(tmp_path / "secret.docx", "Secret paper", audience="private")

    result = published(tmp_path)

    text = (result.folder / "index.html").read_text()
    page = html.fromstring(text)
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == page.findtext(".//h1") == "NHS Example ICB: health inequalities"
    assert "Papers for ICB Board, 26 March 2026." in page.text_content()
    (link,) = page.findall(".//a")
    assert link.get("href") == "board%20paper%20%26%20annex.docx"
    assert link.text.startswith("R&D <plan> (Word document, ")
    assert "ecret" not in text


def test_the_index_lists_files_in_the_order_in_which_they_were_given(tmp_path: Path):
    for name in ("a", "b", "c"):
        write_html(tmp_path / f"{name}.html", "public")
    order = [tmp_path / f"{name}.html" for name in "bca"]
    given = {"organisation": "NHS Example ICB", "meeting": "ICB Board", "date": datetime.date(2026, 3, 26)}

    result = publish(order, tmp_path / "publish", **given, why_unfit=lambda _: "")

    links = html.fromstring((result.folder / "index.html").read_text()).findall(".//a")
    assert [link.get("href") for link in links] == ["b.html", "c.html", "a.html"]


def test_a_file_that_may_no_longer_be_shown_goes_and_the_rest_comes_out_the_same(tmp_path: Path):
    write_paper(tmp_path / "a.docx", "First", audience="public")
    write_paper(tmp_path / "b.docx", "Second", audience="public")
    published(tmp_path)
    before = (tmp_path / "publish" / "index.html").read_bytes()
    assert names(published(tmp_path)) == ["a.docx", "b.docx"]
    assert (tmp_path / "publish" / "index.html").read_bytes() == before

    set_properties(tmp_path / "b.docx", audience="private")

    assert names(published(tmp_path)) == ["a.docx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.docx", "b.docx", "publish"]


@pytest.mark.parametrize("name", ["a.docx", "index.html", "notes.txt"])
def test_what_a_person_put_or_changed_in_the_folder_is_not_thrown_away(name: str, tmp_path: Path):
    write_paper(tmp_path / "a.docx", "First", audience="public")
    folder = published(tmp_path).folder
    with (folder / name).open("ab") as file:
        file.write(b" a person was here")

    with pytest.raises(EditedError, match=f"{name} in the folder publish/ was put there or changed by a person"):
        published(tmp_path)

    assert (folder / name).read_bytes().endswith(b"a person was here")
