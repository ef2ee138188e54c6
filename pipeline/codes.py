"""Every finding code: what it is, how grave, why a board would care, what to do. It all stands in data/codes.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipeline.model import Severity

FILE = Path(__file__).parent / "data" / "codes.yaml"


@dataclass(frozen=True)
class Explanation:
    """What a finding's code stands for, in a governance manager's words."""

    code: str
    title: str
    """What was found, in a few words, without the code."""
    least: Severity
    """The mildest severity that it has by default."""
    severity: str
    """How grave it is, and when, in words."""
    means: str
    why: str
    """Why a board would care."""
    remedy: str


@cache
def codes() -> Mapping[str, Explanation]:
    """Code -> what it stands for, in the order of the contract."""
    # The C loader of PyYAML reads this in a fiftieth of the time.
    found = yaml.load(FILE.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {code: Explanation(code, **(about | {"least": Severity(about["least"])})) for code, about in found.items()}


def explain(code: str) -> Explanation:
    """The explanation of a code that there is."""
    return codes()[code]
