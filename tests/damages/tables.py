"""Damage to the other tables: actions, risks, funding, indicators, charters."""
# ruff: noqa: E501  one damage a line

from __future__ import annotations

from tests.damages.kinds import ACTIONS, CHARTER, FUNDING, HERE, INDICATORS, RISKS, UNREADABLE, YAML, Damage, Named
from tests.damages.verbs import add_row, all_of, as_workbook, cells, drop_row, move, nth_row, swap

OUTREACH = f"{HERE}/schemes/outreach-checks.yaml"
ENDED = all_of(
    cells(FUNDING, "outreach-checks", decision="", ends="2026-02-28"),
    swap(OUTREACH, "decision: Due from the Finance and Investment Committee by 30 June 2026.\n", ""),
)
HIDDEN = all_of(
    nth_row(INDICATORS, 18, value="60.0", numerator="30", denominator="50"),
    add_row(
        INDICATORS,
        "smi",
        breakdown="total",
        category="All",
        value="61.0",
        numerator="3209",
        denominator="5260",
        low="",
        high="",
    ),  # fmt: skip
)
RISK_GONE = tuple(Named("BA606", ACTIONS, row) for row in (6, 8, 12, 13, 15, 34))

TO_TABLES = (
    Damage("an action without owner", cells(ACTIONS, "A03", owner=""), "AC501", ACTIONS, 4),
    Damage("an action without date", cells(ACTIONS, "A03", due=""), "AC501", ACTIONS, 4),
    Damage("an action overdue", cells(ACTIONS, "A03", due="2026-03-25"), "AC502", ACTIONS, 4),
    Damage("an action on a day that does not exist", cells(ACTIONS, "A03", due="2026-06-31"), "IN101", ACTIONS, 4),
    Damage("an action's date with slashes", cells(ACTIONS, "A03", due="05/06/2026"), "IN101", ACTIONS, 4),
    Damage("an action's status misspelt", cells(ACTIONS, "A03", status="opne"), "IN101", ACTIONS, 4),
    Damage("an action done, with no evidence", cells(ACTIONS, "A02", evidence=""), "AC504", ACTIONS, 3),
    Damage("an action on an unknown statement", cells(ACTIONS, "A03", statement="GA44"), "IN102", ACTIONS, 4),
    Damage("an action's id used twice", add_row(ACTIONS, "A03", id="a03"), "IN103", ACTIONS, 37),
    Damage("an unknown document in an action", swap(ACTIONS, '"E005 p.2 ""A member', '"E905 p.2 ""A member'), "CI401", ACTIONS, 3),
    Damage("a quotation in an action altered", swap(ACTIONS, "A member asked who had agreed", "A member asked who has agreed"), "CI403", ACTIONS, 3),
    Damage("nothing planned for the lowest level", cells(ACTIONS, "A23", statement="CP4"), "AC503", ACTIONS),
    Damage("TBC as an action's measure", cells(ACTIONS, "A03", measure="TBC"), "PU704", ACTIONS, 4),
    Damage("an action that says nothing", cells(ACTIONS, "A03", action=""), "IN101", ACTIONS, 4),
    Damage("a dash for an action's owner", cells(ACTIONS, "A03", owner="-"), "AC501", ACTIONS, 4),
    Damage("an action without status", cells(ACTIONS, "A03", status=""), "IN101", ACTIONS, 4),
    Damage("an action without id", cells(ACTIONS, "A03", id=""), "IN101", ACTIONS, 4),
    Damage("an action under another section", cells(ACTIONS, "A03", section="SC"), "IN101", ACTIONS, 4),
    Damage("an action under an unknown section", cells(ACTIONS, "A03", section="GQ"), "IN102", ACTIONS, 4),
    Damage("one action under two ids", add_row(ACTIONS, "A03", id="A36"), "IN103", ACTIONS, 37),
    Damage("an action for an unknown risk", cells(ACTIONS, "A03", risk="HI-R9"), "BA606", ACTIONS, 4),
    Damage("an action's year with its figures changed round", cells(ACTIONS, "A03", due="2206-09-30"), "IN101", ACTIONS, 4),
    Damage("TBC as an action's owner", cells(ACTIONS, "A03", owner="TBC"), "PU704", ACTIONS, 4),
    Damage("actions kept twice", as_workbook(ACTIONS, f"{HERE}/actions.xlsx"), UNREADABLE, ACTIONS),
    Damage("a column of actions misspelt", swap(ACTIONS, "action,owner,due", "action,ownr,due"), UNREADABLE, ACTIONS, 1),
    Damage("a score of 6", cells(RISKS, "HI-R1", current_consequence="6"), "BA601", RISKS, 2),
    Damage("a score in words", cells(RISKS, "HI-R1", current_consequence="high"), "BA601", RISKS, 2),
    Damage("a risk of an unknown statement", swap(RISKS, "GA2; GA5; GA9;", "GA2; GA55; GA9;"), "BA601", RISKS, 2),
    Damage("a target above the current score", cells(RISKS, "HI-R1", target_likelihood="5"), "BA602", RISKS, 2),
    Damage("a current score above the inherent", cells(RISKS, "HI-R1", inherent_likelihood="3"), "BA602", RISKS, 2),
    Damage("a score moved with no reason", cells(RISKS, "HI-R1", previous_likelihood="3", rationale=""), "BA603", RISKS, 2),
    Damage("a target changed round with the score", cells(RISKS, "HI-R4", current_likelihood="2", target_likelihood="3", rationale="As agreed in January"), "BA602", RISKS, 5),
    Damage("a target whose date has passed", cells(RISKS, "HI-R1", target_date="2026-03-01"), "BA604", RISKS, 2),
    Damage("a risk's id used twice but for its case", add_row(RISKS, "HI-R1", id="hi-r1"), "IN103", RISKS, 7),
    Damage("half of a score left empty", cells(RISKS, "HI-R1", inherent_likelihood=""), "BA601", RISKS, 2),
    Damage("a risk that says nothing", cells(RISKS, "HI-R1", risk=""), "IN101", RISKS, 2),
    Damage("counts without their value", nth_row(INDICATORS, 35, value=""), "IN101", INDICATORS, 35),
    Damage("more complete than whole", nth_row(INDICATORS, 12, completeness="150"), "IN101", INDICATORS, 12),
    Damage("half a score", cells(RISKS, "HI-R1", current_likelihood="3.5"), "BA601", RISKS, 2),
    Damage("a risk taken out that the cover names", drop_row(RISKS, "HI-R5"), "BA606", YAML, None, RISK_GONE),
    Damage("a target without a date", cells(RISKS, "HI-R1", target_date=""), "BA604", RISKS, 2),
    Damage("an unknown document in a risk", swap(RISKS, '"E010 ""Members noted', '"E910 ""Members noted'), "CI401", RISKS, 2),
    Damage("a quotation in a risk altered", swap(RISKS, "has narrowed in each of the last six", "has narrowed in each of the last ten"), "CI403", RISKS, 2),
    Damage("a review in the future", cells(RISKS, "HI-R1", last_reviewed="2026-08-05"), "FG901", RISKS, 2),
    Damage("a value that its counts do not give", nth_row(INDICATORS, 35, value="68.1"), "FG901", INDICATORS, 35),
    Damage("more money moved than there was", cells(FUNDING, "recording", redirected="350000"), "FG901", FUNDING, 9),
    Damage("the figures of another fifth", nth_row(INDICATORS, 2, value="67.2", numerator="21560", denominator="32100", low="66.6", high="67.7"), "FG902", INDICATORS, 2),
    Damage("an amount that its source does not hold", cells(FUNDING, "team", amount="640000"), "FG902", FUNDING, 11),
    Damage("a sum in the narrative altered", swap(f"{HERE}/narrative/annual-report-AR4.md", "was £6,400,000.", "was £6,900,000."), "FG903", f"{HERE}/narrative/annual-report-AR4.md", 1),
    Damage("a small count", nth_row(INDICATORS, 18, numerator="4", value="40.0", denominator="10"), "PU708", INDICATORS, 18),
    Damage("a hidden count that can be worked out", HIDDEN, "PU708", INDICATORS, 17, (Named("FG901", INDICATORS, 134),)),
    Damage("a percentage with no denominator", nth_row(INDICATORS, 7, numerator="", denominator=""), "PU706", INDICATORS, 7),
    Damage("an indicator not broken down", nth_row(INDICATORS, 35, breakdown="place", why_missing=""), "ND901", INDICATORS, 35),
    Damage("no reason why results are missing", nth_row(INDICATORS, 36, why_missing=""), "ND901", INDICATORS, 36),
    Damage("a quotation in an indicator altered", swap(INDICATORS, 'E011 p.5 ""655 of 1,060', 'E011 p.5 ""656 of 1,060'), "CI403", INDICATORS, 35),
    Damage("a pilot ended and not decided", ENDED, "FU901", FUNDING, 7),
    Damage("an unknown document in funding", swap(FUNDING, '"E029 p.3 ""Between', '"E929 p.3 ""Between'), "CI401", FUNDING, 2),
    Damage("funding for an unknown statement", cells(FUNDING, "team", statements="SC1; SC77"), "IN102", FUNDING, 11),
    Damage("an amount in thousands", cells(FUNDING, "team", amount="540k"), "IN101", FUNDING, 11),
    Damage("a category misspelt", cells(FUNDING, "team", category="team capcity"), "IN101", FUNDING, 11),
    Damage("yes for how much is ring-fenced", cells(FUNDING, "team", ringfenced="yes"), "IN101", FUNDING, 11),
    Damage("a funding row twice", add_row(FUNDING, "team"), "IN103", FUNDING, 12),
    Damage("a charter renamed", move(CHARTER, f"{HERE}/schemes/conectors.yaml"), "IN107", f"{HERE}/schemes/conectors.yaml", None, mild=True),
    Damage("an indicator's row twice", add_row(INDICATORS, "interpreter"), "IN103", INDICATORS, 250),
    Damage("an indicator's page of another table", nth_row(INDICATORS, 35, evidence='E011 p.4 "655 of 1,060"'), "CI404", INDICATORS, 35),
    Damage("an amount in words", cells(FUNDING, "team", amount="half a million"), "IN101", FUNDING, 11),
    Damage("a goal without a starting figure", swap(CHARTER, "    baseline: Not asked before April 2023\n", ""), "FU901", CHARTER),
    Damage("an unknown key in a charter", swap(CHARTER, "out_of_scope:", "outofscope:"), UNREADABLE, CHARTER, 19),
)  # fmt: skip
