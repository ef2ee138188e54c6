"""Gather what people wrote and what the documents say, judge it into one dossier, show that dossier.

read/ and evidence/ gather a `Case`; score.py and check/ judge it; dossier/ is the one checked and scored case that
everything after it reads, through `for_audience`; draw/, fill/ and publish/ show it as pictures, Word papers and a
trail. prepare/ makes what people are handed before they answer. flow.py is the recipe, cli.py the only module that
prints or exits.
"""

__version__ = "0.1.0"
