"""The front door: the only room that prints or exits."""

from pipeline.cli.main import main

__all__ = ["main"]
