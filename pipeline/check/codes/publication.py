"""PU7xx: what must not, or should not, be published."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "PU701",
        "A document that is not for the public",
        "must be put right",
        "A confidential document is cited in a public paper; or the authors' text gives the title, the id or the file "
        "name of a document that is not public, or repeats four words or more that are cited from one.",
        "What is published cannot be called back.",
        "Say it in other words, or cite a public document. A comment can have a `public_comment` that is printed in "
        "its place. If the owner agrees that the document is public, change `visibility` in the register.",
    ),
    Explanation(
        "PU702",
        "Personal data in public text",
        "must be put right",
        "Text for a public paper holds a valid NHS number, an e-mail address that is not one of the listed contacts, a "
        "telephone number, a date of birth, or a web address with a password or key in it.",
        "Publishing it may be a breach of data protection law, and harms the person.",
        "Take it out. Contacts meant for the public go into `publication.contacts` in assessment.yaml.",
    ),
    Explanation(
        "PU703",
        "An abbreviation not spelled out",
        "warning",
        "An abbreviation is used before a reader is told what it stands for.",
        "Members of the public, and new members of the Board, lose the thread.",
        "Spell it out where it comes first, with the short form in brackets. The team's own abbreviations go into "
        "`abbreviations` in assessment.yaml.",
    ),
    Explanation(
        "PU704",
        "A left-over in the text",
        "must be put right",
        "The text still holds TBC, XXX, [insert ...] or an unfilled {{ }}.",
        "It would be printed as it stands.",
        "Write what is meant to stand there, or take it out.",
    ),
    Explanation(
        "PU705",
        "The ask does not match the paper's type",
        "warning",
        "What the Board is asked has no verb that goes with the type of the paper: approve, agree, ratify or adopt for "
        "decision; discuss, consider or advise for discussion; take assurance, review or receive for assurance; note "
        "for information.",
        "Members should know what they are asked to do before they read on.",
        "Change what is asked, or the type.",
    ),
    Explanation(
        "PU706",
        "A percentage without its denominator",
        "warning",
        "A percentage is given, and not of how many.",
        "62% of eight people and 62% of eight thousand are different news.",
        "Write “62% (154 of 248)”; in the table of indicators, fill in `numerator` and `denominator`.",
    ),
    Explanation(
        "PU707",
        "Guidance that has been superseded",
        "warning",
        "An assessed statement names guidance or law that has been superseded, or a register row has its address.",
        "The assessment would be measured against something that no longer holds.",
        "Name what has replaced it, in the framework's references or in the register.",
    ),
    Explanation(
        "PU708",
        "A small count that could point to a person",
        "must be put right",
        "A count in the table of indicators is small enough to point to a person, or is hidden and can be worked out "
        "from its total or its percentage.",
        "Neighbours may recognise who it is.",
        "Write `*` in its place, and hide a second category where the total is given.",
    ),
)
