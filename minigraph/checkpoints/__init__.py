"""TensorFlow's checkpoint files, read and written without TensorFlow.

A checkpoint of version 2 with the prefix `model` is `model.index`, a sorted table with a record for each value
(`table`, `records`), and `model.data-00000-of-00001`, the values' bytes (`bundle`); of version 1 a single table with
everything in it (`version1`). The file `checkpoint` beside them names the latest (`state`).
"""
