"""PowerPoint, slide by slide: shapes, groups, tables, diagrams and notes."""

from __future__ import annotations

from pathlib import Path

from pipeline.evidence.package import Package
from pipeline.evidence.pages import EVERYTHING, Asked, Page, Reading
from pipeline.evidence.readers.word import drawn_text

BESIDE = ("diagramData", "chart", "notesSlide")


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A presentation; slides are numbered as PowerPoint numbers them, hidden ones included."""
    with Package(path, asked.limits) as package:
        main = package.main_part("ppt/presentation.xml")
        targets = package.related(main)
        slides = [targets[i][1] for i in _slide_ids(package, main) if i in targets]
        numbers = [n for n in range(1, len(slides) + 1) if asked.wants(n)]
        pages = {n: Page(n, _slide_text(package, slides[n - 1])) for n in numbers}
        remarks = package.remarks(main)
    return Reading("slides", len(slides), pages, paged=True, remarks=remarks)


def _slide_ids(package: Package, main: str) -> list[str]:
    listed = package.xml(main).iter("{*}sldId")
    return [v for s in listed for k, v in s.attrib.items() if k.endswith("}id")]


def _slide_text(package: Package, slide: str) -> str:
    parts = [slide, *package.parts_of(slide, *BESIDE)]
    return "\n".join(drawn_text(package.xml(part)) for part in parts)
