"""Damage to what people answered: forms, levels, comments, citations."""
# ruff: noqa: E501  one damage a line

from __future__ import annotations

from tests.damages.kinds import BOARD, HEALTHWATCH, HERE, REGISTER, TEAM, UNREADABLE, VCSE, Damage, Named
from tests.damages.verbs import (
    add_row,
    cells,
    copy,
    cut_short,
    drop,
    drop_row,
    office,
    put,
    sheet_cell,
    swap,
)  # fmt: skip

E011 = "17 of 21 decision papers at the Board had one that was signed before the paper was published"
NO_LONGER_CITED = (Named("EV308", REGISTER, 9),)

FORMS = (
    Damage("a team's answer taken out", drop_row(TEAM, "EE7"), "ST201", TEAM),
    Damage("a level left empty", cells(TEAM, "CP8", level=""), "ST201", TEAM, 37),
    Damage("a level misspelt", cells(TEAM, "CP8", level="Grwing"), "IN101", TEAM, 37),
    Damage("a level of another scale", cells(TEAM, "CP8", level="4"), "IN101", TEAM, 37),
    Damage("not assessed, and not why", cells(TEAM, "CP8", level="not assessed", comment=""), "IN101", TEAM, 37),
    Damage("an answer to an unknown statement", add_row(TEAM, "CP8", statement="CP80"), "IN102", TEAM, 47),
    Damage("a letter O in a statement's id", cells(TEAM, "GA10", statement="GA1O"), "IN102", TEAM, 11),
    Damage("a statement answered twice", add_row(TEAM, "CP8", level="Emergent"), "IN103", TEAM, 47),
    Damage("twice, the id in small letters", add_row(TEAM, "CP8", statement="cp8"), "IN103", TEAM, 47),
    Damage("twice, the id with spaces", add_row(TEAM, "CP8", statement=" CP8 "), "IN103", TEAM, 47),
    Damage("a board's answer taken out", sheet_cell(BOARD, 2, "D21", ""), "ST202", BOARD, 21),
    Damage("a board's level misspelt", sheet_cell(BOARD, 2, "D21", "Grown"), "IN101", BOARD, 21),
    Damage("a partner's form lost", drop(HEALTHWATCH), "IN105", f"{HERE}/responses", None, NO_LONGER_CITED),
    Damage("a form of nobody declared", copy(VCSE, f"{HERE}/responses/council.csv"), "IN102", f"{HERE}/responses/council.csv"),
    Damage("a form of another cycle", sheet_cell(BOARD, 1, "B9", "2024-25"), "IN104", BOARD, 9),
    Damage("a form of another respondent", sheet_cell(BOARD, 1, "B12", "vcse"), "IN104", BOARD, 12),
    Damage("a form of another framework", office(HEALTHWATCH, ">hi-icb<", ">hi-kloe<"), "IN104", HEALTHWATCH, 4, mild=True),
    Damage("a formula in a form", sheet_cell(BOARD, 2, "D21", "Growing", formula='"Grow"&"ing"'), "IN105", BOARD, 21),
    Damage("two forms of one respondent", copy(HEALTHWATCH, f"{HERE}/responses/vcse.docx"), "IN104", f"{HERE}/responses/vcse.docx", 6, mild=True),
    Damage("a column misspelt", swap(TEAM, "statement,level,", "statement,levle,"), UNREADABLE, TEAM, 1),
    Damage("a column missing", swap(VCSE, ",evidence\n", "\n"), "IN101", VCSE, 1, mild=True),
    Damage("a column of the team's own", swap(VCSE, ",evidence\n", ",evidence,checked\n"), "IN106", VCSE, 1),
    Damage("a partner's level left empty", cells(VCSE, "CP8", level=""), "ST211", VCSE, 35),
    Damage("an error of Excel in a comment", cells(TEAM, "CP8", comment="#REF!"), "IN101", TEAM, 37),
    Damage("a cell too many", swap(VCSE, "\nSC3,Emergent,", "\nSC3,Emergent,,"), "IN101", VCSE, 14, mild=True),
    Damage("a form half uploaded", cut_short(BOARD, 0.5), "IN101", BOARD),
    Damage("an empty form", put(VCSE, b""), "IN101", VCSE, mild=True),
    Damage("a Word file named .xlsx", copy(HEALTHWATCH, BOARD), "IN101", BOARD),
)  # fmt: skip

