"""The question sheet of one audience."""

from __future__ import annotations

from pipeline.dossier import for_audience
from pipeline.errors import UsageError
from pipeline.flow.judging import judge
from pipeline.flow.papers import audience_of, blocking, find_template
from pipeline.workspace import Workspace

QUESTIONS = "questions"


def make_questions(ws: Workspace, cycle: str, audience: str) -> str:
    """build/<cycle>/questions-<audience>.docx, from this year's answers; a draft while anything must be put right."""
    from pipeline import fill
    from pipeline.fill.questions import AUDIENCES
    from pipeline.publish.manifest import write_manifest

    if audience not in AUDIENCES:
        raise UsageError(f"There is no question sheet for {audience}.", f"Use one of {', '.join(AUDIENCES)}.")
    template = find_template(ws, QUESTIONS)
    judged = judge(ws, cycle)
    shown = for_audience(judged.dossier, audience_of(QUESTIONS, judged.dossier))
    folder = ws.build(cycle)
    out = folder / f"{QUESTIONS}-{audience}.docx"
    draft = bool(blocking(judged.dossier, QUESTIONS))
    fill.fill(f"{QUESTIONS}-{audience}", shown, template, out, draft=draft, logo=ws.logo())
    write_manifest(folder, judged.dossier, judged.inputs, [out])
    return f"{ws.relative(out)} is made."
