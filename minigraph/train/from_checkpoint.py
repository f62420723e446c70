"""`init_from_checkpoint`: initial values that are read from a checkpoint, as when a trained model is tuned further."""

from __future__ import annotations

import os
from typing import Any

from minigraph.checkpoints.reader import load_checkpoint
from minigraph.checkpoints.state import latest_checkpoint
from minigraph.graph.default import get_default_graph
from minigraph.graph.scopes import device
from minigraph.ops.io.checkpoints import restore_v2
from minigraph.train.saver_graph import Saveable
from minigraph.variables.store import current_store
from minigraph.variables.variable import Variable

__all__ = ["init_from_checkpoint"]


def init_from_checkpoint(ckpt_dir_or_file: Any, assignment_map: dict) -> None:
    """Let variables begin with values of a checkpoint: their initializers read it. Nothing is read before they run.

    Args:
        ckpt_dir_or_file: a folder, for its latest checkpoint, or the prefix of one.
        assignment_map: names in the checkpoint, and for each a variable, the name of one, or a list of parts. A name
            that ends in "/" stands for a scope: all variables of the scope that belongs to it are then taken; "/"
            alone for all.

    Raises:
        ValueError: if the checkpoint lacks a name, a shape does not fit, or a scope belongs to a name without "/".
        NotFoundError: if there is no such checkpoint.

    Example:
        >>> import tempfile
        >>> folder = tempfile.mkdtemp()
        >>> v = tf.get_variable("old/v", initializer=tf.constant([1.0, 2.0]))
        >>> sess.run(v.initializer)
        >>> _ = tf.train.Saver().save(sess, folder + "/model", write_meta_graph=False)
        >>> with tf.variable_scope("new"):
        ...     w = tf.get_variable("v", [2])
        >>> tf.train.init_from_checkpoint(folder, {"old/": "new/"})
        >>> sess.run(w.initializer)
        >>> print(sess.run(w))
        [1. 2.]
    """
    path = os.fspath(ckpt_dir_or_file)
    reader = load_checkpoint(path)
    source = _Source(path, latest_checkpoint(path) if os.path.isdir(path) else path, reader.get_variable_to_shape_map())
    with get_default_graph().atomic():
        for name, wanted in sorted(assignment_map.items()):
            found = _found(wanted)
            if found is None:
                source.set_scope(name, wanted)
            else:
                source.check(name, found)
                source.set(found, name)


class _Source:
    """A checkpoint: as it was named, its prefix, and the shapes in it."""

    def __init__(self, named: str, path: Any, shapes: dict):
        self._named, self._path, self._shapes = named, path, shapes

    def check(self, name: str, found: Any) -> None:
        """Raise ValueError unless the checkpoint has a value for a variable."""
        if name not in self._shapes:
            raise ValueError(f"Tensor {name} is not found in {self._named} checkpoint {self._shapes}")
        if isinstance(found, Variable) and not found.shape.is_compatible_with(self._shapes[name]):
            raise ValueError(
                f"Shape of variable {found.name} ({found.shape}) doesn't match with shape of tensor {name} "
                f"({self._shapes[name]}) from checkpoint reader."
            )

    def set_scope(self, name: str, wanted: str) -> None:
        """Let all variables of the scope `wanted` begin with the values of the scope `name`."""
        scope = wanted.rpartition("/")[0]
        if not name.endswith("/"):
            raise ValueError(
                f"Assignment map with scope only name {scope} should map to scope only {name}. "
                "Should be 'scope/': 'other_scope/'."
            )
        names = {v.partition("/part_")[0] for v in current_store().variables if not scope or v.startswith(f"{scope}/")}
        for variable in sorted(names):
            rest = variable[len(scope) :]
            rest = rest if wanted == "/" else rest[1:]
            key = (rest if name == "/" else name + rest).removesuffix("/")
            if key not in self._shapes:
                below = variable[len(scope) + 1 :]
                raise ValueError(f"Tensor {key} ({below} in {name}) is not found in {self._named} checkpoint")
            self.set(_found(variable), key)

    def set(self, found: Any, key: str) -> None:
        """Let a variable, or the parts of one, begin with a value."""
        parts = [found] if isinstance(found, Variable) else list(found)
        names = [part._save_slice_info.full_name for part in parts if part._save_slice_info is not None]
        for name in names[1:]:
            if name != names[0]:
                raise ValueError(f"Slices must all be from the same tensor: {names[0]} != {name}")
        for part in parts:
            self._set(part, key, "" if part is found else part._save_slice_info.spec)

    def _set(self, variable: Variable, key: str, part: str) -> None:
        with device(variable.device or None), device("/cpu:0"):
            (value,) = restore_v2(self._path, [key], [part], [variable.dtype.base_dtype], name="checkpoint_initializer")
        before = variable._initializer_op, variable._initial_value
        variable._initializer_op = Saveable(key, variable).restore(value, False)
        value.set_shape(variable.shape)
        variable._initial_value = value
        get_default_graph().on_rollback(lambda: _reset(variable, before))


def _reset(variable: Variable, before: tuple) -> None:
    variable._initializer_op, variable._initial_value = before


def _found(wanted: Any) -> Any:
    """Return the variable that is meant, or the list of its parts; None if it is a scope."""
    if not isinstance(wanted, str):
        return wanted
    known = current_store().variables
    if wanted in known or f"{wanted}/part_0" not in known:
        return known.get(wanted)
    parts: list[Any] = []
    while f"{wanted}/part_{len(parts)}" in known:
        parts.append(known[f"{wanted}/part_{len(parts)}"])
    return parts
