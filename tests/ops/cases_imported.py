"""Cases of the operations that only graphs of TensorFlow have: control flow and arrays of version 1, optionals."""

import tempfile

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply, apply_op
from minigraph.graph.func_graph import FuncGraph
from minigraph.ops import namespace
from minigraph.ops.control import optionals, switch_merge
from minigraph.ops.control import partitioned_call as calls
from minigraph.ops.io import checkpoints_v1
from minigraph.ops.lists import array_handles as arrays

X = np.array([0.5, -1.5, 2.0], np.float32)
ROWS = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.9]], np.float32)


def branches(x):
    """x³ where the sum is positive, else sin x."""
    low, high = namespace.switch(x, tf.reduce_sum(x) > 0.0)
    return namespace.merge_branches([tf.sin(low), high * high * high])[0]


def index_of_branch(x):
    low, high = namespace.switch(x, tf.reduce_sum(x) > 0.0)
    return namespace.merge_branches([low, high])[1]


def cell_of_branch(pred):
    """Write into a variable in one of two ways."""
    v = tf.Variable([1.0, 2.0])
    with tf.control_dependencies([v.initializer]):
        low, high = apply(switch_merge.RefSwitch(), v._ref(), pred)
    written = [tf.assign_add(low, [1.0, 1.0]), tf.assign(high, [5.0, 6.0])]
    return apply(switch_merge.RefMerge(), *written)[0] + 0.0


def triggered(x):
    low, high = namespace.switch(x, True)
    with tf.control_dependencies([tf.exp(low), tf.exp(high)]):
        done = namespace.control_trigger()
    with tf.control_dependencies([done]):
        return x * x


def saved(x):
    optional = namespace.optional_from_value([x * x, tf.reduce_sum(x)])
    first, second = namespace.optional_get_value(optional, [x.dtype, x.dtype], [x.shape, []])
    return [first + second, namespace.optional_has_value(optional)]


def stacked(x):
    handle = namespace.stack_new(-1, x.dtype)
    with tf.control_dependencies([namespace.stack_push(handle, x)]):
        pushed = namespace.stack_push(handle, x * 2.0)
    with tf.control_dependencies([pushed]):
        last = namespace.stack_pop(handle, x.dtype)
    with tf.control_dependencies([last]):
        first = namespace.stack_pop(handle, x.dtype)
    with tf.control_dependencies([first]):
        closed = namespace.stack_close(handle)
    with tf.control_dependencies([closed]):
        return [tf.identity(last), tf.identity(first)]


def array_of(x, size, **attributes):
    return apply(arrays.TensorArrayV3(tf.as_dtype(x.dtype), **attributes), size)


def rewritten(x):
    """Return the squares of the rows in another order."""
    handle, flow = array_of(x, 3, clear_after_read=False)
    flow = apply(arrays.TensorArrayScatterV3(), handle, [0, 1, 2], x * x, flow)
    return apply(arrays.TensorArrayGatherV3(x.dtype, x.shape[1:]), handle, [2, 0, 1], flow) * x


def single_rows(x):
    handle, flow = array_of(x, 2, clear_after_read=False)
    flow = apply(arrays.TensorArrayWriteV3(), handle, 0, x[0] * x[1], flow)
    flow = apply(arrays.TensorArrayWriteV3(), handle, 1, x[2], flow)
    first, second = (apply(arrays.TensorArrayReadV3(x.dtype), handle, i, flow) for i in (0, 1))
    return first * second


def joined(x):
    handle, flow = array_of(x, 2, clear_after_read=False)
    flow = apply(arrays.TensorArraySplitV3(), handle, x * x, np.array([1, 2]), flow)
    value, lengths = apply(arrays.TensorArrayConcatV3(x.dtype, x.shape[1:]), handle, flow)
    return [value * x, lengths]


def size_before_the_end(x):
    handle, flow = array_of(x, 5)
    size = apply(arrays.TensorArraySizeV3(), handle, flow)
    with tf.control_dependencies([size]):
        closed = apply_op(arrays.TensorArrayCloseV3(), handle)
    with tf.control_dependencies([closed]):
        return tf.identity(size)


