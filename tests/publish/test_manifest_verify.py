"""Has anything moved: a cycle against its manifest, a paper that came back against what it says of itself."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.inputs.scan import inputs_digest, scan
from pipeline.publish.manifest import read_manifest, write_manifest
from pipeline.publish.standing import EDITED, OLDER, OTHER, UNLISTED
from pipeline.publish.verify import verify_cycle, verify_paper
from pipeline.workspace import Workspace
from tests.dossiers import make_dossier
from tests.publish.sealed import edit, write_parts, write_sealed

CYCLE = "2025-26"


PAPER, PACK = f"build/{CYCLE}/board-paper.docx", f"build/{CYCLE}/pack.pdf"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    for path in (
        f"assessments/{CYCLE}/assessment.yaml",
        f"assessments/{CYCLE}/responses/team.csv",
        "evidence/register.csv",
        "evidence/plan.pdf",
        "assessments/2024-25/assessment.yaml",
        PACK,
        "ours/framework.yaml",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"content of {path}")
    workspace = Workspace(tmp_path)
    make(workspace, "board-paper.docx", "pack.pdf")
    return workspace


def make(ws: Workspace, *papers: str) -> None:
    """These papers from the inputs that are there now, and the manifest."""
    entries = scan(ws, CYCLE, "2024-25", also=[ws.root / "ours" / "framework.yaml"])
    folder, now = ws.build(CYCLE), inputs_digest(entries)
    for name in papers:
        if name.endswith(".docx"):
            write_sealed(folder / name, f"The words of {name}.", now)
    dossier = replace(make_dossier(), inputs_digest=now)
    write_manifest(folder, dossier, entries, [folder / name for name in papers])


def said(ws: Workspace) -> dict[str, str]:
    return {d.path: d.what for d in verify_cycle(ws, CYCLE).differences}


def test_nothing_moved(ws):
    result = verify_cycle(ws, CYCLE)
    assert result.differences == ()
    assert result.papers == 2
    assert result.lines == (
        f"Compared {result.inputs} inputs and 2 papers of 2025-26 with the manifest: these checks found no difference.",
    )


@pytest.mark.parametrize(
    "path",
    [
        "evidence/plan.pdf",
        "evidence/register.csv",
        f"assessments/{CYCLE}/responses/team.csv",
        "assessments/2024-25/assessment.yaml",
        "ours/framework.yaml",
    ],
)
def test_an_input_changed_is_named_and_so_is_every_paper_made_before(ws, path):
    content = bytearray((ws.root / path).read_bytes())
    content[3] ^= 1
    (ws.root / path).write_bytes(content)
    assert said(ws) == {path: "was changed", PAPER: OLDER, PACK: OLDER}


@pytest.mark.parametrize("path", [PAPER, PACK])
def test_one_byte_changed_in_a_paper_is_named_and_nothing_else(ws, path):
    content = bytearray((ws.root / path).read_bytes())
    content[len(content) // 2] ^= 1
    (ws.root / path).write_bytes(content)
    assert said(ws) == {path: EDITED}


def test_an_edited_paper_stays_so_however_often_something_else_is_made(ws):
    edit(ws.root / PAPER, "The words", "Other words")
    for _ in range(3):
        make(ws, "baf-annex.docx")
        assert said(ws) == {PAPER: EDITED}


def test_a_paper_edited_and_sealed_again_is_not_the_one_that_is_listed(ws):
    edit(ws.root / PAPER, "The words", "Other words", again=True)
    make(ws, "baf-annex.docx")
    assert said(ws) == {PAPER: OTHER}
    report = verify_paper(ws, ws.root / PAPER)
    assert report.differs
    assert "no manifest here lists this file" in report.lines[1]


def test_a_final_from_other_inputs_stays_so_when_a_draft_is_made(ws):
    (ws.evidence / "plan.pdf").write_text("changed")
    make(ws, "board-paper-draft.docx")
    assert said(ws) == {PAPER: OLDER, PACK: OLDER}


def test_a_paper_that_nothing_here_made_is_named(ws):
    write_sealed(ws.build(CYCLE) / "board-paper (2).docx", "Words.", verify_cycle_inputs(ws))
    (ws.build(CYCLE) / "notes.docx").write_text("Notes")
    (ws.build(CYCLE) / "slides.pdf").write_text("Slides")
    build = f"build/{CYCLE}"
    assert said(ws) == {
        f"{build}/board-paper (2).docx": UNLISTED, f"{build}/notes.docx": EDITED, f"{build}/slides.pdf": UNLISTED,
    }  # fmt: skip


def test_a_second_member_of_one_name_does_not_pass(ws):
    with pytest.warns(UserWarning), zipfile.ZipFile(ws.root / PAPER, "a") as package:
        package.writestr("word/document.xml", "Forged words.")
    assert said(ws) == {PAPER: EDITED}
    assert verify_paper(ws, ws.root / PAPER).differs


def verify_cycle_inputs(ws: Workspace) -> str:
    return read_manifest(ws.build(CYCLE) / "manifest.json").inputs_digest


def test_a_file_that_is_gone_and_one_that_is_new_are_named(ws):
    (ws.evidence / "plan.pdf").unlink()
    (ws.evidence / "other.pdf").write_text("new")
    (ws.build(CYCLE) / "pack.pdf").unlink()
    (ws.root / "ours" / "framework.yaml").unlink()
    assert said(ws) == {
        "evidence/plan.pdf": "is gone",
        "evidence/other.pdf": "was not there when the papers were made",
        "build/2025-26/pack.pdf": "is gone",
        "ours/framework.yaml": "is gone",
        PAPER: OLDER,
    }


def test_the_differences_are_told_in_full(ws):
    (ws.evidence / "plan.pdf").unlink()
    assert verify_cycle(ws, CYCLE).lines[1] == "  evidence/plan.pdf: is gone"
    assert "3 differences." in verify_cycle(ws, CYCLE).lines[0]


def test_a_manifest_whose_list_was_changed_does_not_pass(ws):
    manifest = ws.build(CYCLE) / "manifest.json"
    plan = ws.evidence / "plan.pdf"
    before = next(e.digest for e in scan(ws, CYCLE) if e.path == "evidence/plan.pdf")
    plan.write_text("forged")
    after = next(e.digest for e in scan(ws, CYCLE) if e.path == "evidence/plan.pdf")
    manifest.write_text(manifest.read_text().replace(before, after))
    listed = "the list of inputs in it was changed after it was written"
    assert said(ws) == {"build/2025-26/manifest.json": listed, PAPER: OLDER, PACK: OLDER}


def test_without_a_manifest_the_next_step_is_named(ws):
    (ws.build(CYCLE) / "manifest.json").unlink()
    with pytest.raises(UsageError, match=r"boardpack build board-paper 2025-26"):
        verify_cycle(ws, CYCLE)


def test_a_paper_that_came_back_as_it_was(ws, tmp_path):
    returned = tmp_path / "from an e-mail.docx"
    (ws.root / "ours/framework.yaml").unlink()
    make_again(ws)
    returned.write_bytes((ws.root / PAPER).read_bytes())
    report = verify_paper(ws, returned)
    assert not report.differs
    assert "made for 2025-26 (final), from inputs " in report.lines[0]
    assert report.lines[1].startswith("Nothing in it was edited since it was made. It is, byte for byte,")
    assert report.lines[2] == "The inputs here are the ones that it was made from."


def make_again(ws: Workspace) -> None:
    folder, entries = ws.build(CYCLE), scan(ws, CYCLE, "2024-25")
    write_sealed(folder / "board-paper.docx", "The words.", inputs_digest(entries))
    dossier = replace(make_dossier(), inputs_digest=inputs_digest(entries))
    write_manifest(folder, dossier, entries, [folder / "board-paper.docx"])


def test_a_paper_that_was_edited(ws):
    make_again(ws)
    edit(ws.root / PAPER, "The words", "Other words")
    report = verify_paper(ws, ws.root / PAPER)
    assert report.differs
    assert report.lines[1] == "It was edited after it was made, or is damaged."


def test_a_paper_whose_inputs_have_changed_since(ws):
    make_again(ws)
    (ws.evidence / "plan.pdf").write_text("changed")
    report = verify_paper(ws, ws.root / PAPER)
    assert report.differs
    assert report.lines[2] == "The inputs here have changed since: run `boardpack verify 2025-26` to see which."


def test_a_paper_of_other_inputs_or_of_another_cycle(ws, tmp_path):
    report = verify_paper(ws, write_sealed(tmp_path / "old.docx", "Words.", "f" * 64))
    assert "are others than those that it was made from" in report.lines[2]
    report = verify_paper(ws, write_sealed(tmp_path / "older.docx", "Words.", "f" * 64, cycle="2019-20"))
    assert "no cycle 2019-20" in report.lines[2]
    assert report.differs


def test_a_paper_of_a_cycle_that_has_no_manifest_here(ws):
    (ws.build(CYCLE) / "manifest.json").unlink()
    report = verify_paper(ws, ws.root / PAPER)
    assert report.differs
    assert report.lines[2] == "The inputs cannot be compared: there is no manifest of that cycle here."


def test_a_word_file_from_elsewhere(ws, tmp_path):
    report = verify_paper(ws, write_parts(tmp_path / "letter.docx", {"word/document.xml": b"Dear all"}))
    assert report.differs
    assert "does not say what it was made from" in report.lines[0]


def test_a_pdf_is_known_by_its_manifest(ws):
    assert not verify_paper(ws, ws.root / PACK).differs
    (ws.root / PACK).write_text("changed")
    assert verify_paper(ws, ws.root / PACK).differs


def test_no_such_file(ws):
    with pytest.raises(UsageError, match=r"no file lost\.docx"):
        verify_paper(ws, ws.root / "lost.docx")


def test_a_paper_under_the_name_of_another_is_not_the_one_that_its_name_says(ws, tmp_path):
    make(ws, "board-paper.docx", "baf-annex.docx", "annex-draft.docx")
    folder = ws.build(CYCLE)
    copy = tmp_path / "mailed" / "board-paper (2).docx"
    copy.parent.mkdir()
    copy.write_bytes((folder / "board-paper.docx").read_bytes())
    (folder / "board-paper.docx").write_bytes((folder / "baf-annex.docx").read_bytes())
    (folder / "annex.docx").write_bytes((folder / "annex-draft.docx").read_bytes())

    assert not verify_paper(ws, copy).differs
    assert not verify_paper(ws, folder / "annex-draft.docx").differs
    for name, own in (("board-paper.docx", "baf-annex.docx"), ("annex.docx", "annex-draft.docx")):
        told = verify_paper(ws, folder / name)
        assert told.differs
        assert f"The manifest lists it as {own}: it is not the paper that its name says." in told.lines
