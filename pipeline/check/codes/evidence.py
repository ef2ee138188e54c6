"""EV3xx: the documents and their register."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "EV301",
        "A document cited that is not there",
        "must be put right",
        "The register names a file, the document is cited, and the file is not in evidence/.",
        "Nobody could be shown what the level rests on.",
        "Put the document in its place, correct the file name in the register, or cite another document.",
    ),
    Explanation(
        "EV302",
        "A document cited that cannot be read",
        "must be put right",
        "The file is there and does not open: it asks for a password, is damaged, empty, too large, or is not what its "
        "name says.",
        "What nobody can open is no evidence.",
        "Ask the owner for a copy that opens without a password, saved again from the program it was written with.",
    ),
    Explanation(
        "EV303",
        "A document past its review date",
        "must be put right where the statement has no other evidence in date, else warning",
        "The document was due for review before the date on which evidence must be in date.",
        "A board would rest a level on a document that its own owner no longer stands by.",
        "Ask the owner for the reviewed document or a new review date, or cite evidence that is in date.",
    ),
    Explanation(
        "EV304",
        "A superseded document",
        "must be put right where the statement has no other evidence, else warning",
        "The register says that a later document has taken this one's place.",
        "The words cited may no longer hold.",
        "Look the words up in the later document and cite that one.",
    ),
    Explanation(
        "EV305",
        "A register row that is not complete",
        "warning",
        "The row has no owner, no date, or no review date although its kind needs one. Minutes, letters, audits, "
        "surveys and engagement reports record a moment and need none.",
        "A document without an owner or a date cannot be vouched for.",
        "Fill in the field named.",
    ),
    Explanation(
        "EV306",
        "One document under two ids",
        "warning",
        "Two rows of the register have the same content or the same address.",
        "It would look like two pieces of evidence. It is counted once.",
        "Keep one row and cite that id throughout.",
    ),
    Explanation(
        "EV307",
        "A file that is not registered",
        "warning",
        "A file lies in evidence/ and no row of the register names it.",
        "It may be evidence that someone meant to cite, or something that does not belong there.",
        "Add a row for it, move it to evidence/inbox/, or take it away.",
    ),
    Explanation(
        "EV308",
        "A document that nothing cites",
        "note",
        "The document is in the register, and no answer, action, risk or narrative cites it.",
        "It may be evidence that was overlooked.",
        "Nothing need be done.",
    ),
    Explanation(
        "EV309",
        "A document outside the evidence folder",
        "must be put right",
        "The path in the register, or a link in it, leads out of evidence/. The file was not opened.",
        "The trail would point to a file that nobody else has, or to one that was never meant to be read.",
        "Put a copy into evidence/ and name that.",
    ),
    Explanation(
        "EV310",
        "Changed since it was signed off",
        "warning; must be put right where the record of sign-offs is broken",
        "Something that the papers rest on (a document, the register, an answer, an action, a risk, money, an "
        "indicator, narrative, the framework, assessment.yaml, an earlier assessment, a template) is no longer what it "
        "was when the assessment was last signed off. Or the record of sign-offs is cut short, gone or was changed.",
        "The signature stands under something else than what is printed.",
        "Look at what changed, and have the assessment signed off again.",
    ),
    Explanation(
        "EV311",
        "One document carries many statements",
        "warning",
        "One document is cited for more than a quarter of the statements.",
        "If it is withdrawn or turns out to be wrong, all of them fall with it.",
        "Look for evidence of each statement's own.",
    ),
    Explanation(
        "EV312",
        "A draft, or a document of a later date",
        "warning",
        "A document that is cited is marked as a draft, or is dated after the date on which evidence must be in date.",
        "A draft may change before anyone approves it; a later document did not yet exist.",
        "Cite the approved document, or correct its status or date in the register.",
    ),
    Explanation(
        "EV313",
        "Out of date by the day of the meeting",
        "warning",
        "The document is in date on the assessment's date, and falls due for review before the meeting.",
        "On the day, a member may hold up an out-of-date document.",
        "Ask the owner to review it before the meeting.",
    ),
    Explanation(
        "EV314",
        "A link, and no copy",
        "note",
        "The register gives an address and no file.",
        "Pages change and vanish; words in them cannot be checked.",
        "Save a copy into evidence/ and name it in `file`.",
    ),
)
