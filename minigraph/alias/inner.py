"""What programs ask of TensorFlow's inner modules (`tensorflow.python…`) and no public name of MiniGraph is."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigraph.graph.shapes import TensorShape, as_shape, unknown_shape

__all__ = ["as_shape", "list_local_devices", "scalar", "unknown_shape", "vector"]


class DeviceAttributes(NamedTuple):
    """A device, as `device_lib.list_local_devices` lists them."""

    name: str
    device_type: str
    memory_limit: int
    physical_device_desc: str


def list_local_devices(session_config: Any = None) -> list[DeviceAttributes]:
    """Return the devices that there are: the CPU."""
    return [DeviceAttributes("/device:CPU:0", "CPU", 1 << 28, "")]


def scalar() -> TensorShape:
    """Return the shape of a scalar."""
    return TensorShape.of(())


def vector(length: Any) -> TensorShape:
    """Return the shape of a vector."""
    return TensorShape([length])
