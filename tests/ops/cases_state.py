"""Cases: what reads and writes variables: assignments, scatters, the optimizers' updates; random numbers; summaries."""

import math

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.graph.create_op import definition_of
from minigraph.ops.summary.tensor import TensorSummaryV2
from minigraph.ops.training import apply_resource
from minigraph.ops.variables import assign, resource_ops
from minigraph.ops.variables.slice_assign import StridedSliceAssign

V = np.array([[1.0, -2.0], [3.0, 0.5], [-1.5, 4.0]], np.float32)
ROWS = np.array([[10.0, 20.0], [30.0, 40.0]], np.float32)


def written(function, *starts, use_resource=False):
    """Build variables that start as `starts`, `function(their refs, inputs)`, and what the variables hold then."""

    def build(*tensors):
        variables = [tf.Variable(start, use_resource=use_resource) for start in starts]
        done = function(*[v if use_resource else v._ref() for v in variables], *tensors)
        with tf.control_dependencies([done]):
            return [v.read_value() for v in variables]

    return build


def writes(op_type, function, start, inputs, expected, **options):
    """Return a case of an operation that writes one variable; it runs anew, from what it left, in a second run."""
    return Case(op_type, written(function, start), inputs, [expected], grad_order=0, deterministic=False, **options)


def scattered(ufunc, indices, updates, start=V):
    """`start` after `start[index] = ufunc(start[index], update)` for each index in turn."""
    result = start.copy()
    for index, update in zip(indices, updates):
        result[index] = ufunc(result[index], update)
    return result


def second(old, new):
    """Return what an update without arithmetic gives."""
    return new


AT, TWICE = np.array([2, 0], np.int32), np.array([1, 1])
VARIABLES = [
    Case("VariableV2", lambda: tf.Variable(V).read_value(), (), V),
    Case("IsVariableInitialized", lambda: tf.is_variable_initialized(tf.Variable(V)), (), np.bool_(True)),
    Case(
        "IsVariableInitialized",
        lambda: tf.is_variable_initialized(assign.variable_op([2], tf.float32, "v")),
        (),
        np.bool_(False),
        name="never",
    ),
    writes("Assign", tf.assign, V, (V * 2,), V * 2),
    Case(
        "Assign",
        lambda x: tf.assign(tf.Variable(V, validate_shape=False), x, validate_shape=False),
        (ROWS,),
        ROWS,
        name="another shape",
        grad_order=0,
    ),
    writes("AssignAdd", tf.assign_add, V, (V * 2,), V * 3),
    writes("AssignSub", tf.assign_sub, V, (V * 2,), -V),
    writes("AssignAdd", lambda ref: tf.assign_add(ref, 3), np.int64(4), (), np.int64(7), name="a count"),
    Case("CountUpTo", lambda: tf.count_up_to(tf.Variable(4), 9), (), np.int32(4), deterministic=False),
    writes("ScatterUpdate", tf.scatter_update, V, (AT, ROWS), scattered(second, AT, ROWS)),
    writes(
        "ScatterUpdate",
        lambda ref: tf.scatter_update(ref, 1, [7.0, 8.0]),
        V,
        (),
        scattered(second, [1], [[7.0, 8.0]]),
        name="one row",
    ),
    *[
        writes(op_type, function, V, (indices, ROWS), scattered(ufunc, indices, ROWS), name=name)
        for op_type, function, ufunc in [
            ("ScatterAdd", tf.scatter_add, np.add),
            ("ScatterSub", tf.scatter_sub, np.subtract),
            ("ScatterMul", tf.scatter_mul, np.multiply),
            ("ScatterDiv", tf.scatter_div, np.divide),
            ("ScatterMin", tf.scatter_min, np.minimum),
            ("ScatterMax", tf.scatter_max, np.maximum),
        ]
        for indices, name in [(AT, None), (TWICE, "one row twice")]
    ],
    writes(
        "ScatterDiv",
        tf.scatter_div,
        np.array([7, 9], np.int32),
        (np.array([0, 0]), np.array([2, 2], np.int32)),
        np.array([1, 9], np.int32),
        name="integers",
    ),
    writes(
        "ScatterNdUpdate",
        tf.scatter_nd_update,
        V,
        (np.array([[2, 1], [0, 0]]), ROWS[0]),
        scattered(second, [(2, 1), (0, 0)], ROWS[0]),
    ),
    writes("ScatterNdAdd", tf.scatter_nd_add, V, (np.array([[1], [1]]), ROWS), scattered(np.add, [1, 1], ROWS)),
    writes("ScatterNdSub", tf.scatter_nd_sub, V, (np.array([[1], [1]]), ROWS), scattered(np.subtract, [1, 1], ROWS)),
    writes(
        "StridedSliceAssign",
        lambda ref, x: apply(StridedSliceAssign(end_mask=1), ref, [1], [0], [1], x),
        V,
        (ROWS,),
        np.array([V[0], *ROWS]),
    ),
    writes(
        "StridedSliceAssign",
        lambda ref, x: apply(StridedSliceAssign(3, 1, shrink_axis_mask=2), ref, [0, 1], [0, 2], [-2, 1], x),
        V,
        (ROWS[0],),
        np.array([[1.0, 20.0], [3.0, 0.5], [-1.5, 10.0]], np.float32),
        name="of a column, backwards",
    ),
]

