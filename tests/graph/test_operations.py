"""`Operation` and `Tensor`: their properties, operators and indexing, and the errors of their misuse."""

from __future__ import annotations

import numpy as np
import pytest
from answers import answer, nodes, run

import minigraph as tf
from minigraph.graph.opdef import OpDef

pytestmark = pytest.mark.usefixtures("graph")


def small():
    """Return a small graph with an operation of each kind."""
    x = tf.placeholder(tf.float32, [None, 3], name="x")
    y = tf.matmul(x, tf.ones([3, 2]), name="y")
    with tf.control_dependencies([x]):
        z = tf.add(y, 1.0, name="z")
    return {
        "x": x,
        "y": y,
        "z": z,
        "v": tf.Variable([1.0, 2.0], name="v"),
        "g": tf.get_default_graph(),
        "s": tf.split(tf.zeros([4]), 2, name="s"),
        "p": tf.stack([x, x], name="p"),
        "c": tf.constant([1, 2], name="c"),
        "m": tf.reduce_sum(x, 1, keepdims=True, name="m"),
    }


PROPERTIES = {
    "y.op": "<tf.Operation 'y' type=MatMul>",
    "[y.op.name, y.op.type, y.op.device, y.op.graph is g]": "['y', 'MatMul', '', True]",
    "[t.name for t in y.op.inputs]": "['x:0', 'ones:0']",
    "y.op.outputs": "[<tf.Tensor 'y:0' shape=(?, 2) dtype=float32>]",
    "y.op.values()": "(<tf.Tensor 'y:0' shape=(?, 2) dtype=float32>,)",
    "z.op.control_inputs": "[]",
    "z.op.inputs[1].op.control_inputs": "[<tf.Operation 'x' type=Placeholder>]",
    "x.consumers()": "[<tf.Operation 'y' type=MatMul>, <tf.Operation 'p' type=Pack>, <tf.Operation 'p' type=Pack>, <tf.Operation "
    "'m' type=Sum>]",
    "z.consumers()": "[]",
    "v.op.outputs[0].consumers()": "[<tf.Operation 'v/Assign' type=Assign>, <tf.Operation 'v/read' type=Identity>]",
    'y.op.get_attr("T")': "tf.float32",
    'y.op.get_attr("transpose_a")': False,
    'y.op.get_attr("nothing")': "ValueError: Operation 'y' has no attr named 'nothing'",
    'p.op.get_attr("N")': 2,
    'p.op.get_attr("axis")': 0,
    'm.op.get_attr("keep_dims")': True,
    'm.op.get_attr("Tidx")': "tf.int32",
    's[0].op.get_attr("num_split")': 2,
    'v.op.get_attr("shared_name")': "b''",
    'v.value().op.get_attr("_class")': "[b'loc:@v']",
    'c.op.get_attr("_class")': "ValueError: Operation 'c' has no attr named '_class'",
    'v.initializer.get_attr("validate_shape")': True,
    'tf.nn.max_pool(tf.zeros([1, 2, 2, 1]), 2, 2, "SAME").op.get_attr("padding")': "b'SAME'",
    "list(z.op.node_def.input)": "['y', 'z/y']",
    "list(tf.identity(s[1]).op.node_def.input)": "['s:1']",
    "sorted(y.op.node_def.attr)": "['T', 'transpose_a', 'transpose_b']",
    "type(y.op.traceback).__name__": "tuple",
    "y.op.colocation_groups()": "[b'loc:@y']",
    "[s[1].value_index, s[1].name, s[1].op.name]": "[1, 's:1', 's']",
    "[y.dtype, y.device, y.graph is g, y.get_shape()]": "[tf.float32, '', True, TensorShape([Dimension(None), Dimension(2)])]",
    "str(y)": 'Tensor("y:0", shape=(?, 2), dtype=float32)',
    "repr(y)": "<tf.Tensor 'y:0' shape=(?, 2) dtype=float32>",
    'str(tf.placeholder(tf.int32, name="i"))': 'Tensor("i:0", dtype=int32)',
    'repr(tf.placeholder(tf.int32, name="i"))': "<tf.Tensor 'i:0' shape=<unknown> dtype=int32>",
    "[x.set_shape([4, None]), x.shape.as_list()]": "[None, [4, 3]]",
    "x.set_shape([4])": "ValueError: Shapes must be equal rank, but are 2 and 1",
    "x.set_shape([None, 4])": "ValueError: Dimension 1 in both shapes must be equal, but are 3 and 4",
    "[y == y, y == x, y != x, {y: 1}[y], y in [x, y]]": "[True, False, True, 1, True]",
    "y.op.run()": "ValueError: Cannot execute operation using `run()`: No default session is registered",
    "y.eval()": "ValueError: Cannot evaluate tensor using `eval()`: No default session is registered",
}


