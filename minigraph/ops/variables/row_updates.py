"""Base definitions of the updates of some rows or elements of a variable."""

import numpy as np

from minigraph.graph import errors
from minigraph.graph.opdef import OpDef
from minigraph.graph.shape_rules import merge, with_rank_at_least
from minigraph.graph.shapes import ShapeError, brackets
from minigraph.ops.rows.gather import check_bounds

__all__ = ["Rows", "Elements"]


class Rows(OpDef, base=True):
    """Base: update the rows of a cell at `indices`; a row that occurs twice is updated twice."""

    reads = writes = (0,)
    ufunc = ""

    def shape(self, ref, indices, updates):
        with_rank_at_least(ref, 1)
        if updates.ndims != 0:
            merge(updates, indices.concatenate(ref[1:]))
        return ref

    def place(self, ref, indices):
        """Return the index into the cell's array."""
        check_bounds(np.asarray(indices), ref.shape[0])
        return indices

    def update(self, xp, ref, indices, updates):
        if xp.__name__ != "numpy":
            at = ref.at[self.place(ref, indices)]
            return getattr(at, {"": "set", "minimum": "min", "maximum": "max"}.get(self.ufunc, self.ufunc))(updates)
        return self.write_copies(ref, indices, updates)

    def write(self, ref, indices, updates):
        place = self.place(ref, indices)
        if self.ufunc:
            name = "floor_divide" if self.ufunc == "divide" and ref.dtype.kind in "iu" else self.ufunc
            getattr(np, name).at(ref, place, updates)
        else:
            ref[place] = updates


class Elements(Rows, base=True):
    """Base: as `Rows`, with index vectors (the last axis of `indices`) instead of row indices."""

    def shape(self, ref, indices, updates):
        if None in (indices.ndims, updates.ndims):
            return ref
        with_rank_at_least(indices, 1)
        outer = indices.ndims - 1
        self.match("outer", outer, "indices", indices, indices[:-1], updates, updates[:outer])
        depth = indices.tuple[-1]
        if depth is not None and ref.ndims is not None:
            self.match("inner", ref.ndims - depth, "input", ref, ref[depth:], updates, updates[outer:])
        return ref

    def match(self, side, count, name, shape, wanted, updates, found):
        """Raise ShapeError if some axes of the updates do not have the required sizes."""
        try:
            merge(wanted, found)
        except ShapeError as error:
            raise ShapeError(
                f"The {side} {count} dimensions of {name}.shape={brackets(shape)} must match the {side} "
                f"{count} dimensions of updates.shape="
                f"{brackets(updates)}: {error}"
            ) from None

    def place(self, ref, indices):
        indices = np.asarray(indices)
        wrong = ((indices < 0) | (indices >= ref.shape[: indices.shape[-1]])).any(axis=-1)
        if wrong.any():
            at = tuple(np.argwhere(wrong)[0].tolist())
            raise errors.InvalidArgumentError(
                None,
                None,
                f"indices{list(at) if at else ''} = {indices[at].tolist()} "
                f"does not index into shape {brackets(ref.shape)}",
            )
        return tuple(np.moveaxis(indices, -1, 0))
