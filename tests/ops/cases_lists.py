"""Cases of the operations on lists of tensors, and of `TensorArray` and the loops over rows, which are made of them."""

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.ops import namespace

X = np.array([[0.5, -1.2], [1.5, 0.3], [-0.7, 0.9]], np.float32)
Y = np.array([[2.0, 1.0], [0.4, -0.6], [1.1, 0.2]], np.float32)
V = np.array([0.5, -1.2, 1.5], np.float32)


def array_of(x, size=3, **options):
    return tf.TensorArray(tf.as_dtype(x.dtype), size, **options)


def written(x):
    array = array_of(x)
    for i in range(3):
        array = array.write(i, x[i] * x[i])
    return array


def written_twice(x, y):
    return array_of(x).unstack(x).write(1, y[0] * y[1]).stack()


def read_twice(x):
    array = array_of(x).unstack(x * x)
    return array.read(0) * array.read(2) + array.read(0)


def grown(x):
    array = array_of(x, 0, dynamic_size=True)
    return array.write(0, x[0] ** 2).write(2, x[1] ** 3).write(1, x[2]).stack()


def gathered(x):
    return array_of(x).unstack(x * x).gather([2, 0, 2])


def scattered(x, y):
    return array_of(x).unstack(y * y).scatter([2, 0], x[:2] * x[1:]).stack()


def scattered_anew(x):
    made = namespace.tensor_list_scatter_new(x * x, [2, 0, 1], [2])
    return namespace.tensor_list_stack(made, x.dtype, element_shape=[2])


def split(x):
    array = array_of(x, 2, infer_shape=False).split(x * x, [1, 2])
    return array.read(1)[0] * array.read(0)[0]


def joined(x, y):
    array = array_of(x, 2, infer_shape=False).write(0, x[:1] * y[:1]).write(1, y * y)
    return array.concat() ** 2


def split_and_joined(x):
    array = array_of(x, 2, infer_shape=False).split(x * x, [1, 2])
    return array.concat()


def pushed(x, y):
    stack = namespace.empty_tensor_list([2], x.dtype)
    stack = namespace.tensor_list_push_back(stack, x[0] * y[0])
    stack = namespace.tensor_list_push_back(stack, x[1] * y[1] * y[1])
    rest, last = namespace.tensor_list_pop_back(stack, x.dtype, [2])
    return namespace.tensor_list_stack(rest, x.dtype, element_shape=[2])[0] * last


def resized(x):
    longer = namespace.tensor_list_resize(namespace.tensor_list_from_tensor(x * x, [2]), 4)
    shorter = namespace.tensor_list_resize(longer, 2)
    return namespace.tensor_list_stack(longer, x.dtype)[:3] + namespace.tensor_list_stack(shorter, x.dtype)[1]


def resized_expected(x):
    return x * x + x[1] ** 2


def in_branch(x):
    array = array_of(x).unstack(x * x)
    array = tf.cond(
        tf.reduce_sum(x) > 0.0, lambda: array.write(0, x[1] * x[2]), lambda: array.write(1, array.read(0) ** 2)
    )
    return array.stack()


def running_products(x):
    """Each element is a product of the one before: the loop reads what it has written."""
    array = array_of(x).write(0, x[0])
    _, array = tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a.write(i, a.read(i - 1) * x[i])), [1, array])
    return array.stack()


def loop_over_arrays(x, y):
    rows = array_of(x).unstack(x)

    def step(i, array, state):
        state = tf.tanh(state + rows.read(i) * y[1])
        return i + 1, array.write(i, state * state), state

    _, array, state = tf.while_loop(lambda i, *_: i < 3, step, [0, array_of(x), y[0]])
    return array.stack() + state


def loop_over_arrays_expected(x, y):
    state, found = y[0], []
    for row in x:
        state = np.tanh(state + row * y[1])
        found.append(state * state)
    return np.array(found) + state


def map_in_map(x):
    return tf.map_fn(lambda row: tf.map_fn(lambda v: v * v * row[0], row), x)


def scan_expected(x):
    found = [x[0]]
    for row in x[1:]:
        found.append(np.sin(found[-1]) * row)
    return np.array(found)


def reversed_expected(x, y):
    found, a = [], y[0]
    for row in x[::-1]:
        a = a * row + row
        found.insert(0, a)
    return np.array(found)


