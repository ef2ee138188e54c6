"""Who must answer and has not; statements that are asked no longer; partners' answers without a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from pipeline.checks.messages import (
    NOTE,
    WARNING,
    column,
    faults_of_this_cycle,
    finding,
    quoted,
    role_name,
    statement_name,
    statement_names,
)
from pipeline.inputs.suggest import nearest
from pipeline.model import NOT_ASSESSED, Answer, Case, Finding, Place, Role, Severity, Statement
from pipeline.score import RoleLevel, Scores, StatementScore
from pipeline.score.movement import no_longer_asked
from pipeline.score.results import MUST_ANSWER
from pipeline.text import counted, list_in_words, sentence_case


def unanswered(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST201 and ST202: a statement without the answer of those who must give one."""
    refused = refused_roles(case)
    unanswered_by: dict[tuple[Role, tuple[str, ...]], list[Statement]] = {}
    for statement in case.statements:
        score = scores.statements[statement.id]
        must = MUST_ANSWER[statement.answered_by]
        missing = [role for role in must if not answered(score.views[role])]
        if refused & {*missing}:
            continue
        for role, asked in _silent(case, statement, missing):
            unanswered_by.setdefault((role, asked), []).append(statement)
            missing.remove(role)
            must = tuple(other for other in must if other is not role)
        if missing == [Role.BOARD] and answered(score.views[Role.TEAM]):
            yield _team_alone(case, statement, score)
        elif missing:
            yield _no_answer(case, statement, score, missing)
        elif any(score.views[role].level == NOT_ASSESSED for role in must):
            yield _not_assessed(case, statement, score, must)
    for (role, asked), statements in unanswered_by.items():
        yield _no_form(case, scores, role, asked, statements)


def _silent(case: Case, statement: Statement, missing: Sequence[Role]) -> list[tuple[Role, tuple[str, ...]]]:
    """Roles of which nobody who is asked a statement has sent a form back: one fault, however many statements it is.

    While the Board is still to be asked, each statement that it will be asked is named.
    """
    back = {form.respondent for form in case.forms}
    asked = {role: _asked(case, statement, role) for role in missing}
    to_come = Role.BOARD if case.assessment.stage == "proposal" else None
    return [(role, ids) for role, ids in asked.items() if role is not to_come and not back & {*ids}]


def _asked(case: Case, statement: Statement, role: Role) -> tuple[str, ...]:
    """The respondents of a role whose it is to answer a statement."""
    return tuple(r.id for r in case.assessment.respondents if r.role is role and r.is_asked(statement))


def _no_form(case: Case, scores: Scores, role: Role, asked: Sequence[str], statements: Sequence[Statement]) -> Finding:
    names = [r.name for r in case.assessment.respondents if r.id in asked]
    among = any(r.role is role for r in case.assessment.respondents)
    declared = (
        f"No form has come back from {list_in_words(names, 'or')}"
        if names
        else f"Nobody who answers for {role_name(role)} is asked"
        if among
        else f"{role_name(role)} is not asked"
    )
    alone = all(answered(scores.statements[s.id].views[Role.TEAM]) for s in statements)
    return finding(
        "ST202" if alone else "ST201",
        Severity.BLOCKER,
        Place(case.assessment.file, None, "respondents"),
        f"{sentence_case(declared)}, so {counted(len(statements), 'statement')} that {role_name(role)} must answer "
        f"{'has' if len(statements) == 1 else 'have'} no answer: {statement_names(s.id for s in statements)}.",
        "Save the form in responses/ when it comes back."
        if names
        else "Add them to what one of these respondents is asked, in `sections` or `statements`."
        if among
        else "List who answers, with id, name and role, under `respondents` in assessment.yaml.",
        respondent=asked[0] if len(asked) == 1 else None,
    )


def answered(view: RoleLevel) -> bool:
    """Whether a role gave a level, or said `not assessed` and why."""
    if view.level == NOT_ASSESSED:
        return any(a.level == NOT_ASSESSED and a.comment.strip() for a in view.answers)
    return view.level is not None


def refused_roles(case: Case) -> set[Role]:
    """Roles of whom a form lies there and was not read (another's, or misnamed): that has a finding of its own."""
    roles = {r.id: r.role for r in case.assessment.respondents}
    absent = [r.id for r in case.assessment.respondents if r.id not in {form.respondent for form in case.forms}]
    this_cycle = faults_of_this_cycle(case)
    refused = [f.respondent for f in this_cycle if f.code in ("IN104", "IN107", "IN109")]
    refused += [f.respondent for f in this_cycle if f.code == "IN101" and f.respondent in absent]
    strays = [f.file for f in this_cycle if f.code == "IN102" and not f.row and not f.respondent]
    refused += [nearest(PurePosixPath(file).stem, absent) for file in strays if file and "/responses/" in file]
    return {roles[name] for name in refused if name in roles} - {Role.PARTNER}


