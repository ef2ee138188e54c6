"""Figures of a row against the sheet, the cell or the words that its own citation points to, compared as numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.checks.messages import BLOCKER, column, document_name, finding, quoted
from pipeline.checks.small_counts import TOTALS, base_of, group_of, is_total, number, same_words
from pipeline.inputs.suggest import slipped
from pipeline.model import Case, CheckResult, Citation, Finding, Funding, Indicator, Place, Verdict
from pipeline.model.figures import Figure, agree, figures_in, number_of, with_words
from pipeline.model.periods import period_of
from pipeline.score import Scores
from pipeline.text import list_in_words

_REF = re.compile(r"([A-Z]+)(\d+)")
_WHOLE_CELL = re.compile(r"[(-]?£?\s?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?%?\)?")
_FEWEST_THOUSANDS, _PER_CENT = 100, 100
_MONEY_HEADING = re.compile(r"amount|budget|cost|£|pounds|allocat|award|spend|funding|value", re.I)


class Claim(NamedTuple):
    """A figure of a row, and the column that it stands in."""

    field: str
    figure: Figure


class Cell(NamedTuple):
    """A filled cell of a sheet, and the figure that it is; None for words."""

    name: str
    column: str
    row: int
    text: str
    figure: Figure | None


class Sheet:
    """The cells of a sheet, found by what they name."""

    def __init__(self, seen: CheckResult) -> None:
        self.cells = [_cell(name, text) for name, text in seen.cells]
        self.first = self.cells[0].column
        """The column of labels: `2` and `3` below `1 (most deprived)` are groups, no figures."""
        self._named: dict[object, list[Cell]] = {}
        for cell in self.cells:
            if cell.figure and cell.column != self.first:
                continue
            keys: set[object] = {same_words(cell.text), rank_of(cell.text, "quintile"), rank_of(cell.text, "decile")}
            keys |= {period_of(cell.text)} if len(cell.text) < 40 else set()
            for key in keys - {None}:
                self._named.setdefault(key, []).append(cell)

    def beside(self, keys: Iterable[object], among: Sequence[Cell]) -> list[Cell]:
        """Of these cells, the ones that stand in the row of a cell that names one of the keys, or below it."""
        named = [cell for key in keys for cell in self._named.get(key, ())]
        rows = {(c.row, c.column) for c in named}
        heads = {c.column: c.row for c in reversed(named) if c.column != self.first}
        return [
            c
            for c in among
            if any(row == c.row and at != c.column for row, at in rows) or c.column in heads and heads[c.column] < c.row
        ]


def _cell(name: str, text: str) -> Cell:
    match = _REF.fullmatch(name)
    return Cell(name, match[1] if match else "", int(match[2]) if match else 0, text, cell_figure(text))


def differs_from_source(case: Case, _: Scores) -> Iterator[Finding]:
    """FG902: a figure of an indicator or of a fund that differs from the place it cites."""
    sheets: dict[int, Sheet] = {}
    for row in case.indicators:
        for citation in row.citations:
            if (seen := case.check_results.get(citation)) and not citation.fault:
                for claim, told in _told(_claims(row), _keys(row), row, citation, seen, sheets):
                    named = f"indicator {row.id} ({row.indicator}, {group_of(row)}, {row.period})"
                    yield _finding(case, row.place, row.id, named, claim, told, citation)
    for money in case.funding:
        for citation in money.citations:
            if (seen := case.check_results.get(citation)) and not citation.fault:
                keys = ([same_words(money.scheme), same_words(money.id)],)
                for claim, told in _told(_sums(money), keys, money, citation, seen, sheets):
                    yield _finding(
                        case, money.place, money.id, f"funding row {money.id} ({money.scheme})", claim, told, citation
                    )


def _finding(case: Case, place: Place, about: str, named: str, claim: Claim, told: str, citation: Citation) -> Finding:
    document = case.document(citation.evidence)
    return finding(
        "FG902",
        BLOCKER,
        column(place, claim.field),
        f"The {claim.field} of the {named} is {claim.figure.text}, and {told}, in "
        f"{document_name(document) if document else citation.evidence}.",
        "Correct the figure, or cite the place that holds it.",
        evidence=citation.evidence,
        about=about,
    )


def _keys(row: Indicator) -> tuple[list[object], list[object]]:
    """What names the row's group in a sheet, and what names its period."""
    if is_total(row):
        return [*TOTALS], [period_of(row.period)]
    return [same_words(row.category), rank_of(row.category, row.breakdown)], [period_of(row.period)]


