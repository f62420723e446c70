"""Sources of tf.data: tensors, rows, numbers, generators; nested elements; what is known of them statically."""

import numpy as np

import minigraph as tf

images = np.arange(24, dtype=np.float32).reshape(6, 2, 2)
labels = np.array([0, 1, 2, 0, 1, 2])

whole = tf.data.Dataset.from_tensors({"image": images, "label": labels})
rows = tf.data.Dataset.from_tensor_slices((images, labels))
nested = tf.data.Dataset.from_tensor_slices({"b": (labels, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), "a": images[:, 0]})
texts = tf.data.Dataset.from_tensor_slices(["one", "two", "three"])
numbers = tf.data.Dataset.range(2, 11, 3)
down = tf.data.Dataset.range(5, 0, -2)


def sequences():
    for n in range(1, 4):
        yield list(range(n)), "n%d" % n


def repeated(start, stop):
    for value in range(start, stop):
        yield {"x": value, "square": value * value / 2.0}


generated = tf.data.Dataset.from_generator(
    sequences, (tf.int32, tf.string), (tf.TensorShape([None]), tf.TensorShape([]))
)
given = tf.data.Dataset.from_generator(
    repeated, {"x": tf.int64, "square": tf.float32}, {"x": [], "square": []}, args=(tf.constant(2), 5)
)
unknown = tf.data.Dataset.from_generator(lambda: iter([1, 2]), tf.int64)
zipped = tf.data.Dataset.zip((numbers, {"text": texts, "row": rows}))
joined = numbers.concatenate(down)
counted = texts.enumerate(start=4)
twice = unknown.repeat(2)

datasets = [whole, rows, nested, texts, numbers, down, generated, given, unknown, zipped, joined, counted, twice]
elements = [dataset.make_one_shot_iterator().get_next() for dataset in datasets]


def leaves(element):
    """Return the values of an element, in the order of its structure."""
    if isinstance(element, dict):
        return [leaf for key in sorted(element) for leaf in leaves(element[key])]
    if isinstance(element, tuple):
        return [leaf for part in element for leaf in leaves(part)]
    return [element]


results = {}
with tf.Session() as sess:
    for i, element in enumerate(elements):
        found = []
        try:
            while True:
                found += leaves(sess.run(element))
        except tf.errors.OutOfRangeError as error:
            results["end%d" % i] = error.message.split("\n")[0]
        results["values%d" % i] = found
results["types"] = [str(each.output_types) for each in datasets]
results["shapes"] = [str(each.output_shapes) for each in datasets]
results["classes"] = [str([c.__name__ for c in leaves(each.output_classes)]) for each in datasets]
results["shown"] = [str(each) for each in datasets]
results["functions"] = [str(tf.compat.v1.data.get_output_types(rows)), str(tf.compat.v1.data.get_output_shapes(rows))]
print(results)
