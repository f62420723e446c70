"""Errors for Python values that cannot be converted to arrays or tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph.code import code, name_of
from minigraph.graph.dtypes import DType
from minigraph.graph.operation import Tensor
from minigraph.graph.text import message
from minigraph.graph.traces import here

__all__ = ["none_value", "not_dense", "no_common_type", "wrong_element", "tensor_of_other_type", "wrong_result"]


def none_value() -> ValueError:
    """Return the error for None in place of a value."""
    return ValueError(
        message(
            "None values not supported.",
            f"Something at {here()} is None: the result of a function without `return`, or "
            "the gradient of a variable on which the loss does not depend.",
        )
    )


def not_dense(value: Any) -> Exception:
    """Return the error for nested lists whose rows differ in length."""
    shape: list[int] = []
    level = [value]
    while all(isinstance(v, (list, tuple)) for v in level) and len({len(v) for v in level}) == 1:
        shape.append(len(level[0]))
        level = [v for row in level for v in row]
    wanted, first = [], value
    while isinstance(first, (list, tuple)):
        wanted.append(len(first))
        first = first[0] if first else None
    if shape == wanted:
        return no_common_type(value)
    return ValueError(f"Argument must be a dense tensor: {value} - got shape {shape}, but wanted {wanted}.")


def no_common_type(value: Any) -> TypeError:
    """Return the error for elements of which some are strings or objects."""
    return TypeError(
        f"Failed to convert object of type {type(value)} to Tensor. Contents: {value}. Consider casting "
        "elements to a supported type."
    )


def wrong_element(item: Any, dtype: DType) -> TypeError:
    """Return the error for an element that the type does not take."""
    kind = "bool_" if isinstance(item, np.bool_) else type(item).__name__
    shown = item.item() if isinstance(item, np.generic) else item
    return TypeError(f"Expected {dtype.name}, got {shown!r} of type '{kind}' instead.")


def tensor_of_other_type(value: Tensor, dtype: DType) -> ValueError:
    """Return the error for a tensor where another type is required."""
    cast = code(f"tf.cast({name_of(value)}, tf.{dtype.name})", "x")
    first = f"Tensor conversion requested dtype {dtype.name} for Tensor with dtype {value.dtype.name}: {value!r}"
    return ValueError(f"{first}\nCast it: {cast}")


def wrong_result(result: Any, value: Any, dtype: DType | None, prefix: str, function: Callable) -> RuntimeError:
    """Return the error for a conversion function that returned something other than a tensor of the right type."""
    text = f"{prefix}Conversion function {function!r} for type {type(value)} returned"
    if dtype is None or not isinstance(result, Tensor):
        return RuntimeError(f"{text} non-Tensor: {result!r}")
    text += f" incompatible dtype: requested = {dtype.name}, actual = {result.dtype.name}"
    if dtype._is_ref:
        text += f"\n{dtype.name} is the type of a variable; its value has the type v.dtype.base_dtype."
    return RuntimeError(text)
