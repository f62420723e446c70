"""Sparse tensors: what is computed with their index vectors and elements."""

from minigraph.ops.sparse import dense_arithmetic  # noqa: F401  (installs the operators of `SparseTensor`)
