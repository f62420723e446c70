"""`tf.compat.v1`: the package itself, under the name by which a program of TensorFlow 2 asks for version 1."""

from __future__ import annotations

from typing import Any

import minigraph

__all__ = minigraph.__all__
__version__ = minigraph.__version__


def __getattr__(name: str) -> Any:
    return getattr(minigraph, name)


def __dir__() -> list[str]:
    return dir(minigraph)
