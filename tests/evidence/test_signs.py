"""What a sign, a mark or a digit adds to the meaning belongs to the word: it is neither dropped, added nor changed."""

from __future__ import annotations

import pytest

from tests.evidence.test_matching import stands

ALTERED = {
    "a minus behind the figure": [
        ("a loss of 1,234", "a loss of 1,234-\n"),
        ("a loss of 1,234", "a loss of 1,234- 2,345"),
        ("of 1,234 2,345", "of 1,234- 2,345"),
        ("a loss of 1,234-", "a loss of 1,234"),
        ("a loss of 12.50", "a loss of 12.50\u2212 \t x"),
        ("Loss 500", "Loss \t 500- \t 20"),
    ],
    "a minus and a blank in a cell": [
        ("£2.4m", "Result \t - £2.4m \t x"),
        ("Result £2.4m", "Result \t - £2.4m\n"),
        ("£2.4m", "- £2.4m \t x"),
        ("1.5%", "rate | - 1.5% |"),
        ("£2.4m", "- £2.4m"),
    ],
    "a page number after a row of dots": [
        ("Foreword ........ 9", "Foreword ........ 4\nSummary ........ 9"),
        ("Foreword . . . . . . 9", "Foreword . . . . . . 4\nSummary . . . . . . 9"),
        ("Foreword ………… 9", "Foreword ………… 4\nSummary ………… 9"),
    ],
    "a minus after a dash": [("- 6 - -5. Contact", "x\n-6-\n5. Contact"), ("10 - 5", "10 - -5")],
    "times": [("34 beds", "3×4 beds"), ("3 4 beds", "3x4 beds"), ("3", "3x4"), ("4 beds", "3 × 4 beds")],
    "a minus before a currency": [
        ("grew by £2.4m", "grew by -£2.4m"),
        ("a change of £7m", "a change of –£7m"),
        ("£8m over", "−£8m over"),
    ],
    "a minus after a currency": [
        ("a result of £2.4m", "a result of £-2.4m"),
        ("a result of £2.4m", "a result of £−2.4m"),
    ],
    "a minus added": [("a result of -£2.4m", "a result of £2.4m"), ("a result of £-2.4m", "a result of £2.4m")],
    "a minus with a blank": [("ended at £2.4m", "ended at − £2.4m"), ("2.4 points", "− 2.4 points")],
    "brackets of accounts": [
        ("a result of £3.1m", "a result of (£3.1m)"),
        ("£3.1m in the year", "(£3.1m) in the year"),
        ("a result of (£3.1m)", "a result of £3.1m"),
        ("a result of £4.2m", "a result of £(4.2)m"),
        ("result £(4.2", "result £(4.2)m"),
        ("4.2)m of it", "£(4.2)m of it"),
        ("a movement of 20", "a movement of (20)"),
        ("20 in the year", "(20) in the year"),
        ("£ 20 in all", "£ (20) in all"),
        ("a share of 2.4%", "a share of (2.4%)"),
        ("£3.1 million", "(£3.1 million)"),
        ("£3.1 thousand", "(£3.1 thousand)"),
        ("grew by 20", "grew by 20(5) in all"),
        ("a sum of £1,200", "a sum of ( £1,200 )"),
    ],
    "nil in accounts": [("Total £", "Total £-"), ("Total £ 5", "Total £- 5")],
    "a leading decimal point": [
        ("a rate of 5 in", "a rate of .5 in"),
        ("5 points", ".5 points"),
        ("a rate of .5 in", "a rate of 5 in"),
        ("£5m", "£.5m"),
        ("p<05", "p<.05"),
    ],
    "a raised decimal point": [("a rate of 52 in", "a rate of 5·2 in"), ("a rate of 5 2 in", "a rate of 5·2 in")],
    "not equal": [
        ("the rates a = b", "the rates a ≠ b"),
        ("the rates a ≠ b", "the rates a = b"),
        ("the rates a = b", "the rates a =\u0338 b"),
    ],
    "about": [
        ("reached 18 places", "reached ~18 places"),
        ("18 places", "~18 places"),
        ("reached ~18 places", "reached 18 places"),
        ("18 places", "~ 18 places"),
    ],
    "less and more": [
        ("in 5 places", "in <5 places"),
        ("5 places", "< 5 places"),
        ("in >5 places", "in <5 places"),
        ("65 years", "≥ 65 years"),
        ("aged 65", "aged 65+"),
    ],
    "plus or minus": [
        ("2.4 points", "± 2.4 points"),
        ("by 2.4 points", "by ±2.4 points"),
        ("by +2.4 points", "by −2.4 points"),
    ],
    "per cent": [("fell by 5", "fell by 5 %"), ("fell by 5 in", "fell by 5 % in"), ("fell by 5%", "fell by 5‰")],
    "a digit that is part of a name": [
        ("payment under QOF", "payment under QOF24"),
        ("QOF", "QOF24 payments"),
        ("the Core", "the Core20 approach"),
        ("Band", "Band8 staff"),
        ("type", "type2 diabetes"),
        ("24 payments", "QOF24 payments"),
    ],
    "a raised or lowered figure": [
        ("5 square metre", "5 square metre²"),
        ("10 people", "10⁶ people"),
        ("10 people", "10^6 people"),
        ("106 people", "10^6 people"),
        ("CO levels", "CO₂ levels"),
        ("10⁻⁶ of", "10⁶ of"),
        ("the CO", "the CO₂"),
    ],
    "a fraction": [
        ("took 2 years", "took 2½ years"),
        ("took 2", "took 2½ years"),
        ("½ years", "2½ years"),
        ("21/2 years", "2½ years"),
        ("took 2½", "took 2¼"),
        ("took 2", "took 2 1/2 years"),
        ("38 of them", "3⁄8 of them"),
        ("took 212 years", "took 2½ years"),
    ],
    "ticks and boxes": [
        ("☑ Agreed", "☐ Agreed"),
        ("☐ Agreed", "☑ Agreed"),
        ("☒ Agreed", "☑ Agreed"),
        ("✓ Agreed", "✗ Agreed"),
        ("Agreed by all", "☐ Agreed by all"),
        ("■ Yes □ No", "□ Yes ■ No"),
        ("Yes ■ No □", "Yes □ No ■"),
        ("Yes No", "Yes □ No ■"),
        ("\uf0fe Agreed", "\uf0a8 Agreed"),
        ("✅ Agreed", "❌ Agreed"),
        ("● Yes ○ No", "○ Yes ● No"),
        ("🟢 Delivery", "🔴 Delivery"),
    ],
    "arrows": [
        ("Smoking ↑ in all", "Smoking ↓ in all"),
        ("Smoking → in all", "Smoking ↓ in all"),
        ("Smoking ← now", "Smoking → now"),
        ("rate ▲ 3", "rate ▼ 3"),
        ("Smoking in all", "Smoking → in all"),
    ],
    "half of a word that a line breaks": [
        ("spend of £5m", "an under-\nspend of £5m"),
        ("an under", "an under-\nspend of £5m"),
        ("less in practice", "use-\nless in practice"),
        ("the use", "the use-\nless plan"),
        ("use less", "use-\nless"),
        ("tension clinics", "hyper-\ntension clinics"),
        ("tension clinics", "hyper-\r\n  tension clinics"),
        ("tension clinics", "hyper\ufffetension clinics"),
        ("tension clinics", "hyper- tension clinics"),
        ("tension clinics", "hyper\u00ad\ntension clinics"),
        ("of an under", "of an under-"),
        ("compliant", "non–compliant"),
        ("of an under", "of an under-\n"),
    ],
    "words that a break makes two": [("the use less plan", "the use-\nless plan"), ("use-\nless", "use less")],
    "a span of sums": [
        ("£5m £7m", "£5m-£7m"),
        ("£5m to", "£5m–£7m to"),
        ("£7m in all", "£5m-£7m in all"),
        ("£5 10m", "£5-10m"),
    ],
    "vowel signs": [
        ("सेवा दो गई", "सेवा दी गई"),
        ("বছরে ছয়বার বসি", "বছরে ছয়বার বসে"),
        ("ไม่ดี", "ไมดี"),
        ("கல", "கலை"),
        ("سلم", "سلّم"),
        ("שלום", "שָׁלוֹם"),
    ],
    "accents": [
        ("the resume", "the résumé"),
        ("the résumé", "the resume"),
        ("a x value", "a x\u0302 value"),
        ("angstrom", "ångström"),
    ],
    "thousands": [("324 passages", "21\u202f324 passages"), ("of 21", "of 21\u2009324 passages")],
}
KEPT = {
    "a page number after a row of dots": [
        ("Foreword ........ 4 Summary", "Foreword ........ 4\nSummary ........ 9"),
        ("Foreword .... Summary", "Foreword ........ 4\nSummary ........ 9"),
    ],
    "a minus as it is set": [
        ("a loss of 1,234-", "a loss of 1,234-\n"),
        ("- £2.4m", "Result \t - £2.4m \t x"),
        ("Result -£2.4m", "Result \t - £2.4m \t x"),
        ("he spent £1,234", "he spent £1,234- which was"),
        ("£2.4m", "the plan - £2.4m was"),
        ("12.5-13.5", "12.5-\n13.5"),
        ("a 10-year plan", "a 10-\nyear plan"),
        ("10 - -5", "from 10 - -5 in"),
    ],
    "times as it is typed": [("3x4 beds", "3×4 beds"), ("3 x 4", "3×4"), ("3 × 4", "of 3x4"), ("2x the", "at 2x the")],
    "dashes for minus": [
        ("a result of -£2.4m", "a result of −£2.4m"),
        ("a result of –£2.4m", "a result of -£2.4m"),
        ("£-2.4m", "£−2.4m"),
        ("£2.4m for housing", "\n- £2.4m for housing"),
    ],
    "after a dash": [
        ("£2.4m was spent", "the plan – £2.4m was spent"),
        ("5 people", "in all - 5 people"),
        ("the plan", "the plan – 5 people"),
        ("the gap", "the gap—5 points—is wide"),
    ],
    "brackets": [
        ("a result of (£3.1m)", "a result of ( £3.1m )"),
        ("Marmot (2010) found", "Marmot (2010) found"),
        ("people (95%", "people (95% CI 3 to 5)"),
        ("95% CI 3 to 5", "people (95% CI 3 to 5)"),
        ("the plan", "the plan (2) and"),
        ("2019 strategy says", "the (2019 strategy says)"),
        ("a loss of (£3.1", "a loss of (£3.1 million) in"),
        ("five people agreed", "(five people agreed)"),
        ("in the year", "in the year(5) and"),
        ("£3.1 in thousands", "(£3.1 in thousands)"),
    ],
    "nil": [("Total £-", "Total £ - ")],
    "points": [
        ("a rate of 5.2 in", "a rate of 5·2 in"),
        ("plan. 5 people", "plan. 5 people"),
        ("5 people", "... 5 people"),
        ("a rate of .5", "a rate of .5"),
    ],
    "signs that look alike": [
        ("∼18 places", "~18 places"),
        ("≥65", "⩾65"),
        ("✔ Agreed", "✓ Agreed"),
        ("≥ 65", "\uf0b3 65"),
        ("a ≠ b", "a =\u0338 b"),
    ],
    "fractions": [
        ("2½ years", "2 ½ years"),
        ("2 1/2 years", "2½ years"),
        ("2½ years", "2 1⁄2 years"),
        ("3/8 of them", "3⁄8 of them"),
        ("2½ years", "2¹⁄₂ years"),
        ("2½", "took 2½ years"),
    ],
    "superscripts": [("10^6 people", "10⁶ people"), ("CO2 levels", "CO₂ levels"), ("10⁻⁶", "10⁻⁶")],
    "bullets of a list": [
        ("first item second item", "first item\n● second item"),
        ("● second item", "\n● second item"),
        ("first item ■ second", "first item\n■ second"),
        ("second item", "\n□ second item"),
        ("first item second", "first item\n  ➢ second"),
        ("first item second", "first item\n• second"),
    ],
    "hyphens at a line's end": [
        ("underspend of £5m", "under-\nspend of £5m"),
        ("under-spend of £5m", "under-\nspend of £5m"),
        ("short- and long-term", "short- and long-term"),
        ("and long-term plans", "short- and long-term plans"),
        ("or postnatal care", "pre-\nor postnatal care"),
        ("spend of £5m", "the plan -\nspend of £5m"),
        ("the plan", "the plan -\nspend"),
        ("spend", "the plan\n- spend of"),
        ("a well-\nbeing plan", "a well-being plan"),
        ("long term plan", "long-term plan"),
    ],
    "arrows": [
        ("smoking → vaping fell", "smoking → vaping fell"),
        ("rates of smoking → vaping", "rates of smoking → vaping"),
    ],
    "scripts": [
        ("सेवा दी गई", "सेवा दी गई"),
        ("বসে", "বসে"),
        ("ไม่ดี", "ไม่ดี"),
        ("क\u093cलम", "\u0958लम"),
        ("Ynys Mo\u0302n", "Ynys Môn"),
    ],
    "ticks": [
        ("☑ Agreed", "☑ Agreed"),
        ("Agreed by all", "✓ Agreed by all"),
        ("☐ Yes ☒ No", "☐ Yes ☒ No"),
        ("Delivery ✓\ufe0f done", "Delivery ✓ done"),
    ],
    "names with digits": [
        ("QOF24 payments", "QOF24 payments"),
        ("Core20PLUS5", "the Core20PLUS5 approach"),
        ("COVID-19", "COVID 19"),
        ("people in the end", "people in the end⁵ of it"),
    ],
}


def _listed(table: dict[str, list[tuple[str, str]]]) -> list[object]:
    return [pytest.param(*pair, id=f"{kind}-{n}") for kind, pairs in table.items() for n, pair in enumerate(pairs)]


@pytest.mark.parametrize(("quotation", "text"), _listed(ALTERED))
def test_what_a_sign_adds_is_neither_dropped_added_nor_changed(quotation: str, text: str) -> None:
    assert not stands(quotation, text)


@pytest.mark.parametrize(("quotation", "text"), _listed(KEPT))
def test_what_is_as_it_stands_is_found(quotation: str, text: str) -> None:
    assert stands(quotation, text)
