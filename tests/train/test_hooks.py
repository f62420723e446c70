"""The methods of optimizers that subclasses override: which are called, in which order, and what they find.

What is expected was recorded from TensorFlow 1.15.5.
"""

import numpy as np
import pytest

import minigraph as tf

pytestmark = pytest.mark.usefixtures("graph")

HOOKS = [
    "_apply_dense",
    "_apply_sparse",
    "_apply_sparse_duplicate_indices",
    "_apply_sparse_shared",
    "_assert_valid_dtypes",
    "_call_if_callable",
    "_create_non_slot_variable",
    "_create_slots",
    "_finish",
    "_get_beta_accumulators",
    "_get_or_make_slot",
    "_get_or_make_slot_with_initializer",
    "_init_constant_op",
    "_non_slot_variables",
    "_prepare",
    "_resource_apply_dense",
    "_resource_apply_sparse",
    "_resource_apply_sparse_duplicate_indices",
    "_resource_scatter_add",
    "_restore_slot_variable",
    "_scale_loss",
    "_zeros_slot",
    "apply_gradients",
    "compute_gradients",
]


def spying(base, seen):
    """Return a subclass of an optimizer that notes in `seen` which of its methods are called."""

    def spy(hook):
        def method(self, *args, **kwargs):
            seen.append(hook.lstrip("_"))
            return getattr(super(spies, self), hook)(*args, **kwargs)

        return method

    spies = type(base.__name__, (base,), {hook: spy(hook) for hook in HOOKS if hasattr(base, hook)})
    return spies


def calls_of(name, *args, use_resource=False):
    """Return the calls for a step of one variable with rows and one without."""
    seen = []
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0]], use_resource=use_resource)
    scale = tf.Variable([1.0, 1.0], use_resource=use_resource)
    optimizer = spying(getattr(tf.train, name), seen)(*args)
    optimizer.minimize(tf.reduce_sum(tf.gather(table, [1, 1]) * scale))
    optimizer.variables()
    return " ".join(seen)


GRADIENTS = "compute_gradients scale_loss assert_valid_dtypes assert_valid_dtypes apply_gradients create_slots"
UPDATES = "prepare apply_sparse_duplicate_indices apply_sparse apply_dense finish non_slot_variables"


@pytest.mark.parametrize(
    "name, args, slots",
    [
        ("MomentumOptimizer", (0.1, 0.9), "zeros_slot restore_slot_variable " * 2),
        ("AdadeltaOptimizer", (0.1,), "zeros_slot restore_slot_variable " * 4),
        ("AdagradOptimizer", (0.1,), "get_or_make_slot_with_initializer restore_slot_variable " * 2),
        ("FtrlOptimizer", (0.1,), "get_or_make_slot restore_slot_variable zeros_slot restore_slot_variable " * 2),
        ("ProximalAdagradOptimizer", (0.1,), "get_or_make_slot restore_slot_variable " * 2),
    ],
)
def test_the_order_of_the_calls(name, args, slots):
    values = {"AdadeltaOptimizer": 3, "AdagradOptimizer": 1}.get(name, 0)
    prepared = " ".join(["prepare", *["call_if_callable"] * values])
    assert calls_of(name, *args) == f"{GRADIENTS} {slots}{UPDATES.replace('prepare', prepared)}"


def test_the_calls_of_adam_which_has_variables_that_are_no_slots_and_a_method_for_rows():
    slots = "create_non_slot_variable " * 2 + "zeros_slot restore_slot_variable " * 4
    prepared = " ".join(["prepare", *["call_if_callable"] * 4])
    rows = "apply_sparse_duplicate_indices apply_sparse apply_sparse_shared get_beta_accumulators"
    assert calls_of("AdamOptimizer") == (
        f"{GRADIENTS} {slots}{prepared} {rows} apply_dense get_beta_accumulators "
        "finish get_beta_accumulators non_slot_variables"
    )


