"""One archive of a cycle that describes itself (RO-Crate) and is checked with nothing but Python.

The same files give the same bytes. It mirrors the workspace, so that links in the trail lead to the documents.
"""

from pipeline.publish.bundle.archive import Bundle, Part, write_bundle
from pipeline.publish.bundle.contents import all_parts, public_parts

__all__ = ["Bundle", "Part", "all_parts", "public_parts", "write_bundle"]
