"""Abbreviations that board papers use, spelled out; `abbreviations` in assessment.yaml adds to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.checks.texts import authors_texts
from pipeline.inputs.suggest import words
from pipeline.model import Assessment, Case

EVERYBODY_KNOWS = frozenset(
    words("NHS ICB UK GP EU UN USA PDF CSV HTML TV BBC AM PM OK ID IT HR MP DNA FAQ CEO NB COVID AIDS LTD PLC")
)
"""Used without being spelled out, unless the team lists one in its own glossary."""
GLOSSARY: Mapping[str, str] = {
    "A&E": "accident and emergency",
    "AGM": "annual general meeting",
    "AHP": "allied health professional",
    "AHSN": "academic health science network",
    "ARRS": "additional roles reimbursement scheme",
    "BAF": "Board Assurance Framework",
    "BCF": "Better Care Fund",
    "BI": "business intelligence",
    "BP": "blood pressure",
    "CAMHS": "child and adolescent mental health services",
    "CCG": "clinical commissioning group",
    "CHC": "continuing healthcare",
    "CIC": "community interest company",
    "CIP": "cost improvement programme",
    "COPD": "chronic obstructive pulmonary disease",
    "CQC": "Care Quality Commission",
    "CQUIN": "commissioning for quality and innovation",
    "CSU": "commissioning support unit",
    "CVD": "cardiovascular disease",
    "CYP": "children and young people",
    "DHSC": "Department of Health and Social Care",
    "DPH": "director of public health",
    "DPIA": "data protection impact assessment",
    "DPO": "data protection officer",
    "DSPT": "data security and protection toolkit",
    "ED": "emergency department",
    "EDI": "equality, diversity and inclusion",
    "EDS": "Equality Delivery System",
    "EHIA": "equality and health inequalities impact assessment",
    "EHRC": "Equality and Human Rights Commission",
    "EIA": "equality impact assessment",
    "EQIA": "equality and quality impact assessment",
    "FOI": "freedom of information",
    "GAM": "group accounting manual",
    "GDPR": "General Data Protection Regulation",
    "HCP": "health and care partnership",
    "HEAT": "Health Equity Assessment Tool",
    "HES": "hospital episode statistics",
    "HI": "health inequalities",
    "HWB": "health and wellbeing board",
    "IAPT": "improving access to psychological therapies",
    "ICP": "integrated care partnership",
    "ICS": "integrated care system",
    "IG": "information governance",
    "IMD": "index of multiple deprivation",
    "INT": "integrated neighbourhood team",
    "JFP": "joint forward plan",
    "JLHWS": "joint local health and wellbeing strategy",
    "JSNA": "joint strategic needs assessment",
    "KLOE": "key line of enquiry",
    "KPI": "key performance indicator",
    "LA": "local authority",
    "LD": "learning disability",
    "LDA": "learning disability and autism",
    "LGA": "Local Government Association",
    "LMC": "local medical committee",
    "LMNS": "local maternity and neonatal system",
    "LSOA": "lower layer super output area",
    "LTC": "long-term condition",
    "MDT": "multidisciplinary team",
    "MECC": "making every contact count",
    "MHA": "Mental Health Act",
    "MHIS": "mental health investment standard",
    "MMR": "measles, mumps and rubella",
    "MOU": "memorandum of understanding",
    "MSK": "musculoskeletal",
    "MTFP": "medium-term financial plan",
    "NED": "non-executive director",
    "NHSE": "NHS England",
    "NICE": "National Institute for Health and Care Excellence",
    "NIHR": "National Institute for Health and Care Research",
    "NOF": "NHS Oversight Framework",
    "OD": "organisational development",
    "OHID": "Office for Health Improvement and Disparities",
    "ONS": "Office for National Statistics",
    "OOH": "out of hours",
    "PALS": "patient advice and liaison service",
    "PCN": "primary care network",
    "PHM": "population health management",
    "PID": "project initiation document",
    "PMO": "programme management office",
    "PPG": "patient participation group",
    "PPI": "patient and public involvement",
    "PREM": "patient-reported experience measure",
    "PROM": "patient-reported outcome measure",
    "PSED": "public sector equality duty",
    "PSR": "provider selection regime",
    "QIA": "quality impact assessment",
    "QOF": "Quality and Outcomes Framework",
    "RAG": "red, amber, green",
    "RTT": "referral to treatment",
    "SDEC": "same day emergency care",
    "SEND": "special educational needs and disabilities",
    "SII": "slope index of inequality",
    "SLA": "service level agreement",
    "SMI": "severe mental illness",
    "SPC": "statistical process control",
    "SRO": "senior responsible officer",
    "STP": "sustainability and transformation partnership",
    "TOR": "terms of reference",
    "UEC": "urgent and emergency care",
    "VCFSE": "voluntary, community, faith and social enterprise",
    "VCS": "voluntary and community sector",
    "VCSE": "voluntary, community and social enterprise",
    "WDES": "Workforce Disability Equality Standard",
    "WRES": "Workforce Race Equality Standard",
    "WTE": "whole-time equivalent",
}


def glossary(assessment: Assessment) -> Mapping[str, str]:
    """Ours and the team's; the team's own words stand."""
    return {**GLOSSARY, **assessment.abbreviations}


def mentions(abbreviation: str, text: str) -> Iterator[re.Match[str]]:
    """Where an abbreviation stands in a text as a word, in the plural too."""
    if abbreviation not in text:  # most are in none of the texts
        return iter(())
    return re.finditer(rf"(?<![\w&]){re.escape(abbreviation)}(?:s|['\u2019]s)?(?![\w&])", text)


def abbreviations_used(case: Case) -> tuple[tuple[str, str], ...]:
    """(short form, spelled out): those of the glossary that the paper's texts use, in alphabetical order."""
    texts = "\n".join((*(t.text for t in authors_texts(case, None)), *_framework_texts(case)))
    entries = sorted(glossary(case.assessment).items(), key=lambda entry: (entry[0].casefold(), entry[0]))
    return tuple((short, full) for short, full in entries if next(mentions(short, texts), None))


def _framework_texts(case: Case) -> Iterator[str]:
    yield case.framework.title
    for section in case.sections:
        yield section.title
        for statement in section.statements:
            yield "\n".join((statement.short, statement.text, statement.good_looks_like, statement.prompt))
