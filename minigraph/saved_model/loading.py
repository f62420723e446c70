"""`load`: the graph and the variables of a SavedModel."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from minigraph import logging
from minigraph.graph import protos
from minigraph.graph.collection_protos import with_scope
from minigraph.runtime.session import Session
from minigraph.saved_model import constants
from minigraph.train.meta_graph_import import import_meta_graph

__all__ = ["contains_saved_model", "load", "maybe_saved_model_directory"]


def load(
    sess: Session, tags: Iterable[str], export_dir: Any, import_scope: str | None = None, **saver_kwargs: Any
) -> Any:
    """Add the graph of a SavedModel to a session's graph, and give its variables their values.

    Args:
        sess: the session.
        tags: which graph: all of its tags, such as [tf.saved_model.tag_constants.SERVING].
        export_dir: the folder of the SavedModel.
        import_scope: what the names of the nodes begin with; by default nothing.
        **saver_kwargs: further arguments of `tf.train.import_meta_graph`.

    Returns:
        The `MetaGraphDef` message; the names in its `signature_def` lack the scope.

    Raises:
        OSError: if there is no SavedModel, or it cannot be read.
        RuntimeError: if it has no graph with these tags.
        ValueError: if the graph is not legal.

    Example:
        >>> import tempfile
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y = tf.multiply(x, tf.get_variable("w", initializer=[2.0, 3.0]), name="y")
        >>> sess.run(tf.global_variables_initializer())
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     tf.saved_model.simple_save(sess, folder + "/model", {"x": x}, {"y": y})
        ...     with tf.Graph().as_default(), tf.Session() as session:
        ...         message = tf.saved_model.load(session, ["serve"], folder + "/model")
        ...         signature = message.signature_def["serving_default"]
        ...         print(session.run(signature.outputs["y"].name, {signature.inputs["x"].name: [1.0, 1.0]}))
        [2. 3.]
    """
    folder = os.fspath(export_dir)
    message = _graph_of(_read(folder), set(tags), list(tags))
    with sess.graph.as_default():
        saver = import_meta_graph(message, import_scope=import_scope, **saver_kwargs)
        if isinstance(saver, tuple):
            saver = saver[0]
        if saver is None:
            logging.info("The specified SavedModel has no variables; no checkpoints were restored.")
        else:
            saver.restore(sess, os.path.join(folder, constants.VARIABLES_DIRECTORY, constants.VARIABLES_FILENAME))
        _initialize(sess, message, folder, import_scope)
    return message


def _read(folder: str) -> Any:
    """Return the `SavedModel` message in a folder; OSError if there is none."""
    paths = [os.path.join(folder, name) for name in _names()]
    path = next((path for path in paths if os.path.isfile(path)), None)
    if path is None:
        both = f"{constants.SAVED_MODEL_FILENAME_PBTXT}|{constants.SAVED_MODEL_FILENAME_PB}"
        raise OSError(f"SavedModel file does not exist at: {folder}/{{{both}}}")
    with open(path, "rb") as file:
        content = file.read()
    parse = protos.parsed if path == paths[0] else protos.from_text
    try:
        return parse(protos.SavedModel, content, f"file {path}")
    except ValueError as error:
        raise OSError(str(error)) from None


def _names() -> tuple[str, str]:
    return constants.SAVED_MODEL_FILENAME_PB, constants.SAVED_MODEL_FILENAME_PBTXT


def _graph_of(model: Any, wanted: set[str], told: list[str]) -> Any:
    """Return the `MetaGraphDef` with some tags; RuntimeError if there is none."""
    available = [set(graph.meta_info_def.tags) for graph in model.meta_graphs]
    if wanted not in available:
        raise RuntimeError(
            f"MetaGraphDef associated with tags {str(told).strip('[]')} could not be found in SavedModel. To inspect "
            "available tag-sets in the SavedModel, please use the SavedModel CLI: `saved_model_cli`\n"
            f"available_tags: {[sorted(tags) for tags in available]}"
        )
    return model.meta_graphs[available.index(wanted)]


def _initialize(sess: Session, message: Any, folder: str, scope: str | None) -> None:
    """Run the operation that a SavedModel says is to be run when it has been loaded."""
    found = _initializer(sess, message, scope)
    if found is None:
        return
    assets = os.path.join(folder, constants.ASSETS_DIRECTORY)
    feeds = {
        with_scope(asset.tensor_info.name, scope): os.path.join(assets, asset.filename) for asset in _assets(message)
    }
    sess.run(found, feeds)


def _initializer(sess: Session, message: Any, scope: str | None) -> Any:
    key = constants.INIT_OP_SIGNATURE_KEY
    if key in message.signature_def:
        return sess.graph.as_graph_element(with_scope(message.signature_def[key].outputs[key].name, scope))
    for key in (constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY):
        if key in message.collection_def:
            ops = sess.graph.get_collection(key)
            if len(ops) != 1:
                raise RuntimeError(f"Expected exactly one SavedModel init op. Found: {ops}")
            return ops[0]
    return None


def _assets(message: Any) -> list:
    """Return the `AssetFileDef` messages of a graph."""
    if message.asset_file_def or constants.ASSETS_KEY not in message.collection_def:
        return list(message.asset_file_def)
    found = message.collection_def[constants.ASSETS_KEY].any_list.value
    return [protos.parsed(protos.AssetFileDef, each.value, "the names of files in the SavedModel") for each in found]


def contains_saved_model(export_dir: Any) -> bool:
    """Return True if a folder holds a SavedModel."""
    return any(os.path.isfile(os.path.join(os.fspath(export_dir), name)) for name in _names())


def maybe_saved_model_directory(export_dir: Any) -> bool:
    """Return True if a folder holds a SavedModel; `contains_saved_model` under its old name."""
    return contains_saved_model(export_dir)