HANDLES = [
    Case("VarHandleOp", lambda: tf.Variable(V, use_resource=True).read_value(), (), V),
    Case("ReadVariableOp", lambda: tf.Variable(V, use_resource=True) * 2.0, (), V * 2),
    Case(
        "VarIsInitializedOp", lambda: tf.is_variable_initialized(tf.Variable(V, use_resource=True)), (), np.bool_(True)
    ),
    Case(
        "VariableShape",
        lambda: apply(resource_ops.VariableShape(), tf.Variable(V, use_resource=True).handle),
        (),
        np.array([3, 2], np.int32),
    ),
    Case(
        "ResourceCountUpTo",
        lambda: tf.count_up_to(tf.Variable(4, use_resource=True), 9),
        (),
        np.int32(4),
        deterministic=False,
    ),
    Case("ResourceGather", lambda at: tf.gather(tf.Variable(V, use_resource=True), at), (AT,), V[AT], grad_order=0),
    Case(
        "ResourceGatherNd",
        lambda at: tf.gather_nd(tf.Variable(V, use_resource=True), at),
        (np.array([[2, 1], [0, 0]]),),
        V[[2, 0], [1, 0]],
        grad_order=0,
    ),
    *[
        Case(op_type, written(function, V, use_resource=True), inputs, [expected], grad_order=0, deterministic=False)
        for op_type, function, inputs, expected in [
            ("AssignVariableOp", tf.assign, (V * 2,), V * 2),
            ("AssignAddVariableOp", tf.assign_add, (V * 2,), V * 3),
            ("AssignSubVariableOp", tf.assign_sub, (V * 2,), -V),
            ("ResourceScatterUpdate", tf.scatter_update, (AT, ROWS), scattered(second, AT, ROWS)),
            ("ResourceScatterAdd", tf.scatter_add, (TWICE, ROWS), scattered(np.add, TWICE, ROWS)),
            ("ResourceScatterSub", tf.scatter_sub, (TWICE, ROWS), scattered(np.subtract, TWICE, ROWS)),
            ("ResourceScatterMul", tf.scatter_mul, (TWICE, ROWS), scattered(np.multiply, TWICE, ROWS)),
            ("ResourceScatterDiv", tf.scatter_div, (TWICE, ROWS), scattered(np.divide, TWICE, ROWS)),
            ("ResourceScatterMin", tf.scatter_min, (TWICE, ROWS), scattered(np.minimum, TWICE, ROWS)),
            ("ResourceScatterMax", tf.scatter_max, (TWICE, ROWS), scattered(np.maximum, TWICE, ROWS)),
            (
                "ResourceScatterNdUpdate",
                tf.scatter_nd_update,
                (np.array([[2, 1], [0, 0]]), ROWS[0]),
                scattered(second, [(2, 1), (0, 0)], ROWS[0]),
            ),
            ("ResourceScatterNdAdd", tf.scatter_nd_add, (np.array([[1], [1]]), ROWS), scattered(np.add, [1, 1], ROWS)),
            ("ResourceStridedSliceAssign", lambda v, x: v[1:].assign(x), (ROWS,), np.array([V[0], *ROWS])),
            (
                "ResourceScatterNdSub",
                tf.scatter_nd_sub,
                (np.array([[1], [1]]), ROWS),
                scattered(np.subtract, [1, 1], ROWS),
            ),
        ]
    ],
]

# The optimizers' updates: each formula once more, for one element and in plain Python.


def adagrad_da(v, g_sum, g_squares, g, lr, l1, l2, step):
    """One element."""
    g_sum, g_squares = g_sum + g, g_squares + g * g
    pull = math.copysign(max(abs(g_sum) - l1 * step, 0), g_sum)
    return -lr * pull / (l2 * step * lr + math.sqrt(g_squares)), g_sum, g_squares


def adadelta(v, acc, acc_update, lr, rho, eps, g):
    """One element."""
    acc = rho * acc + (1 - rho) * g * g
    step = math.sqrt(acc_update + eps) / math.sqrt(acc + eps) * g
    return v - lr * step, acc, rho * acc_update + (1 - rho) * step**2


