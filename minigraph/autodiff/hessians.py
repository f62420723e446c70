"""`hessians`: second derivatives, one row of each matrix as a gradient."""

from __future__ import annotations

from typing import Any

from minigraph.autodiff.backward import as_list, gradients
from minigraph.graph.default import get_default_graph
from minigraph.ops import getitem
from minigraph.ops.arrays import reshape, stack

__all__ = ["hessians"]


def hessians(
    ys: Any,
    xs: Any,
    name: str = "hessians",
    colocate_gradients_with_ops: bool = False,
    gate_gradients: bool = False,
    aggregation_method: int | None = None,
) -> list:
    """Build the Hessian of the sum of `ys` for each of `xs`.

    Args:
        ys: a tensor or a list of tensors.
        xs: a tensor, variable or list of them; the number of elements must be known statically.
        name: accepted and ignored, as in TF1.
        colocate_gradients_with_ops, gate_gradients, aggregation_method: as for `gradients`.

    Returns:
        For each x a tensor of shape `x.shape + x.shape`.

    Raises:
        LookupError: if an operation on the path has no gradient.
        ValueError: if an x has an unknown size, or no y depends on it.

    Example:
        >>> x = tf.constant([1.0, 2.0])
        >>> print(sess.run(tf.hessians(x[0] * x[1] * x[1], x))[0])
        [[0. 4.]
         [4. 2.]]
    """
    xs = as_list(xs)
    options: Any = dict(
        colocate_gradients_with_ops=colocate_gradients_with_ops,
        gate_gradients=gate_gradients,
        aggregation_method=aggregation_method,
    )
    result = []
    with get_default_graph().atomic():
        for first, x in zip(gradients(ys, xs, **options), xs):
            shape = x.get_shape()
            if not shape.is_fully_defined():
                raise ValueError(
                    f"hessians needs the static shape of x; {x} has shape {shape}. Call x.set_shape first."
                )
            if first is None:
                raise ValueError(f"no y depends on {x} by differentiable operations, so it has no Hessian")
            flat = reshape.reshape(first, [-1])
            rows = [
                gradients(getitem.tensor_getitem(flat, j), x, unconnected_gradients="zero", **options)[0]
                for j in range(shape.num_elements())
            ]
            result.append(reshape.reshape(stack.stack(rows), shape.as_list() * 2))
    return result
