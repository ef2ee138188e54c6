"""The looks of Office files, under the name by which the readers of forms know them."""

from __future__ import annotations

from pipeline.looks.cells import *  # noqa: F403
