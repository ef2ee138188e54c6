"""Has anything moved: a cycle against its manifest, a paper that came back against what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.publish.inputs import inputs_digest, scan
from pipeline.publish.manifest import write_manifest
from pipeline.publish.verify import verify_cycle, verify_paper
from pipeline.workspace import Workspace
from tests.dossiers import make_dossier

CYCLE = "2025-26"


def untouched(path: Path) -> bool:
    return True


def properties(ws: Workspace):
    digest = inputs_digest(scan(ws, CYCLE, "2024-25"))
    return lambda path: {"boardpack inputs": digest, "boardpack cycle": CYCLE, "boardpack state": "final"}


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    for path in (
        f"assessments/{CYCLE}/assessment.yaml",
        f"assessments/{CYCLE}/responses/team.csv",
        "evidence/register.csv",
        "evidence/plan.pdf",
        "assessments/2024-25/assessment.yaml",
        f"build/{CYCLE}/board-paper.docx",
        f"build/{CYCLE}/pack.pdf",
        "ours/framework.yaml",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(f"content of {path}")
    workspace = Workspace(tmp_path)
    write(workspace)
    return workspace


def write(ws: Workspace) -> None:
    entries = scan(ws, CYCLE, "2024-25", also=[ws.root / "ours" / "framework.yaml"])
    write_manifest(ws.build(CYCLE), make_dossier(), entries, properties(ws), untouched)


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
        f"build/{CYCLE}/board-paper.docx",
        f"build/{CYCLE}/pack.pdf",
        "ours/framework.yaml",
    ],
)
def test_one_byte_changed_is_named_and_nothing_else(ws, path):
    content = bytearray((ws.root / path).read_bytes())
    content[3] ^= 1
    (ws.root / path).write_bytes(content)
    assert said(ws) == {path: "was changed"}


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
    }


def test_the_differences_are_told_in_full(ws):
    (ws.evidence / "plan.pdf").unlink()
    assert verify_cycle(ws, CYCLE).lines[1] == "  evidence/plan.pdf: is gone"
    assert "1 difference." in verify_cycle(ws, CYCLE).lines[0]


def test_a_manifest_whose_list_was_changed_does_not_pass(ws):
    manifest = ws.build(CYCLE) / "manifest.json"
    plan = ws.evidence / "plan.pdf"
    before = next(e.digest for e in scan(ws, CYCLE) if e.path == "evidence/plan.pdf")
    plan.write_text("forged")
    after = next(e.digest for e in scan(ws, CYCLE) if e.path == "evidence/plan.pdf")
    manifest.write_text(manifest.read_text().replace(before, after))
    assert said(ws) == {"build/2025-26/manifest.json": "the list of inputs in it was changed after it was written"}


def test_without_a_manifest_the_next_step_is_named(ws):
    (ws.build(CYCLE) / "manifest.json").unlink()
    with pytest.raises(UsageError, match=r"boardpack build board-paper 2025-26"):
        verify_cycle(ws, CYCLE)


def test_a_paper_that_came_back_as_it_was(ws, tmp_path):
    returned = tmp_path / "from an e-mail.docx"
    returned.write_bytes((ws.build(CYCLE) / "board-paper.docx").read_bytes())
    write_without_extra(ws)
    report = verify_paper(ws, returned, properties(ws), untouched)
    assert not report.differs
    assert "made for 2025-26 (final), from inputs " in report.lines[0]
    assert report.lines[1].startswith("Nothing in it was edited since it was made. It is, byte for byte,")
    assert report.lines[2] == "The inputs here are the ones that it was made from."


def write_without_extra(ws: Workspace) -> None:
    write_manifest(ws.build(CYCLE), make_dossier(), scan(ws, CYCLE, "2024-25"), properties(ws), untouched)


def test_a_paper_that_was_edited(ws):
    write_without_extra(ws)
    paper = ws.build(CYCLE) / "board-paper.docx"
    report = verify_paper(ws, paper, properties(ws), lambda path: False)
    assert report.differs
    assert report.lines[1] == "It was edited after it was made, or is damaged."


def test_a_paper_whose_inputs_have_changed_since(ws):
    write_without_extra(ws)
    said_then = properties(ws)
    (ws.evidence / "plan.pdf").write_text("changed")
    report = verify_paper(ws, ws.build(CYCLE) / "board-paper.docx", said_then, untouched)
    assert report.differs
    assert report.lines[2] == "The inputs here have changed since: run `boardpack verify 2025-26` to see which."


def test_a_paper_of_other_inputs_or_of_another_cycle(ws):
    def other(path: Path) -> Mapping[str, str]:
        return {"boardpack inputs": "f" * 64, "boardpack cycle": CYCLE}

    report = verify_paper(ws, ws.build(CYCLE) / "board-paper.docx", other, untouched)
    assert "made from other inputs" in report.lines[2]
    report = verify_paper(
        ws,
        ws.build(CYCLE) / "board-paper.docx",
        lambda p: {"boardpack inputs": "f", "boardpack cycle": "2019-20"},
        untouched,
    )
    assert "no cycle 2019-20" in report.lines[2]
    assert report.differs


def test_a_word_file_from_elsewhere(ws):
    report = verify_paper(ws, ws.build(CYCLE) / "board-paper.docx", lambda path: {}, lambda path: False)
    assert report.differs
    assert "does not say what it was made from" in report.lines[0]


def test_a_pdf_is_known_by_its_manifest(ws):
    pdf = ws.build(CYCLE) / "pack.pdf"
    assert not verify_paper(ws, pdf, properties(ws), untouched).differs
    pdf.write_text("changed")
    assert verify_paper(ws, pdf, properties(ws), untouched).differs


def test_no_such_file(ws):
    with pytest.raises(UsageError, match="no file lost.docx"):
        verify_paper(ws, ws.root / "lost.docx", properties(ws), untouched)
