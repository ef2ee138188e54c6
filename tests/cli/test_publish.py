"""What goes on the website through the front door: only what is public, whole and made from what lies here now."""

from __future__ import annotations

from pipeline.workspace import Workspace
from tests.cli.conftest import Run
from tests.publish.sealed import edit


def published(ws: Workspace) -> set[str]:
    return {p.name for p in (ws.build("2025-26") / "publish").iterdir() if p.is_file()}


def documents(ws: Workspace) -> dict[str, bytes]:
    """The documents beside the papers."""
    return {p.name: p.read_bytes() for p in (ws.build("2025-26") / "publish" / "documents").glob("*")}


def test_the_public_papers_and_the_trail_are_laid_out(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0

    assert run(clean.root, "publish").code == 0
    assert published(clean) == {"board-paper.docx", "evidence-annex.docx", "trail.html", "index.html"}


def test_public_documents_that_are_cited_go_beside_the_papers_and_the_index_leads_to_them(
    run: Run, clean: Workspace
) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    assert run(clean.root, "publish").code == 0
    there, page = documents(clean), (clean.build("2025-26") / "publish" / "index.html").read_text(encoding="utf-8")
    assert there["strategy.pdf"] == (clean.evidence / "strategy.pdf").read_bytes()
    assert "impact.txt" not in there  # it is cited, and internal
    assert 'href="documents/strategy.pdf"' in page and "Health equity strategy (PDF" in page

    assert run(clean.root, "publish").code == 0  # what was laid there is known again
    (clean.evidence / "strategy.pdf").write_bytes(b"%PDF-1.7 another")
    run(clean.root, "publish")
    assert "strategy.pdf" not in documents(clean)


def test_after_a_private_session_neither_paper_nor_trail_is(run: Run, clean: Workspace) -> None:
    path = clean.root / "assessments/2025-26/assessment.yaml"
    text = path.read_text(encoding="utf-8")
    assert "session: public" in text
    path.write_text(text.replace("session: public", "session: private"), encoding="utf-8")
    assert run(clean.root, "build", "board-paper").code == 0

    said = run(clean.root, "publish")

    assert published(clean) == {"index.html"} and documents(clean) == {}
    assert "Left out: board-paper.docx" in said.out


def test_a_paper_made_from_other_inputs_is_left_out(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    actions = clean.root / "assessments/2025-26/actions.csv"
    actions.write_bytes(actions.read_bytes() + b"\n")
    run(clean.root, "check")

    said = run(clean.root, "publish")

    assert "board-paper.docx" not in published(clean)
    assert "made from other inputs" in said.out


def test_an_edited_paper_is_left_out(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "build", "board-paper").code == 0
    edit(clean.build("2025-26") / "board-paper.docx", "Health", "Wealth")

    said = run(clean.root, "publish")

    assert "Left out: board-paper.docx, since it was edited after it was made" in said.out
    assert published(clean) == {"evidence-annex.docx", "trail.html", "index.html"}


def test_a_trail_of_other_inputs_is_left_out(run: Run, clean: Workspace) -> None:
    assert run(clean.root, "check").code == 0
    actions = clean.root / "assessments/2025-26/actions.csv"
    actions.write_bytes(actions.read_bytes() + b"\n")

    said = run(clean.root, "publish")

    assert published(clean) == {"index.html"}
    assert "Left out: trail.html, since it was made from other inputs" in said.out
