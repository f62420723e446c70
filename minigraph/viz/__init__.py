"""Pictures of graphs: `viz.render(graph, "graph.svg")`.

Graph → `View` (what is visible) → DOT → SVG, PNG or PDF. Each step is a function of its own, and nothing of
the package below knows this room.
"""

from minigraph.viz.curves import curves
from minigraph.viz.networkx_view import to_networkx
from minigraph.viz.page.page import Page, page
from minigraph.viz.render import render, to_dot, to_svg
from minigraph.viz.svg.run_graphviz import GraphvizError
from minigraph.viz.view.overlay import Marks, Overlay
from minigraph.viz.view.view import View

__all__ = [
    "View",
    "Marks",
    "Overlay",
    "GraphvizError",
    "to_dot",
    "to_svg",
    "render",
    "to_networkx",
    "curves",
    "page",
    "Page",
]
