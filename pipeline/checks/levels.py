"""Whether a reported level has the evidence that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.messages import (
    BLOCKER,
    NOTE,
    WARNING,
    column,
    faults_of_this_cycle,
    finding,
    level_name,
    statement_name,
    statement_names,
)
from pipeline.checks.scope import public_papers_citing, quarter
from pipeline.checks.uses import counted_evidence, different
from pipeline.checks.words import upper_half
from pipeline.model import (
    NOT_ASSESSED,
    Answer,
    Case,
    Citation,
    EvidenceDocument,
    Finding,
    Place,
    Requirement,
    Statement,
    Verdict,
)
from pipeline.model.periods import months_after
from pipeline.score import Scores, StatementScore, previous_statement
from pipeline.score.results import MUST_ANSWER, OWN, own_citations
from pipeline.text import date_in_words, list_in_words, number_in_words

OUTSIDE_LINES = (2, 3)


def lacks_evidence(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST203: a reported level without the evidence that the framework asks for."""
    unclear = {f.evidence for f in faults_of_this_cycle(case) if f.code == "IN101" and f.evidence}
    for statement in case.statements:
        score = scores.statements[statement.id]
        if score.reported == NOT_ASSESSED or any(said_elsewhere(c, case) for c in own_citations(score.views)):
            continue
        requires = case.framework.level(score.reported).requires
        documents = counted_evidence(score, case)
        lacking = what_is_lacking(requires, documents, case)
        if not lacking or (documents and any(d.id in unclear for d in documents)):
            continue
        yield _too_little(case, statement, score, documents, lacking)


def said_elsewhere(citation: Citation, case: Case) -> bool:
    """Whether a citation has a finding of its own that says what is missing."""
    if citation.fault or not citation.known:
        return True
    copy, check_result = case.copies.get(citation.evidence), case.check_results.get(citation)
    if copy and (copy.missing or copy.outside or copy.fault):
        return True
    if check_result and (check_result.beyond_end or check_result.verdict is Verdict.NOT_FOUND):
        return True
    document = case.document(citation.evidence)
    if document is None:
        return True
    in_public = public_papers_citing(citation.place.file, case.assessment)
    return document.visibility == "confidential" and bool(in_public)


def what_is_lacking(requires: Requirement, documents: Sequence[EvidenceDocument], case: Case) -> list[str]:
    """What the level asks for and the documents do not give, in words."""
    as_of = case.assessment.as_of
    lacking = []
    number = different(documents, case)
    if number < requires.documents:
        here = f" ({number_in_words(number)} counted)" if number else ""
        several = f"{number_in_words(requires.documents)} different documents{here}"
        lacking.append(several if requires.documents > 1 else "a document")
    if requires.max_age_months is not None:
        since = months_after(as_of, -requires.max_age_months)
        if not any(d.dated and since <= d.dated <= as_of for d in documents):
            lacking.append(f"one dated within the {requires.max_age_months} months before {date_in_words(as_of)}")
    if requires.kinds and not any(d.kind in requires.kinds for d in documents):
        lacking.append(f"one of this kind: {list_in_words(requires.kinds, 'or')}")
    if requires.periods and len({quarter(d.dated) for d in documents if d.dated}) < requires.periods:
        lacking.append(f"documents dated in {requires.periods} different quarters")
    if requires.outside_the_team and not any(d.assurance_line in OUTSIDE_LINES for d in documents):
        lacking.append("one from outside the team (assurance line 2 or 3)")
    return lacking


def _too_little(
    case: Case, statement: Statement, score: StatementScore, documents: Sequence[EvidenceDocument], lacking: list[str]
) -> Finding:
    answer = reporting_answer(statement, score)
    level = level_name(case, score.reported)
    name = statement_name(case, statement.id)
    nothing = f"{name} is reported at {level}, and no evidence that can be used is cited for it."
    less = f"{name} is reported at {level} on less evidence than that level asks for."
    return finding(
        "ST203",
        WARNING if documents else BLOCKER,
        column(answer.place, "evidence") if answer else Place(""),
        less if documents else nothing,
        f"The level asks for {'; '.join(lacking)}. Cite it, or report a level that the evidence bears.",
        statement=statement.id,
        respondent=answer.respondent if answer else None,
    )


def reporting_answer(statement: Statement, score: StatementScore) -> Answer | None:
    """The answer that gives the reported level; of the team and the Board at one level, the team's."""
    roles = MUST_ANSWER[statement.answered_by]
    given = [a for role in roles for a in score.views[role].answers]
    at_level = [a for a in given if a.level == score.reported]
    return next(iter((*at_level, *given)), None)


