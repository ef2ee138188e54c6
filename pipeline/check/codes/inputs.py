"""IN1xx and OV101: what was typed and could not be taken as it stands."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "IN101",
        "A value that is not allowed",
        "must be put right",
        "A cell or a key holds something that cannot be taken as it stands: a level that is misspelt, a date that does "
        "not exist or can be read in two ways, a row with more cells than headings.",
        "A guess at what was meant would be printed as if someone had said it.",
        "Go to the file, row and column named and type one of the values suggested. Dates are safest as 2026-03-26.",
    ),
    Explanation(
        "IN102",
        "An id that nothing has",
        "must be put right",
        "A statement, section, respondent or action is named by an id that is not in the framework or in "
        "assessment.yaml; or a form lies in responses/ and no respondent has its name.",
        "What was written there would belong to nothing, and an answer would be lost without anybody noticing.",
        "Type the id that was meant; the nearest known one is suggested. For a form, name the file after the "
        "respondent, or add the respondent to assessment.yaml.",
    ),
    Explanation(
        "IN103",
        "An id used twice",
        "must be put right",
        "Two rows have one id (capitals and spaces aside): the first row is read, the other is not. Or two forms of "
        "one respondent answer a statement differently: then neither answer is read.",
        "Two answers or two documents under one name: nobody can say which of them the paper shows.",
        "Give the second row an id of its own, or take it out. Of two forms, keep the answer that is right.",
    ),
    Explanation(
        "IN104",
        "A form of another cycle, framework or respondent",
        "must be put right",
        "The form's own cover names another year, another framework or another respondent than the place it lies in. "
        "Its answers are not read.",
        "Last year's answers, or another body's, would be printed as this year's.",
        "Put the right form there. If the answers are right and the cover is not, correct the cover.",
    ),
    Explanation(
        "IN105",
        "Left-overs in a form, or a form not returned",
        "warning; note where a form has not been returned",
        "A returned form holds a formula, a tracked change or a prompt that nobody replaced; or a respondent listed in "
        "assessment.yaml has returned no form.",
        "What is printed may not be what the respondent meant to say, or a voice may be missing.",
        "Open the form, accept or reject the changes, replace prompts and formulas with text. Ask for forms that are "
        "missing.",
    ),
    Explanation(
        "IN106",
        "A column that is not known",
        "note",
        "A table has a column that this program does not use. It is left alone.",
        "Nothing in it reaches the papers.",
        "Nothing need be done. If the column is one of ours under your own heading, map it with `column_names` in "
        "assessment.yaml.",
    ),
    Explanation(
        "IN107",
        "A file or folder that nothing reads",
        "must be put right where its name is close to a known one that is missing; else a warning",
        "Something lies in the folder of this cycle under a name that nothing reads: `action.csv` for `actions.csv`, "
        "narrative in a Word or text file, a charter that no row of funding.csv names, a form outside responses/.",
        "What it holds reaches no paper. The Board could be asked to approve a plan that looks empty.",
        "Give it the name that is suggested and save it in that format, or take it out of the folder.",
    ),
    Explanation(
        "IN108",
        "Looks that carry meaning in a form",
        "warning",
        "Words in a returned form are struck out, hidden, coloured, in a symbol font or deleted with tracking; Excel "
        "shows an error in place of an answer; or a column of the form is gone. What is struck out or deleted is not "
        "read as an answer.",
        "The respondent may have meant something by it that a program cannot read, or have taken the words back.",
        "Look at the place in the form. Say in plain text what is meant, or clear the formatting.",
    ),
    Explanation(
        "IN109",
        "A form that contradicts itself, or has lost its marks",
        "must be put right",
        "The hidden marks that a form was sent out with name another cycle, framework or respondent than its cover; or "
        "the marks are gone and the cover does not say whose form it is. Its answers are not read.",
        "Last year's answers, or another body's, would be printed as this year's.",
        "Ask for the answers in the form that was sent out this year, or copy them into it.",
    ),
    Explanation(
        "OV101",
        "An agreed exception without effect",
        "warning",
        "An agreed exception in assessment.yaml matches nothing that must be put right, has run out, lasts more than "
        "twelve months, was agreed only after the meeting or after its own end, is not possible for this kind of "
        "finding, or was agreed by the document's owner or by an author of the paper.",
        "An exception lets a gap through on someone's word. It holds when that person is independent of it, and for a "
        "limited time.",
        "Take it out if it is no longer needed. Otherwise have it agreed anew, by someone who is neither owner nor "
        "author, before the meeting, with an end date after it and within twelve months.",
    ),
)
