"""What a paper's content may use of the document that it is written into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.dossier.views import CitationView, FigureView
from pipeline.errors import TemplateError
from pipeline.word.footnotes import Footnotes, Links
from pipeline.word.numbering import Numbering
from pipeline.word.package import settle
from pipeline.word.styles import Styles
from pipeline.word.text import NotPrintableError, Sentence, attribute, field, paragraph, run

TALLEST_MM = 225
"""A picture and its caption stand on one A4 page."""


class RenderContext:
    """Styles, lists, links, notes and pictures of one document."""

    def __init__(self, template: Any) -> None:
        self.docx = docx = template.docx
        self._template = template
        self.styles = Styles(docx.styles.element, Numbering(docx))
        self.links = Links(docx, self.styles)
        self.notes = Footnotes(docx, self.styles, self.links)

    def note(self, citations: Iterable[CitationView]) -> str:
        """Reference marks as runs."""
        return self.notes.refer(citations)

    def refer(self, bookmark: str, words: str) -> str:
        """A live cross-reference as runs."""
        return self.links.refer(bookmark, words)

    def sentence(self, words: str = "", *, bold: bool = False) -> Sentence:
        """A sentence that may be added to."""
        begun = Sentence(self)
        return begun.say(words, bold=bold) if words else begun

    def cite(self, citations: CitationView | Iterable[CitationView]) -> Sentence:
        """The filter `{{r a.citations|cite }}`."""
        given = (citations,) if isinstance(citations, CitationView) else citations
        if not isinstance(given, (tuple, list)) or not all(isinstance(c, CitationView) for c in given):
            raise NotPrintableError("citations")
        return self.sentence().cite(given)

    def picture(self, file: Path, alt: str, *, width_mm: float = 0, height_mm: float = 0) -> Picture:
        """A picture with its alt text. Used as `{{r name }}`."""
        return Picture(self._template, file, alt, width_mm, height_mm)

    def figure(self, figures: Path | None, figure: FigureView | None, width_mm: float = 155) -> Picture | None:
        """A picture of the dossier, where it has been drawn."""
        if figures is None or figure is None:
            return None
        from docx.image.image import Image

        file = figures / f"{Path(figure.file).name}.png"
        if not file.is_file():
            return None
        size = Image.from_file(str(file))
        width_mm = min(width_mm, TALLEST_MM * size.px_width / size.px_height)
        return self.picture(file, figure.alt, width_mm=width_mm)

    def finish(self) -> None:
        """After rendering: write the notes, settle the numbers that fields show."""
        self.notes.finish(self.docx.element.body)
        settle(self.docx.element.body)


class Placed:
    """Pictures of the dossier, each above its numbered caption. Used as `{{p 'heatmap'|figure }}`."""

    tag = "p"

    def __init__(self, kit: RenderContext, figures: Path | None, views: Sequence[FigureView]) -> None:
        self._kit, self._figures, self._views = kit, figures, views

    def __html__(self) -> Markup:
        body, caption = self._kit.styles.id("Body Text"), self._kit.styles.id("Caption")
        number = run("Figure ") + field("SEQ Figure \\* ARABIC", run("1"))
        out = []
        for view in self._views:
            if picture := self._kit.figure(self._figures, view):
                out.append(paragraph(picture.__html__(), body, "<w:keepNext/>"))
                out.append(paragraph(number + run(f": {view.caption}"), caption, '<w:keepNext w:val="0"/>'))
        return Markup("".join(out))


class Picture:
    """A picture in the text or a header, read aloud by its alt text."""

    tag = "r"

    def __init__(self, template: Any, file: Path, alt: str, width_mm: float, height_mm: float) -> None:
        self._template, self._file, self._alt = template, file, alt
        self._width, self._height = width_mm, height_mm

    def __html__(self) -> Markup:
        from docx.image.exceptions import UnrecognizedImageError
        from docx.shared import Mm

        width, height = (Mm(side) if side else None for side in (self._width, self._height))
        try:
            inline = self._template.current_rendering_part.new_pic_inline(str(self._file), width, height).xml
        except (OSError, UnrecognizedImageError, ValueError) as fault:
            raise TemplateError(
                f"{self._file.parent.name}/{self._file.name} is not a picture that Word can show.",
                "Save it as PNG or JPEG, or take it away.",
            ) from fault
        named = f'<wp:docPr descr="{attribute(self._alt)}" '
        # Without these LibreOffice moves the picture an eighth of an inch to the right.
        beside = '<wp:inline distT="0" distB="0" distL="0" distR="0" '
        inline = inline.replace("<wp:inline ", beside, 1).replace("<wp:docPr ", named, 1)
        return Markup(f"<w:r><w:drawing>{inline}</w:drawing></w:r>")
