"""How Word is written: engine, footnotes, links, numbering, styles, prose, tables. It knows nothing of boards."""
