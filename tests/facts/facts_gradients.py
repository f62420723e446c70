"""`tf.gradients` with every argument, registered and custom gradients, errors."""

import numpy as np
from facts import fact


@fact
def grad_ys(tf, note):
    x, y = tf.constant([1.0, 2.0]), tf.constant(3.0)
    a, b = x * y, tf.square(y)
    note("None", tf.gradients([a, b], [x, y], grad_ys=[None, None]))
    note("one", tf.gradients([a, b], [x, y], grad_ys=[tf.constant([1.0, 10.0]), None]))
    note("a list for one", tf.gradients(a, [x, y], grad_ys=[[1.0, 10.0]]))
    note("not a list", tf.gradients(b, y, grad_ys=tf.constant(5.0)))
    note.nodes()
    note.error("integers", lambda: tf.gradients(b, y, grad_ys=tf.constant(5)))


@fact
def names_and_kinds(tf, note):
    x = tf.Variable([1.0, 2.0], name="x")
    found = tf.gradients(x * x, x, name="mine")
    note.put("list", [type(found).__name__, len(found), found[0].name])
    note.put("again", tf.gradients(x * x, [x], name="mine")[0].name)
    note.put("same twice", [g.name for g in tf.gradients(x * 2.0, [x, x])])
    note.put("y is x", [g.name for g in tf.gradients([x], [x])])
    t = tf.identity(x, name="t")
    note.put("tensor y is x", [g.name for g in tf.gradients(t, t)])
    note.put("tuple", [g.name for g in tf.gradients((t * 1.0,), (x, t))])
    note.put("None", tf.gradients(tf.constant(1.0), x))
    note.put("no xs", tf.gradients(tf.constant(1.0), []))
    note.put("no ys", tf.gradients([], [x]))
    note.nodes()


@fact
def stop_gradients(tf, note):
    a = tf.constant(2.0, name="a")
    b = tf.multiply(a, 3.0, name="b")
    c = a + b
    note("none", tf.gradients(c, [a, b]))
    note("b", tf.gradients(c, [a, b], stop_gradients=[b]))
    note("a and b", tf.gradients(c, [a, b], stop_gradients=[a, b]))
    note("one tensor", tf.gradients(c * c, [a], stop_gradients=b))
    note("stop op", tf.gradients(tf.stop_gradient(b) * a, [a, b]))
    note("stop y", tf.gradients(c, [a, c], stop_gradients=[c]))
    note("empty", tf.gradients(c, a, stop_gradients=[]))
    note.nodes()


@fact
def unconnected(tf, note):
    x, y = tf.constant([1.0, 2.0], name="x"), tf.constant(3.0, name="y")
    v = tf.Variable([5.0, 6.0], name="v")
    for value in ("none", "zero", tf.UnconnectedGradients.NONE, tf.UnconnectedGradients.ZERO):
        note("value %s" % value, tf.gradients(y * y, [x, y, v], unconnected_gradients=value))
    note.error("text", lambda: tf.gradients(y, x, unconnected_gradients="nonsense"))
    note.error("None", lambda: tf.gradients(y, x, unconnected_gradients=None))
    note("past a stop", tf.gradients(tf.stop_gradient(x), x, unconnected_gradients="zero"))
    note("past integers", tf.gradients(tf.cast(tf.cast(x, tf.int32), tf.float32), x, unconnected_gradients="zero"))
    note.nodes()


@fact
def aggregation(tf, note):
    x = tf.constant([1.0, 2.0], name="x")
    y = x * x + 3.0 * x + tf.square(x)
    for method in (
        None,
        tf.AggregationMethod.DEFAULT,
        tf.AggregationMethod.EXPERIMENTAL_TREE,
        tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N,
    ):
        note("method %s" % method, tf.gradients(y, x, aggregation_method=method))
    note.error("unknown", lambda: tf.gradients(y, x, aggregation_method=5))
    note.error("unknown with nothing to add", lambda: tf.gradients(tf.square(x), x, aggregation_method=5))


@fact
def aggregation_nodes(tf, note):
    for method in (0, 1):
        with tf.Graph().as_default():
            x = tf.constant([1.0, 2.0], name="x")
            tf.gradients(x * x + 3.0 * x + tf.square(x), x, aggregation_method=method)
            note.nodes("nodes %d" % method)


