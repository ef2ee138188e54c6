"""Part 2: the whole main job over evidence folders of several sizes."""

from __future__ import annotations

import random
import shutil
import sys
from argparse import Namespace
from pathlib import Path

from bench import made, measure
from bench.measure import ROOT, Run

STATEMENTS = 45
NO_CHANGE = 3
"""How often `make -q` may fit into make's own step where nothing changed."""


def ours(root: Path) -> Run:
    return measure.process(sys.executable, "-m", "pipeline", "--root", root, "build", "board-paper")


def cold(root: Path) -> Run:
    shutil.rmtree(root / "build", ignore_errors=True)
    return ours(root)


def answer_edited(root: Path) -> Run:
    form = root / made.HERE / "responses/team.csv"
    text = form.read_text(encoding="utf-8")
    old, new = ("looked at", "gone over") if "looked at" in text else ("gone over", "looked at")
    form.write_text(text.replace(old, new, 1), encoding="utf-8")
    return ours(root)


def document_changed(root: Path, turn: int) -> Run:
    """A PDF is made anew, and the answer that cites it with it."""
    register, form = root / "evidence/register.csv", root / made.HERE / "responses/team.csv"
    new = made.pdf(root / "evidence/document-00000.pdf", random.Random(f"changed {turn} {register}"))
    text = form.read_text(encoding="utf-8")
    before = f'E00000 p.{made.PAGES} ""'
    start = text.index(before) + len(before)
    form.write_text(text[:start] + new.words + text[text.index('""', start) :], encoding="utf-8")
    return ours(root)


def make_words(root: Path) -> list[str | Path]:
    """make, as in the project, for another folder."""
    for name in ("templates", "requirements.lock"):
        if not (root / name).exists():
            (root / name).symlink_to(ROOT / name)
    return ["make", "-s", "-f", ROOT / "Makefile", f"VENV={Path(sys.prefix)}", "board-paper"]


def equal_rules(root: Path, flags: str) -> Path:
    """A makefile with a rule for one target on every input, for `make -q`."""
    inputs = sorted(
        p.relative_to(root).as_posix() for f in ("assessments", "evidence") for p in (root / f).rglob("*.*")
    )
    target = f"build/{made.CYCLE}/board-paper.docx"
    (root / "equal.mk").write_text(f"MAKEFLAGS += {flags}\n{target}: {' '.join(inputs)}\n\t@false\n", encoding="utf-8")
    (root / target).touch()
    return root / "equal.mk"


def run(chosen: Namespace) -> None:
    """A table for each size, then how time and memory grow."""
    grown: dict[int, dict[str, list[Run]]] = {}
    for size in chosen.documents:
        root = made.workspace(chosen.folder / f"job-{size}", evidence=size, statements=STATEMENTS)
        plain = size <= chosen.plain_up_to
        grown[size] = runs = _turns(root, 1 if size > 1000 else chosen.rounds, plain)
        measure.peers(f"The main job, {size:,} documents, each cited once with page and words", runs, "cold")
        _goals(runs, plain)
        shutil.rmtree(root)
    _growth(grown)


def _turns(root: Path, rounds: int, plain: bool) -> dict[str, list[Run]]:
    words = make_words(root)
    turn = iter(range(1000))
    jobs: dict[str, measure.Job] = {
        "cold": lambda: cold(root),
        "one answer edited": lambda: answer_edited(root),
        "one document changed": lambda: document_changed(root, next(turn)),
        "nothing changed, build": lambda: ours(root),
        "make, nothing changed": lambda: (measure.process(*words, cwd=root), measure.process(*words, cwd=root))[1],
        "make -q, equal rules": lambda: measure.process("make", "-q", "-f", equal_rules(root, ""), cwd=root),
        "make -q -rR, equal rules": lambda: measure.process("make", "-q", "-f", equal_rules(root, "-rR"), cwd=root),
    }
    if plain:
        jobs["the plain way"] = lambda: measure.process(sys.executable, "-m", "bench.plain", root)
    return measure.in_turns(jobs, rounds)


def _goals(runs: dict[str, list[Run]], plain: bool) -> None:
    still, peer = runs["make, nothing changed"], runs["make -q, equal rules"]
    faster = measure.ratio(runs["the plain way"], runs["cold"]) if plain else 0
    measure.goal(f"cold at least 15 times faster than the plain way ({faster:.1f})", faster >= 15 if plain else None)
    edited = measure.ratio(runs["cold"], runs["one answer edited"])
    measure.goal(f"one answer edited at least 8 times faster than cold ({edited:.1f})", edited >= 8)
    times = measure.ratio(still, peer)
    measure.goal(f"nothing changed within {NO_CHANGE} times `make -q` ({times:.1f})", times <= NO_CHANGE)


def _growth(grown: dict[int, dict[str, list[Run]]]) -> None:
    if len(grown) < 2:
        return
    first, last = min(grown), max(grown)
    times = measure.seconds(grown[last]["cold"]) / measure.seconds(grown[first]["cold"])
    most = max(measure.memory(runs["cold"]) for runs in grown.values())
    measure.goal(
        f"cold time linear ({last / first:.0f} times the documents: {times:.1f} times)", times <= 1.2 * last / first
    )
    measure.goal(f"memory flat, under 300 MiB ({most:.0f} MiB)", most < 300)
