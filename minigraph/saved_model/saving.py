"""`simple_save`: a SavedModel in one call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigraph.graph.collections import GraphKeys, get_collection
from minigraph.graph.operation import Operation, Tensor
from minigraph.saved_model.builder import SavedModelBuilder
from minigraph.saved_model.signature_constants import DEFAULT_SERVING_SIGNATURE_DEF_KEY
from minigraph.saved_model.signature_def_utils import predict_signature_def
from minigraph.saved_model.tag_constants import SERVING

__all__ = ["simple_save"]


def simple_save(
    session: Any,
    export_dir: Any,
    inputs: Mapping[str, Tensor],
    outputs: Mapping[str, Tensor],
    legacy_init_op: Operation | None = None,
) -> None:
    """Write the default graph and the values of its variables as a SavedModel, which TensorFlow reads and serves.

    Args:
        session: the session in which the variables have their values.
        export_dir: the folder, which must be empty or not there.
        inputs: the tensors to feed, by name.
        outputs: the tensors to fetch, by name.
        legacy_init_op: an operation to run when it has been loaded.

    Raises:
        AssertionError: if there is something in the folder.
        ValueError: if there are no inputs or no outputs.
        ImportError: if the package tensorboard is not installed.

    Example:
        >>> import os, tempfile
        >>> x = tf.placeholder(tf.float32, [2], name="x")
        >>> y = tf.multiply(x, tf.get_variable("w", [2]), name="y")
        >>> sess.run(tf.global_variables_initializer())
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     tf.saved_model.simple_save(sess, folder + "/model", {"x": x}, {"y": y})
        ...     print(sorted(os.listdir(folder + "/model")))
        ['saved_model.pb', 'variables']
    """
    signature = predict_signature_def(inputs, outputs)
    builder = SavedModelBuilder(export_dir)
    builder.add_meta_graph_and_variables(
        session,
        tags=[SERVING],
        signature_def_map={DEFAULT_SERVING_SIGNATURE_DEF_KEY: signature},
        assets_collection=get_collection(GraphKeys.ASSET_FILEPATHS),
        main_op=legacy_init_op,
        clear_devices=True,
    )
    builder.save()
