"""What assessment.yaml says of findings and of the framework: exceptions, severities, scope and targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.codes import codes
from pipeline.inputs.cells import known_as, split_ids, statements_by_name, suggestion
from pipeline.inputs.faults import Faults, date
from pipeline.inputs.suggest import did_you_mean, one_of, same, shown
from pipeline.inputs.yaml import Node, read_yaml
from pipeline.model import AgreedException, Assessment, Framework, LeftOut, Respondent, Severity, Targets
from pipeline.text import compared
from pipeline.workspace import Workspace

_KEYS = ("code", "subject", "statement", "reason", "mitigation", "agreed_by", "agreed_on", "until")
_NEEDED = ("code", "subject", "reason", "agreed_by", "agreed_on", "until")


def read_exceptions(root: Node, faults: Faults) -> tuple[AgreedException, ...]:
    """The exceptions that are whole."""
    found = (_exception(entry.only(*_KEYS), faults) for entry in root.items_of("agreed_exceptions"))
    return tuple(e for e in found if e)


def _exception(entry: Node, faults: Faults) -> AgreedException | None:
    missing = [key for key in _NEEDED if not entry.text_of(key).strip()]
    for key in missing:
        faults.value(
            entry.place,
            f"An agreed exception does not say its `{key}`, so it has no effect.",
            f"Add `{key}`, or take the exception out.",
        )
    agreed_on, until = date(entry, "agreed_on", faults), date(entry, "until", faults)
    if missing or agreed_on is None or until is None:
        return None
    return AgreedException(
        code=entry.text_of("code").strip().upper(),
        subject=entry.text_of("subject").strip(),
        reason=entry.text_of("reason"),
        agreed_by=entry.text_of("agreed_by").strip(),
        agreed_on=agreed_on,
        until=until,
        mitigation=entry.text_of("mitigation"),
        statement=entry.text_of("statement").strip() or None,
        place=entry.place,
    )


_GRAVITY = (Severity.NOTE, Severity.WARNING, Severity.BLOCKER)


def read_severities(root: Node, faults: Faults) -> Mapping[str, Severity]:
    """Code -> the least severity that the team wants it to have."""
    node = root.get("severities")
    found = {}
    for written, value in (node.as_mapping() if node else {}).items():
        code, word = written.strip().upper(), value.as_text().strip().lower()
        if code not in codes():
            faults.value(
                value.place,
                f"`{shown(written)}` is not the code of a finding.",
                f"{did_you_mean(code, codes())}`boardpack explain` lists the codes.",
            )
        elif word not in _GRAVITY:
            faults.value(
                value.place,
                f"`{shown(word)}` is not a severity.",
                f"{did_you_mean(word, _GRAVITY)}Type {one_of(('warning', 'blocker'))}.",
            )
        elif _GRAVITY.index(Severity(word)) < _GRAVITY.index(codes()[code].least):
            faults.value(
                value.place,
                f"{code} is a {codes()[code].least}; it may be made stricter, not milder.",
                "Take the line out. What cannot be put right in time may be an agreed exception.",
            )
        else:
            found[code] = Severity(word)
    return found


def settle(ws: Workspace, assessment: Assessment, framework: Framework, faults: Faults) -> Assessment:
    """The assessment with its scope and targets in the framework's own ids; what it does not have is a fault."""
    root = read_yaml(ws, ws.root / assessment.file)
    sections = _sections(root.get("sections"), framework, faults)
    targets = _targets(root.get("targets"), framework, assessment.targets, faults)
    statements = statements_by_name(framework)
    exceptions = tuple(
        replace(e, statement=statements.get(same(e.statement), e.statement)) if e.statement else e
        for e in assessment.agreed_exceptions
    )
    left_out = tuple(_left_out(root, framework, faults))
    return replace(
        assessment,
        sections=sections,
        left_out=left_out,
        targets=targets,
        agreed_exceptions=exceptions,
        respondents=_respondents(root, assessment, framework, faults),
    )


