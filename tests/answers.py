"""What becomes of an expression: a plain value, what it prints, or the error with its first sentence."""

from __future__ import annotations

import re

import numpy as np

import minigraph as tf


def answer(expression, names=None):
    """Evaluate a text, or call a function, and gives plain data: errors are texts such as "ValueError: No way"."""
    try:
        found = eval(expression, {"tf": tf, "np": np, **(names or {})}) if isinstance(expression, str) else expression()
    except Exception as error:  # every kind is an answer
        return error_text(error)
    return found if isinstance(found, (bool, int, float, str, type(None))) else repr(found)


def error_text(error):
    """Return the kind and the first sentence; the kind is Python's or that of the framework's `errors`."""
    kind = next(
        k.__name__ for k in type(error).__mro__ if k.__module__ == "builtins" or issubclass(k, tf.errors.OpError)
    )
    text = str(error.args[0]) if isinstance(error, KeyError) else str(getattr(error, "message", None) or error)
    return kind + ": " + re.split(r"[.!](?:\s|$)|\n", text)[0]


def run(value, feed_dict=None):
    """Return the value after the initialization of all variables; lists for arrays."""
    with tf.Session() as sess:
        sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
        return plain(sess.run(value, feed_dict))


def plain(value):
    """List, numbers and bytes in the place of arrays."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def nodes(graph=None):
    """Return the operations as "type name(inputs)"."""
    return [
        "%s %s(%s)" % (op.type, op.name, ", ".join(t.name for t in op.inputs))
        for op in (graph or tf.get_default_graph()).get_operations()
    ]
