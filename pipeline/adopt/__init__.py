"""Edits that a person made in a Word paper, taken back to where the words come from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.adopt.markdown import Passage
from pipeline.adopt.merge import merge
from pipeline.adopt.paper import FOOTNOTE, Line, Paper, Region, read_paper
from pipeline.adopt.words import Cited, Notes, squeezed
from pipeline.files import write_whole
from pipeline.score.live import Figures
from pipeline.text import counted

__all__ = ["Adoption", "Change", "Cited", "Edit", "NarrativeFile", "Origin", "Source", "adopt", "write_changes"]

SHORTEST = 4
"""A text of fewer letters is found everywhere."""


@dataclass(frozen=True)
class Source:
    """A piece of text that a person wrote, and where: a file of the workspace, its row and field."""

    text: str
    place: str
    about: tuple[str, ...] = ()
    """Ids of the statement, action or risk that it is about."""


@dataclass(frozen=True)
class Edit:
    """A change in the paper that its source does not know of."""

    before: str
    after: str
    near: str
    """The heading under which it stands."""
    place: str
    """Where to make it."""


def edits_elsewhere(
    made: Sequence[Line], edited: Sequence[Line], sources: Iterable[Source], otherwise: str
) -> list[Edit]:
    """Every line that differs. `otherwise` says where words come from that nobody wrote in a table."""
    known = [Source(squeezed(s.text), s.place, s.about) for s in sources]
    known = [s for s in known if len(s.text) >= SHORTEST]
    matcher = difflib.SequenceMatcher(None, [x.text for x in made], [x.text for x in edited], autojunk=False)
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            found += [_edit(*pair, known, otherwise) for pair in _pairs(made[i1:i2], edited[j1:j2])]
    return found


def _pairs(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    both = min(len(old), len(new))
    pairs: list[tuple[Line | None, Line | None]] = list(zip(old[:both], new[:both], strict=True))
    return [*pairs, *((line, None) for line in old[both:]), *((None, line) for line in new[both:])]


def _edit(old: Line | None, new: Line | None, known: Sequence[Source], otherwise: str) -> Edit:
    stood = old or new or Line("")
    source = _source_of(old, known) if old else None
    place = source.place if source else otherwise
    return Edit(old.text if old else "", new.text if new else "", stood.heading, place)


def _source_of(line: Line, known: Sequence[Source]) -> Source | None:
    """The text that the line prints, best one that is about what the row or heading names; longest first."""
    text = squeezed(line.text)
    named = set(f"{line.row} {line.heading}".replace(":", " ").replace(",", " ").split())
    whole = [s for s in known if s.text == text]
    printed = whole or [s for s in known if s.text in text or (len(text) >= SHORTEST * 3 and text in s.text)]
    # What is about nothing that is named here must be nearly the whole line, or the line nearly the whole of it.
    fitting = [s for s in printed if named & set(s.about)] or [s for s in printed if _nearly_all(s.text, text)]
    return max(fitting, key=lambda s: len(s.text), default=None)


def _nearly_all(one: str, other: str) -> bool:
    return min(len(one), len(other)) * 2 > max(len(one), len(other))


MOST_MOVED_IN = 2
"""So many paragraphs of the paper a person may have moved into a passage."""
BOM = "\ufeff"


@dataclass(frozen=True)
class NarrativeFile:
    """A narrative that the paper may hold: its file, and the bookmark round its passage."""

    name: str
    path: Path
    shown: str
    """Its path as messages name it."""
    bookmark: str
    withheld: bool = False
    """True where the paper printed a sentence in its place."""


@dataclass(frozen=True)
class Origin:
    """What a paper was made from, as far as it is needed to tell an edit from what was there."""

    narratives: Sequence[NarrativeFile]
    figures: Figures
    cited: Iterable[Cited]
    evidence_ids: Iterable[str]
    sources: Iterable[Source]
    otherwise: str
    same_inputs: bool


@dataclass(frozen=True)
class Change:
    """A narrative before and after."""

    file: NarrativeFile
    before: str
    after: str

    @property
    def diff(self) -> tuple[str, ...]:
        """What changes, line by line."""
        before, after = self.before.splitlines(), self.after.splitlines()
        names = (self.file.shown, f"{self.file.shown} (edited)")
        return tuple(difflib.unified_diff(before, after, *names, lineterm="", n=2))

    def content(self, old: bytes) -> bytes:
        """The file's content after it, with the line ends and the mark that the file had."""
        text = self.after.replace("\n", "\r\n") if b"\r\n" in old else self.after
        return f"{BOM if old.startswith(BOM.encode()) else ''}{text}".encode()


