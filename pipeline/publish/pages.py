"""Web pages that open from disk, and check-report.html among them."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.codes import Explanation, explain
from pipeline.dossier.palette import shades
from pipeline.dossier.progress import view_progress
from pipeline.dossier.views import CitationView, Dossier, FindingView
from pipeline.errors import place_in_words
from pipeline.files import write_whole
from pipeline.model.findings import by_cause, hides_others
from pipeline.text import counted, date_in_words, list_in_words, sentence_case, web_address

FOLDER = Path(__file__).parent.parent / "data" / "pages"
EVIDENCE = "../../evidence/"
"""From build/<cycle>/ to the documents."""
PICTURES = "'self' file:"
WEB = ("http://", "https://")
NOTHING_BESIDE: Mapping[str, str] = MappingProxyType({})


def render(template: str, dossier: Dossier, script: str = "", **values: Any) -> bytes:
    """A page for whoever the dossier is for. `script` names its one script, if any: no other can run on it."""
    internal = dossier.audience != "public"
    return render_page(template, len(dossier.levels), script, dossier=dossier, internal=internal, **values)


def render_page(template: str, levels: int, script: str = "", **values: Any) -> bytes:
    """A page that shows levels of a scale of so many."""
    code = (FOLDER / script).read_text(encoding="utf-8") if script else ""
    page = (
        _environment()
        .get_template(template)
        .render(script=Markup(code), policy=_policy(code, bool(values.get("pictures"))), ranks=shades(levels), **values)
    )
    return page.encode("utf-8", "replace")


@functools.cache
def _environment() -> Environment:
    """Everything is escaped, and a name that the page does not have is a fault."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "anchor": anchor,
        "counted": counted,
        "date": date_in_words,
        "listed": list_in_words,
        "rest": lambda f: place_in_words(f.file, f.row, f.field).removeprefix(f.file or ""),
        "sentence": sentence_case,
        "slug": slug,
    }
    return environment


def _policy(script: str, pictures: bool) -> str:
    """What a browser may do with the page: show it with pictures that lie beside it, if any, and run its one script."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    shown = f" img-src {PICTURES};" if pictures else ""
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none';{shown} style-src 'unsafe-inline'; script-src {allowed}; {rest}"


def anchor(ident: str) -> str:
    """An id as the address of its place in the page: `#GA3`. White space cannot stand in one."""
    return re.sub(r"\s+", "-", ident.strip())


def slug(text: str) -> str:
    """Words as a value that a filter compares: `found on page` -> `found-on-page`."""
    return re.sub(r"\W+", "-", text.casefold()).strip("-")


def address(
    dossier: Dossier, file: str, url: str, page: int | None = None, *, beside: Mapping[str, str] = NOTHING_BESIDE
) -> str:
    """Where a document opens, at that page where it is a PDF; empty where there is nothing to open.

    A public page stands on a website without the documents, but for those that go with it: `beside`, by file, with
    their names there.
    """
    if file and (file in beside or dossier.audience != "public"):
        at = f"#page={page}" if page and file.lower().endswith(".pdf") else ""
        return f"{EVIDENCE}{quote(beside.get(file, file))}{at}"
    return url if url.lower().startswith(WEB) and web_address(url) else ""


def cited_address(dossier: Dossier, citation: CitationView, *, beside: Mapping[str, str] = NOTHING_BESIDE) -> str:
    """Where a citation's document opens: at the page where the words were found, else at the page cited."""
    first = citation.page_cited.partition("-")[0]
    cited = int(first) if first.isdecimal() else None
    return address(dossier, citation.file, citation.url, citation.page_found or cited, beside=beside)


ELLIPSIS = re.compile(r"\.{3,}|…|\[\s*(?:\.{3}|…)\s*\]")

Part = tuple[str, bool]
"""Text, and whether it is what was cited."""


def passage(context: str, quotation: str) -> list[Part]:
    """The context in parts. Where the words cannot be told apart in it, it stands whole and unmarked.

    Letters and digits are compared and all else passed over: a line break, a hyphen or a curly mark is no difference.
    """
    letters, places = _letters(context)
    spans, start = [], 0
    for words in ELLIPSIS.split(quotation):
        sought, _ = _letters(words)
        found = letters.find(sought, start) if sought else -1
        if sought and found < 0:
            return [(context, False)]
        if sought:
            start = found + len(sought)
            spans.append((places[found], places[start - 1] + 1))
    return [part for part in _parts(context, spans) if part[0]]


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, in one case and form, with the place of each in the text."""
    found = [(letter, place) for place, character in enumerate(text) for letter in _folded(character)]
    return "".join(letter for letter, _ in found), [place for _, place in found]


@functools.cache
def _folded(character: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", character).casefold()))


def _parts(context: str, spans: list[tuple[int, int]]) -> Iterator[Part]:
    end = 0
    for first, last in spans:
        yield context[end:first], False
        yield context[first:last], True
        end = last
    yield context[end:], False


HEADINGS = {
    "blocker": "Must be put right before a final paper",
    "excepted": "Agreed exceptions",
    "warning": "Warnings",
    "note": "For information",
}
NOBODY = "Authors of the paper"


@dataclass(frozen=True)
class Kind:
    """Findings of one kind, with what they mean."""

    explanation: Explanation
    findings: Sequence[tuple[FindingView, list[str]]]
    """Each with the other statements that the same fault touches."""


@dataclass(frozen=True)
class Share:
    """What one person has to look at."""

    who: str
    place: str
    """Its address in the page."""
    numbers: Mapping[str, int]
    by_severity: Mapping[str, Sequence[Kind]]


def write_report(dossier: Dossier, folder: Path) -> None:
    """Write check-report.html."""
    write_whole(folder / "check-report.html", check_report(dossier))


def check_report(dossier: Dossier) -> bytes:
    """The report as one page. It is always internal: it quotes what people wrote, fit to print or not."""
    stopping = [f for f in dossier.findings if f.severity == "blocker"]
    return render(
        "check-report.html",
        dossier,
        shares=shares(dossier.findings),
        headings=HEADINGS,
        stopping=stopping,
        progress=view_progress(dossier),
        held=sorted({paper for f in stopping for paper in f.papers}) if all(f.papers for f in stopping) else [],
    )


def shares(findings: Sequence[FindingView]) -> list[Share]:
    """Whoever has to return a form comes first, then whoever has most to put right."""
    people: dict[str, list[FindingView]] = {}
    for finding in findings:
        people.setdefault(finding.who or NOBODY, []).append(finding)
    shares = [(who, own, {s: sum(f.severity == s for f in own) for s in HEADINGS}) for who, own in people.items()]
    first = {who for who, own in people.items() if any(f.severity == "blocker" and hides_others(f) for f in own)}
    shares.sort(key=lambda share: (share[0] not in first, [-share[2][s] for s in HEADINGS], share[0].casefold()))
    return [
        Share(
            who, f"who-{n}", numbers, {s: _kinds([f for f in own if f.severity == s]) for s in HEADINGS if numbers[s]}
        )
        for n, (who, own, numbers) in enumerate(shares, start=1)
    ]


def _kinds(findings: Sequence[FindingView]) -> list[Kind]:
    told = by_cause(findings)
    codes = dict.fromkeys(f.code for f, _ in told)
    return [Kind(explain(code), [f for f in told if f[0].code == code]) for code in codes]
