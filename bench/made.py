"""Made-up documents and workspaces of any size; the same for the same size."""

from __future__ import annotations

import csv
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import yaml
from docx import Document
from openpyxl import Workbook

CYCLE = "2025-26"
HERE = f"assessments/{CYCLE}"
PAGES, LINES = 20, 45
VOCABULARY = """
people care access screening clinic practice measure report community group need waiting invited attended recorded
reviewed agreed outcome deprived neighbourhood interpreter partner contract programme quarter
"""
WORDS = VOCABULARY.split()
FRAMEWORK_LEVELS = [
    {"id": "reactive", "name": "Reactive"},
    {"id": "emergent", "name": "Emergent", "requires": {"documents": 1}},
    {"id": "growing", "name": "Growing", "requires": {"documents": 1}},
    {"id": "consistent", "name": "Consistent", "requires": {"documents": 1}},
]


@dataclass(frozen=True)
class Cited:
    """A document and a sentence that stands in it."""

    file: str
    locator: str
    words: str


def sentence(dice: random.Random) -> str:
    """A sentence that stands in one place only, as its figures make likely."""
    chosen = " ".join(dice.choices(WORDS, k=7))
    return f"In {chosen}, {dice.randrange(10_000, 99_999)} of {dice.randrange(100_000, 999_999)} were counted."


def kerned(line: str) -> str:
    """The pieces of a line with the distances between them, as word processors write it."""
    return " -3 ".join(f"({line[n : n + 3]})" for n in range(0, len(line), 3))


def pdf(path: Path, dice: random.Random) -> Cited:
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    lines: list[str] = []
    for _ in range(PAGES):
        lines = [sentence(dice) for _ in range(LINES)]
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        drawn = "\n".join(
            f"BT /F1 9 Tf 1 0 0 1 50 {790 - 16 * n} Tm [{kerned(line)}] TJ ET" for n, line in enumerate(lines)
        )
        page.Contents = made.make_stream(drawn.encode("ascii"))
    made.save(path, compress_streams=True)
    return Cited(path.name, f"p.{PAGES}", lines[LINES // 2])


def word(path: Path, dice: random.Random) -> Cited:
    made = Document()
    lines = [sentence(dice) for _ in range(400)]
    for line in lines:
        made.add_paragraph(line)
    made.save(str(path))
    return Cited(path.name, "", lines[200])


def workbook(path: Path, dice: random.Random) -> Cited:
    made = Workbook()
    made.active.title = "Summary"
    lines = [sentence(dice) for _ in range(3000)]
    for n, line in enumerate(lines):
        made.active.append([n, line, dice.randrange(1000), dice.randrange(1000) / 7])
    made.save(path)
    return Cited(path.name, 'sheet "Summary"', lines[1500])


def documents(folder: Path, count: int) -> list[Cited]:
    """Five in seven PDFs, the rest Word and Excel, as in 200 + 60 + 20."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = random.Random(count)
    made = []
    for n in range(count):
        kind = n % 14
        maker, ending = (pdf, "pdf") if kind < 10 else (word, "docx") if kind < 13 else (workbook, "xlsx")
        made.append(maker(folder / f"document-{n:05}.{ending}", dice))
    return made


def workspace(root: Path, *, evidence: int, statements: int) -> Path:
    """An assessment whose every document is cited once, with its page and words."""
    shutil.rmtree(root, ignore_errors=True)
    (root / HERE / "responses").mkdir(parents=True)
    cited = documents(root / "evidence", evidence)
    _register(root / "evidence/register.csv", cited)
    sections = [
        {
            "id": f"S{s:02}",
            "title": f"Section {s}",
            "statements": [
                {
                    "id": f"S{s:02}.{n}",
                    "short": f"Statement {n}",
                    "text": f"Statement {n} holds.",
                    "answered_by": "both",
                }
                for n in range(s * 10, min(statements, s * 10 + 10))
            ],
        }
        for s in range((statements + 9) // 10)
    ]
    framework = {
        "id": "made",
        "title": "Made framework",
        "version": "1",
        "levels": FRAMEWORK_LEVELS,
        "sections": sections,
    }
    (root / HERE / "framework.yaml").write_text(yaml.safe_dump(framework, sort_keys=False), encoding="utf-8")
    (root / HERE / "assessment.yaml").write_text(yaml.safe_dump(ASSESSMENT, sort_keys=False), encoding="utf-8")
    ids = [s["id"] for section in sections for s in section["statements"]]
    for who in ("team", "board"):
        _answers(root / HERE / f"responses/{who}.csv", ids, cited if who == "team" else [], who)
    return root


ASSESSMENT = {
    "organisation": "NHS Made ICB",
    "cycle": CYCLE,
    "framework": "framework.yaml",
    "as_of": "2026-03-26",
    "respondents": [
        {"id": "team", "name": "The team", "role": "team"},
        {"id": "board", "name": "The Board", "role": "board"},
    ],
    "paper": {
        "title": "Self-assessment",
        "meeting": "Board",
        "date": "2026-03-26",
        "session": "public",
        "type": "assurance",
        "action_required": "Take assurance from the self-assessment.",
    },
}


def _register(path: Path, cited: list[Cited]) -> None:
    heads = ("id", "title", "file", "owner", "dated", "review_by", "visibility", "kind", "assurance_line")
    rows = [
        (
            f"E{n:05}",
            f"Document number {n}",
            c.file,
            "Head of Insight",
            "2026-01-15",
            "2027-01-15",
            "public",
            "report",
            "1",
        )
        for n, c in enumerate(cited)
    ]
    _write(path, [heads, *rows])


def _answers(path: Path, ids: list[str], cited: list[Cited], who: str) -> None:
    rows: list[tuple[str, ...]] = [("statement", "level", "comment", "evidence")]
    for n, statement in enumerate(ids):
        places = [f'E{k:05} {c.locator} "{c.words}"' for k, c in enumerate(cited) if k % len(ids) == n]
        level = FRAMEWORK_LEVELS[n % 2]["name"] if cited else "Reactive"
        comment = f"What the {who} says of {statement}: it was looked at, and {n} things were found in {statement}."
        rows.append((statement, str(level), comment, "; ".join(places)))
    _write(path, rows)


def _write(path: Path, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
