"""Datasets and iterators in the graph: their operations, and what these keep while a session runs."""