def operands():
    """Operands of several types and shapes, and one of another graph."""
    with tf.Graph().as_default():
        other = tf.constant(2.0, name="other")
    return {
        "x": tf.placeholder(tf.float32, [None, 3], name="x"),
        "i": tf.placeholder(tf.int32, [3], name="i"),
        "b": tf.placeholder(tf.bool, [3], name="b"),
        "u": tf.placeholder(tf.float32, name="u"),
        "c": tf.placeholder(tf.complex64, [2], name="c"),
        "s": tf.placeholder(tf.string, [3], name="s"),
        "v": tf.Variable([1.0, 2.0, 3.0], name="v"),
        "other": other,
    }


OPERATORS = {
    "[t.name for t in (x + 1, x - 1, x * 2, x / 2, x // 2, x % 2, x ** 2, x @ x)]": "['add:0', 'sub:0', 'mul:0', 'truediv:0', 'floordiv:0', 'mod:0', 'pow:0', 'matmul:0']",
    "[t.name for t in (-x, abs(x), ~b, b & b, b | b, b ^ b, x > 1, x >= 1, x < 1, x <= 1)]": "['Neg:0', 'Abs:0', 'LogicalNot:0', 'and:0', 'or:0', 'xor:0', 'Greater:0', 'GreaterEqual:0', 'Less:0', "
    "'LessEqual:0']",
    "[(1 + x).op.inputs[0].name, (2 / x).op.inputs[0].name, (v + 1).op.inputs[0].name]": "['add/x:0', 'truediv/x:0', 'v/read:0']",
    "(i / 2).dtype": "tf.float64",
    "abs(c)": "<tf.Tensor 'Abs:0' shape=(2,) dtype=float32>",
    "1 - v": "<tf.Tensor 'sub:0' shape=(3,) dtype=float32>",
    "u + x": "<tf.Tensor 'add:0' shape=<unknown> dtype=float32>",
    "x + tf.ones([5, 3])": "<tf.Tensor 'add:0' shape=(5, 3) dtype=float32>",
    "x + tf.ones([4])": "ValueError: Dimensions must be equal, but are 3 and 4 for 'add' (op: 'AddV2') with input shapes: [?,3], [4]",
    "x + i": "TypeError: Input 'y' of 'AddV2' Op has type int32 that does not match type float32 of argument 'x'",
    'x + "a"': "TypeError: Input 'y' of 'AddV2' Op has type string that does not match type float32 of argument 'x'",
    "x + None": "ValueError: None values not supported",
    "x + 1j": "TypeError: Input 'y' of 'AddV2' Op has type complex128 that does not match type float32 of argument 'x'",
    "x + other": 'ValueError: Tensor("other:0", shape=(), dtype=float32) must be from the same graph as Tensor("x:0", '
    "shape=(?, 3), dtype=float32)",
    "other + x": 'ValueError: Tensor("x:0", shape=(?, 3), dtype=float32) must be from the same graph as Tensor("other:0", '
    "shape=(), dtype=float32)",
    "tf.add_n([x, other])": 'ValueError: Tensor("other:0", shape=(), dtype=float32) must be from the same graph as Tensor("x:0", '
    "shape=(?, 3), dtype=float32)",
    "tf.stack([other, x])": 'ValueError: Tensor("x:0", shape=(?, 3), dtype=float32) must be from the same graph as Tensor("other:0", '
    "shape=(), dtype=float32)",
    "tf.identity(other)": "<tf.Tensor 'Identity:0' shape=() dtype=float32>",
    "i + 1.5": "TypeError: Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of argument 'x'",
    "b - b": "TypeError: Value passed to parameter 'x' has DataType bool not in list of allowed values: bfloat16, float16, "
    "float32, float64, uint8, int8, uint16, int16, int32, int64, complex64, complex128",
    "x & x": "TypeError: Input 'x' of 'LogicalAnd' Op has type float32 that does not match expected type of bool",
    "~x": "TypeError: Input 'x' of 'LogicalNot' Op has type float32 that does not match expected type of bool",
    "c > c": "TypeError: Value passed to parameter 'x' has DataType complex64 not in list of allowed values: float32, "
    "float64, int32, uint8, int16, int8, int64, bfloat16, uint16, float16, uint32, uint64",
    "x // tf.constant(2)": "TypeError: Input 'y' of 'FloorDiv' Op has type int32 that does not match type float32 of argument 'x'",
    's + "a"': "<tf.Tensor 'add:0' shape=(3,) dtype=string>",
    "x[0]": "<tf.Tensor 'strided_slice:0' shape=(3,) dtype=float32>",
    "x[:, 0]": "<tf.Tensor 'strided_slice:0' shape=(?,) dtype=float32>",
    "x[..., 1:]": "<tf.Tensor 'strided_slice:0' shape=(?, 2) dtype=float32>",
    "x[1:, tf.newaxis]": "<tf.Tensor 'strided_slice:0' shape=(?, 1, 3) dtype=float32>",
    "u[0:2]": "<tf.Tensor 'strided_slice:0' shape=<unknown> dtype=float32>",
    "v[1].name": "strided_slice:0",
    "x[[0, 1]]": "<tf.Tensor 'strided_slice:0' shape=() dtype=float32>",
    "x[0.5]": "TypeError: Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
    "tensors are valid indices, got 0.5",
    'x["a"]': "TypeError: Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
    "tensors are valid indices, got 'a'",
    "x[x]": "TypeError: Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
    "tensors are valid indices, got <tf.Tensor 'x:0' shape=(?, 3) dtype=float32>",
    "x[tf.constant([0, 1])]": "TypeError: Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 "
    "tensors are valid indices, got <tf.Tensor 'Const:0' shape=(2,) dtype=int32>",
    "x[0, 0, 0]": "ValueError: Index out of range using input dim 2; input has only 2 dims for 'strided_slice' (op: "
    "'StridedSlice') with input shapes: [?,3], [3], [3], [3] and with computed input tensors: input[3] = <1 1 1>",
    "x[..., ..., 0]": "ValueError: Multiple ellipses in slice spec not allowed for 'strided_slice' (op: 'StridedSlice') with input "
    "shapes: [?,3], [3], [3], [3] and with computed input tensors: input[3] = <1 1 1>",
    "x[:, 5]": "ValueError: slice index 5 of dimension 1 out of bounds",
    "x[0:2:0]": "ValueError: strides[0] must be non-zero for 'strided_slice' (op: 'StridedSlice') with input shapes: [?,3], "
    "[1], [1], [1] and with computed input tensors: input[3] = <0>",
    "bool(x)": "TypeError: using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution",
    "not x": "TypeError: using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution",
    "x and x": "TypeError: using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution",
    "1 < x < 2": "TypeError: using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution",
    "min(x, x)": "TypeError: using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution",
    "bool(v)": True,
    "list(x)": "TypeError: iterating over `tf.Tensor` is not allowed in Graph execution",
    "list(v)": "TypeError: 'Variable' object is not iterable",
    "len(x)": "TypeError: len is not well defined for symbolic Tensors",
    "np.array(x)": "NotImplementedError: Cannot convert a symbolic Tensor (x:0) to a numpy array",
    "np.sum(x)": "NotImplementedError: Cannot convert a symbolic Tensor (x:0) to a numpy array",
    "x == 1": False,
}


