"""Cases: shapes, joining, slicing, gathering, padding, sequences."""

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.ops.arrays import concat, pad, shape_ops, size_ops, slices, stop_gradient, transpose
from minigraph.ops.control import group
from minigraph.ops.rows import dynamic_partition
from minigraph.ops.rows.sparse_dense_add import sparse_tensor_dense_add

X = np.arange(6, dtype=np.float32).reshape(2, 3) / 4 - 0.5
Y = np.array([[1.5, -0.25, 2.0]], np.float32)
CUBE = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8 - 1
V = np.array([0.5, -1.0, 2.0, 0.25], np.float32)
N = np.array([[5, 3, 5], [1, 3, 9]], np.int32)
Z = np.array([[1 + 2j, 3 - 1j]], np.complex64)
WORDS = np.array([b"one", b"two"], object)
MASK = np.array([True, False, True])


def reversed_rows(x):
    """Return both slices with the order of their rows reversed: of all 3, and of the first 2."""
    return np.stack([x[0, ::-1], x[1, [1, 0, 2]]])


def scattered(shape, indices, updates):
    """Zeros with `updates` added at `indices`, by plain numpy."""
    result = np.zeros(shape, updates.dtype)
    np.add.at(result, tuple(np.moveaxis(np.asarray(indices), -1, 0)), updates)
    return result


SHAPES = [
    Case("Const", lambda: tf.constant([[1, 2], [3, 4]], tf.int64), (), np.array([[1, 2], [3, 4]])),
    Case("Const", lambda: tf.constant(7.0, shape=[2, 2]), (), np.full((2, 2), 7, np.float32), name="repeated"),
    Case("Const", lambda: tf.constant(["a", b"b"]), (), np.array([b"a", b"b"], object), name="strings"),
    Case("Placeholder", tf.identity, (X,), X, also=("Identity",)),
    Case("PlaceholderWithDefault", lambda x: tf.placeholder_with_default(x, [None, 3]), (X,), X, hide=False),
    Case("Identity", tf.identity, (X,), X),
    Case("Identity", tf.identity, (WORDS,), WORDS, name="strings"),
    Case("IdentityN", lambda x, n: tf.identity_n([x, n]), (X, N), [X, N]),
    Case("StopGradient", tf.stop_gradient, (X,), X, grad_order=0),
    Case("PreventGradient", lambda x: stop_gradient.prevent_gradient(x, "why"), (X,), X, grad_order=0),
    Case("EnsureShape", lambda x: tf.ensure_shape(x, [None, 3]), (X,), X),
    Case(
        "Shape", lambda x: shape_ops.shape_internal(x, optimize=False), (X,), np.array([2, 3], np.int32), grad_order=0
    ),
    Case("Const", lambda x: tf.shape(x, out_type=tf.int64), (X,), np.array([2, 3]), name="shape", grad_order=0),
    Case("Const", tf.shape, (np.float32(1),), np.zeros(0, np.int32), name="shape of a scalar", grad_order=0),
    Case(
        "ShapeN",
        lambda x, y: tf.shape_n([x, y]),
        (X, V),
        [np.array([2, 3], np.int32), np.array([4], np.int32)],
        grad_order=0,
    ),
    Case("Rank", lambda x: size_ops.rank_internal(x, optimize=False), (CUBE,), np.int32(3), grad_order=0),
    Case("Size", lambda x: size_ops.size_internal(x, optimize=False), (CUBE,), np.int32(24), grad_order=0),
    Case("Reshape", lambda x: tf.reshape(x, [3, -1]), (X,), X.reshape(3, 2)),
    Case("Reshape", lambda x: tf.reshape(x, []), (np.array([[2.0]], np.float32),), np.float32(2), name="to scalar"),
    Case(
        "Reshape", lambda x: tf.reshape(x, [-1]), (np.zeros((0, 3), np.float32),), np.zeros(0, np.float32), name="empty"
    ),
    Case("ExpandDims", lambda x: tf.expand_dims(x, 1), (X,), X[:, None]),
    Case("ExpandDims", lambda x: tf.expand_dims(x, -1), (X,), X[..., None], name="last"),
    Case("Squeeze", tf.squeeze, (CUBE.reshape(1, 6, 1, 4),), CUBE.reshape(6, 4)),
    Case("Squeeze", lambda x: tf.squeeze(x, [-2]), (CUBE.reshape(1, 6, 1, 4),), CUBE.reshape(1, 6, 4), name="axis"),
    Case("Transpose", tf.transpose, (CUBE,), CUBE.T),
    Case("Transpose", lambda x: tf.transpose(x, [1, 0, 2]), (CUBE,), CUBE.transpose(1, 0, 2), name="order"),
    Case("Transpose", tf.matrix_transpose, (CUBE,), CUBE.transpose(0, 2, 1), name="of matrices"),
    Case("ConjugateTranspose", lambda x: tf.transpose(x, conjugate=True), (Z,), Z.conj().T),
    Case(
        "InvertPermutation",
        lambda x: apply(transpose.InvertPermutation(), x),
        (np.array([2, 0, 1], np.int32),),
        np.array([1, 2, 0], np.int32),
    ),
    Case("NoOp", lambda: group.no_op()),
]

