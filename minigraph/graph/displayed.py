"""What notebooks ask of graphs, tensors, variables and sessions; this floor knows no pictures, and asks the lens."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["Displayed"]

lens = "minigraph.viz.notebook"  # loaded when a notebook shows the first thing


class Displayed:
    """For what shows itself in a notebook.

    Example:
        >>> sorted(tf.constant(1.0, name="x")._repr_mimebundle_()), sorted(tf.Variable(1.0)._repr_mimebundle_())
        (['text/html', 'text/plain'], ['text/html', 'text/plain'])
    """

    __slots__ = ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return importlib.import_module(lens).bundle(self)

    # IPython asks for these as well, if the bundle lacks the kind: making only that one draws no picture twice.
    def _repr_html_(self) -> str | None:
        return importlib.import_module(lens).bundle(self, ["text/html"]).get("text/html")

    def _repr_svg_(self) -> str | None:
        return importlib.import_module(lens).bundle(self, ["image/svg+xml"]).get("image/svg+xml")
