"""The shape of an explanation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Explanation:
    """What a finding's code stands for, in a governance manager's words."""

    code: str
    title: str
    """What was found, in a few words, without the code."""
    severity: str
    means: str
    why: str
    """Why a board would care."""
    remedy: str