def arrays():
    """Known operands."""
    return {
        "x": tf.constant([[1.0, -2.0, 3.0], [4.0, 5.0, 6.0]]),
        "i": tf.constant([7, -7]),
        "b": tf.constant([True, False]),
        "run": run,
    }


VALUES = {
    "run([1 - x, [1.0, 2.0, 3.0] * x, np.float32([1, 2, 3]) - x])": "[[[0.0, 3.0, -2.0], [-3.0, -4.0, -5.0]], [[1.0, -4.0, 9.0], [4.0, 10.0, 18.0]], [[0.0, 4.0, 0.0], [-3.0, "
    "-3.0, -3.0]]]",
    "run([2 / tf.constant([4.0]), 2 ** tf.constant([3.0])])": "[[0.5], [8.0]]",
    "run([i / 2, i // 2, i % 4, 15 // i, 15 % i])": "[[3.5, -3.5], [3, -4], [3, 1], [2, -3], [1, -6]]",
    "run([~b, b & True, True | b, b ^ True, True & b])": "[[False, True], [True, False], [True, True], [False, True], [True, False]]",
    "run([x > 2, 2 >= x, x < [1.0, 0.0, 9.0], x <= 1])": "[[[False, False, True], [True, True, True]], [[True, True, False], [False, False, False]], [[False, True, "
    "True], [False, False, True]], [[True, True, False], [False, False, False]]]",
    "run([x @ tf.ones([3, 1]), [[1.0, 1.0]] @ x])": "[[[2.0], [15.0]], [[5.0, 3.0, 9.0]]]",
    "run([x[0], x[-1, 1], x[:, 1:], x[..., 0], x[::-1], x[:, ::-2]])": "[[1.0, -2.0, 3.0], 5.0, [[-2.0, 3.0], [5.0, 6.0]], [1.0, 4.0], [[4.0, 5.0, 6.0], [1.0, -2.0, 3.0]], [[3.0, "
    "1.0], [6.0, 4.0]]]",
    "run([x[tf.newaxis, 0], tf.shape(x[None, ..., None]), x[tf.constant(1)], x[i[0] - 6, :2]])": "[[[1.0, -2.0, 3.0]], [1, 2, 3, 1], [4.0, 5.0, 6.0], [4.0, 5.0]]",
}

