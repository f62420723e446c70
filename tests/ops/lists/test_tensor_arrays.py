"""TensorArray: what it refuses, in branches and loops, in every way of running; the values and errors are TensorFlow 1.15's."""

import numpy as np
import pytest

import minigraph as tf
from minigraph.graph import nest
from minigraph.ops import namespace

X = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.9]], np.float32)


@pytest.fixture
def sess():
    with tf.Session() as session:
        yield session


def array(**options):
    return tf.TensorArray(tf.float32, **options)


def number(value):
    """Return a tensor of no static shape."""
    return tf.placeholder_with_default(value, None)


def lists(tensors):
    return namespace.tensor_list_from_tensor(tensors, None)


RUN_ERRORS = {
    "read": (lambda: array(size=3, element_shape=[2]).read(5), "Trying to access element 5 in a list with 3 elements."),
    "write": (lambda: array(size=3).write(-1, 1.0).size(), "Trying to modify element -1 in a list with 3 elements."),
    "unwritten": (
        lambda: array(size=3).read(1),
        "Trying to read an uninitialized tensor but element_shape is not fully defined: <unknown> and no list element is "
        "set.",
    ),
    "unwritten-stack": (
        lambda: array(size=3).stack(),
        "Tried to stack list which only contains uninitialized tensors and has a non-fully-defined element_shape: "
        "<unknown>",
    ),
    "empty-stack": (
        lambda: array(size=0).stack(),
        "Tried to stack elements of an empty list with non-fully-defined element_shape: <unknown>",
    ),
    "unwritten-gather": (
        lambda: array(size=2).gather([0]),
        "Tried to gather uninitialized tensors from a list with non-fully-defined element_shape: <unknown>",
    ),
    "gather": (lambda: array(size=2).unstack([1.0, 2.0]).gather([2]), "Index 2 out o range; list only has 2 elements."),
    "unlike": (
        lambda: array(size=2, infer_shape=False).write(0, [1.0, 2.0]).write(1, [1.0]).stack(),
        "PartialTensorShape: Incompatible shapes during merge: [2] vs. [1]",
    ),
    "ranks": (
        lambda: array(size=2, infer_shape=False).write(0, 1.0).write(1, [1.0]).gather([0, 1]),
        "PartialTensorShape: Incompatible ranks during merge: 0 vs. 1",
    ),
    "shape": (
        lambda: array(size=2, element_shape=[2]).write(0, number([1.0, 2.0, 3.0])).size(),
        "Tried to set a tensor with incompatible shape at a list index. Item element shape: [3] list shape: [2]",
    ),
    "type": (
        lambda: array(size=2).write(0, tf.constant(1)).size(),
        "Invalid data types; op elements int32 but list elements float",
    ),
    "size": (
        lambda: array(size=number(np.int32(-2))).size(),
        "The num_elements to reserve must be a non negative number, but got -2",
    ),
    "split-more": (
        lambda: array(size=2, infer_shape=False).split([1.0, 2.0, 3.0], [1, 5]).size(),
        "Attempting to slice [1, 6] from tensor with length 3",
    ),
    "split-less": (
        lambda: array(size=2, infer_shape=False).split([1.0, 2.0, 3.0], [1, 1]).size(),
        "Unused values in tensor. Length of tensor: 3 Values used: 2",
    ),
    "split-scalar": (
        lambda: array(size=2, infer_shape=False).split(number(1.0), [1, 1]).size(),
        "Tensor must be at least a vector, but saw shape: []",
    ),
    "split-matrix": (
        lambda: array(size=2, infer_shape=False).split([1.0, 2.0], number([[2]])).size(),
        "Expected lengths to be a vector, received shape: [1,1]",
    ),
    "split-shape": (
        lambda: array(size=2, element_shape=[1, 2]).split(number([[1.0], [2.0]]), number([1, 1])).size(),
        "tensor shape [2,1] is not compatible with element_shape [1,2]",
    ),
    "scatter": (
        lambda: array(size=2).scatter([0, 1], number([1.0])).size(),
        "Expected len(indices) == tensor.shape[0], but saw: 2 vs. 1",
    ),
    "concat-scalar": (
        lambda: namespace.tensor_list_concat(array(size=2).unstack([1.0, 2.0]).flow, tf.float32),
        "Concat saw a scalar shape at index 0 but requires at least vectors.",
    ),
    "concat-empty": (
        lambda: array(size=0).concat(),
        "All except the first dimension must be fully defined when concating an empty tensor list. "
        "element_shape: <unknown>",
    ),
    "concat-unwritten": (
        lambda: array(size=2).concat(),
        "Trying to concat list with only uninitialized tensors but element_shape_except_first_dim_ is not fully defined: "
        "<unknown>",
    ),
    "add": (
        lambda: namespace.tensor_list_length(tf.add_n([array(size=2).flow, array(size=3).flow])),
        "Trying to add two lists of tensors with different lengths. One is 2 and the other is 3",
    ),
    "rows": (
        lambda: namespace.tensor_list_length(namespace.tensor_list_from_tensor(number([[3.0]]), number([3]))),
        "Specified a list with shape [3] from a tensor with shape [1]",
    ),
    "count": (
        lambda: namespace.tensor_list_stack(lists([1.0, 2.0]), tf.float32, 3),
        "Operation expected a list with 3 elements but got a list with 2 elements.",
    ),
    "pop": (
        lambda: namespace.tensor_list_pop_back(namespace.empty_tensor_list([], tf.float32), tf.float32)[1],
        "Trying to pop from an empty list.",
    ),
    "push": (
        lambda: namespace.tensor_list_length(
            namespace.tensor_list_push_back(namespace.empty_tensor_list([2], tf.float32), number([1.0]))
        ),
        "Tried to append a tensor with incompatible shape to a list. Op element shape: [1] list shape: [2]",
    ),
    "resize": (
        lambda: namespace.tensor_list_length(namespace.tensor_list_resize(lists([1.0]), -5)),
        "TensorListSlice expects size to be non-negative. Got: -5",
    ),
}


