"""`tf.data`: datasets, and the iterators that return their elements."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        __name__: ["experimental"],
        "minigraph.data.asked": """
            get_output_classes get_output_shapes get_output_types make_initializable_iterator make_one_shot_iterator
        """.split(),
        "minigraph.data.base": ["DatasetSpec"],
        "minigraph.data.dataset": ["Dataset"],
        "minigraph.data.iterator": ["Iterator"],
        "minigraph.data.options": ["Options"],
        "minigraph.data.readers": "FixedLengthRecordDataset TFRecordDataset TextLineDataset".split(),
    },
    absent(__name__),
)
