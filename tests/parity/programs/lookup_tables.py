"""Lookup tables of tensors and files, with hashes, mutable ones: nodes, values, collections, errors."""
import itertools
import os
import tempfile
import uuid

import numpy as np

import minigraph as tf

lookup = tf.contrib.lookup
random_id, uuid.uuid4 = uuid.uuid4, itertools.count().__next__  # tables without a name have one by chance
folder = tempfile.mkdtemp()
where = os.getcwd()
os.chdir(folder)
with open("words.txt", "w") as file:
    file.write("the\ncat\nsat\n")
with open("pairs.csv", "w") as file:
    file.write("a,1,x\nb,2,y y\nc,-3,z")


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        found = function(*args, **kwargs)
        return "no error: %s" % type(found).__name__
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0].split(" for 'key")[0].split(": <tf")[0]


words = tf.constant([["cat", "dog"], ["the", "cat"]])
ids = tf.constant([2, 0, 7], tf.int64)
sparse = tf.SparseTensor([[0, 0], [1, 2]], ["sat", "dog"], [2, 3])
fed = tf.placeholder(tf.string)
static = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(["the", "cat"], [1.5, 2.5]), -1.0, name="mine")
plain = lookup.HashTable(lookup.KeyValueTensorInitializer([2, 0], ["two", "zero"], tf.int64, tf.string), "none")
of_file = lookup.HashTable(lookup.TextFileInitializer("pairs.csv", tf.string, 0, tf.int64, 1, delimiter=","), -1)
swapped = lookup.HashTable(
    lookup.TextFileInitializer("pairs.csv", tf.int64, 1, tf.string, 2, delimiter=",", name="columns"), "?"
)
index = lookup.index_table_from_tensor(["the", "cat", "sat"], default_value=9)
hashed = lookup.index_table_from_tensor(tf.constant(["the", "cat"]), num_oov_buckets=5, name="hashed")
strong = lookup.index_table_from_tensor(["the"], num_oov_buckets=7, hasher_spec=lookup.StrongHashSpec([3, 4]))
numbers = lookup.index_table_from_tensor(np.array([30, 10]), num_oov_buckets=3, dtype=tf.int32)
from_file = lookup.index_table_from_file("words.txt", num_oov_buckets=2)
some = lookup.index_table_from_file("words.txt", vocab_size=2, default_value=-7)
back = lookup.index_to_string_table_from_file("words.txt", default_value="?")
names = lookup.index_to_string_table_from_tensor(["x", "y", "z"])
only_hashes = lookup.IdTableWithHashBuckets(None, 4)
vocabulary = tf.lookup.StaticVocabularyTable(
    tf.lookup.KeyValueTensorInitializer(["the"], tf.constant([0], tf.int64)), 3
)
found = [
    static.lookup(words),
    static.lookup(fed),
    static.size(),
    plain.lookup(ids),
    plain.lookup(ids, name="again"),
    of_file.lookup(tf.constant(["c", "b", "none"])),
    swapped.lookup(tf.constant([-3, 2], tf.int64)),
    index.lookup(words),
    hashed.lookup(words),
    hashed.size(),
    strong.lookup(words),
    numbers.lookup(tf.constant([10, 30, 50])),
    from_file.lookup(words),
    from_file.lookup(fed),
    some.lookup(tf.constant(["cat", "sat"])),
    back.lookup(ids),
    names.lookup(ids),
    only_hashes.lookup(words),
    only_hashes.size(),
    vocabulary.lookup(words),
    vocabulary.size(),
]
sparse_found = [static.lookup(sparse), hashed.lookup(sparse)]
exported = [static.export(), plain.export()]
init = tf.tables_initializer()

