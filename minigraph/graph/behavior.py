"""Switches between TensorFlow's versions: here everything is version 1, so they switch nothing."""

from __future__ import annotations

__all__ = [
    "disable_control_flow_v2",
    "disable_eager_execution",
    "disable_tensor_equality",
    "disable_v2_behavior",
    "disable_v2_tensorshape",
    "enable_control_flow_v2",
    "executing_eagerly",
]


def executing_eagerly() -> bool:
    """Return False: lines build a graph, and a session runs it."""
    return False


def disable_v2_behavior() -> None:
    """Do nothing: version 2 is never on. Programs call it after `import tensorflow.compat.v1 as tf`."""


def disable_eager_execution() -> None:
    """Do nothing: eager execution is never on."""


def disable_v2_tensorshape() -> None:
    """Do nothing: shapes are those of version 1."""


def disable_tensor_equality() -> None:
    """Do nothing: `==` between tensors compares identities, as in version 1."""


def disable_control_flow_v2() -> None:
    """Do nothing: conditionals and loops are functional nodes (`If`, `While`) here."""


def enable_control_flow_v2() -> None:
    """Do nothing: conditionals and loops are functional nodes (`If`, `While`) here."""
