"""Judge the case: pure functions from a case and its scores to findings. `CHECKS` names them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.checks import (
    actions,
    answers,
    citations,
    comments,
    documents,
    figures_prose,
    figures_rows,
    figures_sources,
    figures_tables,
    indicators,
    levels,
    money,
    prose,
    publication,
    register,
    risks,
    small_counts,
)
from pipeline.checks.personal import personal_data
from pipeline.checks.prose import not_spelled_out
from pipeline.checks.scope import blocks
from pipeline.checks.settle import except_agreed, in_order, scoped, settle, weigh
from pipeline.checks.signed import changed_since_signed
from pipeline.model import Case, Finding
from pipeline.score import Scores

__all__ = ["CHECKS", "blocks", "check"]

Check = Callable[[Case, Scores], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    answers.unanswered,
    comments.repeated_comments,
    answers.not_asked,
    comments.far_apart,
    comments.contradicted,
    answers.without_level,
    levels.lacks_evidence,
    levels.raised_on_old_evidence,
    levels.compliance_at_lowest,
    levels.one_nature,
    levels.whole_documents,
    levels.relied_on_heavily,
    documents.unreachable,
    documents.out_of_date,
    documents.not_settled,
    register.incomplete,
    register.unknown_predecessors,
    register.doubled,
    register.unregistered,
    register.never_cited,
    register.links_alone,
    changed_since_signed,
    citations.cannot_be_followed,
    citations.not_as_cited,
    actions.nobody_or_never,
    actions.late,
    actions.nothing_planned,
    actions.done_unproved,
    actions.forgotten,
    actions.nothing_to_approve,
    risks.out_of_order,
    risks.moved_unexplained,
    risks.aims_without_date,
    risks.confident_on_first_line,
    risks.not_there,
    publication.confidential_cited,
    publication.not_for_the_public,
    personal_data,
    not_spelled_out,
    prose.left_over,
    prose.unknown_figures,
    prose.unplaced_pictures,
    prose.ask_without_its_verb,
    prose.no_denominator,
    register.superseded_references,
    figures_rows.contradicted_figures,
    figures_tables.contradicted_money,
    figures_sources.differs_from_source,
    figures_prose.figures_of_prose,
    figures_tables.contradicted_scores,
    small_counts.small_counts,
    indicators.no_denominator,
    indicators.not_broken_down,
    indicators.not_collected,
    money.pilots_without_decision,
    money.charters_without_figures,
)


def check(case: Case, scores: Scores) -> tuple[Finding, ...]:
    """Every finding of a case: what the readers could not understand, and what the checks find; settled, in order."""
    found = [*case.faults, *(f for one in CHECKS for f in one(case, scores))]
    weighed = weigh(settle(found, case), case)
    excepted, idle = except_agreed(weighed, case)
    return in_order(scoped([*excepted, *weigh(idle, case)], case))
