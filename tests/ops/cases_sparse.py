"""Cases: sparse tensors, and the segments of chosen rows."""

import numpy as np
from opcases import Case

import minigraph as tf
from minigraph.graph.apply import apply
from minigraph.ops.math import sparse_segments
from minigraph.ops.sparse import dense_arithmetic, joining, packed, rows, stored
from minigraph.ops.sparse.arithmetic import SparseAddGrad

RANDOM = np.random.RandomState(11)
PLACES = [[0, 0], [0, 2], [1, 1], [2, 0]]
SHAPE = [3, 4]
VALUES = np.array([1.5, -2.0, 0.75, 3.0], np.float32)
OTHERS = np.array([0.5, 2.5], np.float32)
DENSE = (RANDOM.rand(3, 4) + 0.5).astype(np.float32)
MATRIX = RANDOM.randn(4, 2).astype(np.float32)
TABLE = RANDOM.randn(4, 3).astype(np.float32)
ROWS, IDS = [3, 1, 1, 0], [0, 0, 2, 2]
WHOLE = np.zeros(SHAPE, np.float32)
WHOLE[tuple(np.transpose(PLACES))] = VALUES
FIRST = dict(grad_order=1)
NONE = dict(grad_order=0)


def sparse(values):
    """Return a sparse tensor with given values."""
    return tf.SparseTensor(PLACES, values, SHAPE)


def other(values):
    """Return a sparse tensor of the same shape with other index vectors."""
    return tf.SparseTensor([[0, 2], [2, 3]], values, SHAPE)


def parts(indices, values, shape):
    """Return the parts of a sparse tensor as arrays."""
    return [np.array(indices, np.int64), np.asarray(values), np.array(shape, np.int64)]


def by_segment(combine, count=3):
    """Return the reduction of the chosen rows of each segment."""

    def expected(data):
        chosen, ids = data[ROWS], np.array(IDS)
        found = [combine(chosen[ids == i]) if (ids == i).any() else 0 * data[0] for i in range(count)]
        return np.stack(found).astype(data.dtype)

    return expected


SUM, MEAN = (lambda rows: rows.sum(0)), (lambda rows: rows.mean(0))


def ROOT(rows):
    return rows.sum(0) / np.sqrt(len(rows))


def segments(function, combine, order, **more):
    """Return cases of the reduction of chosen rows, with the number of segments and without."""
    name = function.__name__
    kind = {"sum": "SparseSegmentSum", "mean": "SparseSegmentMean", "sqrt_n": "SparseSegmentSqrtN"}
    op = kind[name.removeprefix("sparse_segment_")]
    return [
        Case(op, lambda x: function(x, ROWS, IDS), (TABLE,), by_segment(combine), grad_order=order, **more),
        Case(
            f"{op}WithNumSegments",
            lambda x: function(x, ROWS, IDS, num_segments=5),
            (TABLE,),
            by_segment(combine, 5),
            grad_order=order,
        ),
    ]


def halves(values):
    """Return the parts of both halves: index vectors, values, shapes."""
    both = [each.nest_parts() for each in tf.sparse_split(sp_input=sparse(values), num_split=2, axis=1)]
    return [part for kind in zip(*both) for part in kind]


def put_aside(values):
    """Return a sparse tensor that has been put aside twice, taken back."""
    number = stored.add_sparse_to_tensors_map(sparse(values))
    both = [tf.expand_dims(number, 0), tf.expand_dims(stored.add_sparse_to_tensors_map(other(values[:2])), 0)]
    return stored.take_many_sparse_from_tensors_map(number.op, tf.concat(both, 0))


def rows_put_aside(values):
    """Return the rows of a sparse tensor that have been put aside, taken back in another order."""
    numbers = stored.add_many_sparse_to_tensors_map(sparse(values))
    return stored.take_many_sparse_from_tensors_map(numbers.op, tf.reverse(numbers, [0]), rank=2)


SPLIT = [
    *[np.array(p, np.int64).reshape(-1, 2) for p in ([[0, 0], [1, 1], [2, 0]], [[0, 0]])],
    *[VALUES[[0, 2, 3]], VALUES[[1]]],
    *[np.array([3, 2], np.int64)] * 2,
]

