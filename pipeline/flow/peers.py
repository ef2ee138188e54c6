"""Between organisations: what one shares, and several side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.dossier import peers
from pipeline.dossier.comparing import compare
from pipeline.errors import UsageError
from pipeline.evidence import Progress
from pipeline.files import write_whole
from pipeline.flow.judging import judge
from pipeline.publish import share
from pipeline.workspace import Workspace


def share_cycle(ws: Workspace, cycle: str, progress: Progress | None = None) -> tuple[Path, peers.Share]:
    """share.json of a cycle as it stands now: levels, and nothing that anyone wrote."""
    shared = peers.share(judge(ws, cycle, progress=progress).dossier)
    out = ws.build(cycle) / share.NAME
    write_whole(out, share.dump(shared))
    return out, shared


def compare_files(ws: Workspace, files: Sequence[Path]) -> tuple[Path, ...]:
    """Organisations side by side, in build/compare/: a page, its data and its pictures."""
    from pipeline.draw.compare import draw_comparison
    from pipeline.publish.compare_page import compare_csv, compare_page

    if len(files) < 2:
        raise UsageError(
            "There is nothing to compare: two files or more are needed.",
            "Name the share.json of each organisation: boardpack compare north/share.json south/share.json",
        )
    shares = [(named, share.load(path, named)) for path, named in ((p, p.as_posix()) for p in files)]
    share.refuse_unlike(shares)
    comparison = compare([shared for _, shared in shares])
    folder = ws.root / "build" / "compare"
    pictures = draw_comparison(comparison, folder)
    write_whole(folder / "compare.csv", compare_csv(comparison))
    write_whole(folder / "compare.html", compare_page(comparison, pictures))
    return tuple(folder / name for name in ("compare.html", "compare.csv", *pictures))
