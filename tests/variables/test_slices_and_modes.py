"""Assigning to slices of variables; types of variables as arguments; modes. Recorded from TensorFlow 1.15.5."""

import numpy as np
import pytest

import minigraph as tf


@pytest.fixture(autouse=True)
def graph():
    with tf.Graph().as_default() as graph:
        yield graph


@pytest.fixture
def v():
    return tf.Variable(np.arange(12.0).reshape(3, 4).astype("f"), name="v")


START = np.arange(12.0).reshape(3, 4)
SLICES = {
    "v[1:].assign(np.ones([2, 4]))": (slice(1, None), np.ones([2, 4])),
    "v[0, 1].assign(5.0)": ((0, 1), 5.0),
    "v[::2, ::-1].assign(np.arange(8.0).reshape(2, 4))": (np.s_[::2, ::-1], np.arange(8.0).reshape(2, 4)),
    "v[..., 0].assign(v[..., 1])": (np.s_[..., 0], START[:, 1]),
    "v[tf.constant(1)].assign(v[2])": (1, START[2]),
    "v[:, tf.newaxis, :2].assign(tf.fill([3, 1, 2], -1.0))": (np.s_[:, None, :2], -np.ones([3, 1, 2])),
    "tf.strided_slice(v, [0, 0], [1, 2], [1, 1], var=v, name='s').assign([[3.0, 3.0]])": (np.s_[:1, :2], [[3.0, 3.0]]),
}


@pytest.mark.parametrize("code", SLICES)
def test_a_slice_of_a_variable_can_be_assigned_to(v, code):
    key, value = SLICES[code]
    wanted = START.copy()
    wanted[key] = value
    assign = eval(code)
    assert assign.op.type == "StridedSliceAssign" and assign.dtype is v.dtype and assign.shape == v.shape
    with tf.Session() as sess:
        for _ in range(3):  # interpreted, compiled, recorded
            sess.run(v.initializer)
            assert sess.run(assign).tolist() == wanted.tolist() == sess.run(v).tolist()


def test_the_nodes_of_an_assignment_to_a_slice(v, graph):
    v[1:].assign(np.ones([2, 4]))
    with tf.name_scope("ns"):
        v[0].assign([1.0, 2.0, 3.0, 4.0])
    v[2].assign(v[1], name="named")
    found = [(op.name, [t.name for t in op.inputs]) for op in graph.get_operations() if op.type == "StridedSliceAssign"]
    assert found == [
        (name, ["v:0", *(f"{slice_}/stack{i}:0" for i in ("", "_1", "_2")), value])
        for name, slice_, value in (
            ("strided_slice/_assign", "strided_slice", "strided_slice/_assign/value:0"),
            ("ns/ns/strided_slice/_assign", "ns/strided_slice", "ns/ns/strided_slice/_assign/value:0"),
            ("named", "strided_slice_1", "strided_slice_2:0"),
        )
    ]
    assert graph.get_operation_by_name("named").colocation_groups() == [b"loc:@v"]


def test_an_element_counts_up_and_a_chain_of_updates(v):
    up = v[0, 0].assign(v[0, 0] + 1.0)
    chain = tf.assign_add(v[1:].assign(tf.zeros([2, 4])), tf.ones([3, 4]))
    with tf.Session() as sess:
        sess.run(v.initializer)
        assert [float(sess.run(up)[0, 0]) for _ in range(5)] == [1.0, 2.0, 3.0, 4.0, 5.0]
        assert [sess.run(chain)[:, 0].tolist() for _ in range(3)] == [[6.0 + i, 1.0, 1.0] for i in range(3)]


def test_what_is_no_slice_of_a_variable(v):
    for code in ("(v + 1.0)[1:].assign(3.0)", "v.value()[1:].assign(3.0)"):
        with pytest.raises(ValueError, match="Sliced assignment is only supported for variables"):
            eval(code)
    for code in ("(v + 1.0).assign(3.0)", "v[v > 1.0].assign(3.0)", "tf.slice(v, [0, 0], [1, 1]).assign(3.0)"):
        with pytest.raises(AttributeError, match="'Tensor' object has no attribute 'assign'"):
            eval(code)


def test_values_that_do_not_fit_a_slice(v):
    with pytest.raises(TypeError, match="Expected float32 passed to parameter 'value' of op 'StridedSliceAssign', got"):
        v[1:].assign("a")
    at, value = tf.placeholder(tf.int32, []), tf.placeholder(tf.float32)
    rows, row = v[1:].assign(value), v[at].assign([1.0, 2.0, 3.0, 4.0])
    with tf.Session() as sess:
        with pytest.raises(tf.errors.FailedPreconditionError, match="Attempting to use uninitialized value v"):
            sess.run(row, {at: 1})
        sess.run(v.initializer)
        for wrong, shown in ((np.ones([3, 4]), "[3,4]"), (1.0, "[]")):
            with pytest.raises(tf.errors.UnimplementedError) as error:
                sess.run(rows, {value: wrong})
            assert str(error.value).startswith(
                f"sliced l-value shape [2,4] does not match r-value shape {shown}. "
                "Automatic broadcasting not yet implemented."
            )
        with pytest.raises(tf.errors.InvalidArgumentError, match="slice index 5 of dimension 0 out of bounds."):
            sess.run(row, {at: 5})
        assert sess.run(v).tolist() == START.tolist()
    with pytest.raises(LookupError, match="No gradient defined for operation"):
        tf.gradients(tf.reduce_sum(rows), [v])


