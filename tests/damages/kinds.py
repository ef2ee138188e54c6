"""What a damage is, and the files that are damaged."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import ExitCode
from tests.damages.verbs import Deed

CYCLE = "2025-26"
HERE = f"assessments/{CYCLE}"
YAML = f"{HERE}/assessment.yaml"
TEAM, VCSE = f"{HERE}/responses/icb-team.csv", f"{HERE}/responses/vcse.csv"
BOARD, HEALTHWATCH = f"{HERE}/responses/board.xlsx", f"{HERE}/responses/healthwatch.docx"
ACTIONS, RISKS = f"{HERE}/actions.csv", f"{HERE}/risks.csv"
FUNDING, INDICATORS = f"{HERE}/funding.csv", f"{HERE}/indicators.csv"
CHARTER = f"{HERE}/schemes/connectors.yaml"
SUMMARY, NEXT_STEPS = f"{HERE}/narrative/executive-summary.md", f"{HERE}/narrative/next-steps.md"
AR1 = f"{HERE}/narrative/annual-report-AR1.md"
REGISTER = "evidence/register.csv"

UNREADABLE = "exit 4"
"""Stands for a code where an input cannot be read at all."""
MILD = frozenset(
    [
        "IN105",
        "IN106",
        "IN108",
        "ST204",
        "ST205",
        "ST206",
        "ST207",
        "ST208",
        "ST209",
        "ST210",
        "ST211",
        "EV305",
        "EV306",
        "EV307",
        "EV308",
        "EV310",
        "EV311",
        "EV312",
        "EV313",
        "EV314",
        "CI404",
        "CI405",
        "CI407",
        "CI408",
        "CI409",
        "CI410",
        "AC502",
        "AC503",
        "AC504",
        "AC505",
        "AC506",
        "BA602",
        "BA603",
        "BA604",
        "BA605",
        "BA606",
        "PU703",
        "PU705",
        "PU706",
        "PU707",
        "FG903",
        "FG904",
        "FU901",
        "ND901",
        "ND902",
        "OV101",
    ]
)
"""Codes that never block."""


@dataclass(frozen=True)
class Named:
    """A finding by its code and place."""

    code: str
    file: str
    row: int | None = None


@dataclass(frozen=True)
class Damage:
    """One kind of damage: what is done, what must be named and where."""

    what: str
    do: Deed
    code: str
    file: str
    row: int | None = None
    also: tuple[Named, ...] = ()
    """What else is truly wrong then, and is named too."""
    mild: bool = False
    """Whether it blocks nothing, though its code can."""
    signed: bool = False
    """Whether the cycle was signed off before."""

    @property
    def named(self) -> tuple[Named, ...]:
        """All that must be named, the damage itself first."""
        return (Named(self.code, self.file, self.row), *self.also)

    @property
    def exit(self) -> ExitCode:
        """How `boardpack check` must leave."""
        if self.code == UNREADABLE:
            return ExitCode.INPUT_UNREADABLE
        mild = self.mild or all(n.code in MILD for n in self.named)
        return ExitCode.DONE if mild else ExitCode.FINDINGS_BLOCK
