"""From a case, its scores and its findings to the one dossier that everything after it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.checks.glossary import abbreviations_used
from pipeline.checks.screen import screen_of
from pipeline.checks.signed import kinds_changed_since
from pipeline.dossier.audience import INTERNAL
from pipeline.dossier.citations import alike
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.matrix import view_matrix
from pipeline.dossier.reliance import view_caveats, view_exceptions, view_findings
from pipeline.dossier.risks import view_risks
from pipeline.dossier.statements import (
    view_framework_changes,
    view_left_out,
    view_no_longer_asked,
    view_sections,
    view_totals,
)
from pipeline.dossier.tables import (
    view_actions,
    view_documents,
    view_expected,
    view_funding,
    view_indicator,
    view_last_years_actions,
    view_money,
    view_narratives,
    view_schemes,
)
from pipeline.dossier.views import (
    SCHEMA,
    CoverView,
    Dossier,
    LevelView,
    ReferenceView,
    RespondentView,
    SignOffView,
    StatementView,
)
from pipeline.model import Assessment, Case, Finding
from pipeline.model.rebuild import legible_texts
from pipeline.score import Scores
from pipeline.text import compared, counted, date_in_words

IMPLICATIONS = {
    "equality": "Equality and health inequalities",
    "quality": "Quality",
    "financial": "Financial",
    "legal": "Legal",
    "workforce": "Workforce",
    "data_protection": "Data protection",
    "sustainability": "Sustainability",
}


def view_cover(assessment: Assessment) -> CoverView:
    """The cover sheet."""
    paper = assessment.paper
    offered = paper.assurance_offered
    return CoverView(
        title=paper.title,
        meeting=paper.meeting,
        date=paper.date,
        agenda_item=paper.agenda_item,
        session=paper.session,
        session_reason=paper.session_reason,
        type=paper.type,
        report_by=paper.report_by,
        action_required=paper.action_required,
        key_areas=paper.key_areas,
        objectives=objectives(assessment),
        previously_considered=tuple(
            {"meeting": c.meeting, "date": date_in_words(c.date), "outcome": c.outcome}
            for c in paper.previously_considered
        ),
        assurance_level=offered.level if offered else "",
        assurance_reason=offered.reason if offered else "",
        baf_risks=paper.baf_risks,
        implications=tuple(
            (label, paper.implications[k]) for k, label in IMPLICATIONS.items() if paper.implications.get(k)
        ),
        involvement=paper.involvement,
        conflicts_of_interest=paper.conflicts_of_interest,
        foi_status=paper.foi_status,
        equality_impact_assessment=paper.equality_impact_assessment,
        next_review=paper.next_review,
        evidence_annex=paper.evidence_annex,
    )


def objectives(assessment: Assessment) -> tuple[tuple[bool, str], ...]:
    """The organisation's own list, ticked or not; then each chosen one that is not in it, as `Other: ...`."""
    chosen = assessment.paper.strategic_objectives
    ticked, known = {*map(compared, chosen)}, {*map(compared, assessment.objectives)}
    own = tuple((compared(objective) in ticked, objective) for objective in assessment.objectives)
    return own + tuple((True, f"Other: {other}") for other in chosen if compared(other) not in known)


def view_respondents(case: Case) -> tuple[RespondentView, ...]:
    """Everyone declared in assessment.yaml."""
    returned = {form.respondent for form in case.forms}
    return tuple(
        RespondentView(
            r.id,
            r.name,
            r.role.value,
            r.completed_on,
            r.method,
            r.id in returned,
            asked=tuple(s.id for s in case.statements if r.is_asked(s)),
        )
        for r in case.assessment.respondents
    )


def partial_run(case: Case) -> str:
    """`covers 2 of 5 sections`, or empty where all are in scope."""
    here, all_of_them = len(case.sections), len(case.framework.sections)
    return "" if here == all_of_them else f"covers {here} of {counted(all_of_them, 'section')}"


LISTED = 5
NOT_FOUND = "not found"


def in_upper_half(rank: int, levels: int) -> bool:
    """Whether a level is in the upper half of a scale of so many; the middle of an odd one is not."""
    return 2 * rank >= levels


def weak(statements: Sequence[StatementView], levels: int) -> list[StatementView]:
    """Lowest reported level first, then fallen, then below target, then framework order.

    Nothing in the upper half of the scale is weak, whatever it fell from or was to reach.
    """

    def order(s: StatementView) -> tuple[int, bool, bool]:
        return s.rank, s.movement.kind != "down", not s.below_target

    return sorted((s for s in statements if s.rank >= 0 and not in_upper_half(s.rank, levels)), key=order)


def strong(statements: Sequence[StatementView], levels: int) -> list[StatementView]:
    """Highest level first, then those with evidence from outside the team, then framework order; the upper half."""
    found = [s for s in statements if s.rank >= 0 and in_upper_half(s.rank, levels)]
    return sorted(found, key=lambda s: (-s.rank, not from_outside(s)))


