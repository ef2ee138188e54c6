"""ST2xx: answers and levels."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "ST201",
        "A statement without an answer",
        "must be put right; note for the Board while the paper is a proposal, and for `not assessed` with its reason",
        "A statement in scope has no level from those who must give one.",
        "A gap in the heatmap may be read as the lowest level, or not be seen at all.",
        "Ask for a level. If it cannot be assessed this year, write `not assessed` as the level and say why in the "
        "comment: that is an answer, and is counted apart.",
    ),
    Explanation(
        "ST202",
        "The Board's own answer is missing",
        "must be put right; note while the paper is a proposal",
        "The Board must answer this statement, and the team alone has done so. It is shown as not assessed, with the "
        "team's view beside it.",
        "The team's view would pass for the Board's own.",
        "Put the statement to the Board and record its answer in the Board's form. If this paper is to ask the Board "
        "for its levels, set `stage: proposal` in assessment.yaml.",
    ),
    Explanation(
        "ST203",
        "Less evidence than the level asks for",
        "must be put right where nothing usable is cited; warning where it is less than the level asks for",
        "The framework says what evidence each level asks for: how many documents, how recent, of which kind, over how "
        "many quarters, from outside the team. What is cited for this statement does not come to that. The level is "
        "printed with “evidence incomplete”.",
        "A level without evidence is an opinion. A board that relies on it may be asked what it relied on.",
        "Cite what is missing, or report the level that the evidence bears.",
    ),
    Explanation(
        "ST204",
        "A level raised on last year's evidence",
        "warning",
        "The level moved up, and every document cited for it was cited for it last year too.",
        "If nothing new can be shown, members will ask what has changed but the view.",
        "Cite what is new, or say in the comment what in these documents has changed.",
    ),
    Explanation(
        "ST205",
        "A comment used again",
        "warning",
        "The same comment stands on two statements, or last year's comment stands unchanged.",
        "It suggests that the statement was not thought about anew.",
        "Ask the respondent for a comment on this statement as things stand this year.",
    ),
    Explanation(
        "ST206",
        "Respondents far apart",
        "note",
        "Two respondents place a statement two levels or more apart.",
        "The difference is often the most useful thing in the paper: members will ask about it.",
        "Nothing need be changed; both views are printed. Be ready to say why they differ.",
    ),
    Explanation(
        "ST207",
        "A comment that contradicts its level",
        "warning",
        "The comment says that work has not begun, and the level is high; or that all is in place, and the level is "
        "the lowest.",
        "Readers will not know which of the two to believe.",
        "Ask the respondent which is right and have the other changed.",
    ),
    Explanation(
        "ST208",
        "A duty at the lowest level, in public",
        "note",
        "A statement of a section that is about duties is reported at the lowest level in a public paper.",
        "The level describes how mature the approach is; a reader may take it for a breach of a duty.",
        "Tell the executive lead before publication, and have the answer to the likely question ready.",
    ),
    Explanation(
        "ST209",
        "Figures without voices, or voices without figures",
        "warning",
        "The statement asks for both kinds of evidence, and by the register all that is cited is quantitative, or all "
        "of it qualitative.",
        "Figures say how many, people say why: one without the other misleads.",
        "Cite evidence of the other kind. If it is there already, fill in `nature` in the register.",
    ),
    Explanation(
        "ST210",
        "A statement that is not asked",
        "note",
        "A statement was asked in the cycle compared with and this framework does not have it; or this organisation "
        "leaves a statement out, for a reason that it gives.",
        "A statement that is gone without a word may have been dropped because it looked bad.",
        "Nothing, if it is meant: the paper lists it. If the statement has a new id, name the old one in `formerly`.",
    ),
    Explanation(
        "ST211",
        "A partner's comment or evidence without a level",
        "warning",
        "A partner wrote a comment or cited evidence on a statement, and no level was read there.",
        "The partner may have given a level in a place where it is not read; the paper would show none.",
        "Look at the form: if a level stands there, put it under the heading for levels; else ask the partner. A "
        "comment alone may stand.",
    ),
)
