"""`tf.train`'s optimizers: values after five steps, slots, signatures, errors."""

import numpy as np
from facts import fact

OPTIMIZERS = {
    "sgd": ("GradientDescentOptimizer", (0.1,), {}),
    "momentum": ("MomentumOptimizer", (0.1, 0.9), {}),
    "nesterov": ("MomentumOptimizer", (0.1, 0.9), {"use_nesterov": True}),
    "adam": ("AdamOptimizer", (0.1,), {}),
    "adam_odd": ("AdamOptimizer", (0.1, 0.8, 0.9, 0.1), {}),
    "adagrad": ("AdagradOptimizer", (0.1,), {"initial_accumulator_value": 0.2}),
    "adadelta": ("AdadeltaOptimizer", (1.0, 0.9, 1e-2), {}),
    "rmsprop": ("RMSPropOptimizer", (0.1,), {}),
    "rmsprop_momentum": ("RMSPropOptimizer", (0.1, 0.8, 0.5, 1e-3), {}),
    "rmsprop_centered": ("RMSPropOptimizer", (0.1, 0.8, 0.5, 1e-3), {"centered": True}),
    "ftrl": ("FtrlOptimizer", (0.5,), {}),
    "ftrl_regularized": ("FtrlOptimizer", (0.5, -0.3, 0.2, 0.01, 0.02), {}),
    "ftrl_shrinkage": (
        "FtrlOptimizer",
        (0.5,),
        {"l2_shrinkage_regularization_strength": 0.1, "l1_regularization_strength": 0.01},
    ),
    "proximal_sgd": ("ProximalGradientDescentOptimizer", (0.1, 0.01, 0.02), {}),
    "proximal_adagrad": ("ProximalAdagradOptimizer", (0.1, 0.2, 0.01, 0.02), {}),
}


def make(tf, name):
    kind, args, kwargs = OPTIMIZERS[name]
    return getattr(tf.train, kind)(*args, **kwargs)


def five_steps(tf, note, name, dtype, sparse):
    w = tf.get_variable("w", initializer=np.array([[1.0, -2.0], [3.0, 4.0], [-5.0, 0.5]], dtype))
    b = tf.get_variable("b", initializer=np.array([0.5, -0.5], dtype))
    rows = tf.gather(w, [2, 0, 2]) if sparse else w
    loss = tf.reduce_sum(tf.square(rows)) + tf.reduce_sum(tf.square(b - 1.0))
    step = tf.train.create_global_step()
    label = "%s %s %s " % (name, "sparse" if sparse else "dense", dtype)
    opt = tf.train.AdagradDAOptimizer(0.1, step, 0.2, 0.01, 0.02) if name == "adagrad_da" else make(tf, name)
    made = []
    note.error(label + "minimize", lambda: made.append(opt.minimize(loss, global_step=step)))
    if not made:
        return  # as TensorFlow's proximal optimizers do for float64
    train = made[0]
    note.put(label + "train", [train.name, train.type])
    note.put(label + "slots", opt.get_slot_names())
    note.put(label + "variables", [[v.name, v.dtype.name, v.shape.as_list()] for v in opt.variables()])
    note.put(
        label + "collections", [[v.name for v in tf.global_variables()], [v.name for v in tf.trainable_variables()]]
    )
    if dtype == "float32":
        note.nodes(label + "nodes")
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(5):
            sess.run(train)
            if i in (0, 4):
                note.put(label + "after %d" % (i + 1), [np.round(v, 9).tolist() for v in sess.run([w, b])])
        note.put(label + "state", [np.asarray(v).tolist() for v in sess.run(opt.variables())])
        note.put(label + "step", int(sess.run(step)))


def _register(name, sparse):
    def values(tf, note):
        for dtype in ("float32", "float64"):
            with tf.Graph().as_default():
                five_steps(tf, note, name, dtype, sparse)

    values.__name__ = "%s_%s" % (name, "sparse" if sparse else "dense")
    fact(values)


for _name in list(OPTIMIZERS) + ["adagrad_da"]:
    _register(_name, False)
    _register(_name, True)


@fact
def half_precision(tf, note):
    for name in ("sgd", "momentum", "adam", "adagrad", "rmsprop"):
        w = tf.Variable(np.array([1.0, -2.0], np.float16), name=name)
        train = make(tf, name).minimize(w * w)
        note.init()
        note.sess.run(train)
        note(name, np.round(np.asarray(note.sess.run(w), float), 3))


