"""The rules of sharing a variable: errors for one that exists, differs or is missing, a warning for one not shared."""

from __future__ import annotations

from typing import Any

from minigraph.graph import dtypes, provenance, traces
from minigraph.graph.code import code
from minigraph.graph.default import get_default_graph
from minigraph.graph.messages import made as made_text
from minigraph.graph.text import close_names, listed, message
from minigraph.graph.warn import warn

__all__ = ["missing", "shared", "warn_if_unshared"]


def shared(name: str, found: Any, shape: Any, dtype: dtypes.DType, reuse: Any) -> Any:
    """Return the variable `found` if `reuse` allows it and shape and dtype fit.

    Raises:
        ValueError: if not; the message says where the variable was made.
    """
    if not reuse:
        raise ValueError(_taken(name, found.op.where, provenance.user_trace(2)))
    if not shape.is_compatible_with(found.shape):
        raise ValueError(
            message(
                f"Trying to share variable {name}, but specified shape {shape} and found shape {found.shape}.",
                f"The variable was made at {traces.format_chain(found.op.where)}.",
                "Give each its own scope, or both the same shape.",
            )
        )
    if not dtype.is_compatible_with(found.dtype):
        raise ValueError(
            message(
                f"Trying to share variable {name}, but specified dtype {dtype.name} and found dtype "
                f"{found.dtype.name}.",
                f"The variable was made at {traces.format_chain(found.op.where)}.",
                f"Ask for it with {code(f'dtype=tf.{found.dtype.base_dtype.name}')}, and write "
                f"{code(f'tf.cast(v, tf.{dtype.name})', 'v')} where you need that type; or give each its own scope.",
            )
        )
    return found


def _taken(name: str, made: tuple, now: tuple) -> str:
    """Return the message for a variable that exists already, with advice for how that came about."""
    scope = name.rpartition("/")[0]
    share = code(
        f'with tf.variable_scope("{scope}", reuse=tf.AUTO_REUSE):'
        if scope
        else "with tf.variable_scope(tf.get_variable_scope(), reuse=tf.AUTO_REUSE):"
    )
    reset = code("tf.reset_default_graph()")
    if traces.ran_again(made, now):
        advice = [
            "This cell ran before, and the graph still has what it made then.",
            f"Call {reset} at its top, and make a new session.",
        ]
    else:
        twice = ["The same line ran twice, in a function, a loop or a cell."] if made[:1] == now[:1] else []
        edited = (
            "one cell of a notebook that was edited and ran again wants"
            if traces.in_two_cells(made, now)
            else "in a notebook, where a cell runs again, call"
        )
        advice = twice + [
            f"To share the variable write `{share}` around both.",
            f"For two variables give the scopes two names; {edited} {reset} first.",
        ]
    return message(
        f"Variable {name} already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in "
        "VarScope? Originally defined at:",
        f"  {traces.format_chain(made)}",
        f"Asked for again at {traces.format_chain(now)}.",
        *advice,
    )


def missing(name: str, existing: dict) -> str:
    """Return the message for a variable that should be shared but does not exist."""
    lines = [
        close_names(name, existing)
        or (f"There are: {listed(existing, 8)}." if existing else "No variable was made so far."),
        "With reuse=tf.AUTO_REUSE the first call makes it and the next ones share it.",
    ]
    if get_default_graph().get_stage() == "apply":
        lines = [
            "An optimizer makes variables of its own, and this one is built where reuse=True is in force.",
            "Build the optimizer outside of that scope.",
        ]
    return message(
        f"Variable {name} does not exist, or was not created with tf.get_variable(). Did you mean to set "
        "reuse=tf.AUTO_REUSE in VarScope?",
        f"Asked for at {traces.format_chain(provenance.user_trace(2))}.",
        *lines,
    )


def warn_if_unshared(v: Any, name: str, scope: Any) -> None:
    """Warn if a new variable seems to be meant for one that exists in the scope, which reuses variables."""
    first = v.graph._by_name.get(f"{scope.name}/{name}" if scope.name else name)
    if first is not None and first is not v.op and _looks_shared(scope, first, v.op):
        warn(
            message(
                f"tf.Variable always makes a new variable: '{v.op.name}' is not shared.",
                f"In a variable scope that shares, '{scope.name}', it stands beside {made_text(first)}.",
                "To share that one write tf.get_variable.",
            )
        )


def _looks_shared(scope: Any, first: Any, second: Any) -> bool:
    """Return True if the second of two cells with the same name seems to be meant for the first."""
    if scope.name and not second.name.startswith(scope.name + "/"):  # the scope was entered again
        return True
    return scope.reuse is True and first.where[:1] == second.where[:1]  # the same line ran again