def _claims(row: Indicator) -> list[Claim]:
    kind = "percent" if base_of(row) == 100 else "number"
    fields = (("value", kind), ("numerator", "number"), ("denominator", "number"))
    return [Claim(f, made) for f, k in fields if (made := _as_figure(getattr(row, f), k)) is not None]


def _sums(row: Funding) -> list[Claim]:
    texts = (("amount", f"{row.amount:,.2f}".removesuffix(".00") if row.amount else ""), ("redirected", row.redirected))
    found = [(f, _as_figure(text.replace("£", ""), "money")) for f, text in texts]
    return [Claim(f, replace(made, text=f"£{made.text}")) for f, made in found if made is not None and made.value]


def _as_figure(text: str, kind: str) -> Figure | None:
    if number(text) is None:
        return None
    bare = text.strip().lstrip("-").removesuffix("%").strip()
    value, step = number_of(bare)
    return Figure(text.strip() + ("%" if kind == "percent" and "%" not in text else ""), kind, value, step)


def _told(
    claims: Sequence[Claim],
    keys: Sequence[Iterable[object]],
    row: Indicator | Funding,
    citation: Citation,
    seen: CheckResult,
    sheets: dict[int, Sheet],
) -> Iterator[tuple[Claim, str]]:
    """Each claim that the place cited contradicts, and what stands there."""
    if citation.sheet and seen.cells:
        sheet = sheets[id(seen)] if id(seen) in sheets else sheets.setdefault(id(seen), Sheet(seen))
        tab, _, ref = citation.sheet.rpartition("!")
        exact = [cell for cell in sheet.cells if tab and cell.name == ref.replace("$", "").upper()]
        yield from _against_sheet(claims, keys, row, sheet, exact, tab if exact else citation.sheet)
    elif citation.quotation and seen.verdict in (Verdict.FOUND, Verdict.FOUND_ELSEWHERE):
        yield from _against_words(claims, row, citation.quotation)


def _against_sheet(
    claims: Sequence[Claim],
    keys: Sequence[Iterable[object]],
    row: Indicator | Funding,
    sheet: Sheet,
    exact: Sequence[Cell],
    tab: str,
) -> Iterator[tuple[Claim, str]]:
    """Claims that the cells of the row's own group and period contradict."""
    own, found = [c for c in exact or sheet.cells if c.figure and (exact or c.column != sheet.first)], bool(exact)
    for nth, these in enumerate(keys if not exact else ()):
        if here := sheet.beside(these, own):
            own, found = here, found or nth == 0
    if isinstance(row, Funding):
        heads = {c.column for c in sheet.cells if _MONEY_HEADING.search(c.text) and len(c.text) < 40}
        own = [c._replace(figure=replace(c.figure, kind="money")) for c in own if c.figure and c.column in heads]
    shares = {c.column for c in sheet.cells if c.figure and c.figure.step < 1 and c.figure.value <= _PER_CENT}
    held = {claim.field: [c for c in own if _same(claim.figure, c.figure)] for claim in claims}
    taken = {c.name for cells in held.values() for c in cells}
    for claim in claims:
        if held[claim.field] or (claim.field == "redirected" and not exact):
            continue
        left = [c for c in own if c.name not in taken and _comparable(claim.figure, c.figure, c.column in shares)]
        near = min(left, key=lambda c: _far(claim.figure, c.figure), default=None)
        if near is None or not found and not slipped(claim.figure.text, near.text):
            continue
        there = [c for c in sheet.cells if _comparable(claim.figure, c.figure) and _same(claim.figure, c.figure)]
        other = f"; {claim.figure.text} stands in {tab}!{there[0].name}, which is for another" if there else ""
        yield claim, f"{tab}!{near.name} holds {near.text}{other}"


def rank_of(text: str, breakdown: str) -> tuple[int, int] | None:
    """Of a deprivation group its number and of how many, 1 the most deprived; None for another kind of group."""
    said, words = same_words(text), same_words(f"{breakdown} {text}")
    if len(text) > 40 or not re.search(r"depriv|imd|quintile|decile|fifth|tenth", words):
        return None
    of = 10 if re.search(r"decile|tenth", words) else 5
    if match := re.fullmatch(
        r"(?:imd |deprivation )?(?:quintile |decile |fifth |tenth )?(\d{1,2})(?: \(.*\)| -.*)?", said
    ):
        return (int(match[1]), of) if 1 <= int(match[1]) <= of else None
    return (1, of) if "most deprived" in said else (of, of) if "least deprived" in said else None


