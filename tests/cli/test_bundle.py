"""A bundle through the front door."""

from __future__ import annotations

import zipfile

from pipeline.workspace import Workspace
from tests.cli.conftest import Run


def test_a_bundle_is_made_with_its_number_and_what_is_left_out(run: Run, clean: Workspace) -> None:
    said = run(clean.root, "bundle", "2025-26")

    assert said.code == 0, said.err
    assert "build/2025-26/bundle.zip is made" in said.out
    assert "Give them this number: " in said.out
    with zipfile.ZipFile(clean.build("2025-26") / "bundle.zip") as archive:
        assert "build/2025-26/board-paper.docx" in archive.namelist()


def test_all_of_it_is_for_auditors_and_lies_in_a_file_of_its_own(run: Run, clean: Workspace) -> None:
    said = run(clean.root, "bundle", "--all")

    assert said.code == 0, said.err
    assert "bundle-internal.zip is made" in said.out and "INTERNAL" in said.out
    assert not (clean.build("2025-26") / "bundle.zip").exists()


def test_where_no_final_paper_can_be_made_the_rest_is_bundled(run: Run, faulty: Workspace) -> None:
    said = run(faulty.root, "bundle")

    assert said.code == 0, said.err
    with zipfile.ZipFile(faulty.build("2025-26") / "bundle.zip") as archive:
        held = archive.namelist()
    assert "build/2025-26/trail.html" in held
    assert not [name for name in held if name.endswith(".docx")]
