"""Sparse tensors: what is computed with their index vectors and elements."""
