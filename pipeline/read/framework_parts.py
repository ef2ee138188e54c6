"""The parts of a framework: levels, sections, statements, columns."""

from __future__ import annotations

from pipeline.errors import InputError
from pipeline.model import NOT_ASSESSED, Column, Level, PrincipalRisk, Requirement, Section, Statement
from pipeline.read.nearest import did_you_mean, one_of, same, shown
from pipeline.read.node import Node
from pipeline.read.vocabulary import KINDS, words

_ANSWERED_BY = ("team", "board", "both")
_STATEMENT_KEYS = words(
    "id short text good_looks_like answered_by prompt evidence references kloe priorities baf "
    "annual_report formerly both_natures column statements"
)


def id_of(node: Node) -> str:
    """The id that an entry must have."""
    return node.need("id").as_text().strip()


def read_levels(root: Node) -> tuple[Level, ...]:
    """The levels, lowest first; no word may stand for two of them."""
    nodes = root.need("levels").as_list()
    if not nodes:
        raise root.need("levels").error("The framework has no levels.", "List them, the lowest first.")
    levels = tuple(_level(node, rank) for rank, node in enumerate(nodes))
    words = [word for level in levels for word in {same(level.id), same(level.name)}]
    if same(NOT_ASSESSED) in words or len(words) != len(set(words)):
        raise root.need("levels").error(
            "Two levels share an id or name, or one is named `not assessed`.", "Give each level words of its own."
        )
    return levels


def _level(node: Node, rank: int) -> Level:
    node.only("id", "name", "meaning", "requires")
    requires = node.get("requires")
    # A level that says nothing asks for one document, the lowest for none.
    needs = _requirement(requires) if requires else Requirement(documents=1 if rank else 0)
    return Level(id_of(node), node.need("name").as_text().strip(), rank, node.text_of("meaning"), needs)


def _requirement(node: Node) -> Requirement:
    node.only("documents", "max_age_months", "kinds", "periods", "outside_the_team")
    documents, age, periods = (node.get(k) for k in ("documents", "max_age_months", "periods"))
    kinds = tuple(k.strip().lower() for k in node.texts_of("kinds"))
    for kind in kinds:
        if kind not in KINDS:
            raise node.need("kinds").error(
                f"`{shown(kind)}` is not a kind of document.", f"{did_you_mean(kind, KINDS)}Use {one_of(KINDS)}."
            )
    return Requirement(
        documents=documents.as_whole_number() if documents else 1,
        max_age_months=age.as_whole_number() if age else None,
        kinds=kinds,
        periods=periods.as_whole_number() if periods else None,
        outside_the_team=node.yes_of("outside_the_team"),
    )


def read_column(node: Node) -> Column:
    """A column of a matrix."""
    node.only("id", "title", "short")
    return Column(id_of(node), node.need("title").as_text(), node.text_of("short"))


def read_section(node: Node, columns: tuple[Column, ...]) -> Section:
    """A section with its statements."""
    node.only("id", "title", "statements", "scope", "compliance", "level_notes")
    identity = id_of(node)
    return Section(
        id=identity,
        title=node.need("title").as_text(),
        statements=tuple(_statement(n, identity, columns) for n in node.need("statements").as_list()),
        scope=node.text_of("scope"),
        compliance=node.yes_of("compliance"),
        level_notes=node.text_by_key_of("level_notes"),
    )


def _statement(node: Node, section: str, columns: tuple[Column, ...]) -> Statement:
    node.only(*_STATEMENT_KEYS)
    return Statement(
        id=id_of(node),
        section=section,
        text=node.need("text").as_text(),
        answered_by=_answered_by(node.need("answered_by")),
        short=node.text_of("short"),
        good_looks_like=node.text_of("good_looks_like"),
        prompt=node.text_of("prompt"),
        evidence=node.texts_of("evidence"),
        references=node.texts_of("references"),
        kloe=node.texts_of("kloe"),
        priorities=node.texts_of("priorities"),
        baf=node.text_by_key_of("baf"),
        annual_report=node.text_of("annual_report"),
        formerly=node.texts_of("formerly"),
        both_natures=node.yes_of("both_natures"),
        column=_matrix_column(node, columns),
        statements=node.texts_of("statements"),
        tags={key: tag.texts_in() for key, tag in node.mapping_of("tags").items()},
    )


def _answered_by(node: Node) -> str:
    word = node.as_text().strip().lower()
    if word not in _ANSWERED_BY:
        raise node.error(
            f"`{shown(word)}` does not say who answers.",
            f"{did_you_mean(word, _ANSWERED_BY)}Use {one_of(_ANSWERED_BY)}.",
        )
    return word


def _matrix_column(node: Node, columns: tuple[Column, ...]) -> str:
    if not columns and node.get("column") is None:
        return ""
    column = node.need("column")
    if column.as_text() not in [c.id for c in columns]:
        raise column.error(
            f"There is no column `{shown(column.text)}`.",
            f"{did_you_mean(column.text, [c.id for c in columns])}The columns stand under `columns`.",
        )
    return column.as_text()


def read_principal_risk(node: Node) -> PrincipalRisk:
    """A risk given as an illustration."""
    node.only("id", "title", "cause", "event", "effect")
    cause, event, effect = (node.text_of(k) for k in ("cause", "event", "effect"))
    return PrincipalRisk(id_of(node), node.need("title").as_text(), cause, event, effect)


def refuse_repeats(node: Node, key: str, ids: list[str]) -> None:
    """Each id once."""
    seen: set[str] = set()
    for identity in ids:
        if same(identity) in seen:
            raise InputError(
                f"The id `{shown(identity)}` is used twice.",
                "Give each its own id.",
                file=node.file,
                row=_line_of_last(node, identity),
                field=key,
            )
        seen.add(same(identity))


def _line_of_last(node: Node, identity: str) -> int | None:
    lines = [n.line for n in node.all() if n.path.endswith("id") and same(n.text) == same(identity)]
    return lines[-1] if lines else node.line
