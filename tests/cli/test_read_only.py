"""Commands that answer a question do so where nothing can be written, and say that nothing was kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.workspace import Workspace
from tests.cli.conftest import Run, Said

NOT_KEPT = "cannot be written"


def everything_in(root: Path) -> dict[str, tuple[int, int]]:
    """Each file and folder, with its size and time."""
    return {p.relative_to(root).as_posix(): (p.stat().st_size, p.stat().st_mtime_ns) for p in root.rglob("*")}


@pytest.fixture
def closed(clean: Workspace) -> Workspace:
    """A workspace in which nothing can be made, by anyone: a file stands in the place of build/."""
    (clean.root / "build").write_bytes(b"")
    return clean


def asked(run: Run, ws: Workspace, *words: str) -> Said:
    before = everything_in(ws.root)
    said = run(ws.root, *words)
    assert everything_in(ws.root) == before
    return said


def test_check_answers(run: Run, closed: Workspace) -> None:
    said = asked(run, closed, "check")

    assert said.code == 0, said.err
    assert "A final paper can be made." in said.out and "check-report.html" not in said.out
    assert "What was found is not kept" in said.err and NOT_KEPT in said.err


def test_check_tells_every_finding_since_there_is_no_report(run: Run, faulty: Workspace) -> None:
    (faulty.root / "build").write_bytes(b"")

    said = asked(run, faulty, "check")

    assert said.code == 3 and "CI403" in said.out and NOT_KEPT in said.err
    assert "check-report.html" not in said.out + said.err


@pytest.mark.parametrize("words", [("trail",), ("trail", "GA1"), ("trail", "--json")], ids=" ".join)
def test_a_trail_is_told(run: Run, closed: Workspace, words: tuple[str, ...]) -> None:
    said = asked(run, closed, *words)

    assert said.code == 0, said.err
    assert "GA1" in said.out and "trail.html" not in said.out
    assert NOT_KEPT in said.err


def test_a_search_finds_and_says_that_the_next_one_reads_again(run: Run, closed: Workspace) -> None:
    said = asked(run, closed, "search", "Director of Strategy")

    assert said.code == 0, said.err
    assert 'E01 p.2 "' in said.out
    assert NOT_KEPT in said.err and "reads every document again" in said.err


def test_a_search_of_what_was_read_before_needs_no_writing(run: Run, clean: Workspace) -> None:
    first = run(clean.root, "search", "Director of Strategy")

    again = asked(run, clean, "search", "Director of Strategy")

    assert (again.code, again.out, again.err) == (0, first.out, "")


@pytest.mark.parametrize("words", [("verify",), ("explain", "CI403"), ("templates",)], ids=" ".join)
def test_what_only_reads_writes_nothing(run: Run, clean: Workspace, words: tuple[str, ...]) -> None:
    assert run(clean.root, "build", "board-paper").code == 0

    said = asked(run, clean, *words)

    assert (said.code, said.err) == (0, "")
    assert said.out


@pytest.mark.parametrize("words", [("build", "board-paper"), ("forms",), ("bundle",), ("publish",)], ids=" ".join)
def test_what_is_there_to_write_says_that_it_cannot(run: Run, closed: Workspace, words: tuple[str, ...]) -> None:
    said = asked(run, closed, *words)

    assert said.code == 4, (said.out, said.err)
