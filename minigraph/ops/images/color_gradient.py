"""The gradient of `rgb_to_hsv`, in the operations, and the order, of TensorFlow 1.15.

Each of the three outputs is a different formula where another channel is the largest or the smallest of the pixel. A
factor that is 1 there and 0 elsewhere chooses among them; where two channels are equal it is as in TF1.
"""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.operation import Tensor

__all__ = ["hsv_gradient"]

R, G, B = range(3)
# The channels in which `largest` and `smallest` compare each with the other two: (channel, other, "ge" or "gt")
_LARGEST = [(R, ((B, "ge"), (G, "ge"))), (G, ((R, "gt"), (B, "ge"))), (B, ((R, "gt"), (G, "gt")))]
_SMALLEST = [(R, ((B, "lt"), (G, "lt"))), (G, ((R, "le"), (B, "lt"))), (B, ((R, "le"), (G, "le")))]
_OTHERS = {R: (G, B), G: (R, B), B: (G, R)}  # in the order in which TF1 adds them
_NEXT = {R: (G, B), G: (B, R), B: (R, G)}  # the circle of hues
# For each channel that is the smallest: which one is the largest, and the difference that is squared
_AS_SMALLEST = {R: ((G, (R, G)), (B, (B, R))), G: ((R, (R, G)), (B, (B, G))), B: ((R, (R, B)), (G, (G, B)))}


class _Pixels:
    """The channels of the image, and where each is the largest or the smallest."""

    def __init__(self, tf: Any, image: Tensor, converted: Tensor):
        self.tf = tf
        self.channels = [image[..., i] for i in range(3)]
        self.saturation, self.value = converted[..., 1], converted[..., 2]
        self.largest = [self._where(*each) for each in _LARGEST]
        self.smallest = [self._where(*each) for each in _SMALLEST]

    def _where(self, channel: int, comparisons: tuple) -> Tensor:
        compare = {"ge": self.tf.greater_equal, "gt": self.tf.greater, "le": self.tf.less_equal, "lt": self.tf.less}
        (a, first), (b, second) = comparisons
        own = self.channels[channel]
        return self.tf.cast(
            compare[first](own, self.channels[a]) & compare[second](own, self.channels[b]), dtypes.float32
        )

    def positive(self, channel: int) -> Tensor:
        """Return 1 where a channel is positive, else 0."""
        return self.tf.cast(self.channels[channel] > 0, dtypes.float32)

    def reciprocal(self, x: Tensor) -> Tensor:
        """Return 1 / x, and 0 for 0."""
        return self.tf.div_no_nan(1.0, x)

    def difference(self, a: int, b: int) -> Tensor:
        """Return one channel minus another."""
        return self.channels[a] - self.channels[b]


def _of_saturation(p: _Pixels, own: int) -> Tensor:
    """Return the derivative of the saturation by a channel."""
    tf, x, (a, b) = p.tf, p.channels, _OTHERS[own]
    positive = p.positive(own)
    as_largest = p.largest[own] * tf.add(p.smallest[a] * x[a], p.smallest[b] * x[b]) * p.reciprocal(tf.square(x[own]))
    as_smallest = p.smallest[own] * -1 * p.reciprocal((p.largest[a] * x[a]) + (p.largest[b] * x[b]))
    return positive * tf.add(as_largest, as_smallest)


def _of_hue(p: _Pixels, own: int) -> Tensor:
    """Return the derivative of the hue by a channel."""
    tf, (after, before) = p.tf, _NEXT[own]
    scaled = p.positive(own) * p.largest[own] * -1 * p.difference(after, before)
    terms = [60 * (scaled * p.reciprocal(tf.square(p.saturation)) * p.reciprocal(tf.square(p.value)))]
    for largest, squared in _AS_SMALLEST[own]:
        chosen = p.positive(largest) * p.largest[largest] * p.smallest[own] * p.difference(before, after)
        terms.append(60 * (chosen * p.reciprocal(tf.square(p.difference(*squared)))))
        smallest = 3 - own - largest  # the channel lies between the other two
        chosen = p.positive(largest) * p.largest[largest] * p.smallest[smallest]
        signed = chosen * -1 if largest == after else chosen
        terms.append(60 * (signed * p.reciprocal(p.difference(largest, smallest))))
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total / 360


def hsv_gradient(tf: Any, dy: Tensor, converted: Tensor, image: Tensor) -> Tensor:
    """Return the gradient for an image in red, green and blue, given that for hue, saturation and value."""
    p = _Pixels(tf, image, converted)
    saturations = [_of_saturation(p, i) for i in range(3)]
    hues = [_of_hue(p, i) for i in range(3)]
    by_output = [(2, p.largest), (1, saturations), (0, hues)]
    value, saturation, hue = [tf.stack([dy[..., i] * each for each in parts], axis=-1) for i, parts in by_output]
    return tf.add(tf.add(value, saturation), hue)
