"""`tf.saved_model.builder`: a SavedModel, written graph by graph."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from minigraph import logging
from minigraph.checkpoints.files import put
from minigraph.graph import protos
from minigraph.graph.collections import add_to_collection, get_collection
from minigraph.graph.operation import Operation, Tensor
from minigraph.saved_model import constants
from minigraph.saved_model.assets import save_assets
from minigraph.train.saver import Saver

__all__ = ["SavedModelBuilder"]


class SavedModelBuilder:
    """Write a SavedModel: a folder with one or more graphs, told apart by tags, and the variables that they share.

    Args:
        export_dir: the folder, which must be empty or not there.

    Raises:
        AssertionError: if there is something in it.
        ImportError: if the package tensorboard is not installed.

    Example:
        >>> import os, tempfile
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y = tf.multiply(x, tf.get_variable("w", [2]), name="y")
        >>> sess.run(tf.global_variables_initializer())
        >>> signature = tf.saved_model.predict_signature_def({"x": x}, {"y": y})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     builder = tf.saved_model.builder.SavedModelBuilder(folder)
        ...     builder.add_meta_graph_and_variables(sess, ["serve"], {"serving_default": signature})
        ...     print(os.path.basename(builder.save()))
        ...     print(sorted(os.listdir(folder + "/variables")))
        saved_model.pb
        ['variables.data-00000-of-00001', 'variables.index']
    """

    def __init__(self, export_dir: Any):
        self._saved_model = protos.SavedModel(saved_model_schema_version=constants.SAVED_MODEL_SCHEMA_VERSION)
        self._export_dir = os.fspath(export_dir)
        if os.path.isdir(self._export_dir) and os.listdir(self._export_dir):
            raise AssertionError(
                "Export directory already exists, and isn't empty. Please choose a different export directory, or "
                f"delete all the contents of the specified directory: {self._export_dir}"
            )
        os.makedirs(self._export_dir, exist_ok=True)
        self._has_saved_variables = False

    def add_meta_graph_and_variables(
        self,
        sess: Any,
        tags: Iterable[str],
        signature_def_map: Mapping[str, Any] | None = None,
        assets_collection: Iterable[Tensor] | None = None,
        legacy_init_op: Operation | None = None,
        clear_devices: bool = False,
        main_op: Operation | None = None,
        strip_default_attrs: bool = False,
        saver: Saver | None = None,
    ) -> None:
        """Add the default graph, and write the values of its variables: once, and first.

        Args:
            sess: the session in which the variables have their values.
            tags: what the graph is for, such as [tf.saved_model.tag_constants.SERVING].
            signature_def_map: `SignatureDef` messages by name.
            assets_collection: constants with the paths of files to copy.
            legacy_init_op: `main_op` under its old name.
            clear_devices: True to leave out the devices of nodes.
            main_op: an operation to run when it has been loaded.
            strip_default_attrs: True to leave out attributes that are as by default.
            saver: the saver to use, by default a new one for all variables.

        Raises:
            AssertionError: if there is a graph already, or a signature lacks a name or a type.
            KeyError: if a signature has a name that is reserved.
            FailedPreconditionError: if a variable has no value.
        """
        if self._has_saved_variables:
            raise AssertionError(
                "Graph state including variables and assets has already been saved. Please invoke `add_meta_graph()` "
                "instead."
            )
        signatures = _checked(signature_def_map)
        self._add_collections(assets_collection, main_op or legacy_init_op)
        folder = os.path.join(self._export_dir, constants.VARIABLES_DIRECTORY)
        os.makedirs(folder, exist_ok=True)
        saver = saver or _saver()
        path = os.path.join(folder, constants.VARIABLES_FILENAME)
        saver.save(sess, path, write_meta_graph=False, write_state=False)
        self._add(saver, tags, signatures, clear_devices, strip_default_attrs)
        self._has_saved_variables = True

    def add_meta_graph(
        self,
        tags: Iterable[str],
        signature_def_map: Mapping[str, Any] | None = None,
        assets_collection: Iterable[Tensor] | None = None,
        legacy_init_op: Operation | None = None,
        clear_devices: bool = False,
        main_op: Operation | None = None,
        strip_default_attrs: bool = False,
        saver: Saver | None = None,
    ) -> None:
        """Add the default graph, another one for the variables that are written already.

        Args:
            tags, signature_def_map, assets_collection, legacy_init_op, clear_devices, main_op, strip_default_attrs,
            saver: as for `add_meta_graph_and_variables`.

        Raises:
            AssertionError: if there is no first graph, or a signature lacks a name or a type.
        """
        if not self._has_saved_variables:
            raise AssertionError(
                "Graph state including variables and assets has not been saved yet. Please invoke "
                "`add_meta_graph_and_variables()` first."
            )
        signatures = _checked(signature_def_map)
        self._add_collections(assets_collection, main_op or legacy_init_op)
        self._add(saver or _saver(), tags, signatures, clear_devices, strip_default_attrs)

    def save(self, as_text: bool = False) -> str:
        """Write the graphs to the folder, and return the file's path; True for `as_text` writes text.

        Raises:
            OSError: if it cannot be written.
        """
        os.makedirs(self._export_dir, exist_ok=True)
        name = constants.SAVED_MODEL_FILENAME_PBTXT if as_text else constants.SAVED_MODEL_FILENAME_PB
        path = os.path.join(self._export_dir, name)
        content = str(self._saved_model).encode() if as_text else self._saved_model.SerializeToString()
        put(path, [content])
        logging.info("SavedModel written to: %s", path)
        return path

    def _add_collections(self, assets: Iterable[Tensor] | None, main_op: Any) -> None:
        """Copy the files of a graph, and note what to run when it has been loaded."""
        if main_op is not None and not isinstance(main_op, Operation):
            raise TypeError(f"main_op needs to be an Operation: {main_op!r}")
        save_assets(assets, self._export_dir)
        if main_op is None:
            return
        for key in (constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY):
            if get_collection(key):
                raise ValueError(f"Graph already contains one or more main ops under the collection {key}.")
        add_to_collection(constants.MAIN_OP_KEY, main_op)

    def _add(
        self,
        saver: Saver,
        tags: Iterable[str],
        signatures: Mapping[str, Any],
        clear_devices: bool,
        strip_default_attrs: bool,
    ) -> None:
        found = saver.export_meta_graph(clear_devices=clear_devices, strip_default_attrs=strip_default_attrs)
        found.meta_info_def.tags.extend(tags)
        for name, signature in signatures.items():
            found.signature_def[name].CopyFrom(signature)
        self._saved_model.meta_graphs.append(found)


def _saver() -> Saver:
    return Saver(sharded=True, allow_empty=True)


def _checked(signatures: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return the signatures; AssertionError if one lacks a name or a type, KeyError for a reserved name."""
    for signature in (signatures or {}).values():
        for info in (*signature.inputs.values(), *signature.outputs.values()):
            if info.WhichOneof("encoding") is None:
                raise AssertionError(
                    "All TensorInfo protos used in the SignatureDefs must have one of the 'encoding' fields (e.g., "
                    f"name or coo_sparse) set: {info}"
                )
            if not info.dtype:
                raise AssertionError(
                    f"All TensorInfo protos used in the SignatureDefs must have the dtype field set: {info}"
                )
    for key, what in (
        (constants.INIT_OP_SIGNATURE_KEY, "initialization"),
        (constants.TRAIN_OP_SIGNATURE_KEY, "the train op"),
    ):
        if key in (signatures or {}):
            raise KeyError(f'SignatureDef map key "{key}" is reserved for {what}. Please use a different key.')
    return signatures or {}
