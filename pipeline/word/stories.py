"""What may stand in a template's text, headers and notes: open changes, fields that act and hidden words are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.text import counted, web_address
from pipeline.word.footnotes import leads_with_names
from pipeline.word.names import place_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
TRACKED = tuple(f"{W}{n}" for n in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"))
# Marks of a template's makers that no reader sees: of comments, of who may edit, of earlier looks, of bound data.
MARKS = (
    *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart", "permEnd", "proofErr"),
    *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange"),
    *("tblPrExChange", "numberingChange", "dataBinding", "moveFromRangeStart", "moveFromRangeEnd"),
    *("moveToRangeStart", "moveToRangeEnd", "customXmlPr", "smartTagPr"),
)
WRAPPERS = (f"{W}customXml", f"{W}smartTag")
# Fields that show what the document itself has, and the day; all others fetch, ask or run something.
FIELDS = frozenset(
    (
        *("=", "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION"),
        *("COMMENTS", "COMPARE", "CREATEDATE", "DATE", "DOCPROPERTY", "EDITTIME", "EQ", "FILENAME"),
        *("FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "FORMULA", "HYPERLINK", "IF", "INDEX", "INFO"),
        *("KEYWORDS", "LASTSAVEDBY", "LISTNUM", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE"),
        *("PAGEREF", "PRINTDATE", "QUOTE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ"),
        *("STYLEREF", "SUBJECT", "SYMBOL", "TA", "TC", "TIME", "TITLE", "TOA", "TOC", "XE"),
    )
)
_ADDRESS = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
_WHOLE_PATH = re.compile(r"\\p\b", re.IGNORECASE)
_OFF = ("0", "false", "off")


def faults_of_story(root: Any, name: str, where: str) -> list[TemplateError]:
    """Why a template's text cannot go into a paper: open tracked changes, and what fetches or runs something."""
    return [*_open_changes(root, name, where), *acting(root, name, where), *_fetched_pictures(root, name, where)]


def _open_changes(root: Any, name: str, where: str) -> Iterator[TemplateError]:
    changes = list(root.iter(*TRACKED))
    if changes:
        yield TemplateError(
            f"{name} has {counted(len(changes), 'open tracked change')}, so it cannot be told which words are meant. "
            f"The first: {place_of(changes[0], where)}.",
            "Accept or reject them in Word (Review, Accept), then save the template.",
        )


def acting(root: Any, name: str, where: str = "", *, filled: bool = False) -> Iterator[TemplateError]:
    """Fields that fetch, ask or run something when the paper is opened or printed, and links that lead astray."""
    for code, element in _fields(root):
        word = "=" if code.lstrip().startswith("=") else (code.split() or ["without a name"])[0].upper()
        if word not in FIELDS:
            yield TemplateError(
                f"{name} has a field {word}, which a paper may not hold, since it can fetch or run something or is "
                f"never filled: {place_of(element, where)}.",
                "Take the field out of the template in Word (Alt+F9 shows fields) and save it again.",
            )
        if word == "FILENAME" and _WHOLE_PATH.search(code):
            yield TemplateError(
                f"{name} has a field that prints the folder which the paper lies in: {place_of(element, where)}.",
                "Take the `\\p` out of the field in Word (Alt+F9 shows fields) and save the template again.",
            )
        found = _ADDRESS.match(code.strip())
        address = (found[1] or found[2] or "") if found else ""
        if address and not (web_address(address) or (leads_with_names(address) and not filled)):
            yield _astray(address, element, name, where)


def _astray(address: str, element: Any, name: str, where: str) -> TemplateError:
    told = f"{name} has a link that leads to no web address (`{address}`): {place_of(element, where)}."
    return TemplateError(told, "Correct the link in Word, or take it out.")


