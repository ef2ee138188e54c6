"""Run in a tree with the five additions of docs/engineering.md: says of each, as JSON, what a user gets."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path

from docx import Document

from pipeline import charts
from pipeline.codes import explain
from pipeline.dossier import build
from pipeline.evidence.readers import READERS
from pipeline.evidence.sniff import kind_of
from pipeline.flow.papers import build_paper
from pipeline.inputs.framework import read_framework
from pipeline.papers import filled
from pipeline.workspace import Workspace
from tests.case_workspaces import CYCLE, expected, judge, make_workspace

CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Health Equity Committee
DESCRIPTION:The committee asked for a p
 lan by June.
END:VEVENT
END:VCALENDAR
"""
ROW = "E99,Calendar,meetings.ics,Company Secretary,2026-01-22,2027-01-01,public,minutes,2,,,approved,\n"


def a_paper(folder: Path) -> list[str]:
    """The paragraphs of the new paper."""
    ws = make_workspace(folder)
    build_paper(ws, "committee-paper", CYCLE, draft=False)
    return [p.text for p in Document(str(ws.build(CYCLE) / "committee-paper.docx")).paragraphs]


def a_check(folder: Path) -> list[object]:
    """What is found in the new case and was expected, and what in the clean workspace."""
    name = "indicator-without-source"
    found = judge(make_workspace(folder, name))[2]
    wanted = [[w["code"], w["row"], w["field"]] for w in expected(name)["expect"]]
    clean = judge(make_workspace(folder / "clean"))[2]
    return [[[f.code, f.row, f.field] for f in found] == wanted, len(clean), explain("ND902").title]


def a_chart(folder: Path) -> list[object]:
    """Whether the new picture is the same twice, and its words in the dossier, in the SVG and in a paper that asks."""
    case, scores, findings = judge(make_workspace(folder))
    dossier = build(case, scores, findings, "")
    for place in ("once", "twice"):
        charts.draw(dossier, folder / place)
    same = [
        (folder / "once" / n).read_bytes() == (folder / "twice" / n).read_bytes()
        for n in ("returned.png", "returned.svg")
    ]
    alt = next(f.alt for f in dossier.figures if f.id == "returned")
    template = folder / "pictures.docx"
    document = Document()
    document.add_paragraph("{{p 'returned'|figure }}")
    document.save(str(template))
    paper = Document(BytesIO(filled("pictures", dossier, template, figures=folder / "once")))
    read_aloud = [p.get("descr") for p in paper.element.body.iter() if p.tag.endswith("}docPr")]
    said = [p.text for p in paper.paragraphs if p.text]
    return [*same, alt, alt in (folder / "once/returned.svg").read_text("utf-8"), read_aloud == [alt], said]


def an_evidence_file_type(folder: Path) -> list[object]:
    """The kind and the pages of a small file, and the verdict on words that run on in the next line."""
    ws = make_workspace(folder)
    file = ws.evidence / "meetings.ics"
    file.write_text(CALENDAR, "utf-8")
    with (ws.evidence / "register.csv").open("a", encoding="utf-8") as register:
        register.write(ROW)
    answers = ws.cycle_folder(CYCLE) / "responses" / "team.csv"
    text = answers.read_text("utf-8").replace(",E07\n", ',"E07; E99 ""The committee asked for a plan by June"""\n', 1)
    answers.write_text(text, "utf-8")
    kind = kind_of(file, file.name)
    verdicts = [result.verdict for citation, result in judge(ws)[0].check_results.items() if citation.evidence == "E99"]
    return [kind, READERS[kind].read(file).count, verdicts]


def a_framework(folder: Path) -> list[str]:
    """The names of the statements of the framework that docs/framework.md prints."""
    page = (Path("docs") / "framework.md").read_text("utf-8")
    text = next(block.split("```")[0] for block in page.split("```yaml\n") if "levels:" in block.split("```")[0])
    ws = make_workspace(folder)
    (ws.cycle_folder(CYCLE) / "our-framework.yaml").write_text(text, "utf-8")
    return [s.name for s in read_framework(Workspace(folder), "our-framework.yaml", CYCLE).statements]


if __name__ == "__main__":
    proofs = (a_paper, a_check, a_chart, an_evidence_file_type, a_framework)
    print(json.dumps({proof.__name__: proof(Path(sys.argv[1]) / proof.__name__) for proof in proofs}))