def from_outside(statement: StatementView) -> bool:
    """Whether something that the ICB itself cites comes from outside the team, and was not looked for in vain."""
    own = [c for a in statement.answers if a.role != "partner" for c in a.citations if c.evidence or c.redacted]
    return any(c.assurance_line > 1 and c.verdict != NOT_FOUND for c in own)


def weakest(statements: Sequence[StatementView], levels: int) -> tuple[str, ...]:
    """Up to five of the weak."""
    return tuple(s.id for s in weak(statements, levels)[:LISTED])


def strongest(statements: Sequence[StatementView], levels: int) -> tuple[str, ...]:
    """Up to five of the strong."""
    return tuple(s.id for s in strong(statements, levels)[:LISTED])


def moved(statements: Sequence[StatementView]) -> tuple[str, ...]:
    """Those that moved down, then those that moved up, each in framework order."""
    return tuple(s.id for kind in ("down", "up") for s in statements if s.movement.kind == kind)


def differences(statements: Sequence[StatementView], ranks: dict[str, int]) -> tuple[str, ...]:
    """Where the Board, the team and partners placed a statement differently, widest first."""

    def spread(s: StatementView) -> int:
        seen = [ranks[v.level_id] for v in s.views.values() if v.level_id in ranks]
        return max(seen) - min(seen) if seen else 0

    apart = [s for s in statements if spread(s) > 0]
    return tuple(s.id for s in sorted(apart, key=lambda s: -spread(s)))


def build(case: Case, scores: Scores, findings: Sequence[Finding], inputs_digest: str = "") -> Dossier:
    """Everything that a paper, a picture or the trail may show, for internal eyes."""
    dossier = _without_figures(case, scores, findings, inputs_digest)
    return legible_texts(replace(dossier, figures=describe_figures(dossier)))


def _signoffs(case: Case) -> tuple[SignOffView, ...]:
    """Who signed, each with what changed since then; nobody where the record of it is broken."""
    signed = () if case.signoffs_broken else case.signoffs
    return tuple(SignOffView(s.by, s.on.isoformat(), s.digest, kinds_changed_since(case, s)) for s in signed)


def _without_figures(case: Case, scores: Scores, findings: Sequence[Finding], inputs_digest: str) -> Dossier:
    assessment, framework = case.assessment, case.framework
    sections = view_sections(case, scores, findings)
    statements = [s for section in sections for s in section.statements]
    ranks = {level.id: level.rank for level in framework.levels}
    return Dossier(
        schema=SCHEMA,
        audience=INTERNAL,
        organisation=assessment.organisation,
        cycle=assessment.cycle,
        previous_cycle=assessment.previous or "",
        as_of=assessment.as_of,
        stage=assessment.stage,
        subject=assessment.subject,
        framework_id=framework.id,
        framework_title=framework.title,
        framework_version=framework.version,
        framework_wording=framework.wording,
        framework_note=framework.note,
        framework_shipped=framework.shipped,
        senior_responsible_officer=assessment.senior_responsible_officer,
        non_executive_lead=assessment.non_executive_lead,
        committee=assessment.committee,
        cover=view_cover(assessment),
        levels=tuple(LevelView(level.id, level.name, level.rank, level.meaning) for level in framework.levels),
        columns=tuple(LevelView(c.id, c.short or c.title, n, c.title) for n, c in enumerate(framework.columns)),
        respondents=view_respondents(case),
        sections=sections,
        scores={section.id: section.score for section in sections},
        totals=view_totals(case, sections),
        partial=partial_run(case),
        weakest=weakest(statements, len(ranks)),
        strongest=strongest(statements, len(ranks)),
        moved=moved(statements),
        differences=differences(statements, ranks),
        movement_note=scores.movement_note,
        actions=view_actions(case),
        risks=view_risks(case, statements, findings),
        funding=tuple(view_funding(case, row) for row in case.funding),
        indicators=tuple(view_indicator(case, row) for row in case.indicators),
        schemes=view_schemes(case),
        narratives=view_narratives(case, scores),
        documents=view_documents(case),
        findings=view_findings(case, findings),
        exceptions=view_exceptions(case, findings),
        caveats=view_caveats(case, findings, statements),
        references=_references(case),
        abbreviations=abbreviations_used(case),
        figures=(),
        annual_report_parts=dict(framework.annual_report_parts),
        include_levels=assessment.include_levels,
        targets_by=assessment.targets.by,
        small_numbers=assessment.small_numbers,
        signoffs=_signoffs(case),
        inputs_digest=inputs_digest,
        left_out=view_left_out(case),
        no_longer_asked=view_no_longer_asked(case),
        framework_changes=view_framework_changes(case),
        last_years_actions=view_last_years_actions(case),
        money=view_money(case.funding),
        expected_indicators=view_expected(case),
        screen=screen_of(case, scores, findings),
        matrix=view_matrix(framework, sections),
    )


def _references(case: Case) -> tuple[ReferenceView, ...]:
    """The references that statements in scope name, in the order of the framework's list."""
    named = {reference for s in case.statements for reference in s.references}
    return tuple(alike(ReferenceView, r) for r in case.framework.references if r.id in named)