@fact
def gates_and_places(tf, note):
    for gate in (False, True):
        for colocate in (False, True):
            with tf.Graph().as_default() as graph:
                x, y = tf.constant([1.0, 2.0], name="x"), tf.constant([3.0, 4.0], name="y")
                with tf.device("/cpu:0"):
                    z = tf.multiply(x, y, name="z") / y
                tf.gradients(tf.exp(z), [x, y], gate_gradients=gate, colocate_gradients_with_ops=colocate)
                label = "%s %s " % (gate, colocate)
                note.nodes(label + "nodes")
                note.put(
                    label + "places",
                    [
                        [op.name, op.device, sorted(g.decode() for g in op.colocation_groups())]
                        for op in graph.get_operations()
                    ],
                )


@fact
def sparse(tf, note):
    table = tf.Variable(np.arange(8.0).reshape(4, 2).astype(np.float32), name="table")
    rows = tf.gather(table, [1, 3, 1])
    found = tf.gradients(rows * rows, table)[0]
    note.put("kind", type(found).__name__)
    note.init()
    note("slices", found)
    note("shape", found.dense_shape)
    note("dense", tf.convert_to_tensor(found))
    both = tf.gradients([rows, tf.gather(table, tf.constant([0], tf.int64))], table)[0]
    note.put("two gathers", [type(both).__name__, both.indices.dtype.name])
    note("two gathers values", both)
    mixed = tf.gradients([rows, table * 2.0], table)[0]
    note.put("with a dense one", type(mixed).__name__)
    note("with a dense one values", mixed)
    note("through", tf.gradients(tf.gather(tf.square(table), [2, 2]), table)[0])
    start = tf.gradients(table * 1.0, table, grad_ys=found)[0]
    note.put("slices to start with", type(start).__name__)
    note("slices to start with values", start)
    note.nodes()


@fact
def types(tf, note):
    i, x = tf.constant(2, name="i"), tf.constant(2.0, name="x")
    note("integer xs", [g is None for g in tf.gradients(x * 2.0, [i])])
    note.put("through a cast", tf.gradients(tf.cast(i, tf.float32) * x, [i]))
    note.error("string y", lambda: tf.gradients(tf.constant("a"), x))
    note.error("bool y", lambda: tf.gradients(tf.constant(True), x))
    note.error("integer y", lambda: tf.gradients(i * i, i))
    note.error("complex y", lambda: tf.gradients(tf.complex(x, x), x))
    note.error("complex grad for real", lambda: tf.gradients(x * x, x, grad_ys=tf.constant(1j, tf.complex64)))
    note.error("string grad", lambda: tf.gradients(x * x, x, grad_ys=tf.constant("a")))
    note.error("real grad for complex", lambda: tf.gradients(tf.complex(x, x), x, grad_ys=tf.constant(1.0)))
    note("half", tf.gradients(tf.square(tf.cast(x, tf.float16)), x))
    note("double", tf.gradients(tf.square(tf.cast(x, tf.float64)), x))


@fact
def errors(tf, note):
    x, y = tf.constant([1.0, 2.0], name="x"), tf.constant(3.0, name="y")
    note.error("number of grad_ys", lambda: tf.gradients([x, y], [x], grad_ys=[None]))
    note.error("shape of grad_y", lambda: tf.gradients(x * x, [x], grad_ys=[tf.constant([1.0, 2.0, 3.0])], name="g"))
    note.error("x text", lambda: tf.gradients(y, "x"))
    note.error("x a number", lambda: tf.gradients(y, 1.0))
    note.error("x an operation", lambda: tf.gradients(y, x.op))
    note.error("y an operation", lambda: tf.gradients(y.op, x))
    note.error("no gradient", lambda: tf.gradients(tf.bitcast(y, tf.int32, name="bits"), y))
    note.error("no gradient, of floats", lambda: tf.gradients(tf.unique(x, name="u")[0], x))
    other = tf.Graph()
    with other.as_default():
        z = tf.constant(1.0, name="z")
    note.error("two graphs", lambda: tf.gradients(y, z))
    note.error("another graph", lambda: tf.gradients(z, z))


