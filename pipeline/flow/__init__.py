"""The recipe: gather, judge, write; then show. Every function in this room is a list of what happens, in order."""

from pipeline.flow.judging import Judgement, judge, load, note_inputs, search_evidence, write_judgement
from pipeline.flow.papers import blocking, build_paper, draw_figures, fill_paper
from pipeline.flow.preparing import empty_inbox, make_forms, register_columns, start_cycle
from pipeline.flow.publishing import pack_papers, publish_cycle, verify
from pipeline.flow.signing import sign_cycle
from pipeline.publish.verify import Verification

__all__ = [
    "Judgement",
    "Verification",
    "blocking",
    "build_paper",
    "draw_figures",
    "empty_inbox",
    "fill_paper",
    "judge",
    "load",
    "make_forms",
    "note_inputs",
    "pack_papers",
    "publish_cycle",
    "register_columns",
    "search_evidence",
    "sign_cycle",
    "start_cycle",
    "verify",
    "write_judgement",
]
