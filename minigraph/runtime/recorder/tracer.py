"""Recording: what the kernels of a plan do, as a list of numpy calls on values of known shape.

A kernel is a formula on arrays. Called with a `Traced` in the place of each array, it tells which numpy functions it
calls; what depends on shapes only (`Shape`, the axes that a broadcast added) comes out as a constant. A kernel that
looks at the numbers themselves (a branch, an index, a loop over elements) cannot be recorded, and stays one call.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigraph.runtime.recorder.calls import Call, Value, leaves, replaced

__all__ = ["Recorder", "StandIn", "Traced", "Untraceable", "array_of", "value_of"]
__all__ += ["astype", "item", "snapshot", "viewed", "xp"]


class Untraceable(Exception):
    """The kernel looked at numbers, or called what is not recorded."""


class Recorder:
    """Carries out kernels and keeps the list of calls.

    Attributes:
        calls: what was called, in order.
        op: the operation whose kernel runs.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.op: Any = None

    def traced(self, array: Any, value: Value | None = None) -> Traced:
        """Make a stand-in for an array."""
        return Traced(self, array, Value(array) if value is None else value)

    def call(self, kind: str, function: Callable, args: tuple, kwargs: dict | None = None) -> Any:
        """Call a function on stand-ins and record the call."""
        given = {k: replaced(v, array_of) for k, v in kwargs.items()} if kwargs else {}
        result = function(*replaced(args, array_of), **given)
        many = type(result) in (tuple, list)
        arrays = result if many else (result,)
        if many and len(arrays) == 1 or not all(isinstance(a, (np.ndarray, np.generic)) for a in arrays):
            raise Untraceable(f"{function} gave {type(result)}")
        args, kwargs = replaced(args, value_of), {k: replaced(v, value_of) for k, v in kwargs.items()} if kwargs else {}
        aliases = tuple(leaves((args,))) if kind == "view" else ()
        outputs = tuple(Value(array, aliases) for array in arrays)
        self.calls.append(Call(kind, function, args, kwargs, outputs, self.op))
        found = [Traced(self, array, value) for array, value in zip(arrays, outputs)]
        return type(result)(found) if many else found[0]


def array_of(leaf: Any) -> Any:
    """Return the array for which a leaf of a tree stands."""
    return leaf._array if isinstance(leaf, Traced) else leaf


def value_of(leaf: Any) -> Any:
    """Return the value for which a leaf of a tree stands."""
    return leaf._value if isinstance(leaf, Traced) else leaf


_KINDS = {  # of the calls of numpy functions: see `Call.kind`
    operator.attrgetter(name)(np): kind
    for kind, names in {
        "view": """
            broadcast_to diagonal expand_dims flip imag moveaxis ravel real reshape rollaxis split squeeze swapaxes
            transpose
        """,
        "call": """
            angle argmax argmin argsort copy cumprod cumsum diff linalg.det mean nan_to_num outer pad repeat roll sort
            take take_along_axis tensordot tile tril triu where
        """,
        "into": "clip concatenate dot einsum stack",
    }.items()
    for name in names.split()
}
_REDUCTIONS: dict[Any, Any] = {
    **{np.sum: np.add, np.prod: np.multiply, np.any: np.logical_or, np.all: np.logical_and},
    **{np.max: np.maximum, np.min: np.minimum, np.amax: np.maximum, np.amin: np.minimum},
}
_OF_SHAPE = {np.shape: lambda x: x.shape, np.ndim: lambda x: x.ndim, np.size: lambda x: x.size}
_LIKE = {np.zeros_like, np.ones_like, np.empty_like}


def _reduction(array: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False) -> tuple:
    if out is not None or type(axis) is Traced:
        raise Untraceable("out= of a reduction")
    return array, axis, dtype, None, bool(keepdims)


