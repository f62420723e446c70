"""Rows by their indices: gather, scatter_nd, masks, partitions."""
