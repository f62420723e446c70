"""Give variables the values of arrays, or of a checkpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minigraph.checkpoints.reader import NewCheckpointReader
from minigraph.contrib.framework.variables import get_variable_full_name
from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.warn import log
from minigraph.ops.arrays.placeholder import placeholder
from minigraph.ops.control.group import group
from minigraph.train.saver import Saver
from minigraph.variables.variable import Variable

__all__ = ["assign_from_values", "assign_from_values_fn", "assign_from_checkpoint", "assign_from_checkpoint_fn"]


def assign_from_values(var_names_to_values: Mapping[str, Any]) -> tuple[Operation, dict]:
    """Build an operation that gives variables values, which are fed.

    Args:
        var_names_to_values: arrays by the names of variables.

    Returns:
        The operation, and the `feed_dict` with which to run it.

    Raises:
        ValueError: if there is no such variable, or several, or an array does not have its size.

    Example:
        >>> v = tf.get_variable("v", [2])
        >>> assign, feed = tf.contrib.framework.assign_from_values({"v": [1.0, 2.0]})
        >>> sess.run(assign, feed)
        >>> print(v.eval())
        [1. 2.]
    """
    with get_default_graph().atomic():
        feeds: dict[Tensor, Any] = {}
        assigns = []
        for name, value in var_names_to_values.items():
            variable = _named(name)
            fed = _fed(variable)
            assigns.append(variable.assign(fed))
            feeds[fed] = np.asarray(value).reshape(variable.shape.as_list())
        return group(*assigns), feeds


def _named(name: str) -> Variable:
    found = get_collection(GraphKeys.GLOBAL_VARIABLES, name)
    if not found:
        raise ValueError(f"Variable {name} wasn't found")
    if len(found) == 1:
        return found[0]
    for variable in found:
        if variable.op.name == name:
            return variable
    raise ValueError(f"Variable {name} doesn't uniquely identify a variable")


def _fed(variable: Variable) -> Tensor:
    return placeholder(variable.dtype.base_dtype, variable.shape, name=f"placeholder/{variable.op.name}")


def assign_from_values_fn(var_names_to_values: Mapping[str, Any]) -> Callable:
    """Return a function of a session that gives variables values; see `assign_from_values`."""
    assign, feeds = assign_from_values(var_names_to_values)
    return lambda session: session.run(assign, feeds)


def assign_from_checkpoint(model_path: Any, var_list: Any, ignore_missing_vars: bool = False) -> tuple[Operation, dict]:
    """Build an operation that gives variables the values of a checkpoint, which are read now and fed.

    Args:
        model_path: the prefix of the checkpoint.
        var_list: a list of variables, or a dict of variables (or lists of them) by their names in the checkpoint.
        ignore_missing_vars: leave out variables that the checkpoint lacks.

    Returns:
        The operation, and the `feed_dict` with which to run it.

    Raises:
        ValueError: if the checkpoint lacks a variable, or has another shape for it.
    """
    named: dict[str, list] = {}
    if isinstance(var_list, (list, tuple)):
        for variable in var_list:
            named.setdefault(get_variable_full_name(variable), []).append(variable)
    else:
        named = {name: list(v) if isinstance(v, (list, tuple)) else [v] for name, v in var_list.items()}
    reader = NewCheckpointReader(model_path)
    with get_default_graph().atomic():
        feeds: dict[Tensor, Any] = {}
        assigns = []
        for name, variables in named.items():
            if not reader.has_tensor(name):
                if not ignore_missing_vars:
                    raise ValueError(f"Checkpoint is missing variable [{name}]")
                log("warning", f"Checkpoint is missing variable [{name}]")
                continue
            value = reader.get_tensor(name)
            for variable in variables:
                fed = _fed(variable)
                assigns.append(variable.assign(fed))
                if tuple(variable.shape.as_list()) != np.shape(value):
                    raise ValueError(
                        f"Total size of new array must be unchanged for {name} lh_shape: [{np.shape(value)}], "
                        f"rh_shape: [{variable.shape}]"
                    )
                feeds[fed] = value
        return group(*assigns), feeds


def assign_from_checkpoint_fn(
    model_path: Any, var_list: Any, ignore_missing_vars: bool = False, reshape_variables: bool = False
) -> Callable | None:
    """Return a function of a session that restores variables from a checkpoint.

    Args:
        model_path: the prefix of the checkpoint.
        var_list: a list of variables, or a dict of variables by their names in the checkpoint.
        ignore_missing_vars: leave out variables that the checkpoint lacks.
        reshape_variables: allow another shape with as many elements.

    Returns:
        The function; None if no variable is left.

    Raises:
        ValueError: if `var_list` is empty.

    Example:
        >>> import tempfile
        >>> v = tf.get_variable("v", [2])
        >>> sess.run(v.assign([1.0, 2.0]))
        array([1., 2.], dtype=float32)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = tf.train.Saver().save(sess, folder + "/model")
        ...     sess.run(v.assign([0.0, 0.0]))
        ...     tf.contrib.framework.assign_from_checkpoint_fn(path, [v])(sess)
        array([0., 0.], dtype=float32)
        >>> print(v.eval())
        [1. 2.]
    """
    if not var_list:
        raise ValueError("var_list cannot be empty")
    if ignore_missing_vars:
        reader = NewCheckpointReader(model_path)
        given = var_list if isinstance(var_list, dict) else {v.op.name: v for v in var_list}
        for name in given:
            if not reader.has_tensor(name):
                log("warning", f"Variable {name} missing in checkpoint {model_path}")
        var_list = {name: v for name, v in given.items() if reader.has_tensor(name)}
    if not var_list:
        log("warning", "No Variables to restore")
        return None
    saver = Saver(var_list, reshape=reshape_variables)
    return lambda session: saver.restore(session, model_path)
