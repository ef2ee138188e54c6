"""From a case, its scores and its findings to the one dossier that everything after it reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.check.glossary import abbreviations_used
from pipeline.check.screen import screen_of
from pipeline.check.signed import kinds_changed_since
from pipeline.dossier.alike import alike
from pipeline.dossier.audience import INTERNAL
from pipeline.dossier.cover import partial_run, view_cover, view_respondents
from pipeline.dossier.figures import describe_figures
from pipeline.dossier.lists import differences, moved, strongest, weakest
from pipeline.dossier.matrix import view_matrix
from pipeline.dossier.rebuild import legible_texts
from pipeline.dossier.reliance import view_caveats, view_exceptions, view_findings
from pipeline.dossier.risks import view_risks
from pipeline.dossier.statements import view_left_out, view_no_longer_asked, view_sections, view_totals
from pipeline.dossier.tables import (
    view_action,
    view_actions,
    view_documents,
    view_funding,
    view_indicator,
    view_money,
    view_narratives,
    view_schemes,
)
from pipeline.dossier.views import SCHEMA, Dossier, LevelView, ReferenceView, SignOffView
from pipeline.model import Case, Finding
from pipeline.score import Scores
from pipeline.score.gone import actions_not_carried


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
        actions_not_carried=tuple(view_action(case, a) for a in actions_not_carried(case)),
        money=view_money(case.funding),
        screen=screen_of(case, scores, findings),
        matrix=view_matrix(framework, sections),
    )


def _references(case: Case) -> tuple[ReferenceView, ...]:
    """The references that statements in scope name, in the order of the framework's list."""
    named = {reference for s in case.statements for reference in s.references}
    return tuple(alike(ReferenceView, r) for r in case.framework.references if r.id in named)
