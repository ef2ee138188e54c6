"""Web pages: the text that a browser shows. Nothing in them is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.evidence.pages import EVERYTHING, NUMBERED, Asked, Piece, Reading, page_of
from pipeline.evidence.readers.plain import content, decode
from pipeline.evidence.readers.word_numbers import written
from pipeline.office.limits import UnreadableError
from pipeline.office.live_word import HIDDEN, PAPER, STRUCK, same_colour

if TYPE_CHECKING:
    from lxml import etree

LEFT_OUT = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "object", "iframe", "audio", "video", "datalist"}
)
STRUCK_OUT = frozenset({"del", "s", "strike"})
REMARK = "in a remark that no browser shows"
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
CROSSED = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,99}line-through", re.IGNORECASE)
NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?%?\s*(?:;|!|$)"
    r"|font-size\s*:\s*(?:0*(?:\.\d+)?(?:px|pt)|[01](?:px|pt)|0*(?:\.0\d*)?(?:em|rem|%)?)\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|clip-path\s*:\s*inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|transform\s*:\s*scale\(\s*0?(?:\.0+)?\s*\)"
    r"|(?<![\w-])(?:max-)?height\s*:\s*0(?:px|em)?\s*;[^}]{0,200}?overflow(?:-y)?\s*:\s*(?:hidden|clip)"
    r"|overflow(?:-y)?\s*:\s*(?:hidden|clip)[^}]{0,200}?(?<![\w-])(?:max-)?height\s*:\s*0(?:px|em)?\s*(?:;|!|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01]",
    re.IGNORECASE,
)
COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;!]{1,60})", re.IGNORECASE)
GROUND = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!]{1,200})", re.IGNORECASE)
PARTS = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})")
NOTHING = re.compile(r"^transparent|rgba\([^)]{0,60}[,/]\s*0*(?:\.0*)?%?\s*\)|#[0-9a-f]{6}00\b")
WHITE, CLEAR, UNKNOWN = "ffffff", "clear", "?"
NAMED = {"white": WHITE, "black": "000000", "snow": "fffafa", "ghostwhite": "f8f8ff", "whitesmoke": "f5f5f5"}
NO_NUMBER = re.compile(r"list-style(?:-type)?\s*:[^;]{0,99}none", re.IGNORECASE)
NUMBERS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BRACE = re.compile("[{}]")
SELECTOR = re.compile(r"([a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
MOST_RULES, MOST_SHEET, MOST_STYLE = 2_000, 500_000, 2_000
CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([a-zA-Z0-9_-]+)""")