CONVERSIONS = {
    'tf.convert_to_tensor([1, 2.5], name="n")': "<tf.Tensor 'n:0' shape=(2,) dtype=float32>",
    "tf.convert_to_tensor([1, 2.5], tf.int32)": "TypeError: Expected int32, got 2.5 of type 'float' instead",
    "tf.convert_to_tensor(1, preferred_dtype=tf.float32)": "<tf.Tensor 'Const:0' shape=() dtype=float32>",
    "tf.convert_to_tensor(1.5, dtype_hint=tf.int32)": "<tf.Tensor 'Const:0' shape=() dtype=float32>",
    "tf.convert_to_tensor(x, tf.int32)": "ValueError: Tensor conversion requested dtype int32 for Tensor with dtype float32: <tf.Tensor 'x:0' "
    "shape=(?, 3) dtype=float32>",
    "tf.convert_to_tensor(v, tf.int32)": "ValueError: Incompatible type conversion requested to type 'int32' for variable of type 'float32_ref'",
    "tf.convert_to_tensor(v)": "<tf.Tensor 'v/read:0' shape=(3,) dtype=float32>",
    "tf.convert_to_tensor(v.initializer)": "TypeError: Can't convert Operation 'v/Assign' to Tensor (target dtype=None, name=None, as_ref=False)",
    "tf.convert_to_tensor(None)": "ValueError: None values not supported",
    "tf.convert_to_tensor({1: 2})": "TypeError: Failed to convert object of type <class 'dict'> to Tensor",
    'tf.convert_to_tensor([1, "a"])': "TypeError: Failed to convert object of type <class 'list'> to Tensor",
    "tf.convert_to_tensor([[1], [2, 3]])": "ValueError: Argument must be a dense tensor: [[1], [2, 3]] - got shape [2], but wanted [2, 1]",
    "tf.convert_to_tensor([x, x])": "<tf.Tensor 'packed:0' shape=(2, ?, 3) dtype=float32>",
    "tf.convert_to_tensor([x, 1.0])": "ValueError: Shapes must be equal rank, but are 2 and 0",
    "tf.convert_to_tensor([tf.constant(1), 1.5])": "TypeError: Expected int32, got 1.5 of type 'float' instead",
    "tf.convert_to_tensor(tf.TensorShape([2, 3]))": "<tf.Tensor 'shape_as_tensor:0' shape=(2,) dtype=int32>",
    "tf.convert_to_tensor(tf.TensorShape([2, None]))": "ValueError: Cannot convert a partially known TensorShape to a Tensor: (2, ?)",
    "tf.convert_to_tensor(tf.TensorShape([2]), tf.float32)": "TypeError: Cannot convert a TensorShape to dtype: <dtype: 'float32'>",
    "tf.convert_to_tensor(tf.Dimension(3))": "<tf.Tensor 'shape_as_tensor:0' shape=() dtype=int32>",
    "tf.convert_to_tensor(tf.Dimension(None))": "ValueError: Cannot convert an unknown Dimension to a Tensor: ?",
}