@fact
def tensor_hyperparameters(tf, note):
    x = tf.placeholder(tf.float32, [])
    for name, opt in [
        ("sgd", tf.train.GradientDescentOptimizer(x)),
        ("momentum", tf.train.MomentumOptimizer(x, x)),
        ("adam", tf.train.AdamOptimizer(x, x, x, x)),
        ("adagrad", tf.train.AdagradOptimizer(x)),
        ("rmsprop", tf.train.RMSPropOptimizer(x, x, x, x)),
        ("adadelta", tf.train.AdadeltaOptimizer(x, x, x)),
        ("ftrl", tf.train.FtrlOptimizer(x)),
        ("sgd callable", tf.train.GradientDescentOptimizer(lambda: x)),
        ("momentum callable", tf.train.MomentumOptimizer(lambda: x, momentum=lambda: x)),
        ("adam callable", tf.train.AdamOptimizer(lambda: x, beta1=lambda: 0.8, beta2=lambda: 0.9, epsilon=lambda: 0.1)),
    ]:
        for dtype in (np.float32, np.float64):
            label = "%s %s" % (name, np.dtype(dtype).name)
            w = tf.Variable(np.array([1.0, -2.0], dtype), name=label.replace(" ", "_"))

            def go():
                train = opt.minimize(tf.square(w), var_list=[w])
                note.sess.run(tf.global_variables_initializer(), {x: 0.25})
                note.sess.run(train, {x: 0.25})
                note(label, w)

            note.error(label + " error", go)


@fact
def momentum_schedule(tf, note):
    """Each step by hand: the accumulator and the variable."""
    w = tf.Variable([1.0, 2.0], name="w")
    opt = tf.train.MomentumOptimizer(2.0, 0.9)
    train = opt.apply_gradients([(tf.constant([0.1, 0.1]), w)])
    note.init()
    for i in range(3):
        note.sess.run(train)
        note("w %d" % i, w)
        note("slot %d" % i, opt.get_slot(w, "momentum"))
    note.put("slot name", [opt.get_slot(w, "momentum").name, opt.get_slot(w, "momentum") in tf.trainable_variables()])
    note.put("other slot", opt.get_slot(w, "adam"))


@fact
def adam_shared(tf, note):
    """One optimizer applied twice: slots are shared, beta powers rise at each."""
    w = tf.Variable([1.0, 2.0], name="w")
    opt = tf.train.AdamOptimizer()
    grads = tf.constant([0.1, 0.2])
    first = opt.apply_gradients([(grads, w)])
    second = opt.apply_gradients([(grads, w)])
    note.init()
    note.put("powers", [v.name for v in opt._get_beta_accumulators()])
    for i in range(3):
        note("powers %d" % i, list(opt._get_beta_accumulators()))
        note.sess.run(first)
        note.sess.run(second)
        note("w %d" % i, w)
    note.put("variables", [v.name for v in opt.variables()])
    note.nodes()
    with tf.Graph().as_default():
        v = tf.Variable(1.0, name="v")
        opt.minimize(v * v)
        note.put("in another graph", [v.name for v in opt.variables()])


@fact
def sparse_duplicates(tf, note):
    """Rows that occur twice are summed before the update."""
    for name in sorted(OPTIMIZERS):
        once, twice = [tf.Variable([[1.0], [2.0]], name="%s_%d" % (name, i)) for i in range(2)]
        opt = make(tf, name)
        train = opt.apply_gradients(
            [
                (tf.IndexedSlices(tf.constant([[0.4]]), tf.constant([1]), tf.constant([2, 1])), once),
                (tf.IndexedSlices(tf.constant([[0.1], [0.3]]), tf.constant([1, 1]), tf.constant([2, 1])), twice),
            ]
        )
        note.init()
        for _ in range(3):
            note.sess.run(train)
        note(name, [once, twice])


