"""Summaries of sound, as WAV files of 16 bits a sample."""

import struct
from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.convert import convert_to_tensor
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import brackets
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import integer, part, single, string, summary, text_of, value

__all__ = ["audio"]

_LOUDEST = 1 << 15


class AudioSummaryV2(SummaryOp):
    """Sounds, as WAV files."""

    max_outputs: int = 3

    inputs = ("tag: string", "tensor: float32", "sample_rate: float32")
    minimum = {"max_outputs": 1}

    def kernel(self, xp, tag, tensor, sample_rate):
        if tensor.ndim not in (2, 3):
            raise ValueError(f"Tensor must be 3-D or 2-D, got: {brackets(tensor.shape)}")
        if not 0 < sample_rate < 1 << 32:
            limit = "sample_rate must be > 0" if sample_rate <= 0 else "sample_rate must be in (0, 2^32)"
            raise errors.InvalidArgumentError(None, None, f"{limit}, got: {float(sample_rate):.0f}")
        name, values = text_of(tag), []
        for i, sound in enumerate(tensor[: self.max_outputs]):
            sound = sound if sound.ndim == 2 else sound[:, np.newaxis]
            sizes = integer(2, sound.shape[1]) + integer(3, len(sound))
            content = string(4, wav(sound, float(sample_rate))) + string(5, b"audio/wav")
            path = f"{name}/audio" if self.max_outputs == 1 else f"{name}/audio/{i}"
            values.append(value(path, part(6, single(1, sample_rate) + sizes + content)))
        return summary(*values)


def wav(sound: np.ndarray, sample_rate: float) -> bytes:
    """Return the WAV file of a sound, (frames, channels) from -1 to 1; what is louder is cut off.

    Raises:
        InvalidArgumentError: if there are no samples.

    Example:
        >>> wav(np.zeros([1, 1]), 8000.0)[:4]
        b'RIFF'
    """
    if not sound.size:
        raise errors.InvalidArgumentError(None, None, "audio is null\nA sound needs at least one frame.")
    channels, rate = sound.shape[1], max(1, round(sample_rate))
    scaled = np.nan_to_num(sound.astype(np.float64) * _LOUDEST, posinf=_LOUDEST, neginf=-_LOUDEST)
    rounded = np.copysign(np.floor(np.abs(scaled) + 0.5), scaled)  # halves away from zero
    samples = np.clip(rounded, -_LOUDEST, _LOUDEST - 1).astype("<i2").tobytes()
    frame = 2 * channels
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * frame & 0xFFFFFFFF, frame, 16)
    chunks = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"data", samples)
    return _chunk(b"RIFF", chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data


def audio(
    name: str, tensor: Any, sample_rate: Any, max_outputs: int = 3, collections: Any = None, family: str | None = None
) -> Tensor:
    """Build a summary of sounds: a scalar string tensor, a serialized `Summary` message.

    Args:
        name, collections, family: as for `scalar`.
        tensor: float32, (batch, frames) or (batch, frames, channels), from -1 to 1.
        sample_rate: a scalar, the frames of a second.
        max_outputs: the maximum number of sounds.

    Raises:
        ValueError: if `max_outputs` is less than 1.

    Example:
        >>> wave = tf.sin(tf.linspace(0.0, 3000.0, 8000))
        >>> print(tf.summary.audio("tone", [wave], 8000))
        Tensor("tone:0", shape=(), dtype=string)
    """
    with summary_scope(name, family, [tensor]) as (tag, scope):
        rate = convert_to_tensor(sample_rate, dtypes.float32, name="sample_rate")
        return collect(apply(AudioSummaryV2(max_outputs), tag, tensor, rate, name=scope), collections)