@pytest.mark.parametrize("expression", PROPERTIES)
def test_property(expression):
    assert answer(expression, small()) == PROPERTIES[expression]


@pytest.mark.parametrize("expression", OPERATORS)
def test_operator(expression):
    assert answer(expression, operands()) == OPERATORS[expression]


@pytest.mark.parametrize("expression", VALUES)
def test_operator_value(expression):
    assert answer(expression, arrays()) == VALUES[expression]


@pytest.mark.parametrize("expression", CONVERSIONS)
def test_conversion(expression):
    assert answer(expression, operands()) == CONVERSIONS[expression]


def test_a_conversion_function_is_found_by_type_and_priority():
    class Celsius:
        """A temperature."""

        degrees = 21.0

    class Warm(Celsius):
        """Converted as its base is."""

    def convert(offset):
        return lambda value, dtype=None, name=None, as_ref=False: (
            tf.constant(value.degrees + offset, dtype, name=name) if dtype != tf.int32 else NotImplemented
        )

    tf.register_tensor_conversion_function(Celsius, convert(1.0), priority=90)
    tf.register_tensor_conversion_function(Celsius, convert(5.0))
    assert run([tf.constant(1.0) + Warm(), tf.add(Celsius(), 1.0)]) == [23.0, 23.0]
    assert answer(lambda: tf.register_tensor_conversion_function(3, convert(0.0))) == (
        "TypeError: base_type must be a type or a tuple of types"
    )
    assert answer(lambda: tf.register_tensor_conversion_function(Celsius, 3)) == (
        "TypeError: conversion_func must be callable"
    )


def test_the_nodes_of_an_index():
    tf.placeholder(tf.float32, [4, 3], name="x")[1:, 0]
    assert nodes()[1:] == [
        "Const strided_slice/stack()",
        "Const strided_slice/stack_1()",
        "Const strided_slice/stack_2()",
        "StridedSlice strided_slice(x:0, strided_slice/stack:0, strided_slice/stack_1:0, strided_slice/stack_2:0)",
    ]


@pytest.mark.parametrize(
    "key",
    [
        0,
        -1,
        slice(1, None),
        slice(None, None, -1),
        (slice(None), 1),
        (Ellipsis, 1),
        (0, Ellipsis, slice(0, 2)),
        (None, 1),
        (slice(3, 0, -2), slice(None), 1),
        slice(5, 9),
    ],
)
def test_indexing_is_that_of_numpy(key):
    array = np.arange(24.0, dtype=np.float32).reshape(4, 2, 3)
    tensor = tf.constant(array)[key]
    assert tensor.shape.as_list() == list(array[key].shape)
    assert np.array_equal(tf.Session().run(tensor), array[key])


