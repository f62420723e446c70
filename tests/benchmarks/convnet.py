"""E: a convolutional network: large arrays, where the memory that is gone through counts."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from tests.benchmarks.by_hand import CrossEntropy, NaturalAdam, TunedAdam, cross_entropy
from tests.benchmarks.timing import Figure
from tests.benchmarks.training import Task, compare, normal

__all__ = ["convnet", "task", "Tuned"]

_BATCH, _SIZE, _WINDOW, _CHANNELS, _CLASSES, _RATE = 32, 28, 5, (1, 32, 64), 10, 1e-4
_PAD, _FLAT = _WINDOW // 2, (_SIZE // 4) ** 2 * _CHANNELS[2]


def convnet(rounds: int) -> list[Figure]:
    """Time a step of Adam of two convolutions 5x5 with relu and max pooling and a dense layer, and a batch of 32."""
    made = task()
    return compare(made, {Natural(made.start): 1.0, Tuned(made.start): None}, rounds)


def task() -> Task:
    """Return the network, with 8 different batches."""
    start = []
    for i, (before, after) in enumerate(zip(_CHANNELS, _CHANNELS[1:])):
        scale = (2 / (before * _WINDOW**2)) ** 0.5
        start += [normal(i, _WINDOW, _WINDOW, before, after, scale=scale), np.zeros(after, np.float32)]
    start += [normal(9, _FLAT, _CLASSES, scale=0.02), np.zeros(_CLASSES, np.float32)]
    rng = np.random.default_rng(5)
    batches = [
        (rng.random((_BATCH, _SIZE, _SIZE, 1), np.float32), rng.integers(0, _CLASSES, _BATCH, np.int32))
        for _ in range(8)
    ]
    return Task("E", "convnet 28x28, Adam", tuple(start), batches, _loss, "Adam", _RATE)


def _loss(tf: Any, x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: Any) -> Any:
    for w, b in ((w1, b1), (w2, b2)):
        x = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(x, w, strides=[1, 1, 1, 1], padding="SAME"), b))
        x = tf.nn.max_pool(x, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
    logits = tf.matmul(tf.reshape(x, [-1, _FLAT]), w3) + b3
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))


class Natural(NaturalAdam):
    """Plain expressions."""

    name = "natural numpy"

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of the optimizer."""
        w1, b1, w2, b2, w3, b3 = self.parameters
        columns1 = _columns(x)
        h1 = np.maximum(_product(columns1, x, w1) + b1, 0)
        p1 = _pooled(h1)
        columns2 = _columns(p1)
        h2 = np.maximum(_product(columns2, p1, w2) + b2, 0)
        p2 = _pooled(h2).reshape(len(x), -1)
        loss, d3 = cross_entropy(p2 @ w3 + b3, y)
        d2 = _unpooled(h2, d3 @ w3.T) * (h2 > 0)
        d2 = d2.reshape(-1, d2.shape[-1])
        d1 = _unpooled(h1, _images(d2 @ w2.reshape(-1, w2.shape[-1]).T, p1.shape)) * (h1 > 0)
        d1 = d1.reshape(-1, d1.shape[-1])
        self.update(
            [
                (columns1.T @ d1).reshape(w1.shape),
                d1.sum(axis=0),
                (columns2.T @ d2).reshape(w2.shape),
                d2.sum(axis=0),
                p2.T @ d3,
                d3.sum(axis=0),
            ],
            _RATE,
        )
        return loss


def _columns(x: np.ndarray) -> np.ndarray:
    """Return the windows of images, one in each row."""
    padded = np.pad(x, ((0, 0), (_PAD, _PAD), (_PAD, _PAD), (0, 0)))
    windows = sliding_window_view(padded, (_WINDOW, _WINDOW), axis=(1, 2))
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, _WINDOW**2 * x.shape[3])


def _product(columns: np.ndarray, x: np.ndarray, w: np.ndarray) -> np.ndarray:
    return (columns @ w.reshape(-1, w.shape[-1])).reshape(*x.shape[:3], -1)


def _images(columns: np.ndarray, shape: tuple) -> np.ndarray:
    """Images, to which each window is added at its place."""
    batch, height, width, channels = shape
    columns = columns.reshape(batch, height, width, _WINDOW, _WINDOW, channels)
    padded = np.zeros((batch, height + 2 * _PAD, width + 2 * _PAD, channels), np.float32)
    for i in range(_WINDOW):
        for j in range(_WINDOW):
            padded[:, i : i + height, j : j + width] += columns[:, :, :, i, j]
    return padded[:, _PAD:-_PAD, _PAD:-_PAD]


def _pooled(x: np.ndarray) -> np.ndarray:
    return _squares(x).max(axis=(2, 4))


