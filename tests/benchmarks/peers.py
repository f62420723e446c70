"""Other frameworks, where they are installed. They are for orientation: no goal depends on them."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Callable
from typing import Any

__all__ = ["has", "trainings"]

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def has(name: str) -> bool:
    """Whether a framework can be imported, on this interpreter."""
    if importlib.util.find_spec(name) is None:
        return False
    try:
        importlib.import_module(name)
    except Exception:  # installed, and broken
        return False
    return True


def trainings(task: Any, deferred: Callable) -> list:
    """Return the task in each framework that is installed.

    Args:
        task: what is trained.
        deferred: makes a training of a module with TensorFlow 1.x's names, the task and a name.
    """
    found = []
    if has("tensorflow"):
        found.append(deferred(importlib.import_module("tensorflow.compat.v1"), task, "tensorflow"))
    for name in ("jax", "torch"):
        if has(name):
            found.append(importlib.import_module(f"tests.benchmarks.peers_{name}").Training(task))
    return found
