"""Name scopes, devices, colocation, containers, control dependencies and look-ups of a graph."""

import minigraph as tf

results = {}
g = tf.get_default_graph()


def n(x):
    return [x.name, x.op.name if hasattr(x, "op") else "", x.device]


out = {}
with tf.name_scope("a") as a:
    with tf.name_scope("b") as b:
        c1 = tf.constant(1.0)
        with tf.name_scope("abs/") as ab:
            c2 = tf.constant(1.0)
    with tf.name_scope("b"):
        c3 = tf.constant(1.0)
    with tf.name_scope(""):
        c4 = tf.constant(1.0)
    with tf.name_scope(None):
        c5 = tf.constant(1.0)
    with tf.name_scope(a):
        c6 = tf.constant(1.0)
with tf.name_scope("a"):
    c7 = tf.constant(1.0, name="Const")
with tf.name_scope("A"):
    c8 = tf.constant(1.0)
c9 = [tf.constant(1.0, name="foo") for _ in range(3)] + [
    tf.constant(1.0, name="foo_1"),
    tf.constant(1.0, name="foo"),
    tf.constant(1.0, name="Foo"),
    tf.constant(1.0, name="foo_1_1"),
]
out["scopes"] = [a, b, ab] + [x.name for x in [c1, c2, c3, c4, c5, c6, c7, c8] + c9]
out["un"] = [
    g.unique_name("foo"),
    g.unique_name("foo"),
    g.unique_name("bar", mark_as_used=False),
    g.unique_name("bar"),
    g.unique_name("Bar"),
    g.unique_name("foo/bar"),
    g.unique_name("foo_2"),
]
with tf.name_scope("sc"):
    out["un2"] = [g.unique_name("q"), g.unique_name("q"), g.get_name_scope()]
with g.device("/job:worker/replica:2"):
    d1 = tf.constant(1.0)
    with g.device("/task:3/device:CPU:0"):
        d2 = tf.constant(1.0)
        with g.device(None):
            d3 = tf.constant(1.0)
        with g.device("/device:GPU:1"):
            d4 = tf.constant(1.0)
    with g.device("/job:ps"):
        d5 = tf.constant(1.0)
with g.device(lambda op: "/cpu:0" if op.type == "Const" else "/gpu:0"):
    d6 = tf.constant(1.0)
    d7 = tf.identity(d6)
    with g.device("/job:ps"):
        d8 = tf.identity(d6)
with g.device("/cpu:0"):
    with g.colocate_with(d2.op):
        d9 = tf.constant(1.0)
    with tf.colocate_with(d4):
        d10 = tf.constant(1.0)
        v = tf.Variable(1.0)
    with tf.colocate_with(d9):
        with tf.colocate_with(d10):
            d11 = tf.constant(1.0)
        with tf.colocate_with(None, ignore_existing=True):
            d12 = tf.constant(1.0)
        with g.device("/job:x"):
            d13 = tf.constant(1.0)
    d14 = tf.constant(1.0)
    vv = tf.Variable(2.0)
    up = vv.assign(3.0)
    up2 = tf.assign_add(v, 1.0)
    up3 = tf.scatter_add(tf.Variable([1.0, 2.0]), [0], [1.0])
out["dev"] = [n(x) for x in (d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, v, vv, up, up2, up3)]
out["grp"] = [[s.decode() for s in x.op.colocation_groups()] for x in (d9, d10, d11, d12, d13, v, vv, up)]
with tf.control_dependencies([c1, c2]):
    e1 = tf.constant(1.0)
    e2 = tf.identity(c1)
    with tf.control_dependencies([c3.op, e1]):
        e3 = tf.constant(2.0)
        e4 = e1 + e3
        with tf.control_dependencies(None):
            e5 = tf.constant(1.0)
            e6 = e5 * e3
    with tf.control_dependencies([c1]):
        e7 = tf.no_op()
    e8 = tf.add_n([e1, c1])
with tf.control_dependencies([v, vv]):
    e9 = tf.constant(0.0)
with tf.control_dependencies([tf.IndexedSlices(c1, c2)]):
    e10 = tf.constant(0.0)
out["ctl"] = [
    sorted(o.name for o in x.op.control_inputs) if hasattr(x, "op") else sorted(o.name for o in x.control_inputs)
    for x in (e1, e2, e3, e4, e5, e6, e7, e8, e9, e10)
]
with tf.container("cont"):
    cv = tf.Variable(1.0)
out["cont"] = cv.op.get_attr("container").decode()
with g.gradient_override_map({"Relu": "CustomZ"}):
    r = tf.nn.relu(c1)
    r2 = tf.nn.relu(r)
    out["om"] = r.op.get_attr("_gradient_op_type").decode()
out["elem"] = [
    str(g.as_graph_element("a/b/Const")),
    str(g.as_graph_element("a/b/Const:0")),
    str(g.get_tensor_by_name("foo_1:0")),
    repr(c1.op),
    str(g.is_feedable(c1)),
    str(g.is_fetchable(c1)),
]
g.add_to_collection("k", c1)
g.add_to_collections(["k", "m"], c7)
g.add_to_collections("m", 5)
out["col"] = [
    [str(x) for x in g.get_collection("k")],
    [str(x) for x in g.get_collection("m")],
    [str(x) for x in g.get_collection("k", "a_1")],
    str(g.get_collection_ref("zz")),
]
out["ver"] = [
    g.version,
    len(g.get_operations()),
    str(g.building_function),
    str(g.seed),
    repr(g.finalized),
    str(g.graph_def_versions.producer > 0),
]
out["opstr"] = [
    repr(e4.op),
    repr(e7),
    str(c1.op.outputs),
    repr(e4),
    str(e4),
    repr(e4.op.inputs[0]),
    str(list(e4.op.inputs)),
    str(e4.consumers()),
    str(c1.consumers()),
    e4.op.type,
    str(e4.value_index),
    str(e4.dtype),
    repr(e4.dtype),
    str(e4.op.node_def.name),
    str(v),
    repr(v),
    str(v.op),
    repr(tf.TensorShape([None, 3])),
    str(tf.TensorShape(None)),
    repr(tf.Dimension(3)),
    str(tf.Dimension(None)),
][7:] + [repr(e4.op).split("\n")[0], str(e4)]
out["str_op"] = str(e4.op)
results = out
