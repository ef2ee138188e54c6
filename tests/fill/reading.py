"""How tests read a paper: its words as a reader sees them, its notes, its parts."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.dossier.views import Dossier
from pipeline.papers import filled
from pipeline.workspace import SHIPPED_TEMPLATES
from tools.make_templates.package import template
from tools.make_templates.parts import p

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOARD_PAPER = SHIPPED_TEMPLATES / "board-paper.docx"
EVIDENCE_ANNEX = SHIPPED_TEMPLATES / "evidence-annex.docx"


def own_template(folder: Path, *body: str, name: str = "committee-paper") -> Path:
    """A team's own template with these paragraphs; plain words become a paragraph."""
    path = folder / "templates" / f"{name}.docx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(template(*(b if b.startswith("<w:") else p(b) for b in body)))
    return path


def paper(dossier: Dossier, path: Path = BOARD_PAPER, name: str = "", **options: Any) -> Paper:
    """A filled paper."""
    return Paper(filled(name or path.stem, dossier, path, **options))


class Paper:
    """A paper as its reader sees it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        with zipfile.ZipFile(BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"], etree.XMLParser(huge_tree=True))
        self.body = self.root.find(f"{W}body")

    @property
    def paragraphs(self) -> list[str]:
        """The words of each paragraph, tables too; numbers of notes are left out."""
        return [words_of(p) for p in self.body.iter(f"{W}p")]

    @property
    def text(self) -> str:
        """All words of the body."""
        return "\n".join(self.paragraphs)

    @property
    def everything(self) -> str:
        """All words of all parts, the notes and headers too."""
        roots = [
            etree.fromstring(b) for n, b in sorted(self.parts.items()) if n.startswith("word/") and n.endswith("xml")
        ]
        return "\n".join(words_of(p) for root in roots for p in root.iter(f"{W}p"))

    def styled(self, name: str) -> list[str]:
        """The words of each paragraph in a style, by the name that Word shows."""
        styles = etree.fromstring(self.parts["word/styles.xml"])
        ident = next(
            s.get(f"{W}styleId") for s in styles.iter(f"{W}style") if s.find(f"{W}name").get(f"{W}val") == name
        )
        found = (p for p in self.body.iter(f"{W}p") if style_of(p) == ident)
        return [words_of(p) for p in found]

    @property
    def notes(self) -> list[str]:
        """The footnotes in the order in which the body refers to them."""
        root = etree.fromstring(self.parts["word/footnotes.xml"])
        words = {n.get(f"{W}id"): words_of(n).strip() for n in root.iter(f"{W}footnote")}
        return [words[r.get(f"{W}id")] for r in self.body.iter(f"{W}footnoteReference")]

    def tables(self) -> list[list[list[str]]]:
        """Tables as rows of cells."""
        rows = ([[words_of(c) for c in r.iter(f"{W}tc")] for r in t.iter(f"{W}tr")] for t in self.body.iter(f"{W}tbl"))
        return list(rows)

    def section(self, heading: str) -> list[str]:
        """The paragraphs between a heading 1 and the next."""
        found, inside = [], False
        for paragraph in self.body.iter(f"{W}p"):
            if style_of(paragraph) == "Heading1":
                inside = words_of(paragraph) == heading
            elif inside:
                found.append(words_of(paragraph))
        return found

    def shown_marks(self, paragraph: Any) -> str:
        """A paragraph's words with the numbers of its notes in brackets, as a reader sees them."""
        order = [r.get(f"{W}id") for r in self.body.iter(f"{W}footnoteReference")]
        out, answers = [], 0
        for element in paragraph.iter(f"{W}t", f"{W}footnoteReference", f"{W}fldChar"):
            if element.tag == f"{W}footnoteReference":
                out.append(f"[{order.index(element.get(f'{W}id')) + 1}]")
            elif element.tag == f"{W}fldChar":
                answers += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType"), 0)
            elif answers and (element.text or "").isdigit():
                out.append(f"[{element.text}]")
            else:
                out.append(element.text or "")
        return "".join(out)


def style_of(paragraph: Any) -> str:
    """The style id of a paragraph."""
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return named.get(f"{W}val") if named is not None else ""


def words_of(element: Any) -> str:
    """Words with their line breaks and tabs; paragraphs inside are parted by line breaks."""
    out = []
    for part in element.iter(f"{W}t", f"{W}br", f"{W}tab", f"{W}p"):
        if part.tag == f"{W}t":
            out.append(part.text or "")
        elif part.tag == f"{W}p":
            out.append("\n" if out and part is not element else "")
        elif part.getparent().tag == f"{W}r":
            out.append("\t" if part.tag == f"{W}tab" else "\n")
    return "".join(out)
