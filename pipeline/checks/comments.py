"""Comments that repeat or contradict their level, and respondents that stand far apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.checks.messages import (
    NOTE,
    WARNING,
    column,
    finding,
    level_name,
    quoted,
    respondent_name,
    statement_name,
)
from pipeline.checks.words import same_words, upper_half
from pipeline.model import NOT_ASSESSED, Answer, Case, Finding, Role
from pipeline.score import Scores, previous_statement

MOST_COMMON_SAYINGS = 3
"""Comments shorter than this many words ("As above", "None") say the same everywhere without being copied."""
_NOT_BEGUN = re.compile(
    r"\b(?:not (?:yet )?(?:started|begun|commenced|in place)|yet to (?:start|begin|commence|be (?:started|agreed))"
    r"|no work has|nothing (?:is |has been |yet )?(?:in place|done|started)|(?:has|have) (?:not|never) (?:yet )?begun"
    r"|no (?:plan|approach|process|work) (?:is |exists|yet|in place))\b",
    re.IGNORECASE,
)
_ALREADY_WHOLE = re.compile(
    r"\b(?:fully (?:embedded|implemented|in place)|(?:embedded|normal business) (?:everywhere|across))\b",
    re.IGNORECASE,
)


def repeated_comments(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST205: the same comment on two statements, or last year's unchanged."""
    earlier = _earlier_comments(case)
    seen: dict[tuple[str, ...], str] = {}
    for statement in case.statements:
        before = previous_statement(statement, case)
        for role in Role:
            for answer in scores.statements[statement.id].views[role].answers:
                words = same_words(answer.comment)
                if answer.level == NOT_ASSESSED or len(words) < MOST_COMMON_SAYINGS:
                    continue
                first = seen.setdefault(words, statement.id)
                if first != statement.id:
                    yield _copied(case, answer, f"the same words as the comment on {statement_name(case, first)}")
                elif before and words in earlier.get((role, before.id), ()):
                    yield _copied(case, answer, f"the words of {case.assessment.previous}, unchanged")


def _copied(case: Case, answer: Answer, what: str) -> Finding:
    return finding(
        "ST205",
        WARNING,
        column(answer.place, "comment"),
        f"The comment of {respondent_name(case, answer.respondent)} on {statement_name(case, answer.statement)} "
        f"has {what}.",
        "Ask for a comment on this statement, as things stand this year.",
        statement=answer.statement,
        respondent=answer.respondent,
    )


def _earlier_comments(case: Case) -> Mapping[tuple[Role, str], set[tuple[str, ...]]]:
    found: dict[tuple[Role, str], set[tuple[str, ...]]] = {}
    roles = {r.id: r.role for r in case.previous.assessment.respondents} if case.previous else {}
    for form in case.previous.forms if case.previous else ():
        for answer in form.answers if form.respondent in roles else ():
            found.setdefault((roles[form.respondent], answer.statement), set()).add(same_words(answer.comment))
    return found


def far_apart(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST206: respondents two levels or more apart."""
    ranks = {level.id: level.rank for level in case.framework.levels}
    for statement in scores.statements.values():
        given = [a for role in Role for a in statement.views[role].answers if a.level in ranks]
        if len(given) < 2:
            continue
        by_rank = sorted(given, key=lambda a: ranks[a.level or ""])
        low, high = by_rank[0], by_rank[-1]
        if ranks[high.level or ""] - ranks[low.level or ""] >= 2:
            outlier = _outlier(given, ranks)
            yield finding(
                "ST206",
                NOTE,
                column(outlier.place, "level"),
                f"On {statement_name(case, statement.statement)}, {respondent_name(case, low.respondent)} says "
                f"{level_name(case, low.level or '')} and {respondent_name(case, high.respondent)} says "
                f"{level_name(case, high.level or '')}.",
                "Both are printed. Be ready to say why they see it differently.",
                statement=statement.statement,
                respondent=outlier.respondent,
            )


def _outlier(given: Sequence[Answer], ranks: Mapping[str, int]) -> Answer:
    """The answer farthest from the others; of two alike, a partner's, then the Board's."""

    def distance(answer: Answer) -> int:
        return sum(abs(ranks[answer.level or ""] - ranks[other.level or ""]) for other in given)

    return max(reversed(given), key=distance)


def contradicted(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST207: a comment that contradicts its level."""
    ranks = {level.id: level.rank for level in case.framework.levels}
    for statement in scores.statements.values():
        for role in Role:
            for answer in statement.views[role].answers:
                rank = ranks.get(answer.level or "")
                if rank is None:
                    continue
                high = _NOT_BEGUN.search(answer.comment) if upper_half(rank, case) else None
                low = _ALREADY_WHOLE.search(answer.comment) if rank == 0 else None
                if match := high or low:
                    yield _contradiction(case, answer, match[0])


def _contradiction(case: Case, answer: Answer, words: str) -> Finding:
    return finding(
        "ST207",
        WARNING,
        column(answer.place, "comment"),
        f"{respondent_name(case, answer.respondent)} places {statement_name(case, answer.statement)} at "
        f"{level_name(case, answer.level or '')}, and the comment says {quoted(words)}.",
        "Ask which of the two is right, and change the other.",
        statement=answer.statement,
        respondent=answer.respondent,
    )
