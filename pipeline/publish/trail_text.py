"""The trail in a terminal: plain text of a given width, and the same as JSON."""

from __future__ import annotations

import json
import random
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from pipeline.dossier.figures import ROLES, is_compared, level_of, roles_shown
from pipeline.dossier.views import CitationView, Dossier, StatementView
from pipeline.errors import UsageError
from pipeline.publish.trail import Place, citations_in_place
from pipeline.text import date_in_words, sentence_case

WIDTH = 80
INDENT = "  "
ARROWS = {"up": "up", "down": "down", "same": "="}
MARK = "*"
SCHEMA = "boardpack.trail/1"
# Marks inside words that nobody sees; everything else that a terminal obeys is shown as a fault.
UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\ufeff")
ROLE_WORDS = {"board": "Board"}


def find_statement(dossier: Dossier, wanted: str) -> StatementView:
    """The statement of that id, whatever its case. UsageError names those that there are, and other places."""
    for statement in dossier.statements:
        if statement.id.casefold() == wanted.strip().casefold():
            return statement
    known = ", ".join(s.id for s in dossier.statements)
    others = ", ".join(dict.fromkeys(place.where for place, _ in elsewhere(dossier)))
    told = f" Evidence is cited elsewhere too: {others}." if others else ""
    raise UsageError(
        f"There is no statement {wanted} in {dossier.cycle}.", f"The statements in scope are: {known}.{told}"
    )


def elsewhere(dossier: Dossier, wanted: str = "") -> tuple[tuple[Place, CitationView], ...]:
    """Citations in actions, risks, tables and narrative; `wanted` names one, as `risk BAF3`, `BAF3` or `background`."""
    name = wanted.strip().casefold()
    if name in {s.id.casefold() for s in dossier.statements}:
        return ()
    apart = [(place, c) for place, c in citations_in_place(dossier) if not place.statement]
    return tuple(
        (p, c) for p, c in apart if not name or name in (p.where.casefold(), p.where.casefold().partition(" ")[2])
    )


def elsewhere_text(found: Sequence[tuple[Place, CitationView]], width: int = WIDTH) -> str:
    """Each place with its citations in full."""
    lines: list[str] = []
    for where in dict.fromkeys(place.where for place, _ in found):
        lines += ["", *_wrapped(f"Cited in {where}", width)]
        for place, citation in found:
            if place.where == where:
                lines += ["", *_citation(citation, width)]
    return plain("\n".join(lines[1:]))


def sample(
    dossier: Dossier, number: int, seed: int, out_of: Sequence[StatementView] | None = None
) -> tuple[StatementView, ...]:
    """An auditor's sample: the same seed gives the same statements, in framework order."""
    statements = tuple(dossier.statements if out_of is None else out_of)
    chosen = {s.id for s in random.Random(seed).sample(statements, min(max(number, 0), len(statements)))}
    return tuple(s for s in statements if s.id in chosen)


def with_tag(dossier: Dossier, tag: str) -> tuple[StatementView, ...]:
    """Statements with a tag, as `cqc=leadership` or `cqc` for any of its values; UsageError names the tags in use."""
    name, _, value = (part.strip().casefold() for part in tag.partition("="))
    found = tuple(s for s in dossier.statements if _has(s, name, value))
    if not found:
        known = sorted({f"{k}={v}" for s in dossier.statements for k, values in s.tags.items() for v in values})
        there = f"The tags in scope are: {', '.join(known)}." if known else "No statement in scope has a tag."
        raise UsageError(f"No statement has the tag {tag}.", there)
    return found


def _has(statement: StatementView, name: str, value: str) -> bool:
    values = [v.casefold() for k, vs in statement.tags.items() if k.casefold() == name for v in vs]
    return bool(values) and (not value or value in values)


def overview_text(dossier: Dossier, statements: Sequence[StatementView] | None = None, width: int = WIDTH) -> str:
    """A line for each statement: its level, how its evidence stands, its movement; sections with their results."""
    shown = {s.id for s in (dossier.statements if statements is None else statements)}
    lines = [f"Evidence trail: {dossier.organisation}, {dossier.cycle}"]
    if dossier.partial:
        lines.append(f"This assessment {dossier.partial}.")
    levels = max([len(_level(s)) for s in dossier.statements] + [8])
    ids = max([len(s.id) for s in dossier.statements] + [2])
    for section in dossier.sections:
        rows = [s for s in section.statements if s.id in shown]
        if rows:
            lines += ["", f"{section.id} {section.title}: middle level {section.score.middle}"]
            lines += [_row(dossier, s, ids, levels, width) for s in rows]
    if statements is None and (apart := elsewhere(dossier)):
        places = ", ".join(dict.fromkeys(place.where for place, _ in apart))
        lines += ["", *_wrapped(f"Cited elsewhere: {places}. `boardpack trail NAME` shows one of these too.", width)]
    first = next((s.id for s in dossier.statements if s.id in shown), "")
    if any(s.qualifier for s in dossier.statements if s.id in shown):
        lines += ["", f"{MARK} evidence incomplete, or agreed without complete evidence"]
    lines += ["", f"boardpack trail {first} shows one of them in full." if first else "No statement is in scope."]
    return plain("\n".join(cut(line, width) for line in lines))


def _row(dossier: Dossier, s: StatementView, ids: int, levels: int, width: int) -> str:
    """The name takes what the other columns leave."""
    moved = f"  {_moved(s):<4}" if is_compared(dossier) else ""
    tail = f"  {_level(s):<{levels}}  {s.standing if s.level_id else '':<13}{moved}"
    room = max(8, width - len(INDENT) - ids - 2 - len(tail))
    return f"{INDENT}{s.id:<{ids}}  {cut(_one_line(s.short), room):<{room}}{tail}".rstrip()