def _no_answer(case: Case, statement: Statement, score: StatementScore, missing: Sequence[Role]) -> Finding:
    board_to_come = case.assessment.stage == "proposal" and set(missing) == {Role.BOARD}
    who = list_in_words([role_name(role) for role in missing], "or")
    unexplained = any(score.views[role].level == NOT_ASSESSED for role in missing)
    why = ": `not assessed` is an answer if a comment says why" if unexplained else ""
    return finding(
        "ST201",
        NOTE if board_to_come else Severity.BLOCKER,
        _where(case, statement, score, missing[0]),
        f"{statement_name(case, statement.id)} has no answer from {who}{why}.",
        "The Board is asked for its level at this meeting."
        if board_to_come
        else "Ask for a level, or for `not assessed` with a comment that says why.",
        statement=statement.id,
        respondent=_sole(case, statement, missing[0]),
    )


def _team_alone(case: Case, statement: Statement, score: StatementScore) -> Finding:
    proposal = case.assessment.stage == "proposal"
    return finding(
        "ST202",
        NOTE if proposal else Severity.BLOCKER,
        _where(case, statement, score, Role.BOARD),
        f"The Board must answer {statement_name(case, statement.id)}, and the team alone has done so.",
        "The Board is asked for its level at this meeting; until then it is shown as not assessed."
        if proposal
        else "Put the statement to the Board and record its level. If this paper is to ask the Board for its levels, "
        "set `stage: proposal` in assessment.yaml.",
        statement=statement.id,
        respondent=_sole(case, statement, Role.BOARD),
    )


def _not_assessed(case: Case, statement: Statement, score: StatementScore, must: Sequence[Role]) -> Finding:
    role = next(r for r in must if score.views[r].level == NOT_ASSESSED)
    answer = next(a for a in score.views[role].answers if a.comment.strip())
    return finding(
        "ST201",
        NOTE,
        column(answer.place, "level"),
        f"{statement_name(case, statement.id)} is not assessed by {role_name(role)} ({quoted(answer.comment)}).",
        "Nothing need be done; it is counted apart and the reason is printed.",
        statement=statement.id,
        respondent=answer.respondent,
    )


def _where(case: Case, statement: Statement, score: StatementScore, role: Role) -> Place:
    """The row that is empty; else the role's form; else the row of whoever did answer; else assessment.yaml."""
    rows = [a.place for a in score.views[role].answers]
    ids = _asked(case, statement, role)
    forms = [Place(form.file) for form in case.forms if form.respondent in ids]
    others = [a.place for r in (Role.TEAM, Role.BOARD) for a in score.views[r].answers]
    place = next(iter((*rows, *forms, *others, Place(case.assessment.file))))
    return column(place, "level" if place.row else "statement" if forms else "respondents")


def _sole(case: Case, statement: Statement, role: Role) -> str | None:
    ids = _asked(case, statement, role)
    return ids[0] if len(ids) == 1 else None


def not_asked(case: Case, _: Scores) -> Iterator[Finding]:
    """ST210: a statement asked last year and no longer; a statement left out, with its reason."""
    for left in case.assessment.left_out:
        by = f" (agreed by {left.agreed_by})" if left.agreed_by else ""
        yield finding(
            "ST210",
            NOTE,
            left.place,
            f"{statement_name(case, left.statement)} is left out{by}: {quoted(left.reason)}.",
            "Nothing need be done; the paper lists it with its reason, and it is counted nowhere.",
            statement=left.statement,
        )
    for gone in no_longer_asked(case):
        named = f"{gone.id} ({gone.name})"
        yield finding(
            "ST210",
            NOTE,
            Place(case.assessment.file, None, "framework"),
            f"{named} was asked in {case.assessment.previous}, and this framework does not have it.",
            "Nothing need be done if that is meant; if it has a new id, name the old one in its `formerly`.",
            about=gone.id,
        )


def without_level(case: Case, scores: Scores) -> Iterator[Finding]:
    """ST211: a partner's comment or evidence without a level; the team's and the Board's are ST201."""
    for respondent in (r for r in case.assessment.respondents if r.role is Role.PARTNER):
        views = (scores.statements[s.id].views[Role.PARTNER] for s in case.statements)
        given = [a for view in views for a in view.answers if a.respondent == respondent.id]
        open_ones = [a for a in given if not a.level and not a.level_text.strip() and _says_something(a)]
        if not open_ones:
            continue
        levels = "no level at all" if not any(a.level for a in given) else "no level there"
        yield finding(
            "ST211",
            WARNING,
            column(open_ones[0].place, "level"),
            f"{respondent.name} gave a comment or evidence on {list_in_words([a.statement for a in open_ones])}, and "
            f"{levels} was read.",
            "Look whether a level stands elsewhere in the form, and put it under the heading for levels; or ask for "
            "it. If none is meant, nothing need be done: the comment is printed without one.",
            statement=open_ones[0].statement if len(open_ones) == 1 else None,
            respondent=respondent.id,
        )


def _says_something(answer: Answer) -> bool:
    return any(text.strip() for text in (answer.comment, answer.public_comment, answer.evidence))
