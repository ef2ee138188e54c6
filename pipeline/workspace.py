"""Where things are: the folders of one --root. Nothing here makes a folder or a file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
SHIPPED = _PACKAGE.parent
# In the repository the templates lie at the top, where people look for them; installed, they lie inside the package.
SHIPPED_TEMPLATES = _PACKAGE / "templates" if (_PACKAGE / "templates").is_dir() else SHIPPED / "templates"
SHIPPED_FRAMEWORKS = _PACKAGE / "frameworks"
IGNORED_NAMES = frozenset({".DS_Store", "Thumbs.db"})


def is_ignored(name: str) -> bool:
    """Files that Word, Windows and macOS leave behind are nobody's answer and nobody's evidence."""
    return name in IGNORED_NAMES or name.startswith("~$")


@dataclass(frozen=True)
class Workspace:
    """The folders of one --root."""

    root: Path

    @property
    def assessments(self) -> Path:
        """One folder a cycle."""
        return self.root / "assessments"

    @property
    def evidence(self) -> Path:
        """The register and the documents themselves."""
        return self.root / "evidence"

    def cycle_folder(self, cycle: str) -> Path:
        """Where one cycle's answers are."""
        return self.assessments / cycle

    def build(self, cycle: str) -> Path:
        """Where everything made for one cycle goes."""
        return self.root / "build" / cycle

    def lock(self, cycle: str) -> Path:
        """Held while what is made for a cycle is written, so that two runs do not mix."""
        return self.root / "build" / f".{cycle}.lock"

    @property
    def library(self) -> Path:
        """Page texts kept by digest; safe to delete at any time."""
        return self.root / "build" / ".library"

    def cycles(self) -> list[str]:
        """The cycles in this workspace, oldest first."""
        if not self.assessments.is_dir():
            return []
        return sorted(p.name for p in self.assessments.iterdir() if p.is_dir() and not p.name.startswith("."))

    def newest_cycle(self) -> str:
        """The cycle meant when none is named."""
        cycles = self.cycles()
        if not cycles:
            raise UsageError(
                f"There is no cycle in {self.relative(self.assessments)}/.",
                "Make a folder such as assessments/2025-26 with an assessment.yaml in it, or run `boardpack init`.",
            )
        return cycles[-1]

    def template(self, paper: str) -> Path:
        """The Word template of a paper: the workspace's own, else the shipped one."""
        own = self.root / "templates" / f"{paper}.docx"
        return own if own.is_file() else SHIPPED_TEMPLATES / f"{paper}.docx"

    def logo(self) -> Path | None:
        """The organisation's logo, where it has put one beside its templates."""
        logo = self.root / "templates" / "logo.png"
        return logo if logo.is_file() else None

    def papers(self) -> list[str]:
        """The papers that can be made: one for each template, the workspace's own and the shipped ones."""
        folders = (self.root / "templates", SHIPPED_TEMPLATES)
        return sorted({p.stem for f in folders if f.is_dir() for p in f.glob("*.docx") if not is_ignored(p.name)})

    def relative(self, path: Path) -> str:
        """A path as findings and messages name it: relative to the workspace, with `/`, in letters."""
        name = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()
        return os.fsencode(name).decode("utf-8", "backslashreplace")
