"""Damage to the evidence register."""
# ruff: noqa: E501  one damage a line

from __future__ import annotations

from pipeline.office.recognition import engine
from tests.damages.kinds import REGISTER, RISKS, TEAM, UNREADABLE, VCSE, Damage, Named
from tests.damages.verbs import add_row, all_of, cells, move, swap

UNSEEN = "CI411" if engine() else "CI405"
"""What is said of a scan: its words may be recognised where an engine is installed."""
NOTE = "evidence/data/ethnicity-recording-note-2025-12.docx"

TO_REGISTER = (
    Damage("a row taken out", swap(REGISTER, "\nE016,", "\nE916,"), "CI401", TEAM, 31, (Named("CI401", RISKS, 4), Named("CI401", VCSE, 29))),
    Damage("an id used twice", add_row(REGISTER, "E016", title="Another"), "IN103", REGISTER, 34),
    Damage("an id used twice but for its case", add_row(REGISTER, "E016", id="e016"), "IN103", REGISTER, 34),
    Damage("an id used twice but for spaces", add_row(REGISTER, "E016", id=" E016 "), "IN103", REGISTER, 34),
    Damage("no title", cells(REGISTER, "E016", title=""), "IN101", REGISTER, 17),
    Damage("no owner", cells(REGISTER, "E016", owner=""), "EV305", REGISTER, 17),
    Damage("no date", cells(REGISTER, "E016", dated=""), "EV305", REGISTER, 17),
    Damage("no review date", cells(REGISTER, "E016", review_by=""), "EV305", REGISTER, 17),
    Damage("a day that does not exist", cells(REGISTER, "E016", dated="2025-02-30"), "IN101", REGISTER, 17),
    Damage("a date with slashes", cells(REGISTER, "E016", dated="11/12/2025"), "IN101", REGISTER, 17),
    Damage("a date in words", cells(REGISTER, "E016", review_by="next summer"), "IN101", REGISTER, 17),
    Damage("a kind that is not known", cells(REGISTER, "E016", kind="reprot"), "IN101", REGISTER, 17),
    Damage("a visibility that is not known", cells(REGISTER, "E016", visibility="pubic"), "IN101", REGISTER, 17),
    Damage("a fourth line of assurance", cells(REGISTER, "E016", assurance_line="4"), "IN101", REGISTER, 17),
    Damage("a status that is not known", cells(REGISTER, "E016", status="final"), "IN101", REGISTER, 17),
    Damage("a document that supersedes itself", cells(REGISTER, "E016", supersedes="E016"), "IN101", REGISTER, 17),
    Damage("a link that runs", cells(REGISTER, "E016", url="javascript:alert(1)"), "IN101", REGISTER, 17),
    Damage("Excel's day 0", cells(REGISTER, "E016", dated="1900-01-01"), "IN101", REGISTER, 17),
    Damage("an unknown predecessor", cells(REGISTER, "E016", supersedes="E999"), "CI401", REGISTER, 17),
    Damage("out of date, and nothing else", cells(REGISTER, "E020", review_by="2026-03-01"), "EV303", REGISTER, 21),
    Damage("out of date beside others", cells(REGISTER, "E002", review_by="2026-03-01"), "EV303", REGISTER, 3, mild=True),
    Damage("superseded, and nothing else", all_of(cells(REGISTER, "E015", supersedes="E020"), cells(REGISTER, "E020", dated="2026-01-02")), "EV304", REGISTER, 21),
    Damage("superseded beside others", cells(REGISTER, "E028", supersedes="E006"), "EV304", REGISTER, 7, mild=True),
    Damage("a draft cited", cells(REGISTER, "E016", status="draft"), "EV312", REGISTER, 17),
    Damage("dated after the assessment", cells(REGISTER, "E016", dated="2026-04-01"), "EV312", REGISTER, 17),
    Damage("made confidential while cited", cells(REGISTER, "E016", visibility="confidential"), "PU701", TEAM, 31, (Named("PU701", RISKS, 4), Named("PU701", VCSE, 29))),
    Damage("one document under two ids", add_row(REGISTER, "E023", id="E033", title="Another"), "EV306", REGISTER, 34, (Named("EV308", REGISTER, 34),)),
    Damage("a path that leaves the folder", cells(REGISTER, "E016", file="../assessments/README.md"), "EV309", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("a path from the root", cells(REGISTER, "E016", file="/etc/hostname"), "EV309", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("a folder for a file", cells(REGISTER, "E016", file="data"), "EV302", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("a file name misspelt", cells(REGISTER, "E016", file="data/ethnicity-recording-note-2025-21.docx"), "EV301", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("a scan that nobody has seen", cells(REGISTER, "E026", checked_by="", checked_on=""), UNSEEN, TEAM, 17, (Named(UNSEEN, VCSE, 17),), mild=UNSEEN == "CI411"),
    Damage("seen after the meeting", cells(REGISTER, "E026", checked_on="2026-12-10"), UNSEEN, TEAM, 17, (Named(UNSEEN, VCSE, 17),), mild=UNSEEN == "CI411"),
    Damage("seen by its own owner", cells(REGISTER, "E026", checked_by="Chief Executive"), UNSEEN, TEAM, 17, (Named(UNSEEN, VCSE, 17),), mild=UNSEEN == "CI411"),
    Damage("a nature misspelt", cells(REGISTER, "E016", nature="quantative"), "IN101", REGISTER, 17),
    Damage("a letter O in an id", cells(REGISTER, "E016", id="EO16"), "CI401", TEAM, 31, (Named("CI401", RISKS, 4), Named("CI401", VCSE, 29))),
    Damage("a path on somebody's computer", cells(REGISTER, "E016", file="C:\\Users\\me\\ethnicity-recording-note-2025-12.docx"), "EV309", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("a doubled ending", cells(REGISTER, "E016", file="data/ethnicity-recording-note-2025-12.docx.docx"), "EV301", REGISTER, 17, (Named("EV307", NOTE),)),
    Damage("TBC as an owner", cells(REGISTER, "E016", owner="TBC"), "PU704", REGISTER, 17),
    Damage("to be reviewed before it was made", cells(REGISTER, "E016", review_by="2025-06-30"), "EV303", REGISTER, 17, mild=True),
    Damage("a register misspelt", move(REGISTER, "evidence/registr.csv"), UNREADABLE, REGISTER),
    Damage("a copy given up for a link", cells(REGISTER, "E013", file="", url="https://www.example.nhs.uk/safe"), "EV314", REGISTER, 14, (Named("EV307", "evidence/equality/safe-publication-procedure.html"),)),
    Damage("the owner altered after the sign-off", cells(REGISTER, "E016", owner="Head of Data"), "EV310", REGISTER, 17, signed=True),
)  # fmt: skip
