"""Facts told as expressions: each line is asked as it stands, and is the label under which the answer is noted."""

import numpy as np
from asking import ask


def ask_each(tf, note, lines, arrays=(), shapes=None, order=0, nodes=True):
    """Note what each line gives; `arrays`, `shapes`, `order` and `nodes` are those of `ask`.

    A line is a Python expression of `tf`, `np`, `C` (`tf.constant`) and `x0`, `x1`..., placeholders for the arrays.
    """
    for line in (line.strip() for line in lines.strip().splitlines()):
        if line:
            ask(tf, note, line, _builder(tf, line), arrays, shapes, order, nodes)


def _builder(tf, line):
    code = compile(line, line, "eval")

    def build(*placeholders):
        names = {"x%d" % i: x for i, x in enumerate(placeholders)}
        return eval(code, dict(names, tf=tf, np=np, C=tf.constant))

    return build
