"""The one way in which a Word template is filled: strictly, in a sandbox, text letter for letter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import element_class_lookup
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.word.names import describe, line_of
from pipeline.word.package import neaten, square_tables
from pipeline.word.parts import STORIES, fill_beyond, kind_of, names_nothing, put_back, screen, tree_of
from pipeline.word.render import RenderContext
from pipeline.word.stories import W, acting, drop_hidden
from pipeline.word.text import NotPrintableError, UnknownNameError, environment, mark_direction

PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
WORD_PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
WORD_PARSER.set_element_class_lookup(element_class_lookup)
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# Pictures in headers keep the small numbers that they are given there.
FIRST_PICTURE = 1001
LIST_NAMES = "`boardpack templates` lists every name that a template may use."
PARTS = {"header": "the header", "footer": "the footer", "footnotes": "a footnote", "endnotes": "an endnote"}
OUR_OWN = Path(__file__).resolve().parent.parent


class StrictTemplate(DocxTemplate):  # type: ignore[misc]
    """A template for one filling: a new one each time, since docxtpl keeps what it rendered."""

    docx: Any

    def __init__(self, path: Path) -> None:
        super().__init__(BytesIO(_read(path)))
        self.name = f"{path.parent.name}/{path.name}"
        try:
            self.init_docx()
        except Exception as fault:
            raise _not_word(self.name) from fault
        try:
            screened = screen(self.docx, self.name)
        except etree.XMLSyntaxError as fault:
            raise _not_word(self.name) from fault
        self.left_out = tuple(screened.left_out)
        """What of the template goes into no paper, in words."""
        self.refused = [*screened.refused, *self._without_names()]
        """Why it cannot be used as it is."""
        self.kit = RenderContext(self)

    def _without_names(self) -> list[TemplateError]:
        if not names_nothing(self.docx):
            return []
        told = f"{self.name} has not a single name in it, so the paper would say the same of every assessment."
        return [TemplateError(told, LIST_NAMES)]

    def patch_xml(self, src_xml: str) -> str:
        """What docxtpl makes ready for Jinja, in an order that Word accepts."""
        return neaten(super().patch_xml(src_xml))

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:
        """Fill one part; a fault is told with the name and the place."""
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        self.current_rendering_part = part
        try:
            filled: str = jinja_env.from_string(source).render(context)
        except Exception as fault:
            if _is_ours(fault):
                raise
            raise self._explained(fault, source, part, context) from fault
        return re.sub(r"\n<w:p([ >])", r"<w:p\1", filled)

    def _explained(self, fault: Exception, source: str, part: Any, context: Mapping[str, Any]) -> TemplateError:
        name = fault.name if isinstance(fault, UnknownNameError) else ""
        kind = re.sub(r"(?<!\d)\d*+\.xml$", "", str(part.partname).rsplit("/", 1)[-1])
        root = etree.fromstring(part.blob, PARSER)
        place = describe(source, line_of(fault), name, root, PARTS.get(kind, ""))
        return _told(fault, self.name, place, tuple(context))

    def fix_tables(self, xml: str) -> Any:
        """The filled text as a tree. Nothing is mended by guessing: text would be lost without a word."""
        shell = etree.tostring(self.docx.element, encoding="unicode")
        before, after = shell[: shell.index("<w:body")], shell[shell.rindex("</w:body>") :]
        inner = xml[xml.index(">") + 1 : xml.rindex("</w:body>")]
        try:
            tree = etree.fromstring(f"{before}<w:body>{inner}{after}", WORD_PARSER)
        except etree.XMLSyntaxError as fault:
            raise TemplateError(
                f"{self.name} gives a text that Word cannot open: {fault}.",
                "A `{%p`, `{%tr` or `{{p` tag must stand alone in its paragraph or row. Correct the template.",
            ) from fault
        square_tables(tree)
        return tree

    def fix_docpr_ids(self, tree: Any) -> None:
        """Each picture of the text has a number of its own."""
        for number, picture in enumerate(tree.iter(PICTURE), start=FIRST_PICTURE):
            picture.set("id", str(number))

    def map_tree(self, tree: Any) -> None:
        """The filled text becomes the document. Moving it into the old tree would take longer than filling it."""
        part = self.kit.docx.part
        part._element = tree
        self.docx = self.kit.docx = part.document

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """The document's properties are set in code, where they cannot be escaped twice."""

    def render_footnotes(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """The template's own notes are filled once, before ours are added: our text is never a template."""
        for part in self._notes():
            if re.search(rb"\{[\{%#]", part.blob):
                xml = self.patch_xml(etree.tostring(etree.fromstring(part.blob, PARSER), encoding="unicode"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode()

    def _notes(self) -> list[Any]:
        kinds = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
        return [r.target_part for r in self.docx.part.rels.values() if r.reltype in kinds]

    def filled(self, context: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]) -> Any:
        """The filled document (python-docx), its notes written and its fields settled."""
        for fault in self.refused:
            raise fault
        env = environment()
        env.filters.update(filters)
        self._fill_beyond(context)  # before people's addresses come in: these are never a template
        self.render(dict(context), jinja_env=env)
        self._refuse_nested_text()
        self.kit.finish()
        self._clear()
        return self.kit.docx

    def _fill_beyond(self, context: Mapping[str, Any]) -> None:
        plain = environment(markup=False)

        def fill(text: str, where: str) -> str:
            try:
                return str(plain.from_string(text).render(context))
            except Exception as fault:
                if _is_ours(fault):
                    raise
                raise _told(fault, self.name, where, tuple(context)) from fault

        fill_beyond(self.docx, self.name, fill)

    def _clear(self) -> None:
        """Hidden words, and notes that nothing refers to, reach no paper; nor does a field that acts.

        What remains says in which direction it is read.
        """
        docx = self.kit.docx
        for part in list(docx.part.package.iter_parts()):
            root = tree_of(part)
            if kind_of(root) in STORIES:
                for fault in acting(root, self.name, STORIES[kind_of(root)], filled=True):
                    raise fault
                drop_hidden(root, docx.styles.element)
                mark_direction(root)
                put_back(part, root)
        for part in self._notes():
            root = etree.fromstring(part.blob, PARSER)
            kind = kind_of(root).removesuffix("s")
            used = {e.get(f"{W}id") for e in docx.element.body.iter(f"{W}{kind}Reference")}
            for note in root.findall(f"{W}{kind}"):
                if note.get(f"{W}type") is None and note.get(f"{W}id") not in used:
                    root.remove(note)
            put_back(part, root)

    def _refuse_nested_text(self) -> None:
        """A value that brings its own runs must be asked for with `{{r`, or Word cannot open the paper."""
        tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
        for text in self.docx.element.body.iter(tag):
            if len(text):
                words = "".join(text.itertext())[:80]
                raise TemplateError(
                    f"{self.name} asks for a formatted value as if it were plain text, near “{words}”.",
                    "Write `{{r name }}` for words with notes or bold type, `{{p name }}` for whole paragraphs.",
                )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise TemplateError(
            f"The template {path.parent.name}/{path.name} cannot be read: {fault.strerror or fault}.",
            "Put the Word template there, or take the one that boardpack comes with.",
        ) from fault


def _not_word(name: str) -> TemplateError:
    return TemplateError(
        f"The template {name} cannot be opened: it is not a Word document (.docx).",
        "Open it in Word and save it as “Word Document (.docx)”, or take the one that boardpack comes with.",
    )


def _is_ours(fault: Exception) -> bool:
    """True where our own code failed, not the template: then the fault is a bug and is shown as one."""
    last = None
    trace = fault.__traceback__
    while trace is not None:
        last, trace = trace, trace.tb_next
    file = Path(last.tb_frame.f_code.co_filename) if last else Path()
    told = (UndefinedError, NotPrintableError, SecurityError, TemplateSyntaxError)
    return not isinstance(fault, told) and file.is_relative_to(OUR_OWN)


def _told(fault: Exception, template: str, place: str, names: tuple[str, ...]) -> TemplateError:
    if isinstance(fault, UnknownNameError):
        near = difflib.get_close_matches(fault.name, fault.known or names, n=1, cutoff=0.6)
        hint = f"Did you mean `{near[0]}`? " if near else ""
        return TemplateError(
            f"{template} names `{fault.name}`, which the dossier does not have: {place}.", hint + LIST_NAMES
        )
    if isinstance(fault, NotPrintableError):
        return TemplateError(
            f"{template} prints a whole record where one value is needed: {place}.",
            f"Name one of its parts: {fault}." if str(fault) else LIST_NAMES,
        )
    if isinstance(fault, SecurityError):
        return TemplateError(f"{template} asks for what a template may not use: {place}.", LIST_NAMES)
    if isinstance(fault, TemplateSyntaxError):
        return TemplateError(
            f"{template} cannot be understood: {fault.message} Place: {place}.",
            "Correct the template code there; each `for` needs its `endfor`, each `if` its `endif`.",
        )
    return TemplateError(f"{template} cannot be filled: {fault}. Place: {place}.", LIST_NAMES)
