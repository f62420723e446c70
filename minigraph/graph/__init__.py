"""The graph itself: types, shapes, nodes, names and scopes. It depends on numpy only."""
