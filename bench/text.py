"""Part 1: the text of all pages of PDFs, in one process."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import made, measure

GENERATED = 30


def ours(files: Sequence[Path]) -> int:
    from pipeline.evidence.jobs import Job
    from pipeline.evidence.worker import work

    return sum(work(Job(str(f), f.name, "", (), "", whole=True)).pages or 0 for f in files)


def raw_pdfium(files: Sequence[Path]) -> int:
    import pypdfium2

    pages = 0
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for n in range(len(document)):
                document[n].get_textpage().get_text_range()
                pages += 1
    return pages


def pypdf_loop(files: Sequence[Path]) -> int:
    import pypdf

    pages = 0
    for file in files:
        for page in pypdf.PdfReader(file).pages:
            page.extract_text()
            pages += 1
    return pages


def pdftotext(files: Sequence[Path]) -> int:
    return sum(
        subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.count(b"\f") for file in files
    )


PEERS: dict[str, Callable[[Sequence[Path]], int]] = {
    "boardpack": ours,
    "pypdfium2 loop": raw_pdfium,
    "pypdf loop": pypdf_loop,
    "pdftotext": pdftotext,
}


def run(chosen: Namespace) -> None:
    """Print the table. The time is that of the reading, without the start of Python."""
    folder = chosen.folder / "text"
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(1)
    for n in range(4 if chosen.quick else GENERATED):
        made.pdf(folder / f"made-{n:03}.pdf", dice)
    for real in sorted(chosen.corpus.glob("*.pdf")):
        shutil.copy2(real, folder)
    names = [name for name in PEERS if name != "pdftotext" or shutil.which("pdftotext")]
    jobs = {name: lambda n=name: measure.process(sys.executable, "-m", "bench.text", n, folder) for name in names}
    runs = measure.in_turns(jobs, chosen.rounds)
    pages = {name: f"{r[0].said['pages']:.0f}" for name, r in runs.items()}
    measure.peers(
        f"Text of all pages of {len(list(folder.iterdir()))} PDFs; pages read: {pages}", runs, "pypdfium2 loop"
    )
    own = runs["boardpack"]
    measure.goal("within 1.25 times the pypdfium2 loop", measure.ratio(own, runs["pypdfium2 loop"]) <= 1.25)
    measure.goal("at least 10 times faster than the pypdf loop", measure.ratio(runs["pypdf loop"], own) >= 10)


if __name__ == "__main__":
    peer, files = PEERS[sys.argv[1]], sorted(Path(sys.argv[2]).glob("*.pdf"))
    peer(files[:1])  # what is loaded at the first file is no part of the reading
    began = time.perf_counter()
    count = peer(files)
    print(json.dumps({"seconds": time.perf_counter() - began, "pages": count}))