FILLS = [
    Case("Fill", lambda x: tf.fill([2, 3], x), (np.float32(1.5),), np.full((2, 3), 1.5)),
    Case("Fill", lambda d: tf.fill(d, True), (np.array([2, 0], np.int32),), np.ones((2, 0), bool), name="of any size"),
    Case("ZerosLike", lambda x: tf.zeros_like(x, optimize=False), (X,), np.zeros_like(X)),
    Case("Const", tf.zeros_like, (N,), np.zeros_like(N), name="zeros_like", hide=False),
    Case("Fill", tf.ones_like, (X,), np.ones_like(X), name="ones_like", grad_order=0),
    Case("Const", lambda: tf.zeros([2, 2], tf.bool), (), np.zeros((2, 2), bool), name="zeros"),
    Case("Fill", lambda n: tf.ones([n, 2]), (np.int32(3),), np.ones((3, 2), np.float32), name="ones"),
    Case("Range", lambda n: tf.range(n), (np.int32(4),), np.arange(4, dtype=np.int32)),
    Case(
        "Range",
        lambda a, b: tf.range(a, b, -2),
        (np.int32(9), np.int32(2)),
        np.arange(9, 2, -2, dtype=np.int32),
        name="backwards",
    ),
    Case(
        "Range",
        lambda a: tf.range(a, 2.0, 0.5),
        (np.float32(0.25),),
        np.arange(0.25, 2, 0.5, np.float32),
        name="floats",
        grad_order=0,
    ),
    Case(
        "LinSpace",
        lambda a, b: tf.linspace(a, b, 5),
        (np.float32(1), np.float32(3)),
        np.linspace(1, 3, 5),
        grad_order=0,
    ),
    Case(
        "LinSpace",
        lambda a, b: tf.lin_space(a, b, 1),
        (np.float32(1), np.float32(3)),
        np.array([1.0]),
        grad_order=0,
        name="one",
    ),
]

