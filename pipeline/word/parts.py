"""The parts of a Word file: which a paper may hold, and what reaches beyond it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from docx.opc.part import XmlPart
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.text import web_address
from pipeline.word.footnotes import NAMED, leads_with_names, with_names
from pipeline.word.names import place_of
from pipeline.word.stories import OFFICE, clear_marks, faults_of_story, has_hidden_text

PARSER = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# By the last word of the relationship's type; whatever is not here is left out or refused.
KEPT = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties"),
        *("styles", "settings", "numbering", "fontTable", "font", "theme", "themeOverride", "header"),
        *("footer", "footnotes", "endnotes", "image", "chart", "chartEx", "chartUserShapes"),
        *("chartStyle", "chartColorStyle", "diagramData", "diagramLayout", "diagramQuickStyle"),
        *("diagramColors", "diagramDrawing"),
    )
)
STORIES = {"document": "", "hdr": "the header", "ftr": "the footer"}
STORIES |= {"footnotes": "a footnote", "endnotes": "an endnote"}
# What a reader never sees is left out; this is what it is called.
CALLED = {
    "comment": "comments in the margin",
    "people": "names of those who reviewed it",
    "customXml": "custom XML data",
    "glossary": "building blocks",
    "attachedTemplate": "the path of the file that it was made from",
    "vba": "macros",
    "word": "macros",
    "mailMerge": "links to a mailing list",
    "recipient": "links to a mailing list",
    "package": "the workbook behind a chart",
    "oleObject": "the workbook behind a chart",
}
UNSAID = ("hyperlink", "thumbnail", "webSettings", "stylesWithEffects", "printerSettings")
"""What every copy of Word leaves behind, and nobody would ask after."""
# Elements that may go with the part that they name: nothing that is printed goes with them.
GOES_ALONG = ("externalData", "imgProps", "imgLayer", "attachedTemplate")
REFUSED = {
    "aFChunk": "brings in another file",
    "subDocument": "brings in another file",
    "control": "holds an ActiveX control",
    "oleObject": "holds an embedded object",
    "package": "holds an embedded object",
    "image": "shows a picture that is fetched from elsewhere when the paper is opened",
    "video": "holds a video",
    "audio": "holds a sound",
    "hyperlink": "has a link that leads to no web address",
}
SETTINGS = frozenset(
    (
        *("zoom", "view", "mirrorMargins", "bordersDoNotSurroundHeader"),
        *("bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation"),
        *("consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps"),
        *("evenAndOddHeaders", "drawingGridHorizontalSpacing"),
        *("drawingGridVerticalSpacing", "displayHorizontalDrawingGridEvery"),
        *("displayVerticalDrawingGridEvery", "characterSpacingControl"),
        *("noLineBreaksAfter", "noLineBreaksBefore", "displayBackgroundShape"),
        *("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "updateFields"),
        *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "mathPr", "themeFontLang"),
        *("clrSchemeMapping", "shapeDefaults", "decimalSymbol", "listSeparator"),
    )
)
FETCHED = re.compile(r"@import|url\(\s{0,9}['\"]?(?!\s*['\"]?(?:#|data:))", re.IGNORECASE)
SEE_WORD = "Take it out of the template in Word and save it again."


@dataclass
class Screened:
    """What was left out of a template, in words, and why it may not be used as it is."""

    left_out: dict[str, None] = field(default_factory=dict)
    refused: list[TemplateError] = field(default_factory=list)


def screen(docx: Any, name: str) -> Screened:
    """Keep of a template what may go into a paper, say what was left out, and what must be changed in Word first."""
    found = Screened()
    _screen_relations(docx.part.package, None, "", found, name)
    for part in list(docx.part.package.iter_parts()):
        root = tree_of(part)
        kind = kind_of(root)
        _screen_relations(part, root, kind, found, name)
        if kind in STORIES:
            found.refused += faults_of_story(root, name, STORIES[kind])
            clear_marks(root)
            if has_hidden_text(root, docx.styles.element):
                _note(found, ["hidden text"])
        elif kind == "settings":
            _keep_settings(root, found)
        elif kind == "svg" and _reaches_out(root):
            picture = part.partname.rpartition("/")[2]
            told = f"{name} {REFUSED['image']}: the drawing {picture} names it."
            found.refused.append(TemplateError(told, "Put a picture in its place that is whole in itself."))
        if root is not None:
            put_back(part, root)
    return found


def _reaches_out(drawing: Any) -> bool:
    """Whether a vector drawing fetches a picture, a font or a style, or runs something."""
    for element in drawing.iter(etree.Element):
        local = etree.QName(element).localname
        said = [v for a, v in element.attrib.items() if local != "a" and etree.QName(a).localname in ("href", "src")]
        styled = [element.text or "" if local == "style" else "", *element.attrib.values()]
        if local in ("script", "foreignObject", "iframe") or any(not v.startswith(("#", "data:image/")) for v in said):
            return True
        if any(FETCHED.search(text) for text in styled):
            return True
    return False


def kind_of(root: Any) -> str:
    """What a part is, by its outermost element: `document`, `hdr`, `settings`."""
    return etree.QName(root).localname if root is not None else ""


def tree_of(part: Any) -> Any:
    """The tree of a part; None where it is no XML."""
    if isinstance(part, XmlPart):
        return part.element
    if part.content_type.endswith("xml") or part.blob[:1] == b"<":
        return etree.fromstring(part.blob, PARSER)
    return None


def put_back(part: Any, root: Any) -> None:
    """The part with what was changed in its tree."""
    if not isinstance(part, XmlPart):
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _screen_relations(source: Any, root: Any, kind: str, found: Screened, name: str) -> None:
    for key, relation in list(source.rels.items()):
        what = relation.reltype.rsplit("/", 1)[-1]
        if what == "hyperlink" and relation.is_external:
            address = relation.target_ref
            if web_address(address) or leads_with_names(address):
                continue
        elif what in KEPT and not relation.is_external:
            continue
        users = list(_users(root, key)) if root is not None else []
        in_the_way = [user for user in users if not _let_go(user, key)]
        for user in in_the_way:
            told = REFUSED.get(what, f"holds something of another kind ({what})")
            told += f" (`{relation.target_ref}`)" if relation.is_external else ""
            found.refused.append(TemplateError(f"{name} {told}: {place_of(user, STORIES.get(kind, kind))}.", SEE_WORD))
        if not in_the_way:
            del source.rels[key]
            _note(found, [] if what in UNSAID else [_called(what)])


def _called(what: str) -> str:
    known = (words for begins, words in CALLED.items() if what.startswith(begins))
    return next(known, f"a part of another kind ({what})")


def _note(found: Screened, words: list[str]) -> None:
    found.left_out |= dict.fromkeys(words)


def _users(root: Any, key: str) -> Iterator[Any]:
    """Elements that name a relationship."""
    for element in root.iter(etree.Element):
        if any(value == key and _names_relation(attribute) for attribute, value in element.attrib.items()):
            yield element


def _names_relation(attribute: str) -> bool:
    return attribute.startswith(RELATION) or attribute == f"{OFFICE}relid"


def _let_go(element: Any, key: str) -> bool:
    """Take out the mention of a relationship where nothing that is printed goes with it."""
    held = [a for a, v in element.attrib.items() if v == key and _names_relation(a)]
    # A linked picture of which the file holds a copy as well.
    if any(a in (f"{RELATION}link", f"{RELATION}href") for a in held) and (
        element.get(f"{RELATION}embed") or element.get(f"{RELATION}id")
    ):
        for attribute in held:
            del element.attrib[attribute]
        return True
    if etree.QName(element).localname in GOES_ALONG:
        element.getparent().remove(element)
        return True
    return False


def _keep_settings(root: Any, found: Screened) -> None:
    for element in list(root):
        if isinstance(element.tag, str) and etree.QName(element).localname not in SETTINGS:
            if element.tag == f"{WORD}docVars":
                _note(found, ["document variables"])
            root.remove(element)


DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = {"chartSpace": "a chart", "userShapes": "a chart", "dataModel": "SmartArt", "drawing": "SmartArt"}
CODE = re.compile(r"\{\{|\{%|\{#")
# What an address may hold unescaped when a value is the whole of it, and when it is a part.
WHOLE, PART = ":/?#[]@!$&'()*+,;=%~", "/~"


def fill_beyond(docx: Any, name: str, fill: Callable[[str, str], str]) -> None:
    """Fill the names in links, charts and SmartArt; `fill` takes a text and where it stands."""
    for part in docx.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and NAMED.search(relation.target_ref):
                relation._target = _address(relation.target_ref, name, fill)
        root = tree_of(part)
        kind = kind_of(root)
        if root is None or kind in STORIES:
            continue
        if kind in DRAWN and CODE.search(_everything(root)):
            for texts in _texts(root):
                _fill_texts(texts, DRAWN[kind], fill)
            put_back(part, root)
        if CODE.search(_everything(root)):
            where = DRAWN.get(kind, f"a part of another kind ({kind})")
            raise TemplateError(
                f"{name} has template code in {where} where nothing is filled in.",
                "Take it out of the template, or write it into the text of the paper.",
            )


def _address(written: str, name: str, fill: Callable[[str, str], str]) -> str:
    address = with_names(written)
    whole = NAMED.fullmatch(address.strip()) is not None
    filled = NAMED.sub(
        lambda tag: quote(fill(tag.group(), f"the link to `{address}`"), safe=WHOLE if whole else PART), address
    )
    if not web_address(filled):
        raise TemplateError(
            f"{name} has a link to `{address}`, which leads to no web address: it would be `{filled}`.",
            "Correct the link in Word, or take it out.",
        )
    return filled


def _texts(root: Any) -> Iterator[list[Any]]:
    """The pieces of each paragraph of a drawing, and single values."""
    for paragraph in root.iter(f"{DRAWING}p"):
        yield list(paragraph.iter(f"{DRAWING}t"))
    for value in root.iter(f"{CHART}v"):
        yield [value]


def _fill_texts(texts: list[Any], where: str, fill: Callable[[str, str], str]) -> None:
    whole = "".join(t.text or "" for t in texts)
    if CODE.search(whole):
        filled = fill(whole, f"{where}, “{whole}”")
        for number, text in enumerate(texts):
            text.text = "" if number else filled


def _everything(root: Any) -> str:
    """All text and all attributes of a part."""
    attributes = (value for e in root.iter(etree.Element) for value in e.attrib.values())
    return "".join(root.itertext()) + "\n" + "\n".join(attributes)


def names_nothing(docx: Any) -> bool:
    """True for a template without a single name: the paper would say the same of every assessment."""
    for part in docx.part.package.iter_parts():
        if any(r.is_external and NAMED.search(r.target_ref) for r in part.rels.values()):
            return False
        root = tree_of(part)
        if root is not None and kind_of(root) in {*STORIES, *DRAWN} and CODE.search(_everything(root)):
            return False
    return True
