"""`tf.data.experimental`: further sources and transformations of datasets."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.data.asked": ["get_structure"],
        "minigraph.data.base": ["DatasetStructure=DatasetSpec"],
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
            cardinality enumerate_dataset get_single_element ignore_errors map_and_batch
            map_and_batch_with_legacy_function
            prefetch_to_device scan shuffle_and_repeat take_while unbatch unique
        """.split(),
        "minigraph.ops.data.pipeline": "INFINITE_CARDINALITY=INFINITE UNKNOWN_CARDINALITY=UNKNOWN".split(),
        "minigraph.data.options": """
            DistributeOptions MapVectorizationOptions OptimizationOptions StatsOptions ThreadingOptions
        """.split(),
        "minigraph.data.reordered": ["AUTOTUNE"],
        "minigraph.data.structure": ["TensorStructure=TensorSpec"],
    },
    absent(__name__),
)
