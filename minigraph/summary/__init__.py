"""`tf.summary`: summaries of a run, and the event files with them, for TensorBoard."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.graph.protos": "Event SessionLog Summary SummaryDescription TaggedRunMetadata".split(),
        "minigraph.ops.summary.audio": ["audio"],
        "minigraph.ops.summary.histogram": ["histogram"],
        "minigraph.ops.summary.image": ["image"],
        "minigraph.ops.summary.merge": "merge merge_all".split(),
        "minigraph.ops.summary.scalar": ["scalar"],
        "minigraph.ops.summary.tensor": ["tensor_summary"],
        "minigraph.ops.summary.text": ["text"],
        "minigraph.summary.reading": ["get_summary_description"],
        "minigraph.summary.writer": "FileWriter FileWriterCache".split(),
    },
    absent(__name__),
)
