"""Actions, funding, indicators, schemes, narrative and the register, as they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checks.indicators import Collected, expected_indicators
from pipeline.checks.small_counts import number
from pipeline.dossier.citations import alike, view_citation
from pipeline.dossier.views import (
    ActionView,
    DocumentView,
    ExpectedIndicatorView,
    FundingView,
    IndicatorView,
    MoneyView,
    NarrativeView,
    PastActionView,
    SchemeView,
)
from pipeline.inputs.narrative import number_citations
from pipeline.model import Action, Case, EvidenceDocument, Funding, Indicator, Narrative, Scheme, StoredFile
from pipeline.score import Scores
from pipeline.score.live import fill_in, live_figures
from pipeline.score.movement import CLOSED, last_years_actions
from pipeline.text import sentence_case


def view_actions(case: Case) -> tuple[ActionView, ...]:
    """The action grid in its own order."""
    return tuple(view_action(case, action) for action in case.actions)


def view_action(case: Case, action: Action) -> ActionView:
    """One action; overdue where it is open and was due before `as_of`."""
    late = action.status == "open" and action.due is not None and action.due < case.assessment.as_of
    return alike(
        ActionView,
        action,
        overdue=late,
        citations=tuple(view_citation(case, c) for c in action.citations),
    )


def view_last_years_actions(case: Case) -> tuple[PastActionView, ...]:
    """What became of the actions that were open in the previous cycle; those that this plan leaves out stand first."""
    became = [_past_action(case, then, now) for then, now in last_years_actions(case)]
    return tuple(sorted(became, key=lambda past: BECAME.index(past.became)))


BECAME = ("", "carried", "dropped", "done")


def _past_action(case: Case, then: Action, now: Action | None) -> PastActionView:
    """In this plan's words; in the old plan's where this one does not have it."""
    status = now.status if now else ""
    return alike(
        PastActionView,
        now or then,
        became=(status if status in CLOSED else "carried") if now else "",
        first_due=then.first_due or then.due,
        due=now.due if now else None,
        progress=now.progress if now else "",
        citations=tuple(view_citation(case, c) for c in now.citations) if now else (),
    )


def view_funding(case: Case, row: Funding) -> FundingView:
    """One funding row, its amount as printed."""
    return alike(
        FundingView,
        row,
        place=row.place_name,
        amount_shown=pounds(row.amount),
        citations=tuple(view_citation(case, c) for c in row.citations),
    )


def pounds(amount: float | None) -> str:
    """`£180,000`; pence only where there are any; `not given` for None."""
    if amount is None:
        return "not given"
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def view_money(rows: Sequence[Funding]) -> tuple[MoneyView, ...]:
    """The funding table in sums, a line for each year in the order of the table."""
    years = dict.fromkeys(row.year for row in rows)
    return tuple(_view_year(year, [row for row in rows if row.year == year]) for year in years)


def _view_year(year: str, rows: Sequence[Funding]) -> MoneyView:
    full = [row.amount for row in rows if row.ringfenced == "full"]
    moved = [amount for row in rows if (amount := redirected_amount(row.redirected))]
    return MoneyView(
        year=year,
        rows=len(rows),
        amount_shown=_sum_shown([row.amount for row in rows]),
        ringfenced_shown=_sum_shown(full) if full else "",
        redirected_shown=_sum_shown(moved) if moved else "",
    )


def redirected_amount(text: str) -> float | None:
    """The pounds in the column `redirected`; None where it is empty, none or words."""
    return number(text.strip().removeprefix("£")) or None


def _sum_shown(amounts: Sequence[float | None]) -> str:
    given = [amount for amount in amounts if amount is not None]
    return pounds(round(sum(given), 2)) if len(given) == len(amounts) else ""


def view_indicator(case: Case, row: Indicator) -> IndicatorView:
    """One indicator value."""
    return alike(
        IndicatorView,
        row,
        citations=tuple(view_citation(case, c) for c in row.citations),
    )


def view_expected(case: Case) -> tuple[ExpectedIndicatorView, ...]:
    """What the framework looks for and what is here of it; nothing where the cycle has no indicators at all."""
    return tuple(_view_expected(found) for found in expected_indicators(case)) if case.indicators else ()


def _view_expected(found: Collected) -> ExpectedIndicatorView:
    return alike(
        ExpectedIndicatorView,
        found.expected,
        status="shown" if found.is_shown else "published" if found.published_at else "missing",
        shown_by=found.breakdowns,
        not_shown_by=tuple(b for b in found.expected.breakdowns if b not in found.breakdowns),
        why_missing=found.why_missing,
        published_at=found.published_at,
    )


def view_schemes(case: Case) -> tuple[SchemeView, ...]:
    """The schemes' charters."""
    return tuple(
        alike(
            SchemeView,
            s,
            goals=tuple(dict(goal) for goal in s.goals),
            name=_scheme_name(case, s),
            funding=tuple(row.id for row in case.funding if row.pays_for(s.id)),
        )
        for s in case.schemes
    )


def _scheme_name(case: Case, scheme: Scheme) -> str:
    """As the funding table writes it out; where it writes only the id, the id in words."""
    written = [row.scheme for row in case.funding if row.pays_for(scheme.id) and row.scheme != scheme.id]
    return written[0] if written else sentence_case(scheme.id.replace("-", " ").replace("_", " "))


def view_narratives(case: Case, scores: Scores) -> dict[str, NarrativeView]:
    """The authors' prose by name, live figures filled in and citations numbered."""
    figures = live_figures(scores, case)
    return {n.name: _view_narrative(case, n, fill_in(number_citations(n.text), figures)[0]) for n in case.narratives}


def _view_narrative(case: Case, narrative: Narrative, text: str) -> NarrativeView:
    citations = tuple(view_citation(case, c) for c in narrative.citations)
    return NarrativeView(name=narrative.name, text=text, citations=citations, file=narrative.place.file)


def view_documents(case: Case) -> tuple[DocumentView, ...]:
    """The register with what was found on disk."""
    cited: dict[str, set[str]] = {}
    for citation in case.citations:
        if citation.statement and citation.known and not citation.fault:
            cited.setdefault(citation.evidence, set()).add(citation.statement)
    order = [s.id for s in case.statements]
    return tuple(
        _view_document(d, case.copies.get(d.id, StoredFile(d.id)), [s for s in order if s in cited.get(d.id, ())])
        for d in case.register
    )


def _view_document(document: EvidenceDocument, copy: StoredFile, statements: Sequence[str]) -> DocumentView:
    return alike(
        DocumentView,
        document,
        sha256=copy.sha256,
        pages=copy.pages,
        statements=tuple(statements),
        remarks=copy.remarks,
    )
