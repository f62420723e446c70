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
from minigraph.runtime.failures import unfed
from minigraph.runtime.feeds import feed_value, resolve_feed_key
from minigraph.runtime.fetches import Fetches
from minigraph.runtime.float_errors import loud, quiet
from minigraph.runtime.interrupts import ENTRY, news, taken
from minigraph.runtime.plan import Plan

__all__ = ["closed", "make_callable", "make_entry"]


def make_callable(session: Any, handler: Fetches, fetches: Any, feed_list: Any, accept_options: bool) -> Callable:
    """Return the function of `Session.make_callable`, which has prepared `handler` for the fetches."""
    keys = tuple(t for key in feed_list or () for t in resolve_feed_key(session.graph, key))

    def by_run(*values: Any, options: Any = None, run_metadata: Any = None) -> Any:
        if session._closed:
            raise closed()
        return session.run(fetches, dict(zip(feed_list or (), values)), options, run_metadata)

    try:
        program = session._program(tuple(handler.unique), keys)
    except errors.InvalidArgumentError:  # a placeholder is left out: the call says so, as in TF1
        return by_run
    enter = make_entry(session, program, handler, keys, lambda *values: session.run(fetches, dict(zip(keys, values))))
    if not accept_options and session._timeout <= 0:
        return enter

    def enter_with_options(*values: Any, options: Any = None, run_metadata: Any = None) -> Any:
        if options is run_metadata is None and session._timeout <= 0 or len(values) != len(keys):
            return enter(*values)
        return by_run(*values, options=options, run_metadata=run_metadata)

    return enter_with_options


def closed() -> errors.OpError:
    """Return the error of a callable whose session is closed."""
    return errors.CancelledError(None, None, "Session has been closed.")


def _miscounted(session: Any, handler: Fetches, tensors: tuple, values: tuple) -> Exception:
    plan = Plan(handler.unique, tensors[: len(values)])
    if plan.unfed:
        return unfed(plan)
    return TypeError(f"this callable takes {len(tensors)} values, in the order of feed_list; got {len(values)}")


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
    about = dict(session=session, program=program, handler=handler, tensors=tensors, if_observed=if_observed)
    steps = dict(execute=program.execute, recorded=program.recorded.get, build=handler.rebuild, feed_value=feed_value)
    at_end = dict(closed=closed, miscounted=_miscounted, quiet=quiet, loud=loud, Stale=Stale, news=news, taken=taken)
    scope: dict[str, Any] = {**about, **steps, **at_end, "observers": observers, "ndarray": np.ndarray}
    shapes, lines = [], []
    for i, tensor in enumerate(tensors):
        kind = tensor.dtype.base_dtype.as_numpy_dtype
        scope.update({f"t{i}": tensor, f"d{i}": np.dtype(kind), f"n{i}": kind})
        lines += _conversion(tensor, i)
        shape = repr(tensor.shape.tuple) if tensor.shape.is_fully_defined() else f"v{i}.shape"
        shapes.append(f"bool(v{i})" if i in program.switches else shape)
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
    raise miscounted(session, handler, tensors, values)
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
    tests = [f"type(v{i}) is not ndarray", f"v{i}.dtype is not d{i}"]
    if sizes in ((), None) and dtype.name in ("float32", "float64"):
        other = (
            f"elif {' or '.join(tests)}: {otherwise}"
            if sizes is None
            else f"elif type(v{i}) is not n{i}: {otherwise}[()]"
        )
        return [f"if type(v{i}) is float: v{i} = n{i}(v{i})", other]
    if sizes is not None and None not in sizes:
        tests.append(f"v{i}.shape != {sizes!r}")
    elif sizes is not None:
        tests.append(f"v{i}.ndim != {len(sizes)}")
        tests += [f"v{i}.shape[{j}] != {size}" for j, size in enumerate(sizes) if size is not None]
    return [f"if {' or '.join(tests)}: {otherwise}"]