@pytest.mark.parametrize("case", RUN_ERRORS)
def test_refused_in_a_run(case, sess):
    build, words = RUN_ERRORS[case]
    found = build()
    with pytest.raises(tf.errors.InvalidArgumentError) as error:
        sess.run(found)
    assert str(error.value).split("\n")[0] == words


BUILD_ERRORS = [
    (lambda: array(), ValueError, "Size must be provided if flow is not provided"),
    (lambda: array(flow=array(size=1).flow, size=2), ValueError, "Cannot provide both a flow and size"),
    (
        lambda: array(flow=array(size=1).flow, element_shape=[]),
        ValueError,
        "Cannot provide both a flow and element_shape",
    ),
    (lambda: array(flow=tf.constant(1.0)), TypeError, "flow must be a variant tensor"),
    (lambda: array(size=1, handle=tf.constant(1.0)), ValueError, "has no handle"),
    (lambda: array(size=1).write(0, [1.0]).write(1, 1.0), ValueError, "Inconsistent shapes: saw () but expected (1,)"),
    (lambda: array(size=1).grad("source"), NotImplementedError, "tf.gradients"),
    (lambda: array(size=1).unstack(1.0), ValueError, "Shape must be at least rank 1 but is rank 0"),
    (lambda: tf.map_fn(3, [1.0]), TypeError, "fn must be callable."),
    (lambda: tf.map_fn(tf.abs, 1.0), ValueError, "elems must be a 1+ dimensional Tensor, not a scalar"),
    (lambda: tf.map_fn(lambda x: x[0], (1.0, 2.0)), ValueError, "elements in elems must be 1+ dimensional Tensors"),
    (lambda: tf.map_fn(lambda x: (x, x), tf.ones([2])), ValueError, "don't have the same nested structure"),
    (lambda: tf.scan(lambda a, x: (a, x), tf.ones([2])), ValueError, "don't have the same nested structure"),
    (lambda: tf.scan(3, tf.ones([2])), TypeError, "fn must be callable."),
    (lambda: tf.foldl(3, tf.ones([2])), TypeError, "fn must be callable."),
    (lambda: tf.foldr(3, tf.ones([2])), TypeError, "fn must be callable."),
]