def test_the_calls_for_resource_variables():
    slots = "create_non_slot_variable " * 2 + "zeros_slot restore_slot_variable " * 4
    prepared = " ".join(["prepare", *["call_if_callable"] * 4])
    rows = (
        "resource_apply_sparse_duplicate_indices resource_apply_sparse apply_sparse_shared get_beta_accumulators "
        "resource_scatter_add resource_scatter_add"
    )
    assert calls_of("AdamOptimizer", use_resource=True) == (
        f"{GRADIENTS} {slots}{prepared} {rows} resource_apply_dense get_beta_accumulators finish get_beta_accumulators "
        "non_slot_variables"
    )
    assert calls_of("GradientDescentOptimizer", 0.1, use_resource=True) == (
        f"{GRADIENTS} prepare call_if_callable resource_apply_sparse_duplicate_indices resource_apply_dense finish "
        "non_slot_variables"
    )


def steps(make, use_resource, dtype):
    """Return what four steps make of a variable with rows, of one without, of the global step and of the slots."""
    with tf.Graph().as_default(), tf.Session() as sess, tf.variable_scope("m", use_resource=use_resource):
        step = tf.train.get_or_create_global_step()
        table = tf.get_variable("w", initializer=tf.constant([[1.0, 2.0], [-3.0, 4.0], [5.0, 0.6]], dtype))
        scale = tf.get_variable(
            "b", initializer=tf.constant([0.5, -1.0], dtype), constraint=lambda v: tf.clip_by_value(v, -1.0, 1.0)
        )
        optimizer = make(step)
        train = optimizer.minimize(tf.reduce_sum(tf.square(tf.gather(table, [0, 2, 2]) * scale)), global_step=step)
        kinds = {type(v).__name__ for v in [table, scale, step, *optimizer.variables()]}
        assert kinds == {"ResourceVariable" if use_resource else "Variable"}
        sess.run(tf.global_variables_initializer())
        for _ in range(4):
            sess.run(train)
        return sess.run([table, scale, step, *optimizer.variables()])


T = tf.train


@pytest.mark.parametrize("dtype", [tf.float32, tf.float64])
@pytest.mark.parametrize(
    "make",
    [
        lambda step: T.GradientDescentOptimizer(0.01),
        lambda step: T.MomentumOptimizer(0.01, 0.9, use_nesterov=True),
        lambda step: T.AdamOptimizer(0.1),
        lambda step: T.AdagradOptimizer(0.1),
        lambda step: T.AdagradDAOptimizer(0.1, step, l1_regularization_strength=0.01),
        lambda step: T.AdadeltaOptimizer(0.1),
        lambda step: T.RMSPropOptimizer(0.1),
        lambda step: T.RMSPropOptimizer(0.1, centered=True),
        lambda step: T.FtrlOptimizer(0.1, l1_regularization_strength=0.01),
        lambda step: T.FtrlOptimizer(0.1, l2_shrinkage_regularization_strength=0.02),
        lambda step: T.ProximalGradientDescentOptimizer(0.01, 0.1),
        lambda step: T.ProximalAdagradOptimizer(0.1),
    ],
)
def test_both_kinds_of_variables_are_trained_alike(make, dtype):
    if dtype is tf.float64 and "Proximal" in type(make(None)).__name__:
        pytest.skip("TF1 takes a rate of single precision for what it is")
    for plain, by_handle in zip(steps(make, False, dtype), steps(make, True, dtype)):
        np.testing.assert_allclose(plain, by_handle, rtol=1e-5 if dtype is tf.float32 else 1e-7, atol=1e-12)


@pytest.mark.parametrize(
    "make, expected",
    [  # recorded from TensorFlow 1.15.5
        (lambda: T.ProximalGradientDescentOptimizer(1.0), [[-111.0, -138.0]]),
        (lambda: T.ProximalAdagradOptimizer(1.0), [[3.98594556e-06, 1.00000255]]),
    ],
)
def test_proximal_updates_of_rows_of_double_precision(make, expected):
    v = tf.Variable([[1.0, 2.0]], dtype=tf.float64, use_resource=True)
    loss = tf.matmul(tf.nn.embedding_lookup(v, [0]), tf.constant([[4.0], [5.0]], tf.float64)) ** 2
    train = make().minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(train)
        np.testing.assert_allclose(sess.run(v), expected, rtol=1e-5)


