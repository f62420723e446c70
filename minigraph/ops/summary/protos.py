"""TensorBoard's protocol messages: its optional modules, and how summaries write them."""

import importlib
from typing import Any

import numpy as np

__all__: list[str] = []  # for the summaries only


def tensorboard(module: str, need: str = "Summaries need TensorBoard's messages") -> Any:
    """Return a module of TensorBoard, imported on first use.

    Args:
        module: its name within the package.
        need: the first sentence of the error.

    Raises:
        ImportError: if TensorBoard is not installed; the message says how to install it.
    """
    try:
        return importlib.import_module("tensorboard." + module)
    except ImportError as error:
        raise ImportError(f"{need}: pip install 'minigraph[tensorboard]'") from error


def protos() -> Any:
    """Return the module of the `Summary` messages; ImportError as for `tensorboard`."""
    return tensorboard("compat.proto.summary_pb2")


def text_of(value: Any) -> str:
    """Return the str of a scalar with text or bytes."""
    value = np.asarray(value).item()
    return value.decode() if isinstance(value, bytes) else str(value)


def written(*values: dict) -> np.ndarray:
    """Return a serialized `Summary` message as a 0-d array.

    Args:
        *values: the fields of each of the message's values.

    Example:
        >>> written({"tag": "loss", "simple_value": 0.5}).item()
        b'\\n\\x0b\\n\\x04loss\\x15\\x00\\x00\\x00?'
    """
    summary = protos().Summary
    return np.array(summary(value=[summary.Value(**fields) for fields in values]).SerializeToString(), dtype=object)
