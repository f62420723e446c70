"""Cases: texts, lookup tables, and what is aligned by connectionist temporal classification."""

import os
import tempfile

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.ops.tables import tables

FOLDER = tempfile.mkdtemp()
WORDS = os.path.join(FOLDER, "words.txt")
with open(WORDS, "w") as file:
    file.write("a\nb\n")

RANDOM = np.random.RandomState(4)
LOGITS = RANDOM.randn(4, 2, 3).astype(np.float32)
KEYS = np.array([5, 7], np.int64)
SAME = dict(grad_order=0)


def texts(*values):
    """Return texts as an array."""
    return np.array([value.encode() if isinstance(value, str) else value for value in values], object)


def of(op, build, *expected, **more):
    """Return a case of a function of texts."""
    return Case(op, build, (), texts(*expected), **SAME, **more)


def counted(op, build, *expected):
    """Return a case of a function of texts with integers as its values."""
    return Case(op, build, (), np.array(expected), **SAME)


def after(op, build):
    """Build what runs after an operation."""
    with tf.control_dependencies([op]):
        return build()


def static(keys):
    """Build a table, and what is found in it."""
    table = tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(keys, keys * 10), -1)
    with tf.control_dependencies([table.initializer]):
        return table.lookup(tf.constant([7, 8], tf.int64)), table.size()


def of_file():
    table = tf.contrib.lookup.index_table_from_file(WORDS, default_value=9)
    return after(table.initializer, lambda: table.lookup(tf.constant(["b", "c"])))


def mutable(keys):
    """Build a table of which an entry is removed, and what is left of it."""
    table = tf.contrib.lookup.MutableHashTable(tf.int64, tf.int64, -1)
    with tf.control_dependencies([table.insert(keys, keys + 1)]):
        removed = table.remove(tf.constant([5], tf.int64))
    with tf.control_dependencies([removed]):
        return [table.lookup(keys), *table.export()]


def vectors(rows):
    table = tf.contrib.lookup.MutableHashTable(tf.int64, tf.float32, [0.0, 0.0])
    return after(table.insert(tf.constant(KEYS), rows), lambda: table.lookup(tf.constant([7, 1], tf.int64)))


def imported(keys):
    """Build a mutable table whose entries are all replaced."""
    handle = tables.mutable_hash_table(tf.int64, tf.int64)
    done = tables.lookup_table_import(handle, keys, keys)
    return after(done, lambda: tables.lookup_table_find(handle, tf.constant([5], tf.int64), tf.constant(0, tf.int64)))


LABELS = [[0, 0], [0, 1], [1, 0]]


def loss(logits):
    labels = tf.SparseTensor(LABELS, tf.constant([0, 1, 1]), [2, 2])
    return tf.nn.ctc_loss(labels, logits, [4, 3])


def by_enumeration(logits):
    """Return the loss by going through all alignments."""
    y = np.exp(logits) / np.exp(logits).sum(2, keepdims=True)
    total = np.zeros(2)
    for example, (steps, wanted) in enumerate([(4, [0, 1]), (3, [1])]):
        for path in np.ndindex(*[3] * steps):
            merged = [label for before, label in zip((None, *path), path) if label != before and label != 2]
            if merged == wanted:
                total[example] += np.prod(y[np.arange(steps), example, list(path)])
    return -np.log(total)


BEST = np.array([[[3.0, 0, 0]], [[3.0, 0, 0]], [[0, 0, 3.0]], [[0, 3.0, 0]]], np.float32)
PATH = [np.array([[0, 0], [0, 1]]), np.array([0, 1]), np.array([1, 2])]

