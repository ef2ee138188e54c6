"""A Word paper as one web page: made by mammoth from the Word file, then given what a screen reader needs."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import EditedError
from pipeline.files import write_whole
from pipeline.publish.website import Marker, read_marker
from pipeline.text import has_right_to_left

PAGE = Path(__file__).parent.parent / "data" / "pages" / "paper.html"
STYLES = Path(__file__).parent.parent / "data" / "pages" / "page.css"
# The paper's own title is the page's one `h1`; everything below it moves down by one.
STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='heading 1'] => h2:fresh
p[style-name='heading 2'] => h3:fresh
p[style-name='heading 3'] => h4:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Note'] => p.note:fresh
p[style-name='Marking'] => p.marking:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='List Bullet']:unordered-list(2) => ul|ol > li > ul > li:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Letter'] => ol.letters > li:fresh
r[style-name='footnote reference'] => sup
"""
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAY_LEAD_TO = ("http://", "https://", "mailto:", "#")
OWN_DIGEST = re.compile(r'<meta name="sha256" content="[0-9a-f]*">')
NOTES_TITLE = "Notes"


def to_html(docx: Path, out: Path) -> None:
    """Write the page that goes with a Word paper: one file, the same bytes for the same paper."""
    refuse_edited_page(out)
    write_whole(out, page_of(docx))


def refuse_edited_page(path: Path) -> None:
    """Stop before a page that a person has edited would be overwritten."""
    if path.exists() and not is_untouched_page(path):
        raise EditedError(
            f"{'/'.join(path.parts[-3:])} was edited after it was made. Nothing was overwritten.",
            "To keep the edits, move the file to another folder; to do without them, delete it. Then make the paper "
            "again.",
        )


def is_untouched_page(path: Path) -> bool:
    """True for a page that is as it was made: it carries its own digest."""
    page = path.read_bytes().decode("utf-8", "replace")
    return bool(OWN_DIGEST.search(page)) and OWN_DIGEST.sub(_digest_of, page) == page


def page_of(docx: Path) -> bytes:
    """The bytes of the page."""
    import mammoth
    from jinja2 import Environment, StrictUndefined
    from lxml import html

    with docx.open("rb") as file:
        converted = mammoth.convert_to_html(file, style_map=STYLE_MAP).value
    body = html.fragment_fromstring(converted, create_parent="main")
    marker = read_marker(docx)
    body.set("id", "content")
    _make_accessible(body, list(_table_titles(docx)))
    template = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    page = template.from_string(PAGE.read_text(encoding="utf-8")).render(
        marker=marker,
        notice=_notice(marker),
        styles=STYLES.read_text(encoding="utf-8"),
        content=html.tostring(body, encoding="unicode", method="html"),
    )
    return OWN_DIGEST.sub(_digest_of(page), page).encode("utf-8", "replace")


def _digest_of(page: str | re.Match[str]) -> str:
    """The page carries its own digest, worked out with that place empty."""
    text = page if isinstance(page, str) else page.string
    digest = hashlib.sha256(OWN_DIGEST.sub("", text).encode("utf-8", "replace")).hexdigest()
    return f'<meta name="sha256" content="{digest}">'


def _notice(marker: Marker) -> str:
    """What stands above all else on a page that is not a final public paper."""
    if marker.audience != "public":
        return "INTERNAL: not for publication."
    return "DRAFT: not for publication until it is final." if marker.draft else ""


def _table_titles(docx: Path) -> Iterator[str]:
    """The words that each table of the paper has for those who cannot see it, in the order of the text."""
    from lxml import etree

    safe = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(docx) as package:
        root = etree.fromstring(package.read("word/document.xml"), safe)
    for table in root.iter(f"{WORD}tbl"):
        title = table.find(f"{WORD}tblPr/{WORD}tblCaption")
        yield title.get(f"{WORD}val", "") if title is not None else ""


