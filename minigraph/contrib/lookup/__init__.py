"""`tf.contrib.lookup`: tables of words and ids."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.tables.buckets": "FastHashSpec HasherSpec IdTableWithHashBuckets StrongHashSpec".split(),
        "minigraph.tables.initializers": """
            KeyValueTensorInitializer TableInitializerBase TextFileIdTableInitializer TextFileIndex TextFileInitializer
            TextFileStringTableInitializer
        """.split(),
        "minigraph.tables.interface": ["LookupInterface"],
        "minigraph.tables.mutable": ["MutableHashTable"],
        "minigraph.tables.static": "HashTable InitializableLookupTableBase".split(),
        "minigraph.tables.vocabularies": """
            index_table_from_file index_table_from_tensor index_to_string index_to_string_table_from_file
            index_to_string_table_from_tensor string_to_index string_to_index_table_from_file
            string_to_index_table_from_tensor
        """.split(),
    },
    absent(__name__),
)
