"""Has anything moved? A cycle against its manifest, and each paper that lies there by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.inputs.scan import InputFile, digest_of, inputs_digest, scan
from pipeline.office import integrity
from pipeline.publish.manifest import NAME, Manifest, own_words, papers_in, read_manifest
from pipeline.publish.standing import faulty_papers
from pipeline.text import counted
from pipeline.workspace import Workspace

SAME_INPUTS = "The inputs here are the ones that it was made from."
AS_MADE = "Nothing in it was edited since it was made. It is, byte for byte, a file that the manifest here lists."
UNLISTED = (
    "Its parts agree with the digest in it, but no manifest here lists this file: it was made elsewhere or at another "
    "time, or was sealed again after an edit."
)
NOT_WHO = "This shows what the file holds, not who made it."


@dataclass(frozen=True)
class Difference:
    """One file that is not as the manifest says."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


@dataclass(frozen=True)
class Verification:
    """What was compared, and every difference."""

    cycle: str
    inputs: int
    papers: int
    differences: tuple[Difference, ...]

    @property
    def differs(self) -> bool:
        """True where anything is not as the manifest says."""
        return bool(self.differences)

    @property
    def lines(self) -> tuple[str, ...]:
        """What to tell a person."""
        compared = f"{counted(self.inputs, 'input')} and {counted(self.papers, 'paper')} of {self.cycle}"
        if not self.differences:
            return (f"Compared {compared} with the manifest: these checks found no difference.",)
        found = f"Compared {compared} with the manifest: {counted(len(self.differences), 'difference')}."
        return (found, *(f"  {difference}" for difference in self.differences))


@dataclass(frozen=True)
class PaperReport:
    """What a paper says of itself, whether it was edited since, and whether it is the one that was made here."""

    name: str
    lines: tuple[str, ...]
    differs: bool


def verify_cycle(ws: Workspace, cycle: str) -> Verification:
    """Hash every input and paper of a cycle again and compare with its manifest."""
    folder = ws.build(cycle)
    if not (folder / NAME).is_file():
        raise UsageError(
            f"There is no {NAME} in {ws.relative(folder)}/ to compare with.",
            f"It is written with each paper: run `boardpack build board-paper {cycle}` first.",
        )
    manifest = read_manifest(folder / NAME)
    now = _inputs_now(ws, cycle, manifest)
    build = ws.relative(folder)
    faulty = faulty_papers(folder, inputs_digest(now))
    papers = {path.name for path in papers_in(folder)}
    differences = [
        *_manifest_itself(manifest, f"{build}/{NAME}"),
        *_compare(manifest.inputs, {entry.path: entry.digest for entry in now}),
        *(Difference(f"{build}/{name}", "is gone") for name in sorted(manifest.papers.keys() - papers)),
        *(Difference(f"{build}/{path.name}", why) for path, why in faulty.items()),
    ]
    return Verification(cycle, len(manifest.inputs), len(papers), tuple(differences))


def _inputs_now(ws: Workspace, cycle: str, manifest: Manifest) -> tuple[InputFile, ...]:
    found = scan(ws, cycle, manifest.previous or None, rehash=True)
    paths = {entry.path for entry in found}
    beside = [ws.root / path for path in manifest.inputs if path not in paths and (ws.root / path).is_file()]
    return found if not beside else scan(ws, cycle, manifest.previous or None, found, also=beside)


def _manifest_itself(manifest: Manifest, path: str) -> list[Difference]:
    listed = inputs_digest(InputFile(name, 0, 0, digest) for name, digest in manifest.inputs.items())
    if listed == manifest.inputs_digest:
        return []
    return [Difference(path, "the list of inputs in it was changed after it was written")]


def _compare(then: Mapping[str, str], now: Mapping[str, str]) -> list[Difference]:
    """Each input that differs, and how."""
    differences = []
    for path in sorted(then.keys() | now.keys()):
        if path not in now:
            differences.append(Difference(path, "is gone"))
        elif path not in then:
            differences.append(Difference(path, "was not there when the papers were made"))
        elif then[path] != now[path]:
            differences.append(Difference(path, "was changed" if now[path] else "cannot be read"))
    return differences