def adam(v, m, s, b1_power, b2_power, lr, b1, b2, eps, g):
    """One element."""
    m, s = b1 * m + (1 - b1) * g, b2 * s + (1 - b2) * g * g
    return v - lr * math.sqrt(1 - b2_power) / (1 - b1_power) * m / (math.sqrt(s) + eps), m, s


def rmsprop(v, ms, mom, lr, rho, momentum, eps, g):
    """One element."""
    ms = rho * ms + (1 - rho) * g * g
    mom = momentum * mom + lr * g / math.sqrt(ms + eps)
    return v - mom, ms, mom


def centered(v, mg, ms, mom, lr, rho, momentum, eps, g):
    """One element."""
    mg, ms = rho * mg + (1 - rho) * g, rho * ms + (1 - rho) * g * g
    mom = momentum * mom + lr * g / math.sqrt(ms - mg * mg + eps)
    return v - mom, mg, ms, mom


def ftrl(v, acc, linear, g, lr, l1, l2, power, shrinkage=0.0):
    """One element."""
    new = acc + g * g
    linear += g + 2 * shrinkage * v - (new**-power - acc**-power) / lr * v
    if abs(linear) <= l1:
        return 0.0, new, linear
    return (math.copysign(l1, linear) - linear) / (new**-power / lr + 2 * l2), new, linear


def momentum(v, acc, lr, g, factor):
    """One element."""
    acc = factor * acc + g
    return v - lr * acc, acc


def nesterov(v, acc, lr, g, factor):
    """One element."""
    acc = factor * acc + g
    return v - lr * (g + factor * acc), acc


def adagrad(v, acc, lr, g):
    """One element."""
    return v - lr * g / math.sqrt(acc + g * g), acc + g * g


def proximal(point, rate, l1, l2):
    """One element."""
    return math.copysign(max(abs(point) - rate * l1, 0), point) / (1 + rate * l2)


def proximal_descent(v, lr, l1, l2, g):
    """One element."""
    return (proximal(v - lr * g, lr, l1, l2),)


def proximal_adagrad(v, acc, lr, l1, l2, g):
    """One element."""
    rate = lr / math.sqrt(acc + g * g)
    return proximal(v - rate * g, rate, l1, l2), acc + g * g


G = np.array([[0.5, -1.0], [0.01, 2.0], [-3.0, 0.25]], np.float32)
SLOTS = [np.array([[0.3, 0.1], [2.0, 0.7], [0.2, 0.9]], np.float32), np.abs(V) + 0.5, V / 4]
# name: (one element's formula, definitions' class, fields, slots, hyperparameters in the order of the inputs)
UPDATES = {
    "GradientDescent": (lambda v, lr, g: (v - lr * g,), {}, 0, ("lr", "g")),
    "Momentum": (momentum, {}, 1, ("lr", "g", 0.9)),
    "Momentum-nesterov": (nesterov, {"use_nesterov": True}, 1, ("lr", "g", 0.9)),
    "Adagrad": (adagrad, {}, 1, ("lr", "g")),
    "AdagradDA": (adagrad_da, {}, 2, ("g", "lr", 0.1, 0.2, 3)),
    "Adadelta": (adadelta, {}, 2, ("lr", 0.95, 1e-3, "g")),
    "Adam": (adam, {}, 2, (0.81, 0.998, "lr", 0.9, 0.999, 1e-8, "g")),
    "RMSProp": (rmsprop, {}, 2, ("lr", 0.9, 0.5, 1e-3, "g")),
    "CenteredRMSProp": (centered, {}, 3, ("lr", 0.9, 0.5, 2.0, "g")),
    "Ftrl": (ftrl, {}, 2, ("g", "lr", 0.1, 0.2, -0.5)),
    "Ftrl-power": (ftrl, {}, 2, ("g", "lr", 0.5, 0.0, -0.4)),
    "FtrlV2": (
        lambda v, a, n, g, lr, l1, l2, shrinkage, power: ftrl(v, a, n, g, lr, l1, l2, power, shrinkage),
        {},
        2,
        ("g", "lr", 0.1, 0.2, 0.3, -0.5),
    ),
    "ProximalGradientDescent": (proximal_descent, {}, 0, ("lr", 0.1, 0.2, "g")),
    "ProximalAdagrad": (proximal_adagrad, {}, 1, ("lr", 0.1, 0.2, "g")),
}
RATE = 0.25


def updated(formula, starts, order, grads):
    """Return the formula, element by element."""
    found = [np.zeros_like(s) for s in starts]
    for at in np.ndindex(grads.shape):
        given = [RATE if x == "lr" else float(grads[at]) if x == "g" else x for x in order]
        for array, value in zip(found, formula(*[float(s[at]) for s in starts], *given)):
            array[at] = value
    return found


def hyper(name, x, g):
    """Return what the operation gets for an entry of the order."""
    return RATE if x == "lr" else g if x == "g" else np.int64(x) if name == "AdagradDA" and x == 3 else x