@pytest.mark.parametrize(("build", "kind", "words"), BUILD_ERRORS)
def test_refused(build, kind, words):
    with pytest.raises(kind) as error:
        build()
    assert words in str(error.value)


def test_a_write_that_fails_leaves_no_node_and_no_shape():
    before = array(size=2)
    count = len(tf.get_default_graph().get_operations())
    with pytest.raises(TypeError):
        before.write("zero", [1.0, 2.0])
    assert len(tf.get_default_graph().get_operations()) == count
    assert before.element_shape.ndims is None


def test_properties():
    made = tf.TensorArray(tf.float64, 2, dynamic_size=True, element_shape=[None, 3])
    again = made.identity()
    for each in (made, again):
        assert (each.dtype, each.dynamic_size, each.handle) == (tf.float64, True, None)
        assert each.element_shape.as_list() == [None, 3]
    assert repr(made) == "<tf.TensorArray 'TensorArrayV2:0' element_shape=(?, 3) dtype=float64>"
    wrapped = tf.TensorArray(tf.float64, flow=made.flow)
    assert wrapped.flow is made.flow
    assert nest.flatten([made], expand_composites=True) == [made.flow]
    assert array(size=1).close().type == "NoOp"


def running_products(x):
    _, found = tf.while_loop(
        lambda i, _: i < tf.shape(x)[0],
        lambda i, a: (i + 1, a.write(i, a.read(i - 1) * tf.sin(x[i]))),
        [1, tf.TensorArray(tf.float32, tf.shape(x)[0], clear_after_read=False).write(0, x[0])],
    )
    return found.stack()


def in_every_way(sess, fetches, feeds):
    """Return the values of a first run, of later ones, which are recorded, and of a traced one."""
    runs = [sess.run(fetches, feeds) for _ in range(4)]
    options, metadata = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), tf.RunMetadata()
    return [*runs, sess.run(fetches, feeds, options=options, run_metadata=metadata)]


@pytest.mark.parametrize("steps", [1, 3, 200])
def test_every_way_of_running(sess, steps):
    """200 steps are more than a recorded run unrolls: the loop stays one call there."""
    x = tf.placeholder(tf.float32, [None, 2])
    y = running_products(x) + tf.scan(lambda a, row: tf.tanh(a + row), x)
    (first,) = tf.gradients(y, x)
    (second,) = tf.gradients(first * first, x)
    value = np.cos(np.arange(2.0 * steps)).reshape(steps, 2).astype(np.float32)
    runs = in_every_way(sess, [y, first, second], {x: value})
    products, state = value[:1].astype(float), value[0].astype(float)
    expected = [products[0] + state]
    for row in value[1:]:
        products, state = products * np.sin(row), np.tanh(state + row)
        expected.append(products[0] + state)
    for run in runs:
        np.testing.assert_allclose(run[0], expected, rtol=1e-4, atol=1e-5)
        for got, wanted in zip(run, runs[0]):
            np.testing.assert_allclose(got, wanted, rtol=1e-4, atol=1e-5)


def test_an_element_keeps_the_value_that_a_variable_had(sess):
    v = tf.Variable([1.0, 2.0])
    kept = array(size=1).write(0, v)
    with tf.control_dependencies([kept.flow]):
        after = v.assign_add([10.0, 10.0])
    with tf.control_dependencies([after]):
        found = kept.identity().read(0)
    sess.run(v.initializer)
    for i in range(4):
        assert sess.run([found, after])[0].tolist() == [1.0 + 10 * i, 2.0 + 10 * i]


