"""A paper knows by itself whether it was edited; an edited one is never overwritten."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest

from pipeline.errors import EditedError, ExitCode
from pipeline.office.integrity import is_untouched, read_parts, read_properties
from pipeline.papers import fill, filled
from tests.dossiers import make_dossier
from tests.fill.reading import BOARD_PAPER


@pytest.fixture(scope="module")
def made():
    return filled("board-paper", make_dossier(6, audience="public"), BOARD_PAPER)


def rezip(parts, *, method=zipfile.ZIP_STORED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def test_a_paper_is_untouched_as_it_was_made(made):
    assert is_untouched(made)


def test_packing_it_anew_is_no_edit(made):
    assert is_untouched(rezip(dict(reversed(read_parts(made).items()))))


@pytest.mark.parametrize(
    "name",
    [
        "word/document.xml",
        "word/styles.xml",
        "docProps/core.xml",
        "docProps/custom.xml",
        "word/footnotes.xml",
        "[Content_Types].xml",
    ],
)
def test_a_byte_changed_in_any_part_is_seen(made, name):
    parts = read_parts(made)
    parts[name] = parts[name].replace(b"e", b"E", 1)
    assert not is_untouched(rezip(parts))


def test_a_part_added_or_taken_away_is_seen(made):
    parts = read_parts(made)
    assert not is_untouched(rezip({**parts, "word/comments.xml": b"<x/>"}))
    del parts["word/theme/theme1.xml"]
    assert not is_untouched(rezip(parts))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_what_cannot_be_opened_counts_as_edited(tmp_path, content):
    path = tmp_path / "board-paper.docx"
    path.write_bytes(content)
    assert not is_untouched(path)


def test_half_a_file_counts_as_edited(made):
    assert not is_untouched(made[: len(made) // 2])


def test_an_edited_paper_is_not_overwritten_and_the_ways_on_are_named(tmp_path):
    path = tmp_path / "build" / "2025-26" / "board-paper.docx"
    dossier = make_dossier(6, audience="public")
    fill("board-paper", dossier, BOARD_PAPER, path)
    edited = path.read_bytes() + b"\0"
    parts = read_parts(path)
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"Headline", b"Headlines")
    edited = rezip(parts)
    path.write_bytes(edited)

    with pytest.raises(EditedError) as caught:
        fill("board-paper", dossier, BOARD_PAPER, path)

    assert caught.value.exit_code == ExitCode.EDITED_BY_A_PERSON
    assert "build/2025-26/board-paper.docx was edited" in str(caught.value)
    assert "boardpack adopt board-paper.docx" in str(caught.value) and "delete the file" in str(caught.value)
    assert path.read_bytes() == edited


def test_an_untouched_paper_is_made_anew_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "board-paper.docx"
    for cycle in ("2025-26", "2026-27"):
        fill("board-paper", make_dossier(6, audience="public", cycle=cycle), BOARD_PAPER, path)
    assert read_properties(path)["boardpack cycle"] == "2026-27"
    assert [p.name for p in tmp_path.iterdir()] == ["board-paper.docx"]


def test_the_paper_says_of_what_it_was_made(made):
    said = read_properties(made)
    assert said["boardpack inputs"] == make_dossier(6).inputs_digest
    assert (said["boardpack cycle"], said["boardpack audience"], said["boardpack state"]) == (
        "2025-26",
        "public",
        "final",
    )
    assert said["boardpack version"]


def test_no_properties_in_what_is_no_paper():
    assert read_properties(b"nothing") == {}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_saving_it_again_in_libreoffice_counts_as_an_edit(tmp_path, made):
    (tmp_path / "paper.docx").write_bytes(made)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "again"),
            str(tmp_path / "paper.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert not is_untouched(tmp_path / "again" / "paper.docx")


def test_the_same_dossier_gives_the_same_bytes(made):
    assert filled("board-paper", make_dossier(6, audience="public"), BOARD_PAPER) == made
