"""Kinds of damage that an assessment can suffer, and what must be said of each."""

from __future__ import annotations

from tests.damages.answers import TO_ANSWERS
from tests.damages.documents import TO_DOCUMENTS
from tests.damages.kinds import Damage, Named
from tests.damages.papers import TO_PAPERS
from tests.damages.register import TO_REGISTER
from tests.damages.tables import TO_TABLES
from tests.damages.unseen import UNSEEN

__all__ = ["DAMAGES", "UNSEEN", "Damage", "Named"]

DAMAGES: tuple[Damage, ...] = (*TO_ANSWERS, *TO_DOCUMENTS, *TO_REGISTER, *TO_TABLES, *TO_PAPERS)
