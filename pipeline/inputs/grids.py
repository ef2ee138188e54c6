"""The other tables: actions, risks, funding, indicators and schemes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.inputs.cells import Cells, beyond_the_header, known_as, repeated, rows_of, statements_by_name
from pipeline.inputs.citations import RegisterIndex
from pipeline.inputs.faults import Faults, choice
from pipeline.inputs.suggest import ACTION_STATUSES, FUNDING_CATEGORIES, RINGFENCED, same, shown, words
from pipeline.inputs.tables import TABLES, Table, read_table
from pipeline.inputs.yaml import Node, read_yaml
from pipeline.model import Action, Assessment, Framework, Funding, Indicator, Place, Risk, Scheme, Score
from pipeline.office.sources import listed
from pipeline.text import compared, whole_letters
from pipeline.workspace import Workspace

FEWEST_WORDS = 3
"""An action of fewer words than these is not known again by them."""


def read_actions(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Action, ...]:
    """The actions, each id once."""
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "actions", assessment.column_names, faults)
    if table is None:
        return ()
    actions: dict[tuple[str, ...], Action] = {}
    for cells in rows_of(table, faults, ("due", "revised_due")):
        if not cells.word("action"):
            cells.bad("action", "The row does not say what is to be done.", "Say it, or take the row out.")
        action = _action(cells, framework, index)
        first = actions.setdefault(_what(action), action)
        if first is not action:
            _repeated(cells, first)
    return tuple(actions.values())


def _what(action: Action) -> tuple[str, ...]:
    """What makes an action another one. One that is done may be planned anew; few words are said of many things."""
    words = compared(action.action).rstrip(".")
    if len(words.split()) < FEWEST_WORDS:
        return (action.id,)
    return (words, action.statement or action.section, "open" if action.status == "open" else "closed")


def _repeated(cells: Cells, first: Action) -> None:
    cells.faults.repeated(
        cells.place("action"),
        cells.named(
            f"The same action stands in row {first.place.row} already, as {shown(first.id)}; only that row is read."
        ),
        "Take this row out, or say what is different about it.",
        **cells.about,
    )


def _action(cells: Cells, framework: Framework, index: RegisterIndex) -> Action:
    statement = _known(cells, "statement", statements_by_name(framework))
    known = framework.statement(statement)
    # Named by the id that it had before, a statement takes its action with it into the section where it stands now.
    moved = known is not None and same(cells.word("statement")) != same(statement)
    section = known.section if known and moved else _known(cells, "section", dict(_section_words(framework)))
    if known and section in {s.id for s in framework.sections} - {known.section}:
        cells.bad(
            "section",
            f"The action is for {known.id}, which stands in the section {known.section}, not in {section}.",
            f"Type {known.section}; or name the statement of {section} that is meant.",
        )
    return Action(
        id=cells.word("id"),
        section=section,
        statement=statement,
        action=cells.text("action"),
        owner=cells.word("owner"),
        due=(revised := cells.date("revised_due")) or cells.date("due"),
        status=_status(cells),
        measure=cells.text("measure"),
        place=cells.place(),
        risk=cells.word("risk"),
        closes=cells.text("closes"),
        progress=cells.text("progress"),
        first_due=cells.date("due") if revised else None,
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", index, statement or None),
    )


def _section_words(framework: Framework) -> Iterator[tuple[str, str]]:
    """Sections by id, or by their title in full."""
    yield from ((same(s.title), s.id) for s in framework.sections)
    yield from known_as(s.id for s in framework.sections).items()


def _known(cells: Cells, column: str, known: dict[str, str]) -> str:
    word = cells.word(column)
    if word and same(word) not in known:
        cells.unknown(column, word, known, column)
    return known.get(same(word), word)


def _status(cells: Cells) -> str:
    # What is neither done nor dropped still has to be done; the finding blocks a final paper.
    if not cells.word("status"):
        cells.bad_choice("status", ACTION_STATUSES)
    return cells.choice("status", ACTION_STATUSES, "open")


def read_risks(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Risk, ...]:
    """The risks, each id once."""
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "risks", assessment.column_names, faults)
    if table is None:
        return ()
    known = statements_by_name(framework)
    return tuple(_risk(cells, known, index) for cells in rows_of(table, faults, ("target_date", "last_reviewed")))


def _risk(cells: Cells, statements: dict[str, str], index: RegisterIndex) -> Risk:
    if not cells.text("risk").strip():
        cells.bad("risk", "The row does not say what the risk is.", "Write the risk, or take the row out.")
    return Risk(
        id=cells.word("id"),
        objective=cells.text("objective"),
        risk=cells.text("risk"),
        cause=cells.text("cause"),
        effect=cells.text("effect"),
        lead=cells.word("lead"),
        committee=cells.word("committee"),
        # Of the codes that fit, BA601 is the one that says most.
        statements=cells.known_ids("statements", statements, "statement", "BA601"),
        inherent=_score(cells, "inherent"),
        current=_score(cells, "current"),
        target=_score(cells, "target"),
        controls=cells.text("controls"),
        gaps_in_control=cells.text("gaps_in_control"),
        place=cells.place(),
        assurances=cells.text("assurances"),
        citations=cells.citations("assurances", index),
        gaps_in_assurance=cells.text("gaps_in_assurance"),
        assurance_rating=cells.word("assurance_rating"),
        appetite=cells.text("appetite"),
        target_date=cells.date("target_date"),
        rationale=cells.text("rationale"),
        previous=_score(cells, "previous"),
        last_reviewed=cells.date("last_reviewed"),
    )


def _score(cells: Cells, which: str) -> Score:
    columns = (f"{which}_likelihood", f"{which}_consequence")
    empty = [column for column in columns if not cells.word(column)]
    if len(empty) == 1 and which != "previous":
        _no_score(cells, empty[0], f"Half of the {which} score is missing.")
    likelihood, consequence = (_one_to_five(cells, column) for column in columns)
    return Score(likelihood, consequence)


def _one_to_five(cells: Cells, column: str) -> int | None:
    text = cells.word(column)
    if not text:
        return None
    if text in {"1", "2", "3", "4", "5"}:
        return int(text)
    _no_score(cells, column, f"`{shown(text)}` is not a {column.replace('_', ' ')} from 1 to 5.")
    return None


def _no_score(cells: Cells, column: str, message: str) -> None:
    remedy = "Type a whole number from 1 to 5."
    cells.faults.add("BA601", cells.faults.blocking, cells.place(column), cells.named(message), remedy, **cells.about)


ANNUAL_REPORT = ("annual-report-section",)
"""The paper that faults in these tables touch."""
_INDICATOR_TEXTS = [c for c in TABLES["indicators"].all if c not in ("id", "evidence", "improvement", "headline")]
MOST_COMPLETE = 100
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?%?")


def read_funding(
    ws: Workspace, assessment: Assessment, framework: Framework, index: RegisterIndex, faults: Faults
) -> tuple[Funding, ...]:
    """The funding rows, each id once."""
    own = Faults(ANNUAL_REPORT)
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "funding", assessment.column_names, own)
    known = statements_by_name(framework)
    rows = rows_of(table, own, ("ends",)) if table else ()
    read = tuple(_funding(cells, known, index) for cells in rows)
    faults.found.extend(own.found)
    return read


def _funding(cells: Cells, statements: dict[str, str], index: RegisterIndex) -> Funding:
    texts = words("scheme year recurrent redirected decision decided_by basis method evaluation evidence")
    return Funding(
        id=cells.word("id"),
        category=cells.choice("category", FUNDING_CATEGORIES),
        place_name=cells.text("place"),
        amount=cells.amount("amount"),
        ringfenced=cells.choice("ringfenced", RINGFENCED),
        ends=cells.date("ends"),
        statements=cells.known_ids("statements", statements, "statement"),
        place=cells.place(),
        citations=cells.citations("evidence", index),
        **{column: cells.text(column) for column in texts},
    )


def read_indicators(
    ws: Workspace, assessment: Assessment, index: RegisterIndex, faults: Faults
) -> tuple[Indicator, ...]:
    """One value a row: an id stands for one indicator, and comes once for each period, breakdown and category."""
    own = Faults(ANNUAL_REPORT)
    table = read_table(ws, ws.cycle_folder(assessment.cycle), "indicators", assessment.column_names, own)
    read = tuple(_indicator(cells, index) for cells in _values(table, own)) if table else ()
    faults.found.extend(own.found)
    return read


def _values(table: Table, faults: Faults) -> Iterator[Cells]:
    rows: dict[tuple[str, ...], int] = {}
    names: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        identity = row.word("id")
        cells = Cells(row, faults, {}, {"about": identity or None})
        if not identity:
            cells.bad("id", "The row has no id.", "Give it the id of its indicator.")
            continue
        key = tuple(same(row[c]) for c in ("id", "period", "breakdown", "category"))
        name, first = names.setdefault(same(identity), (same(row["indicator"]), row.number))
        if key in rows or name != same(row["indicator"]):
            repeated(cells, "id", identity, rows.get(key, first))
            continue
        rows[key] = row.number
        if row.too_long:
            beyond_the_header(cells)
        yield cells


def _indicator(cells: Cells, index: RegisterIndex) -> Indicator:
    if (target := cells.word("target")) and not _NUMBER.fullmatch(target):
        cells.bad(
            "target", f"`{shown(target)}` is not a target in figures.", "Type the figure alone, such as 95 or 4.5."
        )
    if not cells.word("value") and cells.word("numerator"):
        cells.bad("value", "The row has counts and no value.", "Type the value, or `*` where it must not be shown.")
    complete = cells.word("completeness").removesuffix("%").strip()
    if _NUMBER.fullmatch(complete) and float(complete.replace(",", "")) > MOST_COMPLETE:
        cells.bad("completeness", f"`{shown(complete)}` is more than 100 per cent.", "Type how complete the data are.")
    return Indicator(
        id=cells.word("id"),
        improvement=cells.choice("improvement", ("up", "down", "neither")),
        headline=cells.choice("headline", ("yes", "no")),
        place=cells.place(),
        evidence=cells.text("evidence"),
        citations=cells.citations("evidence", index),
        **{column: cells.text(column) for column in _INDICATOR_TEXTS},
    )


_KEYS = words(
    "problem why goals period in_scope out_of_scope inequality baseline expected actual evaluation lessons decision"
)
_INEQUALITIES = ("health", "healthcare")


def read_schemes(ws: Workspace, cycle: str, faults: Faults) -> tuple[Scheme, ...]:
    """The charters of a cycle, by id."""
    own = Faults(ANNUAL_REPORT)
    paths = [p for p in listed(ws.cycle_folder(cycle) / "schemes") if p.suffix.lower() in (".yaml", ".yml")]
    roots = [(whole_letters(path.stem), read_yaml(ws, path).only(*_KEYS)) for path in paths]
    for _, root in roots:
        own.slips(root)
    schemes = tuple(_scheme(name, root, own) for name, root in roots)
    faults.found.extend(own.found)
    return schemes


def _scheme(identity: str, node: Node, faults: Faults) -> Scheme:
    return Scheme(
        id=identity,
        place=Place(node.file),
        problem=_prose(node, "problem"),
        why=_prose(node, "why"),
        goals=_goals(node.get("goals")),
        period=_prose(node, "period"),
        in_scope=_prose(node, "in_scope"),
        out_of_scope=_prose(node, "out_of_scope"),
        inequality=choice(node, "inequality", _INEQUALITIES, faults),
        baseline=_prose(node, "baseline"),
        expected=_prose(node, "expected"),
        actual=_prose(node, "actual"),
        evaluation=_prose(node, "evaluation"),
        lessons=node.texts_of("lessons"),
        decision=_prose(node, "decision"),
    )


def _prose(node: Node, key: str) -> str:
    """A text; a list is read as its entries one below the other, keys with values as `key: value`."""
    found = node.get(key)
    return "\n".join(_lines(found)) if found else ""


def _lines(node: Node) -> list[str]:
    if node.kind == "list":
        return [line for item in node.items for line in _lines(item)]
    if node.kind == "mapping":
        return [f"{key}: {'; '.join(_lines(value))}" for key, value in node.keys.items()]
    return [node.text] if node.text else []


def _goals(node: Node | None) -> tuple[Mapping[str, str], ...]:
    """Each goal as its keys and texts; a goal that is only a text is `goal`."""
    if node is None:
        return ()
    entries = node.items if node.kind == "list" else (node,)
    return tuple(_goal(entry) for entry in entries if entry.kind != "nothing")


def _goal(node: Node) -> Mapping[str, str]:
    if node.kind != "mapping":
        return {"goal": node.as_text()}
    return {key: "; ".join(_lines(value)) for key, value in node.keys.items()}
