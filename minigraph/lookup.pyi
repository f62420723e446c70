# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.tables.buckets import StaticVocabularyTable
from minigraph.tables.initializers import KeyValueTensorInitializer, TextFileIndex, TextFileInitializer
from minigraph.tables.static import StaticHashTable

__all__ = [
    "KeyValueTensorInitializer",
    "StaticHashTable",
    "StaticVocabularyTable",
    "TextFileIndex",
    "TextFileInitializer",
]
