"""The methods that write the whole value of a variable."""

from __future__ import annotations

from typing import Any

from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.session_for import get_default_session
from minigraph.ops.variables import assign, count_up_to

__all__ = ["Writes"]


class Writes:
    """Mixin for variables: assign, assign_add, assign_sub, count_up_to, load."""

    _variable: Any
    _initializer_op: Operation

    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Any:
        """Make an operation that gives it a value; the ref tensor after it, or (not `read_value`) the operation."""
        return _ref_or_op(assign.assign(self._variable, value, use_locking=use_locking, name=name), read_value)

    def assign_add(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Make an operation that adds to it."""
        return _ref_or_op(assign.assign_add(self._variable, delta, use_locking, name), read_value)

    def assign_sub(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Any:
        """Make an operation that subtracts from it."""
        return _ref_or_op(assign.assign_sub(self._variable, delta, use_locking, name), read_value)

    def count_up_to(self, limit: int) -> Tensor:
        """Make an operation that gives its value and adds one, up to `limit`."""
        return count_up_to.count_up_to(self, limit)

    def load(self, value: Any, session: Any = None) -> None:
        """Give it a value (a Python value or array) in `session`, without adding a node."""
        session = session if session is not None else get_default_session()
        if session is None:
            raise ValueError(
                "Either session argument should be provided or default session should be established\n"
                "Write v.load(value, sess)."
            )
        session.run(self._initializer_op, {self._initializer_op.inputs[1]: value})


def _ref_or_op(ref: Tensor, read_value: bool) -> Any:
    return ref if read_value else ref.op
