"""check-report.html: what the checks found, for each person who has to act, what must be put right first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.check.codes import Explanation, explain
from pipeline.dossier.views import Dossier, FindingView
from pipeline.files import write_whole
from pipeline.publish.pages import render

HEADINGS = {
    "blocker": "Must be put right before a final paper",
    "excepted": "Agreed exceptions",
    "warning": "Warnings",
    "note": "For information",
}
NOBODY = "Authors of the paper"


@dataclass(frozen=True)
class Kind:
    """Findings of one kind, with what they mean."""

    explanation: Explanation
    findings: Sequence[FindingView]


@dataclass(frozen=True)
class Share:
    """What one person has to look at."""

    who: str
    place: str
    """Its address in the page."""
    numbers: Mapping[str, int]
    by_severity: Mapping[str, Sequence[Kind]]


def write_report(dossier: Dossier, folder: Path) -> None:
    """Write check-report.html."""
    write_whole(folder / "check-report.html", check_report(dossier))


def check_report(dossier: Dossier) -> bytes:
    """The report as one page. It is always internal: it quotes what people wrote, fit to print or not."""
    stopping = [f for f in dossier.findings if f.severity == "blocker"]
    return render(
        "check-report.html",
        dossier,
        shares=_shares(dossier.findings),
        headings=HEADINGS,
        stopping=stopping,
        held=sorted({paper for f in stopping for paper in f.papers}) if all(f.papers for f in stopping) else [],
    )


def _shares(findings: Sequence[FindingView]) -> list[Share]:
    """Whoever has most to put right comes first."""
    people: dict[str, list[FindingView]] = {}
    for finding in findings:
        people.setdefault(finding.who or NOBODY, []).append(finding)
    shares = [(who, own, {s: sum(f.severity == s for f in own) for s in HEADINGS}) for who, own in people.items()]
    shares.sort(key=lambda share: ([-share[2][s] for s in HEADINGS], share[0].casefold()))
    return [
        Share(
            who, f"who-{n}", numbers, {s: _kinds([f for f in own if f.severity == s]) for s in HEADINGS if numbers[s]}
        )
        for n, (who, own, numbers) in enumerate(shares, start=1)
    ]


def _kinds(findings: Sequence[FindingView]) -> list[Kind]:
    codes = dict.fromkeys(f.code for f in findings)
    return [Kind(explain(code), [f for f in findings if f.code == code]) for code in codes]
