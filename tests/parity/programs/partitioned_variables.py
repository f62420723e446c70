"""Variables in parts: partitioners, get_variable, layers, embeddings, optimizers with slots, checkpoints."""
import os
import tempfile

import numpy as np

import minigraph as tf

results = {}
tf.set_random_seed(5)
shape, kinds = tf.TensorShape([16, 4]), {
    "fixed": tf.fixed_size_partitioner(3), "fixed_1": tf.fixed_size_partitioner(3, axis=1),
    "many": tf.fixed_size_partitioner(99), "bytes": tf.variable_axis_size_partitioner(100),
    "shards": tf.variable_axis_size_partitioner(20, axis=1, max_shards=3),
    "min_max": tf.min_max_variable_partitioner(6, min_slice_size=50), "one": tf.min_max_variable_partitioner(6)}
for name, partitioner in sorted(kinds.items()):
    results["kind " + name] = [list(partitioner(shape=shape, dtype=t)) for t in (tf.float32, tf.float64, tf.string)]

parts = tf.fixed_size_partitioner(3)
w = tf.get_variable("w", [7, 2], partitioner=parts)
with tf.variable_scope("model", partitioner=tf.fixed_size_partitioner(2), regularizer=tf.contrib.layers.l2_regularizer(0.1)):
    table = tf.get_variable("table", [5, 3], initializer=tf.random_normal_initializer(seed=3))
    scalar = tf.get_variable("scalar", [], initializer=tf.ones_initializer())
    x = tf.layers.dense(tf.ones([2, 7]), 4, kernel_initializer=tf.variance_scaling_initializer(), name="dense")
given = tf.get_variable("given", initializer=tf.constant([[1.0, 2.0, 3.0]]), partitioner=tf.fixed_size_partitioner(2, axis=1))
whole = tf.get_variable("whole", [3], initializer=tf.zeros_initializer(), partitioner=tf.fixed_size_partitioner(1))
rows = tf.nn.embedding_lookup(table, [4, 0, 1, 1], partition_strategy="div")
mod = tf.nn.embedding_lookup(table, [4, 0, 1], name="mod")
with tf.variable_scope("model", reuse=True):
    again = tf.get_variable("table", [5, 3])
older = tf.create_partitioned_variables([4, 2], [2, 1], tf.constant_initializer(0.5), name="older")
unnamed = tf.create_partitioned_variables([2, 2], [1, 2], np.ones([2, 2], np.float32))
y = tf.matmul(x, tf.ones([4, 2])) + tf.reduce_sum(w, 0) + tf.reduce_sum(tf.matmul(rows, [[1.0], [2.0], [3.0]]))
loss = tf.reduce_mean(tf.square(y)) + tf.add_n(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)) + tf.reduce_sum(
    tf.convert_to_tensor(given)) + tf.reduce_sum(tf.ones([3]) + whole)
train = tf.train.AdamOptimizer(0.1).minimize(loss)
momentum = tf.train.MomentumOptimizer(0.01, 0.9).minimize(loss, var_list=list(w))
writes = [w.assign(tf.ones([7, 2])), table.assign_add(tf.ones([5, 3]) * 0.5), given.assign_sub([[[1.0, 1.0]], [[2.0]]])]
results["names"] = [[v.name, str(v.shape)] for v in tf.global_variables()]
results["trained"] = [v.name for v in tf.trainable_variables()]
results["of it"] = [
    w.name, str(w.shape), w.dtype.name, len(w), str(w.get_shape()), type(w).__name__, again is table,
    hasattr(scalar, 'as_tensor'), type(whole).__name__, [v.name for v in older], [v.name for v in unnamed],
    [v.name for v in w]]
saver = tf.train.Saver()
folder = tempfile.mkdtemp()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    results["first"] = sess.run([tf.ones([7, 2]) * w, table.as_tensor(), rows, mod, given.as_tensor(), whole.as_tensor(), x])
    for step in (train, train, momentum, momentum):
        sess.run(step)
        results.setdefault("losses", []).append(sess.run(loss))
    path = saver.save(sess, os.path.join(folder, "model"), write_meta_graph=False)
    before = sess.run([tf.global_variables()])
    results["before"] = before
    results["written"] = [sess.run(each) for each in writes]
    saver.restore(sess, path)
    results["restored"] = sess.run(loss)
reader = tf.train.NewCheckpointReader(path)
results["in the file"] = sorted([k, v] for k, v in reader.get_variable_to_shape_map().items())
results["value"] = reader.get_tensor("model/table")

with tf.Graph().as_default(), tf.Session() as sess:  # in other parts, and whole
    other = tf.get_variable("w", [7, 2], partitioner=tf.fixed_size_partitioner(2))
    with tf.variable_scope("model"):
        table = tf.get_variable("table", [5, 3])
    tf.train.Saver({"w": other, "model/table": table}).restore(sess, path)
    results["elsewhere"] = sess.run([other.as_tensor(), table])

with tf.Graph().as_default():
    tf.get_variable("p", [4, 2], partitioner=parts)
    tf.get_variable("q", [4, 2])
    for name, function in sorted({
        "unknown": lambda: tf.get_variable("a", [None, 2], partitioner=parts),
        "not callable": lambda: tf.get_variable("a", [4, 2], partitioner=3),
        "no list": lambda: tf.get_variable("a", [4, 2], partitioner=lambda shape, dtype: 3),
        "rank": lambda: tf.get_variable("a", [4, 2], partitioner=lambda shape, dtype: [3]),
        "zero": lambda: tf.get_variable("a", [4, 2], partitioner=lambda shape, dtype: [0, 1]),
        "two axes": lambda: tf.get_variable("a", [4, 2], partitioner=lambda shape, dtype: [2, 2]),
        "twice": lambda: tf.get_variable("p", [4, 2], partitioner=parts),
        "not in parts": lambda: tf.get_variable("q", [4, 2], partitioner=parts),
        "in parts": lambda: tf.get_variable("p", [4, 2]),
        "bytes": lambda: tf.variable_axis_size_partitioner(0),
        "axis": lambda: tf.min_max_variable_partitioner(2, axis=2)(shape=shape, dtype=tf.float32),
        "slicing": lambda: tf.create_partitioned_variables([4, 2], [2], None),
        "scalar": lambda: tf.create_partitioned_variables([], [], None),
    }.items()):
        try:
            function()
        except Exception as error:
            results["error " + name] = [type(error).__name__, str(error).split("\n")[0]]
    with tf.variable_scope("", reuse=True):
        for name, function in sorted({
            "other shape": lambda: tf.get_variable("p", [4, 3], partitioner=parts),
            "other parts": lambda: tf.get_variable("p", [4, 2], partitioner=tf.fixed_size_partitioner(2)),
            "other type": lambda: tf.get_variable("p", [4, 2], tf.float64, partitioner=parts),
            "missing": lambda: tf.get_variable("r", [4, 2], partitioner=parts),
        }.items()):
            try:
                function()
            except Exception as error:
                results["error reuse " + name] = [type(error).__name__, str(error).split("\n")[0]]
