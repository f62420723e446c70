"""The exceptions of a run, with TF1's names, codes and attributes (`tf.errors`)."""

from __future__ import annotations

from typing import Any

from minigraph.graph.read_only import read_only

OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND = range(6)
ALREADY_EXISTS, PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE = range(6, 12)
UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED = range(12, 17)


class OpError(Exception):
    """A failure while a graph ran.

    Args:
        node_def: the NodeDef of the operation that failed, or None.
        op: the `Operation` that failed, or None.
        message: what went wrong.
        error_code: one of the codes of this module.

    Example:
        >>> error = InvalidArgumentError(None, None, "Shapes must match")
        >>> error.message, error.error_code == INVALID_ARGUMENT, error.op
        ('Shapes must match', True, None)
    """

    code = UNKNOWN

    def __init__(self, node_def: Any, op: Any, message: str, error_code: int | None = None):
        super().__init__(message)
        self._node_def, self._op, self._message = node_def, op, message
        self._error_code = type(self).code if error_code is None else error_code

    message: str = read_only("_message", "What went wrong.")
    op: Any = read_only("_op", "The operation that failed, or None.")

    @property
    def node_def(self) -> Any:
        """The NodeDef of the operation that failed, or None."""
        return self._op.node_def if self._node_def is None and self._op is not None else self._node_def

    error_code: int = read_only("_error_code", "The numeric code of this kind of failure.")

    def __reduce__(self):
        return type(self), (None, None, self._message)

    def __str__(self) -> str:
        return self._message


def _kind(name: str, code: int, doc: str) -> type[OpError]:
    return type(name, (OpError,), {"code": code, "__doc__": doc, "__module__": __name__})


CancelledError = _kind("CancelledError", CANCELLED, "The run was cancelled, as by closing its session.")
UnknownError = _kind("UnknownError", UNKNOWN, "Any other failure, such as one inside a `py_func`.")
InvalidArgumentError = _kind("InvalidArgumentError", INVALID_ARGUMENT, "An operation got an invalid input.")
DeadlineExceededError = _kind("DeadlineExceededError", DEADLINE_EXCEEDED, "The time ran out.")
NotFoundError = _kind("NotFoundError", NOT_FOUND, "Something requested (a file, a key) does not exist.")
AlreadyExistsError = _kind("AlreadyExistsError", ALREADY_EXISTS, "Something to be created already exists.")
PermissionDeniedError = _kind("PermissionDeniedError", PERMISSION_DENIED, "The caller may not do that.")
ResourceExhaustedError = _kind("ResourceExhaustedError", RESOURCE_EXHAUSTED, "Memory or another resource ran out.")
FailedPreconditionError = _kind(
    "FailedPreconditionError",
    FAILED_PRECONDITION,
    "The system is not in the required state: a variable has no value, say.",
)
AbortedError = _kind("AbortedError", ABORTED, "The run was aborted.")
OutOfRangeError = _kind("OutOfRangeError", OUT_OF_RANGE, "The end of the input has been reached.")
UnimplementedError = _kind("UnimplementedError", UNIMPLEMENTED, "The operation does not support this.")
InternalError = _kind("InternalError", INTERNAL, "An internal error.")
UnavailableError = _kind("UnavailableError", UNAVAILABLE, "The runtime is not available now.")
DataLossError = _kind("DataLossError", DATA_LOSS, "Data was lost or is corrupt.")
UnauthenticatedError = _kind("UnauthenticatedError", UNAUTHENTICATED, "The caller is not known.")


class InaccessibleTensorError(ValueError):
    """A tensor from the body of a conditional or loop was used outside, where it has no value."""


class OperatorNotAllowedInGraphError(TypeError):
    """A tensor was used as a Python value, which it has only once a session has run it."""


class GraphWarning(UserWarning):
    """Something in the graph is legal but probably unintended."""
