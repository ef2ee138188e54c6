"""The looks of Office files, under the name by which the readers of forms know them."""

from __future__ import annotations

from pipeline.looks.word import *  # noqa: F403
