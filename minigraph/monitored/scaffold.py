"""`Scaffold`: the operations that a monitored session needs, made where the program has not made them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph import logging
from minigraph.graph import dtypes
from minigraph.graph.collections import GraphKeys, add_to_collection, get_collection
from minigraph.graph.default import get_default_graph
from minigraph.graph.operation import Operation, Tensor
from minigraph.graph.read_only import read_only
from minigraph.graph.scopes import device, name_scope
from minigraph.ops.arrays import constant
from minigraph.ops.arrays.concat import concat
from minigraph.ops.control import group
from minigraph.ops.summary.merge import merge_all
from minigraph.train.saver import Saver
from minigraph.variables.collections import global_variables
from minigraph.variables.initialize import global_variables_initializer, local_variables_initializer, tables_initializer
from minigraph.variables.uninitialized import report_uninitialized_variables

__all__ = ["Scaffold"]


def _initialize_resources() -> Operation:
    """Return the operation that stands in TF1's graphs for resources other than variables: there are none here."""
    return group.no_op(name="init")


def _and_resources(missing: Tensor) -> Tensor:
    """Return the names of variables without a value and, as TF1's nodes do, those of other resources: none."""
    with name_scope("report_uninitialized_resources"), device("/cpu:0"):
        none = constant.constant([], dtype=dtypes.string)
    return concat([missing, none], 0)


class Scaffold:
    """What a monitored session needs of the graph; what is not given is made when the session begins.

    Args:
        init_op: gives the variables their initial values; by default all global ones.
        init_feed_dict: what to feed for it.
        init_fn: a function of the scaffold and the session, called after `init_op`.
        ready_op: a tensor with the names of the variables that have no value yet.
        ready_for_local_init_op: a tensor with the names of those that `local_init_op` waits for.
        local_init_op: run in each new session, after a checkpoint was restored too; by default gives the local
            variables their initial values.
        summary_op: the summary, by default the graph's summaries, merged.
        saver: the `Saver`, by default one for all global variables.
        copy_from_scaffold: another scaffold, for what is not given.

    Raises:
        TypeError: if `copy_from_scaffold` is no scaffold.

    Example:
        >>> v = tf.Variable(1.0)
        >>> assign = v.assign(5.0)
        >>> scaffold = tf.train.Scaffold(init_fn=lambda scaffold, session: session.run(assign))
        >>> with tf.train.MonitoredTrainingSession(scaffold=scaffold) as session:
        ...     print(session.run(v))
        5.0
    """

    _NAMES = "init_op", "init_feed_dict", "ready_op", "ready_for_local_init_op", "local_init_op", "summary_op", "saver"

    def __init__(
        self,
        init_op: Any = None,
        init_feed_dict: Any = None,
        init_fn: Callable | None = None,
        ready_op: Any = None,
        ready_for_local_init_op: Any = None,
        local_init_op: Any = None,
        summary_op: Any = None,
        saver: Any = None,
        copy_from_scaffold: Any = None,
    ):
        given = init_op, init_feed_dict, ready_op, ready_for_local_init_op, local_init_op, summary_op, saver
        for name, value in zip(self._NAMES, given):
            setattr(self, f"_{name}", value)
        self._user_init_fn = init_fn
        if copy_from_scaffold is not None:
            self._copy(copy_from_scaffold)

    def _copy(self, other: Any) -> None:
        if not isinstance(other, Scaffold):
            raise TypeError("copy_from_scaffold is not a Scaffold instance.")
        for name in (*self._NAMES, "user_init_fn"):
            if getattr(self, f"_{name}") is None:
                setattr(self, f"_{name}", getattr(other, f"_{name}"))

    init_op: Any = read_only("_init_op", "Gives the variables their initial values.")
    init_feed_dict: Any = read_only("_init_feed_dict", "What to feed for `init_op`.")
    ready_op: Any = read_only("_ready_op", "The names of the variables that have no value yet.")
    ready_for_local_init_op: Any = read_only("_ready_for_local_init_op", "The names that `local_init_op` waits for.")
    local_init_op: Any = read_only("_local_init_op", "Run in each new session.")
    summary_op: Any = read_only("_summary_op", "The summary, or None.")
    saver: Any = read_only("_saver", "The `Saver`.")

    @property
    def init_fn(self) -> Callable | None:
        """The function given, of the session alone; or None."""
        given = self._user_init_fn
        return None if given is None else lambda session: given(self, session)

    def finalize(self) -> Scaffold:
        """Make what is missing, and make the graph read-only; return the scaffold.

        Raises:
            RuntimeError: if a collection, such as INIT_OP, has several candidates.
        """
        defaults: dict[str, Callable] = {
            "init_op": lambda: group.group(global_variables_initializer(), _initialize_resources()),
            "ready_op": lambda: _and_resources(report_uninitialized_variables()),
            "ready_for_local_init_op": lambda: _and_resources(report_uninitialized_variables(global_variables())),
            "local_init_op": Scaffold.default_local_init_op,
            "summary_op": merge_all,
            "saver": lambda: Saver(sharded=True, allow_empty=True),
        }
        keys = {name: getattr(GraphKeys, name.upper()) for name in defaults if name != "saver"}
        keys["saver"] = GraphKeys.SAVERS
        for name, default in defaults.items():
            if getattr(self, f"_{name}") is None:
                setattr(self, f"_{name}", Scaffold.get_or_default(name, keys[name], default))
        self.saver.build()
        get_default_graph().finalize()
        logging.info("Graph was finalized.")
        return self

    @staticmethod
    def get_or_default(arg_name: str, collection_key: str, default_constructor: Callable) -> Any:
        """Return the one element of a collection; where it is empty, what a function makes, and add that.

        Raises:
            RuntimeError: if there are several elements.
        """
        elements = get_collection(collection_key)
        if len(elements) > 1:
            raise RuntimeError(
                f'More than one item in the collection "{collection_key}". Please indicate which one to use by passing '
                f"it to the tf.train.Scaffold constructor as:  tf.train.Scaffold({arg_name}=item to use)"
            )
        if elements:
            return elements[0]
        made = default_constructor()
        if made is not None:
            add_to_collection(collection_key, made)
        return made

    @staticmethod
    def default_local_init_op() -> Operation:
        """Make the operation that gives local variables and tables their initial values."""
        return group.group(local_variables_initializer(), tables_initializer(), _initialize_resources())