counts = lookup.MutableHashTable(tf.string, tf.int64, 0, name="counts")
vectors = lookup.MutableHashTable(tf.int64, tf.float32, [0.0, -1.0], checkpoint=False)
insert = counts.insert(words, tf.constant([[1, 2], [3, 4]], tf.int64))
insert_vectors = vectors.insert(ids, tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
remove = counts.remove(tf.constant(["cat", "nothing"]))
looked = [counts.lookup(tf.constant(["cat", "the", "dog", "x"])), counts.size()]
looked_vectors = [vectors.lookup(tf.constant([[0, 1], [7, 2]], tf.int64)), vectors.size()]
export = counts.export()

results = {
    "shapes": [str(each.shape) for each in found + looked + looked_vectors] + [str(e.shape) for p in exported for e in p],
    "collections": [len(tf.get_collection(key)) for key in ("table_initializer", "asset_filepaths")],
    "names": [t.name for t in (static, plain, index, hashed, numbers, only_hashes, vocabulary, counts, vectors)],
    "types": [t.name for table in (static, numbers, counts) for t in (table.key_dtype, table.value_dtype)],
    "initializers": [t.initializer.name for t in (static, plain, hashed)] + [plain.init.name],
    "default": str(static.default_value.shape),
}
feed = {fed: ["cat", "sat", "on"]}
with tf.Session() as sess:
    results["before"] = [failure(sess.run, fetch, feed) for fetch in (found[0], found[2], exported[0])]
    sess.run(init)
    for i, value in enumerate(sess.run(found, feed)):
        results["found %d" % i] = value
    for i, value in enumerate(sess.run(sparse_found)):
        results["sparse %d" % i] = list(value)
    for i, value in enumerate(sess.run(exported)):
        results["exported %d" % i] = sorted(zip(*[part.tolist() for part in value]))
    sess.run(init)
    results["after"] = [failure(sess.run, static.initializer)]
    sess.run([insert, insert_vectors])
    results["looked"] = sess.run(looked + looked_vectors)
    results["export"] = sorted(sess.run(export)[0].tolist())
    sess.run(remove)
    results["removed"] = sess.run(looked)

    def table(keys, values, default=-1):
        return lookup.HashTable(lookup.KeyValueTensorInitializer(keys, values), default)

    def of_lines(name, *columns, **options):
        return lookup.HashTable(lookup.TextFileInitializer(name, *columns, **options), -1)

    twice = table(["a", "a"], tf.constant([1, 2], tf.int64))
    runs = [
        twice.initializer,
        of_lines("pairs.csv", tf.string, 0, tf.int64, 2, delimiter=",").initializer,
        of_lines("pairs.csv", tf.string, 0, tf.int64, 3, delimiter=",").initializer,
        of_lines("words.txt", tf.string, -2, tf.int64, -1, vocab_size=5).initializer,
        of_lines("pairs.csv", tf.string, 0, tf.int64, 1, delimiter="::").initializer,
        counts.insert(tf.constant(["a", "b"]), tf.constant([1], tf.int64)),
        vectors.insert(ids, tf.constant([1.0, 2.0, 3.0])),
    ]
    results["in a run"] = [failure(sess.run, each) for each in runs]
results["building"] = [
    failure(lookup.HashTable, lookup.KeyValueTensorInitializer(["a", "b"], [1]), 3),
    failure(lookup.HashTable, lookup.KeyValueTensorInitializer([["a"]], [[1]]), 3),
    failure(static.lookup, ids),
    failure(counts.insert, tf.constant([1]), tf.constant([1])),
    failure(counts.remove, ids),
    failure(of_lines, "words.txt", tf.int64, -2, tf.float32, -2),
    failure(of_lines, "words.txt", tf.string, -1, tf.int64, -2),
    failure(of_lines, "words.txt", tf.string, -3, tf.int64, -2),
    failure(of_lines, "words.txt", tf.string, -2, tf.int64, -1, vocab_size=0),
    failure(of_lines, "", tf.string, -2, tf.int64, -1),
    failure(lookup.index_table_from_tensor, None),
    failure(lookup.index_table_from_tensor, ["a"], num_oov_buckets=-1),
    failure(lookup.index_table_from_tensor, [1, 2]),
    failure(lookup.index_table_from_tensor, ["a"], dtype=tf.float32),
    failure(lookup.index_table_from_file, ""),
    failure(lookup.index_table_from_file, "words.txt", vocab_size=0),
    failure(lookup.index_to_string_table_from_tensor, None),
    failure(lookup.IdTableWithHashBuckets, None, 0),
    failure(lookup.IdTableWithHashBuckets, static, 3),
    failure(lookup.IdTableWithHashBuckets, index, 3, hasher_spec="fast"),
    failure(lookup.StrongHashSpec, [1]),
    failure(lookup.HashTable, lookup.KeyValueTensorInitializer(["a"], [1]), "x"),
    failure(tf.lookup.StaticVocabularyTable, None, 0),
]
os.chdir(where)
uuid.uuid4 = random_id
for key, value in results.items():
    print(key, value)