def test_gradient_descent_takes_rows_that_are_named_twice():
    assert calls_of("GradientDescentOptimizer", 0.1) == (
        f"{GRADIENTS} prepare call_if_callable apply_sparse_duplicate_indices apply_dense finish non_slot_variables"
    )


def test_the_slots_of_a_variable_of_unknown_shape_go_through_init_constant_op():
    seen = []
    v = tf.Variable(tf.placeholder_with_default([1.0, 2.0], [None]), validate_shape=False)
    optimizer = spying(tf.train.AdagradOptimizer, seen)(0.1)
    optimizer.minimize(tf.reduce_sum(v * v))
    assert "init_constant_op" in seen


L1, L2 = "_l1_regularization_strength_tensor", "_l2_regularization_strength_tensor"


@pytest.mark.parametrize(
    "make, names",
    [
        (lambda: T.GradientDescentOptimizer(0.1), ["_learning_rate_tensor"]),
        (lambda: T.MomentumOptimizer(0.1, 0.9), ["_learning_rate_tensor", "_momentum_tensor"]),
        (lambda: T.AdamOptimizer(0.1), ["_lr_t", "_beta1_t", "_beta2_t", "_epsilon_t"]),
        (lambda: T.AdagradOptimizer(0.1), ["_learning_rate_tensor"]),
        (lambda: T.AdadeltaOptimizer(0.1), ["_lr_t", "_rho_t", "_epsilon_t"]),
        (
            lambda: T.RMSPropOptimizer(0.1),
            ["_learning_rate_tensor", "_decay_tensor", "_momentum_tensor", "_epsilon_tensor"],
        ),
        (
            lambda: T.FtrlOptimizer(0.1),
            [
                "_learning_rate_tensor",
                "_learning_rate_power_tensor",
                L1,
                L2,
                "_l2_shrinkage_regularization_strength_tensor",
            ],
        ),
        (lambda: T.ProximalGradientDescentOptimizer(0.1), ["_learning_rate_tensor", L1, L2]),
        (lambda: T.ProximalAdagradOptimizer(0.1), ["_learning_rate_tensor", L1, L2]),
        (
            lambda: T.AdagradDAOptimizer(0.1, T.get_or_create_global_step()),
            ["_learning_rate_tensor", "_global_step_on_worker"],
        ),
    ],
)
def test_prepare_makes_tensors_with_the_names_that_subclasses_read(make, names):
    optimizer = make()
    assert all(getattr(optimizer, name, None) is None for name in names)
    w = tf.Variable([1.0, -2.0])
    optimizer.minimize(tf.reduce_sum(w * w))
    assert all(isinstance(getattr(optimizer, name), tf.Tensor) for name in names)


def test_functions_for_hyperparameters_are_called_before_any_tensor_is_made():
    made = []

    def beta1():
        made.append([op.name for op in tf.get_default_graph().get_operations()])
        return tf.constant(0.9, name="own")

    w = tf.Variable(1.0)
    tf.train.AdamOptimizer(0.1, beta1=beta1, name="A").apply_gradients([(tf.constant(1.0), w)])
    assert made and not any(name == "A/learning_rate" for name in made[-1])


def test_a_subclass_of_adam_that_moves_only_the_rows_of_the_gradient():
    class RowsOnly(tf.train.AdamOptimizer):
        def _apply_sparse_shared(self, grad, var, indices, scatter_add):
            return scatter_add(var, indices, -self._lr_t * grad)

    e = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    train = RowsOnly(0.1).minimize(tf.reduce_sum(tf.square(tf.gather(e, [0, 2, 2]))))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(train)
        np.testing.assert_allclose(sess.run(e), [[0.8, 1.6], [3.0, 4.0], [3.0, 3.6]], rtol=1e-5)


