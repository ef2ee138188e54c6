"""The cover sheet's fields as they are shown: what was not given stays empty and is left off."""

from __future__ import annotations

from pipeline.dossier.views import CoverView, RespondentView
from pipeline.model import Assessment, Case
from pipeline.wording import compared
from pipeline.words import counted, date_in_words

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
        RespondentView(r.id, r.name, r.role.value, r.completed_on, r.method, r.id in returned)
        for r in case.assessment.respondents
    )


def partial_run(case: Case) -> str:
    """`covers 2 of 5 sections`, or empty where all are in scope."""
    here, all_of_them = len(case.sections), len(case.framework.sections)
    return "" if here == all_of_them else f"covers {here} of {counted(all_of_them, 'section')}"
