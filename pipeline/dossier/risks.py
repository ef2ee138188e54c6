"""BAF risks as they are shown, and what the levels suggest for them. A risk score is never worked out from a level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.dossier.citations import alike, view_citation
from pipeline.dossier.views import RiskScoreView, RiskView, StatementView, SuggestionView
from pipeline.inputs.cells import split_ids
from pipeline.inputs.suggest import same
from pipeline.model import Action, Case, Finding, Risk, Role, Score, Severity, Verdict
from pipeline.text import list_in_words

GAP_IN_CONTROL = "gap in control"
GAP_IN_ASSURANCE = "gap in assurance"
# Findings on a statement that say its level rests on evidence that is missing, expired or not found.
UNSOUND = {
    "ST203": "evidence incomplete",
    "EV301": "a document is missing",
    "EV302": "a document cannot be read",
    "EV303": "a document is past its review date",
    "EV304": "a superseded document alone is cited",
    "CI401": "a document is not in the register",
    "CI403": "words cited were not found",
}
FIRST_LINE_ALONE = "first-line evidence alone"
# These change what a level rests on where nothing else is cited for it; then they are more than a warning.
UNSOUND_ALONE = ("EV304",)


def view_risks(case: Case, statements: Sequence[StatementView], findings: Sequence[Finding]) -> tuple[RiskView, ...]:
    """Every risk in the order of the table."""
    by_id = {s.id: s for s in statements}
    partners = {r.id for r in case.assessment.respondents if r.role is Role.PARTNER}
    unsound: dict[str, list[str]] = {}
    for finding in findings:
        if finding.statement and _is_unsound(finding) and finding.respondent not in partners:
            reasons = unsound.setdefault(finding.statement, [])
            if UNSOUND[finding.code] not in reasons:
                reasons.append(UNSOUND[finding.code])
    return tuple(_view_risk(case, risk, by_id, unsound) for risk in case.risks)


def _is_unsound(finding: Finding) -> bool:
    alone = finding.code in UNSOUND_ALONE and finding.severity in (Severity.WARNING, Severity.NOTE)
    return finding.code in UNSOUND and not alone


def _view_risk(
    case: Case, risk: Risk, statements: Mapping[str, StatementView], unsound: Mapping[str, Sequence[str]]
) -> RiskView:
    linked = [statements[s] for s in risk.statements if s in statements]
    return alike(
        RiskView,
        risk,
        inherent=view_score(risk.inherent),
        current=view_score(risk.current),
        target=view_score(risk.target),
        previous=view_score(risk.previous),
        movement=movement(risk.previous.value, risk.current.value),
        assurances=tuple(view_citation(case, c) for c in risk.citations),
        suggestions=tuple(s for statement in linked for s in suggest(statement, unsound.get(statement.id, ()))),
        actions=tuple(a.id for a in case.actions if _bears_on(a, risk)),
    )


def _bears_on(action: Action, risk: Risk) -> bool:
    """True where an action names the risk, or a statement that the risk names."""
    return action.statement in risk.statements or same(risk.id) in map(same, split_ids(action.risk))


BANDS = ((15, "extreme"), (8, "high"), (4, "moderate"), (1, "low"))
"""The NHS risk matrix, five by five: from this product of likelihood and consequence on."""


def band_of(value: int) -> str:
    """The band of a risk score in words; empty where none is given."""
    return next((name for least, name in BANDS if value >= least), "")


def view_score(score: Score) -> RiskScoreView:
    """`4 x 4 = 16, extreme`, likelihood first."""
    if score.value is None:
        return RiskScoreView(score.likelihood or 0, score.consequence or 0, 0, "not given")
    shown = f"{score.likelihood} x {score.consequence} = {score.value}, {band_of(score.value)}"
    return RiskScoreView(score.likelihood or 0, score.consequence or 0, score.value, shown)


def movement(before: int | None, now: int | None) -> str:
    """How the current score stands to the previous one, in words; empty where there is none."""
    if before is None or now is None:
        return ""
    if before == now:
        return f"score unchanged at {now}"
    way = "score fell, better" if now < before else "score rose, worse"
    return f"{way}: from {before} to {now}"


def suggest(statement: StatementView, unsound: Sequence[str]) -> Iterator[SuggestionView]:
    """A level below its target suggests a gap in control; one on weak evidence a gap in assurance; both may stand."""
    if statement.rank < 0:
        return
    said = f"{statement.short}: {statement.reported}"
    if statement.below_target:
        shown = f"{said}, below the target of {statement.target}"
        yield SuggestionView(GAP_IN_CONTROL, statement.id, statement.short, shown)
    reasons = [*unsound, *([FIRST_LINE_ALONE] if _first_line_only(statement) else [])]
    if reasons:
        shown = f"{said}, {list_in_words(reasons)}"
        yield SuggestionView(GAP_IN_ASSURANCE, statement.id, statement.short, shown, tuple(reasons))


def _first_line_only(statement: StatementView) -> bool:
    """True where documents are cited, by partners too, and of those that stand none is second or third line."""
    cited = [c for a in statement.answers for c in a.citations if c.evidence]
    own = [c for a in statement.answers if a.role != "partner" for c in a.citations if c.evidence]
    standing = [c for c in cited if c.verdict != Verdict.NOT_FOUND.value]
    return bool(own) and not any(c.assurance_line > 1 for c in standing)
