"""Operators of variables, callable and unknown initial values, assignments, names and prints."""

import minigraph as tf

results = {}
v0 = tf.Variable(10.0, name="0")
v1 = tf.Variable([[1.0, 2.0], [3.0, 4.0]], name="one", expected_shape=None)
results["str"] = [
    str(v0),
    repr(v1),
    v0.name,
    v0.op.name,
    str(v1.get_shape()),
    v1.dtype.name,
    str(v1.initial_value),
    v0.initializer.name,
    v1.value().name,
    repr(v1.device),
    str(v1.graph is tf.get_default_graph()),
]
two = tf.constant(2.0)
iv = tf.Variable(7)
bv = tf.Variable([True, False])
ops = [
    v0 + 1,
    1 + v0,
    v0 - two,
    2.0 - v0,
    v0 * v0,
    3.0 * v0,
    v0 / 4.0,
    4.0 / v0,
    v0 // 3.0,
    30.0 // v0,
    v0**2.0,
    2.0**v0,
    v0 % 3.0,
    3.0 % v0,
    -v0,
    abs(v0),
    v0 < 5.0,
    v0 <= 5.0,
    v0 > 5.0,
    v0 >= 10.0,
    v1[0],
    v1[:, 1:],
    v1[..., tf.newaxis, -1],
    v1 + v0,
    iv % 4,
    iv // 2,
    iv / 2,
    -iv,
    bv & [True, True],
    [True, False] | bv,
    bv ^ True,
    ~bv,
    tf.matmul(v1, v1),
    v1.read_value(),
    v1.value(),
    tf.convert_to_tensor(v1),
    tf.identity(v1),
]
results["opnames"] = [o.name + " " + o.op.type for o in ops]
un = tf.Variable(tf.placeholder(tf.float32, None), validate_shape=False, name="un")
results["un"] = [str(un.get_shape()), repr(un)]
cb = tf.Variable(lambda: tf.random_normal([2], seed=1), name="cb")
cbd = tf.Variable(lambda: [1, 2], dtype=tf.float32, name="cbd")
results["cb"] = [repr(cb), repr(cbd)]
asg = [
    v0.assign(20.0),
    v0.assign_add(1.0),
    v0.assign_sub(2.0),
    v1.scatter_sub(tf.IndexedSlices([[1.0, 1.0]], [0])),
    iv.count_up_to(9),
    v0.assign(3.0, read_value=False),
    v1.scatter_nd_add([[1]], [[5.0, 5.0]]),
]
results["asg"] = [a.name for a in asg] + [type(asg[5]).__name__]
with tf.Session() as s:
    results["uninit"] = s.run(tf.report_uninitialized_variables([v0, v1, iv]))
    s.run(tf.variables_initializer([v0, v1, iv, bv, cb, cbd]))
    results["o"] = [o.tolist() if hasattr(o, "tolist") else o for o in s.run(ops)]
    for i, a in enumerate(asg):
        results["a%d" % i] = s.run(a)
    results["init"] = s.run([tf.is_variable_initialized(v0), tf.is_variable_initialized(un)])
    v0.load(99.0, s)
    results["load"] = v0.eval(s)
    s.run(
        un.initializer,
        {un.initial_value.op.inputs[0] if un.initial_value.op.inputs else un.initial_value: [1.0, 2.0]},
    )
    results["unv"] = s.run(un)
results["empty"] = repr(tf.variables_initializer([]))
results["setshape"] = str(un.shape)
