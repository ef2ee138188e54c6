"""What people wrote, from files to the model: assessment, framework, forms, tables, narrative."""

from pipeline.read.assessment import read_assessment
from pipeline.read.case import read_case
from pipeline.read.framework import read_framework

__all__ = ["read_assessment", "read_case", "read_framework"]
