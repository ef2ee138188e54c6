"""The sample damaged, one kind at a time: exactly that is named, at its place, and no final paper is made."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import ExitCode
from pipeline.workspace import SHIPPED, Workspace
from tests.damages import DAMAGES, UNSEEN, Damage
from tests.damages.kinds import UNREADABLE
from tests.damages.trial import Told, ask, read_forms_once, read_here, sample, try_damage
from tests.damages.unseen import Unseen

BLOCKING = [d for d in DAMAGES if d.exit == ExitCode.FINDINGS_BLOCK]
TO_THE_FRONT_DOOR = [*BLOCKING[:: len(BLOCKING) // 3], next(d for d in DAMAGES if d.code == UNREADABLE)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts that copies of the sample share."""
    return tmp_path_factory.mktemp("library")


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Documents and forms read without what makes the reading safe, or twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.evidence.workers.run", read_here)
        patch.setattr("pipeline.forms.responses.read_form", read_forms_once())
        yield


@pytest.fixture(scope="module")
def before(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What is said of the sample as it is: nothing that blocks."""
    told = ask(sample(tmp_path_factory.mktemp("sample") / "whole", library))
    assert told.exit is ExitCode.DONE
    return told


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.what)
def test_a_damage_is_named_at_its_place_and_nothing_else_is(
    damage: Damage, before: Told, library: Path, tmp_path: Path
) -> None:
    told = try_damage(damage, sample(tmp_path / "damaged", library))

    assert told.beyond(before) == {*damage.named}
    assert told.exit is damage.exit
    assert bool(told.refused) == (damage.exit is not ExitCode.DONE)


@pytest.mark.parametrize("unseen", UNSEEN, ids=lambda u: u.what)
def test_what_nothing_can_see_is_known_to_be_unseen(
    unseen: Unseen, before: Told, library: Path, tmp_path: Path
) -> None:
    alone = try_damage(Damage(unseen.what, unseen.do, "", ""), sample(tmp_path / "damaged", library))
    signed = try_damage(Damage(unseen.what, unseen.do, "", "", signed=True), sample(tmp_path / "signed", library))

    assert alone.beyond(before) == frozenset()
    assert signed.beyond(before) == ({unseen.later} if unseen.later else frozenset())


@pytest.mark.parametrize("damage", TO_THE_FRONT_DOOR, ids=lambda d: d.what)
def test_no_final_paper_is_made_of_a_damaged_workspace(
    damage: Damage, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ws = sample(tmp_path / "damaged", library)
    damage.do(ws)
    with pytest.raises(SystemExit) as left:
        main(["--root", str(ws.root), "build", "board-paper"])

    assert left.value.code == damage.exit
    assert [*ws.root.glob("build/**/*.docx")] == []
    assert "Traceback" not in capsys.readouterr().err


def touched_files(damage: Damage, ws: Workspace) -> frozenset[str]:
    """The files that a damage changes, which is what it does to a copy."""

    def state() -> dict[str, int]:
        return {str(p.relative_to(ws.root)): p.lstat().st_ino for p in ws.root.rglob("*") if p.is_file()}

    old = state()
    damage.do(ws)
    new = state()
    return frozenset(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


ALONE = [d for d in DAMAGES if d.code != UNREADABLE and not d.signed]


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(chosen=st.lists(st.sampled_from(ALONE), min_size=2, max_size=3, unique_by=lambda d: d.what))
def test_damages_that_come_together_are_each_named(
    chosen: list[Damage], before: Told, library: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("together")
    touched = [touched_files(d, sample(folder / str(n), library)) for n, d in enumerate(chosen)]
    assume(sum(map(len, touched)) == len(frozenset().union(*touched)))
    ws = sample(folder / "all", library)
    for damage in chosen:
        damage.do(ws)
    told = ask(ws)
    shutil.rmtree(folder)

    found = told.beyond(before)
    assert {d.named[0] for d in chosen} <= found
    assert found <= {named for d in chosen for named in d.named}
    assert told.exit is max(d.exit for d in chosen)


def test_every_damage_is_another_one() -> None:
    names = [d.what for d in (*DAMAGES, *UNSEEN)]
    assert len(names) >= 60
    assert [name for name in names if names.count(name) > 1] == []


def test_the_readme_states_the_figure() -> None:
    text = (SHIPPED / "README.md").read_text(encoding="utf-8")
    stated = re.search(r"(\d+) of (\d+) kinds of damage", text)
    assert stated, "README.md does not state the kill rate"
    assert stated.groups() == (str(len(DAMAGES)), str(len(DAMAGES) + len(UNSEEN)))
