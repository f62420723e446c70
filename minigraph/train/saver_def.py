"""`SaverDef`: by which nodes of a graph a `Saver` works, and what it keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minigraph.graph.collection_protos import with_scope

__all__ = ["SaverDef", "checked", "renamed"]


class SaverDef:
    """The description of a `Saver`, in TF1's form.

    Attributes:
        filename_tensor_name: the tensor that is fed with the name of the checkpoint.
        save_tensor_name: the tensor to run to write one.
        restore_op_name: the operation to run to read one.
        max_to_keep: how many checkpoints are kept; 0 for all.
        sharded: True if each device writes a file of its own.
        keep_checkpoint_every_n_hours: one checkpoint is kept for good for each so many hours.
        version: the version of the files: `SaverDef.V2`.

    Example:
        >>> v = tf.Variable(1.0)
        >>> print(tf.train.Saver(max_to_keep=3).saver_def.restore_op_name)
        save/restore_all
    """

    LEGACY, V1, V2 = range(3)

    def __init__(
        self,
        filename_tensor_name: str = "",
        save_tensor_name: str = "",
        restore_op_name: str = "",
        max_to_keep: int = 0,
        sharded: bool = False,
        keep_checkpoint_every_n_hours: float = 0.0,
        version: int = LEGACY,
    ):
        self.filename_tensor_name = filename_tensor_name
        self.save_tensor_name = save_tensor_name
        self.restore_op_name = restore_op_name
        self.max_to_keep = max_to_keep
        self.sharded = sharded
        self.keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self.version = version

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, SaverDef) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        lines = []
        for name, value in vars(self).items():
            if value:
                text = {True: "true", str: f'"{value}"'}.get(value if value is True else type(value), value)
                lines.append(f"{name}: {('LEGACY', 'V1', 'V2')[value] if name == 'version' else text}\n")
        return "".join(lines)

    __repr__ = __str__


def renamed(saver_def: Any, new_name: Callable[[str], str]) -> SaverDef:
    """Return a `SaverDef` with other names of nodes; also one of TensorFlow's messages is taken."""
    return SaverDef(
        new_name(saver_def.filename_tensor_name),
        new_name(saver_def.save_tensor_name),
        new_name(saver_def.restore_op_name),
        saver_def.max_to_keep,
        saver_def.sharded,
        saver_def.keep_checkpoint_every_n_hours,
        saver_def.version,
    )


def checked(saver_def: Any, import_scope: str | None = None) -> SaverDef:
    """Return a `SaverDef` with a scope before its names.

    Raises:
        ValueError: if it is none, or it names no nodes.
    """
    if not all(hasattr(saver_def, name) for name in vars(SaverDef())):
        raise ValueError(f"saver_def must be a saver_pb2.SaverDef: {saver_def}")
    for name in ("save_tensor_name", "restore_op_name"):
        if not getattr(saver_def, name):
            raise ValueError(f"saver_def must specify the {name}: {saver_def}")
    return renamed(saver_def, lambda name: with_scope(name, import_scope))
