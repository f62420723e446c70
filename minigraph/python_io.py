"""`tf.python_io`: files of records, written and read in Python."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.records.tfrecord": (
            "TFRecordCompressionType TFRecordOptions TFRecordWriter tf_record_iterator".split()
        )
    },
    absent(__name__),
)