# Types of variables

REF_TYPES = {
    "tf.argmax(v, output_type=w.dtype)": "int32",
    "tf.unique(w, out_idx=w.dtype)[1]": "int32",
    "tf.unique_with_counts(w, out_idx=w.dtype)[2]": "int32",
    "tf.setdiff1d(w, [1], index_dtype=w.dtype)[1]": "int32",
    "tf.py_func(lambda q: q, [v], v.dtype)": "float32",
    "tf.py_func(lambda q: q, [v], [v.dtype])[0]": "float32",
    "tf.placeholder(v.dtype)": "float32",
    "tf.zeros([2], v.dtype)": "float32",
    "tf.cast(w, v.dtype)": "float32",
    "tf.shape(v, out_type=w.dtype)": "int32",
    "tf.get_variable('a', [2], v.dtype)": "float32_ref",
    "tf.get_variable('b', [2], dtype=w.dtype)": "int32_ref",
}


@pytest.mark.parametrize("code", REF_TYPES)
def test_the_type_of_a_variable_stands_for_that_of_its_value(code):
    names = {"tf": tf, "v": tf.Variable([1.0, 2.0]), "w": tf.Variable([1, 2])}
    assert eval(code, names).dtype.name == REF_TYPES[code]


def test_values_by_the_types_of_variables():
    v, w = tf.Variable([1.0, 2.0]), tf.Variable([1, 2])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        found = sess.run(
            [tf.argmax(v, output_type=w.dtype), tf.unique(w, out_idx=w.dtype)[1], tf.py_func(lambda q: q, [v], v.dtype)]
        )
    assert [value.tolist() for value in found] == [1, [0, 1], [1.0, 2.0]]


def test_where_tensorflow_takes_no_ref_type():
    ref = tf.Variable(1.0).dtype
    for make in (lambda: tf.Variable(1, dtype=ref), lambda: tf.convert_to_tensor(1.0, ref)):
        with pytest.raises(RuntimeError, match="returned incompatible dtype: requested = float32_ref, actual ="):
            make()


# Modes

SYNC, MERGE = tf.VariableSynchronization, tf.VariableAggregation
MODES = [
    (dict(synchronization=SYNC.ON_READ), (False, "ON_READ", "NONE")),
    (dict(synchronization=SYNC.ON_READ, trainable=True), (True, "ON_READ", "NONE")),
    (dict(synchronization=3), (False, "ON_READ", "NONE")),
    (dict(synchronization=SYNC.ON_WRITE, aggregation=MERGE.SUM), (True, "ON_WRITE", "SUM")),
    (dict(aggregation=MERGE.ONLY_FIRST_TOWER), (True, "AUTO", "ONLY_FIRST_REPLICA")),
    (dict(synchronization=None, aggregation=None), (True, "AUTO", "NONE")),
]


@pytest.mark.parametrize(
    "make",
    [lambda **k: tf.get_variable("v", [], **k), lambda **k: tf.Variable(1.0, **k)],
    ids=["get_variable", "Variable"],
)
@pytest.mark.parametrize("options, wanted", MODES)
def test_modes_and_what_is_trainable(make, options, wanted):
    v = make(**options)
    assert (v.trainable, v.synchronization.name, v.aggregation.name) == wanted
    assert tf.trainable_variables() == ([v] if wanted[0] else []) and tf.global_variables() == [v]


def test_modes_that_are_none():
    with pytest.raises(ValueError, match="Invalid variable synchronization mode: foo for variable: v"):
        tf.get_variable("v", [], synchronization="foo")
    with pytest.raises(ValueError, match="Invalid variable aggregation mode: 9 for variable: v"):
        tf.Variable(1.0, aggregation=9, name="v")


def test_a_custom_getter_sees_the_modes():
    def getter(getter, *args, **options):
        seen.append((options["trainable"], options["synchronization"], options["aggregation"]))
        return getter(*args, **options)

    seen = []
    with tf.variable_scope("s", custom_getter=getter):
        assert not tf.get_variable("v", [], synchronization=SYNC.ON_READ).trainable
        tf.get_variable("w", [])
    assert seen == [(False, SYNC.ON_READ, MERGE.NONE), (True, SYNC.AUTO, MERGE.NONE)]