def read(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """A saved web page as one page of text."""
    return _page("html", text_of(content(path, asked)))


def read_markdown(path: Path, asked: Asked = EVERYTHING) -> Reading:
    """Markdown as it reads when it is shown: without the addresses of links, what is crossed out apart."""
    from markdown_it import MarkdownIt

    return _page(
        "text", MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(decode(content(path, asked)))
    )


def _page(kind: str, text: str) -> Reading:
    return Reading(kind, 1, {1: page_of(1, pieces_of(text))})


def pieces_of(text: str) -> Iterator[Piece]:
    """The words of a web page, each piece with why nobody sees it."""
    from lxml import html

    parser = html.HTMLParser(no_network=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(text or "<p></p>", parser=parser)
    except Exception as error:
        raise UnreadableError("it is damaged: no web page could be made out in it") from error
    if any("depth" in str(entry.message) for entry in parser.error_log):
        raise UnreadableError("it is damaged: its contents are nested too deeply")
    yield from _pieces(root, _Rules(root))


def text_of(data: bytes) -> str:
    """A saved web page as text, in the encoding that it names."""
    named = CHARSET.search(data[:2048])
    if named:
        with suppress(LookupError, UnicodeDecodeError):
            data = data.decode(named.group(1).decode("ascii")).encode("utf-8")
    # A declaration of another encoding would be believed over the text that is handed in.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data))


class _Rules:
    """What the page's own style sheets do to elements, as far as their selectors are simple."""

    def __init__(self, root: etree._Element) -> None:
        sheets = "\n".join("".join(style.itertext()) for style in root.iter("style"))[:MOST_SHEET]
        self._rules: dict[str, list[tuple[frozenset[str], str]]] = {}
        for listed, body in islice(_rules(sheets), MOST_RULES):
            for selector in listed.split(","):
                match = SELECTOR.fullmatch(selector.strip())
                if match and match.group():
                    self._rules.setdefault((match[1] or "").lower(), []).append((_marks(match[2]), body))

    def style(self, element: etree._Element) -> str:
        """All declarations that hold for an element."""
        own: str = element.get("style", "")[:MOST_STYLE]
        if not self._rules:
            return own
        marks = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
        named = [*self._rules.get("", ()), *self._rules.get(str(element.tag), ())]
        return ";".join([*(body for wanted, body in named if wanted <= marks), own])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules for every screen: selectors and declarations. What stands within `@media` and the like is left out."""
    first, *remarks = sheet.split("/*")
    sheet = first + "".join(remark.partition("*/")[2] for remark in remarks)
    depth, at, listed = 0, 0, ""
    for brace in BRACE.finditer(sheet):
        if brace.group() == "{":
            listed = sheet[at : brace.start()].strip() if depth == 0 else listed
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and not listed.startswith("@"):
                body = sheet[at : brace.start()][:MOST_STYLE]
                if any(pattern.search(body) for pattern in (CROSSED, NOT_SHOWN, COLOUR, GROUND, NO_NUMBER)):
                    yield listed, body
        at = brace.end()


def _marks(written: str) -> frozenset[str]:
    return frozenset(re.findall(r"[.#][\w-]+", written))


def _pieces(root: etree._Element, rules: _Rules) -> Iterator[Piece]:
    from lxml import etree

    why: list[tuple[str, str, str]] = [("", "", WHITE)]
    counted: dict[etree._Element, int] = {}
    walk = etree.iterwalk(root, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            yield element.text or "", REMARK
            yield element.tail or "", why[-1][0]
            continue
        gap = "" if element.tag in INLINE else "\n\t" if element.tag in ("td", "th") else "\n"
        if event == "start":
            if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
                walk.skip_subtree()
                why.append(why[-1])
            else:
                why.append(_look(element, rules, *why[-1]))
                yield gap, ""
                if element.tag == "li":
                    yield _number(element, rules, counted), why[-1][0] or NUMBERED
                yield element.text or "", why[-1][0]
        else:
            why.pop()
            yield gap, ""
            yield element.tail or "", why[-1][0]


def _number(item: etree._Element, rules: _Rules, counted: dict[etree._Element, int]) -> str:
    """What a browser prints before an item of a numbered list; empty before any other."""
    listed = item.getparent()
    if listed is None or listed.tag != "ol" or any(NO_NUMBER.search(rules.style(e)) for e in (item, listed)):
        return ""
    number = counted[listed] + 1 if listed in counted else _whole(listed.get("start", ""), 1)
    counted[listed] = _whole(item.get("value", ""), number)
    return f"{written(counted[listed], NUMBERS.get(listed.get('type', ''), 'decimal'))}. "


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _look(element: etree._Element, rules: _Rules, outer: str, colour: str, ground: str) -> tuple[str, str, str]:
    """Why an element's words are not live, their colour and the colour that they stand on."""
    style = rules.style(element)
    painted, written = GROUND.findall(style) or [element.get("bgcolor", "")], COLOUR.findall(style)
    ground = ground if (paint := _colour(painted[-1])) in ("", CLEAR) else paint
    colour = _colour((written or [element.get("color", "")])[-1]) or colour
    outer = "" if outer == PAPER else outer  # a colour holds until another is given
    if outer:
        return outer, colour, ground
    closed = element.tag == "dialog" and "open" not in element.attrib
    if "hidden" in element.attrib or closed or NOT_SHOWN.search(style):
        return HIDDEN, colour, ground
    if element.tag in STRUCK_OUT or CROSSED.search(style):
        return STRUCK, colour, ground
    return (PAPER if colour == CLEAR or same_colour(colour, ground) else ""), colour, ground


def _colour(written: str) -> str:
    """A colour as `rrggbb`; empty for none, `clear` for one that lets all beneath it through, `?` for any other."""
    word = written.strip().casefold()
    if not word or word in ("none", "inherit", "initial", "unset", "currentcolor"):
        return ""
    if NOTHING.search(word):
        return CLEAR
    if parts := PARTS.search(word):
        return "".join(f"{min(int(part), 255):02x}" for part in parts.groups())
    if given := re.fullmatch(r"#?([0-9a-f]{3}|[0-9a-f]{6})", word):
        return given[1] if len(given[1]) == 6 else "".join(2 * c for c in given[1])
    return NAMED.get(word, UNKNOWN)