def test_training_through_a_loop(sess):
    """The gradient of a weight that each step uses, against the same steps unrolled in Python."""
    x = tf.placeholder(tf.float32, [4, 2])
    w = tf.Variable([[0.5, -0.3], [0.2, 0.8]])

    def step(a, row):
        return tf.tanh(tf.squeeze(tf.matmul(tf.expand_dims(a, 0), w), 0) + row)

    looped = tf.scan(step, x, tf.zeros([2]))
    state, unrolled = tf.zeros([2]), []
    for row in tf.unstack(x):
        state = step(state, row)
        unrolled.append(state)
    losses = [tf.reduce_sum(tf.square(y)) for y in (looped, tf.stack(unrolled))]
    grads = [tf.gradients(loss, [w, x]) for loss in losses]
    train = tf.train.GradientDescentOptimizer(0.1).minimize(losses[0])
    sess.run(w.initializer)
    for _ in range(4):
        (gw, gx), (gw_unrolled, gx_unrolled) = sess.run(grads, {x: np.ones([4, 2])})
        np.testing.assert_allclose(gw, gw_unrolled, rtol=1e-5)
        np.testing.assert_allclose(gx, gx_unrolled, rtol=1e-5)
        sess.run(train, {x: np.ones([4, 2])})


def test_a_variable_captured_by_map_fn(sess):
    v = tf.get_variable("v", initializer=[1.0, 2.0])
    y = tf.map_fn(lambda row: row * v, X)
    (slope,) = tf.gradients(y, v)
    sess.run(v.initializer)
    np.testing.assert_allclose(sess.run(y), X * [1.0, 2.0])
    np.testing.assert_allclose(sess.run(slope), X.sum(0), rtol=1e-6, atol=1e-6)


def test_back_prop_false_blocks_gradients():
    x = tf.constant(X)
    assert tf.gradients(tf.map_fn(tf.square, x, back_prop=False), x) == [None]
    assert tf.gradients(tf.foldl(lambda a, row: a * row, x, back_prop=False), x) == [None]


def test_no_rows(sess):
    x = tf.placeholder(tf.float32, [None, 2])
    y = tf.map_fn(lambda row: row + 1.0, x)
    assert sess.run(y, {x: np.zeros([0, 2])}).shape == (0, 2)
    assert sess.run(tf.gradients(y, x)[0], {x: np.zeros([0, 2])}).shape == (0, 2)
    with pytest.raises(tf.errors.InvalidArgumentError, match="Trying to access element 0 in a list with 0 elements."):
        sess.run(tf.scan(lambda a, row: a + row, x), {x: np.zeros([0, 2])})


def test_elements_of_several_shapes_have_zeros_of_their_own(sess):
    """A gradient that does not reach an element is zeros of that element's shape."""
    x = tf.placeholder(tf.float32, [3])
    ragged = array(size=2, infer_shape=False).split(x, [1, 2])
    y = tf.while_loop(lambda i, s: i < 1, lambda i, s: (i + 1, s + tf.reduce_sum(ragged.read(1) ** 2)), [0, 0.0])[1]
    assert sess.run(tf.gradients(y, x)[0], {x: [1.0, 2.0, 3.0]}).tolist() == [0.0, 4.0, 6.0]


def test_strings(sess):
    x = tf.placeholder(tf.string, [None])
    y = tf.map_fn(lambda word: tf.string_join([word, "!"]), x)
    for _ in range(3):
        assert sess.run(y, {x: ["a", "bc"]}).tolist() == [b"a!", b"bc!"]
    assert sess.run(tf.TensorArray(tf.string, 2).write(1, "a").stack()).tolist() == [b"", b"a"]


def test_a_flow_has_no_numpy_value(sess):
    made = array(size=2).write(0, 1.0)
    with pytest.raises(tf.errors.InternalError, match="Tensorflow type 21 not convertible to numpy dtype."):
        sess.run(made.flow)
    with pytest.raises(TypeError, match="Fetch argument <tf.TensorArray .* has invalid type"):
        sess.run(made)