@fact
def compute_errors(tf, note):
    opt = tf.train.GradientDescentOptimizer(0.1)
    note.error("no variables", lambda: opt.compute_gradients(tf.constant(1.0)))
    w = tf.Variable(1.0, name="w")
    n = tf.Variable(1, name="n")
    note.error("gate", lambda: opt.compute_gradients(w * w, gate_gradients=5))
    note.error("gate name", lambda: opt.compute_gradients(w * w, gate_gradients="GATE_OP"))
    note.error("int loss", lambda: opt.compute_gradients(n * n))
    note.error("int variable without gradient", lambda: opt.compute_gradients(w * w, [w, n]))
    note.error("empty", lambda: opt.compute_gradients(w * w, []))
    note.error("a float", lambda: opt.compute_gradients(w * w, [1.0]))
    note.error("a string", lambda: opt.compute_gradients(w * w, ["w"]))
    note.error("a tensor", lambda: opt.compute_gradients(w * w, [tf.identity(w, name="i")]))
    note.error("int grad_loss", lambda: opt.compute_gradients(w * w, grad_loss=tf.constant(1)))
    note.error("minimize none", lambda: opt.minimize(tf.constant(1.0, name="c")))
    note.error("minimize none of two", lambda: opt.minimize(tf.constant(1.0, name="d"), var_list=[w]))
    note.error("name", lambda: tf.train.GradientDescentOptimizer(0.1, name=""))
    note.error("name None", lambda: tf.train.AdamOptimizer(0.1, name=None))
    note.error("ints", lambda: opt.minimize(tf.cast(n, tf.float32), var_list=[n]))


@fact
def apply_errors(tf, note):
    opt = tf.train.GradientDescentOptimizer(0.1)
    w = tf.Variable([1.0, 2.0], name="w")
    note.error("empty", lambda: opt.apply_gradients([]))
    note.error("all None", lambda: opt.apply_gradients([(None, w)]))
    note.error("text", lambda: opt.apply_gradients([("text", w)]))
    note.error("object", lambda: opt.apply_gradients([(object, w)]))
    note.error("not a variable", lambda: opt.apply_gradients([(tf.constant(1.0), 3)]))
    note.error("a tensor for a variable", lambda: opt.apply_gradients([(tf.constant(1.0), tf.constant(1.0, name="k"))]))
    note.error("wrong type", lambda: opt.apply_gradients([(tf.constant([1, 2]), w)]))
    note.error("wrong shape", lambda: opt.apply_gradients([(tf.constant([1.0, 2.0, 3.0]), w)]))
    note.error(
        "global step tensor", lambda: opt.apply_gradients([(tf.constant([1.0, 2.0]), w)], global_step=tf.constant(3))
    )
    note.error("generator", lambda: opt.apply_gradients(p for p in [(tf.constant([1.0, 2.0]), w)]))
    note.error("a list", lambda: opt.apply_gradients([([1.0, 2.0], w)]))
    note.error("not pairs", lambda: opt.apply_gradients([w]))
    t = tf.Variable([[1.0, 2.0]] * 3, name="t")
    for kind in (tf.train.AdagradOptimizer(0.1), tf.train.MomentumOptimizer(0.1, 0.9)):
        for label, values, indices in [
            ("rows", [[1.0, 2.0]], [1, 2]),
            ("columns", [[1.0, 2.0, 3.0]], [1]),
            ("rank", [1.0], [1]),
        ]:
            with tf.name_scope(kind.get_name() + label):  # one name, however many failed before
                note.error(
                    "sparse %s %s" % (kind.get_name(), label),
                    lambda: kind.apply_gradients(
                        [(tf.IndexedSlices(tf.constant(values), tf.constant(indices), tf.constant([3, 2])), t)],
                        name="x",
                    ),
                )
    c = tf.get_variable("c", initializer=np.zeros([3, 1], np.float32), constraint=lambda x: x + 1.0)
    slices = tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([1]), tf.constant([3, 1]))
    note.error("sparse with a constraint", lambda: opt.apply_gradients([(slices, c)]))


@fact
def init_errors(tf, note):
    t = tf.train
    note.error("adagrad", lambda: t.AdagradOptimizer(0.1, 0.0))
    note.error("adagrad da", lambda: t.AdagradDAOptimizer(0.1, None, 0.0))
    note.error("ftrl power", lambda: t.FtrlOptimizer(0.1, 0.5))
    note.error("ftrl start", lambda: t.FtrlOptimizer(0.1, initial_accumulator_value=-0.5))
    note.error("ftrl l1", lambda: t.FtrlOptimizer(0.1, l1_regularization_strength=-0.5))
    note.error("ftrl l2", lambda: t.FtrlOptimizer(0.1, l2_regularization_strength=-0.5))
    note.error("ftrl shrinkage", lambda: t.FtrlOptimizer(0.1, l2_shrinkage_regularization_strength=-0.5))
    note.error("proximal adagrad", lambda: t.ProximalAdagradOptimizer(0.1, 0.0))
    note.error("rate None", lambda: t.GradientDescentOptimizer(None).minimize(tf.square(tf.Variable(1.0))))
    note.error("rate text", lambda: t.GradientDescentOptimizer("fast").minimize(tf.square(tf.Variable(1.0))))
    with tf.Graph().as_default():
        note.error("vector rate", lambda: t.GradientDescentOptimizer([0.1, 0.2]).minimize(tf.square(tf.Variable(1.0))))


