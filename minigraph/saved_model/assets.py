"""Files that a graph reads, such as a list of words: copied into the folder of a SavedModel."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterable
from typing import Any

from minigraph import logging
from minigraph.graph import dtypes, protos
from minigraph.graph.collections import add_to_collection
from minigraph.graph.operation import Tensor
from minigraph.saved_model import constants

__all__ = ["save_assets"]

_TYPE = "type.googleapis.com/tensorflow.AssetFileDef"


def save_assets(tensors: Iterable[Tensor] | None, export_dir: str) -> None:
    """Copy the files that some tensors name, and note in the default graph's collection which tensor names which.

    Args:
        tensors: constants, strings.
        export_dir: the folder of the SavedModel.

    Raises:
        TypeError: if a tensor is no constant string.
        ValueError: if it is empty.
        OSError: if a file cannot be copied.
    """
    sources: dict[str, str] = {}  # the name in the folder: the file
    for tensor in tensors or ():
        path = _path_of(tensor)
        if not path:
            raise ValueError(f"Invalid asset filepath tensor {tensor}")
        name = _name_for(path, sources)
        sources[name] = path
        asset = protos.AssetFileDef(filename=name)
        asset.tensor_info.name = tensor.name
        add_to_collection(constants.ASSETS_KEY, _any(asset))
    if not sources:
        logging.info("No assets to save.")
        logging.info("No assets to write.")
        return
    logging.info("Assets added to graph.")
    folder = os.path.join(export_dir, constants.ASSETS_DIRECTORY)
    os.makedirs(folder, exist_ok=True)
    for name, source in sources.items():
        copy = os.path.join(folder, name)
        if not os.path.exists(copy):
            shutil.copyfile(source, copy)
    logging.info("Assets written to: %s", folder)


def _path_of(tensor: Any) -> str:
    """Return the path that a tensor holds."""
    if not isinstance(tensor, Tensor):
        raise TypeError("Asset path tensor must be a Tensor.")
    if tensor.op.type != "Const":
        raise TypeError("Asset path tensor must be of type constant.")
    if tensor.dtype != dtypes.string:
        raise TypeError("Asset path tensor must be of dtype string.")
    value = tensor.op.op_def.attr("value")
    if value.size != 1:
        raise TypeError("Asset path tensor must be a scalar.")
    path = value.item()
    return path.decode() if isinstance(path, bytes) else str(path)


def _name_for(path: str, sources: dict[str, str]) -> str:
    """Return the name of a file in the folder: another one if that is taken by a file with another content."""
    name = base = os.path.basename(path)
    number = 0
    if base in sources and (sources[base] == path or filecmp.cmp(path, sources[base], shallow=False)):
        return base
    while name in sources:
        number += 1
        name = f"{base}_{number}"
    return name


def _any(message: Any) -> Any:
    """Return a message wrapped as an `Any`, with the name that it has in TensorFlow."""
    from google.protobuf import any_pb2

    return any_pb2.Any(type_url=_TYPE, value=message.SerializeToString())
