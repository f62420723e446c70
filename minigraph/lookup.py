"""`tf.lookup`: tables of words and ids."""

from minigraph.graph.absent import absent
from minigraph.lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "minigraph.tables.buckets": ["StaticVocabularyTable"],
        "minigraph.tables.initializers": "KeyValueTensorInitializer TextFileIndex TextFileInitializer".split(),
        "minigraph.tables.static": ["StaticHashTable"],
    },
    absent(__name__),
)
