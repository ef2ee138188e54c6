"""Where citations stand: in a statement's answers, an action, a risk, a table's row or a narrative."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.dossier.views import AnswerView, CitationView, Dossier, StatementView


@dataclass(frozen=True)
class Place:
    """Where one citation stands, in words; `statement` and `answer` where it is an answer's."""

    where: str
    statement: StatementView | None = None
    answer: AnswerView | None = None


def citations_in_place(dossier: Dossier) -> Iterator[tuple[Place, CitationView]]:
    """Every citation of the dossier: statements in framework order, then the tables, then the narrative."""
    for statement in dossier.statements:
        for answer in statement.answers:
            place = Place(f"answer on {statement.id}", statement, answer)
            yield from ((place, citation) for citation in answer.citations)
    for action in dossier.actions:
        yield from ((Place(f"action {action.id}"), citation) for citation in action.citations)
    for risk in dossier.risks:
        yield from ((Place(f"risk {risk.id}"), citation) for citation in risk.assurances)
    for row in dossier.funding:
        yield from ((Place(f"funding {row.id}"), citation) for citation in row.citations)
    for indicator in dossier.indicators:
        yield from ((Place(f"indicator {indicator.id}"), citation) for citation in indicator.citations)
    for name, narrative in dossier.narratives.items():
        yield from ((Place(f"narrative {name}"), citation) for citation in narrative.citations)


def every_citation(dossier: Dossier) -> Iterator[CitationView]:
    """Every citation, wherever it stands."""
    return (citation for _, citation in citations_in_place(dossier))