def _unpooled(x: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Return the gradient, where the largest was; equal ones are zeros here, which the relu stops."""
    squares = _squares(x)
    largest = squares.max(axis=(2, 4), keepdims=True)
    return ((squares == largest) * d.reshape(largest.shape)).reshape(x.shape)


def _squares(x: np.ndarray) -> np.ndarray:
    batch, height, width, channels = x.shape
    return x.reshape(batch, height // 2, 2, width // 2, 2, channels)


class Tuned(TunedAdam):
    """Every result in memory made beforehand."""

    name = "tuned numpy"

    def __init__(self, start: Any):
        super().__init__(start)
        self._first = _Convolution(_SIZE, *_CHANNELS[:2])
        self._second = _Convolution(_SIZE // 2, *_CHANNELS[1:])
        self._cross_entropy = CrossEntropy(_BATCH, _CLASSES)
        self._logits = np.empty((_BATCH, _CLASSES), np.float32)
        self._d2 = np.empty((_BATCH, _FLAT), np.float32)

    def step(self, x: np.ndarray, y: np.ndarray) -> Any:
        """Forward, backwards, and a step of the optimizer."""
        w1, b1, w2, b2, w3, b3 = self.parameters
        g1, g2, g3, g4, g5, g6 = self.gradients
        first, second, logits = self._first, self._second, self._logits
        p2 = second.forwards(first.forwards(x, w1, b1), w2, b2).reshape(_BATCH, -1)
        np.matmul(p2, w3, out=logits)
        logits += b3
        loss, d3 = self._cross_entropy(logits, y)
        np.matmul(p2.T, d3, out=g5)
        np.sum(d3, axis=0, out=g6)
        np.matmul(d3, w3.T, out=self._d2)
        second.backwards(self._d2, g3, g4)
        first.backwards(second.to_input(w2), g1, g2)
        self.update(_RATE)
        return loss


class _Convolution:
    """A convolution, relu and pooling, and the memory for them."""

    def __init__(self, size: int, before: int, after: int):
        half, wide = size // 2, size + 2 * _PAD
        self._padded = np.zeros((_BATCH, wide, wide, before), np.float32)
        self._inside = self._padded[:, _PAD:-_PAD, _PAD:-_PAD]
        s0, s1, s2, s3 = self._padded.strides
        self._windows = as_strided(self._padded, (_BATCH, size, size, _WINDOW, _WINDOW * before), (s0, s1, s2, s1, s3))
        self._columns = np.empty((_BATCH * size * size, _WINDOW**2 * before), np.float32)
        self._h, self._d = (np.empty((_BATCH, size, size, after), np.float32) for _ in range(2))
        self._corners = [(slice(None), slice(i, None, 2), slice(j, None, 2)) for i in (0, 1) for j in (0, 1)]
        self._pooled, self._alive = (np.empty((_BATCH, half, half, after), np.float32) for _ in range(2))
        self._rows = np.empty((_BATCH, half, size, after), np.float32)
        self._largest = np.empty((_BATCH, half, half, after), bool)
        self._size = size

    def forwards(self, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return what comes out; the memory is used again in the next step."""
        np.copyto(self._inside, x)
        np.copyto(self._columns.reshape(self._windows.shape), self._windows)
        np.matmul(self._columns, w.reshape(-1, w.shape[-1]), out=self._h.reshape(-1, w.shape[-1]))
        self._h += b
        np.maximum(self._h, 0, out=self._h)
        np.maximum(self._h[:, ::2], self._h[:, 1::2], out=self._rows)
        np.maximum(self._rows[:, :, ::2], self._rows[:, :, 1::2], out=self._pooled)
        return self._pooled

    def backwards(self, d: np.ndarray, dw: np.ndarray, db: np.ndarray) -> None:
        """Write the gradients of the parameters; a window goes where its largest was, and nowhere if that is 0."""
        np.greater(self._pooled, 0, out=self._largest)
        np.multiply(d.reshape(self._pooled.shape), self._largest, out=self._alive)
        for corner in self._corners:
            np.equal(self._h[corner], self._pooled, out=self._largest)
            np.multiply(self._alive, self._largest, out=self._d[corner])
        lines = self._d.reshape(-1, self._d.shape[-1])
        np.matmul(self._columns.T, lines, out=dw.reshape(-1, dw.shape[-1]))
        np.sum(lines, axis=0, out=db)

    def to_input(self, w: np.ndarray) -> np.ndarray:
        """Return the gradient of the input. The columns are no longer needed, and their memory takes a product for
        each place
        in the window, so that what is added up lies side by side."""
        before, after = w.shape[2:]
        turned = np.ascontiguousarray(w.reshape(-1, before, after).transpose(0, 2, 1))
        np.matmul(self._d.reshape(-1, after), turned, out=self._columns.reshape(_WINDOW**2, -1, before))
        self._padded[:] = 0
        for place, columns in enumerate(self._columns.reshape(_WINDOW**2, *self._inside.shape)):
            i, j = divmod(place, _WINDOW)
            self._padded[:, i : i + self._size, j : j + self._size] += columns
        gradient = np.ascontiguousarray(self._inside)
        self._clear()
        return gradient

    def _clear(self) -> None:
        """Return the zeros around the images."""
        for edge in (
            self._padded[:, :_PAD],
            self._padded[:, -_PAD:],
            self._padded[:, :, :_PAD],
            self._padded[:, :, -_PAD:],
        ):
            edge[:] = 0
