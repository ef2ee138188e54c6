"""The waist of the house: one checked and scored case, and what each audience may see of it."""

from pipeline.dossier.audience import INTERNAL, PRIVATE, PUBLIC, for_audience
from pipeline.dossier.build import build
from pipeline.dossier.store import dump, load

__all__ = ["INTERNAL", "PRIVATE", "PUBLIC", "build", "dump", "for_audience", "load"]
