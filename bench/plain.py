"""The plain way of doing the main job: read everything, one library after the other, and fill a template.

It finds a quotation only where it stands letter for letter, keeps nothing, and says nothing of what it does not find.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import yaml
from docx import Document
from docxtpl import DocxTemplate
from matplotlib import pyplot
from openpyxl import load_workbook
from pypdf import PdfReader

CITATION = re.compile(r'(E\d+)[^"]*"([^"]*)"')


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    sheets = load_workbook(path).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def heatmap(levels: list[int], path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(6, max(4, len(levels) / 5)))
    axes.imshow([[level] for level in levels], aspect="auto", cmap="viridis")
    axes.set_yticks(range(len(levels)))
    figure.savefig(path, dpi=200)


def template(path: Path) -> Path:
    made = Document()
    made.add_heading("Self-assessment")
    made.add_paragraph(
        "{% for s in statements %}{{ s.statement }}: {{ s.level }}. {{ s.comment }} {{ s.found }}{% endfor %}"
    )
    made.save(str(path))
    return path


def main(root: Path) -> None:
    cycle = root / "assessments/2025-26"
    framework = yaml.safe_load((cycle / "framework.yaml").read_text(encoding="utf-8"))
    names = [level["name"] for level in framework["levels"]]
    texts = {row["id"]: text_of(root / "evidence" / row["file"]) for row in read_csv(root / "evidence/register.csv")}
    statements = read_csv(cycle / "responses/team.csv")
    for row in statements:
        cited = CITATION.findall(row["evidence"])
        row["found"] = "; ".join(f"{i}: {'found' if words in texts.get(i, '') else 'not found'}" for i, words in cited)
    out = root / "plain"
    out.mkdir(exist_ok=True)
    heatmap([names.index(row["level"]) for row in statements], out / "heatmap.png")
    paper = DocxTemplate(template(out / "template.docx"))
    paper.render({"statements": statements}, autoescape=True)
    paper.save(out / "paper.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