def raised_on_old_evidence(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST204: a level raised, though every document cited for it was cited for it last year too."""
    for statement in case.statements:
        score = scores.statements[statement.id]
        before = previous_statement(statement, case)
        if score.movement.kind != "up" or before is None:
            continue
        cited = {c.evidence for c in own_citations(score.views) if c.known and not c.fault}
        answer = reporting_answer(statement, score)
        if answer and cited and cited <= _cited_before(case, before.id):
            yield finding(
                "ST204",
                WARNING,
                column(answer.place, "evidence"),
                f"{statement_name(case, statement.id)} moved up from {level_name(case, score.movement.previous or '')} "
                f"to {level_name(case, score.reported)} on documents that were all cited for it in "
                f"{case.assessment.previous} too.",
                "Cite what is new this year, or say in the comment what in these documents has changed.",
                statement=statement.id,
                respondent=answer.respondent,
            )


def _cited_before(case: Case, statement_id: str) -> set[str]:
    if case.previous is None:
        return set()
    roles = {r.id: r.role for r in case.previous.assessment.respondents}
    return {
        c.evidence
        for form in case.previous.forms
        if roles.get(form.respondent) in OWN
        for a in form.answers
        if a.statement == statement_id
        for c in a.citations
    }


def compliance_at_lowest(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST208: a statement about a duty at the lowest level, in a paper that the public reads."""
    if case.assessment.paper.session != "public" and not case.assessment.include_levels:
        return
    lowest = case.framework.levels[0].id
    for section in case.sections:
        for statement in section.statements if section.compliance else ():
            score = scores.statements[statement.id]
            answer = reporting_answer(statement, score)
            if score.reported == lowest and answer:
                yield finding(
                    "ST208",
                    NOTE,
                    column(answer.place, "level"),
                    f"{statement_name(case, statement.id)} is about a duty, and is reported in public at "
                    f"{level_name(case, lowest)}, the lowest level.",
                    "Tell the executive lead before the paper is published.",
                    statement=statement.id,
                    respondent=answer.respondent,
                )


def one_nature(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST209: a statement that asks for figures and for what people say, resting on one of the two alone."""
    other = {"quantitative": "qualitative", "qualitative": "quantitative"}
    for statement in case.statements:
        score = scores.statements[statement.id]
        if not statement.both_natures or score.reported == NOT_ASSESSED:
            continue
        if any(said_elsewhere(c, case) for c in own_citations(score.views)):
            continue
        documents = counted_evidence(score, case)
        natures = {d.nature for d in documents if d.nature in other}
        answer = reporting_answer(statement, score)
        if len(natures) != 1 or answer is None:
            continue
        nature = natures.pop()
        unsaid = [d.id for d in documents if not d.nature]
        fill = f" Fill in `nature` of {list_in_words(unsaid)} in the register if one of them is." if unsaid else ""
        yield finding(
            "ST209",
            WARNING,
            column(answer.place, "evidence"),
            f"{statement_name(case, statement.id)} rests on {nature} evidence alone.",
            f"Cite {other[nature]} evidence beside it.{fill}",
            statement=statement.id,
            respondent=answer.respondent,
        )


def whole_documents(case: Case, scores: Scores) -> Iterator[Finding]:
    """CI408: a level in the upper half of the scale that rests on whole documents, with no page or words."""
    ranks = {level.id: level.rank for level in case.framework.levels}
    for statement in case.statements:
        score = scores.statements[statement.id]
        citations = list(own_citations(score.views))
        if not citations or any(c.fault or not c.known or c.pages or c.quotation or c.sheet for c in citations):
            continue
        if score.reported in ranks and upper_half(ranks[score.reported], case):
            yield finding(
                "CI408",
                WARNING,
                citations[0].place,
                f"{statement_name(case, statement.id)} is reported at {level_name(case, score.reported)} and cites "
                "whole documents, with no page and no words.",
                "Cite the page and the words that bear on this level.",
                statement=statement.id,
                respondent=citations[0].respondent,
            )


def relied_on_heavily(case: Case, scores: Scores) -> Iterator[Finding]:
    """EV311: one document carries more than a quarter of the statements."""
    carried: dict[str, set[str]] = {}
    for score in scores.statements.values():
        for citation in own_citations(score.views):
            if citation.known and not citation.fault:
                carried.setdefault(citation.evidence, set()).add(score.statement)
    order = list(scores.statements)
    for document in case.register:
        statements = sorted(carried.get(document.id, ()), key=order.index)
        if len(statements) > 1 and 4 * len(statements) > len(order):
            yield finding(
                "EV311",
                WARNING,
                column(document.place, "id"),
                f"{document.id} ({document.title}) is cited for {len(statements)} of {len(order)} statements: "
                f"{statement_names(statements)}.",
                "Look for evidence of each statement's own; if this document is withdrawn, all of these fall.",
                evidence=document.id,
            )
