"""What docs/ holds that is made from the program itself: finding codes and JSON Schemas (`make reference`)."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from pipeline.codes import Explanation, codes
from pipeline.dossier.views import SCHEMA, Dossier
from pipeline.files import as_json
from pipeline.flow.judging import KEYS
from pipeline.model import Finding

DOCS = Path(__file__).parent.parent / "docs"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
FAMILIES = {
    "IN": "What people wrote",
    "OV": "Agreed exceptions",
    "ST": "Levels and statements",
    "EV": "Documents and the register",
    "CI": "Citations",
    "NA": "Narrative",
    "AC": "Actions",
    "BA": "Risks and assurance",
    "PU": "What a paper may say",
    "FU": "Money",
    "ND": "Indicators",
}
BEGINNING = """\
# Finding codes

Each finding of `boardpack check` has a code. `boardpack explain CI403` says the same as this page. What *must be put
right* stands in the way of a final paper; a draft can always be made. A team may make a check stricter (`severities` in
`assessment.yaml`), never milder.

This page is made from `pipeline/data/codes.yaml` by `make reference`.
"""


def finding_codes() -> str:
    """A table of all codes, then each with its meaning, its reason and its remedy."""
    told = codes().values()
    table = ["| code | what was found | how grave |", "|---|---|---|"]
    table += [f"| [{e.code}](#{e.code.lower()}) | {e.title} | {e.severity} |" for e in told]
    parts = [BEGINNING, "\n".join(table)]
    for family, members in groupby(told, key=lambda e: FAMILIES.get(e.code[:2], "Others")):
        parts += [f"\n## {family}", *map(_entry, members)]
    return "\n".join(parts) + "\n"


def _entry(told: Explanation) -> str:
    return (
        f"\n### {told.code}\n\n**{told.title}** ({told.severity}). {told.means}\n\n"
        f"Why it matters: {told.why}\n\nWhat to do: {told.remedy}"
    )


def dossier_schema() -> dict[str, Any]:
    """What dossier.json looks like."""
    return {"$schema": DIALECT, "title": f"dossier.json ({SCHEMA})", **_schema_of(Dossier)}


def findings_schema() -> dict[str, Any]:
    """What findings.json looks like: the parts of a finding that are written, each of which is there."""
    made = _schema_of(list[Finding])
    finding = made["$defs"]["Finding"]
    finding["properties"] = {key: finding["properties"][key] for key in KEYS}
    finding["required"] = list(KEYS)
    return {"$schema": DIALECT, "title": "findings.json", **made}


def _schema_of(kind: Any) -> dict[str, Any]:
    """The schema of a type; all that is written is there, so nothing is optional."""
    made = msgspec.json.schema(kind)
    for part in made["$defs"].values():
        if "properties" in part:
            part["required"] = list(part["properties"])
    return made


def made() -> dict[Path, bytes]:
    """Each file with what belongs into it."""
    return {
        DOCS / "finding-codes.md": finding_codes().encode(),
        DOCS / "schemas" / "dossier.schema.json": as_json(dossier_schema()),
        DOCS / "schemas" / "findings.schema.json": as_json(findings_schema()),
    }


if __name__ == "__main__":
    for path, content in made().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
