"""TensorFlow's protocol messages, from TensorBoard's copy of them: optional, so imported on first use.

Whoever needs a message takes it from here: `protos.GraphDef`. The messages have TensorFlow's fields, numbers and text
form, so files and bytes are the same; only their full names begin with `tensorboard`.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

from minigraph.graph import built_protos

__all__ = ["are_there", "file", "from_text", "parsed", "tensorboard"]

_FILES = {  # where each message is defined: in a file of TensorFlow's own messages, or of a plugin
    "attr_value_pb2": "AttrValue NameAttrList",
    "cluster_pb2": "ClusterDef JobDef",
    "config_pb2": "RunMetadata",
    "event_pb2": "Event LogMessage SessionLog TaggedRunMetadata",
    "function_pb2": "FunctionDef FunctionDefLibrary GradientDef",
    "graph_pb2": "GraphDef",
    "meta_graph_pb2": "AssetFileDef CollectionDef MetaGraphDef SignatureDef TensorInfo",
    "node_def_pb2": "NodeDef",
    "op_def_pb2": "OpDef OpList",
    "plugins.projector.projector_config_pb2": "EmbeddingInfo ProjectorConfig SpriteMetadata",
    "saver_pb2": "SaverDef",
    "step_stats_pb2": "DeviceStepStats MemoryStats NodeExecStats NodeOutput StepStats",
    "summary_pb2": "HistogramProto Summary SummaryDescription SummaryMetadata",
    "tensor_pb2": "TensorProto",
    "tensor_shape_pb2": "TensorShapeProto",
    "variable_pb2": "VariableDef",
    "versions_pb2": "VersionDef",
}
_FILE_OF = {message: file for file, messages in _FILES.items() for message in messages.split()}


def tensorboard(module: str, need: str = "Protocol messages need the package tensorboard") -> Any:
    """Return a module of TensorBoard, imported on first use.

    Args:
        module: its name within the package.
        need: the first sentence of the error.

    Raises:
        ImportError: if TensorBoard is not installed; the message says how to install it.
    """
    try:
        return importlib.import_module("tensorboard." + module)
    except ImportError as error:
        there_is_none = sys.platform == "emscripten"
        advice = "there is none in a browser" if there_is_none else "pip install 'minigraph[tensorboard]'"
        raise ImportError(f"{need}: {advice}") from error


def are_there() -> bool:
    """Return True if TensorBoard is installed, and so there are messages."""
    try:
        tensorboard("compat.proto")
    except ImportError:
        return False
    return True


def file(name: str) -> Any:
    """Return the module of a file of messages, such as "graph_pb2"; None if TensorBoard has no such file.

    Raises:
        ImportError: if TensorBoard is not installed.
    """
    there = importlib.util.find_spec(f"{tensorboard('compat.proto').__name__}.{name}")
    return None if there is None else tensorboard(f"compat.proto.{name}")


def parsed(kind: Any, content: bytes, what: str) -> Any:
    """Return a message from its bytes.

    Args:
        kind: the class of the message.
        content: the bytes.
        what: what they are, for the error.

    Raises:
        ValueError: if they are no such message.
    """
    from google.protobuf.message import DecodeError

    try:
        return kind.FromString(content)
    except DecodeError as error:
        raise ValueError(f"Cannot parse {what}: {error}") from None


def from_text(kind: Any, content: bytes, what: str) -> Any:
    """Return a message from its text form, in UTF-8; arguments and errors are those of `parsed`."""
    from google.protobuf import text_format

    try:
        return text_format.Parse(content.decode(), kind())
    except (text_format.ParseError, UnicodeDecodeError) as error:
        raise ValueError(f"Cannot parse {what}: {error}") from None


def __getattr__(name: str) -> Any:
    if name in built_protos.NAMES:
        return built_protos.built(tensorboard("compat.proto.meta_graph_pb2"))[name]
    if name not in _FILE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    file = _FILE_OF[name]
    found = getattr(tensorboard(file if "." in file else f"compat.proto.{file}"), name)
    globals()[name] = found  # a graph is made of thousands of messages
    return found


def __dir__() -> list[str]:
    return sorted([*_FILE_OF, *built_protos.NAMES, *__all__])
