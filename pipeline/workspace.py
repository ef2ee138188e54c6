"""Where things are: the folders of one --root. Nothing here makes a folder or a file."""

from __future__ import annotations

import datetime
import fnmatch
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent
SHIPPED = _PACKAGE.parent
# In the repository the templates lie at the top, where people look for them; installed, they lie inside the package.
SHIPPED_TEMPLATES = _PACKAGE / "templates" if (_PACKAGE / "templates").is_dir() else SHIPPED / "templates"
SHIPPED_FRAMEWORKS = _PACKAGE / "data" / "frameworks"
LARGEST_ASSESSMENT = 4_000_000
LITTER = (
    # Word, Excel and LibreOffice, while a file is open or after a crash
    "~$*",
    "~wr[a-z]*.tmp",
    "~df*.tmp",
    ".~lock.*",
    # Windows
    "desktop.ini",
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "$recycle.bin",
    # macOS, also in what it zips
    ".ds_store",
    "._*",
    "icon\r",
    ".localized",
    "__macosx",
    ".spotlight-v100",
    ".trashes",
    ".fseventsd",
)
"""What programs leave behind in a folder, in small letters."""
_LITTER = re.compile("|".join(map(fnmatch.translate, LITTER)))


def is_ignored(name: str) -> bool:
    """Files that Word, Windows and macOS leave behind are nobody's answer and nobody's evidence."""
    return _LITTER.match(name.lower()) is not None


@dataclass(frozen=True)
class Said:
    """What an assessment.yaml says of itself, as far as it can be read."""

    cycle: str | None = None
    meeting: datetime.date | None = None
    plan: bool = False


def _assessment_in(folder: Path) -> Path | None:
    """Its assessment.yaml; else a file that was meant to be it (`assessment.yml`): its name can be put right."""
    exact = folder / "assessment.yaml"
    if exact.is_file():
        return exact
    meant = (p for p in sorted(folder.iterdir()) if p.name.lower().startswith("assessment.") and p.is_file())
    return next(meant, None)


@lru_cache(maxsize=256)
def _said(path: Path, _time: int, size: int) -> Said:
    """Only what tells cycles apart; what is wrong in the file is told when the cycle is read."""
    import yaml

    try:
        text = path.read_bytes().decode("utf-8-sig", "replace") if size < LARGEST_ASSESSMENT else ""
        content = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        paper = content["paper"]
        date = paper["date"] if isinstance(paper, dict) else None
        if isinstance(date, str):
            date = datetime.date.fromisoformat(date.strip())
        meeting = date if type(date) is datetime.date else None
        return Said(str(content.get("cycle")).strip(), meeting, content.get("kind") == "plan")
    except (OSError, yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Said()


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

    @property
    def desk(self) -> Path:
        """What the desk keeps for itself: that it runs, and how its last edits are undone."""
        return self.root / "build" / ".desk"

    def cycles(self) -> list[str]:
        """The cycles in this workspace, oldest meeting first; a folder without an assessment.yaml is none."""
        placed: list[tuple[datetime.date, bool, str]] = []
        latest = datetime.date.min
        for name, said in self._said().items():
            # A folder that does not say its date counts as later than those named before it: so a file that cannot be
            # read is told of, and never last year's taken in its place. A copied folder says another folder's name.
            latest = max(latest, said.meeting or latest)
            placed.append((said.meeting or latest, said.cycle in (None, name), name))
        return [name for _, _, name in sorted(placed)]

    def cycles_before(self, cycle: str) -> list[str]:
        """The cycles whose meetings came before this one's, newest first; an assessment of one plan is none."""
        said, names = self._said(), self.cycles()
        before = names[: names.index(cycle)] if cycle in names else []
        return [name for name in reversed(before) if not said[name].plan]

    def is_plan(self, cycle: str) -> bool:
        """Whether it is an assessment of one paper or plan: nobody's previous one, and never the newest."""
        return self._said().get(cycle, Said()).plan

    def newest_cycle(self) -> str:
        """The cycle meant when none is named: the one with the latest meeting; an assessment of one plan is not."""
        said = self._said()
        cycles = [name for name in self.cycles() if not said[name].plan]
        if cycles:
            return cycles[-1]
        if said:
            raise UsageError("Every assessment here is of one plan.", f"Name the one that is meant: {', '.join(said)}.")
        raise UsageError(
            f"There is no cycle in {self.relative(self.assessments)}/.",
            "Make a folder such as assessments/2025-26 with an assessment.yaml in it, or run `boardpack init`.",
        )

    def names_folder(self, name: str) -> bool:
        """True for the name of a folder in assessments/, whether or not it is a cycle."""
        return bool(name) and Path(name).name == name and not name.startswith(".") and self.cycle_folder(name).is_dir()

    def _said(self) -> dict[str, Said]:
        """What the assessment.yaml of each cycle says of itself, by folder name in order."""
        if not self.assessments.is_dir():
            return {}
        folders = sorted(p for p in self.assessments.iterdir() if not p.name.startswith(".") and p.is_dir())
        found = ((folder.name, _assessment_in(folder)) for folder in folders)
        return {name: _said(path, path.stat().st_mtime_ns, path.stat().st_size) for name, path in found if path}

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
