"""The graph itself: types, shapes, nodes, names and scopes. Knows numpy and nothing above it."""