def update_case(name, sparse, by_handle=False):
    """Return the dense operation with the whole gradient, or the sparse one with two of its rows."""
    formula, fields, slots, order = UPDATES[name]
    kind = name.split("-")[0]
    starts = [V, *SLOTS[:slots]]
    rows = np.array([2, 0], np.int32)
    definition = definition_of(("SparseApply" if sparse else "Apply") + kind)
    op_def = (apply_resource.on_handles(definition) if by_handle else definition)(**fields)

    def run(*tensors):
        refs, g = tensors[: 1 + slots], tensors[1 + slots]
        given = [hyper(kind, x, g) for x in order]
        if sparse:
            given.insert(order.index("g") + 1, rows)
        return apply(op_def, *refs, *given)

    expected = [s.copy() for s in starts]
    for whole, new in zip(
        expected, updated(formula, [s[rows] for s in starts] if sparse else starts, order, G[rows] if sparse else G)
    ):
        whole[rows if sparse else slice(None)] = new
    return Case(
        op_def.type,
        written(run, *starts, use_resource=by_handle),
        (G[rows] if sparse else G,),
        expected,
        grad_order=0,
        deterministic=False,
        name=name.partition("-")[2] or None,
    )


OPTIMIZERS = [
    update_case(name, sparse, by_handle)
    for by_handle in (False, True)
    for name in UPDATES
    for sparse in ((False,) if name in ("GradientDescent", "Adam") else (False, True))
]

RANDOM = [
    Case("RandomUniform", lambda: tf.random_uniform([3, 2], seed=1), (), deterministic=False),
    Case("RandomUniformInt", lambda: tf.random_uniform([4], 0, 9, tf.int64, seed=1), (), deterministic=False),
    Case("RandomStandardNormal", lambda: tf.random_normal([3, 2], 1.0, 2.0, seed=1), (), deterministic=False),
    Case(
        "TruncatedNormal", lambda n: tf.truncated_normal(n, seed=1), (np.array([5, 2], np.int32),), deterministic=False
    ),
    Case("RandomShuffle", lambda x: tf.random_shuffle(x, seed=1), (V,), deterministic=False, grad_order=0),
    Case(
        "RandomUniform",
        lambda n: tf.floor(tf.random_uniform(n, 5.0, 6.0, tf.float64, seed=1)),
        (np.array([3, 0, 2]),),
        np.zeros([3, 0, 2]),
        deterministic=False,
        name="empty",
    ),
    Case(
        "RandomUniform",
        lambda: tf.floor(tf.random_uniform([200], 5.0, 6.0, tf.float64)),
        (),
        np.full([200], 5.0),
        deterministic=False,
        name="limits",
    ),
    Case(
        "RandomUniformInt",
        lambda: tf.random_uniform([200], 30, 40, tf.int32) // 10,
        (),
        np.full([200], 3, np.int32),
        deterministic=False,
        name="limits",
    ),
    Case(
        "TruncatedNormal",
        lambda: tf.abs(tf.truncated_normal([500], stddev=0.5)) < 1.0,
        (),
        np.full([500], True),
        deterministic=False,
        name="limits",
    ),
    Case(
        "RandomShuffle",
        lambda x: tf.reduce_sum(tf.random_shuffle(x), 0),
        (V,),
        V.sum(0),
        deterministic=False,
        grad_order=0,
        name="keeps the rows",
    ),
    Case("Multinomial", lambda x: tf.multinomial(x, 4, seed=1), (V,), deterministic=False, grad_order=0),
]


def plugin_summary(x):
    """Return a summary with a tensor, as text summaries have one."""
    return apply(TensorSummaryV2(), "tag", x, b"")


SUMMARIES = [
    Case("ScalarSummary", lambda x: tf.summary.scalar("loss", x), (np.float32(2.5),), grad_order=0),
    Case("HistogramSummary", lambda x: tf.summary.histogram("weights", x), (V,), grad_order=0),
    Case(
        "ImageSummary",
        lambda x: tf.summary.image("picture", x),
        (np.ones((2, 3, 3, 1), np.float32),),
        grad_order=0,
        hide=False,
    ),
    Case(
        "AudioSummaryV2",
        lambda x: tf.summary.audio("sound", x, 8000),
        (np.linspace(-1, 1, 8, dtype=np.float32).reshape(1, 4, 2),),
        grad_order=0,
        hide=False,
    ),
    Case("TensorSummaryV2", plugin_summary, (np.array([b"text"], object),)),
    Case(
        "MergeSummary",
        lambda x: tf.summary.merge([tf.summary.scalar("a", x), tf.summary.scalar("b", x)]),
        (np.float32(1.0),),
        grad_order=0,
    ),
]

CASES = VARIABLES + HANDLES + OPTIMIZERS + RANDOM + SUMMARIES