def _fields(root: Any) -> Iterator[tuple[str, Any]]:
    """The code of each field, with the element at which it begins; a field within another has a code of its own."""
    opened: list[tuple[list[str], Any, list[bool]]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if element.tag == f"{W}fldSimple":
            yield element.get(f"{W}instr", ""), element
        elif element.tag == f"{W}instrText":
            if opened and not opened[-1][2]:
                opened[-1][0].append(element.text or "")
        elif element.get(f"{W}fldCharType") == "begin":
            opened.append(([], element, []))
        elif opened and element.get(f"{W}fldCharType") == "separate":
            opened[-1][2].append(True)
        elif opened and element.get(f"{W}fldCharType") == "end":
            code, begun, _ = opened.pop()
            yield "".join(code), begun
    for code, begun, _ in opened:
        yield "".join(code), begun


def _fetched_pictures(root: Any, name: str, where: str) -> Iterator[TemplateError]:
    """Pictures that an old kind of drawing names by address; one that has a copy in the file keeps the copy."""
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith(VML):
            continue
        named = [a for a in element.attrib if etree.QName(a).localname in ("src", "althref")]
        for attribute in [*named, *({f"{OFFICE}href"} & set(element.attrib))]:
            del element.attrib[attribute]
            if not any(etree.QName(a).localname in ("id", "relid") for a in element.attrib if a.startswith("{")):
                yield TemplateError(
                    f"{name} shows a picture that is fetched from elsewhere when the paper is opened: "
                    f"{place_of(element, where)}.",
                    "Put the picture itself into the template in Word.",
                )
        address = element.get("href", "")
        if address and not address.startswith("#") and not (web_address(address) or leads_with_names(address)):
            yield _astray(address, element, name, where)


def clear_marks(root: Any) -> None:
    """Take out the marks that a template's makers left: nothing that is printed goes with them."""
    for mark in list(root.iter(*(f"{W}{n}" for n in MARKS))):
        mark.getparent().remove(mark)
    for wrapper in list(root.iter(*WRAPPERS)):
        for child in list(wrapper):
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)


def has_hidden_text(root: Any, styles: Any) -> bool:
    """True where words or rows are formatted as hidden."""
    return any(True for _ in _hidden(root, styles))


def drop_hidden(root: Any, styles: Any) -> None:
    """Take out what is formatted as hidden; a paragraph of which nothing is left goes with it."""
    for element in list(_hidden(root, styles)):
        paragraph = element.getparent()
        paragraph.remove(element)
        if element.tag != f"{W}r" or paragraph.tag != f"{W}p" or paragraph.getparent() is None:
            continue
        mark = paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")
        bare = all(child.tag == f"{W}pPr" for child in paragraph) and paragraph.find(f"{W}pPr/{W}sectPr") is None
        beside = any(e is not None and e.tag == paragraph.tag for e in (paragraph.getprevious(), paragraph.getnext()))
        if mark is not None and bare and beside:
            paragraph.getparent().remove(paragraph)


def _hidden(root: Any, styles: Any) -> Iterator[Any]:
    """Hidden runs and rows. A run that holds one end of a field alone stays: Word could not open the paper."""
    by_style = _hidden_styles(styles)
    rows = [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}hidden") is not None]
    yield from rows
    runs = [r for r in root.iter(f"{W}r") if _is_hidden(r, by_style)]
    ends = [e.get(f"{W}fldCharType") for r in runs for e in r.iter(f"{W}fldChar")]
    whole = ends.count("begin") == ends.count("end")
    for run in runs:
        if whole or run.find(f"{W}fldChar") is None:
            yield run


def _hidden_styles(styles: Any) -> set[str]:
    own: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        ident = style.get(f"{W}styleId", "")
        mark, base = style.find(f"{W}rPr/{W}vanish"), style.find(f"{W}basedOn")
        if mark is not None:
            own[ident] = mark.get(f"{W}val", "1") not in _OFF
        if base is not None:
            based[ident] = base.get(f"{W}val", "")
    found = set()
    for ident in {*own, *based}:
        seen: set[str] = set()
        at = ident
        while at and at not in own and at not in seen:
            seen.add(at)
            at = based.get(at, "")
        if own.get(at):
            found.add(ident)
    return found


def _is_hidden(run: Any, by_style: set[str]) -> bool:
    properties = run.find(f"{W}rPr")
    mark = properties.find(f"{W}vanish") if properties is not None else None
    if mark is not None:
        return mark.get(f"{W}val", "1") not in _OFF
    if not by_style:
        return False
    named = [properties.find(f"{W}rStyle")] if properties is not None else []
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named += [paragraph.find(f"{W}pPr/{W}pStyle")] if paragraph is not None else []
    return any(n is not None and n.get(f"{W}val") in by_style for n in named)
