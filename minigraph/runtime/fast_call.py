"""The way into a plan for one structure of fetches and one choice of feeds, from the user's values to the results.

It is emitted, as the plan is: for a small graph the checks around a run cost more than the run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigraph.graph import errors
from minigraph.graph.observe import observers
from minigraph.graph.operation import Tensor
from minigraph.runtime.apply_update import Stale
from minigraph.runtime.feeds import feed_value
from minigraph.runtime.fetches import Fetches
from minigraph.runtime.interrupts import ENTRY, news, taken

__all__ = ["closed", "make_entry", "quiet", "loud"]

try:  # what np.errstate does, in a quarter of its time
    from numpy._core.umath import _extobj_contextvar, _make_extobj

    _IGNORE = _make_extobj(all="ignore")

    def quiet() -> Any:
        """Let floating point errors pass, as TF1 does; return what `loud` needs."""
        return _extobj_contextvar.set(_IGNORE)

    loud: Callable = _extobj_contextvar.reset
except Exception:  # another numpy

    def quiet() -> Any:
        """Let floating point errors pass, as TF1 does; return what `loud` needs."""
        return np.seterr(all="ignore")

    def loud(token: Any) -> None:
        """Set the user's way with floating point errors again."""
        np.seterr(**token)


def closed() -> errors.OpError:
    """Return the error of a callable whose session is closed."""
    return errors.CancelledError(None, None, "Session has been closed.")


def make_entry(
    session: Any, program: Any, handler: Fetches, tensors: tuple[Tensor, ...], if_observed: Callable | None = None
) -> Callable:
    """Return a function of the values of `tensors` that runs the program.

    Args:
        session: the session, which may be closed since.
        program: what to run.
        handler: makes the result of the list of fetched values.
        tensors: the fed tensors.
        if_observed: takes the call where there are observers; None if they have been told.
    """
    names = [f"v{i}" for i in range(len(tensors))]
    scope = dict(
        quiet=quiet,
        loud=loud,
        Stale=Stale,
        build=handler.rebuild,
        session=session,
        program=program,
        handler=handler,
        tensors=tensors,
        closed=closed,
        news=news,
        taken=taken,
        observers=observers,
        if_observed=if_observed,
        execute=program.execute,
        recorded=program.recorded.get,
        feed_value=feed_value,
        ndarray=np.ndarray,
    )
    shapes, lines = [], []
    for i, tensor in enumerate(tensors):
        scope.update(
            {
                f"t{i}": tensor,
                f"d{i}": np.dtype(tensor.dtype.base_dtype.as_numpy_dtype),
                f"n{i}": tensor.dtype.base_dtype.as_numpy_dtype,
            }
        )
        lines += _conversion(tensor, i)
        shape = tensor.shape.tuple if tensor.shape.is_fully_defined() else None
        shapes.append(f"bool(v{i})" if i in program.switches else f"v{i}.shape" if shape is None else repr(shape))
    feeds = "".join(f"{name}, " for name in names)
    text = _TEMPLATE.format(
        count=len(names),
        observe="if observers:\n    return if_observed(*values)" if if_observed else "",
        unpack=f"({feeds}) = values" if names else "pass",
        feeds=feeds,
        get="[0]" if handler.is_single else "",
        build="" if handler.is_single else "build",
        key="".join(f"{shape}, " for shape in shapes),
        conversions="\n    ".join(lines) or "pass",
    )
    exec(compile(text, ENTRY, "exec"), scope)
    return scope["enter"]


_TEMPLATE = """
def enter(*values, options=None, run_metadata=None):
  if session._closed:
    raise closed()
  if len(values) != {count}:
    raise session._miscounted(handler, tensors, values)
  {observe}
  {unpack}
  running = True
  token = quiet()
  try:
    {conversions}
    try:
      run = recorded(({key})) or execute
      return {build}(run(({feeds}))){get}
    except Stale:
      return {build}(execute(({feeds}))){get}
    except Exception as error:
      raise session._explained(error, program)
  finally:
    loud(token)
    running = False
    if news:
      taken(session)
"""


def _conversion(tensor: Tensor, i: int) -> list[str]:
    """Return the lines that make a value of the user's an array; what is an array that fits goes through as it is."""
    otherwise = f"v{i} = feed_value(t{i}, v{i})"
    sizes, dtype = tensor.shape.tuple, tensor.dtype
    if dtype._is_ref or dtype.base_dtype.as_numpy_dtype is object:
        return [otherwise]
    if sizes == () and dtype.name in ("float32", "float64"):
        return [f"if type(v{i}) is float: v{i} = n{i}(v{i})", f"elif type(v{i}) is not n{i}: {otherwise}[()]"]
    if sizes is None and dtype.name in ("float32", "float64"):
        return [
            f"if type(v{i}) is float: v{i} = n{i}(v{i})",
            f"elif type(v{i}) is not ndarray or v{i}.dtype is not d{i}: {otherwise}",
        ]
    tests = [f"type(v{i}) is not ndarray", f"v{i}.dtype is not d{i}"]
    if sizes is not None and None not in sizes:
        tests.append(f"v{i}.shape != {sizes!r}")
    elif sizes is not None:
        tests.append(f"v{i}.ndim != {len(sizes)}")
        tests += [f"v{i}.shape[{j}] != {size}" for j, size in enumerate(sizes) if size is not None]
    return [f"if {' or '.join(tests)}: {otherwise}"]