JOINS = [
    Case("ConcatV2", lambda x, y: tf.concat([x, y], 0), (X, Y), np.concatenate([X, Y])),
    Case("ConcatV2", lambda x, y: tf.concat([x, y, x], -1), (X, X * 2), np.concatenate([X, X * 2, X], -1), name="last"),
    Case("ConcatV2", lambda x: tf.concat([x, tf.zeros([0, 3], x.dtype)], 0), (X,), X, name="with empty"),
    Case("Identity", lambda x: tf.concat(x, 0), (X,), X, name="concat of one"),
    Case(
        "ConcatOffset",
        lambda a, b: apply(concat.ConcatOffset(), np.int32(0), a, b),
        (np.array([2, 3], np.int32), np.array([1, 3], np.int32)),
        [np.array([0, 0], np.int32), np.array([2, 0], np.int32)],
    ),
    Case("Pack", lambda x, y: tf.stack([x, y]), (X, X + 1), np.stack([X, X + 1]), also=("Unpack",)),
    Case("Pack", lambda x, y: tf.stack([x, y], axis=-1), (X, X + 1), np.stack([X, X + 1], -1), name="last"),
    Case(
        "ParallelConcat",
        lambda x, y: tf.parallel_stack([x, y]),
        (X, X + 1),
        np.stack([X, X + 1]),
        hide=False,
        grad_order=0,
    ),
    Case("Unpack", lambda x: tf.unstack(x), (X,), list(X), hide=False, also=("Pack",)),
    Case("Unpack", lambda x: tf.unstack(x, 3, axis=1), (X,), list(X.T), name="axis"),
    Case("Split", lambda x: tf.split(x, 3, axis=1), (X,), np.split(X, 3, 1)),
    Case("Split", lambda x: tf.split(x, 2), (X,), np.split(X, 2), name="rows"),
    Case("SplitV", lambda x: tf.split(x, [1, 2], axis=1), (X,), [X[:, :1], X[:, 1:]]),
    Case("SplitV", lambda x: tf.split(x, [1, -1], axis=-1), (CUBE,), [CUBE[..., :1], CUBE[..., 1:]], name="the rest"),
    Case("Mul", lambda x, y: tf.meshgrid(x, y), (V, Y[0]), lambda x, y: np.meshgrid(x, y), name="meshgrid"),
    Case(
        "Mul",
        lambda x, y: tf.meshgrid(x, y, indexing="ij"),
        (V, Y[0]),
        lambda x, y: np.meshgrid(x, y, indexing="ij"),
        name="meshgrid by rows",
    ),
    Case("Tile", lambda x: tf.tile(x, [2, 1]), (X,), np.tile(X, (2, 1))),
    Case("Tile", lambda x: tf.tile(x, [1, 3, 2]), (CUBE,), np.tile(CUBE, (1, 3, 2)), name="two axes"),
    Case("Pad", lambda x: tf.pad(x, [[1, 0], [0, 2]]), (X,), np.pad(X, ((1, 0), (0, 2)))),
    Case(
        "PadV2",
        lambda x: tf.pad(x, [[1, 0], [0, 2]], constant_values=5.0),
        (X,),
        np.pad(X, ((1, 0), (0, 2)), constant_values=5),
    ),
    Case(
        "MirrorPad",
        lambda x: tf.pad(x, [[1, 1], [2, 0]], "REFLECT"),
        (X,),
        np.pad(X, ((1, 1), (2, 0)), "reflect"),
        also=("MirrorPadGrad",),
    ),
    Case(
        "MirrorPad",
        lambda x: tf.pad(x, [[2, 1], [0, 3]], "SYMMETRIC"),
        (X,),
        np.pad(X, ((2, 1), (0, 3)), "symmetric"),
        name="symmetric",
        also=("MirrorPadGrad",),
    ),
    Case(
        "MirrorPadGrad",
        lambda x: apply(pad.MirrorPadGrad("SYMMETRIC"), x, [[1, 0], [0, 2]]),
        (CUBE[0],),
        np.array(
            [[CUBE[0, 0, 0] + CUBE[0, 1, 0], CUBE[0, 0, 1] + CUBE[0, 1, 1]], [CUBE[0, 2, 0], CUBE[0, 2, 1]]], np.float32
        )
        + np.array(
            [[CUBE[0, 0, 3] + CUBE[0, 1, 3], CUBE[0, 0, 2] + CUBE[0, 1, 2]], [CUBE[0, 2, 3], CUBE[0, 2, 2]]], np.float32
        ),
    ),
]