CASES = [
    Case(
        "SelectV2",
        lambda x, y: tf.where_v2([[True], [False], [True]], x, y),
        (DENSE, DENSE[0] * 2.0),
        lambda x, y: np.where([[True], [False], [True]], x, y),
    ),
    *segments(sparse_segments.sparse_segment_sum, SUM, 2),
    *segments(sparse_segments.sparse_segment_mean, MEAN, 1, also=("SparseSegmentMeanGrad",)),
    *segments(sparse_segments.sparse_segment_sqrt_n, ROOT, 1, also=("SparseSegmentSqrtNGrad",)),
    Case(
        "SparseAdd",
        lambda a, b: tf.sparse_add(sparse(a), other(b)),
        (VALUES, OTHERS),
        parts([*PLACES, [2, 3]], [1.5, -1.5, 0.75, 3.0, 2.5], SHAPE),
        hide=False,
    ),
    Case(
        "SparseAddGrad",
        lambda dy: apply(SparseAddGrad(), dy, [[0, 0], [1, 1]], [[1, 1]], [[0, 0], [1, 1]]),
        (OTHERS,),
        [OTHERS, OTHERS[1:]],
        **NONE,
    ),
    Case(
        "SparseSparseMaximum",
        lambda a, b: tf.sparse_maximum(sparse(a), other(b)),
        (VALUES, OTHERS),
        parts([*PLACES, [2, 3]], [1.5, 0.5, 0.75, 3.0, 2.5], SHAPE),
        hide=False,
        **NONE,
    ),
    Case(
        "SparseSparseMinimum",
        lambda a, b: tf.sparse_minimum(sparse(a), other(b)),
        (VALUES, OTHERS),
        parts([*PLACES, [2, 3]], [0.0, -2.0, 0.0, 0.0, 0.0], SHAPE),
        hide=False,
        **NONE,
    ),
    Case("SparseDenseCwiseMul", lambda v, d: (sparse(v) * d).values, (VALUES, DENSE), (WHOLE * DENSE)[WHOLE != 0]),
    Case("SparseDenseCwiseDiv", lambda v, d: (sparse(v) / d).values, (VALUES, DENSE), (WHOLE / DENSE)[WHOLE != 0]),
    Case(
        "SparseDenseCwiseAdd",
        lambda v, d: dense_arithmetic.sparse_dense_cwise_add(sparse(v), d).values,
        (VALUES, DENSE[:1]),
        (WHOLE + DENSE[:1])[WHOLE != 0],
        hide=False,
        **NONE,
    ),
    Case(
        "SparseConcat",
        lambda a: tf.sparse_concat(1, [sparse(a), sparse(a)]),
        (VALUES,),
        parts(
            [[0, 0], [0, 2], [0, 4], [0, 6], [1, 1], [1, 5], [2, 0], [2, 4]], VALUES[[0, 1, 0, 1, 2, 2, 3, 3]], [3, 8]
        ),
        **NONE,
    ),
    Case("SparseSplit", halves, (VALUES,), SPLIT, **NONE),
    Case(
        "SparseSlice",
        lambda a: tf.sparse_slice(sparse(a), [0, 1], [2, 9]),
        (VALUES,),
        parts([[0, 1], [1, 0]], VALUES[1:3], [2, 3]),
    ),
    Case(
        "SparseSliceGrad",
        lambda dy: apply(joining.SparseSliceGrad(), dy, PLACES, tf.constant([0, 1], tf.int64), [[0, 1], [1, 0]]),
        (OTHERS,),
        np.array([0.0, 0.5, 2.5, 0.0], np.float32),
        **NONE,
    ),
    Case(
        "SparseTensorDenseMatMul",
        lambda a, b: tf.sparse_tensor_dense_matmul(sparse(a), b),
        (VALUES, MATRIX),
        WHOLE @ MATRIX,
    ),
    Case(
        "SparseTensorDenseMatMul",
        lambda a, b: tf.sparse_tensor_dense_matmul(sparse(a), b, adjoint_a=True, adjoint_b=True),
        (VALUES, MATRIX[:2, :].T.repeat(2, 1)[:, :3]),
        name="adjoint",
        expected=WHOLE.T @ MATRIX[:2, :].T.repeat(2, 1)[:, :3].T,
    ),
    Case(
        "SparseReorder",
        lambda a: tf.sparse_reorder(tf.SparseTensor([[2, 0], [0, 1]], a, SHAPE)),
        (OTHERS,),
        parts([[0, 1], [2, 0]], OTHERS[::-1], SHAPE),
    ),
    Case(
        "SparseReshape",
        lambda a: tf.sparse_reshape(sparse(a), [2, -1]),
        (VALUES,),
        parts([[0, 0], [0, 2], [0, 5], [1, 2]], VALUES, [2, 6]),
    ),
    Case("SparseReduceSum", lambda a: tf.sparse_reduce_sum(sparse(a), 1), (VALUES,), WHOLE.sum(1)),
    Case(
        "SparseReduceMax",
        lambda a: tf.sparse_reduce_max(sparse(a), 0, keepdims=True),
        (VALUES,),
        np.array([[3.0, 0.75, -2.0, 0.0]], np.float32),
        **NONE,
    ),
    Case(
        "SparseReduceSumSparse",
        lambda a: tf.sparse_reduce_sum_sparse(sparse(a), 1),
        (VALUES,),
        parts([[0], [1], [2]], WHOLE.sum(1), [3]),
        **NONE,
    ),
    Case(
        "SparseReduceMaxSparse",
        lambda a: tf.sparse_reduce_max_sparse(sparse(a), 1),
        (VALUES,),
        parts([[0], [1], [2]], np.array([1.5, 0.75, 3.0], np.float32), [3]),
        **NONE,
    ),
    Case(
        "SparseSoftmax",
        lambda a: tf.sparse_softmax(sparse(a)).values,
        (VALUES,),
        np.array([1 / (1 + np.exp(-3.5)), 1 / (1 + np.exp(3.5)), 1, 1]),
        grad_order=1,
    ),
    Case(
        "SparseFillEmptyRows",
        lambda a: tf.sparse_fill_empty_rows(other(a), tf.reduce_sum(a)),
        (OTHERS,),
        [
            *parts([[0, 2], [1, 0], [2, 3]], np.array([0.5, 3.0, 2.5], np.float32), SHAPE),
            np.array([False, True, False]),
        ],
        also=("SparseFillEmptyRowsGrad",),
        **FIRST,
    ),
    Case(
        "SparseFillEmptyRowsGrad",
        lambda dy: apply(rows.SparseFillEmptyRowsGrad(), tf.constant([0, 2], tf.int64), dy),
        (np.array([1.0, 2.0, 4.0], np.float32),),
        [np.array([1.0, 4.0], np.float32), np.float32(2.0)],
        **NONE,
    ),
    Case(
        "SparseCross",
        lambda n: tf.sparse.cross([tf.constant([["a", "b"], ["c", "d"]]), n]),
        (np.array([[1], [2]], np.int64),),
        parts([[0, 0], [0, 1], [1, 0], [1, 1]], np.array([b"a_X_1", b"b_X_1", b"c_X_2", b"d_X_2"], object), [2, 2]),
        **NONE,
    ),
    Case(
        "EditDistance",
        lambda n: tf.edit_distance(
            tf.SparseTensor([[0, 0], [0, 1]], n, [1, 2]), tf.SparseTensor([[0, 0]], [5], [1, 1])
        ),
        (np.array([5, 6], np.int32),),
        np.array([1.0], np.float32),
        **NONE,
    ),
    Case(
        "AddSparseToTensorsMap",
        put_aside,
        (VALUES,),
        parts([[0, *place] for place in PLACES] + [[1, 0, 2], [1, 2, 3]], [*VALUES, *VALUES[:2]], [2, *SHAPE]),
        also=("TakeManySparseFromTensorsMap",),
        **NONE,
    ),
    Case(
        "AddManySparseToTensorsMap",
        rows_put_aside,
        (VALUES,),
        parts([[0, 0], [1, 1], [2, 0], [2, 2]], VALUES[[3, 2, 0, 1]], SHAPE),
        **NONE,
    ),
    Case(
        "SerializeSparse",
        lambda a: packed.unpacked(tf.stack([packed.packed(sparse(a))] * 2), tf.float32),
        (VALUES,),
        parts([[i, *place] for i in (0, 1) for place in PLACES], [*VALUES, *VALUES], [2, *SHAPE]),
        also=("DeserializeSparse",),
        hide=False,
        **NONE,
    ),
    Case(
        "SerializeManySparse",
        lambda a: packed.unpacked(packed.packed_rows(sparse(a)), tf.float32),
        (VALUES,),
        parts(PLACES, VALUES, SHAPE),
        hide=False,
        **NONE,
    ),
]
