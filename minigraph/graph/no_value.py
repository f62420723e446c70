"""Errors for using a tensor as a value, which it has only once a session has run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from minigraph.graph import errors
from minigraph.graph.code import code, name_of, session_name
from minigraph.graph.messages import made
from minigraph.graph.text import message
from minigraph.graph.traces import format_where

__all__ = ["NoArray", "NoValue"]


class NoValue:
    """Errors for tensors and variables: conversions to numbers, and array methods."""

    __slots__ = ()

    def __float__(self) -> NoReturn:
        _refuse_number(self, float)

    def __int__(self) -> NoReturn:
        _refuse_number(self, int)

    def __complex__(self) -> NoReturn:
        _refuse_number(self, complex)

    numpy = property(lambda self: _refuse_method(self, "numpy", "{run}"))
    item = property(lambda self: _refuse_method(self, "item", "{run}.item()"))
    tolist = property(lambda self: _refuse_method(self, "tolist", "{run}.tolist()"))


class NoArray(NoValue):
    """Errors for tensors only: the other operations of arrays and sequences."""

    __slots__ = ()
    _shape: Any
    name: Any
    op: Any

    def _not_allowed(self, task: str, advice: str) -> errors.OperatorNotAllowedInGraphError:
        return errors.OperatorNotAllowedInGraphError(
            f"{task} is not allowed in Graph execution. Use Eager execution or decorate this function with "
            f"@tf.function.\nTensor '{self.name}' (made at {format_where(self.op.where)}) has no value until a session "
            f"runs it.\n{advice}"
        )

    def __bool__(self) -> bool:
        told = code(f"tf.cond({name_of(self, 'pred')}, fn1, fn2)", "pred", "fn1", "fn2")
        raise self._not_allowed(
            "using a `tf.Tensor` as a Python `bool`",
            f"For a conditional in the graph write {told}.\n"
            "To test whether a Python name holds a tensor write `if x is not None:`.",
        )

    def __iter__(self) -> Iterator:
        known = self._shape.tuple
        name = name_of(self)
        first = (
            f"{code(f'{name}.set_shape({[10, *known[1:]]})', 'x')}, with the right number, then "
            if known and known[0] is None
            else ""
        )
        rows = code(f"tf.unstack({name})", "x") if known else "a list of tensors instead"
        raise self._not_allowed("iterating over `tf.Tensor`", f"Its shape is {self._shape}; write {first}{rows}.")

    def __len__(self) -> int:
        size = code(f"tf.shape({name_of(self)})[0]", "x")
        raise TypeError(
            f"len is not well defined for symbolic Tensors. ({self.name}) Please call `x.shape` rather "
            f"than `len(x)` for shape information.\nThe size in a run is {size}."
        )

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(
            f"Cannot convert a symbolic Tensor ({self.name}) to a numpy array.\n"
            f"It was made at {format_where(self.op.where)} and has no value until a session runs it.\n"
            "Use tf's function instead of numpy's, or apply numpy to sess.run(x)."
        )


def _refuse_number(node: Any, kind: Callable) -> NoReturn:
    try:
        kind([])
    except TypeError as error:  # Python's own wording, which differs between versions
        first = str(error).replace("'list'", repr(type(node).__name__))
    raise TypeError(_told(node, first, kind.__name__ + "({run})"))


def _refuse_method(node: Any, name: str, instead: str) -> NoReturn:
    raise AttributeError(_told(node, f"'{type(node).__name__}' object has no attribute '{name}'", instead))


def _told(node: Any, first: str, instead: str) -> str:
    run = f"{session_name(node.graph)}.run({name_of(node)})"
    return message(
        first,
        f"{made(node)} has no value until a session runs it.",
        f"Write {code(instead.format(run=run), 'sess', 'x')}.",
    )
