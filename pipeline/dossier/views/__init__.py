"""What stands in dossier.json, and so every name that a template, a picture or the trail can use.

Words for people (level names, titles, sentences' parts) beside ids for programs. Dates are dates, shown in ISO form in
the file. Nothing here is None that a paper prints: an empty text means that nothing was given.
"""

from pipeline.dossier.views.case import SCHEMA, CoverView, Dossier, FigureView, RespondentView, SignOffView
from pipeline.dossier.views.evidence import (
    CaveatView,
    CitationView,
    DocumentView,
    ExceptionView,
    FindingView,
    ReferenceView,
)
from pipeline.dossier.views.statements import (
    AnswerView,
    FrameworkChangesView,
    LeftOutView,
    LevelView,
    MatrixCellView,
    MatrixView,
    MovementView,
    NoLongerAskedView,
    RoleView,
    ScoreView,
    SectionView,
    StatementView,
    TotalsView,
)
from pipeline.dossier.views.tables import (
    ActionView,
    ExpectedIndicatorView,
    FundingView,
    IndicatorView,
    MoneyView,
    NarrativeView,
    PastActionView,
    RiskScoreView,
    RiskView,
    SchemeView,
    SuggestionView,
)

__all__ = [
    "ActionView",
    "AnswerView",
    "CaveatView",
    "CitationView",
    "CoverView",
    "DocumentView",
    "Dossier",
    "ExceptionView",
    "FigureView",
    "FindingView",
    "ExpectedIndicatorView",
    "FundingView",
    "IndicatorView",
    "LeftOutView",
    "LevelView",
    "MatrixCellView",
    "MatrixView",
    "MoneyView",
    "MovementView",
    "NarrativeView",
    "FrameworkChangesView",
    "NoLongerAskedView",
    "PastActionView",
    "ReferenceView",
    "RespondentView",
    "RiskScoreView",
    "RiskView",
    "RoleView",
    "SCHEMA",
    "SchemeView",
    "ScoreView",
    "SectionView",
    "SignOffView",
    "StatementView",
    "SuggestionView",
    "TotalsView",
]