def cell_figure(text: str) -> Figure | None:
    """The figure that a cell is, with its sign of pounds or per cent; None for words."""
    bare = text.strip()
    if not _WHOLE_CELL.fullmatch(bare):
        return None
    kind = "percent" if "%" in bare else "money" if "£" in bare else "number"
    value, step = number_of(re.sub(r"[^\d.,]", "", bare))
    return Figure(bare, kind, value, step)


def _same(claim: Figure, held: Figure | None) -> bool:
    """Whether a cell holds the figure; a share that is shown without its per cent sign, in either form, is one."""
    if held is None:
        return False
    if claim.kind == "percent" and held.kind == "number":
        forms = (
            replace(held, kind="percent"),
            replace(held, kind="percent", value=held.value * 100, step=held.step * 100),
        )
        return any(agree(claim, form) for form in forms)
    return agree(claim, held) or {claim.kind, held.kind} == {"number", "money"} and claim.value == held.value


def _comparable(claim: Figure, held: Figure | None, share: bool = False) -> bool:
    """Whether two figures are of one kind, so that the one contradicts the other."""
    if held is None:
        return False
    if claim.kind == "percent":
        return held.kind == "percent" or held.kind == "number" and (held.step < 1 or share)
    return held.kind == claim.kind and (claim.step < 1) == (held.step < 1)


def _far(one: Figure, other: Figure | None) -> float:
    a, b = one.value, other.value if other else 0.0
    return abs(math.log((a or 0.5) / (b or 0.5)))


def _against_words(claims: Sequence[Claim], row: Indicator | Funding, quotation: str) -> Iterator[tuple[Claim, str]]:
    """Claims that the words cited contradict."""
    said = figures_in(with_words(quotation))
    by_field = {claim.field: claim.figure for claim in claims}
    if isinstance(row, Funding):
        # A table in thousands of pounds says 1,240 for £1,240,000.
        sums = [f for f in said if f.kind == "money"] + [
            replace(f, kind="money", value=f.value * times, step=f.step * times)
            for f in said if f.kind == "number" and f.value >= _FEWEST_THOUSANDS for times in (1, 1000)
        ]  # fmt: skip
        texts = " ".join((row.decision, row.basis, row.method, row.evaluation))
        known = [*by_field.values(), *figures_in(texts)]
        if not any(agree(one, other) for one in known for other in sums):
            near = [(c, f) for c in claims for f in sums if slipped(f"{c.figure.value:.0f}", f"{f.value:.0f}")]
            yield from ((c, _words(f)) for c, f in near[:1])
        return
    beside = figures_in(row.comparator)
    shares = [f for f in said if f.kind == "share" and not any(agree(f, other) for other in beside)]
    part, whole = by_field.get("numerator"), by_field.get("denominator")
    if len(shares) == 1 and part and whole and _is_meant(part, whole, shares[0]):
        for field, figure, held in (("numerator", part, shares[0].value), ("denominator", whole, shares[0].whole)):
            if held is not None and figure.value != held:
                yield Claim(field, figure), _words(shares[0])
    alone = [f for f in said if f.kind in ("percent", "rate") and not any(agree(f, other) for other in beside)]
    value = by_field.get("value")
    if len(alone) == 1 and value and alone[0].kind == value.kind and not agree(value, alone[0]):
        if slipped(value.text, alone[0].text, least=2):
            yield Claim("value", value), _words(alone[0])
    elif not shares and not alone:
        yield from _slips(claims, said)


def _is_meant(part: Figure, whole: Figure, share: Figure) -> bool:
    """Whether a share in the words is the row's own, but for one figure of it; else it may be of another group."""
    if share.value == part.value or share.whole == whole.value:
        return True
    return slipped(part.text, f"{share.value:.0f}") and slipped(whole.text, f"{share.whole:.0f}")


def _slips(claims: Sequence[Claim], said: Iterable[Figure]) -> Iterator[tuple[Claim, str]]:
    numbers = [f for f in said if f.kind in ("number", "rate")]
    if not any(agree(c.figure, f) for c in claims for f in numbers):
        yield from ((c, _words(f)) for c in claims for f in numbers if slipped(c.figure.text, f.text))


def _words(*figures: Figure) -> str:
    return f"the words cited say {list_in_words([quoted(f.text) for f in figures])}"
