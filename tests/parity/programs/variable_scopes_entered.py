"""Variable scopes entered again, settings handed down, default names, and scopes of collections."""

import minigraph as tf

results = {}


def names(*vs):
    return [v.name for v in vs]


out = {}
with tf.variable_scope("tower0") as vs:
    assert vs.name == "tower0"
    a = tf.get_variable("w", [2])
    with tf.name_scope("sc") as sc:
        n1 = tf.constant(1.0)
    vs.set_regularizer(tf.contrib.layers.l2_regularizer(0.1))
    vs.set_initializer(tf.constant_initializer(0.25))
    b = tf.get_variable("b", [3])
    with tf.variable_scope("in", regularizer=tf.no_regularizer, initializer=tf.constant_initializer(3.0)) as vs2:
        c = tf.get_variable("c", [1])
        d = tf.get_variable(
            "d", [], initializer=tf.ones_initializer(), regularizer=lambda t: tf.reduce_sum(t, name="rr")
        )
    e = tf.get_variable("e", shape=(), dtype=tf.float64, trainable=False)
with tf.variable_scope(vs, reuse=True) as vs3:
    b2 = tf.get_variable("b")
    with tf.variable_scope("in"):
        c2 = tf.get_variable("c")
    n2 = tf.identity(c2)
with tf.variable_scope("tower0") as again:
    n3 = tf.constant(2.0)
    again.reuse_variables()
    a2 = tf.get_variable("w", [2])
    out["reuse"] = [again.reuse, again.name, again.original_name_scope]
with tf.variable_scope("tower0/in", reuse=tf.AUTO_REUSE) as q:
    f = tf.get_variable("f", [1], initializer=tf.zeros_initializer())
    c3 = tf.get_variable("c", [1])
    out["auto"] = str(q.reuse)
out["names"] = names(a, b, c, d, e, b2, c2, a2, f, c3, n1, n2, n3)
with tf.variable_scope("outer") as outer:
    with tf.variable_scope("default", "d") as x1:
        n4 = tf.constant(0)
    with tf.variable_scope(None, "default") as x2:
        n5 = tf.constant(0)
        g = tf.get_variable("w", [1])
    with tf.variable_scope(None, default_name="default", values=[g]) as x3:
        n6 = tf.constant(0)
        h = tf.get_variable("w", [1])
    with tf.variable_scope(outer, reuse=True):
        with tf.variable_scope(None, default_name="default") as x4:
            n7 = tf.constant(0)
with tf.variable_scope("outer"):
    with tf.variable_scope(None, "default") as x5:
        n8 = tf.constant(0)
out["defs"] = names(x1, x2, x3, x4, x5, n4, n5, n6, n7, n8, g, h) + [
    x.original_name_scope for x in (x1, x2, x3, x4, x5)
]
with tf.name_scope("ns1"):
    with tf.variable_scope("vs1") as v1:
        i = tf.get_variable("i", [1])
        n9 = tf.constant(1)
    with tf.name_scope("ns2"):
        with tf.variable_scope(v1, reuse=True):
            n10 = tf.constant(1)
            j = tf.get_variable("i", [1])
with tf.variable_scope(v1):
    n11 = tf.constant(1)
with tf.variable_scope(v1.original_name_scope, auxiliary_name_scope=False):
    n12 = tf.constant(1)
with tf.name_scope(v1.original_name_scope):
    n13 = tf.constant(1)
out["nest"] = names(i, n9, n10, j, n11, n12, n13)
with tf.variable_op_scope([a], None, "opscope") as vo:
    n14 = a + 1.0
    k = tf.get_variable("k", [1])
with tf.variable_op_scope([a], "named", "opscope"):
    n15 = a + 1.0
out["op"] = names(n14, k, n15)
out["cols"] = [
    names(*tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope="tower0/in")),
    names(*tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES, "tower0")),
    names(*tf.global_variables("outer")),
    names(*tf.trainable_variables("tower0")),
    names(*again.trainable_variables()),
    names(*vs.global_variables()),
    names(*again.get_collection("variables")),
]
loc = tf.get_local_variable("loc", [2], initializer=tf.zeros_initializer)
with tf.variable_scope("lo"):
    loc2 = tf.get_variable("loc", [2], collections=[tf.GraphKeys.LOCAL_VARIABLES, "foo"])
out["loc"] = names(*tf.local_variables()) + names(*tf.get_collection("foo"))
out["cur"] = [
    tf.get_variable_scope().name,
    tf.get_variable_scope().reuse,
    tf.get_variable_scope().dtype.name,
    str(tf.get_variable_scope().initializer),
    str(tf.get_variable_scope().use_resource),
]
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    s.run(tf.local_variables_initializer())
    out["v"] = s.run([b, c, d, e, f, loc] + tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES))
results = out
