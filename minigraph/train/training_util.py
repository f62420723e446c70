"""The global step: one variable a graph that counts the training steps."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes
from minigraph.graph.code import code
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import default_graph, get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.graph.text import message
from minigraph.graph.traces import format_chain, here
from minigraph.graph.warn import log
from minigraph.variables.get_variable import get_variable
from minigraph.variables.initializers.constant import zeros_initializer
from minigraph.variables.modes import VariableAggregation
from minigraph.variables.variable import Variable

__all__ = ["assert_global_step", "create_global_step", "get_global_step", "get_or_create_global_step", "global_step"]


def global_step(sess: Any, global_step_tensor: Any) -> int:
    """Return the value of the global step, a variable or tensor, in a session.

    Example:
        >>> step = tf.train.create_global_step()
        >>> sess.run(step.initializer)
        >>> tf.train.global_step(sess, step)
        0
    """
    return int(sess.run(global_step_tensor))


def get_global_step(graph: Any = None) -> Any:
    """Return the global step of a graph, by default the default one, or None; TypeError unless it is a scalar integer.

    Example:
        >>> print(tf.train.get_global_step())
        None
    """
    graph = graph or get_default_graph()
    found = graph.get_collection(GraphKeys.GLOBAL_STEP)
    if len(found) > 1:
        log("error", "Multiple tensors in global_step collection.")
        return None
    named = graph._by_name.get("global_step")
    found = found or (named.outputs if named is not None else [])
    if not found:
        return None
    assert_global_step(found[0])
    return found[0]


def create_global_step(graph: Any = None) -> Variable:
    """Make a global step: an int64 variable that starts at 0; ValueError if the graph has one already.

    Example:
        >>> tf.train.create_global_step()
        <tf.Variable 'global_step:0' shape=() dtype=int64_ref>
    """
    graph = graph or get_default_graph()
    existing = get_global_step(graph)
    if existing is not None:
        places = f"It was made at {format_chain(existing.op.where)}; this call is at {here()}."
        advice = f"Use {code('tf.train.get_or_create_global_step()')}, which gives it."
        raise ValueError(message('"global_step" already exists.', places, advice))
    with default_graph(graph), graph.name_scope(None):
        name, keys = GraphKeys.GLOBAL_STEP, [GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP]
        zero, once = zeros_initializer(), VariableAggregation.ONLY_FIRST_REPLICA
        return get_variable(name, [], dtypes.int64, zero, trainable=False, collections=keys, aggregation=once)


def get_or_create_global_step(graph: Any = None) -> Any:
    """Return the graph's global step; make it where there is none.

    Example:
        >>> tf.train.get_or_create_global_step() is tf.train.get_or_create_global_step()
        True
    """
    step = get_global_step(graph)
    return create_global_step(graph) if step is None else step


def assert_global_step(global_step_tensor: Any) -> None:
    """Check that this can be a global step: raise TypeError unless it is a scalar integer variable or tensor.

    Example:
        >>> tf.train.assert_global_step(tf.constant(1.0))
        Traceback (most recent call last):
        ...
        TypeError: Existing "global_step" does not have integer type: <dtype: 'float32'>
        Write tf.train.get_or_create_global_step() in its place.
    """
    if not isinstance(global_step_tensor, (Variable, Tensor)):
        raise TypeError(f'Existing "global_step" must be a Variable or Tensor: {global_step_tensor}.')
    if not global_step_tensor.dtype.base_dtype.is_integer:
        first = f'Existing "global_step" does not have integer type: {global_step_tensor.dtype}'
        raise TypeError(f"{first}\nWrite {code('tf.train.get_or_create_global_step()')} in its place.")
    shape = global_step_tensor.shape
    if shape.ndims != 0 and shape.is_fully_defined():
        first = f'Existing "global_step" is not scalar: {shape}'
        raise TypeError(f"{first}\nMake it with {code('tf.train.get_or_create_global_step()')}.")
