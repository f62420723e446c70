"""Protocol messages that tests compare: numbers up to rounding, graphs up to the order of their nodes."""

from __future__ import annotations

from typing import Any

__all__ = ["assert_equal_graph_def"]

_KINDS = {"float": 6, "double": 7}  # digits after the point that count


def parsed(text: str, kind: type) -> Any:
    """Return the message of a class that a text stands for; a `ParseError` of protobuf if it is none."""
    from google.protobuf import text_format

    return text_format.Parse(text, kind())


def text_of(message: Any) -> str:
    """Return a message as text, with its numbers rounded to the digits that count."""
    from google.protobuf import text_format

    copy = type(message)()
    copy.CopyFrom(message)
    _round(copy)
    return text_format.MessageToString(copy)


def _round(message: Any) -> None:
    """Round the numbers in a message, and in those that it holds."""
    for field, value in message.ListFields():
        kind = {field.TYPE_FLOAT: "float", field.TYPE_DOUBLE: "double"}.get(field.type)
        if kind is None:
            for each in _messages_in(field, value):
                _round(each)
        elif isinstance(value, float):
            setattr(message, field.name, round(value, _KINDS[kind]))
        else:
            value[:] = [round(number, _KINDS[kind]) for number in value]


def _messages_in(field: Any, value: Any) -> list:
    """Return the messages that a field holds: one, several, or those of a map."""
    if field.message_type is None:
        return []
    if hasattr(value, "ListFields"):
        return [value]
    each = list(value.values() if hasattr(value, "values") else value)
    return [one for one in each if hasattr(one, "ListFields")]


def assert_equal_graph_def(
    actual: Any, expected: Any, checkpoint_v2: bool = False, hash_table_shared_name: bool = False
) -> None:
    """Check that two definitions have the same nodes, by their names.

    The order of nodes, of attributes and of control inputs does not count, nor do attributes whose names begin with
    an underscore, versions and functions.

    Args:
        actual, expected: two `tf.GraphDef` messages.
        checkpoint_v2, hash_table_shared_name: accepted, as in TF1, where names of files and of tables are random.

    Raises:
        AssertionError: if they differ; the message tells the first difference.
        TypeError: if one is no definition.

    Example:
        >>> one, other = tf.GraphDef(), tf.GraphDef()
        >>> other.node.add(name="a", op="NoOp").name
        'a'
        >>> tf.test.assert_equal_graph_def(one, other)
        Traceback (most recent call last):
        ...
        AssertionError: Did not find expected node '{{node a}} = NoOp[]()'
    """
    found, wanted = (
        {node.name: node for node in _definition(value, name).node}
        for value, name in ((actual, "actual"), (expected, "expected"))
    )
    for name, node in found.items():
        if name not in wanted:
            raise AssertionError(f"Found unexpected node '{_line(node)}'")
        difference = _difference(node, wanted[name])
        if difference:
            raise AssertionError(f"Node named '{name}' {difference}")
    for name, node in wanted.items():
        if name not in found:
            raise AssertionError(f"Did not find expected node '{_line(node)}'")


def _definition(value: Any, which: str) -> Any:
    if not hasattr(value, "node"):
        raise TypeError(f"Expected tf.GraphDef for {which}, got {type(value).__name__}")
    return value


def _difference(node: Any, expected: Any) -> str:
    """Return how a node differs from the expected one of its name; "" if it does not."""
    for field, name in ("op", "op"), ("device", "device"):
        one, other = getattr(node, field), getattr(expected, field)
        if one != other:
            return f"has {name} '{one}' that is not expected '{other}'"
    return _inputs_difference(node, expected) or _attributes_difference(node, expected)


def _inputs_difference(node: Any, expected: Any) -> str:
    if len(node.input) != len(expected.input):
        return f"has inputs '{', '.join(node.input)}' that don't match expected '{', '.join(expected.input)}'"
    for i, (one, other) in enumerate(zip(node.input, expected.input)):
        if one != other and not (one.startswith("^") and other.startswith("^")):
            return f"has input {i} '{one}' that doesn't match expected '{other}'"
    missing = sorted(set(expected.input) - set(node.input))
    return f"missing expected control input '{missing[0]}'" if missing else ""


def _attributes_difference(node: Any, expected: Any) -> str:
    for key in sorted({*node.attr, *expected.attr}):
        if key.startswith("_"):
            continue
        if key not in expected.attr:
            return f"has unexpected attr '{key}' with value: {_value(node.attr[key])}"
        if key not in node.attr:
            return f"missing expected attr '{key}' with value: {_value(expected.attr[key])}"
        if node.attr[key] != expected.attr[key]:
            values = f"{_value(node.attr[key])} that does not match expected: {_value(expected.attr[key])}"
            return f"has attr '{key}' with value: {values}"
    return ""


def _value(attribute: Any) -> str:
    """Return an attribute on one line: a type or a number by itself, all else as the text of its message."""
    from google.protobuf import text_format

    text = text_format.MessageToString(attribute, as_one_line=True)
    kind, _, value = text.partition(": ")
    return value if kind in ("type", "i", "f", "b", "s") else text


def _line(node: Any) -> str:
    """Return a node on one line: its name, its type, its attributes and its inputs."""
    attributes = [f"{key}={_value(node.attr[key])}" for key in sorted(node.attr, key=lambda key: (key[0] == "_", key))]
    device = [f'_device="{node.device}"'] if node.device else []
    return f"{{{{node {node.name}}}}} = {node.op}[{', '.join([*attributes, *device])}]({', '.join(node.input)})"