@fact
def registered(tf, note):
    @tf.RegisterGradient("Twice")
    def twice(op, grad):
        note.put("called with", [op.type, op.name, grad.name, len(op.inputs)])
        return 2.0 * grad

    x = tf.constant(3.0, name="x")
    with tf.get_default_graph().gradient_override_map(
        {"Identity": "Twice", "Square": "Missing", "Neg": "Wrong", "Exp": "Many", "Log": "Nothing", "Tanh": "ShapeOff"}
    ):
        y = tf.identity(x, name="y")
        missing, wrong, many, nothing, off = tf.square(x, "missing"), -x, tf.exp(x), tf.log(x), tf.tanh(x)
    after = tf.identity(x, name="after")
    note("override", tf.gradients(y * y, x))
    note("outside", tf.gradients(after, x))
    note.error("missing", lambda: tf.gradients(missing, x))
    note.error("again", lambda: tf.RegisterGradient("Twice")(twice))
    note.error("name", lambda: tf.RegisterGradient(3))
    tf.RegisterGradient("Wrong")(lambda op, grad: (grad, grad))
    note.error("wrong number", lambda: tf.gradients(wrong, x))
    tf.RegisterGradient("Many")(lambda op, grad: [grad * 5.0])
    note("a list", tf.gradients(many, x, grad_ys=[1.0]))
    tf.RegisterGradient("Nothing")(lambda op, grad: None)
    note.put("None", tf.gradients(nothing, x))
    tf.RegisterGradient("ShapeOff")(lambda op, grad: tf.stack([grad, grad]))
    note.error("wrong shape", lambda: tf.gradients(off, x))
    tf.NotDifferentiable("FactsCounter")
    tf.NoGradient("FactsOther")
    note.error("not differentiable twice", lambda: tf.NotDifferentiable("FactsCounter"))
    note.error("not differentiable name", lambda: tf.NotDifferentiable(3))
    with tf.get_default_graph().gradient_override_map({"Sqrt": "FactsCounter"}):
        note.put("not differentiable", tf.gradients(tf.sqrt(x), x))
    for label, mapping in [("list", ["a"]), ("number", {"Identity": 3}), ("key", {3: "Twice"})]:

        def enter():
            with tf.get_default_graph().gradient_override_map(mapping):
                pass

        note.error("map " + label, enter)


@fact
def override_nested(tf, note):
    tf.RegisterGradient("FactsA")(lambda op, grad: 10.0 * grad)
    tf.RegisterGradient("FactsB")(lambda op, grad: 100.0 * grad)
    x = tf.constant(1.0)
    g = tf.get_default_graph()
    with g.gradient_override_map({"Identity": "FactsA"}):
        with g.gradient_override_map({"Identity": "FactsB", "Neg": "FactsB"}):
            inner = tf.identity(x) + -x
        outer = tf.identity(x) + -x
    note("inner", tf.gradients(inner, x))
    note("outer", tf.gradients(outer, x))
    note("attribute", outer.op.inputs[0].op.get_attr("_gradient_op_type"))


@fact
def custom(tf, note):
    @tf.custom_gradient
    def log1pexp(x):
        e = tf.exp(x)
        return tf.log(1.0 + e), lambda dy: dy * (1.0 - 1.0 / (1.0 + e))

    x = tf.constant([0.0, 100.0], name="x")
    y = log1pexp(x)
    note("gradient", tf.gradients(y, x))
    note("unconnected", tf.gradients(log1pexp(tf.constant(1.0)), x)[0] is None)
    note.put("name", [y.name, log1pexp.__name__])
    note.nodes()

    @tf.custom_gradient
    def two(a, b):
        return (a + b, a * b), lambda da, db: (da * 10.0, db * 100.0)

    @tf.custom_gradient
    def listed(a):
        return [a, a * 2.0], lambda da, db: da + db

    @tf.custom_gradient
    def named(a):
        return {"k": a, "b": a * 2.0}, lambda da, db: da + 3.0 * db

    a, b = tf.constant(2.0), tf.constant(5.0)
    p, q = two(a, b)
    note("two", [p, q] + tf.gradients([p, q], [a, b]))
    note("two, one used", tf.gradients(q, [a, b]))
    found = listed(a)
    note.put("list", type(found).__name__)
    note("list gradient", tf.gradients(found, a))
    found = named(a)
    note.put("dict", sorted(found))
    note("dict gradient", tf.gradients([found["b"], 2.0 * found["k"]], a))
    note("from numbers", log1pexp(1.0))
    note("of a variable's value", tf.gradients(log1pexp(tf.Variable(1.0)) * 0.0, a)[0] is None)


