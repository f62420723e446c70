"""`tf.test.StubOutForTesting`: attributes replaced for the time of a test."""

from __future__ import annotations

from types import ModuleType
from typing import Any
from unittest import mock

__all__ = ["StubOutForTesting", "mock"]

_INHERITED = object()  # the value of an attribute that its owner did not have itself


class StubOutForTesting:
    """Attributes that a test has replaced; `CleanUp`, or the end of a `with` block, puts all of them back.

    Example:
        >>> import os
        >>> with tf.test.StubOutForTesting() as stubs:
        ...     stubs.Set(os.path, "exists", lambda path: True)
        ...     os.path.exists("nowhere")
        True
        >>> os.path.exists("nowhere")
        False
    """

    def __init__(self) -> None:
        self._smart: list[tuple[Any, str, Any]] = []
        self._plain: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> StubOutForTesting:
        return self

    def __exit__(self, *error: Any) -> None:
        self.CleanUp()

    def __del__(self) -> None:
        self.CleanUp()

    def Set(self, parent: Any, child_name: str, new_child: Any) -> None:
        """Replace an attribute of a module, a class or an object."""
        was = getattr(parent, child_name)
        self._plain.append(
            (parent, child_name, vars(parent).get(child_name, was) if hasattr(parent, "__dict__") else was)
        )
        setattr(parent, child_name, new_child)

    def UnsetAll(self) -> None:
        """Put back what `Set` has replaced, the last first."""
        _put_back(self._plain)

    def SmartSet(self, obj: Any, attr_name: str, new_attr: Any) -> None:
        """Replace an attribute; of an object that has it by its class, in the class.

        Raises:
            AttributeError: if there is none of that name.
        """
        if not hasattr(obj, attr_name):
            raise AttributeError("Attribute not found.")
        is_own = isinstance(obj, (ModuleType, type)) or attr_name in vars(obj)
        owner = obj if is_own else type(obj)
        self._smart.append((owner, attr_name, vars(owner).get(attr_name, _INHERITED)))
        setattr(owner, attr_name, new_attr)

    def SmartUnsetAll(self) -> None:
        """Put back what `SmartSet` has replaced, the last first."""
        _put_back(self._smart)

    def CleanUp(self) -> None:
        """Put everything back."""
        self.SmartUnsetAll()
        self.UnsetAll()


def _put_back(replaced: list[tuple[Any, str, Any]]) -> None:
    while replaced:
        owner, name, value = replaced.pop()
        if value is _INHERITED:
            delattr(owner, name)
        else:
            setattr(owner, name, value)
