"""Names that TensorFlow 1.0 took away: an error for each, with the name that took its place."""
from __future__ import annotations

__all__ = ["missing"]

_NOW = {
    "mul": "multiply", "sub": "subtract", "neg": "negative", "pack": "stack", "unpack": "unstack", "inv": "reciprocal",
    "select": "where", "batch_matmul": "matmul", "batch_matrix_inverse": "matrix_inverse", "listdiff": "setdiff1d",
    "complex_abs": "abs", "scalar_summary": "summary.scalar", "histogram_summary": "summary.histogram",
    "image_summary": "summary.image", "merge_summary": "summary.merge", "merge_all_summaries": "summary.merge_all",
}


def missing(name: str) -> AttributeError:
    """Gives the error for a name that the `tf` namespace has not.

    Example:
        >>> import minigraph as tf
        >>> tf.mul
        Traceback (most recent call last):
        ...
        AttributeError: module 'minigraph' has no attribute 'mul'
        Since TensorFlow 1.0 it is called tf.multiply.
    """
    advice = f"\nSince TensorFlow 1.0 it is called tf.{_NOW[name]}." if name in _NOW else ""
    return AttributeError(f"module 'minigraph' has no attribute '{name}'{advice}")