@fact
def gates_and_arguments(tf, note):
    for gate in (0, 1, 2):
        for colocate in (False, True):
            with tf.Graph().as_default():
                a, b = tf.Variable(2.0, name="a"), tf.Variable(3.0, name="b")
                opt = tf.train.GradientDescentOptimizer(0.1)
                label = "%d %s " % (gate, colocate)
                pairs = opt.compute_gradients(
                    a * b * b, gate_gradients=gate, colocate_gradients_with_ops=colocate, grad_loss=tf.constant(2.0)
                )
                opt.apply_gradients(pairs, name="go")
                note.nodes(label + "nodes")
                note.put(
                    label + "colocation",
                    [
                        [op.name, sorted(g.decode() for g in op.colocation_groups())]
                        for op in tf.get_default_graph().get_operations()
                    ],
                )


@fact
def constraints(tf, note):
    w = tf.get_variable(
        "w", initializer=np.array([1.0, -3.0], np.float32), constraint=lambda x: tf.clip_by_value(x, -2.0, 0.5)
    )
    train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.square(w))
    note("nodes", [(op.type, op.name) for op in tf.get_default_graph().get_operations()])
    note.init()
    for step in range(3):  # the constraint is of the new value
        note.sess.run(train)
        note("w %d" % step, w)


@fact
def a_subclass(tf, note):
    """Use an optimizer written for TF1."""
    calls = []

    class Mine(tf.train.Optimizer):
        def __init__(self, rate):
            super().__init__(False, "Mine")
            self._rate = rate

        def _create_slots(self, var_list):
            calls.append("slots " + " ".join(v.op.name for v in var_list))
            for v in var_list:
                self._zeros_slot(v, "z", "Z")
                self._get_or_make_slot(v, tf.constant(1.0), "o", "O")
                self._get_or_make_slot_with_initializer(v, tf.ones_initializer(), v.shape, v.dtype.base_dtype, "i", "I")
            self._create_non_slot_variable(0.5, "n", var_list[0])

        def _prepare(self):
            calls.append("prepare")
            self._t = tf.convert_to_tensor(self._call_if_callable(self._rate), name="rate")

        def _apply_dense(self, grad, var):
            calls.append("dense " + var.op.name)
            return tf.assign_sub(var, self._t * grad)

        def _apply_sparse(self, grad, var):
            calls.append("sparse " + var.op.name)
            return tf.scatter_sub(var, grad.indices, self._t * grad.values)

        def _finish(self, update_ops, name_scope):
            calls.append("finish %d" % len(update_ops))
            return tf.group(
                *update_ops + [self._get_non_slot_variable("n", tf.get_default_graph()).initializer], name=name_scope
            )

    w = tf.get_variable("w", initializer=np.array([[1.0], [2.0]], np.float32))
    v = tf.get_variable("v", initializer=np.float32(2.0))
    opt = Mine(0.1)
    train = opt.minimize(tf.reduce_sum(tf.gather(w, [1, 1])) * v)
    note.put("calls", calls)
    note.put("names", opt.get_slot_names() + [x.name for x in opt.variables()] + [opt.get_name()])
    note.nodes()
    note.init()
    note.sess.run(train)
    note("values", [w, v] + opt.variables())
    note.error("abstract", lambda: tf.train.Optimizer(False, "A").minimize(v * v))
    note.error(
        "abstract sparse",
        lambda: tf.train.Optimizer(False, "A").minimize(tf.reduce_sum(tf.gather(w, [1])), var_list=[w]),
    )


@fact
def unknown_shapes(tf, note):
    """Check that a variable whose shape is not known has slots too."""
    for name in ("momentum", "adam", "rmsprop", "adadelta"):
        w = tf.Variable(
            tf.placeholder_with_default(np.array([1.0, 2.0], np.float32), None), validate_shape=False, name=name
        )
        note.error(name, lambda: make(tf, name).minimize(tf.reduce_sum(tf.square(w)), var_list=[w]))