class StandIn:
    """Stands for an array in a kernel; nobody may look at its numbers."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(f".{name}")

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise Untraceable("the numbers were looked at")

    __array__ = __bool__ = __int__ = __float__ = __index__ = __complex__ = _refuse
    __iter__ = __setitem__ = __contains__ = __array_ufunc__ = __array_function__ = _refuse
    __hash__ = None  # type: ignore[assignment]


class Traced(StandIn):
    """Stands for an array in a kernel, and records what is done with it."""

    __slots__ = ("_recorder", "_array", "_value")

    def __init__(self, recorder: Recorder, array: Any, value: Value):
        self._recorder, self._array, self._value = recorder, array, value

    def __len__(self) -> int:
        return len(self._array)

    # What is recorded

    def record_step(self, kind: str, function: Callable, args: tuple, kwargs: dict) -> Any:
        """Keep a call of a function that is marked as a step."""
        return self._recorder.call(kind, function, args, kwargs)

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("out") is not None or kwargs.get("where", True) is not True or method in ("at", "reduceat"):
            raise Untraceable(f"{ufunc}.{method} into an array")
        if method != "__call__":
            return self._recorder.call("into", getattr(ufunc, method), args, kwargs)
        kind = "call" if ufunc.nout > 1 else "ufunc" if ufunc.signature is None else "into"
        return self._recorder.call(kind, ufunc, args, kwargs)

    def __array_function__(self, function: Any, types: Any, args: tuple, kwargs: dict) -> Any:
        if function in _OF_SHAPE and len(args) == 1:
            return _OF_SHAPE[function](args[0])
        if function in _REDUCTIONS:
            args = _reduction(*args, **kwargs)
            if _REDUCTIONS[function] in (np.maximum, np.minimum):
                args = (*args[:2], None, None, args[4])
            return self._recorder.call("into", _REDUCTIONS[function].reduce, args)
        if function in _LIKE and not kwargs:
            return function(args[0]._array, *args[1:])
        if function is np.where and len(args) == 1 or kwargs.get("out") is not None:
            raise Untraceable(str(function))
        if function not in _KINDS:
            raise Untraceable(str(function))
        return self._recorder.call(_KINDS[function], function, args, kwargs)

    def __getitem__(self, index: Any) -> Traced:
        parts = index if type(index) is tuple else (index,)
        if all(map(_is_basic, parts)):
            return self._recorder.call("view", item, (self, index))
        if any(getattr(p, "dtype", None) == np.bool_ or isinstance(p, list) for p in parts):
            raise Untraceable("the result's shape depends on the index")
        return self._recorder.call("call", item, (self, index))

    def reshape(self, *shape: Any) -> Traced:
        """As ndarray.reshape."""
        return self._recorder.call("view", np.reshape, (self, shape[0] if len(shape) == 1 else shape))

    def transpose(self, *axes: Any) -> Traced:
        """As ndarray.transpose."""
        return self._recorder.call("view", np.transpose, (self, axes[0] if len(axes) == 1 else axes or None))

    def astype(self, dtype: Any, copy: bool = True) -> Traced:
        """As ndarray.astype."""
        return self._recorder.call("call", astype, (self, np.dtype(dtype)))

    T = property(transpose)
    real = property(np.real)
    imag = property(np.imag)


def _is_basic(part: Any) -> bool:
    """Return True if a part of an index is one of basic indexing, which gives a view."""
    is_plain = part is None or part is Ellipsis or isinstance(part, (int, slice, np.integer))
    return is_plain or isinstance(part, Traced) and not part.ndim


def item(array: Any, index: Any) -> Any:
    """array[index]"""
    return array[index]


def snapshot(array: Any, out: Any = None) -> Any:
    """Return a copy of an array that later writes to its memory do not change."""
    if out is None:
        return array.copy()
    out[...] = array
    return out


def viewed(array: Any, dtype: Any) -> Any:
    """array.view(dtype)"""
    return array.view(dtype)


def astype(array: Any, dtype: Any) -> Any:
    """array.astype(dtype)"""
    return array.astype(dtype)


def _method(function: Callable) -> Callable:
    return lambda self, *args, **kwargs: function(self, *args, **kwargs)


def _operators(table: str) -> Iterator[tuple[str, Any]]:
    """Yield the name and the ufunc of each operator of a table."""
    for name, ufunc in (line.split(":") for line in table.split()):
        yield name, getattr(np, ufunc)


for _name in "dtype itemsize nbytes ndim shape size".split():  # asked without looking at the numbers
    setattr(Traced, _name, property(operator.attrgetter(f"_array.{_name}")))
for _name in """
    all any argmax argmin clip conj cumsum dot max mean min prod ravel repeat squeeze sum swapaxes take
""".split():
    setattr(Traced, _name, _method(getattr(np, _name)))
for _name, _ufunc in _operators("""
    add:add sub:subtract mul:multiply truediv:true_divide floordiv:floor_divide mod:remainder pow:power matmul:matmul
    and:bitwise_and or:bitwise_or xor:bitwise_xor lshift:left_shift rshift:right_shift
"""):
    setattr(Traced, f"__{_name}__", lambda self, other, ufunc=_ufunc: ufunc(self, other))
    setattr(Traced, f"__r{_name}__", lambda self, other, ufunc=_ufunc: ufunc(other, self))
for _name, _ufunc in _operators("""
    lt:less le:less_equal gt:greater ge:greater_equal eq:equal ne:not_equal
    neg:negative abs:absolute invert:invert pos:positive
"""):
    setattr(Traced, f"__{_name}__", _method(_ufunc))


class _Namespace:
    """numpy as a recorded kernel sees it: the functions that numpy does not let a stand-in take over."""

    @staticmethod
    def asarray(x: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the stand-in itself."""
        if not isinstance(x, Traced):
            return np.asarray(x, *args, **kwargs)
        if args or kwargs:
            raise Untraceable("a conversion")
        return x

    ascontiguousarray = asarray

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


xp = _Namespace()
