"""What tf.gradients can be asked: aggregation, gates, colocation, custom gradients, sparse sums."""

import minigraph as tf

results = {}
ops = {}
x = tf.constant([[1.0, 2.0], [3.0, 4.0]], name="x")
w = tf.constant([[1.0, -1.0], [0.5, 2.0]], name="w")
b = tf.constant([0.1, 0.2])
h = tf.matmul(x, w) + b
y = tf.nn.relu(h, name="y")
ops["a"] = tf.gradients(y, [x, w, b])
ops["gys"] = tf.gradients([y, h], [w], grad_ys=[tf.ones([2, 2]) * 2.0, None])
ops["agg"] = [
    tf.gradients(tf.add_n([x * x, x, tf.sin(x), x * 3.0]), x, aggregation_method=m)[0]
    for m in (
        None,
        tf.AggregationMethod.ADD_N,
        tf.AggregationMethod.EXPERIMENTAL_TREE,
        tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N,
    )
]
ops["stop"] = [g for g in tf.gradients(h * tf.stop_gradient(y), [w, b])] + tf.gradients(
    x * h, [x], stop_gradients=[h]
)
un = tf.gradients(y, [tf.constant(1.0), x])
un0 = tf.gradients(y, [tf.constant([1.0, 2.0])], unconnected_gradients="zero")
results["none"] = str(un[0])
ops["un0"] = un0
ops["col"] = tf.gradients(y, [w], colocate_gradients_with_ops=True, name="colo")
ops["gate"] = tf.gradients(y, [w, b], gate_gradients=True)
e = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="e")
ge = tf.gradients(tf.gather(e, [0, 2, 0]) * 2.0, e)[0]
ge2 = tf.gradients([tf.gather(e, [0, 1]), tf.gather(e, [2])], e)[0]
ge3 = tf.gradients(tf.reduce_sum(tf.gather(e, [0, 1])) + tf.reduce_sum(e * e), e)[0]
ge4 = tf.gradients(tf.gather(tf.identity(e) * 2.0, [1, 1]), e)[0]
results["ge"] = [repr(g.values) + repr(g.indices) + repr(g.dense_shape) for g in (ge, ge2)] + [
    repr(ge3),
    repr(ge4),
    ge.name,
    str(ge.op.name),
    str(ge.dtype),
]
ops["dense"] = [tf.convert_to_tensor(ge), ge3, ge4, tf.convert_to_tensor(ge2)]
ops["second"] = tf.gradients(tf.gradients(tf.exp(x) * tf.sin(w), x), [x, w])
ops["multi"] = tf.gradients([x * 2.0, tf.square(w)], [x, w, b] and [x, w])
ops["self"] = tf.gradients(x, [x]) + tf.gradients([x, x], x) + tf.gradients(x, x, grad_ys=[w])


@tf.custom_gradient
def clipg(t, u):
    z = t * u

    def grad(dz):
        return tf.clip_by_value(dz, -0.1, 0.1), tf.zeros_like(u) + 7.0

    return z, grad


cz = clipg(x, w)
ops["cg"] = tf.gradients(cz, [x, w])
results["czn"] = cz.name


@tf.custom_gradient
def log1pexp(t):
    ex = tf.exp(t)
    return tf.log(1 + ex), lambda dy: dy * (1 - 1 / (1 + ex))


ops["l1"] = [log1pexp(tf.constant(100.0))]


try:

    @tf.RegisterGradient("SquareTimesHundred")
    def times_hundred(op, g):
        return g * op.inputs[0] * 100.0

except KeyError:
    pass                    # registered by an earlier run in this process
with tf.get_default_graph().gradient_override_map({"Square": "SquareTimesHundred"}):
    sq = tf.square(x)
ops["om"] = tf.gradients(sq, x)
ops["hess"] = [tf.gradients(tf.gradients(tf.reduce_sum(b**3), b)[0][i], b)[0] for i in range(2)]
with tf.name_scope("outer"):
    ops["ns"] = tf.gradients(y, w)
    with tf.device("/cpu:0"):
        ops["dv"] = tf.gradients(y, w, colocate_gradients_with_ops=True)
results["dv"] = [ops["dv"][0].device, ops["dv"][0].name]
i = tf.constant([1, 2])
results["int"] = str(tf.gradients(tf.cast(x, tf.int32), x)[0])
cplx = tf.complex(x, w)
ops["cplx"] = tf.gradients(tf.real(cplx * tf.conj(cplx)), [x, w])
sp, idx = tf.nn.top_k(x, 1)
ops["topk"] = tf.gradients(sp, x)
with tf.Session() as s:
    s.run(tf.global_variables_initializer())
    results["v"] = {k: s.run(v) for k, v in ops.items()}
results["n"] = {k: [t.name for t in v] for k, v in ops.items()}