def saved_as_in_2016(x):
    """Write rows and read them, whole and in part."""
    path = tempfile.mkdtemp() + "/model"
    with tf.control_dependencies([apply_op(checkpoints_v1.Save(), path, ["a"], x)]):
        whole = apply(checkpoints_v1.Restore(x.dtype), path, "a")
    other = path + "-1"
    slices = ["3 2 0,2:0,2", ""]
    with tf.control_dependencies([apply_op(checkpoints_v1.SaveSlices(), other, ["a", "b"], slices, x[:2], x * 2.0)]):
        part = apply(checkpoints_v1.RestoreSlice(x.dtype), other, "b", "3 2 -:1,1")
    return [whole, part]


def called(kind):
    """Return a function that calls a body: x·y and the sum of it."""

    def build(x, y):
        body = FuncGraph("product")
        with body.as_default():
            a, b = (body.add_input(t.dtype, t.shape, name) for t, name in ((x, "a"), (y, "b")))
            body.outputs = [a * b, tf.reduce_sum(a * b)]
        return apply_op(kind(body, (x.dtype, x.dtype)), x, y).outputs

    return build


CASES = [
    Case("PartitionedCall", called(calls.PartitionedCall), (X, X), [X * X, np.sum(X * X)], grad_order=0, hide=False),
    Case("StatefulPartitionedCall", called(calls.StatefulPartitionedCall), (X, X), [X * X, np.sum(X * X)],
         grad_order=0, hide=False),
    Case("Switch", branches, (X,), lambda x: x**3, also=("Merge",)),
    Case("Switch", branches, (-X,), lambda x: np.sin(x), name="other"),
    Case("Merge", index_of_branch, (X,), np.int32(1), grad_order=0),
    Case("RefSwitch", cell_of_branch, (np.True_,), np.array([5.0, 6.0], np.float32), also=("RefMerge",)),
    Case("RefSwitch", cell_of_branch, (np.False_,), np.array([2.0, 3.0], np.float32), name="other"),
    Case("ControlTrigger", triggered, (X,), X * X),
    Case("Save", saved_as_in_2016, (ROWS,), [ROWS, ROWS[:, 1:] * 2.0], grad_order=0, deterministic=False,
         also=("SaveSlices", "Restore", "RestoreSlice")),
    Case("OptionalFromValue", saved, (X,), [X * X + 1.0, np.True_], grad_order=0, also=("OptionalGetValue",)),
    Case("OptionalHasValue", lambda: namespace.optional_has_value(namespace.optional_none()), (), np.False_),
    Case("OptionalGetValue", lambda x: saved(x)[0], (X,), X * X + 1.0, grad_order=0),
    Case("OptionalNone", lambda: namespace.optional_has_value(optionals.optional_none()), (), np.False_),
    Case("FakeParam", lambda: namespace.fake_param(tf.float32, [None, 2]), (), np.zeros((0, 2), np.float32)),
    Case("StackV2", stacked, (X,), [X * 2.0, X], grad_order=0, also=("StackPushV2", "StackPopV2", "StackCloseV2")),
    Case("TensorArrayScatterV3", rewritten, (ROWS,), (ROWS**2)[[2, 0, 1]] * ROWS, grad_order=1,
         also=("TensorArrayV3", "TensorArrayGatherV3")),
    Case("TensorArrayWriteV3", single_rows, (ROWS,), ROWS[0] * ROWS[1] * ROWS[2], grad_order=1,
         also=("TensorArrayReadV3",)),
    Case("TensorArraySplitV3", joined, (ROWS,), [ROWS**3, np.array([1, 2])], grad_order=0,
         also=("TensorArrayConcatV3",)),
    Case("TensorArrayConcatV3", lambda x: joined(x)[0], (ROWS,), ROWS**3, grad_order=1),
    Case("TensorArrayGradV3", lambda x: tf.gradients(rewritten(x), x)[0], (ROWS,),
         lambda x: (x**2)[[2, 0, 1]] + 2 * x * x[[1, 2, 0]], grad_order=0),
    Case("TensorArraySizeV3", size_before_the_end, (ROWS,), np.int32(5), grad_order=0, also=("TensorArrayCloseV3",)),
]  # fmt: skip
