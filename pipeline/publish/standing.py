"""Each paper that lies in build/, judged by itself: is it as it was made, and from the inputs that are here now?"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import InputError
from pipeline.inputs.scan import digest_of
from pipeline.office import integrity
from pipeline.publish.manifest import NAME, Made, own_words, papers_in, read_manifest

EDITED = "was edited after it was made, or is damaged"
OLDER = "was made from other inputs than those here now"
OTHER = f"is not the file that {NAME} lists"
UNLISTED = f"is not among the papers that {NAME} lists"


def faulty_papers(folder: Path, inputs: str) -> dict[Path, str]:
    """The papers in build/<cycle> that nobody should rely on, each with the reason; `inputs` is the digest of now."""
    try:
        listed = read_manifest(folder / NAME).papers
    except InputError:
        listed = {}
    judged = ((paper, fault_of(paper, listed.get(paper.name), inputs)) for paper in papers_in(folder))
    return {paper: fault for paper, fault in judged if fault}


def fault_of(paper: Path, listed: Made | None, inputs: str) -> str:
    """Why a paper is not the one that is made from these inputs; empty where it is. What a paper says comes first."""
    word = paper.suffix == ".docx"
    if word and not integrity.is_untouched(paper):
        return EDITED
    if word and made_from(paper) != inputs:
        return OLDER
    if listed is None:
        return UNLISTED
    if listed.digest != digest_of(paper):
        return OTHER if word else EDITED
    return OLDER if listed.inputs != inputs else ""


def made_from(paper: Path) -> str:
    """The digest of the inputs that a Word paper says it was made from; empty where it says none."""
    return own_words(integrity.read_properties(paper)).get("inputs", "")
