"""Rows selected by index: gather, scatter_nd, masks and partitions."""
