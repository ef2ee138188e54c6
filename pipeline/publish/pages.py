"""Web pages that open from disk: one file each, nothing fetched, people's text never run."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.check.addresses import web_address
from pipeline.dossier.shades import shades
from pipeline.dossier.views import CitationView, Dossier
from pipeline.words import counted, date_in_words, list_in_words, sentence_case

FOLDER = Path(__file__).parent / "pages"
EVIDENCE = "../../evidence/"
"""From build/<cycle>/ to the documents."""
WEB = ("http://", "https://")


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
        .render(script=Markup(code), policy=_policy(code), ranks=shades(levels), **values)
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
        "sentence": sentence_case,
        "slug": slug,
    }
    return environment


def _policy(script: str) -> str:
    """What a browser may do with the page: show it, and run this one script. It fetches nothing."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; form-action 'none'"


def anchor(ident: str) -> str:
    """An id as the address of its place in the page: `#GA3`. White space cannot stand in one."""
    return re.sub(r"\s+", "-", ident.strip())


def slug(text: str) -> str:
    """Words as a value that a filter compares: `found on page` -> `found-on-page`."""
    return re.sub(r"\W+", "-", text.casefold()).strip("-")


def address(dossier: Dossier, file: str, url: str, page: int | None = None, *, beside: Collection[str] = ()) -> str:
    """Where a document opens, at that page where it is a PDF; empty where there is nothing to open.

    A public page stands on a website without the documents, but for those that go with it (`beside`, by file).
    """
    if file and (file in beside or dossier.audience != "public"):
        at = f"#page={page}" if page and file.lower().endswith(".pdf") else ""
        return f"{EVIDENCE}{quote(file)}{at}"
    return url if url.lower().startswith(WEB) and web_address(url) else ""


def cited_address(dossier: Dossier, citation: CitationView, *, beside: Collection[str] = ()) -> str:
    """Where a citation's document opens: at the page where the words were found, else at the page cited."""
    first = citation.page_cited.partition("-")[0]
    cited = int(first) if first.isdecimal() else None
    return address(dossier, citation.file, citation.url, citation.page_found or cited, beside=beside)