SLICES = [
    Case("Slice", lambda x: tf.slice(x, [0, 1, 0], [2, -1, 3]), (CUBE,), CUBE[:, 1:, :3]),
    Case("StridedSlice", lambda x: x[1], (CUBE,), CUBE[1], also=("StridedSliceGrad",)),
    Case("StridedSlice", lambda x: x[:, ::-1, 1:-1], (CUBE,), CUBE[:, ::-1, 1:-1], name="steps"),
    Case("StridedSlice", lambda x: x[..., tf.newaxis, 2], (CUBE,), CUBE[..., None, 2], name="ellipsis, new axis"),
    Case("StridedSlice", lambda x: x[5:], (X,), X[5:], name="nothing"),
    Case("StridedSlice", lambda x, i: x[i, i:], (X, np.int32(1)), X[1, 1:], name="by a tensor"),
    Case("StridedSlice", lambda x: tf.strided_slice(x, [0, 0], [2, 3], [1, 2]), (X,), X[:, ::2], name="function"),
    Case(
        "StridedSlice",
        lambda x: tf.strided_slice(x, [0, 1], [9, 9], begin_mask=2, shrink_axis_mask=1),
        (X,),
        X[0],
        name="masks",
    ),
    Case(
        "StridedSliceGrad",
        lambda dy: apply(slices.StridedSliceGrad(begin_mask=1, end_mask=1), [2, 3], [0, 0], [0, 3], [1, 2], dy),
        (X[:, :2].copy(),),
        np.array([[X[0, 0], 0, X[0, 1]], [X[1, 0], 0, X[1, 1]]]),
    ),
    Case("GatherV2", lambda x: tf.boolean_mask(x, MASK, axis=1), (X,), X[:, MASK], name="boolean_mask", hide=False),
    Case(
        "GatherV2",
        lambda x, m: tf.boolean_mask(x, m),
        (V, np.array([True, False, True, True])),
        V[[0, 2, 3]],
        name="boolean_mask, fed",
        hide=False,
    ),
    Case("GatherV2", lambda x: tf.gather(x, [1, 0, 1]), (X,), X[[1, 0, 1]]),
    Case("GatherV2", lambda x, i: tf.gather(x, i, axis=1), (CUBE, N % 3), np.take(CUBE, N % 3, 1), name="axis"),
    Case("GatherV2", lambda x, i: tf.gather(x, i), (X, np.zeros(0, np.int64)), X[:0], name="none"),
    Case("GatherNd", lambda x: tf.gather_nd(x, [[0, 1], [1, 2]]), (X,), X[[0, 1], [1, 2]]),
    Case("GatherNd", lambda x: tf.gather_nd(x, [[1], [1]]), (CUBE,), CUBE[[1, 1]], name="rows"),
    Case(
        "GatherV2",
        lambda x, i: tf.batch_gather(x, i),
        (X, np.array([[2, 0], [1, 1]], np.int32)),
        np.take_along_axis(X, np.array([[2, 0], [1, 1]]), 1),
        name="batch_gather",
        hide=False,
    ),
    Case("ScatterNd", lambda u: tf.scatter_nd([[1], [3], [1]], u, [5]), (Y[0],), scattered([5], [[1], [3], [1]], Y[0])),
    Case(
        "ScatterNd",
        lambda u: tf.scatter_nd([[1, 0], [0, 2]], u, [2, 3, 4]),
        (CUBE[0, :2],),
        scattered([2, 3, 4], [[1, 0], [0, 2]], CUBE[0, :2]),
        name="rows",
    ),
    Case(
        "SparseTensorDenseAdd",
        lambda u, b: sparse_tensor_dense_add([[1, 0], [0, 2], [1, 0]], u, [2, 3], b),
        (V[:3].copy(), X[:2, :3].copy()),
        lambda u, b: b + np.array([[0, 0, u[1]], [u[0] + u[2], 0, 0]]),
    ),
    Case(
        "TensorScatterUpdate",
        lambda x, u: tf.tensor_scatter_update(x, [[0], [2]], u),
        (V, V[:2].copy()),
        np.array([0.5, -1.0, -1.0, 0.25]),
    ),
    Case(
        "TensorScatterAdd",
        lambda x, u: tf.tensor_scatter_add(x, [[0], [0]], u),
        (V, V[:2].copy()),
        np.array([0.0, -1.0, 2.0, 0.25]),
    ),
    Case(
        "TensorScatterSub",
        lambda x, u: tf.tensor_scatter_sub(x, [[0], [0]], u),
        (V, V[:2].copy()),
        np.array([1.0, -1.0, 2.0, 0.25]),
    ),
    Case("ReverseV2", lambda x: tf.reverse(x, [0, -1]), (CUBE,), CUBE[::-1, :, ::-1]),
    Case("ReverseSequence", lambda x: tf.reverse_sequence(x, [3, 2], 1), (CUBE,), reversed_rows),
    Case(
        "ReverseSequence",
        lambda x: tf.reverse_sequence(x, tf.placeholder_with_default([0, 2, 1], [None]), seq_dim=2, batch_dim=1),
        (CUBE,),
        lambda x: np.stack([x[:, 0], x[:, 1][:, [1, 0, *range(2, x.shape[2])]], x[:, 2]], 1),
        name="axes",
    ),
    Case("Select", lambda x, y: tf.where(x > 0.1, x, y), (X, X * 3), lambda x, y: np.where(x > 0.1, x, y)),
    Case("Select", lambda x, y: tf.where([True, False], x, y), (X, X * 3), np.stack([X[0], X[1] * 3]), name="rows"),
    Case("Select", lambda x, y: tf.where(True, x, y), (X, X * 3), X, name="scalar condition"),
    Case("Where", lambda x: tf.where(x), (X > 0,), np.argwhere(X > 0)),
]