COMMENTS = (
    Damage("TBC left in a comment", cells(TEAM, "CP8", comment="TBC after the meeting."), "PU704", TEAM, 37),
    Damage("[insert left in a comment", cells(TEAM, "CP8", comment="We met [insert number] times."), "PU704", TEAM, 37),
    Damage("braces left in a comment", cells(TEAM, "CP8", comment="We met {{ times }} times."), "PU704", TEAM, 37),
    Damage("a comment that denies its level", cells(TEAM, "CO4", comment="This is not yet started."), "ST207", TEAM, 24),
    Damage("one comment on two statements", cells(TEAM, "CP8", comment="The connectors, lung checks, weight management and children's asthma were shaped by the people they are for, who can point to what they changed. In the other three plans they were asked about a finished design. Participants are paid, but few stay on for the review."), "ST205", TEAM, 37),
    Damage("an NHS number", cells(TEAM, "CP8", comment="As patient 943 476 5919 told us."), "PU702", TEAM, 37),
    Damage("an e-mail address", cells(TEAM, "CP8", comment="Ask j.smith@example.nhs.uk for more."), "PU702", TEAM, 37),
    Damage("a telephone number", cells(TEAM, "CP8", comment="Ring 01632 960 983 for more."), "PU702", TEAM, 37),
    Damage("a date of birth", cells(TEAM, "CP8", comment="A resident born 3 May 1961 told us."), "PU702", TEAM, 37),
    Damage("a confidential title", cells(TEAM, "CP8", comment="See the Draft remedial notice: maternity interpreting."), "PU701", TEAM, 37),
    Damage("an internal document's words", cells(TEAM, "CP8", comment="We had assumed that the bus was the reason."), "PU701", TEAM, 37),
    Damage("a secret in the form of a partner", cells(VCSE, "CP8", comment="See the Draft remedial notice: maternity interpreting."), "PU701", VCSE, 35, mild=True),
)  # fmt: skip

