"""`tf.summary`: what a run should leave for TensorBoard."""

from minigraph.graph.absent import absent
from minigraph.summary.summary import histogram, image, merge, merge_all, scalar, text
from minigraph.summary.writer import FileWriter, FileWriterCache

__all__ = ["FileWriter", "FileWriterCache", "histogram", "image", "merge", "merge_all", "scalar", "text"]

__getattr__ = absent(__name__)
