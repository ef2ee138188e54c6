"""People's text as Word holds it: letter for letter, and never as markup."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.words import legible

_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


def attribute(text: str) -> str:
    """Text for inside an attribute's double quotes."""
    return escape(legible(text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def inside_t(text: str) -> str:
    """Text for inside a `w:t`; a line break or tab in it becomes Word's own."""
    safe = escape(legible(text))
    for character, markup in _BREAKS.items():
        safe = safe.replace(character, markup)
    return safe


def run(text: str, *, bold: bool = False, italic: bool = False, style: str = "", colour: str = "") -> str:
    """A `w:r` that holds the text. `style` is a character style's id."""
    marks = (
        f'<w:rStyle w:val="{style}"/>' if style else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
    )
    properties = f"<w:rPr>{''.join(marks)}</w:rPr>" if any(marks) else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{inside_t(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A `w:p`. `style` is a paragraph style's id; `properties` what follows it in `w:pPr`, in schema order."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inner}{content}</w:p>"
