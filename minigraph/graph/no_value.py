"""What is asked of a tensor as if it were a value: an error that says that a session has to run it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from minigraph.graph.code import code, name_of, session_name
from minigraph.graph.messages import made
from minigraph.graph.text import message

__all__ = ["NoValue"]


class NoValue:
    """For tensors and variables: conversions to numbers, and methods that arrays have."""

    __slots__ = ()

    def __float__(self) -> NoReturn:
        _refuse_number(self, float)

    def __int__(self) -> NoReturn:
        _refuse_number(self, int)

    def __complex__(self) -> NoReturn:
        _refuse_number(self, complex)

    @property
    def numpy(self) -> NoReturn:
        _refuse_method(self, "numpy", "{run}")

    @property
    def item(self) -> NoReturn:
        _refuse_method(self, "item", "{run}.item()")

    @property
    def tolist(self) -> NoReturn:
        _refuse_method(self, "tolist", "{run}.tolist()")


def _refuse_number(node: Any, kind: Callable) -> NoReturn:
    try:
        kind([])
    except TypeError as error:  # Python's own words, which differ from version to version
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
