"""`Saver`: variables into checkpoint files, and back."""

from __future__ import annotations

import numbers
import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from minigraph import logging
from minigraph.checkpoints.reader import CheckpointReader
from minigraph.checkpoints.state import (
    checkpoint_exists,
    generate_checkpoint_state_proto,
    get_checkpoint_mtimes,
    meta_graph_filename,
    remove_checkpoint,
    write_state,
)
from minigraph.graph import errors, protos
from minigraph.graph.collection_protos import register_proto_function, without_scope
from minigraph.graph.collections import GraphKeys
from minigraph.graph.default import get_default_graph
from minigraph.graph.graph import Graph
from minigraph.graph.warn import warn
from minigraph.interop.export_meta_graph import export_scoped_meta_graph, saver_message
from minigraph.runtime.session import Session
from minigraph.train import saver_graph
from minigraph.train.restore_report import check_restore
from minigraph.train.saver_def import SaverDef, checked, renamed
from minigraph.train.training_util import global_step as value_of_step

__all__ = ["Saver", "after_saving"]


def after_saving(graph: Graph, call: Callable[[str], Any]) -> None:
    """Call a function with the prefix of each checkpoint that is saved from a graph from now on."""
    graph.kept("after_saving", list).append(call)


class Saver:
    """Write variables to checkpoints, TensorFlow's own files, and read them back.

    It adds nodes to the graph; make it after all variables. A checkpoint is whole or not there: whenever the process
    stops, the ones before are untouched.

    Args:
        var_list: the variables, a list, or a dict by the names they have in checkpoints; by default all global ones.
        reshape: True to read values of another shape with as many elements.
        sharded: True to write a file for each device.
        max_to_keep: how many checkpoints are kept; older ones are removed. 0 or None for all.
        keep_checkpoint_every_n_hours: keep one for each so many hours for good.
        name: the name scope of the nodes, by default "save".
        restore_sequentially: accepted, as in TF1.
        saver_def: a `SaverDef`, for nodes that the graph has already; `name` then stands before their names.
        builder: accepted, as in TF1.
        defer_build: True to add the nodes only when `build` is called.
        allow_empty: True to do nothing if there are no variables.
        write_version: version 2 of the files is written; for version 1 a warning says so.
        pad_step_number: True for steps of eight digits in the files' names.
        save_relative_paths: True for paths in the file `checkpoint` that stay right when the folder is moved.
        filename: the default of the node for the files' name.

    Raises:
        ValueError: if there are no variables, or two have the same name.
        TypeError: if there is something else among them.

    Example:
        >>> import tempfile
        >>> v = tf.Variable([1.0, 2.0], name="v")
        >>> saver = tf.train.Saver()
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     sess.run(v.initializer)
        ...     path = saver.save(sess, folder + "/model", global_step=7)
        ...     sess.run(v.assign([0.0, 0.0]))
        ...     saver.restore(sess, path)
        ...     print(path[-8:], sess.run(v))
        array([0., 0.], dtype=float32)
        /model-7 [1. 2.]
    """

    def __init__(
        self,
        var_list: Any = None,
        reshape: bool = False,
        sharded: bool = False,
        max_to_keep: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000.0,
        name: str | None = None,
        restore_sequentially: bool = False,
        saver_def: SaverDef | None = None,
        builder: Any = None,
        defer_build: bool = False,
        allow_empty: bool = False,
        write_version: int = SaverDef.V2,
        pad_step_number: bool = False,
        save_relative_paths: bool = False,
        filename: str | None = None,
    ):
        if defer_build and var_list:
            raise ValueError(
                "If `var_list` is provided then build cannot be deferred. "
                "Either set defer_build=False or var_list=None."
            )
        self._var_list, self._name, self._filename = var_list, name, filename
        self._reshape, self._sharded, self._sequential = reshape, sharded, restore_sequentially
        self._max_to_keep, self._hours = max_to_keep or 0, keep_checkpoint_every_n_hours
        self._allow_empty, self._pad_step_number = allow_empty, pad_step_number
        self._save_relative_paths = save_relative_paths
        self._last: list[tuple[str, float]] = []  # the checkpoints that are kept, with their times, the oldest first
        self._is_empty = False
        self.saver_def: SaverDef | None = None
        if write_version != SaverDef.V2:
            warn("Saver: checkpoints of version 1 are read, but not written: the files will be of version 2.")
        if saver_def is not None:
            self.saver_def = checked(saver_def, name)
            self._max_to_keep, self._hours = saver_def.max_to_keep, saver_def.keep_checkpoint_every_n_hours
            self._sharded = saver_def.sharded
        elif not defer_build:
            self.build()
        self._next_kept = time.time() + self._hours * 3600

    def build(self) -> None:
        """Add the nodes to the default graph, if they are not there yet.

        Raises:
            ValueError: if there are no variables.
        """
        if self.saver_def is not None or self._is_empty:
            return
        graph = get_default_graph()
        variables = self._var_list
        if variables is None:
            variables = [*graph.get_collection(GraphKeys.GLOBAL_VARIABLES)]
            variables += graph.get_collection(GraphKeys.SAVEABLE_OBJECTS)
        if not variables and not self._var_list:
            if not self._allow_empty:
                raise ValueError(
                    "No variables to save\nMake the variables first, then tf.train.Saver(); or allow_empty=True."
                )
            self._is_empty = True
            return
        with graph.atomic():
            nodes = saver_graph.build(
                saver_graph.saveables_of(variables),
                self._name,
                self._filename or "model",
                self._reshape,
                self._sharded,
                self._sequential,
            )
        self.saver_def = SaverDef(
            nodes.filename.name,
            nodes.save.name,
            nodes.restore.name,
            self._max_to_keep,
            self._sharded,
            float(self._hours),
            SaverDef.V2,
        )

    # What it has written

    @property
    def last_checkpoints(self) -> list[str]:
        """The prefixes of the checkpoints that are kept, the oldest first."""
        return [path for path, _ in self._last]

    def set_last_checkpoints(self, last_checkpoints: Iterable[str]) -> None:
        """Say which checkpoints are kept, the oldest first; deprecated in TF1, which knows no times then."""
        self._last = [(path, float("inf")) for path in last_checkpoints]

    def set_last_checkpoints_with_time(self, last_checkpoints_with_time: Iterable[tuple[str, float]]) -> None:
        """Say which checkpoints are kept: (prefix, seconds since 1970), the oldest first."""
        self._last = list(last_checkpoints_with_time)

    def recover_last_checkpoints(self, checkpoint_paths: Iterable[str]) -> None:
        """Go on from the checkpoints of an earlier process; those that do not exist are left out."""
        found = [path for path in checkpoint_paths if checkpoint_exists(path)]
        self.set_last_checkpoints_with_time(zip(found, get_checkpoint_mtimes(found)))

    def as_saver_def(self) -> Any:
        """Return its `SaverDef`."""
        return self.saver_def

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return its `SaverDef`; None if it is that of another scope than `export_scope`, which names lose."""
        if not export_scope:
            return self.saver_def
        if self.saver_def is None or not (self._name or "").startswith(export_scope):
            return None
        return renamed(self.saver_def, lambda name: without_scope(name, export_scope))

    @staticmethod
    def from_proto(saver_def: SaverDef, import_scope: str | None = None) -> Saver:
        """Return a `Saver` for the nodes that a `SaverDef` names."""
        return Saver(saver_def=saver_def, name=import_scope)

    # Writing and reading

    def save(
        self,
        sess: Session,
        save_path: Any,
        global_step: Any = None,
        latest_filename: str | None = None,
        meta_graph_suffix: str = "meta",
        write_meta_graph: bool = True,
        write_state: bool = True,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> str | None:
        """Write a checkpoint, and its name to the file `checkpoint` beside it.

        Args:
            sess: a session in which the variables have values.
            save_path: the prefix of the files; its folder must exist.
            global_step: a number, a variable or a tensor; "-" and its value are added to the prefix.
            latest_filename: another name for the file `checkpoint`.
            meta_graph_suffix: the end of the name of the graph's file.
            write_meta_graph: False to write no graph beside the checkpoint. There is none either where the package
                tensorboard is not installed.
            strip_default_attrs: True to leave out of that file the attributes that are as by default.
            save_debug_info: accepted; where a node was made is not written.
            write_state: False to leave the file `checkpoint` as it is.

        Returns:
            The prefix of the checkpoint; None if there are no variables.

        Raises:
            FailedPreconditionError: if a variable has no value.
            ValueError: if the folder does not exist.
            RuntimeError: if the nodes are not built.
            TypeError: if `sess` is no session.
        """
        self._check_built("save")
        latest = latest_filename or "checkpoint"
        if os.path.split(latest)[0]:
            raise ValueError("'latest_filename' must not contain path components")
        path = os.fspath(save_path)
        if global_step is not None:
            step = global_step if isinstance(global_step, numbers.Integral) else value_of_step(sess, global_step)
            path = f"{path}-{step:08d}" if self._pad_step_number else f"{path}-{step:d}"
        elif os.path.basename(path) == latest and not self._sharded:
            raise ValueError(f"'latest_filename' collides with 'save_path': '{latest}' and '{path}'")
        _check_session(sess)
        if self.saver_def is None:
            return None
        folder = os.path.dirname(path)
        try:
            found = sess.run(self.saver_def.save_tensor_name, {self.saver_def.filename_tensor_name: path})
        except (errors.FailedPreconditionError, errors.NotFoundError):
            if folder and not os.path.isdir(folder):
                raise ValueError(
                    f"Parent directory of {save_path} doesn't exist, can't save.\nMake it: os.makedirs({folder!r})"
                ) from None
            raise
        path = found.decode() if isinstance(found, bytes) else str(found)
        if write_state:
            old = self._remember(path)
            self._write_state(folder, path, latest)
            _remove(old, meta_graph_suffix)
        if write_meta_graph and protos.are_there():
            name = meta_graph_filename(path, meta_graph_suffix)
            with sess.graph.as_default():
                self.export_meta_graph(name, strip_default_attrs=strip_default_attrs, save_debug_info=save_debug_info)
        for call in sess.graph.kept("after_saving", list):
            call(path)
        return path

    def export_meta_graph(
        self,
        filename: Any = None,
        collection_list: Iterable[str] | None = None,
        as_text: bool = False,
        export_scope: str | None = None,
        clear_devices: bool = False,
        clear_extraneous_savers: bool = False,
        strip_default_attrs: bool = False,
        save_debug_info: bool = False,
    ) -> Any:
        """Return the default graph with this saver as a `MetaGraphDef`; see `tf.train.export_meta_graph`.

        Raises:
            ImportError: if the package tensorboard is not installed.
        """
        return export_scoped_meta_graph(
            filename=filename,
            graph_def=get_default_graph().as_graph_def(add_shapes=True),
            saver_def=self.saver_def,
            collection_list=collection_list,
            as_text=as_text,
            export_scope=export_scope,
            clear_devices=clear_devices,
            clear_extraneous_savers=clear_extraneous_savers,
            strip_default_attrs=strip_default_attrs,
            save_debug_info=save_debug_info,
        )[0]

    def _check_built(self, what: str) -> None:
        if self.saver_def is None and not self._is_empty:
            raise RuntimeError(f"`build()` should be called before {what} if defer_build==True")

    def _remember(self, path: str) -> list[str]:
        """Add a checkpoint to those that are kept; return those that are to be removed for it."""
        if not self._max_to_keep:
            return []
        self._last = [each for each in self._last if each[0] != path]
        self._last.append((path, time.time()))
        old = []
        while len(self._last) > self._max_to_keep:
            oldest, written = self._last.pop(0)
            if written > self._next_kept:
                self._next_kept += self._hours * 3600
            else:
                old.append(oldest)
        return old

    def _write_state(self, folder: str, path: str, latest: str) -> None:
        kept = self.last_checkpoints if self._max_to_keep else [path]
        if self._save_relative_paths:
            path, *kept = (os.path.relpath(each, folder or ".") for each in (path, *kept))
        write_state(folder, generate_checkpoint_state_proto(folder, path, kept), latest)

    def restore(self, sess: Session, save_path: Any) -> None:
        """Give the variables the values of a checkpoint; they need not be initialized.

        If the checkpoint does not fit the graph, no variable is written, and the error lists all differences.

        Args:
            sess: the session.
            save_path: the prefix of the checkpoint, as `save` and `tf.train.latest_checkpoint` return it.

        Raises:
            ValueError: if there is no such checkpoint.
            NotFoundError: if it lacks a variable.
            InvalidArgumentError: if a value has another type or shape than its variable.
            DataLossError: if its files are damaged.
        """
        self._check_built("restore")
        if self.saver_def is None:
            return
        if save_path is None:
            raise ValueError(
                "Can't load save_path when it is None.\ntf.train.latest_checkpoint gives None for a folder without "
                "checkpoints."
            )
        path = os.fspath(save_path)
        if not checkpoint_exists(path):
            raise ValueError(f"The passed save_path is not a valid checkpoint: {path}{_close_prefix(path)}")
        _check_session(sess)
        logging.info("Restoring parameters from %s", path)
        restore_op = sess.graph.get_operation_by_name(self.saver_def.restore_op_name)
        check_restore(sess.graph, restore_op, CheckpointReader(path), path)
        sess.run(restore_op, {self.saver_def.filename_tensor_name: path})


def _message(saver: Saver, export_scope: str | None = None) -> Any:
    """Return the message of a saver, which a `MetaGraphDef` has in its collection of savers."""
    saver_def = saver.to_proto(export_scope)
    return None if saver_def is None else saver_message(saver_def)


register_proto_function(GraphKeys.SAVERS, "SaverDef", _message, Saver.from_proto)


def _remove(paths: list[str], meta_graph_suffix: str) -> None:
    for path in paths:
        try:
            remove_checkpoint(path, meta_graph_suffix=meta_graph_suffix)
        except OSError as error:
            logging.warning("Ignoring: %s", error)


def _check_session(sess: Any) -> None:
    if not isinstance(sess, Session):
        raise TypeError(f"'sess' must be a Session; {sess}")


def _close_prefix(path: str) -> str:
    """Return advice where the name of a file, or of a folder, was given for a prefix."""
    for end in (".index", ".meta", ".data-00000-of-00001"):
        if path.endswith(end) and checkpoint_exists(path.removesuffix(end)):
            return f"\nGive the prefix of its files: {path.removesuffix(end)!r}"
    return f"\nFor the latest in a folder: tf.train.latest_checkpoint({path!r})" if os.path.isdir(path) else ""
