"""Citations that cannot be followed, and words that are not where they are said to be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from pipeline.checks.messages import BLOCKER, WARNING, document_name, finding, quoted
from pipeline.checks.uses import Use, uses
from pipeline.inputs.suggest import did_you_mean, same
from pipeline.model import (
    Case,
    CheckResult,
    Citation,
    EvidenceDocument,
    Finding,
    Locator,
    LocatorKind,
    Severity,
    StoredFile,
    Verdict,
)
from pipeline.model.evidence import NO_ENGINE
from pipeline.score import Scores
from pipeline.score.results import FEW, FOUND, shows_little
from pipeline.text import as_argument, counted, list_in_words, number_in_words, sentence_case, the

HOW_TO_GET_ONE = "install Tesseract, or `pip install 'boardpack[ocr]'`: pages that are pictures are then read"
LET_SOMEONE_LOOK = (
    "let someone other than its owner look, and fill in `checked_by` (a role) and `checked_on` in the register"
)
ON_ONE_LINE = 'Write it as `E012`, `E012 p.4` or `E012 p.4 "the words cited"`, with `;` between two citations.'
IN_COLUMNS = (
    "In the form, choose the document in its column, type only the page into the column beside it (`4`, `4-6` or "
    "`sheet Summary`), and copy the words cited into the column for words; another document goes on the next line."
)


def cannot_be_followed(case: Case, scores: Scores) -> Iterator[Finding]:
    """CI401 and CI406: a document that the register does not have, or a citation that cannot be parsed."""
    known = [d.id for d in case.register]
    for use in uses(case, scores):
        citation = use.citation
        if citation.fault:
            yield _at(
                "CI406",
                BLOCKER,
                use,
                f"The citation {quoted(citation.text)} cannot be followed: {citation.fault.rstrip('.')}.",
                IN_COLUMNS if citation.place.by_columns else ON_ONE_LINE,
            )
        elif not citation.known:
            lies = next((path for path in case.unregistered if _is_named(citation.evidence, path)), "")
            where = f" A file of that name lies there, in {lies}, and no row names it." if lies else ""
            remedy = (
                f"Register it with `boardpack register add {as_argument(lies)}`."
                if lies
                else (f"{did_you_mean(citation.evidence, known)}Correct the id, or add the document to the register.")
            )
            yield _at("CI401", BLOCKER, use, f"The evidence register has no `{citation.evidence}`.{where}", remedy)


def _is_named(written: str, path: str) -> bool:
    """Whether what was written is the name of a file, with or without its ending and folder."""
    file, name = PurePosixPath(path), same(written.replace("\\", "/"))
    return name in (same(file.name), same(file.stem), same(path), same(path.removeprefix("evidence/")))


def not_as_cited(case: Case, scores: Scores) -> Iterator[Finding]:
    """CI402 to CI405, CI407, CI409 to CI411: pages beyond the end, words not found, elsewhere or of little weight."""
    for use in uses(case, scores):
        citation = use.citation
        document, check_result = case.document(citation.evidence), case.check_results.get(citation)
        if document and check_result and check_result.unclear:
            yield _unclear(use, document, check_result)
        elif document and check_result:  # nothing is looked for where a citation cannot be followed
            copy = case.copies.get(document.id, StoredFile(document.id))
            if citation.pages and not copy.paged and not copy.uncheckable and document.file:
                yield _no_fixed_pages(use, document)
            if found := _sighted(case, use, document, check_result, copy):
                yield found
            yield from _weighed(use, citation, document, check_result)


def _sighted(
    case: Case, use: Use, document: EvidenceDocument, check_result: CheckResult, copy: StoredFile
) -> Finding | None:
    citation = use.citation
    if check_result.beyond_end:
        return _beyond_the_end(use, citation, document, check_result, copy)
    if check_result.verdict is Verdict.NOT_FOUND:
        return _not_found(use, citation, document, check_result, copy)
    if check_result.verdict is Verdict.FOUND_ELSEWHERE:
        return _elsewhere(use, citation, document, check_result)
    if check_result.verdict is Verdict.RECOGNISED:
        return _recognised(case, use, document, check_result)
    if check_result.verdict is Verdict.NOT_CHECKABLE or _page_unread(case, check_result, citation, document):
        return _not_checkable(case, use, document, check_result, copy)
    return None


def _weighed(use: Use, citation: Citation, document: EvidenceDocument, check_result: CheckResult) -> Iterator[Finding]:
    """CI409 and CI410: words that were found, and show little or leave a negation out."""
    if check_result.verdict not in (*FOUND, Verdict.RECOGNISED) or not citation.quotation:
        return
    what = f"The words {quoted(citation.quotation)}"
    if little := _shows_little(citation.quotation, document, check_result):
        yield _at(
            "CI409",
            WARNING,
            use,
            f"{what} stand in {document_name(document)}, and show little: {little}. They count as the document alone.",
            "Quote the sentence that bears out what is said, with its figure if it has one.",
        )
    if check_result.negation:
        yield _at(
            "CI410",
            WARNING,
            use,
            f"{what} stand in {document_name(document)}, in a sentence that has “{check_result.negation}” where the "
            f"quotation leaves it out: {quoted(check_result.context)}. They count as the document alone.",
            "Quote the sentence from its beginning, or quote another.",
        )


def _shows_little(quotation: str, document: EvidenceDocument, check_result: CheckResult) -> str:
    if shows_little(quotation):
        return f"they are fewer than {number_in_words(FEW)} words, with no figure among them"
    if " ".join(quotation.split()).casefold().rstrip(".") == " ".join(document.title.split()).casefold():
        return "they are no more than the title of the document"
    return f"they are no more than {check_result.little}" if check_result.little else ""


def _page_unread(case: Case, check_result: CheckResult, citation: Citation, document: EvidenceDocument) -> bool:
    """Whether a page or sheet cited without words could not be looked at, by a program or by a person."""
    if check_result.verdict is not Verdict.NO_QUOTATION or case.seen_by_a_person(document):
        return False
    return bool(check_result.unreadable_pages or ((citation.sheet or citation.locator) and check_result.reason))


def _no_fixed_pages(use: Use, document: EvidenceDocument) -> Finding:
    return _at(
        "CI407",
        WARNING,
        use,
        f"A page of {document_name(document)} is cited, and a file of this kind has no fixed pages.",
        "Take the page out and cite the words alone: they are looked for in the whole document.",
    )


def _beyond_the_end(
    use: Use, citation: Citation, document: EvidenceDocument, check_result: CheckResult, copy: StoredFile
) -> Finding:
    if citation.sheet:
        return _at(
            "CI402",
            BLOCKER,
            use,
            f"A sheet of {document_name(document)} is cited that is not there: {check_result.reason}.",
            "Cite a sheet by the name on its tab, or the document alone.",
        )
    length = f", which has {counted(copy.pages, 'page')}" if copy.pages else ""
    stands = f" The words stand on {_page(check_result)}." if check_result.page and citation.quotation else ""
    lies = "lies" if len({*(citation.pages or ())}) == 1 else "lie"
    return _at(
        "CI402",
        BLOCKER,
        use,
        f"{_pages(citation)} {lies} beyond the end of {document_name(document)}{length}.{stands}",
        "Cite the page number that a PDF reader shows, counted from 1; the page may have another number printed on it.",
    )


def _not_found(
    use: Use, citation: Citation, document: EvidenceDocument, check_result: CheckResult, copy: StoredFile
) -> Finding:
    nearest = ""
    if check_result.nearest:
        where = f" on page {check_result.nearest_page}" if check_result.nearest_page else ""
        nearest = f" The nearest passage is{where}: {quoted(check_result.nearest)}."
    differs = f" {sentence_case(check_result.difference.rstrip('.'))}." if check_result.difference else ""
    return _at(
        "CI403",
        BLOCKER,
        use,
        f"The words {quoted(citation.quotation or '')} do not stand in {document_name(document)}.{nearest}{differs}"
        f"{_remarks(copy)}",
        "Copy the words from the document as they stand there, or cite the document that has them.",
    )


def _elsewhere(use: Use, citation: Citation, document: EvidenceDocument, check_result: CheckResult) -> Finding | None:
    if citation.pages is None and citation.sheet is None and citation.locator is None:
        return None
    if citation.locator and not citation.pages and not citation.sheet:
        place = (
            f", {check_result.at}," if check_result.at else f" on {_page(check_result)}" if check_result.page else ""
        )
        return _at(
            "CI404",
            WARNING,
            use,
            f"The words {quoted(citation.quotation or '')} stand in {document_name(document)}{place} and not "
            f"{_within(citation.locator)}.",
            "Cite the place where they stand, or the words alone: they are looked for in the whole document.",
        )
    if citation.pages is not None and check_result.page is None:  # a page of a document without pages: said already
        return None
    instead = f"sheet “{citation.sheet}”" if citation.sheet else _pages(citation).lower()
    where = f"sheet “{check_result.sheet}”" if check_result.sheet else _page(check_result)
    return _at(
        "CI404",
        WARNING,
        use,
        f"The words {quoted(citation.quotation or '')} stand on {where} of {document_name(document)}, "
        f"not on {instead}.",
        f"Cite {where}.",
    )


def _within(locator: Locator) -> str:
    """`in section 3.2`, `at 00:12:30`, `on printed page 4`."""
    if locator.kind is LocatorKind.TIME:
        return str(locator)
    return f"{'on' if locator.kind is LocatorKind.PRINTED else 'in'} {locator}"


def _unclear(use: Use, document: EvidenceDocument, check_result: CheckResult) -> Finding:
    stands = f" The words stand on {_page(check_result)}." if check_result.page and use.citation.quotation else ""
    return _at(
        "CI406",
        BLOCKER,
        use,
        f"The citation {quoted(use.citation.text)} of {document_name(document)} cannot be followed: "
        f"{check_result.unclear}.{stands}",
        f"Write it as `E012 p.{check_result.page or 4}`, the page that a PDF reader shows, or cite the words alone.",
    )


def _not_checkable(
    case: Case, use: Use, document: EvidenceDocument, check_result: CheckResult, copy: StoredFile
) -> Finding:
    citation = use.citation
    unread = [str(page) for page in check_result.unreadable_pages]
    named = f"page{'s' if len(unread) > 1 else ''} {list_in_words(unread)}"
    pages = f"the text of {named} cannot be read" if unread else "there is no text in it to check against"
    why = check_result.reason.rstrip(".") or pages
    what = f"The words {quoted(citation.quotation)}" if citation.quotation else "What is cited"
    read = f" Text recognition ({check_result.read_by}) does not make out these words" if check_result.read_by else ""
    if check_result.nearest:
        where = f" on page {check_result.nearest_page}" if check_result.nearest_page else ""
        read += f"; it reads{where}: {quoted(check_result.nearest)}. {sentence_case(check_result.difference)}"
    engine = f" Or {HOW_TO_GET_ONE}." if check_result.read_by == NO_ENGINE else ""
    read = f"{read}." if read and not engine else ""
    return _at(
        "CI405",
        WARNING,
        use,
        f"{what} cannot be looked for in {document_name(document)}: {why}.{read}{_doubt(case, document)}"
        f"{_remarks(copy)}",
        f"Put a copy with text in its place; or {LET_SOMEONE_LOOK}.{engine}",
    )


def _recognised(case: Case, use: Use, document: EvidenceDocument, check_result: CheckResult) -> Finding:
    citation = use.citation
    where = f" on {_page(check_result)}" if check_result.page else ""
    cited = citation.pages and check_result.page and not citation.pages[0] <= check_result.page <= citation.pages[1]
    instead = f", not on {_pages(citation).lower()}" if cited else ""
    return _at(
        "CI411",
        WARNING,
        use,
        f"The words {quoted(citation.quotation or '')} were found in {document_name(document)}{where}{instead} by text "
        f"recognition alone ({check_result.read_by}), which may misread: there the document is a picture. They count "
        f"as the document alone.{_doubt(case, document)}",
        f"{sentence_case(LET_SOMEONE_LOOK)}; or put a copy with text in its place.",
    )


def _doubt(case: Case, document: EvidenceDocument) -> str:
    doubt = case.why_unseen(document)
    return f" The check by {the(document.checked_by)} does not count: {doubt}." if doubt else ""


def _remarks(copy: StoredFile) -> str:
    """What was left alone in the document: words may stand there."""
    return f" Of this document: {'; '.join(copy.remarks)}." if copy.remarks else ""


def _pages(citation: Citation) -> str:
    first, last = citation.pages or (0, 0)
    return f"Page {first}" if first == last else f"Pages {first} to {last}"


def _page(check_result: CheckResult) -> str:
    label = f" (printed as {check_result.page_label})" if check_result.page_label else ""
    return f"page {check_result.page}{label}"


def _at(code: str, severity: Severity, use: Use, message: str, remedy: str) -> Finding:
    return finding(
        code,
        severity,
        use.citation.place,
        message,
        remedy,
        statement=use.statement,
        evidence=use.citation.evidence or None,
        respondent=use.respondent,
        papers=use.papers,
        about=use.about,
    )
