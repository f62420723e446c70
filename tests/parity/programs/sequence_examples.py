"""Sequence examples: messages, parsed features and lists of features; nodes, values, errors."""
import minigraph as tf


def feature(value):
    """Return a feature of integers, floats or bytes."""
    kinds = {int: ("int64_list", tf.train.Int64List), float: ("float_list", tf.train.FloatList)}
    field, kind = kinds.get(type(value[0]), ("bytes_list", tf.train.BytesList))
    return tf.train.Feature(**{field: kind(value=value)})


def example(context, **lists):
    """Return an example with lists of features."""
    return tf.train.SequenceExample(
        context=tf.train.Features(feature={key: feature(value) for key, value in context.items()}),
        feature_lists=tf.train.FeatureLists(
            feature_list={
                key: tf.train.FeatureList(feature=[feature(each) for each in value]) for key, value in lists.items()
            }
        ),
    )


def failure(function, *args, **kwargs):
    """Return the type of the error of a call, and its first line."""
    try:
        return "no error: %s" % type(function(*args, **kwargs)).__name__
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split("\n")[0].split("Feature: ")[0]


one = example(
    {"id": [7], "words": [b"a", b"b"], "size": [1.5, 2.5]},
    caption=[[4], [5], [6]],
    scores=[[0.5, 1.0], [1.5, 2.0]],
    tags=[[b"x"], [b"y", b"z"], [b"w"]],
)
other = example({"id": [8]}, caption=[[1]])
text = tf.placeholder(tf.string, [])
context, lists = tf.parse_single_sequence_example(
    text,
    context_features={
        "id": tf.FixedLenFeature([], tf.int64),
        "words": tf.VarLenFeature(tf.string),
        "size": tf.FixedLenFeature([2], tf.float32, default_value=[0.0, -1.0]),
    },
    sequence_features={
        "caption": tf.FixedLenSequenceFeature([], tf.int64),
        "scores": tf.FixedLenSequenceFeature([2], tf.float32, allow_missing=True),
        "tags": tf.VarLenFeature(tf.string),
    },
)
only = tf.parse_single_sequence_example(text, sequence_features={"caption": tf.VarLenFeature(tf.int64)}, name="only")
results = {
    "shapes": [str(each[key].shape) for each in (context, lists, only[1]) for key in sorted(each)],
    "message": [str(one), str(tf.train.SequenceExample.FromString(one.SerializeToString()) == one)],
    "steps": [len(one.feature_lists.feature_list["tags"].feature), sorted(one.context.feature)],
}
with tf.Session() as sess:
    for i, given in enumerate((one, other)):
        for part in sess.run([context, lists, only[1]], {text: given.SerializeToString()}):
            for key in sorted(part):
                results["%d %s %s" % (i, key, len(part))] = (
                    list(part[key]) if hasattr(part[key], "indices") else part[key]
                )

    def parsed(given, *args, **kwargs):
        first, second = tf.parse_single_sequence_example(text, *args, **kwargs)
        return failure(sess.run, dict(first, **second), {text: given})

    whole = one.SerializeToString()
    sequence = tf.FixedLenSequenceFeature
    results["in a run"] = [
        parsed(whole, {"nothing": tf.FixedLenFeature([], tf.int64)}),
        parsed(whole, None, {"nothing": sequence([], tf.int64)}),
        parsed(whole, None, {"nothing": sequence([3], tf.int64, allow_missing=True)}),
        parsed(whole, {"id": tf.FixedLenFeature([2], tf.int64)}),
        parsed(whole, None, {"scores": sequence([3], tf.float32)}),
        parsed(whole, {"id": tf.FixedLenFeature([], tf.float32)}),
        parsed(whole, {"words": tf.VarLenFeature(tf.float32)}),
        parsed(whole, None, {"scores": sequence([2], tf.int64)}),
        parsed(whole, None, {"tags": tf.VarLenFeature(tf.int64)}),
        parsed(whole, {"id": tf.FixedLenFeature([], tf.float32)}, None, "named"),
        parsed(b"garbage", {"id": tf.FixedLenFeature([], tf.int64)}),
    ]
results["building"] = [
    failure(tf.parse_single_sequence_example, text),
    failure(tf.parse_single_sequence_example, text, {"a": tf.FixedLenSequenceFeature([], tf.int64)}),
    failure(tf.parse_single_sequence_example, text, None, {"a": tf.FixedLenFeature([], tf.int64)}),
    failure(tf.parse_single_sequence_example, text, {"a": tf.VarLenFeature(None)}),
]

for name, value in results.items():
    print(name, value)