def _level(s: StatementView) -> str:
    return f"{s.reported} {MARK}" if s.qualifier else s.reported


def _moved(s: StatementView) -> str:
    return ARROWS.get(s.movement.kind, "")


def statements_text(dossier: Dossier, statements: Sequence[StatementView], width: int = WIDTH) -> str:
    """Several statements in full, one after the other."""
    return "\n\n".join(statement_text(dossier, s.id, width) for s in statements)


def statement_text(dossier: Dossier, ident: str, width: int = WIDTH) -> str:
    """One statement in full: levels, comments, and each citation with its verdict and passage."""
    s = find_statement(dossier, ident)
    lines = [f"{s.id} {s.short}" if s.short != s.id else s.id, *_wrapped(s.text, width), ""]
    lines += _wrapped(f"Reported level: {s.reported}{f' ({s.qualifier})' if s.qualifier else ''}", width)
    lines += _wrapped(f"By group: {levels_line(dossier, s)}", width)
    lines += _wrapped(f"Evidence: {s.standing}", width) if s.level_id else []
    lines += _wrapped(f"Movement: {s.movement.shown}", width) if s.movement.shown else []
    lines += _wrapped(f"Target: {s.target}{' (below target)' if s.below_target else ''}", width) if s.target else []
    for answer in s.answers:
        role = ROLE_WORDS.get(answer.role, answer.role)
        lines += ["", *_wrapped(f"{answer.name} ({role}): {answer.level or 'no level given'}", width)]
        lines += _wrapped(answer.comment or "no comment", width, 1)
        lines += _wrapped(f"Seen otherwise: {answer.dissent}", width, 1) if answer.dissent.strip() else []
        for citation in answer.citations:
            lines += ["", *_citation(citation, width)]
        if not answer.citations:
            lines += [f"{INDENT}No evidence is cited."]
    lines += _around(dossier, s, width)
    return plain("\n".join(lines))


def _citation(c: CitationView, width: int) -> Iterator[str]:
    """The verdict first, then the reference, then what stands in the document."""
    yield from _wrapped(f"[{c.verdict}] {c.shown}", width, 1)
    if c.reason:
        yield from _wrapped(c.reason, width, 2)
    if c.context:
        yield from _wrapped(f"In the document: {c.context}", width, 2)
    if c.verdict == "not found":
        page = f" (page {c.nearest_page})" if c.nearest_page else ""
        nearest = f"Nearest passage{page}: “{c.nearest}”. " if c.nearest else ""
        differs = f"{sentence_case(c.difference.rstrip('.'))}." if c.difference else ""
        yield from _wrapped(f"{nearest}{differs}", width, 2) if nearest or differs else ()
    if c.redacted:
        return
    if c.remarks:
        yield from _wrapped(f"Of this document: {'; '.join(c.remarks)}.", width, 2)
    dates = f"dated {date_in_words(c.dated) or 'not given'}, review by {date_in_words(c.review_by) or 'none set'}"
    yield from _wrapped(f"{c.file or c.url or 'no file'}; owner {c.owner or 'not given'}; {dates}", width, 2)
    if c.sha256:
        yield f"{INDENT * 2}SHA-256 {c.sha256}"


def _around(dossier: Dossier, s: StatementView, width: int) -> Iterator[str]:
    """Actions, agreed exceptions and findings on the statement."""
    actions = [a for a in dossier.actions if a.statement == s.id]
    exceptions = [e for e in dossier.exceptions if e.statement == s.id]
    findings = [f for f in dossier.findings if f.statement == s.id] if dossier.audience != "public" else []
    due = {a.id: f"due {date_in_words(a.due)}" if a.due else "no due date" for a in actions}
    parts = {
        "Actions": [f"{a.id}: {a.action} {a.owner or 'No owner'}; {due[a.id]}; {a.status}." for a in actions],
        "Agreed exceptions": [f"{e.what}. Reason: {e.reason} Agreed by {e.agreed_by}." for e in exceptions],
        "What the checks found": [f"{f.message} {f.remedy}" for f in findings],
    }
    for heading, rows in parts.items():
        if rows:
            yield from ("", heading)
            for row in rows:
                yield from _wrapped(f"- {row}", width, 1)


def trail_json(
    dossier: Dossier, statements: Sequence[StatementView], apart: Sequence[tuple[Place, CitationView]] = ()
) -> str:
    """The same for programs: statements and other citations in full, with the audience that they are for."""
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "audience": dossier.audience,
        "organisation": dossier.organisation,
        "cycle": dossier.cycle,
        "statements": statements,
        "elsewhere": [{"where": place.where, "citation": citation} for place, citation in apart],
    }
    return json.dumps(msgspec.to_builtins(content), indent=1)  # plain ASCII: nothing in it moves a cursor


def levels_line(dossier: Dossier, s: StatementView) -> str:
    """What each role says, in a line: `Team Growing; Board not asked`."""
    return "; ".join(f"{ROLES[role]} {level_of(s, role)}" for role in roles_shown(dossier))


def _wrapped(text: str, width: int, depth: int = 0) -> list[str]:
    """Lines of that width; the text's own line breaks stay."""
    indent = INDENT * depth
    wrap = textwrap.TextWrapper(
        width=max(width, 20), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
    return [line for part in (text.splitlines() or [""]) for line in wrap.wrap(part) or [""]]


def cut(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it is too long."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """The text without what a terminal would obey: colours, cursor moves, reversed direction."""
    return "".join(_harmless(text))


def _harmless(text: str) -> Iterable[str]:
    for character in text:
        if character not in UNSEEN:
            obeyed = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character != "\n"
            yield "\ufffd" if obeyed else character
