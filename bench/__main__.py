"""`python -m bench`: choose parts and sizes."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import job, paper, text

PARTS = {"text": text.run, "job": job.run, "paper": paper.run}


def sizes(words: str) -> list[int]:
    return [int(word) for word in words.split(",") if word]


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="text, job, paper; default: all three")
    parser.add_argument("--quick", action="store_true", help="small sizes and one round, to see that it works")
    parser.add_argument("--documents", type=sizes, default=[100, 1000, 5000], help="sizes of the evidence folder")
    parser.add_argument("--plain-up-to", type=int, default=1000, help="the plain way takes minutes beyond this size")
    parser.add_argument("--statements", type=sizes, default=[60, 500, 5000], help="sizes of the board paper")
    parser.add_argument("--rounds", type=int, default=3, help="peers take turns so many times; medians are printed")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"), help="real PDFs for the first part")
    parser.add_argument("--folder", type=Path, help="where the generated files go; default: a temporary folder")
    chosen = parser.parse_args(words)
    if chosen.quick:
        chosen.documents, chosen.statements, chosen.rounds = [40], [60], 1
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory(prefix="bench-") as scratch:
        chosen.folder = chosen.folder or Path(scratch)
        for part in chosen.parts or PARTS:
            PARTS[part](chosen)


if __name__ == "__main__":
    main()
