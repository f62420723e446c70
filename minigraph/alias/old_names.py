"""Names and argument orders of before TensorFlow 1.0, for programs that are run as they are; each is noted once."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from minigraph.graph.absent import RENAMED
from minigraph.graph.operation import Tensor
from minigraph.graph.provenance import user_trace
from minigraph.graph.traces import format_where

__all__ = ["old_name"]

# What has another name since; those of the package itself are `RENAMED`.
_MOVED = {
    "train.SummaryWriter": "summary.FileWriter",
    "nn.seq2seq": "contrib.legacy_seq2seq",
    "nn.rnn": "nn.static_rnn",
    "nn.bidirectional_rnn": "nn.static_bidirectional_rnn",
    "nn.state_saving_rnn": "nn.static_state_saving_rnn",
    "contrib.losses.mean_squared_error": "losses.mean_squared_error",
    "contrib.data.Dataset": "data.Dataset",
    "contrib.data.Iterator": "data.Iterator",
    "contrib.data.FixedLengthRecordDataset": "data.FixedLengthRecordDataset",
    "contrib.data.TFRecordDataset": "data.TFRecordDataset",
    "contrib.data.TextLineDataset": "data.TextLineDataset",
    **RENAMED,
}

_noted: set[tuple[str, str]] = set()  # name and line


def old_name(room: str, name: str) -> Any:
    """Return what a name of before 1.0 stands for, or a function that takes arguments in their old order too; or None.

    Args:
        room: the module, such as "nn"; "" for the package itself.
        name: the name in it.
    """
    path = f"{room}.{name}" if room else name
    if path in _WRAPPED and _has(_WRAPPED[path][0]):
        new, between = _WRAPPED[path]
        function = _find(new)
        return functools.wraps(function)(functools.partial(between, function))
    if path in _MOVED and not _has(path) and _has(_MOVED[path]):
        new = _MOVED[path]
        found = _find(new)
        text = f"tf.{path} is called tf.{new} since TensorFlow {'1.4' if room == 'contrib.data' else '1.0'}"
        if isinstance(found, type):
            _note(text)
        return found if isinstance(found, (type, ModuleType)) or not callable(found) else _noting(found, text)
    return None


def _has(path: str) -> bool:
    found: Any = importlib.import_module("minigraph")
    for part in path.split("."):
        if part not in getattr(found, "__all__", ()):
            return False
        found = getattr(found, part)
    return True


def _find(path: str) -> Any:
    found: Any = importlib.import_module("minigraph")
    for part in path.split("."):
        found = getattr(found, part)
    return found


def _note(text: str) -> None:
    """Say something of the user's line, once for each line."""
    trace = [frame for frame in user_trace(2) if not frame[0].co_filename.startswith("<frozen ")]  # a from-import's
    where = format_where(tuple(trace))
    if (text, where) not in _noted:
        _noted.add((text, where))
        print(f"note: {where}: {text}", file=sys.stderr)


def _noting(function: Callable, text: str) -> Callable:
    @functools.wraps(function)
    def noting(*args: Any, **kwargs: Any) -> Any:
        _note(text)
        return function(*args, **kwargs)

    return noting


# Functions whose arguments had another order


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def _concat(concat: Callable, *args: Any, **kwargs: Any) -> Any:
    if "concat_dim" in kwargs:
        kwargs["axis"] = kwargs.pop("concat_dim")
    if len(args) > 1 and _is_number(args[0]) and not _is_number(args[1]):
        _note("tf.concat takes the values first, then the axis, since TensorFlow 1.0")
        args = args[1], args[0], *args[2:]
    return concat(*args, **kwargs)


def _split(split: Callable, *args: Any, **kwargs: Any) -> Any:
    if "split_dim" in kwargs:
        kwargs["axis"] = kwargs.pop("split_dim")
    if "num_split" in kwargs:
        kwargs["num_or_size_splits"] = kwargs.pop("num_split")
    if len(args) > 2 and _is_number(args[0]) and _is_number(args[1]):
        _note("tf.split takes the value first, then the number of parts, then the axis, since TensorFlow 1.0")
        args = args[2], args[1], args[0], *args[3:]
    return split(*args, **kwargs)


def _cross_entropy(function: Callable, *args: Any, **kwargs: Any) -> Any:
    """Take (logits, labels, name) by position; since 1.0 there is nothing before the labels but a None."""
    if len(args) >= 2 and args[0] is not None:
        _note(f"tf.nn.{function.__name__} takes labels= and logits= by name since TensorFlow 1.0")
        return function(**dict(zip(("logits", "labels", "name"), args)), **kwargs)
    return function(*args, **kwargs)


def _sampled(function: Callable, *args: Any, **kwargs: Any) -> Any:
    """Take (weights, biases, inputs, labels): integers where the inputs stand now, floats where the labels do."""
    if len(args) >= 4 and _is_floating(args[3]) is False and _is_floating(args[2]) is True:
        _note(f"{function.__name__} takes labels before inputs since TensorFlow 1.0")
        args = (*args[:2], args[3], args[2], *args[4:])
    return function(*args, **kwargs)


def _is_floating(value: Any) -> bool | None:
    return value.dtype.is_floating if isinstance(value, Tensor) else None


def _summary(new: str, *names: str) -> Callable:
    """Return a function of the old name, whose arguments are called `names` since then."""

    def summary(function: Callable, *args: Any, **kwargs: Any) -> Any:
        _note(f"tf.{new}_summary is called tf.summary.{new} since TensorFlow 1.0")
        old = {"tag": names[0], "tags": names[0], "tensor": names[1], "values": names[1], "max_images": "max_outputs"}
        given = {**dict(zip(names, args)), **{old.get(key, key): value for key, value in kwargs.items()}}
        if isinstance(given.get(names[0]), (list, tuple, Tensor)):
            raise TypeError(f"Several tags in one summary are not in MiniGraph: write tf.summary.{new} for each")
        return function(**given)

    return summary


def _resize(function: Callable, images: Any, *args: Any, **kwargs: Any) -> Any:
    if len(args) >= 2 and _is_number(args[0]) and _is_number(args[1]):
        _note(f"{function.__name__} takes the new height and width as one list since TensorFlow 1.0")
        args = ([args[0], args[1]], *args[2:])
    return function(images, *args, **kwargs)


_WRAPPED: dict[str, tuple[str, Callable]] = {  # the old name: what it is called now, and the function in between
    "concat": ("concat", _concat),
    "split": ("split", _split),
    "nn.softmax_cross_entropy_with_logits": ("nn.softmax_cross_entropy_with_logits", _cross_entropy),
    "nn.sparse_softmax_cross_entropy_with_logits": ("nn.sparse_softmax_cross_entropy_with_logits", _cross_entropy),
    "nn.sigmoid_cross_entropy_with_logits": ("nn.sigmoid_cross_entropy_with_logits", _cross_entropy),
    "nn.nce_loss": ("nn.nce_loss", _sampled),
    "nn.sampled_softmax_loss": ("nn.sampled_softmax_loss", _sampled),
    "image.resize_images": ("image.resize_images", _resize),
    "scalar_summary": ("summary.scalar", _summary("scalar", "name", "tensor", "collections")),
    "histogram_summary": ("summary.histogram", _summary("histogram", "name", "values", "collections")),
    "image_summary": ("summary.image", _summary("image", "name", "tensor", "max_outputs", "collections")),
}
