"""What the evidence says: each cited document opened with care, each citation followed to its page and words."""

from pipeline.evidence.following import Progress, follow
from pipeline.evidence.limits import Limits
from pipeline.evidence.register import read_register

__all__ = ["Limits", "Progress", "follow", "read_register"]