CITATIONS = (
    Damage("all evidence of a level taken out", cells(TEAM, "SC8", evidence=""), "ST203", TEAM, 19),
    Damage("less evidence than the level asks", cells(TEAM, "GA5", evidence="E027 p.3"), "ST203", TEAM, 6, mild=True),
    Damage("whole documents alone", cells(TEAM, "CO8", evidence="E004; E011"), "CI408", TEAM, 28),
    Damage("an unknown document", cells(TEAM, "EE3", evidence="E099; E009 p.2; E027 p.4"), "CI401", TEAM, 41),
    Damage("an unknown file name", cells(VCSE, "CO4", evidence="equality-info.pdf p.5"), "CI401", VCSE, 24, mild=True),
    Damage("a confidential document", cells(TEAM, "EE3", evidence="E023; E009 p.2; E027 p.4"), "PU701", TEAM, 41, (Named("EV312", REGISTER, 24),)),
    Damage("a page beyond the end", swap(TEAM, f'E011 p.4 ""{E011}', f'E011 p.44 ""{E011}'), "CI402", TEAM, 7),
    Damage("page 0", swap(TEAM, f'E011 p.4 ""{E011}', f'E011 p.0 ""{E011}'), "CI406", TEAM, 7),
    Damage("another page", swap(TEAM, f'E011 p.4 ""{E011}', f'E011 p.5 ""{E011}'), "CI404", TEAM, 7),
    Damage("a page in words", swap(TEAM, f'E011 p.4 ""{E011}', f'E011 page four ""{E011}'), "CI406", TEAM, 7),
    Damage("pages from back to front", swap(TEAM, f'E011 p.4 ""{E011}', f'E011 pp.5-4 ""{E011}'), "CI406", TEAM, 7),
    Damage("a quotation that is never closed", cells(TEAM, "CP9", evidence='E002 p.3 "five of eleven have done so'), "CI406", TEAM, 38),
    Damage("a page of a Word document", swap(TEAM, 'E012 ""The Board sent', 'E012 p.2 ""The Board sent'), "CI407", TEAM, 7),
    Damage("another sheet", swap(TEAM, 'E020 sheet ""Charters""', 'E020 sheet ""Pilots""'), "CI404", TEAM, 33),
    Damage("a sheet that is not there", swap(TEAM, 'E020 sheet ""Charters""', 'E020 sheet ""Chartres""'), "CI404", TEAM, 33),
    Damage("a word altered", swap(TEAM, "Leaders do as they say", "Leaders do what they say"), "CI403", TEAM, 12),
    Damage("a word left out", swap(TEAM, "Nobody holds a calendar of who needs", "Nobody holds a calendar who needs"), "CI403", TEAM, 41),
    Damage("a word added", swap(TEAM, "Recording has improved in four", "Recording has greatly improved in four"), "CI403", TEAM, 31),
    Damage("words in another order", swap(TEAM, "five late and two not at all", "two late and five not at all"), "CI403", TEAM, 41),
    Damage("two words changed round", swap(TEAM, "a first formal response under", "a formal first response under"), "CI403", TEAM, 15),
    Damage("a negation dropped", swap(TEAM, "was considered and not adopted", "was considered and adopted"), "CI403", TEAM, 37),
    Damage("a negation put in", swap(TEAM, "Late returns were followed up", "Late returns were not followed up"), "CI403", TEAM, 15),
    Damage("a figure altered", swap(TEAM, E011, E011.replace("17", "19")), "CI403", TEAM, 7),
    Damage("figures changed round", swap(TEAM, "forecast of £6.12 million against the budget of £6.40", "forecast of £6.40 million against the budget of £6.12"), "CI403", TEAM, 4),
    Damage("a decimal point moved", swap(TEAM, "forecast of £6.12 million", "forecast of £61.2 million"), "CI403", TEAM, 4),
    Damage("a decimal point lost", swap(TEAM, "worth £1.92 million", "worth £192 million"), "CI403", TEAM, 4),
    Damage("a unit altered", swap(TEAM, "worth £1.92 million", "worth £1.92 billion"), "CI403", TEAM, 4),
    Damage("a year altered", swap(TEAM, "sent version 1 back on 27 November 2025", "sent version 1 back on 27 November 2024"), "CI403", TEAM, 7),
    Damage("an ellipsis over the wrong order", swap(TEAM, "nine had come on time, five late and two not at all", "five late ... nine had come on time"), "CI403", TEAM, 41),
    Damage("a quotation of another document", swap(TEAM, 'E028 p.1 ""Leaders do', 'E027 p.1 ""Leaders do'), "CI403", TEAM, 12),
    Damage("a slide's words altered", swap(TEAM, "assumed that the bus was", "assumed that the train was"), "CI403", TEAM, 13),
    Damage("a survey's words altered", swap(TEAM, "Senior leaders protect time", "Senior leaders find time"), "CI403", TEAM, 12),
    Damage("a text file's figure altered", swap(TEAM, "measure: 3.", "measure: 8."), "CI403", TEAM, 44),
    Damage("a quotation in a Board form altered", sheet_cell(BOARD, 2, "I25", "Three of its eleven controls could not be shown to operate."), "CI403", BOARD, 25),
    Damage("a quotation in a partner's form altered", swap(VCSE, "Nobody has been back", "Somebody has been back"), "CI403", VCSE, 9, mild=True),
)  # fmt: skip

TO_ANSWERS = (*FORMS, *COMMENTS, *CITATIONS)
