"""CI4xx: citations and quotations."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "CI401",
        "A citation of a document that is not registered",
        "must be put right",
        "An evidence id or file name is cited that no row of the register has.",
        "The reader would be sent to a document that nobody can name.",
        "Correct the id (the nearest known one is suggested), or add the document to the register.",
    ),
    Explanation(
        "CI402",
        "A page beyond the end",
        "must be put right",
        "The page cited is higher than the number of pages that the document has.",
        "A member who looks it up finds nothing there, and doubts the rest.",
        "Cite the page that a PDF reader shows, counted from 1; the number printed on the page may be another.",
    ),
    Explanation(
        "CI403",
        "Words that are not in the document",
        "must be put right",
        "The words quoted were looked for in the whole document and do not stand there. Capitals, spacing, hyphens at "
        "line ends and kinds of quotation mark do not matter; words and figures do. The nearest passage is shown.",
        "A quotation that is not in its source is the quickest way to lose a board's trust.",
        "Copy the words from the document as they stand. If they are from another document, cite that one.",
    ),
    Explanation(
        "CI404",
        "Words on another page",
        "warning",
        "The words stand in the document, on another page or sheet than the one cited. The paper prints where they "
        "were found.",
        "It often means that the document was issued anew since it was cited.",
        "Correct the page, and check that the document is the edition that was meant.",
    ),
    Explanation(
        "CI405",
        "No text to check against",
        "warning",
        "The document, or the page cited, has no text that can be read: a scan, a picture, a film, or a font that "
        "hides its letters.",
        "The paper cannot say that the words stand there.",
        "Put a copy with text in its place. Or let someone look, and fill in `checked_by` (a role) and `checked_on` in "
        "the register: it is then shown as seen by a person.",
    ),
    Explanation(
        "CI406",
        "A citation that cannot be understood",
        "must be put right",
        "What is written in the column `evidence`, or between `[@` and `]`, is no citation that can be followed.",
        "It would be printed as evidence and could not be looked up.",
        'Write `E012`, `E012 p.4` or `E012 p.4 "the words cited"`, with `;` or a new line between two citations.',
    ),
    Explanation(
        "CI407",
        "A page of a document without fixed pages",
        "warning",
        "A page is cited of a Word, text or web document. Its pages move with printer and font, so they cannot be "
        "checked; the words are looked for in the whole document.",
        "The page that the reader sees may be another.",
        "Cite the words alone, or register a PDF of the document.",
    ),
    Explanation(
        "CI408",
        "A high level on whole documents",
        "warning",
        "A level in the upper half of the scale cites whole documents, with no page and no words.",
        "Nobody can tell which part of a long document bears the level.",
        "Cite the page and the words.",
    ),
    Explanation(
        "CI409",
        "Words that show little",
        "warning",
        "The words cited stand in the document, but they are fewer than four with no figure among them, or no more "
        "than a heading, a running title or the document's own title. They count as *document only*.",
        "Such words stand in almost any document; they bear out no level.",
        "Quote the sentence that bears out what is said, with its figure if it has one.",
    ),
    Explanation(
        "CI410",
        "A negation that was left out",
        "warning",
        "The words cited stand in the document, in a sentence that has a word such as *not*, *no* or *never* before "
        "them, or where `...` stands. They count as *document only*.",
        '"Narrowed since 2015" says the opposite of "it has not narrowed since 2015".',
        "Quote the sentence from its beginning, or quote another.",
    ),
    Explanation(
        "NA801",
        "A figure that does not exist",
        "must be put right",
        "The narrative asks for a live figure, `{{ ... }}`, by a name that there is none of.",
        "A sentence would be printed without its figure.",
        "Correct the name: `scores.GA.middle`, `.lowest`, `.counts.<level>` or `.not_assessed`, with the section's id.",
    ),
)
