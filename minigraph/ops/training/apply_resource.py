"""The updates of the optimizers for resource variables, derived from those for refs.

Each has the attributes, the formula and the input order of the operation from which it is derived, and no output.
"""

from typing import Any

from minigraph.ops.training import apply_dense, apply_sparse, update

__all__ = ["on_handles"]


def _for_handles(kind: Any) -> Any:
    """Return a definition that takes handles in place of the refs of `kind`."""
    inputs = tuple([text.replace("&T", "&resource") for text in kind.inputs])
    doc = f"{kind.__name__} for resource variables."
    members = {"__doc__": doc, "__module__": __name__, "inputs": inputs, "outputs": ()}
    return type(f"Resource{kind.__name__}", (kind,), members)


_ON_HANDLES = {
    kind: _for_handles(kind)
    for module in (update, apply_dense, apply_sparse)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, update.Update) and not kind.is_base
}


def on_handles(kind: Any) -> Any:
    """Return the definition for resource variables that corresponds to `kind` for refs.

    Example:
        >>> on_handles(apply_dense.ApplyAdam).inputs[:3]
        ('var: &resource', 'm: &resource', 'v: &resource')
    """
    return _ON_HANDLES[kind]