@dataclass(frozen=True)
class Adoption:
    """What was edited in a paper: what can be taken back, what must be done by hand, and what to know of it."""

    changes: tuple[Change, ...]
    elsewhere: tuple[Edit, ...]
    remarks: tuple[str, ...]


def adopt(name: str, edited: Mapping[str, bytes], made: Mapping[str, bytes], origin: Origin) -> Adoption:
    """Compare the parts of an edited paper with those of the paper as it was made. Nothing is written."""
    notes = Notes.of(origin.cited, origin.evidence_ids)
    bookmarks = {n.bookmark: n.name for n in origin.narratives}
    before = read_paper(name, made, bookmarks, notes)
    notes.new.clear()
    notes.edited.clear()
    notes.marks = before.marks
    after = read_paper(name, edited, bookmarks, notes)
    changes, remarks = [], _remarks(after, notes)
    for narrative in origin.narratives:
        change, said = _change(narrative, before, after, notes, origin)
        changes += [change] if change else []
        remarks += said
    taken = before.taken | after.taken  # footnotes that the passages bring along are not still to be done
    lines = [[x for x in p.lines if x.heading != FOOTNOTE or x.text not in taken] for p in (before, after)]
    elsewhere = edits_elsewhere(lines[0], lines[1], origin.sources, origin.otherwise)
    return Adoption(tuple(changes), tuple(elsewhere), tuple(remarks))


def _remarks(paper: Paper, notes: Notes) -> list[str]:
    remarks = []
    if paper.tracked:
        remarks.append("The paper has tracked changes: they are taken as accepted.")
    remarks += [f"A comment in the margin is not taken over: “{text}”" for text in paper.comments if text]
    for words in dict.fromkeys(notes.new):
        remarks.append(
            f"A footnote is no citation that was there, so its words stand in brackets: “{words}”. To cite a document, "
            "write it in the narrative as `[@ID, p.4]`."
        )
    for words, was in notes.edited.items():
        remarks.append(
            f"The words of a footnote were changed, and it stays the citation that it was: “{was}” was made “{words}”. "
            "Change the citation in the narrative, or the document's row in the register."
        )
    if paper.struck:
        remarks.append(f"Words that are struck out or hidden are taken as deleted: “{' … '.join(paper.struck)}”")
    return remarks


def _change(
    narrative: NarrativeFile, before: Paper, after: Paper, notes: Notes, origin: Origin
) -> tuple[Change | None, list[str]]:
    made = before.regions.get(narrative.bookmark)
    if made is None or narrative.withheld:
        return None, []
    region = after.regions.get(narrative.bookmark)
    if region is None or _strayed(region, before):
        said = f"The marks round the passage {narrative.name} are gone or were moved in the paper"
        return None, [f"{said}: look at it there, and make its edits in {narrative.shown}."]
    text = _read(narrative.path)
    passage = Passage(text, origin.figures, notes, heading=made.above)
    merged = merge(passage, region.blocks, made=made.blocks, same_inputs=origin.same_inputs)
    remarks = [
        f"In {narrative.shown} `{written}` says “{value}”, and “{put}” was written over it. It follows the answers, "
        "so it stays: change the answers, or the sentence."
        for written, value, put in merged.overwritten
    ]
    remarks += [
        f"In {narrative.shown} look at the citation {cited}: a public paper shows several documents alike."
        for cited in merged.guessed
    ]
    if not merged.exact:
        remarks.append(f"In {narrative.shown} not all could be written as it looks in the paper: read it through.")
    if region.pictures > made.pictures:
        remarks.append(f"{counted(region.pictures, 'picture')} in the passage {narrative.name} cannot be taken over.")
    return (Change(narrative, text, merged.text) if merged.text != text else None), remarks


def _strayed(region: Region, made: Paper) -> bool:
    """True where the passage now holds what stood outside of it: then its marks say nothing."""
    outside = {line.text for line in made.lines}
    return sum(block.plain in outside for block in region.blocks) > MOST_MOVED_IN


def _read(path: Path) -> str:
    """The text of a narrative, with line ends as Markdown counts them."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def write_changes(changes: Iterable[Change]) -> list[Path]:
    """Write each changed narrative whole, with the line ends that it had."""
    written = []
    for change in changes:
        write_whole(change.file.path, change.content(change.file.path.read_bytes()))
        written.append(change.file.path)
    return written
