"""What the documents say is so: links lead somewhere, and what is made from the program is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.workspace import SHIPPED
from tools.reference import made

DOCUMENTS = sorted(
    [*SHIPPED.glob("*.md"), *(SHIPPED / "docs").glob("*.md"), *(SHIPPED / "assessments").glob("*.md")],
    key=lambda path: path.relative_to(SHIPPED),
)
names = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(SHIPPED)))
FENCED = re.compile(r"^```(\w*).*?\n(.*?)^```", re.MULTILINE | re.DOTALL)


# --- what is made from the program ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", made(), ids=lambda p: p.name)
def test_what_is_made_from_the_program_is_current(path: Path) -> None:
    assert path.read_bytes() == made()[path], "run `make reference`"


# --- links ------------------------------------------------------------------------------------------------------------


def anchors(document: Path) -> set[str]:
    """The names by which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", document.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@names
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", FENCED.sub("", document.read_text("utf-8"))):
        if not link.startswith(("https://", "mailto:")):
            path, _, anchor = link.partition("#")
            there = (document.parent / path).resolve() if path else document
            assert there.exists() and there.is_relative_to(SHIPPED), link
            assert not anchor or anchor in anchors(there), link


def test_every_document_is_reached_from_the_readme() -> None:
    reached, ahead = set(), [SHIPPED / "README.md"]
    while ahead:
        here = ahead.pop()
        reached.add(here)
        links = re.findall(r"\]\(([^)#\s]+\.md)", here.read_text("utf-8"))
        ahead += {(here.parent / link).resolve() for link in links if "://" not in link} - reached
    assert {*DOCUMENTS} == reached