def test_eval_and_run_use_the_default_session():
    v = tf.Variable(3.0)
    with tf.Session() as sess:
        v.initializer.run()
        assert v.eval() == 3.0 and (v + 1.0).eval(session=sess) == 4.0 and v.op.outputs[0].eval({v: 5.0}) == 5.0
    with tf.Graph().as_default(), tf.Session() as other:
        ending = "'s graph is different from the session's graph"
        assert answer(v.value().eval) == (
            "ValueError: Cannot use the default session to evaluate tensor: the tensor" + ending
        )
        assert answer(lambda: v.initializer.run(session=other)) == (
            "ValueError: Cannot use the given session to execute operation: the operation" + ending
        )


def test_nodes_made_by_one_call_share_a_trace():
    first, second = [tf.constant(1.0).op for _ in range(2)]
    other = tf.constant(1.0).op
    assert first.where is second.where and first.where != other.where
    assert first.where[0][1] == other.where[0][1] - 1


def test_a_cell_that_runs_again_has_a_trace_of_its_own():
    made = {"tf": tf}
    wheres = []
    for _ in range(2):
        exec(compile("op = tf.constant(1.0).op", "In[1]", "exec"), made)
        wheres.append(made["op"].where)
    assert wheres[0][0] == wheres[1][0] and wheres[0][0][0] is not wheres[1][0][0]


def test_a_definition_without_fields_is_one_object():
    a, b = tf.tanh(1.0).op, tf.tanh(2.0).op
    assert a.op_def is b.op_def and type(a.op_def)() is a.op_def
    with pytest.raises(TypeError, match="Tanh has the fields"):
        type(a.op_def)(3)


@pytest.mark.parametrize(
    "make, wanted",
    [
        (lambda x: x + x, ([("x", "T"), ("y", "T")], 1)),
        (lambda x: tf.matmul(x, x), ([("a", "T"), ("b", "T")], 1)),
        (lambda x: tf.concat([x, x], 0), ([("values", "T"), ("axis", "Tidx")], 1)),
        (lambda x: tf.unique([1, 2])[0], ([("x", "T")], 2)),
        (lambda x: tf.Variable(1.0), ([], 1)),
        (lambda x: tf.split(x, 2, 1)[0], ([("split_dim", ""), ("value", "T")], 1)),
    ],
)
def test_the_arguments_of_a_definition(make, wanted):
    """Recorded from TensorFlow 1.15.5."""
    found = make(tf.ones([2, 2])).op.op_def
    assert ([(arg.name, arg.type_attr) for arg in found.input_arg], len(found.output_arg)) == wanted


def test_an_attribute_of_several_values_is_a_list():
    """Recorded from TensorFlow 1.15.5."""
    y = tf.nn.conv2d(tf.ones([1, 3, 3, 1]), tf.ones([2, 2, 1, 1]), [1, 1, 1, 1], "SAME")
    found = [y.op.get_attr(name) for name in ("strides", "dilations", "explicit_paddings", "padding")]
    assert repr(found) == "[[1, 1, 1, 1], [1, 1, 1, 1], [], b'SAME']"


@pytest.mark.parametrize(
    "attribute", ["name", "type", "graph", "inputs", "outputs", "op_def", "control_inputs", "device"]
)
def test_an_operation_is_not_changed_by_assignment(attribute):
    op = tf.add(1.0, 2.0).op
    before = getattr(op, attribute)
    with pytest.raises(AttributeError):
        setattr(op, attribute, None)
    assert getattr(op, attribute) == before


@pytest.mark.parametrize("attribute", ["op", "value_index", "dtype", "name", "graph", "shape"])
def test_a_tensor_is_not_changed_by_assignment(attribute):
    tensor = tf.add(1.0, 2.0)
    with pytest.raises(AttributeError):
        setattr(tensor, attribute, None)


def test_fields_are_found_however_python_keeps_annotations():
    """Python 3.14 evaluates the annotations of a module that does not import them as text when they are asked for."""
    text = "class Scale(OpDef):\n    by: float = 2.0\n    mode_: str = ''\n    inputs = ('x',)\nclass Twice(Scale):\n    pass\n"
    made = {"OpDef": OpDef, "__name__": __name__}
    exec(compile(text, "test", "exec", dont_inherit=True), made)
    for kind in (made["Scale"], made["Twice"]):
        assert (kind.fields, kind.float_fields) == ({"by": "by", "mode": "mode_"}, ("by",))
