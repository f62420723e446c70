"""A graph and its recorded runs as one HTML file. The scripts and styles that run in it lie in `assets/`."""
