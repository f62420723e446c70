"""What layers have in common: the names of their variables, collections, and arguments given in several forms."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from minigraph.contrib.framework.model_variables import model_variable
from minigraph.graph import constant_value as constants
from minigraph.graph.collections import add_to_collection, add_to_collections, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.shapes import TensorShape
from minigraph.ops.control import cond
from minigraph.variables.variable import Variable

__all__ = [
    "add_variable_to_collections",
    "append_tensor_alias",
    "channel_dimension",
    "checked_data_format",
    "collect_named_outputs",
    "constant_value",
    "convert_collection_to_dict",
    "gather_tensors_aliases",
    "get_tensor_aliases",
    "get_variable_collections",
    "last_dimension",
    "n_positive_integers",
    "smart_cond",
    "static_cond",
    "two_element_tuple",
    "variable_getter",
    "with_extras",
]

_RENAMED = {"kernel": "weights", "bias": "biases"}


def variable_getter(rename: dict[str, str] | None = None) -> Callable:
    """Return a custom getter that makes variables of the model, with other last parts of their names.

    Args:
        rename: the new names; by default "kernel" is called "weights", and "bias" "biases".

    Example:
        >>> with tf.variable_scope("layer", custom_getter=variable_getter()):
        ...     print(tf.get_variable("kernel", [2]).name, tf.model_variables())
        layer/weights:0 [<tf.Variable 'layer/weights:0' shape=(2,) dtype=float32_ref>]
    """
    names = _RENAMED if rename is None else rename
    taken = """shape dtype initializer regularizer trainable collections caching_device partitioner use_resource
        synchronization aggregation""".split()

    def getter(getter: Any, name: str, *args: Any, **options: Any) -> Variable:
        head, slash, last = name.rpartition("/")
        kept = {key: options[key] for key in taken if key in options}
        return model_variable(head + slash + names.get(last, last), *args, custom_getter=getter, **kept)

    return getter


def get_variable_collections(variables_collections: Any, name: str) -> list:
    """Return the collections for a variable: all that are given, or those that a dict has for its kind.

    Example:
        >>> get_variable_collections({"weights": ["w"]}, "weights"), get_variable_collections("all", "biases")
        (['w'], ['all'])
    """
    found = variables_collections.get(name) if isinstance(variables_collections, dict) else variables_collections
    return [] if not found else [found] if isinstance(found, str) else list(found)


def add_variable_to_collections(variable: Variable, variables_collections: Any, name: str) -> None:
    """Add a variable of that kind to its collections, unless it is there already."""
    for key in get_variable_collections(variables_collections, name):
        if not any(variable is other for other in get_collection(key)):
            add_to_collection(key, variable)


def with_extras(
    outputs: Any,
    scope: str,
    activation_fn: Callable | None,
    outputs_collections: Any,
    normalizer_fn: Callable | None = None,
    normalizer_params: Any = None,
) -> Any:
    """Return a layer's outputs normalized and activated, if asked for, and collected under the name of its scope."""
    if normalizer_fn is not None:
        outputs = normalizer_fn(outputs, **(normalizer_params or {}))
    if activation_fn is not None:
        outputs = activation_fn(outputs)
    return collect_named_outputs(outputs_collections, scope, outputs)


# Tensors by the names of the layers that made them


def _aliases() -> dict:
    return get_default_graph().kept("tensor aliases", dict)


def collect_named_outputs(collections: Any, alias: str, outputs: Tensor) -> Tensor:
    """Add a tensor to collections, under a name with which `convert_collection_to_dict` finds it; return it."""
    if collections:
        append_tensor_alias(outputs, alias)
        add_to_collections(collections, outputs)
    return outputs


def append_tensor_alias(tensor: Tensor, alias: str) -> Tensor:
    """Give a tensor one more name; return it."""
    _aliases().setdefault(tensor, []).append(alias.removesuffix("/"))
    return tensor


def get_tensor_aliases(tensor: Tensor) -> list:
    """Return the names given to a tensor, or else its own, without ":0"."""
    return list(_aliases().get(tensor, ())) or [tensor.name.removesuffix(":0")]


def gather_tensors_aliases(tensors: Any) -> list:
    """Return the names of several tensors; see `get_tensor_aliases`."""
    return [alias for tensor in tensors for alias in get_tensor_aliases(tensor)]


