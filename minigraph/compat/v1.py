"""`tf.compat.v1`: the package itself, under the name by which a program of TensorFlow 2 asks for version 1."""

from __future__ import annotations

import importlib
from typing import Any

_package = importlib.import_module(__name__.partition(".")[0])
__all__ = _package.__all__
__version__ = _package.__version__


def __getattr__(name: str) -> Any:
    return getattr(_package, name)


def __dir__() -> list[str]:
    return dir(_package)
