"""`InputSpec`: requirements on the inputs of a layer, and their check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigraph.graph import nest
from minigraph.graph.dtypes import as_dtype

__all__ = ["InputSpec", "check_inputs"]


@dataclass(eq=False)
class InputSpec:
    """Requirements on an input of a layer; those that are None are not checked.

    Args:
        dtype: its type.
        shape: its shape, in which None stands for any size.
        ndim: its number of axes.
        max_ndim, min_ndim: the maximum and minimum number of axes.
        axes: a dict from axes to sizes.

    Raises:
        TypeError: if a key of `axes` is not an integer.
        ValueError: if an axis is out of range.

    Example:
        >>> InputSpec(min_ndim=2, axes={-1: 3})
        InputSpec(min_ndim=2, axes={-1: 3})
    """

    dtype: Any = None
    shape: Any = None
    ndim: int | None = None
    max_ndim: int | None = None
    min_ndim: int | None = None
    axes: Any = None

    def __post_init__(self) -> None:
        self.dtype = None if self.dtype is None else as_dtype(self.dtype).name
        self.ndim = self.ndim if self.shape is None else len(self.shape)
        try:
            self.axes = {int(key): size for key, size in (self.axes or {}).items()}
        except (TypeError, ValueError):
            raise TypeError("The keys in axes must be integers.") from None
        most = self.ndim or self.max_ndim
        if self.axes and most is not None and max(self.axes) > most - 1:
            raise ValueError(f"Axis {max(self.axes)} is greater than the maximum allowed value: {most - 1}")

    def get_config(self) -> dict:
        """Return the arguments with which an equal spec can be made."""
        return dict(vars(self))

    @classmethod
    def from_config(cls, config: dict) -> InputSpec:
        """Build a spec from the result of `get_config`."""
        return cls(**config)

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value}" for name, value in self.get_config().items() if value)
        return f"InputSpec({given})"

    def check(self, x: Any, index: int, layer_name: str) -> None:
        """Raise ValueError if what is known of an input violates the spec."""
        start = f"Input {index} of layer {layer_name} is incompatible with the layer: "
        if (self.ndim, self.min_ndim, self.max_ndim) != (None, None, None):
            self._check_rank(x, start)
        if self.dtype is not None and x.dtype != self.dtype:
            raise ValueError(f"{start}expected dtype={self.dtype}, found dtype={x.dtype}")
        if x.shape.ndims is None:
            return
        sizes = x.shape.as_list()
        self._check_axes(sizes, start)
        if self.shape is not None and any(None not in (m, n) and m != n for m, n in zip(self.shape, sizes)):
            start = f"Input {index} is incompatible with layer {layer_name}: "
            raise ValueError(f"{start}expected shape={self.shape}, found shape={sizes}")

    def _check_axes(self, sizes: list, start: str) -> None:
        for axis, size in self.axes.items():
            if size is not None and sizes[axis] not in (size, None):
                wanted = f"expected axis {axis} of input shape to have value {size}"
                raise ValueError(f"{start}{wanted} but received input with shape {sizes}")

    def _check_rank(self, x: Any, start: str) -> None:
        found = x.shape.ndims
        if found is None:
            advice = f"\nCall {x.op.name}.set_shape first." if hasattr(x, "op") else ""
            raise ValueError(f"{start}its rank is undefined, but the layer requires a defined rank.{advice}")
        received = f". Full shape received: {x.shape.as_list()}"
        if self.ndim is not None and found != self.ndim:
            raise ValueError(f"{start}expected ndim={self.ndim}, found ndim={found}{received}")
        if self.max_ndim is not None and found > self.max_ndim:
            raise ValueError(f"{start}expected max_ndim={self.max_ndim}, found ndim={found}")
        if self.min_ndim is not None and found < self.min_ndim:
            raise ValueError(f"{start}: expected min_ndim={self.min_ndim}, found ndim={found}{received}")


def check_inputs(spec: Any, inputs: Any, layer_name: str) -> None:
    """Raise ValueError if inputs violate a layer's specs, or their number differs."""
    if not spec:
        return
    flat, specs = nest.flatten(inputs), nest.flatten(spec)
    if len(flat) != len(specs):
        both = f"{len(specs)} inputs, but it received {len(flat)} input tensors"
        raise ValueError(f"Layer {layer_name} expects {both}. Inputs received: {flat}")
    for index, (x, each) in enumerate(zip(flat, specs)):
        if each is not None:
            each.check(x, index, layer_name)
