"""Damage to assessment.yaml and to the authors' own prose."""
# ruff: noqa: E501  one damage a line

from __future__ import annotations

from tests.damages.kinds import NEXT_STEPS, REGISTER, RISKS, SUMMARY, TEAM, UNREADABLE, YAML, Damage, Named
from tests.damages.verbs import all_of, cells, drop_folder, every, put, swap

REVIEW = "agreed_by: Chair of the Audit and Risk Committee"
LAPSED = (Named("EV303", REGISTER, 31),)
SUPERSEDED = "https://www.england.nhs.uk/long-read/nhs-englands-statement-on-information-on-health-inequalities-duty/"
ASKED = "annual_report: {inc"
STATE = "**Where we stand.** Of 45"
LEVELS_ASK_MORE = (Named("ST203", TEAM, 2), Named("ST203", TEAM, 11), Named("ST203", TEAM, 24))

TO_PAPERS = (
    Damage("an unknown key", swap(YAML, "organisation: NHS", "organization: NHS"), UNREADABLE, YAML, 3),
    Damage("a key given twice", swap(YAML, "stage: result", "stage: result\nstage: proposal"), UNREADABLE, YAML, 9),
    Damage("a tag", swap(YAML, "stage: result", "stage: !!python/name:os.system result"), UNREADABLE, YAML, 8),
    Damage("a bracket that is never closed", swap(YAML, "key_areas: [strategy, performance, governance]", "key_areas: [strategy, performance"), UNREADABLE, YAML, 54),
    Damage("an empty assessment.yaml", put(YAML, b""), UNREADABLE, YAML),
    Damage("no framework of that name", swap(YAML, "framework: hi-icb", "framework: hi-icbs"), UNREADABLE, YAML, 6),
    Damage("another cycle than its folder", swap(YAML, "cycle: 2025-26", "cycle: 2026-27"), "IN101", YAML, 4),
    Damage("a day in assessment.yaml that does not exist", swap(YAML, "as_of: 2026-03-26", "as_of: 2026-02-30"), "IN101", YAML, 7),
    Damage("the previous cycle gone", drop_folder("assessments/2024-25"), "IN102", YAML, 5, (Named("BA603", RISKS, 5),)),
    Damage("a respondent twice", swap(YAML, "  - {id: healthwatch", "  - {id: VCSE, name: Alliance, role: partner}\n  - {id: healthwatch"), "IN103", YAML, 38),
    Damage("a target for an unknown statement", swap(YAML, "  GA10: consistent", "  GA11: consistent"), "IN102", YAML, 15),
    Damage("a target at an unknown level", swap(YAML, "  GA10: consistent", "  GA10: constant"), "IN101", YAML, 15),
    Damage("an ask that asks for nothing of its type", swap(YAML, "type: assurance", "type: information"), "PU705", YAML),
    Damage("an e-mail address on the cover", swap(YAML, "of_interest: The partner", "of_interest: Ask j.smith@example.nhs.uk. The partner"), "PU702", YAML),
    Damage("XXX on the cover", swap(YAML, "title: Health inequalities self-assessment 2025-26", "title: Health inequalities self-assessment XXX"), "PU704", YAML),
    Damage("assurance higher than its grounds", all_of(swap(YAML, "level: limited", "level: substantial"), every(REGISTER, assurance_line="1")), "BA605", YAML, None, LEVELS_ASK_MORE, mild=True),
    Damage("an exception that lapsed", swap(YAML, "until: 2026-05-31", "until: 2026-03-25"), "OV101", YAML, 102, LAPSED),
    Damage("an exception for years", swap(YAML, "until: 2026-05-31", "until: 2027-05-31"), "OV101", YAML, 102, LAPSED),
    Damage("an exception by the owner", swap(YAML, REVIEW, "agreed_by: Head of Organisational Development"), "OV101", YAML, 102, LAPSED),
    Damage("an exception of another document", swap(YAML, "subject: E030", "subject: E029"), "OV101", YAML, 102, LAPSED),
    Damage("an exception that cannot be", swap(YAML, "code: EV303", "code: PU702"), "OV101", YAML, 102, LAPSED),
    Damage("an exception agreed after the meeting", swap(YAML, "agreed_on: 2026-03-12", "agreed_on: 2026-04-12"), "OV101", YAML, 102, LAPSED),
    Damage("an exception by an author", swap(YAML, REVIEW, "agreed_by: Head of Health Inequalities"), "OV101", YAML, 102, LAPSED),
    Damage("an exception of another statement", swap(YAML, "statement: EE6", "statement: EE5"), "OV101", YAML, 102, LAPSED),
    Damage("a session misspelt", swap(YAML, "session: public", "session: pubic"), "IN101", YAML, 45),
    Damage("a paper's type misspelt", swap(YAML, "type: assurance", "type: asurance"), "IN101", YAML, 46),
    Damage("a role misspelt", swap(YAML, "Tarnshire, role: partner", "Tarnshire, role: partners"), "IN101", YAML, 38),
    Damage("a method misspelt", swap(YAML, "2026-02-12, method: workshop", "2026-02-12, method: workshp"), "IN101", YAML, 36),
    Damage("an assurance level misspelt", swap(YAML, "level: limited", "level: limted"), "IN101", YAML, 69),
    Damage("a check misspelt that is to be stricter", swap(YAML, ASKED, f"severities: {{ST2O4: blocker}}\n{ASKED}"), "IN101", YAML, 93),
    Damage("a severity misspelt", swap(YAML, ASKED, f"severities: {{ST204: blocking}}\n{ASKED}"), "IN101", YAML, 93),
    Damage("a check made milder", swap(YAML, ASKED, f"severities: {{CI403: note}}\n{ASKED}"), "IN101", YAML, 93),
    Damage("small numbers switched off", swap(YAML, "small_numbers: 7", "small_numbers: 0"), "IN101", YAML, 96),
    Damage("a risk on the cover that is not there", swap(YAML, "baf_risks: [HI-R1,", "baf_risks: [HI-R9,"), "BA606", YAML),
    Damage("an unknown statement left out", swap(YAML, "stage: result", "stage: result\nleft_out: [{statement: SC77, reason: x, agreed_by: Chair}]"), "IN102", YAML, 9),
    Damage("a statement left out and not why", swap(YAML, "stage: result", "stage: result\nleft_out: [{statement: SC7}]"), "IN101", YAML, 9),
    Damage("a known exception without its reason", swap(YAML, "    agreed_on: 2026-03-12\n", ""), "IN101", YAML, 102, LAPSED),
    Damage("a live figure that does not exist", swap(SUMMARY, "{{ scores.GA.middle }}", "{{ scores.GB.middle }}"), "NA801", SUMMARY, 6),
    Damage("a live figure that is never closed", swap(SUMMARY, "{{ scores.GA.middle }}", "{{ scores.GA.middle"), "PU704", SUMMARY, 6),
    Damage("an unknown document in the narrative", swap(SUMMARY, "@E009", "@E909"), "CI401", SUMMARY, 13),
    Damage("a quotation in the narrative altered", swap(SUMMARY, "No review by group", "A review by group"), "CI403", SUMMARY, 13),
    Damage("TBC in the narrative", swap(SUMMARY, STATE, f"TBC. {STATE}"), "PU704", SUMMARY, 4),
    Damage("a confidential title in the narrative", swap(SUMMARY, STATE, f"The Draft remedial notice: maternity interpreting is out. {STATE}"), "PU701", SUMMARY, 4),
    Damage("an NHS number in the narrative", swap(SUMMARY, STATE, f"Patient 943 476 5919. {STATE}"), "PU702", SUMMARY, 4),
    Damage("an abbreviation", swap(NEXT_STEPS, "**Before the next meeting** we", "**Before the next meeting** the BAF is read, and we"), "PU703", NEXT_STEPS, 1),
    Damage("a percentage alone", swap(NEXT_STEPS, "**Before the next meeting** we", "**Before the next meeting**, at 40%, we"), "PU706", NEXT_STEPS, 1),
    Damage("a superseded reference in the register", cells(REGISTER, "E031", url=SUPERSEDED), "PU707", REGISTER, 32),
)  # fmt: skip
