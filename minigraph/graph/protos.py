"""TensorBoard's protocol messages, which event files are made of: its optional modules."""

from __future__ import annotations

import importlib
import sys
from typing import Any

__all__: list[str] = []  # for the writer only


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
        there_is_none = sys.platform == "emscripten"
        advice = "there is none in a browser" if there_is_none else "pip install 'minigraph[tensorboard]'"
        raise ImportError(f"{need}: {advice}") from error


def protos() -> Any:
    """Return the module of the `Summary` messages; ImportError as for `tensorboard`."""
    return tensorboard("compat.proto.summary_pb2")
