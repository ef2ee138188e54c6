"""The vocabulary: what people wrote, what the documents say, what the checks found. Frozen, and free of files.

Text stays as it was written. A value that could not be understood is None here and a `Finding` beside it.
"""

from pipeline.model.assessment import (
    AgreedException,
    Assessment,
    AssuranceOffered,
    Consideration,
    LeftOut,
    Paper,
    Respondent,
    Role,
    Targets,
)
from pipeline.model.case import Case, PreviousCycle, SignOff
from pipeline.model.evidence import (
    NOT_ASSESSED,
    Answer,
    CheckRequest,
    CheckResult,
    Citation,
    EvidenceDocument,
    EvidenceStrength,
    Form,
    Locator,
    LocatorKind,
    Mark,
    ProposedAction,
    StoredFile,
    Verdict,
)
from pipeline.model.findings import Finding, Place, Severity
from pipeline.model.framework import Column, Framework, Level, PrincipalRisk, Reference, Requirement, Section, Statement
from pipeline.model.tables import Action, Funding, Indicator, Narrative, Risk, Scheme, Score

__all__ = [
    "Action",
    "AgreedException",
    "Answer",
    "Assessment",
    "AssuranceOffered",
    "Case",
    "Citation",
    "Column",
    "Consideration",
    "StoredFile",
    "EvidenceDocument",
    "Finding",
    "Form",
    "Locator",
    "LocatorKind",
    "Framework",
    "Funding",
    "Indicator",
    "LeftOut",
    "Level",
    "Mark",
    "NOT_ASSESSED",
    "Narrative",
    "Paper",
    "Place",
    "PreviousCycle",
    "PrincipalRisk",
    "ProposedAction",
    "Reference",
    "Requirement",
    "Respondent",
    "Risk",
    "Role",
    "Scheme",
    "Score",
    "Section",
    "Severity",
    "CheckRequest",
    "CheckResult",
    "SignOff",
    "EvidenceStrength",
    "Statement",
    "Targets",
    "Verdict",
]
