"""A tensor with the value of the global step, one for each graph."""

from __future__ import annotations

from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Tensor
from minigraph.train.training_util import get_global_step
from minigraph.variables.variable import Variable

__all__ = ["get_or_create_global_step_read"]

_READ = "global_step_read_op_cache"  # the collection of the one tensor that copies the global step


def get_or_create_global_step_read() -> Tensor | None:
    """Return a tensor with the value of the default graph's global step, or None where it has none.

    It has a value, the initial one, even before the variable has one.

    Raises:
        RuntimeError: if there are several.

    Example:
        >>> step = tf.train.create_global_step()
        >>> get_or_create_global_step_read()
        <tf.Tensor 'global_step/add:0' shape=() dtype=int64>
    """
    graph = get_default_graph()
    found = graph.get_collection(_READ)
    if len(found) > 1:
        raise RuntimeError(f"There are multiple items in collection {_READ}. There should be only one.")
    step = get_global_step(graph)
    if found or step is None:
        return found[0] if found else None
    with graph.atomic(), graph.name_scope(None), graph.name_scope(f"{step.op.name}/"):
        value = step.initialized_value() if isinstance(step, Variable) else step
        graph.add_to_collection(_READ, value + 0)
    return graph.get_collection(_READ)[0]
