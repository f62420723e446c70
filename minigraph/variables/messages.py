"""Variables as `VariableDef` messages, which a `MetaGraphDef` has in its collections."""

from __future__ import annotations

from typing import Any

from minigraph.graph import protos
from minigraph.graph.collection_protos import register_proto_function, with_scope, without_scope
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph_keys import GraphKeys
from minigraph.graph.operation import Tensor
from minigraph.variables import kinds
from minigraph.variables.modes import checked_modes

__all__ = ["Messages", "SaveSliceInfo"]

_COLLECTIONS = (
    GraphKeys.GLOBAL_VARIABLES,
    GraphKeys.TRAINABLE_VARIABLES,
    GraphKeys.MOVING_AVERAGE_VARIABLES,
    GraphKeys.LOCAL_VARIABLES,
    GraphKeys.MODEL_VARIABLES,
    GraphKeys.GLOBAL_STEP,
    GraphKeys.METRIC_VARIABLES,
)


class SaveSliceInfo:
    """Which part of a larger variable one variable is, in checkpoints.

    Args:
        full_name: the name of the larger variable.
        full_shape: its shape, a list.
        var_offset: where the part begins, an offset for each axis.
        var_shape: the shape of the part.
        save_slice_info_def: the message to take all of these from.
        import_scope: what stands before the name in the message.

    Example:
        >>> tf.Variable.SaveSliceInfo("w", [5, 2], [3, 0], [2, 2]).spec
        '5 2 3,2:0,2'
    """

    def __init__(
        self,
        full_name: str | None = None,
        full_shape: Any = None,
        var_offset: Any = None,
        var_shape: Any = None,
        save_slice_info_def: Any = None,
        import_scope: str | None = None,
    ):
        found = save_slice_info_def
        if found is not None:
            full_name, full_shape = with_scope(found.full_name, import_scope), list(found.full_shape)
            var_offset, var_shape = list(found.var_offset), list(found.var_shape)
        self.full_name, self.full_shape = full_name, full_shape
        self.var_offset, self.var_shape = var_offset, var_shape

    @property
    def spec(self) -> str:
        """The part in the form of checkpoints: the shape of the whole, and begin and size along each axis."""
        sizes = " ".join(str(size) for size in self.full_shape) + " "
        return sizes + ":".join(f"{start},{size}" for start, size in zip(self.var_offset, self.var_shape))

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return the message; None for a variable outside of `export_scope`."""
        if export_scope and not str(self.full_name).startswith(export_scope):
            return None
        name = without_scope(str(self.full_name), export_scope)
        return protos.SaveSliceInfoDef(
            full_name=name, full_shape=self.full_shape, var_offset=self.var_offset, var_shape=self.var_shape
        )


class Messages:
    """The part of `Variable` that knows of messages."""

    SaveSliceInfo = SaveSliceInfo
    _save_slice_info: Any = None

    def to_proto(self: Any, export_scope: str | None = None) -> Any:
        """Return the `VariableDef` message; None for a variable outside of `export_scope`, which names lose.

        Raises:
            ImportError: if the package tensorboard is not installed.

        Example:
            >>> print(tf.Variable([1.0, 2.0], name="v").to_proto().snapshot_name)
            v/read:0
        """
        if export_scope and not self.name.startswith(export_scope):
            return None
        found = protos.VariableDef(
            variable_name=without_scope(self._variable.name, export_scope),
            initializer_name=without_scope(self.initializer.name, export_scope),
            snapshot_name=without_scope(self._snapshot_tensor().name, export_scope),
            trainable=self.trainable,
            is_resource=self._is_resource,
            synchronization=self.synchronization.value,
            aggregation=self.aggregation.value,
        )
        if self._initial_value is not None:
            found.initial_value_name = without_scope(self._initial_value.name, export_scope)
        if self._save_slice_info is not None:
            found.save_slice_info_def.MergeFrom(self._save_slice_info.to_proto(export_scope))
        return found

    @staticmethod
    def from_proto(variable_def: Any, import_scope: str | None = None) -> Any:
        """Return a variable for the nodes of the default graph that a `VariableDef` names.

        Args:
            variable_def: the message.
            import_scope: what stands before the names in the graph.

        Raises:
            KeyError: if the graph does not have a node.

        Example:
            >>> v = tf.Variable([1.0, 2.0], name="v")
            >>> same = tf.Variable.from_proto(v.to_proto())
            >>> print(same, same.op is v.op, same is v)
            <tf.Variable 'v:0' shape=(2,) dtype=float32_ref> True False
        """
        kind = kinds.ResourceVariable if variable_def.is_resource else kinds.Variable
        found = kind.__new__(kind)
        found._from_message(variable_def, lambda name: with_scope(name, import_scope))
        if variable_def.HasField("save_slice_info_def"):
            info = variable_def.save_slice_info_def
            found._save_slice_info = SaveSliceInfo(save_slice_info_def=info, import_scope=import_scope)
        return found

    def _from_message(self: Any, message: Any, named: Any) -> None:
        """Take the parts of a variable from the nodes that a message names."""
        graph = get_default_graph()
        initial = message.initial_value_name
        modes = checked_modes(message.synchronization, message.aggregation, message.trainable, message.variable_name)
        self.__dict__.update(
            _variable=graph.get_tensor_by_name(named(message.variable_name)),
            _initializer_op=graph.as_graph_element(named(message.initializer_name)),
            _initial_value=graph.as_graph_element(named(initial)) if initial else None,
            _synchronization=modes[0],
            _aggregation=modes[1],
            _trainable=modes[2],
            _constraint=None,
        )
        self._take_snapshot(graph.as_graph_element(named(message.snapshot_name)) if message.snapshot_name else None)

    def _snapshot_tensor(self: Any) -> Tensor:
        return self._snapshot

    def _take_snapshot(self: Any, snapshot: Any) -> None:
        self.__dict__["_snapshot"] = snapshot


for _key in _COLLECTIONS:
    register_proto_function(_key, "VariableDef", Messages.to_proto, Messages.from_proto)
