"""A view as a picture: DOT, laid out and drawn by Graphviz, in shapes and colours that have a meaning."""
