"""AC5xx, BA6xx, FU901 and ND901: actions, risks, money and indicators."""

from __future__ import annotations

from pipeline.check.codes.explanation import Explanation

EXPLANATIONS = (
    Explanation(
        "AC501",
        "An action without owner or date",
        "must be put right",
        "An open action names nobody to do it, or no day by which it is to be done.",
        "An action that is nobody's, or that is never due, is not done.",
        "Name a role and a date.",
    ),
    Explanation(
        "AC502",
        "An action overdue",
        "warning",
        "An open action was due before the date of the assessment.",
        "Members will ask what happened to it.",
        "Ask its owner: mark it as done, with what shows it, or agree a new date and say why.",
    ),
    Explanation(
        "AC503",
        "A weak statement with no action",
        "warning",
        "A statement at the lowest level, or one that moved down, has no open action.",
        "A board that is shown a weakness will ask what is being done about it.",
        "Add an action with an owner and a date, or say in the paper why none is needed.",
    ),
    Explanation(
        "AC504",
        "An action done, with nothing to show for it",
        "warning",
        "An action is marked as done, and no evidence is cited for it.",
        "It is then a matter of trust that it was done.",
        "Cite what shows it in the column `evidence`.",
    ),
    Explanation(
        "AC505",
        "An action of last year that is gone",
        "warning",
        "An action was open in the cycle compared with, and this year's plan neither carries it, nor says that it is "
        "done or dropped.",
        "An action that leaves the plan without a word looks like one that was forgotten.",
        "Carry it over and set its status to open, done or dropped.",
    ),
    Explanation(
        "AC506",
        "A plan is asked about and has no action",
        "warning",
        "What the Board is asked to do names an action plan, and there is no action.",
        "A board cannot approve, review or note what is not there.",
        "Write the actions into actions.csv, or ask for something else.",
    ),
    Explanation(
        "BA601",
        "A risk score or statement that does not exist",
        "must be put right",
        "A likelihood or consequence is not a whole number from 1 to 5, or a risk names a statement that the framework "
        "does not have.",
        "The risk would be shown in the wrong place, or not be linked to what it rests on.",
        "Type a number from 1 to 5, or the id of a statement in the framework.",
    ),
    Explanation(
        "BA602",
        "Risk scores out of order",
        "warning",
        "The target score is above the current one, or the current one above the inherent one.",
        "Controls would then make a risk greater, or the aim would be to let it grow.",
        "Check both scores with the risk lead.",
    ),
    Explanation(
        "BA603",
        "A risk score that moved without a reason",
        "warning",
        "The current score differs from the previous one and no rationale is given; or it fell while no statement "
        "linked to it moved up.",
        "A lower score is welcome news, and the first thing that an auditor will ask about.",
        "Ask the risk lead what has changed, and write it in `rationale`.",
    ),
    Explanation(
        "BA604",
        "A target without a date, or past it",
        "warning",
        "A risk has a target score and no date by which it is to be reached; or the date has passed, and the current "
        "score is still above it.",
        "Nobody can tell whether it is late.",
        "Fill in `target_date`, or agree a new one.",
    ),
    Explanation(
        "BA605",
        "Much assurance on little independence",
        "warning",
        "The paper offers substantial or reasonable assurance, while most levels rest on the evidence of those who do "
        "the work.",
        "A self-assessment on one's own evidence is the first of three lines; it bears limited assurance.",
        "Offer less, or cite what a committee, an auditor, a regulator or partners have found.",
    ),
    Explanation(
        "BA606",
        "A risk that is not there",
        "warning",
        "The cover names a risk that risks.csv does not have; or the last cycle's cover named one that this cycle does "
        "not name.",
        "Members would look for it in vain.",
        "Add the risk, take it off the cover, or say in the paper that it is closed.",
    ),
    Explanation(
        "FU901",
        "Money without a decision or a measure",
        "warning",
        "A pilot is past its end and no decision on it is recorded; or a scheme's goal has no baseline; or its outcome "
        "has no figure.",
        "The public report would tell what was spent and not what came of it.",
        "Record the decision, where things stood at the start, and the figure with its date.",
    ),
    Explanation(
        "ND901",
        "An indicator not shown by group",
        "warning",
        "An indicator has no results by deprivation, ethnicity, age or sex, and no reason is given.",
        "One figure for everybody hides the very differences that the report is about.",
        "Add the results by group, or say in `why_missing` why there are none.",
    ),
)
