# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.graph.protos import Event, SessionLog, Summary, SummaryDescription, TaggedRunMetadata
from minigraph.ops.summary.audio import audio
from minigraph.ops.summary.histogram import histogram
from minigraph.ops.summary.image import image
from minigraph.ops.summary.merge import merge, merge_all
from minigraph.ops.summary.scalar import scalar
from minigraph.ops.summary.tensor import tensor_summary
from minigraph.ops.summary.text import text
from minigraph.summary.reading import get_summary_description
from minigraph.summary.writer import FileWriter, FileWriterCache

__all__ = [
    "Event",
    "FileWriter",
    "FileWriterCache",
    "SessionLog",
    "Summary",
    "SummaryDescription",
    "TaggedRunMetadata",
    "audio",
    "get_summary_description",
    "histogram",
    "image",
    "merge",
    "merge_all",
    "scalar",
    "tensor_summary",
    "text",
]
