"""The arguments of the public functions, by `inspect`."""

import inspect

from facts import fact

CLASSES = [
    "Optimizer",
    "GradientDescentOptimizer",
    "MomentumOptimizer",
    "AdamOptimizer",
    "AdagradOptimizer",
    "AdagradDAOptimizer",
    "AdadeltaOptimizer",
    "RMSPropOptimizer",
    "FtrlOptimizer",
    "ProximalGradientDescentOptimizer",
    "ProximalAdagradOptimizer",
    "ExponentialMovingAverage",
]
FUNCTIONS = [
    "exponential_decay",
    "natural_exp_decay",
    "inverse_time_decay",
    "polynomial_decay",
    "piecewise_constant",
    "piecewise_constant_decay",
    "cosine_decay",
    "cosine_decay_restarts",
    "linear_cosine_decay",
    "noisy_linear_cosine_decay",
    "global_step",
    "get_global_step",
    "create_global_step",
    "get_or_create_global_step",
    "assert_global_step",
]


def arguments(function):
    found = inspect.signature(inspect.unwrap(function)).parameters.values()
    return [[p.name, "required" if p.default is p.empty else str(p.default)] for p in found]


@fact
def train(tf, note):
    for name in CLASSES:
        kind = getattr(tf.train, name)
        note.put(name, arguments(kind.__init__)[1:])
    for name in (
        "minimize",
        "compute_gradients",
        "apply_gradients",
        "get_slot",
        "get_slot_names",
        "variables",
        "get_name",
    ):
        note.put("Optimizer." + name, arguments(getattr(tf.train.Optimizer, name))[1:])
    for name in ("apply", "average", "average_name", "variables_to_restore"):
        note.put("ExponentialMovingAverage." + name, arguments(getattr(tf.train.ExponentialMovingAverage, name))[1:])
    for name in FUNCTIONS:
        note.put(name, arguments(getattr(tf.train, name)))


@fact
def others(tf, note):
    for name in (
        "gradients",
        "hessians",
        "custom_gradient",
        "clip_by_value",
        "clip_by_norm",
        "clip_by_global_norm",
        "clip_by_average_norm",
        "global_norm",
        "stop_gradient",
        "no_gradient",
        "NotDifferentiable",
        "NoGradient",
        "RegisterGradient",
    ):
        if hasattr(tf, name):
            function = getattr(tf, name)
            note.put(name, arguments(function.__init__ if inspect.isclass(function) else function))
    for name in ("optimize_loss", "adaptive_clipping_fn"):
        note.put(name, arguments(getattr(tf.contrib.layers, name)))
    note.put("names", sorted(tf.contrib.layers.OPTIMIZER_CLS_NAMES))
    note.put("summaries", list(tf.contrib.layers.OPTIMIZER_SUMMARIES))
    for kind, names in (
        (tf.AggregationMethod, ("ADD_N", "DEFAULT", "EXPERIMENTAL_TREE", "EXPERIMENTAL_ACCUMULATE_N")),
        (tf.UnconnectedGradients, ("NONE", "ZERO")),
        (tf.train.Optimizer, ("GATE_NONE", "GATE_OP", "GATE_GRAPH")),
    ):
        note.put(kind.__name__, [str(getattr(getattr(kind, n), "value", getattr(kind, n))) for n in names])
