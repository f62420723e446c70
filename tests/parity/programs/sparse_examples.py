"""Examples parsed into sparse tensors: VarLenFeature, SparseFeature; nodes, values, errors."""
import minigraph as tf


def feature(value):
    """Return a feature of integers, floats or bytes."""
    kinds = {int: ("int64_list", tf.train.Int64List), float: ("float_list", tf.train.FloatList)}
    field, kind = kinds.get(type(value[0]), ("bytes_list", tf.train.BytesList))
    return tf.train.Feature(**{field: kind(value=value)})


def example(**values):
    """Return a serialized example."""
    features = tf.train.Features(feature={key: feature(value) for key, value in values.items()})
    return tf.train.Example(features=features).SerializeToString()


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        return "no error: %s" % type(function(*args, **kwargs)).__name__
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0].split("parsed = ")[0]


texts = [
    example(words=[b"a", b"bc"], ids=[3, 1], amounts=[0.5, 1.5], label=[1], row=[0, 1]),
    example(words=[b"d"], label=[0]),
    example(ids=[7], amounts=[2.5], label=[2], row=[1], size=[1.0, 2.0]),
]
serialized = tf.placeholder(tf.string, [None])
single = tf.placeholder(tf.string, [])
features = {
    "words": tf.VarLenFeature(tf.string),
    "ids": tf.VarLenFeature(tf.int64),
    "amounts": tf.VarLenFeature(tf.float32),
    "label": tf.FixedLenFeature([], tf.int64),
    "size": tf.FixedLenSequenceFeature([], tf.float32, allow_missing=True),
    "vector": tf.SparseFeature("ids", "amounts", tf.float32, 10),
    "matrix": tf.SparseFeature(["row", "ids"], "amounts", tf.float32, [2, 10], already_sorted=True),
}
found = tf.parse_example(serialized, features)
only_sparse = tf.parse_example(serialized, {"other": tf.VarLenFeature(tf.int64)}, name="only")
of_one = tf.parse_single_example(single, features)
batches = [found, only_sparse, of_one]
feeds = [{serialized: texts}, {serialized: texts}, {single: texts[0]}]
dense = tf.sparse.to_dense(found["words"], default_value="-")
results = {
    "keys": [sorted(each) for each in batches],
    "shapes": [str(each[key].shape) for each in batches for key in sorted(each)],
    "types": [each[key].dtype.name for each in batches for key in sorted(each)],
}
with tf.Session() as sess:
    for i, (each, feed) in enumerate(zip(batches, feeds)):
        for key, value in sorted(sess.run(each, feed).items()):
            results["%d %s" % (i, key)] = list(value) if hasattr(value, "indices") else value
    results["dense"] = sess.run(dense, {serialized: texts})
    results["empty"] = list(sess.run(only_sparse["other"], {serialized: []}))
    wrong = tf.parse_example(serialized, {"words": tf.VarLenFeature(tf.int64)})
    wrong_single = tf.parse_single_example(single, {"words": tf.VarLenFeature(tf.int64)})
    results["in a run"] = [
        failure(sess.run, wrong, {serialized: texts}),
        failure(sess.run, wrong, {serialized: texts[2:] + texts[1:2]}),
        failure(sess.run, wrong_single, {single: texts[0]}),
        failure(sess.run, found, {serialized: [b"garbage"]}),
        failure(sess.run, found["label"], {serialized: texts[:1] + [example(ids=[1])]}),
    ]
results["building"] = [
    failure(tf.parse_example, serialized, {"a": tf.VarLenFeature(None)}),
    failure(tf.parse_example, serialized, {"a": tf.VarLenFeature(tf.int32)}),
    failure(tf.parse_example, serialized, {"a": tf.SparseFeature("", "v", tf.float32, 3)}),
    failure(tf.parse_example, serialized, {"a": tf.SparseFeature("i", "", tf.float32, 3)}),
    failure(tf.parse_example, serialized, {"a": tf.SparseFeature("i", "v", None, 3)}),
    failure(
        tf.parse_example,
        serialized,
        {"i": tf.VarLenFeature(tf.string), "z": tf.SparseFeature("i", "v", tf.float32, 3)},
    ),
    failure(
        tf.parse_example,
        serialized,
        {"v": tf.VarLenFeature(tf.string), "z": tf.SparseFeature("i", "v", tf.float32, 3)},
    ),
]

for name, value in results.items():
    print(name, value)
