"""`python -m pipeline` is `boardpack`."""

from pipeline.cli import main

main()
