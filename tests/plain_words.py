"""What messages and papers must not say."""

from __future__ import annotations

import re

from pipeline.model import Finding

CODE = re.compile(r"\b[A-Z]{2}\d{3}\b(?<!E\d{3})")
AVOIDED = re.compile(
    r"\b(?:verified|average|rating|improved|deteriorated|assured|robust|on track|compliant|proves|confirms|"
    r"demonstrates|failed|worst|best|no issues|override|blockers?|due to|led to|hard to reach|vulnerable|BAME)\b",
    re.IGNORECASE,
)


def assert_plain(found: Finding) -> None:
    """The finding's words are whole sentences, without codes and without words that papers avoid."""
    for said in (found.message, found.remedy):
        assert not AVOIDED.search(said), said
        assert not CODE.search(said), said
        assert said.endswith((".", "?")), said
        assert not re.search(r" \.(?:\s|$)|(?<!\.)\.\.(?!\.)", re.sub(r"`[^`]*`", "it", said)), said
