"""What stands for the items of collections in a `MetaGraphDef`: names with and without a scope, and messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["Codec", "codec_of", "register_proto_function", "with_scope", "without_scope"]


class Codec(NamedTuple):
    """How the items of a collection become messages.

    Attributes:
        message: the name of their message.
        to_proto: returns the message of an item, given the item and a scope to leave out of names; None for an item
            that lies outside the scope.
        from_proto: returns the item of a message, given the message and a scope to put before names.
    """

    message: str
    to_proto: Callable
    from_proto: Callable


_CODECS: dict[str, Codec] = {}


def register_proto_function(
    collection_name: str, proto_type: str, to_proto: Callable | None = None, from_proto: Callable | None = None
) -> None:
    """Say how the items of a collection are written to a `MetaGraphDef`, and read from it.

    Args:
        collection_name: the name of the collection.
        proto_type: the name of the message.
        to_proto, from_proto: the functions, see `Codec`; by default an item is its message.
    """
    _CODECS[collection_name] = Codec(proto_type, to_proto or _itself, from_proto or _itself)


def codec_of(collection_name: str) -> Codec | None:
    """Return how the items of a collection become messages; None if they do not."""
    return _CODECS.get(collection_name)


def with_scope(name: str, import_scope: str | None) -> str:
    """Return a name with a scope before it; "^" and "loc:@" stay in front.

    Example:
        >>> with_scope("v/read:0", "left"), with_scope("^a", "left/"), with_scope("a", None)
        ('left/v/read:0', '^left/a', 'a')
    """
    if not import_scope or not name:
        return name
    mark = next((mark for mark in ("^", "loc:@") if name.startswith(mark)), "")
    return f"{mark}{import_scope.rstrip('/')}/{name[len(mark) :]}"


def without_scope(name: str, export_scope: str | None) -> str:
    """Return a name without the scope before it.

    Example:
        >>> without_scope("left/v:0", "left"), without_scope("right/v:0", "left")
        ('v:0', 'right/v:0')
    """
    if not export_scope:
        return name
    mark = next((mark for mark in ("^", "loc:@") if name.startswith(mark)), "")
    scope = export_scope.rstrip("/") + "/"
    rest = name[len(mark) :]
    return mark + rest[len(scope) :].lstrip("/") if rest.startswith(scope) else name


def _itself(item: Any, scope: str | None = None) -> Any:
    return item


class ContextMessage:
    """A context of control flow version 1, which a graph that TensorFlow wrote has in its collections.

    Nothing here needs it: gradients of imported conditionals and loops are built from the nodes. It is kept, so that
    the graph is written as it was read.

    Args:
        message: a `CondContextDef` or `WhileContextDef`.
        import_scope: what stands before the names in it.
    """

    def __init__(self, message: Any, import_scope: str | None = None):
        self._message, self._scope = message, import_scope

    @property
    def name(self) -> str:
        """The name of the context."""
        return with_scope(self._message.context_name, self._scope)

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Return the message, its names without `export_scope`; None if the context is outside of it."""
        if export_scope and not self.name.startswith(export_scope):
            return None
        found = type(self._message).FromString(self._message.SerializeToString())
        _rename(found, lambda name: without_scope(with_scope(name, self._scope), export_scope))
        return found


def _rename(message: Any, renamed: Callable[[str], str]) -> None:
    """Change all names in a message."""
    for field, value in message.ListFields():
        if field.name == "external_values":
            new = {renamed(key): renamed(each) for key, each in value.items()}
            value.clear()
            value.update(new)
        elif isinstance(value, str):
            setattr(message, field.name, renamed(value))
        elif field.name.endswith("names") or field.name == "values":
            value[:] = [renamed(each) for each in value]
        elif field.name == "nested_contexts":
            for each in value:
                _rename(each, renamed)
        elif hasattr(value, "ListFields"):
            _rename(value, renamed)


for _key, _proto in (("cond_context", "CondContextDef"), ("while_context", "WhileContextDef")):
    register_proto_function(_key, _proto, ContextMessage.to_proto, ContextMessage)
