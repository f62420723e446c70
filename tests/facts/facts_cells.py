"""Operations on variables: assignments, scatters, counting; in sequence, without a value, and with what they refuse."""

import numpy as np
from expressions import ask_each
from facts import describe, fact

STATIC = """
    tf.assign(v, [3.0])
    tf.assign(v, 3.0)
    tf.assign(v, C([3, 4]))
    tf.assign(v, "a")
    tf.assign(v, None)
    tf.assign(v, [3.0, 3.0], False, False, "a")
    tf.assign(v, [3.0], validate_shape=False)
    tf.assign(C(1.0), 2.0)
    tf.assign_add(C(1.0), 2.0)
    tf.assign_sub(C(1.0), 2.0)
    tf.assign_add(v, [3.0, 4.0], name="q")
    tf.assign_add(v, [3.0])
    tf.assign_add(v, 1.0)
    tf.assign_sub(v, [1.0, 5.0], use_locking=True)
    tf.is_variable_initialized(v)
    tf.is_variable_initialized(C(1.0))
    tf.count_up_to(v, 1)
    tf.count_up_to(n, 5)
    tf.count_up_to(counts, 5)
    n.count_up_to(5)
    tf.count_up_to(C(1), 5)
    tf.scatter_update(m, [0], [[5.0, 6.0]])
    tf.scatter_update(m, [0], [[5.0, 6.0, 7.0]])
    tf.scatter_add(m, [0, 1], [[5.0, 6.0]])
    tf.scatter_add(m, [0, 1], 1.0)
    tf.scatter_mul(m, [0.0], [[5.0, 6.0]])
    tf.scatter_div(m, [0, 0], [[5.0, 6.0], [2.0, 2.0]], True, "n")
    tf.scatter_sub(m, 0, [5.0, 6.0])
    tf.scatter_min(m, [[0, 1]], [[[5.0, -6.0], [0.0, 0.0]]])
    tf.scatter_max(m, [[0, 1]], [[[5.0, -6.0], [0.0, 0.0]]])
    tf.scatter_add(C([1.0]), [0], [1.0])
    tf.scatter_nd_update(v, [[0], [1]], [9.0, 8.0])
    tf.scatter_nd_add(v, [[0], [0]], [9.0, 8.0], name="z")
    tf.scatter_nd_sub(m, [[0, 1]], [9.0])
    tf.scatter_nd_sub(v, [[0], [1]], [9.0])
    tf.scatter_nd_add(n, [[0], [1]], [9])
    v.assign([1.0, 2.0])
    v.assign_add([1.0, 2.0])
    v.assign_sub([1.0])
    v.scatter_sub(tf.IndexedSlices(C([1.0]), C([1])))
    v.load([7.0, 8.0])
    v.eval()
"""


def variables(tf):
    return dict(
        v=tf.Variable([1.0, 2.0], name="v"),
        m=tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="m"),
        tf=tf,
        n=tf.Variable(3, name="n"),
        counts=tf.Variable([1], name="counts"),
        C=tf.constant,
    )


@fact
def updates(tf, note):
    for expression in map(str.strip, STATIC.strip().splitlines()):
        with tf.Graph().as_default() as graph:
            names = variables(tf)
            made = len(graph.get_operations())

            def look():
                with tf.Session() as sess:
                    sess.run(tf.global_variables_initializer())
                    result = eval(expression, names)
                    if result is not None:
                        note.put(expression + ": value", np.asarray(sess.run(result)).tolist())
                    note.put(expression + ": v", sess.run(names["v"]).tolist())
                    if isinstance(result, tf.Tensor):
                        note.put(expression + ": type", [result.dtype.name, str(result.shape)])
                    note.put(expression + ": nodes", [describe(op) for op in graph.get_operations()[made:]])

            note.error(expression, look)


@fact
def failures_when_run(tf, note):
    v, m = tf.Variable([1.0, 2.0]), tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    fed, rows, n = tf.placeholder(tf.float32), tf.placeholder(tf.int32), tf.Variable(1)
    note.error("read", lambda: note.run(v))
    note.error("read by an operation", lambda: note.run(v + 1.0))
    note.error("added to", lambda: note.run(tf.assign_add(v, [1.0, 1.0])))
    note.error("scattered to", lambda: note.run(tf.scatter_add(m, [0], [[1.0, 1.0]])))
    note.error("counted", lambda: note.run(tf.count_up_to(n, 3)))
    note("has a value", tf.is_variable_initialized(v))
    note.init()
    note("has a value now", tf.is_variable_initialized(v))
    note.error("assigned another shape", lambda: note.run(tf.assign(v, fed), {fed: [1.0, 2.0, 3.0]}))
    note.error("added another shape", lambda: note.run(tf.assign_add(v, fed), {fed: [1.0, 2.0, 3.0]}))
    note.error("scattered above", lambda: note.run(tf.scatter_update(m, rows, [[5.0, 6.0]]), {rows: [2]}))
    note.error("scattered below", lambda: note.run(tf.scatter_sub(m, rows, [[5.0, 6.0]]), {rows: [-1]}))
    note.error("scattered above, by index vectors", lambda: note.run(tf.scatter_nd_add(v, [[0], [2]], [9.0, 8.0])))
    count = tf.count_up_to(n, 3)
    note("counts", [note.run(count), note.run(count)])
    note.error("at the limit", lambda: note.run(count))
    note("as they were", [m, n])


@fact
def in_sequence(tf, note):
    v = tf.Variable([1.0, 2.0])
    note.init()
    once = tf.assign_add(v, [1.0, 1.0])
    with tf.control_dependencies([once]):
        after = v.read_value()
        twice = tf.assign_add(v, [10.0, 10.0])
    note("one after the other", [after, twice])
    note("then", v)
    chain = tf.assign_sub(tf.assign(v, [5.0, 5.0]), [1.0, 2.0])
    note("a chain of references", chain)
    note("value at the end", v)
    loose = tf.assign(v, [1.0, 2.0, 3.0], validate_shape=False)
    note("another shape", loose)


@fact
def dtypes(tf, note):
    for kind in ("int32", "int64", "uint8", "float16", "float64", "complex64", "bool", "string"):
        for name in ("assign", "assign_add", "scatter_add", "scatter_mul", "scatter_max", "scatter_nd_add"):
            with tf.Graph().as_default():
                start = np.array([b"a", b"b"], object) if kind == "string" else np.array([1, 3]).astype(kind)
                v = tf.Variable(start)
                given = (start[::-1],) if name.startswith("assign") else ([[1], [0]] if "nd" in name else [1, 0], start)

                def look():
                    with tf.Session() as sess:
                        sess.run(tf.global_variables_initializer())
                        note.put(name + " " + kind + ": value", str(sess.run(getattr(tf, name)(v, *given)).tolist()))

                if kind in ("bool", "string") and name != "assign":
                    continue  # refused with a list of types that has more names here than there
                note.error(name + " " + kind, look)


@fact
def initialized(tf, note):
    ask_each(
        tf,
        note,
        """
        tf.is_variable_initialized(tf.Variable(1.0))
        tf.variables_initializer([]).name
        tf.report_uninitialized_variables([])
    """,
    )