def convert_collection_to_dict(collection: str, clear_collection: bool = False) -> OrderedDict:
    """Return the tensors of a collection by the names of their layers.

    Args:
        collection: the collection, which layers got as `outputs_collections`.
        clear_collection: empty it.

    Example:
        >>> y = tf.contrib.layers.fully_connected(tf.zeros([1, 2]), 3, outputs_collections="ends", scope="fc")
        >>> print(dict(convert_collection_to_dict("ends")))
        {'fc': <tf.Tensor 'fc/Relu:0' shape=(1, 3) dtype=float32>}
    """
    found = OrderedDict(
        (alias, tensor) for tensor in get_collection(collection) for alias in get_tensor_aliases(tensor)
    )
    if clear_collection:
        get_default_graph().clear_collection(collection)
    return found


# Conditions that may be known already


def constant_value(value_or_tensor_or_var: Any, dtype: Any = None) -> Any:
    """Return the value of a constant, None for other tensors and variables, and anything else as it is.

    Raises:
        ValueError: if it is None, or of another type than `dtype`.
    """
    value = value_or_tensor_or_var
    if value is None:
        raise ValueError("value_or_tensor_or_var cannot be None")
    if not isinstance(value, (Tensor, Variable)):
        return value
    if dtype and value.dtype != dtype:
        raise ValueError(f"It has the wrong type {value.dtype} instead of {dtype}")
    return None if isinstance(value, Variable) else constants.constant_value(value)


def static_cond(pred: Any, fn1: Callable, fn2: Callable) -> Any:
    """Return the result of the one function or the other."""
    for name, function in (("fn1", fn1), ("fn2", fn2)):
        if not callable(function):
            raise TypeError(f"{name} must be callable.")
    return fn1() if pred else fn2()


def smart_cond(pred: Any, fn1: Callable, fn2: Callable, name: str | None = None) -> Any:
    """Build a conditional, unless the condition is known now: then only the branch that is taken."""
    known = constant_value(pred)
    return cond.cond(pred, fn1, fn2, name=name) if known is None else static_cond(known, fn1, fn2)


# Sizes


def _dimension(shape: TensorShape, axis: int, min_rank: int) -> int:
    sizes = shape.tuple
    if sizes is None:
        raise ValueError("dims of shape must be known but is None")
    if len(sizes) < min_rank:
        raise ValueError(f"rank of shape must be at least {min_rank} not: {len(sizes)}")
    size = sizes[axis]
    if size is None:
        raise ValueError(f"dimension {axis} of shape must be known but is None: {shape}")
    return size


def channel_dimension(shape: TensorShape, data_format: str, min_rank: int = 1) -> int:
    """Return the number of channels; `data_format` is "channels_first" or "channels_last"."""
    return _dimension(shape, 1 if data_format == "channels_first" else -1, min_rank)


def last_dimension(shape: TensorShape, min_rank: int = 1) -> int:
    """Return the size of the last axis.

    Raises:
        ValueError: if it is not known, or there are fewer axes than `min_rank`.
    """
    return _dimension(shape, -1, min_rank)


def checked_data_format(data_format: str, *known: str) -> str:
    """Return "channels_first" or "channels_last" for a format such as "NCHW"; ValueError if it is not a known one."""
    if data_format not in known:
        raise ValueError(f"data_format has to be either {' or '.join(known)}.")
    return "channels_first" if data_format.startswith("NC") else "channels_last"


def two_element_tuple(int_or_tuple: Any) -> tuple[int, int]:
    """Return two integers, from one or two.

    Example:
        >>> two_element_tuple(3), two_element_tuple([1, 2])
        ((3, 3), (1, 2))
    """
    if isinstance(int_or_tuple, (list, tuple)):
        if len(int_or_tuple) != 2:
            raise ValueError(f"Must be a list with 2 elements: {int_or_tuple}")
        return int(int_or_tuple[0]), int(int_or_tuple[1])
    if isinstance(int_or_tuple, int):
        return int_or_tuple, int_or_tuple
    raise ValueError("Must be an int, a list with 2 elements or a TensorShape of length 2")


def n_positive_integers(n: int, value: Any) -> tuple[int, ...]:
    """Return `n` positive integers, from one or `n`.

    Example:
        >>> n_positive_integers(3, 2)
        (2, 2, 2)
    """
    if n < 1 or n != int(n):
        raise ValueError("n must be a positive integer")
    try:
        values = (int(value),) * n
    except (TypeError, ValueError):
        wrong = f"Expected sequence of {n} positive integers, but received {value!r}"
        if len(value) != n:
            raise ValueError(wrong) from None
        try:
            values = tuple(int(x) for x in value)
        except (TypeError, ValueError):
            raise ValueError(wrong) from None
    for x in values:
        if x < 1:
            raise ValueError(f"expected positive integer, but received {x}")
    return values
