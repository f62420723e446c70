"""`get_variable`: a variable by its name within the scope in force, new or shared."""

from __future__ import annotations

from typing import Any

from minigraph.graph.collections import GraphKeys
from minigraph.variables.scope import get_variable_scope
from minigraph.variables.variable import Variable

__all__ = ["get_variable", "get_local_variable"]


def get_variable(
    name: str,
    shape: Any = None,
    dtype: Any = None,
    initializer: Any = None,
    regularizer: Any = None,
    trainable: bool | None = None,
    collections: Any = None,
    caching_device: Any = None,
    partitioner: Any = None,
    validate_shape: bool = True,
    use_resource: bool | None = None,
    custom_getter: Any = None,
    constraint: Any = None,
    synchronization: Any = None,
    aggregation: Any = None,
) -> Variable:
    """Make a variable, or return the one of that name where the scope shares variables.

    Args:
        name: its name within the variable scope.
        shape: its shape; not with an initializer that is a value.
        dtype: its element type, float32 by default.
        initializer: a function of (shape, dtype) such as `tf.zeros_initializer()`, a class of such, or a value;
            by default the scope's, else Glorot's uniform one for floats and zeros for integers.
        regularizer: a function of the variable; its result goes to the collection REGULARIZATION_LOSSES.
        trainable, collections, caching_device, validate_shape, constraint: as for `Variable`.
        custom_getter: a function `getter(true_getter, name, **options)` called in place of this one.
        use_resource: True for a resource variable; by default what the scope says.
        partitioner: a function of shape and dtype that says how to cut the variable into parts; the result is then a
            `PartitionedVariable`.
        synchronization, aggregation: accepted, as in TF1.

    Raises:
        ValueError: if the variable exists and is not to be shared, is to be shared and does not exist, or has another
            shape or dtype.

    Example:
        >>> for _ in range(2):
        ...     with tf.variable_scope("layer", reuse=tf.AUTO_REUSE):
        ...         print(tf.get_variable("w", [2, 3]))
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
        <tf.Variable 'layer/w:0' shape=(2, 3) dtype=float32_ref>
    """
    return get_variable_scope().get_variable(**locals())


def get_local_variable(name: str, *args: Any, **options: Any) -> Variable:
    """Call `get_variable` for a variable that is not trained and not saved: in the collection LOCAL_VARIABLES."""
    options["collections"] = [*(options.get("collections") or ()), GraphKeys.LOCAL_VARIABLES]
    return get_variable(name, *args, **options | {"trainable": False})
