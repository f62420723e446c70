# Written by `python -m tests.stubs` from the table in the module of this name.

from minigraph.ops.math.sparse_segments import (
    sparse_segment_mean as segment_mean,
    sparse_segment_sqrt_n as segment_sqrt_n,
    sparse_segment_sum as segment_sum,
)
from minigraph.ops.sparse.arithmetic import sparse_add as add, sparse_maximum as maximum, sparse_minimum as minimum
from minigraph.ops.sparse.conversions import (
    sparse_expand_dims as expand_dims,
    sparse_eye as eye,
    sparse_from_dense as from_dense,
    sparse_merge as merge,
    sparse_placeholder as placeholder,
    sparse_tensor_to_dense as to_dense,
    sparse_to_indicator as to_indicator,
)
from minigraph.ops.sparse.crosses import sparse_cross as cross, sparse_cross_hashed as cross_hashed
from minigraph.ops.sparse.dense_arithmetic import SparseTensor
from minigraph.ops.sparse.joining import sparse_concat as concat, sparse_slice as slice, sparse_split as split
from minigraph.ops.sparse.matmul import (
    sparse_tensor_dense_matmul as matmul,
    sparse_tensor_dense_matmul as sparse_dense_matmul,
)
from minigraph.ops.sparse.ordering import (
    sparse_reorder as reorder,
    sparse_reshape as reshape,
    sparse_transpose as transpose,
)
from minigraph.ops.sparse.reductions import (
    sparse_reduce_max as reduce_max,
    sparse_reduce_max_sparse as reduce_max_sparse,
    sparse_reduce_sum as reduce_sum,
    sparse_reduce_sum_sparse as reduce_sum_sparse,
    sparse_softmax as softmax,
)
from minigraph.ops.sparse.rows import (
    sparse_fill_empty_rows as fill_empty_rows,
    sparse_mask as mask,
    sparse_reset_shape as reset_shape,
    sparse_retain as retain,
)

__all__ = [
    "SparseTensor",
    "add",
    "concat",
    "cross",
    "cross_hashed",
    "expand_dims",
    "eye",
    "fill_empty_rows",
    "from_dense",
    "mask",
    "matmul",
    "maximum",
    "merge",
    "minimum",
    "placeholder",
    "reduce_max",
    "reduce_max_sparse",
    "reduce_sum",
    "reduce_sum_sparse",
    "reorder",
    "reset_shape",
    "reshape",
    "retain",
    "segment_mean",
    "segment_sqrt_n",
    "segment_sum",
    "slice",
    "softmax",
    "sparse_dense_matmul",
    "split",
    "to_dense",
    "to_indicator",
    "transpose",
]
