"""Values as protocol messages: the field of each type, repeated elements, errors."""

import numpy as np

import minigraph as tf

results = {}


def written(*args, **kwargs):
    try:
        return tf.make_tensor_proto(*args, **kwargs).SerializeToString().hex()
    except (TypeError, ValueError) as error:
        return "%s: %s" % (type(error).__name__, str(error).split("\n")[0])


numbers = "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool complex64 complex128".split()
for name in numbers:
    for values in (2, [3], [1, 0, 4], [[1, 2], [3, 4]], []):
        array = np.array(values, name)
        results["%s%s" % (name, values)] = written(array)
        results["%s%s longer" % (name, values)] = written(array, shape=[5])
    read = tf.make_ndarray(tf.make_tensor_proto(np.array([0, 1, 1], name)))
    results["read " + name] = [str(read.dtype), read.tolist() if name[0] != "c" else [str(v) for v in read.tolist()]]
cases = {
    "float": [1.5],
    "floats": [[1.0, 2.0]],
    "int": [7],
    "long": [2**40],
    "text": ["text"],
    "bytes": [[b"a", b"bc\0"]],
    "texts": [[["a"], ["b"]]],
    "typed": [[1, 2], tf.float64],
    "half": [[1.5, -2.0], tf.float16],
    "none": [None],
    "wrong": [["a"], tf.int32],
    "wrong float": [[1.5], tf.int32],
    "mixed": [[1, "a"]],
    "ragged": [[[1], [1, 2]], tf.int32],
    "enum": [[1, 2], 9],
}
for name, args in cases.items():
    results[name] = written(*args)
for shape in ([3], [1], [2, 2], [0], []):
    for values in (1.0, [1.0], [1.0, 2.0], ["a"], np.array([1.0, 2.0])):
        for options in ({}, {"verify_shape": True}, {"allow_broadcast": True}):
            results["%s %s %s" % (shape, values, sorted(options))] = written(values, shape=shape, **options)
results["both"] = written(1.0, shape=[2], verify_shape=True, allow_broadcast=True)
for name, message in {
    "numbers": tf.make_tensor_proto([1, 2], shape=[2, 3]),
    "texts": tf.make_tensor_proto(["a", "b"], shape=[2, 2]),
    "one": tf.make_tensor_proto(2.5, shape=[2, 2]),
    "zeros": tf.make_tensor_proto(np.zeros([0, 3], np.int64)),
    "scalar": tf.make_tensor_proto("text"),
}.items():
    array = tf.make_ndarray(message)
    results["read " + name] = [str(array.dtype), str(array.tolist()), list(array.shape), bool(array.flags.writeable)]
results["same"] = tf.make_tensor_proto(message) is message
results["text"] = str(tf.make_tensor_proto([True, False]))
for shape in (None, [], [2, None], [3, 0]):
    results["shape %s" % shape] = tf.TensorShape(shape).as_proto().SerializeToString().hex()
    results["again %s" % shape] = str(tf.TensorShape(tf.TensorShape(shape).as_proto()))
