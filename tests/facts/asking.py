"""What becomes of an expression: types, static shapes, values, gradients, nodes, or the error."""

import re

import numpy as np
from facts import describe, first_sentence, kind_of, plain


def ask(tf, note, label, build, arrays=(), shapes=None, order=0, nodes=False):
    """Note what `build` gives for placeholders.

    Args:
        tf, note: as a fact has them.
        label: what to note it under.
        build: gives a tensor, or a list of them, or another value, for placeholders.
        arrays: what to feed; a placeholder is made for each.
        shapes: the static shapes of the placeholders, by default those of the arrays.
        order: of the gradients that are noted too, by all float placeholders.
        nodes: note the nodes of the graph too.
    """
    with tf.Graph().as_default() as graph:
        try:
            found = _answer(tf, build, [np.asarray(a) for a in arrays], shapes, order)
        except Exception as error:  # every kind counts
            found = [kind_of(tf, error), _sentence(error)]
        else:
            if nodes:
                found.append([describe(op) for op in graph.get_operations()])
    note.put(label, found)


def _answer(tf, build, arrays, shapes, order):
    shapes = [a.shape for a in arrays] if shapes is None else shapes
    xs = [tf.placeholder(a.dtype, shape, name="x%d" % i) for i, (a, shape) in enumerate(zip(arrays, shapes))]
    result = build(*xs)
    level = [y for y in (result if isinstance(result, (list, tuple)) else [result]) if isinstance(y, tf.Tensor)]
    if not level:
        return [plain(result)]
    found, wanted = [], list(level)
    for _ in range(order):
        sources = [x for x in xs if x.dtype.is_floating or x.dtype.is_complex]
        level = [y for y in level if y.dtype.is_floating or y.dtype.is_complex]
        if level and sources:
            gradients = tf.gradients(level, sources, [tf.ones_like(y) for y in level])
            found.append([g is not None for g in gradients])
            level = [g for g in gradients if g is not None]
            wanted += level
    with tf.Session() as sess:
        values = sess.run(wanted, dict(zip(xs, arrays)))
    return found + [[y.dtype.name, str(y.shape), plain(value)] for y, value in zip(wanted, values)]


def _sentence(error):
    """Return the first sentence; of several errors that a run met at once, that of the first."""
    text = re.sub(r"^\d+ root error\(s\) found\.\s*\(0\) [A-Z][a-z ]*: ", "", str(getattr(error, "message", error)))
    text = re.sub(r" used by node .* with these attrs", " with these attrs", text.split("\n")[0])
    return first_sentence(type(error)(text)) if type(error).__module__ == "builtins" else _cut(text)


def _cut(text):
    return first_sentence(ValueError(text))
