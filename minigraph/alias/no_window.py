"""A backend of matplotlib where there is no screen: Agg, in which nothing waits for a person.

`minigraph run` names it in MPLBACKEND; only matplotlib imports it.
"""

from __future__ import annotations

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg

__all__ = ["FigureCanvas", "FigureManager"]


class FigureCanvas(FigureCanvasAgg):
    """A canvas in memory. `plt.pause`, `plt.ginput` and `plt.waitforbuttonpress` return at once: no event can come."""

    def start_event_loop(self, timeout: float = 0) -> None:
        """Return."""


FigureManager = FigureManagerBase