def test_the_loss_can_be_scaled_and_a_slot_given_a_value():
    class Own(tf.train.MomentumOptimizer):
        def _scale_loss(self, loss):
            return loss * 10.0

        def _restore_slot_variable(self, slot_name, variable, slot_variable):
            restored.append((slot_name, variable.op.name, slot_variable.op.name))

    restored = []
    w = tf.Variable(1.0, name="w")
    train = Own(0.1, 0.9).minimize(w * 2.0)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        sess.run(train)
        assert sess.run(w) == pytest.approx(-1.0)
    assert restored == [("momentum", "w", "w/Momentum")]


def test_more_types_may_be_valid():
    class Doubles(tf.train.GradientDescentOptimizer):
        def _valid_dtypes(self):
            return super()._valid_dtypes() - {tf.float32}

    w = tf.Variable(1.0, name="w")
    with pytest.raises(ValueError) as caught:
        Doubles(0.1).minimize(w * 2.0)
    assert str(caught.value).startswith(
        "Invalid type tf.float32 for mul:0, expected: [tf.float64, tf.float16, tf.bfloat16]."
    )


@pytest.mark.parametrize(
    "given, kind, advice",
    [
        (["w"], "str", "Names are not looked up: write tf.trainable_variables('w'), or give the variables."),
        ("v", "str", "Names are not looked up: write tf.trainable_variables(), or give the variables."),
        ([3], "int", "Give a variable, or a list of them: tf.trainable_variables() has those that can be trained."),
    ],
)
def test_what_is_no_variable_is_told_with_what_to_write(given, kind, advice):
    w = tf.Variable(1.0, name="w")
    with pytest.raises(AttributeError) as caught:
        tf.train.GradientDescentOptimizer(0.1).minimize(w * 2.0, var_list=given)
    lines = str(caught.value).split("\n")
    assert lines[0] == f"'{kind}' object has no attribute 'op'" and lines[2] == advice
    assert "test_hooks.py" in lines[1]


def test_the_loss_may_be_a_function():
    v, w = tf.Variable(1.0, name="v"), tf.Variable(1.0, name="w")
    assert tf.train.GradientDescentOptimizer(0.1).minimize(lambda: v * v).type == "NoOp"
    with pytest.raises(ValueError) as caught:
        tf.train.GradientDescentOptimizer(0.1).minimize(lambda: v * v, var_list=[w])
    first, second = str(caught.value).split("\n")[:2]
    assert first.startswith(
        "No gradients provided for any variable, check your graph for ops that do not support "
        "gradients, between variables [\"<tf.Variable 'w:0' shape=() dtype=float32_ref>\"] and "
        "loss <function"
    )
    assert second.startswith("What the function gives depends on none of 'w'")


@pytest.mark.parametrize(
    "use_resource, nodes",
    [
        (False, ["Const mul/x ^ApplyGradientDescent", "Mul mul mul/x v/read", "Assign Assign v mul"]),
        (
            True,
            [
                "ReadVariableOp ReadVariableOp v ^ResourceApplyGradientDescent",
                "Const mul/x ^ResourceApplyGradientDescent",
                "Mul mul mul/x ReadVariableOp",
                "AssignVariableOp AssignVariableOp v mul",
                "ReadVariableOp ReadVariableOp_1 v ^AssignVariableOp ^ResourceApplyGradientDescent",
            ],
        ),
    ],
)
def test_a_constraint_gets_the_variable_and_sees_the_update(use_resource, nodes):
    given = []

    def halved(w):
        given.append(w)
        return 0.5 * w

    v = tf.Variable([4.0, -8.0], name="v", constraint=halved, use_resource=use_resource)
    train = tf.train.GradientDescentOptimizer(0.5).minimize(tf.reduce_sum(v * v))
    made = [
        " ".join(
            [op.type, op.name, *[t.op.name for t in op.inputs], *sorted(f"^{c.name}" for c in op.control_inputs)]
        ).replace("GradientDescent/update_v/", "")
        for op in tf.get_default_graph().get_operations()
    ]
    assert given == [v]
    assert (
        made[[line.partition(" ")[0].endswith("ApplyGradientDescent") for line in made].index(True) + 1 : -1] == nodes
    )
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(5):
            before = sess.run(v)
            sess.run(train)
            np.testing.assert_allclose(sess.run(v), 0.5 * (before - 0.5 * 2.0 * before))