def _make_accessible(body: Any, titles: list[str]) -> None:
    _join_marks(body)
    for number, table in enumerate(list(body.iter("table"))):
        _table(table, titles[number] if number < len(titles) else "")
    for image in list(body.iter("img")):
        _figure(image)
    for link in body.iter("a"):
        if link.get("href") and not link.get("href").lower().startswith(MAY_LEAD_TO):
            del link.attrib["href"]
    _notes(body)
    _drop_unused_places(body)
    for paragraph in list(body.iter("p")):
        if not len(paragraph) and not (paragraph.text or "").strip():
            paragraph.drop_tree()
    for block in body.iter("h1", "h2", "h3", "h4", "p", "li", "th", "td", "caption", "figcaption"):
        if has_right_to_left("".join(block.itertext())):
            block.set("dir", "auto")


def _join_marks(body: Any) -> None:
    """A mark within a mark is one; a mark that repeats a note's number leads to that note."""
    for mark in list(body.iter("sup")):
        if mark.getparent().tag == "sup":
            mark.drop_tag()
    notes = [item.get("id") for item in body.iter("li") if (item.get("id") or "").startswith("footnote-")]
    for mark in body.iter("sup"):
        number = (mark.text or "").strip()
        if not len(mark) and number.isdecimal() and 0 < int(number) <= len(notes):
            mark.text = None
            link = mark.makeelement("a", {"href": f"#{notes[int(number) - 1]}"})
            link.text = f"[{number}]"
            mark.append(link)


def _table(table: Any, title: str) -> None:
    """Header cells say what they head; the words above the table become its caption."""
    above = table.getprevious()
    if above is not None and above.get("class") == "caption":
        caption = above
        above.getparent().remove(above)
        caption.tag, caption.tail = "caption", None
        del caption.attrib["class"]
        table.insert(0, caption)
        title = "".join(caption.itertext())
    elif title:
        heading = "".join(
            "".join(h.itertext()) for h in table.xpath("preceding::*[self::h2 or self::h3 or self::h4][1]")
        )
        title = f"{heading}: {title}" if heading else title
        table.set("aria-label", title)
    for cell in table.iterfind("thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("tbody/tr"):
        _row_header(row)
    for cell in table.iter("th", "td"):
        if len(cell) == 1 and cell[0].tag == "p" and not (cell.text or "").strip():
            cell[0].drop_tag()
    _scrolled(table, title)


def _row_header(row: Any) -> None:
    """The first cell of a row heads it; one that spans the table heads the rows below."""
    first = row.find("td")
    if first is None or not "".join(first.itertext()).strip():
        return
    first.tag = "th"
    spans = len(row) == 1 and first.get("colspan")
    first.set("scope", "rowgroup" if spans else "row")


def _scrolled(table: Any, title: str) -> None:
    """On a small screen a wide table moves by itself, also with the keyboard."""
    around = table.makeelement("div", {"class": "scroll", "tabindex": "0", "role": "region"})
    around.set("aria-label", title or "Table")
    around.tail, table.tail = table.tail, None
    table.getparent().replace(table, around)
    around.append(table)


def _figure(image: Any) -> None:
    """A picture with the words below it."""
    holder = image.getparent()
    if holder.tag != "p" or holder.getparent() is None:
        return
    holder.tag = "figure"
    below = holder.getnext()
    if below is not None and below.get("class") == "caption":
        below.getparent().remove(below)
        below.tag = "figcaption"
        below.tail = None
        del below.attrib["class"]
        holder.append(below)


def _notes(body: Any) -> None:
    """The notes under a heading of their own; each leads back to where it was called."""
    items = [item for item in body.iter("li") if (item.get("id") or "").startswith("footnote-")]
    if not items:
        return
    notes = items[0].getparent()
    heading = notes.makeelement("h2", {"id": "notes"})
    heading.text = NOTES_TITLE
    notes.addprevious(heading)
    for number, item in enumerate(items, start=1):
        for link in item.iter("a"):
            if (link.get("href") or "").startswith("#footnote-ref-"):
                link.text = "Back"
                link.set("aria-label", f"Back to note {number} in the text")


def _drop_unused_places(body: Any) -> None:
    """Places that nothing leads to are left out."""
    wanted = {link.get("href")[1:] for link in body.iter("a") if (link.get("href") or "").startswith("#")}
    for place in list(body.iter("a")):
        if not place.get("href") and place.get("id") not in wanted:
            place.drop_tag()
