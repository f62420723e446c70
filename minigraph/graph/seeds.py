"""Graph-level and operation-level random seeds, by TF 1.15's rule."""

from __future__ import annotations

from minigraph.graph.default import get_default_graph

__all__ = ["get_seed", "set_random_seed"]

DEFAULT_GRAPH_SEED = 87654321
_LARGEST = 2**31 - 1


def get_seed(op_seed: int | None) -> tuple[int | None, int | None]:
    """Return (graph seed, op seed) for an operation made now and given `op_seed`, or (None, None).

    With only a graph seed, the number of nodes already in the graph serves as the operation's seed, so that a program
    that builds the same graph draws the same numbers. With none at all each session has a different stream.

    Example:
        >>> print(tf.get_seed(None), tf.get_seed(7))
        (None, None) (87654321, 7)
        >>> tf.set_random_seed(42)
        >>> print(tf.get_seed(None), tf.get_seed(7))
        (42, 0) (42, 7)
    """
    graph = get_default_graph()
    if graph.seed is None and op_seed is None:
        return None, None
    first = DEFAULT_GRAPH_SEED if graph.seed is None else graph.seed % _LARGEST
    seeds = first, (graph._last_id if op_seed is None else op_seed) % _LARGEST
    return (0, _LARGEST) if seeds == (0, 0) else seeds  # (0, 0) would mean "draw a seed"


def set_random_seed(seed: int | None) -> None:
    """Set the graph-level seed of the default graph, an integer, or clear it by None.

    Example:
        >>> def draw():
        ...     with tf.Graph().as_default(), tf.Session() as sess:
        ...         tf.set_random_seed(1)
        ...         return sess.run(tf.random_uniform([2])).tolist()
        >>> draw() == draw()
        True
    """
    get_default_graph().seed = seed
