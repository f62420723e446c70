"""Errors for names that `tf` does not have: each says what to use instead.

A name may have been renamed in TensorFlow 1.0, live in another module, be misspelt, or belong to a part of TensorFlow
that MiniGraph does not have: eager execution, Keras.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

from minigraph.graph.text import message, similar

__all__ = ["PAGE", "RENAMED", "absent", "missing"]

PAGE = "The page docs/coverage.md lists what there is of TensorFlow 1.x."

_GRAPHS = "A program first builds a graph and then runs it, as in TensorFlow 1.x: writing a line computes nothing."
_RUN = "with tf.Session() as sess: print(sess.run(y))"
_TABLE: list[tuple[str, str, str]] = [  # names, what is missing, and what to write instead
    ("enable_eager_execution enable_v2_behavior contrib.eager", _GRAPHS, f"Leave the call out, and write {_RUN}."),
    ("GradientTape", _GRAPHS, "For gradients write tf.gradients(y, x), which returns tensors to run."),
    (
        "function autograph contrib.autograph",
        _GRAPHS,
        "Call the Python function once, and run its result; for conditionals and loops in the graph use tf.cond and "
        "tf.while_loop.",
    ),
    (
        "keras contrib.keras estimator Module optimizers contrib.learn feature_column contrib.feature_column "
        "contrib.boosted_trees contrib.tensor_forest contrib.factorization contrib.layers.real_valued_column "
        "contrib.layers.sparse_column_with_keys",
        "Keras and estimators are not part of MiniGraph.",
        "There are tf.layers, tf.losses and tf.train, as in tf.train.AdamOptimizer(0.001).minimize(loss).",
    ),
    (
        "train.Checkpoint",
        "",
        "Checkpoints are written by tf.train.Saver: saver.save(sess, path) and saver.restore(sess, path).",
    ),
    (
        "RaggedTensor ragged",
        "Ragged tensors are not part of MiniGraph.",
        "Use a tf.SparseTensor, as tf.string_split returns one; or a dense tensor with rows padded to one length.",
    ),
    (
        "contrib.summary summary.initialize summary.all_v2_summary_ops",
        "These are summaries of eager execution.",
        "Write tf.summary.scalar(name, x), and a tf.summary.FileWriter adds what tf.summary.merge_all() gives.",
    ),
    ("train.Adam", "", "It is called tf.train.AdamOptimizer here, as in TensorFlow 1.x."),
    ("train.SGD", "", "It is called tf.train.GradientDescentOptimizer here, as in TensorFlow 1.x."),
    ("py_function", "", "Use tf.py_func(func, inp, Tout)."),
]
_INSTEAD = {name: advice for names, *advice in _TABLE for name in names.split()}
RENAMED = dict(
    pair.split("=")
    for pair in """
        mul=multiply sub=subtract neg=negative pack=stack unpack=unstack inv=reciprocal select=where
        batch_matmul=matmul batch_matrix_inverse=matrix_inverse listdiff=setdiff1d complex_abs=abs
        scalar_summary=summary.scalar histogram_summary=summary.histogram image_summary=summary.image
        image.per_image_whitening=image.per_image_standardization
        merge_summary=summary.merge merge_all_summaries=summary.merge_all
    """.split()
)
_PARTS = """
    audio config distribute feature_column profiler quantization raw_ops sets signal spectral sysconfig
    tpu xla
""".split()
_IN_TF: dict[str, list[str]] = {  # the advice on names of `tf` itself
    **{name: ["That part of TensorFlow 1.x is not in MiniGraph."] for name in _PARTS}
}
# Where else to look for a name.
_ROOMS = """
    nn layers train losses metrics image math linalg random summary initializers contrib.layers contrib.framework
    contrib.image contrib.legacy_seq2seq contrib.lookup contrib.losses contrib.rnn contrib.seq2seq contrib.slim
    nn.rnn_cell data data.experimental gfile logging compat lookup sparse strings
""".split()

_NOTHING = object()  # given to Python instead of the module, where it would look for a similar name of its own


def absent(module: str) -> Callable[[str], Any]:
    """Return a `__getattr__` for a module of the `tf` namespace, which raises a helpful error for a missing name.

    Example:
        >>> tf.train.Adam
        Traceback (most recent call last):
        ...
        AttributeError: module 'minigraph.train' has no attribute 'Adam'
        The page docs/coverage.md lists what there is of TensorFlow 1.x.
        It is called tf.train.AdamOptimizer here, as in TensorFlow 1.x.
    """
    room = module.replace(".api.", ".").partition(".")[2]

    def __getattr__(name: str) -> Any:
        raise missing(name, room)

    return __getattr__


def missing(name: str, room: str = "") -> AttributeError:
    """Return the error for a name that the `tf` namespace, or a module of it, does not have.

    Example:
        >>> tf.mul
        Traceback (most recent call last):
        ...
        AttributeError: module 'minigraph' has no attribute 'mul'
        Since TensorFlow 1.0 it is called tf.multiply.
        >>> tf.relu
        Traceback (most recent call last):
        ...
        AttributeError: module 'minigraph' has no attribute 'relu'
        There is tf.nn.relu.
    """
    package = __name__.partition(".")[0]
    first = f"module '{package}{'.' if room else ''}{room}' has no attribute '{name}'"
    text = first if name.startswith("_") else message(first, *_advice(name, room))
    return AttributeError(text, name=name, obj=_NOTHING)


def _advice(name: str, room: str) -> list[str]:
    """Return where to look, and in the end what to type; a name that only stands elsewhere needs no list."""
    path = _path(room, name)
    if path in RENAMED:
        return [f"Since TensorFlow 1.0 it is called tf.{RENAMED[path]}."]
    known = _INSTEAD.get(path) or _INSTEAD.get(name) or _IN_TF.get(path) or _of_a_room_around(room)
    if known is not None:
        return [PAGE, *known]
    elsewhere = next((other for other in ("", *_ROOMS) if other != room and name in _names(other)), None)
    if elsewhere is not None:
        return [f"There is tf.{_path(elsewhere, name)}."]
    close = [f"tf.{_path(room, other)}" for other in similar(name, _names(room), least=0.75)]
    return [PAGE, *([f"Did you mean {' or '.join(close)}?"] if close else [])]


def _of_a_room_around(room: str) -> list[str] | None:
    """Return the advice on a whole part of TensorFlow, if the room lies in one that is not here."""
    while room and room not in _INSTEAD:
        room = room.rpartition(".")[0]
    return _INSTEAD.get(room)


def _path(room: str, name: str) -> str:
    return f"{room}.{name}" if room else name


def _names(room: str) -> list[str]:
    """Return the public names of a module, without importing more than a program has asked for.

    A room of TensorFlow that is here for one module in it, as `contrib.learn` for MNIST, has none.
    """
    try:
        module = importlib.import_module(".".join([__name__.partition(".")[0], *filter(None, [room])]))
    except ModuleNotFoundError:
        return []
    return list(getattr(module, "__all__", ()))
