"""Part 3: filling a board paper of many statements, beside pandoc."""

from __future__ import annotations

import json
import shutil
import sys
from argparse import Namespace
from pathlib import Path

from bench import made, measure
from bench.measure import Run

GOALS = {60: 1, 500: 4, 5000: 15}
"""Statements -> how many times faster than pandoc."""


def ours(root: Path) -> Run:
    return measure.process(sys.executable, "-m", "pipeline", "--root", root, "fill", "board-paper", "--draft")


def markdown(root: Path) -> Path:
    """The statements, levels and comments of the dossier as Markdown."""
    dossier = json.loads((root / "build" / made.CYCLE / "dossier.json").read_text(encoding="utf-8"))
    lines = ["# Self-assessment", ""]
    for section in dossier["sections"]:
        lines += [f"## {section['title']}", ""]
        for statement in section["statements"]:
            lines += [f"### {statement['id']}", "", statement["text"], ""]
            lines += [f"- {view['name']}: {view['level']}. {view['comment']}" for view in statement["views"]]
            lines.append("")
    path = root / "paper.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(chosen: Namespace) -> None:
    """A table for each size; without pandoc our own times alone."""
    pandoc, grown = shutil.which("pandoc"), {}
    if pandoc is None:
        print("\npandoc is not installed: the board paper is measured alone.")
    for size in chosen.statements:
        root = made.workspace(chosen.folder / f"paper-{size}", evidence=0, statements=size)
        for stage in ("judge", "draw"):
            measure.process(sys.executable, "-m", "pipeline", "--root", root, stage)
        jobs: dict[str, measure.Job] = {"boardpack": lambda r=root: ours(r)}
        if pandoc:
            source = markdown(root)
            jobs["pandoc"] = lambda s=source: measure.process("pandoc", s, "-o", s.with_suffix(".docx"))
        grown[size] = runs = measure.in_turns(jobs, chosen.rounds)
        measure.peers(f"The board paper, {size:,} statements", runs, "boardpack")
        wanted = GOALS.get(size)
        if wanted:
            faster = measure.ratio(runs["pandoc"], runs["boardpack"]) if pandoc else 0
            measure.goal(f"at least {wanted} times faster than pandoc", faster >= wanted if pandoc else None)
        shutil.rmtree(root)
    if len(grown) > 1:
        first, last = min(grown), max(grown)
        times = measure.seconds(grown[last]["boardpack"]) / measure.seconds(grown[first]["boardpack"])
        measure.goal(
            f"growth linear ({last / first:.0f} times the statements: {times:.1f} times)", times <= last / first
        )
