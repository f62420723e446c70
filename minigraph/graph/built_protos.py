"""Messages of TensorFlow that TensorBoard has no copy of, built from the table of their fields."""

from __future__ import annotations

import functools
from typing import Any

__all__ = ["NAMES", "built"]

_PACKAGE = "minigraph"
_FILE = "minigraph/messages.proto"
_MAP = "ExternalValuesEntry"
# Fields as "name = number: type", "*" for a repeated one.
_MESSAGES = {
    "QueueRunnerDef": """
        queue_name = 1: string; enqueue_op_name = 2: *string; close_op_name = 3: string; cancel_op_name = 4: string;
        queue_closed_exception_types = 5: *Code
    """,
    "ValuesDef": f"values = 1: *string; external_values = 2: *{_MAP}",
    "CondContextDef": """
        context_name = 1: string; pred_name = 2: string; pivot_name = 3: string; branch = 4: int32;
        values_def = 5: ValuesDef; nested_contexts = 6: *ControlFlowContextDef
    """,
    "WhileContextDef": """
        context_name = 1: string; parallel_iterations = 2: int32; back_prop = 3: bool; swap_memory = 4: bool;
        pivot_name = 5: string; pivot_for_pred_name = 6: string; pivot_for_body_name = 7: string;
        loop_exit_names = 8: *string; loop_enter_names = 10: *string; values_def = 9: ValuesDef;
        maximum_iterations_name = 11: string; nested_contexts = 12: *ControlFlowContextDef
    """,
    "ControlFlowContextDef": "cond_ctxt = 1: CondContextDef; while_ctxt = 2: WhileContextDef",
    "SavedModel": "saved_model_schema_version = 1: int64; meta_graphs = 2: *MetaGraphDef",
}
_CODES = """
    OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED
    RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS
    UNAUTHENTICATED
""".split()
NAMES = tuple(_MESSAGES)


@functools.cache
def built(meta_graph_file: Any) -> dict[str, Any]:
    """Return the classes of the messages by name.

    Args:
        meta_graph_file: TensorBoard's module with `MetaGraphDef`.
    """
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    found = descriptor_pb2.FileDescriptorProto(name=_FILE, package=_PACKAGE, syntax="proto3")
    found.dependency.append(meta_graph_file.DESCRIPTOR.name)
    found.enum_type.add(name="Code", value=[{"name": name, "number": i} for i, name in enumerate(_CODES)])
    for name, text in _MESSAGES.items():
        message = found.message_type.add(name=name)
        for line in text.split(";"):
            field, number, kind = (part.strip() for part in line.replace("=", ":").split(":"))
            _add_field(message, field, number, kind, meta_graph_file)
    entry = next(message for message in found.message_type if message.name == "ValuesDef").nested_type.add(name=_MAP)
    entry.options.map_entry = True
    for name, place in (("key", "1"), ("value", "2")):
        _add_field(entry, name, place, "string", meta_graph_file)
    context = next(message for message in found.message_type if message.name == "ControlFlowContextDef")
    context.oneof_decl.add(name="ctxt")
    for field in context.field:
        field.oneof_index = 0
    pool = descriptor_pool.Default()
    pool.AddSerializedFile(found.SerializeToString())
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{_PACKAGE}.{name}")) for name in _MESSAGES
    }


def _add_field(message: Any, name: str, number: str, kind: str, meta_graph_file: Any) -> None:
    field = message.field.add(name=name, number=int(number), label=3 if kind.startswith("*") else 1)
    kind = kind.lstrip("*")
    if kind in ("string", "int32", "int64", "bool"):
        field.type = getattr(type(field), f"TYPE_{kind.upper()}")
        return
    field.type = field.TYPE_ENUM if kind == "Code" else field.TYPE_MESSAGE
    package = meta_graph_file.DESCRIPTOR.package if kind == "MetaGraphDef" else _PACKAGE
    field.type_name = f".{package}.{'ValuesDef.' if kind == _MAP else ''}{kind}"
