"""The recipe: gather, judge, write; then show. Every function in this room is a list of what happens, in order."""

from pipeline.flow.judging import Judgement, judge, load, note_inputs, write_judgement
from pipeline.flow.papers import blocking, build_paper, draw_figures, fill_paper

__all__ = [
    "Judgement",
    "blocking",
    "build_paper",
    "draw_figures",
    "fill_paper",
    "judge",
    "load",
    "note_inputs",
    "write_judgement",
]