INDEXING = [
    Case(
        "OneHot",
        lambda n: tf.one_hot(n, 4),
        (N,),
        np.eye(4, dtype=np.float32)[np.minimum(N, 4) % 4] * (N < 4)[..., None],
    ),
    Case(
        "OneHot",
        lambda n: tf.one_hot(n, 3, on_value=5, off_value=-1, axis=0),
        (np.array([0, 2, -1], np.int32),),
        np.array([[5, -1, -1], [-1, -1, -1], [-1, 5, -1]], np.int32),
        name="values, axis",
    ),
    Case(
        "OneHot",
        lambda n, on: tf.one_hot(n, 3, on_value=on, off_value=0.0),
        (np.array([0, 2]), np.float32(2)),
        np.array([[2, 0, 0], [0, 0, 2]], np.float32),
        name="a tensor on",
        grad_order=0,
    ),
    Case(
        "DynamicPartition",
        lambda x: tf.dynamic_partition(x, [1, 0, 1, 2], 3),
        (V,),
        [V[[1]], V[[0, 2]], V[[3]]],
        also=("DynamicStitch",),
    ),
    Case(
        "DynamicStitch",
        lambda x, y: tf.dynamic_stitch([[0, 2], [1, 2]], [x, y]),
        (X, X + 1),
        np.stack([X[0], X[0] + 1, X[1] + 1]),
        grad_order=0,
    ),
    Case(
        "ParallelDynamicStitch",
        lambda x, y: apply(dynamic_partition.ParallelDynamicStitch(), [0, 2], [1, 3], x, y),
        (X, X + 1),
        np.stack([X[0], X[0] + 1, X[1], X[1] + 1]),
    ),
    Case(
        "Unique",
        lambda n: tf.unique(n),
        (N.ravel(),),
        [np.array([5, 3, 1, 9], np.int32), np.array([0, 1, 0, 2, 1, 3], np.int32)],
    ),
    Case(
        "UniqueWithCounts",
        lambda n: tf.unique_with_counts(n),
        (N.ravel(),),
        [np.array([5, 3, 1, 9], np.int32), np.array([0, 1, 0, 2, 1, 3], np.int32), np.array([2, 2, 1, 1], np.int32)],
    ),
    Case(
        "ListDiff",
        lambda n: tf.setdiff1d(n, [3, 9]),
        (N.ravel(),),
        [np.array([5, 5, 1], np.int32), np.array([0, 2, 3], np.int32)],
    ),
    Case(
        "Less",
        lambda n: tf.sequence_mask(n, 4),
        (np.array([1, 3, 0], np.int32),),
        np.arange(4) < np.array([[1], [3], [0]]),
        name="sequence_mask",
    ),
    Case(
        "Cast",
        lambda n: tf.sequence_mask(n, dtype=tf.float32),
        (np.array([1, 2], np.int32),),
        np.array([[1, 0], [1, 1]], np.float32),
        name="sequence_mask of the longest",
    ),
]

CASES = SHAPES + FILLS + JOINS + SLICES + INDEXING
