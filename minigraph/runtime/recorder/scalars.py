"""Call on single numbers as Python expressions, which numpy's scalars carry out faster than ufuncs do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigraph.runtime.recorder.calls import Call, Value
from minigraph.runtime.recorder.passes import Pass
from minigraph.runtime.recorder.tracer import astype

__all__ = ["CALCULATIONS", "expression"]

# With the results of the ufuncs to the last bit, which of two zeros is the smaller one included.
CALCULATIONS = {
    np.add: "{} + {}",
    np.subtract: "{} - {}",
    np.multiply: "{} * {}",
    np.true_divide: "{} / {}",
    np.negative: "-{}",
    np.minimum: "{0} if {0} < {1} or {0} != {0} else {1}",
    np.maximum: "{0} if {0} > {1} or {0} != {0} else {1}",
}
_OF_ONE_TYPE = {**CALCULATIONS, np.isfinite: "{0} - {0} == 0"}
_OF_SEVERAL = {np.where: "({1} if {0} else {2})[()]", astype: "{kind}({0})"}


def expression(call: Call, args: Sequence[str], name_of: Callable[[np.dtype], str]) -> str | None:
    """Return the expression for a call.

    Args:
        call: any call.
        args: the texts of its arguments.
        name_of: gives the name of the class of a type's scalars.

    Returns:
        The text; None if not all arguments are single numbers, or there is none.
    """
    if not Pass.NUMBERS.is_on or call.kwargs or len(call.outputs) != 1 or call.outputs[0].shape != ():
        return None
    if call.function in _OF_ONE_TYPE and _are_of_one_type(call.args):
        return _OF_ONE_TYPE[call.function].format(*args)
    if call.function in _OF_SEVERAL and _can_be_cast(call):
        return _OF_SEVERAL[call.function].format(*args, kind=name_of(call.outputs[0].dtype))
    return None


def _are_of_one_type(args: tuple) -> bool:
    """Return True if all are numbers of one type; Python's floats take that of the others."""
    typed = [arg for arg in args if type(arg) is not float]
    types = {arg.dtype if isinstance(arg, (Value, np.generic)) and arg.shape == () else None for arg in typed}
    kinds = "f" if len(typed) < len(args) else "fi"
    return len(types) == 1 and all(dtype is not None and dtype.kind in kinds for dtype in types)


def _can_be_cast(call: Call) -> bool:
    """Return True if all are numbers of kinds that numpy casts to each other silently."""
    (value,) = call.outputs
    numbers: list[Any] = [a for a in call.args if isinstance(a, (Value, np.generic, np.ndarray))]
    if not all(a.shape == () and a.dtype.kind in "fiub" for a in (*numbers, value)):
        return False
    return call.function is astype or numbers[1].dtype == numbers[2].dtype == value.dtype
