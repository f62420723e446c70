"""What a trace keeps of a value: the array if it is small, else statistics of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigraph.runtime import tuning

__all__ = ["ValueSummary", "statistics_of", "jsonable"]


@dataclass(frozen=True)
class ValueSummary:
    """What is kept of a value.

    Attributes:
        name: the tensor's, such as "y:0".
        shape: the sizes; None for a value that is not an array.
        dtype: such as "float32".
        bytes: its size in memory.
        value: the array itself, if values were asked for and it is small; else None.
        statistics: of a larger one min, max, mean, std, the numbers of zeros, of NaNs and of infinities, and the
            first elements; else None.
    """

    name: str
    shape: tuple[int, ...] | None
    dtype: str
    bytes: int
    value: Any = None
    statistics: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The value in a few words; "" if none was kept."""
        if self.value is not None and self.value.size <= tuning.FIRST_ELEMENTS:
            return _text(self.value.tolist())
        known = self.statistics or ({} if self.value is None else statistics_of(self.value))
        if "mean" in known:
            return f"{known['min']:.3g} … {known['max']:.3g}, mean {known['mean']:.3g}"
        return f"{_text(known['first'].tolist())[:-1]}, …]" if known else ""


def statistics_of(array: np.ndarray) -> dict[str, Any]:
    """Return what can be said of a large array in a few numbers; NaNs and infinities are counted and left aside.

    Example:
        >>> statistics_of(np.arange(100.0))["mean"]
        49.5
    """
    found: dict[str, Any] = {"first": array.ravel()[: tuning.FIRST_ELEMENTS].copy()}
    if array.dtype.kind not in "biuf":
        return found
    real = array if array.dtype.kind == "f" else array.astype(np.float64)
    finite = np.isfinite(real)
    found["zeros"] = int(array.size - np.count_nonzero(array))
    found["nans"] = int(np.count_nonzero(np.isnan(real)))
    found["infinities"] = int(array.size - np.count_nonzero(finite)) - found["nans"]
    real = real if finite.all() else real[finite]
    if real.size:
        found.update(
            min=float(real.min()),
            max=float(real.max()),
            mean=float(real.mean(dtype=np.float64)),
            std=float(real.std(dtype=np.float64)),
        )
    return found


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def jsonable(value: Any) -> Any:
    """Return a value for JSON. The depth is that of the records, or of an array's rank."""
    if isinstance(value, dict):
        return {key: jsonable(v) for key, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(v) for v in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return jsonable(value.tolist())
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
