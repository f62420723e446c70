"""TF1's errors where the disk refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import errors

__all__ = ["on_disk", "text_of"]


def on_disk(function: Callable, *arguments: Any) -> Any:
    """Call a function that reads or writes files.

    Raises:
        errors.OpError: of the kind that TF1 raises where Python raises an `OSError`.
    """
    try:
        return function(*arguments)
    except FileNotFoundError as error:
        raise errors.NotFoundError(None, None, f"{error.filename}; {error.strerror}") from None
    except PermissionError as error:
        raise errors.PermissionDeniedError(None, None, f"{error.filename}; {error.strerror}") from None
    except IsADirectoryError as error:
        raise errors.FailedPreconditionError(None, None, f"{error.filename}; {error.strerror}") from None
    except OSError as error:
        raise errors.UnknownError(None, None, f"{error.filename}; {error.strerror}") from None


def text_of(value: Any) -> str:
    """Return a scalar string as text."""
    value = np.asarray(value).item()
    return value.decode() if isinstance(value, bytes) else str(value)
