"""verify, bundle and pack look at every paper that lies there, whatever was made since."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.publish.pdf import with_own_digest
from pipeline.workspace import Workspace
from tests.cli.conftest import Run
from tests.publish.sealed import edit

CYCLE = "2025-26"


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the papers that would be turned into PDF, without LibreOffice."""
    asked: list[str] = []

    def to_pdfs(pairs: Sequence[tuple[Path, Path]], **_: Any) -> list[Path]:
        asked.extend(paper.name for paper, _pdf in pairs)
        return [pdf for _, pdf in pairs]

    def make_pack(parts: Sequence[Any], out: Path, **_: Any) -> Path:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(out)
        out.write_bytes(with_own_digest(out.read_bytes()))
        return out

    monkeypatch.setattr("pipeline.publish.pdf.to_pdfs", to_pdfs)
    monkeypatch.setattr("pipeline.publish.pack.make_pack", make_pack)
    return asked


def build(run: Run, ws: Workspace, *words: str) -> None:
    said = run(ws.root, "build", *words)
    assert said.code == 0, said.err


def change_an_action(ws: Workspace) -> None:
    actions = ws.cycle_folder(CYCLE) / "actions.csv"
    actions.write_bytes(actions.read_bytes() + b"\n")


def held(ws: Workspace, name: str) -> set[str]:
    with zipfile.ZipFile(ws.build(CYCLE) / name) as archive:
        return {name.removeprefix("build/2025-26/") for name in archive.namelist()}


@pytest.mark.parametrize("again", [False, True], ids=["edited", "edited and sealed again"])
def test_an_edited_final_is_named_and_taken_by_none(run: Run, clean: Workspace, bound: list[str], again: bool) -> None:
    build(run, clean, "board-paper")
    build(run, clean, "baf-annex")
    edit(clean.build(CYCLE) / "board-paper.docx", "Health", "Wealth", again=again)
    for _ in range(2):
        build(run, clean, "baf-annex")
    build(run, clean, "annual-report-section")

    for command in (("verify",), ("bundle",), ("bundle", "--all"), ("pack",), ("verify",)):
        said = run(clean.root, *command)
        assert said.code == 3, command
        assert "board-paper.docx" in said.out
        assert "baf-annex.docx" not in said.out
    assert "board-paper.docx" not in held(clean, "bundle.zip") | held(clean, "bundle-internal.zip")
    assert "baf-annex.docx" in held(clean, "bundle-internal.zip")
    assert "board-paper.docx" not in bound and "baf-annex.docx" in bound


def test_a_stale_final_is_named_and_not_bound(run: Run, clean: Workspace, bound: list[str]) -> None:
    build(run, clean, "board-paper")
    change_an_action(clean)
    build(run, clean, "baf-annex", "--draft")

    assert "board-paper.docx: was made from other inputs" in run(clean.root, "verify").out
    said = run(clean.root, "pack")
    assert said.code == 3 and "board-paper.docx was made from other inputs" in said.out
    assert bound == ["baf-annex-draft.docx"]


def test_where_no_paper_can_be_relied_on_there_is_no_pack(run: Run, clean: Workspace, bound: list[str]) -> None:
    build(run, clean, "board-paper")
    change_an_action(clean)

    said = run(clean.root, "pack")

    assert said.code == 3 and "There is no paper to bind: " in said.err
    assert not bound and not (clean.build(CYCLE) / "pack.pdf").exists()


def test_the_pack_is_listed_so_that_a_change_in_it_is_named(run: Run, clean: Workspace, bound: list[str]) -> None:
    build(run, clean, "board-paper")
    assert run(clean.root, "pack").code == 0
    assert run(clean.root, "verify").code == 0

    with (clean.build(CYCLE) / "pack.pdf").open("ab") as pack:
        pack.write(b"%")
    build(run, clean, "baf-annex")

    said = run(clean.root, "verify")
    assert said.code == 3 and "pack.pdf: was edited after it was made" in said.out


@pytest.mark.parametrize("how", ["remarked", "replaced", "saved by another program", "emptied"])
def test_a_pack_that_a_person_edited_is_not_overwritten(
    run: Run, clean: Workspace, bound: list[str], tmp_path: Path, how: str
) -> None:
    build(run, clean, "board-paper")
    pack = clean.build(CYCLE) / "pack.pdf"
    for _ in range(2):
        assert run(clean.root, "pack").code == 0
    (clean.build(CYCLE) / "manifest.json").rename(tmp_path / "manifest.json")
    with pikepdf.open(pack) as pdf:
        pdf.docinfo["/Title"] = "Another"
        pdf.save(tmp_path / "other.pdf")
    edited = {
        "remarked": pack.read_bytes().replace(b"%PDF", b"%pdf"),
        "replaced": b"%PDF-1.7",
        "saved by another program": (tmp_path / "other.pdf").read_bytes(),
        "emptied": b"",
    }[how]
    pack.write_bytes(edited)

    said = run(clean.root, "pack")

    assert said.code == 7 and pack.read_bytes() == edited
    assert "2025-26/pack.pdf was edited or replaced" in said.err and "delete it" in said.err
    pack.unlink()
    (tmp_path / "manifest.json").rename(clean.build(CYCLE) / "manifest.json")
    assert run(clean.root, "pack").code == 0, "the way on works"
