"""Where a register row's file lies: never outside the evidence folder, and found however its name is spelt."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from pipeline.evidence.folder import locate
from pipeline.files import as_json
from tests.evidence.cases import Desk
from tests.evidence.made_pdf import pdf


@pytest.mark.parametrize(
    "file",
    [
        "../secret.pdf",
        "a/../../secret.pdf",
        "../evidence/plan.pdf",
        "/etc/passwd",
        "\\\\server\\share\\plan.pdf",
        "C:\\Users\\x\\plan.pdf",
        "c:plan.pdf",
        "..\\secret.pdf",
        "file:///etc/passwd",
        "https://example.org/plan.pdf",
    ],
)
def test_a_path_that_leaves_is_refused_before_it_is_looked_for(desk: Desk, file: str) -> None:
    located = locate(desk.ws.evidence, file)
    assert located.outside and not located.missing and located.path is None


def test_a_link_that_leaves_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(pdf(["secret"]))
    (tmp_path / "drawer").mkdir()
    (desk.ws.evidence / "plan.pdf").symlink_to("../secret.pdf")
    (desk.ws.evidence / "drawer").symlink_to(tmp_path / "drawer")
    (desk.ws.evidence / "gone.pdf").symlink_to("../not-there.pdf")
    for file in ("plan.pdf", "drawer/x.pdf", "gone.pdf"):
        assert locate(desk.ws.evidence, file).outside


def test_a_link_inside_is_followed(desk: Desk) -> None:
    desk.put("real.pdf", pdf(["The plan"]))
    (desk.ws.evidence / "plan.pdf").symlink_to("real.pdf")
    located = locate(desk.ws.evidence, "plan.pdf")
    assert located.path and located.size and not located.fault


def test_a_link_in_a_circle_is_told(desk: Desk) -> None:
    (desk.ws.evidence / "a.pdf").symlink_to("b.pdf")
    (desk.ws.evidence / "b.pdf").symlink_to("a.pdf")
    assert "circle" in locate(desk.ws.evidence, "a.pdf").fault


def test_the_evidence_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "plan.pdf").write_bytes(b"x")
    (tmp_path / "evidence").symlink_to("share")
    assert locate(tmp_path / "evidence", "plan.pdf").path


@pytest.mark.parametrize(
    "file", ["sub/plan.pdf", "sub\\plan.pdf", "./sub/plan.pdf", "sub/../sub/plan.pdf", " sub/plan.pdf "]
)
def test_one_file_is_found_by_every_honest_spelling(desk: Desk, file: str) -> None:
    desk.put("sub/plan.pdf", b"x")
    assert locate(desk.ws.evidence, file).name == "sub/plan.pdf"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_letter_and_its_accent_may_be_one_or_two(desk: Desk, form: str) -> None:
    on_disk = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "Môn/café.pdf")
    desk.put(on_disk, b"x")
    assert locate(desk.ws.evidence, unicodedata.normalize(form, "Môn/café.pdf")).name == on_disk


@pytest.mark.parametrize("name", ["a b&c#d.pdf", "emoji 🙂.pdf", "line\nbreak.pdf", "x" * 250 + ".pdf", "dots..pdf"])
def test_odd_names_are_only_names(desk: Desk, name: str) -> None:
    desk.put(name, b"x")
    assert locate(desk.ws.evidence, name).path


@pytest.mark.parametrize(
    "name", ["not-there.pdf", "x" * 300 + ".pdf", "nul\0.pdf", "no/such/folder.pdf", "plan.pdf/inside.pdf"]
)
def test_what_is_not_there_is_missing(desk: Desk, name: str) -> None:
    desk.put("plan.pdf", b"x")
    located = locate(desk.ws.evidence, name)
    assert located.missing and not located.outside


def test_a_folder_is_not_a_document(desk: Desk) -> None:
    (desk.ws.evidence / "plan.pdf").mkdir()
    assert locate(desk.ws.evidence, "plan.pdf").fault == "it is a folder, not a file"


def test_files_that_nobody_registered_are_named(desk: Desk) -> None:
    for name in ("stray.pdf", "sub/other.docx", "inbox/new.pdf", "sub/inbox/old.pdf"):
        desk.put(name, b"x")
    for name in ("register.csv", ".DS_Store", "sub/Thumbs.db", "~$plan.docx", "desktop.ini", "sub/~WRL3.tmp"):
        desk.put(name, b"x")
    desk.document("sub\\plan.pdf", None)
    desk.put("sub/plan.pdf", pdf(["x"]))
    desk.document("../away.pdf")
    assert desk.follow().unregistered == (
        "evidence/stray.pdf",
        "evidence/sub/inbox/old.pdf",
        "evidence/sub/other.docx",
    )


def test_a_registered_file_spelt_another_way_is_not_a_stray(desk: Desk) -> None:
    desk.put(unicodedata.normalize("NFD", "café.pdf"), b"x")
    desk.document(unicodedata.normalize("NFC", "café.pdf"))
    assert desk.follow().unregistered == ()


def test_a_folder_without_evidence_is_no_trouble(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.ws.evidence.rmdir()
    desk.document("plan.pdf")
    case = desk.follow()
    assert case.unregistered == () and case.copies["E001"].missing


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system has no such names")
def test_a_file_whose_name_is_not_in_letters_is_named_and_can_be_written(desk: Desk) -> None:
    folder = os.fsencode(desk.ws.evidence)
    Path(os.fsdecode(folder + b"/b\xe9")).mkdir()
    for name in (b"/caf\xe9 plan.txt", b"/b\xe9/n\xe9.txt"):
        Path(os.fsdecode(folder + name)).write_bytes(b"x")
    named = desk.follow().unregistered
    assert named == (r"evidence/b\xe9/n\xe9.txt", r"evidence/caf\xe9 plan.txt")
    assert rb"caf\\xe9 plan.txt" in as_json({"files": named})


@pytest.mark.parametrize("odd", ["\udce9", "\ud83d", "\ude00\ud83d"])
def test_half_a_character_reaches_json_as_a_mark(odd: str) -> None:
    assert as_json({odd: [odd, ("plain", odd)]}).decode("utf-8").count("\ufffd") == 3 * len(odd)


def test_two_halves_of_an_emoji_reach_json_as_one() -> None:
    assert "😀" in as_json(["\ud83d\ude00"]).decode("utf-8")
