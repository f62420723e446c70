# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.summary.summary import histogram, image, merge, merge_all, scalar, text
from minigraph.summary.writer import FileWriter, FileWriterCache

__all__ = ["FileWriter", "FileWriterCache", "histogram", "image", "merge", "merge_all", "scalar", "text"]