@fact
def custom_errors(tf, note):
    @tf.custom_gradient
    def too_many(x):
        return tf.identity(x), lambda dy: (dy, dy)

    @tf.custom_gradient
    def makes_a_variable(x):
        return x * tf.get_variable("inside", []), lambda dy: dy

    @tf.custom_gradient
    def wants_variables(x):
        def grad(dy, variables=None):
            return dy

        return tf.identity(x), grad

    @tf.custom_gradient
    def takes_all(x):
        return tf.identity(x), lambda dy, **kwargs: dy

    x = tf.constant(1.0, name="x")
    note.error("too many", lambda: tf.gradients(too_many(x), x))
    note.error("keyword", lambda: too_many(x=x))
    note.error("variable", lambda: makes_a_variable(x))
    note.error("wants variables", lambda: wants_variables(x))
    note.error("takes all", lambda: takes_all(x))
    note.error("None", lambda: too_many(None))
    note.error("no pair", lambda: tf.custom_gradient(lambda a: tf.identity(a))(x))


@fact
def second_derivatives(tf, note):
    x = tf.constant([0.5, 1.5], name="x")
    for label, y in [
        ("cube", x * x * x),
        ("exp", tf.exp(2.0 * x)),
        ("tanh", tf.tanh(x)),
        ("log", tf.log(x)),
        ("norm", tf.sqrt(tf.reduce_sum(x * x))),
        ("matmul", tf.matmul([x], [x], transpose_b=True)),
        ("softmax", tf.nn.softmax(x)[0]),
        ("gather", tf.gather(x * x, [1, 1])),
        ("max", tf.maximum(x * x, 1.0)),
    ]:
        first = tf.gradients(y, x)[0]
        second = tf.gradients(first, x)[0]
        third = tf.gradients(second, x)[0] if second is not None else None
        note(label, [first, second, third])


@fact
def hessians(tf, note):
    x = tf.constant([1.0, 2.0, 3.0], name="x")
    y = tf.constant([[1.0, 2.0]], name="y")
    note("quadratic", tf.hessians(x[0] * x[1] * x[1] + tf.reduce_sum(tf.exp(x)), x))
    note("two", tf.hessians(tf.reduce_sum(x) * tf.reduce_sum(y * y * y) + tf.reduce_sum(x * x), [x, y]))
    note("of a matrix", tf.hessians(tf.reduce_sum(tf.square(y) * 3.0), y)[0])
    note("several ys", tf.hessians([x[0] * x[0], x[1] * x[1] * x[1]], x))
    v = tf.Variable([1.0, 2.0], name="v")
    note.init()
    note("variable", tf.hessians(tf.reduce_prod(v * v), v))


@fact
def through_control_flow(tf, note):
    x = tf.placeholder(tf.float32, [], name="x")
    y = tf.cond(x > 1.0, lambda: x * x, lambda: 3.0 * x)
    note("cond above", tf.gradients(y, x), {x: 2.0})
    note("cond below", tf.gradients(y, x), {x: 0.5})
    _, z = tf.while_loop(lambda i, z: i < 3, lambda i, z: (i + 1, z * x), [0, x])
    first = tf.gradients(z, x)[0]
    note("while", [z, first, tf.gradients(first, x)[0]], {x: 2.0})


@fact
def unused_outputs(tf, note):
    """Check that an operation of which only some outputs have a gradient gets zeros for the rest."""
    x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], name="x")
    a, b, c = tf.split(x, 3, axis=1)
    note("split", tf.gradients(b * b, x))
    rows = tf.unstack(x)
    note("unstack", tf.gradients(rows[1] * rows[1], x))
    values, indices = tf.nn.top_k(x, 2)
    note("top_k", tf.gradients(values, x))
    mean, variance = tf.nn.moments(x, [0])
    note("moments", tf.gradients([mean, variance], x))
    note.nodes()
