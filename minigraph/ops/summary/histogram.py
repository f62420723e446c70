"""The histogram summary of a tensor's elements."""

from typing import Any

import numpy as np

from minigraph.graph import dtypes, errors
from minigraph.graph.apply import apply
from minigraph.graph.operation import Tensor
from minigraph.ops.summary.base import SummaryOp, collect, summary_scope
from minigraph.ops.summary.messages import double, part, summary, text_of, value

__all__ = ["histogram"]


def _bucket_limits() -> np.ndarray:
    positive, limit = [], 1e-12
    while limit < 1e20:
        positive.append(limit)
        limit *= 1.1
    positive.append(np.finfo(np.float64).max)
    return np.array([-v for v in reversed(positive)] + [0.0] + positive)


_LIMITS = _bucket_limits()
_NUMBERS = ("min", "max", "num", "sum", "sum_squares")  # fields 1 to 5 of the message
_LISTS = ((6, "bucket_limit"), (7, "bucket"))


def histogram_fields(values: Any) -> dict:
    """Return the fields of a histogram message: extremes, sums, and the buckets (runs of empty ones merged).

    Example:
        >>> fields = histogram_fields(np.array([1.0, 2.0, 2.0]))
        >>> fields["num"], fields["sum"], sum(fields["bucket"])
        (3.0, 5.0, 3.0)
    """
    flat = np.ravel(values).astype(np.float64)
    counts = np.bincount(np.searchsorted(_LIMITS, flat, side="right"), minlength=len(_LIMITS)).astype(float)
    full = counts > 0
    last_of_run = np.append(full[:-1] | full[1:], True)
    return dict(
        min=float(flat.min()) if flat.size else float(np.finfo(float).max),
        max=float(flat.max()) if flat.size else -float(np.finfo(float).max),
        num=float(flat.size),
        sum=float(flat.sum()),
        sum_squares=float(flat @ flat),
        bucket_limit=_LIMITS[last_of_run].tolist(),
        bucket=counts[last_of_run].tolist(),
    )


class HistogramSummary(SummaryOp):
    """A histogram of a tensor's elements."""

    inputs = ("tag: string", "values: T")
    allowed = {"T": dtypes.REALS}
    type_defaults = {"T": dtypes.float32}

    def kernel(self, xp, tag, values):
        if not np.isfinite(values).all():
            word = "Nan" if np.isnan(values).any() else "Infinity"
            raise errors.InvalidArgumentError(None, None, f"{word} in summary histogram for: {text_of(tag)}")
        return summary(value(text_of(tag), part(5, message(**histogram_fields(values)))))


def message(**fields: Any) -> bytes:
    """Return a `HistogramProto` of its fields."""
    numbers = [double(field, fields[name]) for field, name in enumerate(_NUMBERS, 1)]
    return b"".join([*numbers, *(part(field, np.array(fields[name], "<f8").tobytes()) for field, name in _LISTS)])


def histogram(name: str, values: Any, collections: Any = None, family: str | None = None) -> Tensor:
    """Build a histogram summary of a tensor's elements; the arguments are those of `scalar`.

    A run fails if an element is not finite.

    Example:
        >>> print(tf.summary.histogram("weights", [1.0, 2.0]).op.type)
        HistogramSummary
    """
    with summary_scope(name, family, [values]) as (tag, scope):
        return collect(apply(HistogramSummary(), tag, values, name=scope), collections)