def _respondents(root: Node, assessment: Assessment, framework: Framework, faults: Faults) -> tuple[Respondent, ...]:
    """The respondents, each with the sections and statements that it is asked, in the framework's own ids."""
    limits: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for entry in root.items_of("respondents"):
        own = replace(faults, respondent=entry.text_of("id").strip(), found=[])
        asked = (
            _sections(entry.get("sections"), framework, own),
            _statements(entry.get("statements"), framework, own),
        )
        if limits.setdefault(same(entry.text_of("id")), asked) is asked:
            faults.found.extend(own.found)
    asked_nothing: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    found = []
    for respondent in assessment.respondents:
        sections, statements = limits.get(same(respondent.id), asked_nothing)
        found.append(replace(respondent, sections=sections, statements=statements))
    return tuple(found)


def _statements(node: Node | None, framework: Framework, faults: Faults) -> tuple[str, ...]:
    ids = [s.id for s in framework.statements]
    return _named(node, "statement", ids, statements_by_name(framework), "Name a statement's id.", framework, faults)


def _sections(node: Node | None, framework: Framework, faults: Faults) -> tuple[str, ...]:
    ids = [s.id for s in framework.sections]
    remedy = f"The sections are {', '.join(ids)}."
    return _named(node, "section", ids, known_as(ids), remedy, framework, faults)


def _named(
    node: Node | None,
    what: str,
    ids: Sequence[str],
    known: Mapping[str, str],
    remedy: str,
    framework: Framework,
    faults: Faults,
) -> tuple[str, ...]:
    """The ids that are named, in the framework's order; a finding for each that it does not have."""
    found = set()
    for written in (word for text in node.as_texts() for word in split_ids(text)) if node else ():
        if same(written) in known:
            found.add(known[same(written)])
        elif node:
            faults.unknown(
                node.place,
                f"There is no {what} `{shown(written)}` in {framework.title}.",
                f"{suggestion(written, known)}{remedy}",
            )
    return tuple(identity for identity in ids if identity in found)


def _left_out(root: Node, framework: Framework, faults: Faults) -> Iterator[LeftOut]:
    """The statements that are left out for a reason; one without a reason stays in scope."""
    known = statements_by_name(framework)
    seen: set[str] = set()
    for entry in root.items_of("left_out"):
        entry.only("statement", "reason", "agreed_by")
        written, reason = entry.text_of("statement").strip(), entry.text_of("reason").strip()
        if same(written) not in known:
            faults.unknown(
                entry.place,
                f"`left_out` names `{shown(written)}`, and there is no such statement in {framework.title}."
                if written
                else "An entry of `left_out` names no statement.",
                f"{suggestion(written, known)}Name a statement's id in `statement`.",
            )
        elif not reason:
            faults.value(
                entry.place,
                f"{known[same(written)]} is left out and no reason is given, so it stays in scope.",
                "Say in `reason` why this organisation does not assess it, or take the entry out.",
                statement=known[same(written)],
            )
        elif known[same(written)] not in seen:
            seen.add(known[same(written)])
            yield LeftOut(known[same(written)], reason, entry.text_of("agreed_by").strip(), entry.place)


def _targets(node: Node | None, framework: Framework, targets: Targets, faults: Faults) -> Targets:
    if node is None:
        return targets
    statements = statements_by_name(framework)
    default, by_statement = None, {}
    for key, value in node.as_mapping().items():
        if key in ("by", "tags") or value.kind == "nothing":
            continue
        level = _level(value, framework, faults)
        if key == "default":
            default = level
        elif same(key) in statements:
            if level:
                by_statement[statements[same(key)]] = level
        else:
            near = did_you_mean(key, ("default", "by", *(s.id for s in framework.statements)))
            faults.unknown(value.place, f"There is no statement `{shown(key)}`.", f"{near}Name a statement's id.")
    return replace(targets, default=default, by_statement=by_statement)


def _level(node: Node, framework: Framework, faults: Faults) -> str | None:
    word = compared(node.as_text())
    for level in framework.levels:
        if word in (compared(level.id), compared(level.name)):
            return level.id
    ids = [level.id for level in framework.levels]
    faults.value(node.place, f"`{shown(node.text)}` is not a level.", f"{did_you_mean(word, ids)}Type {one_of(ids)}.")
    return None
