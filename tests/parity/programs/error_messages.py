"""Common mistakes: the exception and the first sentence of its message."""
import minigraph as tf

x = tf.placeholder(tf.float32, [None, 2], name="x")
v = tf.get_variable("v", [2, 3])
w = tf.constant([[1.0, 2.0]], name="w")
total = tf.reduce_sum(x, name="total")
sess = tf.Session()
mistakes = {
    "matmul": lambda: tf.matmul(x, w, name="product"),
    "add_shapes": lambda: tf.add(w, [1.0, 2.0, 3.0], name="sum"),
    "add_dtypes": lambda: tf.add(w, tf.constant(1), name="sum"),
    "operator_dtypes": lambda: w + tf.constant(1),
    "reshape": lambda: tf.reshape(w, [3]),
    "concat": lambda: tf.concat([w, [[1.0, 2.0, 3.0]]], 0),
    "no_feed": lambda: sess.run(total),
    "feed_shape": lambda: sess.run(total, {x: [[1.0, 2.0, 3.0]]}),
    "feed_tensor": lambda: sess.run(total, {x: w}),
    "feed_key": lambda: sess.run(total, {"nothing:0": 1.0}),
    "fetch_none": lambda: sess.run(None),
    "fetch_number": lambda: sess.run(3),
    "fetch_name": lambda: sess.run("nothing:0"),
    "fetch_operation_name": lambda: sess.run("nothing"),
    "uninitialized": lambda: sess.run(v),
    "truth": lambda: bool(w > 1.0),
    "iteration": lambda: list(x),
    "again": lambda: tf.get_variable("v", [2, 3]),
    "other_shape": lambda: again([5]),
    "get_tensor": lambda: tf.get_default_graph().get_tensor_by_name("total"),
    "get_operation": lambda: tf.get_default_graph().get_operation_by_name("total:0"),
    "convert": lambda: tf.convert_to_tensor(w, tf.int32),
    "constant_dtype": lambda: tf.constant(1.5, tf.int32),
    "constant_shape": lambda: tf.constant([1.0, 2.0, 3.0], shape=[2]),
    "none": lambda: tf.add(None, 1.0),
    "name": lambda: tf.constant(1.0, name="a b"),
    "gradient": lambda: tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(w, name="all")),
    "axis": lambda: tf.reduce_sum(w, 5, name="bad"),
    "squeeze": lambda: tf.squeeze(w, [1]),
    "assign_shape": lambda: v.assign([1.0]),
    "other_graph": lambda: tf.Session(graph=tf.Graph()).run(total),
    "no_dtype": lambda: tf.get_variable("y"),
}


def again(shape):
    """Asks for `v` once more, with another shape."""
    with tf.variable_scope(tf.get_variable_scope(), reuse=True):
        return tf.get_variable("v", shape)


results = {}
for name, mistake in mistakes.items():
    try:
        mistake()
        results[name] = "nothing"
    except Exception as error:
        results[name] = [type(error).__name__, str(error).split("\n")[0].split(". ")[0].rstrip(".")]
for name, value in results.items():
    print(name, value)