def verify_paper(ws: Workspace, paper: Path) -> PaperReport:
    """What a paper that came back (by e-mail, from a shared folder) was made from, and whether it was edited since."""
    if not paper.is_file():
        raise UsageError(f"There is no file {paper.name} here.", "Give the path of the paper to look at.")
    digest = digest_of(paper)
    made = [m for m in _manifests(ws) if any(listed.digest == digest for listed in m.papers.values())]
    if paper.suffix.lower() != ".docx":
        return _other_file(paper, made)
    said = own_words(integrity.read_properties(paper))
    if not said.get("inputs"):
        nothing = f"{paper.name} does not say what it was made from: it was not made here, or that was removed."
        return PaperReport(paper.name, (nothing,), differs=True)
    kind = ", ".join(said[name] for name in ("state", "audience") if said.get(name))
    edited, inputs = _edited(integrity.is_untouched(paper), bool(made)), _inputs(ws, said)
    taken_for = _under_a_name_of_another(paper.name, digest, made)
    lines = (
        f"{paper.name} says that it was made for {said.get('cycle', 'a cycle that it does not name')}"
        f"{f' ({kind})' if kind else ''}, from inputs {short(said['inputs'])}.",
        edited,
        *([taken_for] if taken_for else []),
        inputs,
        NOT_WHO,
    )
    return PaperReport(paper.name, lines, differs=edited != AS_MADE or inputs != SAME_INPUTS or bool(taken_for))


def _under_a_name_of_another(name: str, digest: str, made: Sequence[Manifest]) -> str:
    """That a file bears the name of another paper of its cycle; empty where not. A copy may be called anything."""
    for manifest in made:
        own = [listed for listed, paper in manifest.papers.items() if paper.digest == digest]
        final = name.replace("-draft.docx", ".docx")
        if name not in own and (name in manifest.papers or f"{final.removesuffix('.docx')}-draft.docx" in own):
            return f"The manifest lists it as {own[0]}: it is not the paper that its name says."
    return ""


def _other_file(paper: Path, made: Sequence[Manifest]) -> PaperReport:
    """A PDF or web page says nothing of itself; the manifests may know it."""
    if made:
        said = f"{paper.name} is, byte for byte, the file that the manifest of {made[0].cycle} lists."
        return PaperReport(paper.name, (said,), differs=False)
    said = f"{paper.name} is not among the papers that a manifest here lists: it was changed, or made elsewhere."
    return PaperReport(paper.name, (said,), differs=True)


def _edited(untouched: bool, listed: bool) -> str:
    if not untouched:
        return "It was edited after it was made, or is damaged."
    return AS_MADE if listed else UNLISTED


def _inputs(ws: Workspace, said: Mapping[str, str]) -> str:
    """Whether the inputs here are those that the paper was made from."""
    cycle = said.get("cycle", "")
    if cycle not in ws.cycles():
        return f"The inputs cannot be compared: this workspace has no cycle {cycle or 'of that name'}."
    manifest = next((m for m in _manifests(ws) if m.cycle == cycle), None)
    if manifest and manifest.inputs_digest == said["inputs"]:
        if inputs_digest(_inputs_now(ws, cycle, manifest)) == said["inputs"]:
            return SAME_INPUTS
        return f"The inputs here have changed since: run `boardpack verify {cycle}` to see which."
    if manifest:
        return f"The inputs in the manifest of {cycle} are others than those that it was made from."
    return "The inputs cannot be compared: there is no manifest of that cycle here."


def _manifests(ws: Workspace) -> list[Manifest]:
    return [read_manifest(path) for c in ws.cycles() if (path := ws.build(c) / NAME).is_file()]


def short(digest: str) -> str:
    """The first twelve letters of a digest: enough to compare by eye."""
    return digest[:12]
