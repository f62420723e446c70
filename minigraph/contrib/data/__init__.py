"""`tf.contrib.data`: the names that `tf.data.experimental` had before, and older transformations."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.contrib.data.older": """
            batch_and_drop_remainder padded_batch_and_drop_remainder reduce_dataset sliding_window_batch
            sloppy_interleave
        """.split(),
        "minigraph.data.experimental.csv": ["CsvDataset", "make_csv_dataset"],
        "minigraph.data.experimental.grouping": """
            Reducer bucket_by_sequence_length group_by_reducer group_by_window
        """.split(),
        "minigraph.data.experimental.interleaving": """
            choose_from_datasets parallel_interleave sample_from_datasets
        """.split(),
        "minigraph.data.experimental.numbers": ["Counter", "RandomDataset"],
        "minigraph.data.experimental.records": ["TFRecordWriter"],
        "minigraph.data.experimental.transformations": """
            enumerate_dataset get_single_element ignore_errors map_and_batch prefetch_to_device scan shuffle_and_repeat
            unbatch unique
        """.split(),
        "minigraph.data.reordered": ["AUTOTUNE"],
    },
    absent(__name__),
)
