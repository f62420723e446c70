"""bfloat16, whose numbers another package has, and the quantized types, which are names only."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import minigraph as tf


def test_without_the_package_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ml_dtypes", None)
    with tf.Graph().as_default(), pytest.raises(TypeError, match="bfloat16 has no numpy type; pip install ml_dtypes"):
        tf.constant([1.5], tf.bfloat16)


def test_bfloat16_computes_where_the_package_is():
    ml_dtypes = pytest.importorskip("ml_dtypes")
    with tf.Graph().as_default(), tf.Session() as sess:
        x = tf.constant([1.5, 2.25], tf.bfloat16)
        fed = tf.placeholder(tf.bfloat16, [2])
        assert x.dtype is tf.bfloat16 and tf.as_dtype(ml_dtypes.bfloat16) is tf.bfloat16
        for _ in range(3):
            found = sess.run([tf.cast(x * 2, tf.float32), fed + x], {fed: np.ones(2, ml_dtypes.bfloat16)})
            assert found[0].tolist() == [3, 4.5] and found[1].tolist() == [2.5, 3.25]
        assert float(tf.bfloat16.max) == 3.3895313892515355e38


@pytest.mark.parametrize(
    "name, number, size",
    [("qint8", 11, 1), ("quint8", 12, 1), ("qint32", 13, 4), ("qint16", 15, 2), ("quint16", 16, 2)],
)
def test_quantized_types_are_there(name, number, size):
    """Recorded from TensorFlow 1.15.5."""
    kind = getattr(tf, name)
    assert kind is tf.as_dtype(name) is tf.as_dtype(number) and kind.size == size
    assert kind.is_quantized and not kind.is_integer and not kind.is_floating
    with tf.Graph().as_default():
        assert tf.placeholder(kind).dtype is kind
        with pytest.raises(TypeError, match=f"There are no tensors of {name}."):
            tf.constant([1], kind)