CASES = [
    of("StringLower", lambda: tf.strings.lower(["aB", ""]), "ab", ""),
    of("StringUpper", lambda: tf.strings.upper(["aB\u00e4"], encoding="utf-8"), "AB\u00c4".encode()),
    of("StringStrip", lambda: tf.strings.strip([" a b\n"]), "a b"),
    counted("StringLength", lambda: tf.strings.length(["abc", "\u00e4"], unit="UTF8_CHAR"), 3, 1),
    of("Substr", lambda: tf.substr(["hello", "abc"], [1, -2], [3, 9]), "ell", "bc"),
    of("StaticRegexReplace", lambda: tf.regex_replace(["a1b22"], "[0-9]+", "<\\0>"), "a<1>b<22>"),
    of("RegexReplace", lambda: tf.regex_replace(["aa"], tf.constant("a"), tf.constant("b"), False), "ba"),
    counted("StaticRegexFullMatch", lambda: tf.strings.regex_full_match(["ab", "abc"], "a.$"), True, False),
    counted("RegexFullMatch", lambda: tf.strings.regex_full_match(["ab", "b"], tf.constant("a*b")), True, True),
    Case("AsString", lambda n: tf.as_string(n, width=3), (KEYS,), texts("  5", "  7"), **SAME),
    # hashes recorded from TensorFlow 1.15
    counted("StringToHashBucket", lambda: tf.string_to_hash_bucket(["Hello", ""], 1000), 941, 899),
    counted("StringToHashBucketFast", lambda: tf.string_to_hash_bucket_fast(["Hello", ""], 1000), 151, 263),
    counted("StringToHashBucketStrong", lambda: tf.string_to_hash_bucket_strong(["Hello", ""], 1000, [3, 4]), 509, 26),
    of("EncodeBase64", lambda: tf.encode_base64(["hi?>", ""]), "aGk_Pg", ""),
    of("DecodeBase64", lambda: tf.decode_base64(["aGk_Pg", "aGk_Pg=="]), "hi?>", "hi?>"),
    of("UnicodeTranscode", lambda: tf.strings.unicode_transcode(["a\u00e4"], "UTF-8", "UTF-16-BE"), b"\0a\0\xe4"),
    of("ReduceJoin", lambda: tf.reduce_join([["a", "b"], ["c", "d"]], 0, separator="-"), "a-c", "b-d"),
    Case(
        "StringSplit",
        lambda: tf.string_split(["a b", "", "c"]),
        (),
        [np.array([[0, 0], [0, 1], [2, 0]]), texts("a", "b", "c"), np.array([3, 2])],
        **SAME,
    ),
    Case(
        "StringSplitV2",
        lambda: tf.strings.split(["a<>b", "<>"], "<>"),
        (),
        [np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), texts("a", "b", "", ""), np.array([2, 2])],
        **SAME,
    ),
    Case(
        "HashTableV2",
        static,
        (KEYS,),
        [np.array([70, -1]), np.int64(2)],
        also=("LookupTableImportV2", "LookupTableFindV2", "LookupTableSizeV2"),
        **SAME,
    ),
    Case("InitializeTableFromTextFileV2", of_file, (), np.array([1, 9]), **SAME),
    Case(
        "MutableHashTableV2",
        mutable,
        (KEYS,),
        [np.array([-1, 8]), np.array([7]), np.array([8])],
        also=("LookupTableInsertV2", "LookupTableRemoveV2", "LookupTableExportV2"),
        **SAME,
    ),
    Case("LookupTableImportV2", imported, (KEYS,), np.array([5]), hide=False, **SAME),
    Case(
        "MutableHashTableOfTensorsV2",
        vectors,
        (np.array([[1.0, 2.0], [3.0, 4.0]], np.float32),),
        np.array([[3.0, 4.0], [0.0, 0.0]], np.float32),
        **SAME,
    ),
    Case("CTCLoss", loss, (LOGITS,), by_enumeration, grad_order=1),
    Case(
        "CTCGreedyDecoder",
        lambda x: [tf.nn.ctc_greedy_decoder(x, [4])[0], tf.nn.ctc_greedy_decoder(x, [4])[1]],
        (BEST,),
        [*PATH, np.array([[-12.0]], np.float32)],
        **SAME,
    ),
    Case("CTCBeamSearchDecoder", lambda x: tf.nn.ctc_beam_search_decoder(x, [4])[0], (BEST,), PATH, **SAME),
]