CASES = [
    Case("TensorListSetItem", lambda x: written(x).stack(), (X,), expected=np.square, also=("TensorListReserve",)),
    Case(
        "TensorListSetItem",
        written_twice,
        (X, Y),
        name="twice",
        expected=lambda x, y: np.array([x[0], y[0] * y[1], x[2]]),
    ),
    Case("TensorListGetItem", read_twice, (X,), expected=lambda x: x[0] ** 2 * x[2] ** 2 + x[0] ** 2, hide=False),
    Case(
        "TensorListStack",
        lambda x: array_of(x).unstack(x * x).stack(),
        (X,),
        expected=np.square,
        also=("TensorListFromTensor",),
    ),
    Case("TensorListStack", lambda x: array_of(x).unstack(x).stack(), (V,), name="numbers", expected=lambda x: x),
    Case("TensorListResize", grown, (X,), name="grown", expected=lambda x: np.array([x[0] ** 2, x[2], x[1] ** 3])),
    Case("TensorListResize", resized, (X,), expected=resized_expected, hide=False),
    Case("TensorListGather", gathered, (X,), expected=lambda x: (x * x)[[2, 0, 2]], also=("TensorListScatterAdd",)),
    Case(
        "TensorListScatterIntoExistingList",
        scattered,
        (X, Y),
        expected=lambda x, y: np.array([x[1] * x[2], y[1] ** 2, x[0] * x[1]]),
        hide=False,
    ),
    Case("TensorListScatterV2", scattered_anew, (X,), expected=lambda x: (x * x)[[1, 2, 0]], hide=False),
    Case("TensorListSplit", split, (X,), expected=lambda x: x[1] ** 2 * x[0] ** 2, hide=False),
    Case(
        "TensorListConcatV2",
        joined,
        (X, Y),
        expected=lambda x, y: np.concatenate([x[:1] * y[:1], y * y]) ** 2,
        hide=False,
    ),
    Case("TensorListConcatV2", split_and_joined, (X,), name="split", expected=np.square, hide=False),
    Case(
        "TensorListPopBack",
        pushed,
        (X, Y),
        expected=lambda x, y: x[0] * y[0] * x[1] * y[1] ** 2,
        also=("EmptyTensorList", "TensorListPushBack"),
        hide=False,
    ),
    Case("TensorListLength", lambda x: array_of(x).unstack(x).size(), (X,), expected=np.int32(3), grad_order=0),
    Case(
        "TensorListElementShape",
        lambda x: namespace.tensor_list_element_shape(array_of(x, element_shape=[None, 2]).flow, tf.int64),
        (X,),
        expected=np.array([-1, 2], np.int64),
        grad_order=0,
    ),
    Case(
        "StatelessIf",
        in_branch,
        (X,),
        name="array",
        expected=lambda x: np.array([x[1] * x[2], x[1] ** 2, x[2] ** 2]),
        hide=False,
    ),
    Case(
        "StatelessIf",
        in_branch,
        (-X,),
        name="array-else",
        expected=lambda x: np.array([x[0] ** 2, x[0] ** 4, x[2] ** 2]),
        hide=False,
    ),
    Case("While", running_products, (X,), name="array", expected=lambda x: np.cumprod(x, 0), hide=False),
    Case("While", loop_over_arrays, (X, Y), name="arrays", expected=loop_over_arrays_expected, hide=False),
    Case("While", lambda x: tf.map_fn(lambda row: row * row, x), (X,), name="map", expected=np.square),
    Case("While", map_in_map, (X,), name="map-in-map", expected=lambda x: x * x * x[:, :1]),
    Case(
        "While",
        lambda x, y: tf.map_fn(lambda rows: (rows[0] * rows[1], tf.reduce_sum(rows[1] ** 2)), (x, y)),
        (X, Y),
        name="map-pair",
        expected=lambda x, y: [x * y, (y * y).sum(1)],
    ),
    Case(
        "While",
        lambda x: tf.map_fn(lambda v: (v, tf.cast(v, tf.int32)), x, (x.dtype, tf.int32)),
        (V * 4,),
        name="map-types",
        expected=lambda x: [x, x.astype(np.int32)],
        grad_order=0,
    ),
    Case("While", lambda x: tf.scan(lambda a, row: tf.sin(a) * row, x), (X,), name="scan", expected=scan_expected),
    Case(
        "While",
        lambda x, y: tf.scan(lambda a, row: a * row + row, x, y[0], reverse=True),
        (X, Y),
        name="scan-reverse",
        expected=reversed_expected,
        hide=False,
    ),
    Case(
        "While",
        lambda x: tf.foldl(lambda a, row: a * row + a, x),
        (X,),
        name="foldl",
        expected=lambda x: x[0] * (1 + x[1]) * (1 + x[2]),
    ),
    Case(
        "While",
        lambda x: tf.foldr(lambda a, row: a * row + a, x),
        (X,),
        name="foldr",
        expected=lambda x: x[2] * (1 + x[1]) * (1 + x[0]),
    ),
    Case(
        "While",
        lambda x, y: tf.foldr(lambda a, row: a * row + row * row, x, y[0]),
        (X, Y),
        name="foldr-start",
        expected=lambda x, y: ((y[0] * x[2] + x[2] ** 2) * x[1] + x[1] ** 2) * x[0] + x[0] ** 2,
        hide=False,
    ),
]
